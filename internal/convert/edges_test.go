package convert

import (
	"strings"
	"testing"
)

// What stands at the edges of an article and is not its text is taken off; what only looks like it stays.
func TestEdges(t *testing.T) {
	long := body("<p>", "</p>", "<h2>%s</h2>")
	const head = `<html><head><title>The last ferry</title><meta name="author" content="Jo Lund">` +
		`<meta property="article:published_time" content="2024-03-05"></head><body>`
	for name, c := range map[string]struct{ page, gone, stays string }{
		"jump":      {`<article><a href="#x">Jump to the map</a>` + long + `</article>`, "Jump to the map", ""},
		"edit page": {`<article>` + long + `<p><a href="/e">Edit this page</a></p></article>`, "Edit this page", ""},
		"a long link": {`<article>` + long +
			`<p><a href="/e">The report of the council on the ferry of 1987</a></p></article>`, "", "The report of the council"},
		"title again": {`<div><b>The last ferry</b></div><div>` + long + `</div>`, "The last ferry", ""},
		"signed":      {`<div>By Jo Lund, Tuesday, 5 March 2024</div><div>` + long + `</div>`, "Jo Lund", ""},
		"a sentence": {`<div><p>Jo Lund was the first to sail by night, on 5 March 2024.</p>` + long + `</div>`, "",
			"Jo Lund was the first"},
		"letters": {`<article>` + long + `<div>Get our letter.<input type="email"></div></article>`, "Get our letter",
			""},
		"a form": {`<article><p>Write to the harbor.<input type="text"></p>` + long + `</article>`, "",
			"Write to the harbor"},
		"consent": {`<div id="cookie-box"><p>We use cookies.</p><button>Accept</button></div>` + long,
			"We use cookies", ""},
		"about cookies": {`<article class="cookies"><p>Cookies are baked at nine.</p>` + long + `</article>`, "",
			"Cookies are baked"},
		"an ad": {`<article>` + long + `<div>Advertisement</div></article>`, "Advertisement", ""},
		"of ads": {`<article><p>Advertisement was forbidden on the quay.</p>` + long + `</article>`, "",
			"Advertisement was"},
		"edit section": {`<article><h2>Boats<span>[<a href="/e">edit</a>]</span></h2>` + long + `</article>`, "edit",
			"Boats"},
		"a bracket": {`<article><h2>Boats <span>[sic]</span></h2>` + long + `</article>`, "", "sic"},
	} {
		d, err := readHTML([]byte(head+c.page+"</body></html>"), "https://example.org/x", "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := markdown(d.blocks)
		if c.gone != "" && strings.Contains(got, c.gone) || !strings.Contains(got, c.stays) || !strings.Contains(got,
			"skipper for nineteen") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

// The day beside the writer's name is that of writing, however it is written; a day in a sentence is not.
func TestSignedDay(t *testing.T) {
	for line, want := range map[string]string{
		"by Bo Eide, Saturday, 8 September 2012": "2012-09-08", "By Bo Eide on May 3, 2014": "2014-05-03",
		"Von Bo Eide | 3. Mai 2014": "2014-05-03", "The boat was built by Bo Eide, on 3 May 2014": "",
	} {
		page := "<html><body><b>The mill</b><div>" + line + "</div>" + strings.Repeat("<p>"+ferry[0]+"</p>", 4) +
			"</body></html>"
		d, err := readHTML([]byte(page), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if got := formatDay(d.published); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// Spans that styles set apart are not one word; those that make one word stay together.
func TestSpansThatTouch(t *testing.T) {
	for fragment, want := range map[string]string{
		`<p><span class="u">Ann Lunt</span><span class="r">Member</span><span class="n">131 posts</span></p>`: "Ann Lunt " +
			"Member 131 posts",
		`<p><span class="n">131</span><span class="w">posts</span> of hers</p>`: "131 posts " +
			"of hers",
		`<p><span class="cap">T</span><span>he</span> lamp</p>`:             "The lamp",
		`<p><span class="a">H</span><span class="b">2</span>O is water</p>`: "H2O is water",
		`<p><span class="a">light</span><span class="b">house</span></p>`:   "lighthouse",
		`<p><span>iPad</span><span>Air</span></p>`:                          "iPadAir",
		`<p>Call <code><span class="k">get</span><span class="n">Name</span></code>.</p>`: "Call " +
			"getName.",
	} {
		if got, _ := shownAs(t, fragment); strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", fragment, got, want)
		}
	}
}
