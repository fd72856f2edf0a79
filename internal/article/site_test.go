package article

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Links go where the generator of a site puts its pages and headings.
func TestSites(t *testing.T) {
	const page = "# The Title\n\nOne.\n\n## Set up: a & b_c\n\nTwo.\n\n## Set up: a & b_c\n\nThree.\n\n### Größe " +
		"{#size}\n\nFour.\n\n**Bold**\n\nFive."
	for _, c := range []struct{ name, config, file, head, want string }{
		{"github", "site: https://x.org/docs/", "guide/setup.md", "",
			"guide/setup|guide/setup#set-up-a--b_c|guide/setup#set-up-a--b_c-1|guide/setup#size|guide/setup#size"},
		{"mkdocs", "site: https://x.org/docs/\npages: '{path}/'\nanchors: mkdocs", "guide/index.md", "",
			"guide/|guide/#set-up-a-b_c|guide/#set-up-a-b_c_1|guide/#size|guide/#size"},
		{"vitepress", "site: https://x.org/docs\npages: '{path}.html'\nanchors: vitepress", "a b.md", "",
			"a%20b.html|a%20b.html#set-up-a-b-c|a%20b.html#set-up-a-b-c-1|a%20b.html#size|a%20b.html#size"},
		{"docusaurus", "site: https://x.org/docs/\nanchors: docusaurus", "01-guide/2-setup.mdx", "",
			"guide/setup|guide/setup#set-up-a--b_c|guide/setup#set-up-a--b_c-1|guide/setup#size|guide/setup#size"},
		{"a place of its own", "site: https://x.org/docs/\nanchors: docusaurus", "guide/setup.md", "slug: start",
			"guide/start|guide/start#set-up-a--b_c|guide/start#set-up-a--b_c-1|guide/start#size|guide/start#size"},
		{"a permalink", "site: https://x.org/docs/\nanchors: none", "guide/setup.md", "permalink: /start/",
			"start/|start/|start/|start/|start/"},
		{"the first page", "site: https://x.org/docs/\nanchors: none", "index.md", "", "||||"},
		{"a folder", "folders:\n  guide:\n    site: https://x.org/docs/\n    anchors: none", "guide/setup.md", "",
			"setup|setup|setup|setup|setup"},
	} {
		text := page
		if c.head != "" {
			text = "---\n" + c.head + "\n---\n" + page
		}
		corpus, err := Load(fstest.MapFS{SiteFile: file(c.config), c.file: file(text)})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for p := range corpus.Passages() {
			got = append(got, strings.TrimPrefix(p.Link(), "https://x.org/docs/"))
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, text, c.want)
		}
	}
}

// What is wrong with the file is said with its line, and the documents load without links.
func TestSiteErrors(t *testing.T) {
	for config, want := range map[string]string{
		"site: x.org":                           "pilcrow.yaml:1: site: want an address",
		"site: javascript:alert(1)":             "pilcrow.yaml:1: site: want an address",
		"site: https://x.org\npages: a":         "pilcrow.yaml:1: pages: want a pattern",
		"site: https://x.org\nanchors: sphinx":  "pilcrow.yaml:1: anchors: want github",
		"site: https://x.org\nanchor: github":   "pilcrow.yaml:2: want site, pages",
		"folders:\n  a:\n    pages: '{path}'\n": "pilcrow.yaml:1: a: site: want",
	} {
		corpus, err := Load(fstest.MapFS{SiteFile: file(config), "a/b.md": file("Text.")})
		if err == nil || !strings.Contains(err.Error(), want) || corpus.Len() != 1 {
			t.Errorf("%q: %v", config, err)
		}
	}
}

// A changed site changes the links of files that did not change; without one there are none.
func TestSiteChanges(t *testing.T) {
	folder := fstest.MapFS{"a.md": file("Text.")}
	l := NewLoader(nil)
	link := func() string {
		c, err := l.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		return c.Documents()[0].Passages[0].Link()
	}
	if got := link(); got != "" {
		t.Error(got)
	}
	folder[SiteFile] = file("site: https://x.org")
	if got := link(); got != "https://x.org/a" {
		t.Error(got)
	}
	delete(folder, SiteFile)
	if got := link(); got != "" {
		t.Error(got)
	}
}
