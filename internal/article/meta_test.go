package article

import (
	"strings"
	"testing"
	"time"
)

// Front matter as the generators of documentation have it.
func TestFrontMatterOfOthers(t *testing.T) {
	for _, c := range []struct{ name, head, title, author, day string }{
		{"hugo", `title: Moles|date: 2019-03-04T23:30:00-05:00|lastmod: 2020-01-01|draft: false`, "Moles", "", "2019-03-04"},
		{"jekyll", `layout: post|published: true|date: 2019-03-04 10:00:00 +0200|author: ann`, "X", "ann", "2019-03-04"},
		{"jekyll, a slash", `date: 2019/03/04`, "X", "", "2019-03-04"},
		{"docusaurus", `sidebar_label: Short|sidebar_position: 3|authors:|  - name: Ann Berg|    url: https://example.org|` +
			`  - jo`, "Short", "Ann Berg, jo", ""},
		{"docusaurus, last", `last_update:|  date: 3/4/2019|  author: Jo`, "X", "", ""},
		{"docusaurus, its day", `last_update: {date: 2019-03-04, author: Jo}`, "X", "", "2019-03-04"},
		{"mkdocs", `date:|  created: 2019-03-04|  updated: 2020-01-01|authors: [ann, jo]`, "X", "ann, jo", "2019-03-04"},
		{"obsidian", `aliases: [a]|author: "[[Ann Berg]]"|created: 2019-03-04T10:00`, "X", "Ann Berg", "2019-03-04"},
		{"obsidian, bare", `author: [[Ann Berg]]`, "X", "Ann Berg", ""},
		{"one map", `author: {name: Ann Berg, email: a@example.org}`, "X", "Ann Berg", ""},
		{"list of maps", `author:|  - name: Ann Berg|  - name: Jo Lie`, "X", "Ann Berg, Jo Lie", ""},
		{"ours first", `date: 2018-01-01|published: 2019-03-04|authors: jo|author: ann`, "X", "ann", "2019-03-04"},
		{"words", `date: March 4, 2019`, "X", "", "2019-03-04"},
		{"a template", `date: "{{ now }}"|slug: /x`, "X", "", ""},
		{"a page's address", `url: /docs/x/`, "X", "", ""},
		{"nothing", `author:|date:|authors: []|author_note: x`, "X", "", ""},
	} {
		d, err := Parse("x.md", []byte("---\n"+strings.ReplaceAll(c.head, "|", "\n")+"\n---\nText."))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		day := ""
		if !d.Published.IsZero() {
			day = d.Published.Format(time.DateOnly)
		}
		if d.Title != c.title || d.Author != c.author || day != c.day {
			t.Errorf("%s: %q, %q, %q", c.name, d.Title, d.Author, day)
		}
	}
}

// A heading of the text is a title before what stands in a list of pages.
func TestLabelBehindHeading(t *testing.T) {
	if d, err := Parse("x.md", []byte("---\nsidebar_label: Short\n---\n# The long title\n\nText.")); err != nil ||
		d.Title != "The long title" {
		t.Errorf("%q, %v", d.Title, err)
	}
}

func TestTOML(t *testing.T) {
	d, err := Parse("x.md", []byte("+++\ntitle = 'Moles'\ndate = 2019-03-04T10:00:00+02:00\nauthors = ['ann', "+
		"'jo']\n[params]\nauthor = 'x'\n+++\n\nText."))
	if err != nil || d.Title != "Moles" || d.Author != "ann, jo" || d.Published.Format(time.DateOnly) != "2019-03-04" ||
		len(d.Passages) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err = Parse("x.md", []byte("+++\ntitle = 'a'\ntitle = Moles\n+++\nText.")); err == nil ||
		!strings.HasPrefix(err.Error(), "x.md:3: the front matter is not TOML") {
		t.Error(err)
	}
	if d, err = Parse("x.md", []byte("+++ is a mark.\n\nText.")); err != nil || len(d.Passages) != 2 {
		t.Errorf("%+v, %v", d, err)
	}
}
