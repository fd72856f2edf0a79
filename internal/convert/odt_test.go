package convert

import (
	"strings"
	"testing"
)

const odtHead = `<office:document-content><office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Title"/>
<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T4"><style:text-properties style:text-position="-33% 80%"/></style:style>
<style:style style:name="T5"><style:text-properties style:text-position="33% 80%"/></style:style>
<style:style style:name="T2"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T3"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" text:start-value="7"/>
<text:list-level-style-bullet text:level="2"/></text:list-style>
</office:automatic-styles><office:body><office:text>`

// odtFile is a text of OpenDocument with the content.
func odtFile(t *testing.T, content string) []byte {
	return zipped(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", odtHead+content+`</office:text></office:body></office:document-content>`,
		"Object 1/content.xml", `<?xml version="1.0"?><math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>`,
		"meta.xml", `<office:document-meta><office:meta><meta:initial-creator>Ann Berg</meta:initial-creator>
<meta:creation-date>2024-03-05T10:00:00</meta:creation-date></office:meta></office:document-meta>`)
}

func TestODT(t *testing.T) {
	r := answerWith(request{Kind: Archive}, odtFile(t, `<text:tracked-changes><text:changed-region><text:deletion>
<text:p>Two words</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p text:style-name="P1">The harbor</text:p><text:h text:outline-level="2">Light &amp; lamp</text:h>
<text:p>The lamp<text:s text:c="2"/>was lit in 1868<text:note text:note-class="footnote">
<text:note-citation>1</text:note-citation>
<text:note-body><text:p>Says the log.</text:p></text:note-body></text:note> and burns
 10<text:span text:style-name="T1">3</text:span> liters at <text:span text:style-name="T2">nine</text:span>ten<text:span
 text:style-name="T3"> in secret</text:span>.<office:annotation><text:p>Check this.</text:p></office:annotation>
</text:p>
<text:list text:style-name="L1"><text:list-item text:start-value="4"><text:p>Row out.</text:p></text:list-item>
<text:list-item><text:p>Come back.</text:p>
<text:list><text:list-item><text:p>With fish.</text:p></text:list-item></text:list></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Goods</text:p></table:table-cell>
<table:table-cell><text:p>Dues</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Timber</text:p></table:table-cell>
<table:table-cell>
<text:p>4</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell>
<text:p>6</text:p></table:table-cell></table:table-row></table:table>
<text:list text:style-name="L1"><text:list-item>
<text:p>Dry the nets of H<text:span text:style-name="T4">2</text:span>O, 5 m<text:span
 text:style-name="T5">2</text:span>,
 	<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame> of them.</text:p></text:list-item></text:list>
<text:table-of-content><text:p>Light 3</text:p></text:table-of-content>
<draw:frame><draw:text-box><text:p>A box says this.</text:p></draw:text-box></draw:frame>`), nil)
	const want = `## Light & lamp

The lamp was lit in 1868 and burns 10^3 liters at ten.

4. Row out.
5. Come back.

- With fish.

| Goods | Dues |
| --- | --- |
| Timber | 4 |
| Timber | 6 |

7. Dry the nets of H2O, 5 m², 3/4 of them.

A box says this.

Says the log.
`
	if r.Error != "" || r.Title != "The harbor" || r.Author != "Ann Berg" || r.Made != "2024-03-05" || r.Body != want {
		t.Errorf("%s %q %q %q\n%s", r.Error, r.Title, r.Author, r.Made, r.Body)
	}
	got := strings.Join(noteTexts(r.Notes), "; ")
	for _, note := range []string{"2 words)", "2 deleted words", "1 struck word", "1 comment of a reviewer"} {
		if !strings.Contains(got, note) {
			t.Errorf("no %q in %q", note, got)
		}
	}
}

func TestODTRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a spreadsheet": {zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "no text: save it as PDF"},
		"no content":    {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text"), "OpenDocument"},
		"other XML": {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<a/>"),
			"XML is damaged"},
		"a password": {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "x",
			"META-INF/manifest.xml", "<manifest:encryption-data/>"), "password"},
		"nothing": {odtFile(t, "<text:p/>"), "no text in it"},
		"deep":    {odtFile(t, strings.Repeat("<text:section>", 600)), "nested too deeply"},
	} {
		if r := answerWith(request{Kind: Archive}, c.data, nil); !strings.Contains(r.Error, c.want) {
			t.Errorf("%s: %q", name, r.Error)
		}
	}
}
