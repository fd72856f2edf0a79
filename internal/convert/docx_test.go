package convert

import (
	"slices"
	"strings"
	"testing"
)

// TestWordKinds holds what Word writes in ways of its own to how it must read.
func TestWordKinds(t *testing.T) {
	run := func(properties, text string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	p := func(runs ...string) string { return "<w:p>" + strings.Join(runs, "") + "</w:p>" }
	up := func(text string) string { return run(`<w:vertAlign w:val="superscript"/>`, text) }
	listed := func(id, level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr>` + run(
			"",
			text,
		) + `</w:p>`
	}
	cell := func(properties string, paragraphs ...string) string {
		s := "<w:tc><w:tcPr>" + properties + "</w:tcPr>"
		for _, text := range paragraphs {
			s += wordParagraph("", text)
		}
		return s + "</w:tc>"
	}
	row := func(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
	headed := func(rows ...string) string {
		return `<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr>` + strings.Join(rows, "") + `</w:tbl>`
	}
	const numbering = `<w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/>` +
		`<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>` +
		`<w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>` +
		`</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>` +
		`<w:lvlText w:val="Article %1"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num></w:numbering>`
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"note mark by hand": {p(run("", "Lit in 1868"), up("1"), run("", " and 120"), up("2"), run("", " boats.")),
			[]string{"Lit in 1868 and 120 boats."}},
		"reading over a sign": {p(run("", "On the bow "), `<w:r><w:ruby><w:rt>`+run("", "kan")+`</w:rt><w:rubyBase>`+
			run("", "漢")+`</w:rubyBase></w:ruby></w:r>`, run("", "."), `<w:r><w:ruby/></w:r>`), []string{"On the bow 漢(kan)."}},
		"power": {p(run("", "It is 10"), up("3"), run("", " pounds, 3 m"), up("2"), run("", ".")),
			[]string{"It is 10^3 pounds, 3 m²."}},
		"ordinal": {p(run("", "On the 22"), up("nd"), run("", " of May.")), []string{"On the 22nd of May."}},
		"lowered": {p(run("", "H"), run(`<w:vertAlign w:val="subscript"/>`, "2"), run("", "O")), []string{"H2O"}},
		"struck": {p(run("", "It costs "), run("<w:strike/>", "12 euros "),
			run(`<w:dstrike w:val="true"/>`, "13 "), run(`<w:strike w:val="false"/>`, "14 euros.")),
			[]string{"It costs 14 euros."}},
		"fraction": {p(run("", "It is "), `<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>`+
			`2</m:t></m:r></m:den></m:f><m:r><m:t>A</m:t></m:r></m:oMath>`), []string{"It is 1/2 A"}},
		"area of a circle": {p(`<m:oMathPara><m:oMath><m:r><m:t>π</m:t></m:r><m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e>` +
			`<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara>`), []string{"πr²"}},
		"root of a sum": {p(`<m:oMath><m:rad><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:rad></m:oMath>`),
			[]string{"√(a+b)"}},
		"signs": {p(`<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>`, run("", " and "),
			`<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>`), []string{"α and ✓"}},
		"numbers": {listed("1", "0", "First.") + listed("1", "0", "Second.") + listed("2", "0", "Point."),
			[]string{"3. First.", "4. Second.", "Point."}},
		"clauses": {listed("1", "0", "Dues.") + listed("1", "1", "Ships pay.") + listed("1", "1", "Boats pay.") +
			listed("1", "2", "Small ones do not.") + listed("1", "0", "End."),
			[]string{"3. Dues.", "3.1 Ships pay.", "3.2 Boats pay.", "(a) Small ones do not.", "4. End."}},
		"articles": {listed("3", "0", "Dues.") + listed("3", "0", "End."),
			[]string{"Article I Dues.", "Article II End."}},
		"two in a cell": {headed(row(cell("", "Year"), cell("", "Tonnes")),
			row(cell("", "2020"), cell("", "4,100", "(estimate)"))), []string{"Year: 2020; Tonnes: 4,100 (estimate)"}},
		"list in a cell": {headed(row(cell("", "Day"), cell("", "Hours")),
			row(cell("", "Monday"), cell("", "7 to 12", "14 to 20"))), []string{"Day: Monday; Hours: 7 to 12, 14 to 20"}},
		"span": {headed(row(cell("", "Name"), cell(`<w:gridSpan w:val="2"/>`, "Trips")),
			row(cell("", "Ann"), cell("", "63"), cell("", "85%"))), []string{"Name: Ann; Trips: 63, 85%"}},
		"merged down": {headed(row(cell("", "Goods"), cell("", "State")),
			row(cell(`<w:vMerge w:val="restart"/>`, "Timber"), cell("", "dry")), row(cell(`<w:vMerge/>`, ""), cell("", "wet"))),
			[]string{"Goods: Timber; State: dry", "Goods: Timber; State: wet"}},
		"deleted row": {headed(row(cell("", "Goods"), cell("", "Dues")),
			`<w:tr><w:trPr><w:del/></w:trPr>`+cell("", "Fish")+cell("", "9")+`</w:tr>`, row(cell("", "Timber"), cell("", "4"))),
			[]string{"Goods: Timber; Dues: 4"}},
	} {
		r := answer(request{Kind: Archive}, docx(t, c.body, "word/numbering.xml", numbering))
		if r.Error != "" {
			t.Fatalf("%s: %s", name, r.Error)
		}
		if got := texts(parsed(t, r.document())); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q\n%s", name, got, c.want, r.Body)
		}
	}
}

// Parts are found by what the relationships say of them.
func TestWordParts(t *testing.T) {
	rels := func(kind, target string) string {
		return `<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` +
			kind + `" Target="` + target + `"/></Relationships>`
	}
	body := `<w:document><w:body>` + wordParagraph("", "It burns whale oil.") + `</w:body></w:document>`
	notes := `<w:endnotes><w:endnote w:type="separator"/><w:endnote>` + wordParagraph(
		"",
		"The keeper's log.",
	) + `</w:endnote></w:endnotes>`
	for name, data := range map[string][]byte{
		"usual": zipped(t, "word/document.xml", body, "word/endnotes.xml", notes),
		"browser's": zipped(t, "_rels/.rels", rels("officeDocument", "word/document2.xml"), "word/document2.xml", body,
			"word/_rels/document2.xml.rels", rels("endnotes", "endnotes2.xml"), "word/endnotes2.xml", notes),
		"absolute": zipped(t, "_rels/.rels", rels("officeDocument", "/word/text.xml"), "word/text.xml", body,
			"word/_rels/text.xml.rels", rels("endnotes", "/word/n.xml"), "word/n.xml", notes),
	} {
		r := answer(request{Kind: Archive}, data)
		if r.Error != "" {
			t.Fatalf("%s: %s", name, r.Error)
		}
		if got := texts(parsed(t, r.document())); !slices.Equal(
			got,
			[]string{"It burns whale oil.", "The keeper's log."},
		) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Notes and boxes of a book are part of it.
func TestBookAsides(t *testing.T) {
	chapter := `<html><body><p>Lit in 1868<a epub:type="noteref" href="#n1">1</a> by the pastor.</p>` +
		`<aside epub:type="footnote" id="n1"><p>The log begins then.</p></aside>` +
		`<aside class="sidebar"><p>Oil cost two crowns.</p></aside><figure><figcaption>The lamp.</figcaption></figure>` +
		`</body></html>`
	r := answer(
		request{Kind: Archive},
		epub(
			t,
			"<manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref "+
				"idref='a'/></spine>",
			"OEBPS/a.xhtml",
			chapter,
		),
	)
	if got := texts(parsed(t, r.document())); !slices.Equal(
		got,
		[]string{"Lit in 1868 by the pastor.", "The log begins then.", "Oil cost two crowns.", "The lamp."},
	) {
		t.Errorf("%q %s", got, r.Error)
	}
}
