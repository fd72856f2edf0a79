package mirror

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/fetch"
)

// sitemap is one of the paths, at the site's own address; "path day" has a day of change.
func sitemap(paths ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for _, p := range paths {
		p, day, _ := strings.Cut(p, " ")
		if strings.HasPrefix(p, "/") {
			p = "%s" + p
		}
		fmt.Fprintf(&b, "<url><loc> %s </loc>", p)
		if day != "" {
			fmt.Fprintf(&b, "<lastmod>%s</lastmod>", day)
		}
		b.WriteString("</url>")
	}
	return b.String() + "</urlset>"
}

func packed(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

const htmlPage = `<!doctype html><html><head><title>The lamp</title></head><body>
<nav><a href="/">Home</a> <a href="/b">More</a></nav><main>
<h1>The lamp</h1><p>The lamp of the harbor is lit at dusk by the keeper,
	who climbs the ninety steps of the tower twice a day in winter.</p>
<p>It burned oil until 1911,
	when the town laid a cable under the sound and brought electric light to the whole of the island.</p>
</main></body></html>`

func TestSitemap(t *testing.T) {
	s := newSite(t, map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /drafts/\n",
		"/sitemap.xml": sitemap("/", "/guide/install.md", "/guide/use.md", "/drafts/new.md", "https://example.com/x",
			"/guide/use.md#again"),
		"/": htmlPage, "/guide/install.md": "# Install\n\nTake the boat.",
		"/guide/use.md": "# Use\n\nTurn the wheel.", "/drafts/new.md": "Not yet.",
	})
	f := follow(t, s.Server)
	r := f.add(Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "Harbor Docs"})
	wantCounts(t, r, "+3 ~0 -0 =0")
	if want := []string{"pages of other sites: 1",
		"pages that the site's robots.txt asks not to read: 1"}; !slices.Equal(r.LeftOut, want) {
		t.Errorf("left out: %q", r.LeftOut)
	}
	f.holds("harbor-docs/guide/install.md: Take the boat.", "harbor-docs/guide/use.md: Turn the wheel.",
		"harbor-docs/index.md: The lamp of the harbor is lit at dusk by the keeper, who climbs the ninety steps "+
			"of the tower twice a day in winter.")
	s.requests()

	// Nothing changed: each page is asked whether it did, and nothing is written.
	wantCounts(t, f.refresh("harbor-docs"), "+0 ~0 -0 =3")
	if want := []string{"/sitemap.xml", "/robots.txt", "?/", "?/guide/install.md",
		"?/guide/use.md"}; !slices.Equal(s.requests(), want) {
		t.Error("a refresh asks for more")
	}

	// One page changes, one fails, one leaves, one is new.
	s.set("/guide/use.md", "# Use\n\nPull the lever.")
	s.set("/guide/install.md", "503")
	s.set("/sitemap.xml", sitemap("/guide/install.md", "/guide/use.md", "/guide/end.md"))
	s.set("/guide/end.md", "# End\n\nPut out the light.")
	r = f.refresh("harbor-docs")
	wantCounts(t, r, "+1 ~1 -1 =0")
	f.holds("harbor-docs/guide/end.md: Put out the light.", "harbor-docs/guide/install.md: Take the boat.",
		"harbor-docs/guide/use.md: Pull the lever.")
	list := f.List()
	if len(list) != 1 || list[0].Name != "harbor-docs" || list[0].Files != 3 || len(list[0].Failed) != 1 ||
		!list[0].Has("harbor-docs/guide/use.md") ||
		list[0].Has("harbor-docs/index.md") {
		t.Fatalf("%+v", list)
	}
	failed := list[0].Failed[0]
	if failed.Path != "harbor-docs/guide/install.md" || failed.URL != s.URL+"/guide/install.md" ||
		!strings.Contains(failed.Why, "later") ||
		strings.Contains(failed.Why, "http") {
		t.Errorf("%+v", failed)
	}
	since := failed.Since
	if f.refresh("harbor-docs"); !f.List()[0].Failed[0].Since.Equal(since) {
		t.Error("it fails since another time now")
	}

	// It comes back, another is gone although it is listed.
	s.set("/guide/install.md", "# Install\n\nTake the boat.")
	s.set("/guide/end.md", "")
	r = f.refresh("harbor-docs")
	wantCounts(t, r, "+0 ~0 -1 =2")
	if len(r.Source.Failed) > 0 {
		t.Errorf("%+v", r.Source.Failed)
	}
	if n, err := f.Remove("harbor-docs"); n != 2 || err != nil || len(f.files()) > 0 {
		t.Errorf("%d, %v, %q", n, err, f.files())
	}
}

// TestEdited: what somebody changed in the folder is theirs; what somebody took away comes back.
func TestEdited(t *testing.T) {
	s := newSite(t, map[string]string{"/sitemap.xml": sitemap("/a.md", "/b.md", "/c.md"), "/a.md": "One.",
		"/b.md": "Two.", "/c.md": "Three."})
	f := follow(t, s.Server)
	f.add(Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "n"})
	f.write("n/a.md", "Mine.")
	s.set("/a.md", "Another one.")
	if err := os.Remove(filepath.Join(f.Dir, "n/b.md")); err != nil {
		t.Fatal(err)
	}
	r := f.refresh("n")
	if wantCounts(t, r, "+0 ~1 -0 =1"); !slices.Equal(r.Edited, []string{"n/a.md"}) {
		t.Errorf("edited: %q", r.Edited)
	}
	f.holds("n/a.md: Mine.", "n/b.md: Two.", "n/c.md: Three.")
	s.set("/sitemap.xml", sitemap("/b.md", "/c.md"))
	if r = f.refresh("n"); !slices.Equal(r.Edited, []string{"n/a.md"}) {
		t.Errorf("edited: %q", r.Edited)
	}
	f.holds("n/a.md: Mine.", "n/b.md: Two.", "n/c.md: Three.")
}

// TestCutShort: what a crash left between what is known and the files is mended by the next refresh.
func TestCutShort(t *testing.T) {
	s := newSite(t, map[string]string{"/sitemap.xml": sitemap("/a.md", "/b.md"), "/a.md": "One.", "/b.md": "Two."})
	f := follow(t, s.Server)
	f.add(Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "n"})
	s.set("/a.md", "One more.")
	before, err := os.ReadFile(filepath.Join(f.Dir, "n/a.md"))
	if err != nil {
		t.Fatal(err)
	}
	f.refresh("n")
	f.write("n/a.md", string(before)) // as if the file had not been written
	f.refresh("n")
	f.holds("n/a.md: One more.", "n/b.md: Two.")
}

func TestShrinking(t *testing.T) {
	pages := map[string]string{}
	var paths []string
	for i := range 12 {
		p := fmt.Sprintf("/p%d.md", i)
		pages[p], paths = fmt.Sprintf("Page %d.", i), append(paths, p)
	}
	pages["/sitemap.xml"] = sitemap(paths...)
	s := newSite(t, pages)
	f := follow(t, s.Server)
	f.add(Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "n"})
	s.set("/sitemap.xml", sitemap(paths[:5]...))
	_, err := f.Refresh(t.Context(), "n")
	refusal(t, err, "refresh --shrink n")
	if len(f.documents()) != 12 || !strings.Contains(f.List()[0].Failing, "7 of 12") {
		t.Errorf("%d documents; %q", len(f.documents()), f.List()[0].Failing)
	}
	s.set("/sitemap.xml", sitemap(paths[:6]...))
	wantCounts(t, f.refresh("n"), "+0 ~0 -6 =6")
	if f.List()[0].Failing != "" {
		t.Error("it still fails")
	}
	f.Shrink = true
	s.set("/sitemap.xml", sitemap(paths[0]))
	wantCounts(t, f.refresh("n"), "+0 ~0 -5 =1")
}

// TestListedDays: a page whose day of change is the same is not asked for a week.
func TestListedDays(t *testing.T) {
	s := newSite(t, map[string]string{"/sitemap.xml": sitemap("/a.md 2024-01-01", "/b.md 2024-01-01", "/c.md"),
		"/a.md": "One.", "/b.md": "Two.",
		"/c.md": "Three."})
	f := follow(t, s.Server)
	f.add(Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "n"})
	s.requests()
	s.set("/sitemap.xml", sitemap("/a.md 2024-01-01", "/b.md 2024-02-01", "/c.md"))
	wantCounts(t, f.refresh("n"), "+0 ~0 -0 =3")
	if got, want := s.requests(), []string{"/sitemap.xml", "/robots.txt", "?/b.md", "?/c.md"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	f.now = f.now.Add(trustListed)
	f.refresh("n")
	if got := s.requests(); !slices.Contains(got, "?/a.md") {
		t.Errorf("asked %q", got)
	}
}

func TestIndexOfSitemaps(t *testing.T) {
	index := func(parts ...string) string {
		all := ""
		for _, p := range parts {
			all += "<sitemap><loc>%s" + p + "</loc></sitemap>"
		}
		return `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + all + `</sitemapindex>`
	}
	s := newSite(t, map[string]string{"/sitemap.xml": index("/one.xml", "/two.xml"), "/one.xml": sitemap("/a.md"),
		"/two.xml": sitemap("/b.md"),
		"/a.md":    "One.", "/b.md": "Two."})
	s.set("/three.xml.gz", packed(strings.ReplaceAll(sitemap("/b.md"), "%s", s.URL)))
	f := follow(t, s.Server)
	f.add(Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "n"})
	f.holds("n/a.md: One.", "n/b.md: Two.")
	s.set("/sitemap.xml", index("/one.xml", "/three.xml.gz"))
	wantCounts(t, f.refresh("n"), "+0 ~0 -0 =2")
	// A part that cannot be had says nothing about its pages.
	s.set("/three.xml.gz", "503")
	_, err := f.Refresh(t.Context(), "n")
	refusal(t, err, "try again later")
	f.holds("n/a.md: One.", "n/b.md: Two.")
}

func TestLLMs(t *testing.T) {
	s := newSite(t, map[string]string{
		"/docs/llms.txt": "# Harbor\n\n> All of it.\n\n## Docs\n\n- [Boats](boats.md): which there are\n" +
			"- [Nets](/docs/nets.html)\n- ![no](x.png)\n" +
			"- [Elsewhere](https://example.com/a)\n\n`[not](this.md)`\n",
		"/docs/boats.md": "Nine boats.", "/docs/nets.html": htmlPage})
	f := follow(t, s.Server)
	r := f.add(Spec{Kind: KindOf(s.URL + "/docs/llms.txt"), From: s.URL + "/docs/llms.txt", Name: "n"})
	wantCounts(t, r, "+2 ~0 -0 =0")
	if got := f.files(); !slices.Equal(got, []string{"n/.source.json", "n/docs/boats.md", "n/docs/nets.md"}) {
		t.Errorf("%q", got)
	}
}

func TestBounds(t *testing.T) {
	var paths []string
	pages := map[string]string{}
	for i := range 9 {
		p := fmt.Sprintf("/v%d/p.md", i)
		paths, pages[p] = append(paths, p), fmt.Sprintf("Page %d.", i)
	}
	pages["/sitemap.xml"] = sitemap(paths...)
	s := newSite(t, pages)
	f := follow(t, s.Server)
	from := s.URL + "/sitemap.xml"
	r := f.add(Spec{Kind: Sitemap, From: from, Name: "few", Limit: 2})
	if wantCounts(t, r, "+2 ~0 -0 =0"); len(r.LeftOut) != 1 || !strings.Contains(r.LeftOut[0],
		"after the first 2: 7 (--limit") {
		t.Errorf("%q", r.LeftOut)
	}
	r = f.add(Spec{Kind: Sitemap, From: from, Name: "part", Under: s.URL + "/v3/"})
	wantCounts(t, r, "+1 ~0 -0 =0")

	// A site that no longer answers is left in peace, and what there is stays.
	f.add(Spec{Kind: Sitemap, From: from, Name: "all"})
	for _, p := range paths {
		s.set(p, "500")
	}
	s.requests()
	if r = f.refresh("all"); r.Left != 4 || len(r.Source.Failed) != mostInARow || len(s.requests()) != mostInARow+2 {
		t.Errorf("%+v", r)
	}
	// When the time is up, what was read is kept, and the rest comes first the next time.
	for i, p := range paths {
		s.set(p, fmt.Sprintf("Page %d again.", i))
	}
	ctx, cancel := context.WithCancel(t.Context())
	f.Progress = func(done, _ int) {
		if done == 3 {
			cancel()
		}
	}
	r, err := f.Refresh(ctx, "all")
	if err != nil || r.Left != 6 || r.Changed != 3 {
		t.Errorf("%v, %+v", err, r)
	}
	f.Progress = nil
	wantCounts(t, f.refresh("all"), "+0 ~6 -0 =3")
}

func TestRefused(t *testing.T) {
	s := newSite(t, map[string]string{"/sitemap.xml": "<html>", "/cut-sitemap.xml": "<urlset><url><loc>",
		"/llms.txt":         "No link.",
		"/sitemap-gone.xml": sitemap("/a.md", "/b.md"), "/sitemap-closed.xml": sitemap("/closed.md"), "/closed.md": "403"})
	f := follow(t, s.Server)
	for _, c := range []struct {
		spec Spec
		want string
	}{
		{Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml"}, "sitemap"},
		{Spec{Kind: Sitemap, From: s.URL + "/cut-sitemap.xml"}, "no sitemap, or is cut short"},
		{Spec{Kind: LLMs, From: s.URL + "/llms.txt"}, "no address of a page"},
		{Spec{Kind: Sitemap, From: s.URL + "/nowhere.xml"}, "no such page"},
		{Spec{Kind: Sitemap, From: s.URL + "/sitemap-gone.xml"}, "no page of it could be read; one of them: " + s.URL +
			"/a.md: there is no such page"},
		{Spec{Kind: Sitemap, From: s.URL + "/sitemap-closed.xml"}, "does not show it"},
		{Spec{Kind: Sitemap, From: "sitemap.xml"}, "want the address"},
		{Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Limit: MaxPages + 1}, "--limit"},
		{Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Limit: -1}, "--limit"},
		{Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Folder: "docs"}, "--under"},
		{Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Under: "v2"}, "--under"},
	} {
		_, err := f.Add(t.Context(), c.spec, false)
		refusal(t, err, c.want)
	}
	if got := f.files(); len(got) > 0 {
		t.Errorf("left behind: %q", got)
	}
	_, err := f.Refresh(t.Context(), "nothing")
	refusal(t, err, "no source")
	_, err = f.Refresh(t.Context(), "../x")
	refusal(t, err, "no source")
	if err := os.Mkdir(filepath.Join(f.Dir, "taken"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err = f.Add(t.Context(), Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "taken"}, false)
	refusal(t, err, "another --name")
	// The guard holds for lists and pages alike.
	guarded := follow(t, nil)
	_, err = guarded.Add(t.Context(), Spec{Kind: Sitemap, From: s.URL + "/sitemap-gone.xml"}, false)
	if refusal(t, err, "only the ports 80 and 443"); !errors.Is(err, fetch.ErrRefused) {
		t.Error(err)
	}
}

func FuzzLists(f *testing.F) {
	f.Add([]byte(sitemap("/a", "https://example.org/b?x&y 2024-01-01")), "/a*b$")
	f.Add([]byte(packed("<urlset/>")), "User-agent: *\nDisallow: /%")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		base := &url.URL{Scheme: "https", Host: "example.org", Path: "/sitemap.xml"}
		pages, _, _ := readSitemap(data, base)
		rules := readRobots(text)
		for _, p := range pages {
			if at := pathOf(p.url); !goodPath(at) {
				t.Errorf("%s would be kept as %q", p.url, at)
			}
			rules.allows(p.url)
		}
		documentsIn(data)
		_, _ = readBlobs(data)
	})
}

func TestPlaces(t *testing.T) {
	for address, want := range map[string]string{
		"https://x.org": "index", "https://x.org/": "index", "https://x.org/a/": "a/index", "https://x.org/a": "a",
		"https://x.org/a.html":        "a",
		"https://x.org/a/b.md?page=2": "a/b-page-2", "https://x.org/../../etc/passwd": "etc/passwd",
		"https://x.org/.git/config":            "git/config",
		"https://x.org/caf%C3%A9/%2e%2e/a%2fb": "caf\u00e9/a/b", "https://x.org/v1.2": "v1.2",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := pathOf(u); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	u := &url.URL{Scheme: "https", Host: "x.org", Path: "/" + strings.Repeat("a/", 40)}
	if got := pathOf(u); !strings.HasPrefix(got, "page-") || got == pathOf(u.JoinPath("b")) {
		t.Error(got)
	}
	for _, bad := range []string{"", "/a", "../a", "a/../b", ".a", "a/.b/c", "a\x00b", "a:b", "a.", "a ", "CON?",
		"a\u202eb", strings.Repeat("a", 130)} {
		if goodPath(bad) {
			t.Errorf("%q is taken", bad)
		}
	}
}
