package convert

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// zipped packs parts, given as name and content in turn.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordStylesXML = `<w:styles xmlns:w="w"><w:style w:styleId="Ttl"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`

func docx(t testing.TB, body string, more ...string) []byte {
	return zipped(t, append([]string{"[Content_Types].xml", "<Types/>", "word/styles.xml", wordStylesXML,
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>` + body +
			`<w:sectPr/></w:body></w:document>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Junk 1</dc:title><dc:creator>` +
			`Jo Lund</dc:creator><dcterms:created>2024-03-05T10:00:00Z</dcterms:created></cp:coreProperties>`},
		more...)...)
}

func wordParagraph(style, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
		style, text)
}

func TestDOCX(t *testing.T) {
	data := docx(t, wordParagraph("Ttl", "The ferry")+wordParagraph("berschrift1", "Summer")+
		`<w:p><w:r><w:t>It sails </w:t></w:r><w:hyperlink><w:r><w:t xml:space="preserve">twice </w:t></w:r></w:hyperlink>`+
		`<w:ins><w:r><w:t>a day</w:t></w:r></w:ins><w:del><w:r><w:delText>on old moons</w:delText></w:r></w:del><w:r>`+
		`<w:br/><w:t>&amp; carries forty.</w:t></w:r>`+
		`<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden moon.</w:t></w:r><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>`+
		`White moon.</w:t></w:r>`+
		`<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>Tiny moon.</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>`+
		` Seen.</w:t></w:r></w:p>`+
		wordParagraph("Ghost", "Ghostly moon.")+wordParagraph("Mine", "Winter")+wordParagraph("Loop", "It rests.")+
		`<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One item</w:t></w:r></w:p>`+
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr="A moon"/><w:txbxContent>`+
		wordParagraph("", "In a box.")+
		`</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:txbxContent>`+wordParagraph("", "In a box.")+
		`</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`+
		`<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr><w:tr><w:tc>`+wordParagraph("", "Boat")+`</w:tc><w:tc>`+
		wordParagraph("", "Built")+
		`</w:tc></w:tr><w:tr><w:tc>`+wordParagraph("", "Marit")+`</w:tc><w:tc>`+wordParagraph("", "1987")+
		`</w:tc></w:tr></w:tbl>`,
		"word/footnotes.xml", `<w:footnotes><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote>`+
			wordParagraph("", "A note below.")+`</w:footnote></w:footnotes>`,
		"word/comments.xml", `<w:comments><w:comment>`+wordParagraph("", "A moon?")+`</w:comment></w:comments>`)
	r := answer(request{Kind: Archive}, data)
	d := parsed(t, r.document())
	want := []string{"# Summer", "It sails twice a day & carries forty. Seen.", "# Winter", "It rests.", "One item",
		"In a box.",
		"Boat: Marit; Built: 1987", "A note below."}
	if got := texts(d); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q\n%s %s", got, want, r.Body, r.Error)
	}
	if d.Title != "The ferry" || d.Author != "Jo Lund" || r.Made != "2024-03-05" || r.Published != "" {
		t.Errorf("%+v", r)
	}
	notes := strings.Join(noteTexts(r.Notes), "\n")
	for _, want := range []string{"2 stretches of text", "(8 words)", "3 deleted words", "1 description",
		"1 comment of a reviewer"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no %q in %s", want, notes)
		}
	}
}

func epub(t testing.TB, opf string, more ...string) []byte {
	return zipped(t, append([]string{"mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
		"OEBPS/book.opf", `<package><metadata xmlns:dc="x"><dc:title>The ferry</dc:title>
<dc:creator>Jo Lund</dc:creator><dc:creator>A. Holm</dc:creator>
<dc:publisher>Oster Press</dc:publisher><dc:date
opf:event="modification">2025-01-01</dc:date><dc:date>2024-03-05</dc:date></metadata>` + opf +
			`</package>`}, more...)...)
}

const spine = `<manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="a" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="two.xhtml"
media-type="application/xhtml+xml"/>
<item id="e" href="../../../../etc/passwd" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/><itemref idref="e"/></spine>`

func TestEPUB(t *testing.T) {
	r := answer(request{Kind: Archive}, epub(t, spine, "OEBPS/nav.xhtml", "<html><body><nav>Contents</nav></body></html>",
		"OEBPS/text/one a.xhtml", `<?xml version="1.0"?><html><head><title>x</title></head><body><h2>One</h2><p>First.</p>`+
			`<p style="display:none">Moon.</p></body></html>`,
		"OEBPS/two.xhtml", `<html><body><h1>The ferry</h1><h2>Two</h2><p>Second.</p></body></html>`))
	d := parsed(t, r.document())
	if got := texts(d); !slices.Equal(got, []string{"# Two", "Second.", "# One", "First."}) {
		t.Errorf("%q %s", got, r.Error)
	}
	if d.Title != "The ferry" || d.Author != "Jo Lund, A. Holm" || d.Source != "Oster Press" ||
		r.Published != "2024-03-05" {
		t.Errorf("%+v", r)
	}
	if notes := strings.Join(noteTexts(r.Notes), "\n"); !strings.Contains(notes, "1 chapter is missing") ||
		!strings.Contains(notes, "(1 word)") {
		t.Error(notes)
	}
}

// Archives that cannot be read, or that are made to hurt, get one sentence each.
func TestArchiveRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	good := docx(t, wordParagraph("", "Text."))
	locked := bytes.Clone(good)
	for i := range len(locked) - 4 { // the flags of each entry: APPNOTE.TXT 4.3.7 and 4.3.12
		switch string(locked[i : i+4]) {
		case "PK\x03\x04":
			locked[i+6] |= 1
		case "PK\x01\x02":
			locked[i+8] |= 1
		}
	}
	many := make([]string, 0, 2*maxEntries+2)
	for i := range maxEntries + 1 {
		many = append(many, fmt.Sprint(i), "")
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"cut short": {good[:len(good)/2], "damaged or cut short"},
		"garbage":   {[]byte("PK\x03\x04 and then nothing"), "damaged or cut short"},
		"locked":    {locked, "protected by a password"},
		"entries":   {zipped(t, many...), "more than 10000 files"},
		"twice":     {zipped(t, "word/document.xml", "<a/>", "word/document.xml", "<b/>"), "two files of one name"},
		"paths": {zipped(t, "../../word/document.xml", "<a/>", "/etc/passwd", "x", `..\x`, "y"),
			"neither a DOCX nor an EPUB"},
		"spreadsheet":  {zipped(t, "xl/workbook.xml", "<a/>"), "a spreadsheet"},
		"slides":       {zipped(t, "ppt/presentation.xml", "<a/>"), "slides"},
		"opendocument": {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text"), "OpenDocument"},
		"deep":         {docx(t, strings.Repeat("<w:sdt>", 100_000)), "nested too deeply"},
		"no XML":       {zipped(t, "word/document.xml", "<<<"), "XML is damaged"},
		"other XML":    {zipped(t, "word/document.xml", "<html/>"), "XML is damaged"},
		"empty":        {docx(t, ""), "no text in it"},
		"no list":      {zipped(t, "mimetype", "application/epub+zip"), "no list of its chapters"},
		"list away": {zipped(t, "META-INF/container.xml",
			`<container><rootfiles><rootfile full-path="../x"/></rootfiles></container>`), "no list of its chapters"},
		"protected": {epub(t, spine, "META-INF/encryption.xml",
			`<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm="aes"/></enc:EncryptedData></encryption>`),
			"protected against copying"},
		"chapters": {epub(t, "<manifest><item id='a' href='a' media-type='html'/></manifest><spine>"+
			strings.Repeat("<itemref idref='a'/>", maxChapters+1)+"</spine>"), "too many chapters"},
	} {
		r := answer(request{Kind: Archive}, c.data)
		if !strings.Contains(r.Error, c.want) || strings.Contains(r.Error, "\n") {
			t.Errorf("%s: %q, want %q (%.100s)", name, r.Error, c.want, r.Body)
		}
	}
}

// What is inflated is bounded over all parts, those that can be done without included.
func TestBomb(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	const bound = 1 << 20
	for name, data := range map[string][]byte{
		"text":   docx(t, strings.Repeat(" ", bound)),
		"beside": docx(t, wordParagraph("", "Text."), "word/comments.xml", strings.Repeat(" ", bound)),
		"book":   epub(t, spine, "OEBPS/two.xhtml", strings.Repeat(" ", bound)),
	} {
		if d, err := readArchiveWithin(data, bound); err == nil || !strings.Contains(err.Error(), "inflates to more") {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
		if _, err := readArchiveWithin(data, 2*bound); err != nil && strings.Contains(err.Error(), "inflates") {
			t.Errorf("%s within its bound: %v", name, err)
		}
	}
}

// Entities that a document defines do not grow.
func TestEntities(t *testing.T) {
	r := answer(request{Kind: Archive}, zipped(t, "word/document.xml",
		`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`+
			`<w:document><w:body><w:p><w:r><w:t>Text &b;</w:t></w:r></w:p></w:body></w:document>`))
	if strings.Contains(r.Body, "ha") || !strings.Contains(r.Body, "Text") {
		t.Errorf("%+v", r)
	}
}

func FuzzArchive(f *testing.F) {
	f.Add("<w:document><w:body>"+wordParagraph("x", "Text.")+"</w:body></w:document>", wordStylesXML)
	f.Add("<w:document><w:body><w:tbl><w:tr><w:tc><w:tbl/></w:tc></w:tr></w:tbl>",
		"<w:styles><w:style w:styleId='a'><w:basedOn w:val='a'/>")
	f.Fuzz(func(t *testing.T, body, styles string) {
		for _, data := range [][]byte{
			zipped(t, "word/document.xml", body, "word/styles.xml", styles),
			zipped(t, "META-INF/container.xml", styles, "a.opf", body, "", body),
		} {
			if r := answer(request{Kind: Archive}, data); r.Error == childFailure(exitBroken) {
				t.Errorf("a reader panics on %q, %q", body, styles)
			}
		}
	})
}
