package convert

import (
	"strings"
	"testing"
)

// The numbers of lists stand as the page shows them: inside each other, with the signs and levels of their style, and
// going on behind a text. (")" keeps two lists of Markdown apart.)
func TestODTLists(t *testing.T) {
	const styles = `<office:document-content><office:automatic-styles><text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="i" style:num-suffix="."/></text:list-style>
<text:list-style style:name="C"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/>
</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/>
<text:list-level-style-bullet text:level="2"/></text:list-style></office:automatic-styles><office:body><office:text>`
	item := func(texts ...string) string {
		return "<text:list-item>" + strings.Join(texts, "") + "</text:list-item>"
	}
	list := func(attributes string, items ...string) string {
		return "<text:list " + attributes + ">" + strings.Join(items, "") + "</text:list>"
	}
	p := func(s string) string { return "<text:p>" + s + "</text:p>" }
	l, c := `text:style-name="L" `, `text:style-name="C" `
	for name, v := range map[string]struct{ content, want string }{
		"inside each other": {list(l, item(p("Oars."), list("", item(p("Ash."), list("", item(p("Old.")), item(p("New.")))),
			item(p("Oak.")))), item(p("Nets."), list("", item(p("Hemp.")))), item(p("Fish."))),
			"1. Oars.\n\n(a) Ash.\n\ni. Old.\n\nii. New.\n\n(b) Oak.\n\n2. Nets.\n\n(a) Hemp.\n\n3. Fish."},
		"levels shown": {list(c, item(p("Oars."), list("", item(p("Ash.")), item(p("Oak.")))),
			item(p("Nets."), list("", item(p("Hemp."))))),
			"1. Oars.\n\n1.1. Ash.\n\n1.2. Oak.\n\n2. Nets.\n\n2.1. Hemp."},
		"goes on": {list(l, item(p("Oars."))) + p("A text.") + list(l+`text:continue-numbering="true"`, item(p("Nets."))) +
			list(l, item(p("Anew."))), "1. Oars.\n\nA text.\n\n2. Nets.\n\n1) Anew."},
		"goes on by name": {list(l+`xml:id="x"`, item(p("Oars."))) + list(l, item(p("Other."))) + p("A text.") +
			list(l+`text:continue-list="x"`, item(p("Nets."))), "1. Oars.\n\n1) Other.\n\nA text.\n\n2) Nets."},
		"goes on inside": {list(c, item(p("Oars."), list("", item(p("Ash."))))) + p("A text.") +
			list(c+`text:continue-numbering="true"`, item(list("", item(p("Oak."))))), "1. Oars.\n\n1.1. Ash.\n\nA text." +
			"\n\n1.2. Oak."},
		"a number of its own": {list(l, item(p("Oars.")), `<text:list-item text:start-value="7">`+p("Nets.")+
			"</text:list-item>", item(p("Fish."))), "1. Oars.\n\n7) Nets.\n8) Fish."},
		"bullets": {list(`text:style-name="B"`, item(p("Oars."), list("", item(p("Ash.")))), item(p("Nets."))),
			"- Oars.\n- Ash.\n- Nets."},
		"two paragraphs": {list(l, item(p("Oars."), p("They are of ash.")), item(p("Nets."))),
			"1. Oars.\n\n- They are of ash.\n\n2. Nets."},
		"a header": {list(l, "<text:list-header>"+p("What to take:")+"</text:list-header>", item(p("Oars."))),
			"- What to take:\n\n1. Oars."},
	} {
		data := zipped(t, "mimetype", "application/vnd.oasis.opendocument.text",
			"content.xml", styles+v.content+`</office:text></office:body></office:document-content>`)
		r := answerWith(request{Kind: Archive}, data, nil)
		got := strings.NewReplacer(`\`, "").Replace(strings.TrimSpace(r.Body))
		if r.Error != "" || got != v.want {
			t.Errorf("%s: %s\n got %q\nwant %q", name, r.Error, got, v.want)
		}
	}
}

// The numbers of headings are those of the document's outline.
func TestODTHeadingNumbers(t *testing.T) {
	h := func(level, text string) string {
		return `<text:h text:outline-level="` + level + `">` + text + "</text:h>"
	}
	data := zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
		"<office:document-content><office:body><office:text>"+h("1", "Scope")+h("2", "Boats")+h("2", "Nets")+
			"<text:p>A text.</text:p>"+h("1", "Dues")+h("3", "Deep")+
			"</office:text></office:body></office:document-content>",
		"styles.xml", `<office:document-styles><office:styles><text:outline-style>
<text:outline-level-style text:level="1" style:num-format="1"/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style></office:styles>
</office:document-styles>`)
	r := answerWith(request{Kind: Archive}, data, nil)
	for _, want := range []string{"# 1 Scope\n", "# 1.1 Boats\n", "# 1.2 Nets\n", "# 2 Dues\n", "# Deep\n"} {
		if !strings.Contains(strings.ReplaceAll(r.Body, `\`, ""), want) {
			t.Errorf("no %q in\n%s %s", want, r.Body, r.Error)
		}
	}
}
