package web

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

const server = "123456789012345678"

// An attack is what would make an element of a page, if it were not shown as text.
var attacks = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'><svg/onload=alert(1)>`,
	`</title><script>alert(1)</script>`, `</textarea><script>1</script>`,
	`<iframe src=javascript:alert(1)>`, `{{.}}`, `{{template "head"}}`, `<!--`, `]]><x>`, "\u2028<b>\u2028",
	`&lt;script&gt;`, `<a href="javascript:alert(1)">x</a>`,
	`<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, `<base href=//evil.example>`,
	`<meta http-equiv=refresh content=0>`,
	`<style>*{display:none}</style>`, `"autofocus onfocus=alert(1) x="`, `javascript:alert(1)`, `<plaintext>`,
}

// A house is a site over two documents, one of them a server's own.
type house struct {
	*Site
	shared, own *article.Corpus
	now         time.Time
}

func newHouse(t testing.TB, documents ...article.Document) *house {
	t.Helper()
	files := fstest.MapFS{"mill.md": &fstest.MapFile{Data: []byte("---\ntitle: The mill at Orley\nurl: " +
		"https://mill.example/a\n---\n\n" +
		"# History\n\nThe mill at Orley was built in 1742 by the brothers Hask.\n\nIn 1803 a flood carried off its " +
		"wheel.\n\n" +
		"## Today\n\n```go\nfunc main() {}\n```\n\nSince 1990 the mill has been a museum.\n")}}
	mill, err := article.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{now: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)}
	if h.shared, err = article.NewCorpus(append(mill.Documents(), documents...)...); err != nil {
		t.Fatal(err)
	}
	if h.own, err = article.NewCorpus(document("secret-plan", "The secret plan",
		"The wheel is hidden in the barn.")); err != nil {
		t.Fatal(err)
	}
	engine, err := ask.New(ask.Config{Load: func() (*article.Corpus, error) { return h.shared, nil },
		Embedder: local.NewEmbedder(),
		Index:    chromemindex.New(), Extractor: local.NewExtractor()})
	if err == nil {
		_, err = engine.Reload(t.Context(), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	table, err := dispatch.New(dispatch.Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	metrics := NewMetrics(func() Numbers { return Numbers{Documents: len(h.shared.Documents())} })
	h.Site = New(Config{Table: table, Ready: func() error { return nil }, Metrics: metrics.Handler(),
		Token: "a token of the operator's",
		Links: NewLinks("https://read.example", []byte("key"), func() time.Time { return h.now },
			func() *article.Corpus { return h.shared }),
		Corpus: func(_ context.Context, of string) (*article.Corpus, func()) {
			switch of {
			case "":
				return h.shared, func() {}
			case server:
				return h.own, func() {}
			}
			return nil, func() {}
		}})
	return h
}

func document(slug, title string, paragraphs ...string) article.Document {
	d := article.Document{Slug: slug, Title: title, Path: slug + ".md"}
	for i, text := range paragraphs {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: slug, N: i + 1}, Title: title, Text: text})
	}
	return d
}

// get asks from this machine; how may change the request.
func (h *house) get(t *testing.T, address string, how ...func(r *http.Request)) (status int, body string,
	header http.Header) {
	t.Helper()
	return h.do(t, httptest.NewRequest(http.MethodGet, address, nil), how...)
}

func (h *house) post(t *testing.T, form url.Values, how ...func(r *http.Request)) (status int, body string,
	header http.Header) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(t, r, how...)
}

func (h *house) do(t *testing.T, r *http.Request, how ...func(r *http.Request)) (status int, body string,
	header http.Header) {
	t.Helper()
	r.Host, r.RemoteAddr = "localhost:8080", "127.0.0.1:5000"
	for _, change := range how {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	data, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(data), w.Header()
}

func abroad(r *http.Request) { r.RemoteAddr, r.Host = "203.0.113.9:5000", "read.example" }

// path is what a client asks for of an address.
func path(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.RequestURI()
}

func (h *house) passage(t *testing.T, c *article.Corpus, slug string, n int) article.Passage {
	t.Helper()
	p, ok := c.Passage(article.Ref{Slug: slug, N: n})
	if !ok {
		t.Fatalf("no ¶%d of %s", n, slug)
	}
	return p
}

// A citation's address opens at its paragraph, with the cited words marked, the other citations named, and a change
// told.
func TestPermalink(t *testing.T) {
	h := newHouse(t)
	p := h.passage(t, h.shared, "mill", 1)
	address := h.Links.Permalink(Citation{Passage: p, Bold: "0-8", Cited: []int{1, 2}})
	if !strings.HasPrefix(address, "https://read.example/d/mill?p=1&") || !strings.HasSuffix(address, "#p1") {
		t.Fatal(address)
	}
	status, body, header := h.get(t, path(t, address), abroad)
	for _, part := range []string{`id="p1"`, `<mark>The mill</mark> at Orley`, `href="?p=2&amp;c=1.2#p2"`,
		"<h2 dir=\"auto\">History</h2>", "<h3 dir=\"auto\">Today</h3>",
		"<pre", "https://mill.example/a", "part paragraph cited"} {
		if !strings.Contains(body, part) {
			t.Errorf("%d: no %s in\n%s", status, part, body)
		}
	}
	if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") ||
		strings.Contains(csp, "unsafe") {
		t.Error(csp)
	}
	if !strings.Contains(header.Get("X-Robots-Tag"), "noindex") {
		t.Error("pages are indexed")
	}
	p.Text += " It burned down."
	if _, body, _ := h.get(t, path(t, "/d/mill?p=1&t="+textMark(p.Text)+"&m=0-8")); !strings.Contains(body,
		"has changed since") || strings.Contains(body, "<mark>") {
		t.Error("a change is not told")
	}
	if _, body, _ := h.get(t, "/d/mill?p=99"); !strings.Contains(body, "no longer there") {
		t.Error("a paragraph that is gone is not told of")
	}
}

// A server's own document is read by a link that is signed for it, until it expires, and every failure looks the same.
func TestSignedLinks(t *testing.T) {
	h := newHouse(t)
	p := h.passage(t, h.own, "secret-plan", 1)
	address := path(t, h.Links.Permalink(Citation{Server: server, Passage: p}))
	if status, body, _ := h.get(t, address, abroad); status != http.StatusOK ||
		!strings.Contains(body, "hidden in the barn") {
		t.Fatal(status, address)
	}
	if h.Links.Permalink(Citation{Passage: p}) != "" || h.Links.Permalink(Citation{Server: "x", Passage: p}) != "" {
		t.Error("a link to it without its server")
	}
	_, want, _ := h.get(t, "/nothing", abroad)
	seal := strings.Split(address, "/")[2]
	changed := []byte(seal)
	changed[3] ^= 1
	for _, bad := range []string{"/d/secret-plan", "/s/" + seal + "/d/mill", "/s/" + string(changed) + "/d/secret-plan",
		"/s//d/secret-plan",
		"/s/" + seal + "x/d/secret-plan", "/s/" + seal + "/d/secret-plan/..", "/d/", "/d/%2e%2e", "/d/no-such", "/metrics/x",
		"/static/", "/templates/reader.html"} {
		status, body, header := h.get(t, bad, abroad)
		if status == http.StatusMovedPermanently || status == http.StatusTemporaryRedirect { // the router cleans a path
			continue
		}
		if status != http.StatusNotFound || body != want || header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d", bad, status)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "X"} {
		if status, body, _ := h.do(t, httptest.NewRequest(method, "/d/mill", nil), abroad); status != http.StatusNotFound {
			t.Errorf("%s: %d %s", method, status, body)
		}
	}
	h.now = h.now.Add(LinkLife)
	if status, body, _ := h.get(t, address, abroad); status != http.StatusNotFound || body != want {
		t.Errorf("an expired link: %d", status)
	}
}

// Nobody guesses a seal.
func TestRandomSeals(t *testing.T) {
	h := newHouse(t)
	probes := 1_000_000
	if testing.Short() {
		probes = 50_000
	}
	dice := rand.New(rand.NewPCG(1, 2))
	good, _ := h.Links.seal(server, "secret-plan")
	letters := "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for i := range probes {
		seal := []byte(good)
		for range 1 + i%len(seal) {
			seal[dice.IntN(len(seal))] = letters[dice.IntN(len(letters))]
		}
		if _, ok := h.Links.open(string(seal), "secret-plan"); ok && string(seal) != good {
			t.Fatalf("%s opens", seal)
		}
	}
	if _, ok := h.Links.open(good, "secret-plan"); !ok {
		t.Error("the right one does not")
	}
}

// What is planted as a document, its title, a question or an address makes no element of any page.
func TestAttacks(t *testing.T) {
	var documents []article.Document
	for i, attack := range attacks {
		d := document(fmt.Sprintf("d%d", i), "On "+attack, "The wheel "+attack+" turns.", attack)
		d.Author, d.Source, d.URL = attack, attack, attack
		for j := range d.Passages {
			d.Passages[j].Path = attack
			d.Passages[j].SetLanguage(attack)
		}
		documents = append(documents, d)
	}
	h := newHouse(t, documents...)
	for i, attack := range attacks {
		_, body, _ := h.get(t, fmt.Sprintf("/d/d%d?p=1&t=%s&m=%s&c=%s", i, url.QueryEscape(attack), url.QueryEscape(attack),
			url.QueryEscape(attack)))
		wantKnown(t, attack, body)
		for _, command := range offered {
			_, body, _ := h.post(t, url.Values{"command": {command}, "text": {"What does the wheel do? " + attack},
				"document": {attack}})
			wantKnown(t, attack, body)
		}
		_, body, _ = h.post(t, url.Values{"command": {"ask"}, "text": {"What does the wheel " + attack + " do?"}})
		wantKnown(t, attack, body)
	}
}

// known are the elements that our own pages have.
var known = strings.Fields("html head meta link title body a header h1 h2 h3 h4 h5 h6 p nav main div pre code " +
	"blockquote mark strong span time form label select " +
	"option textarea button section img input")

// wantKnown wants no element and no attribute but ours.
func wantKnown(t *testing.T, attack, page string) {
	t.Helper()
	for _, what := range strange(t, page) {
		t.Errorf("%q makes %s", attack, what)
	}
}

// strange are the elements, comments and attributes of a page that are none of ours.
func strange(t *testing.T, page string) (found []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			found = append(found, "a comment")
		case n.Type == html.ElementNode && !slices.Contains(known, n.Data):
			found = append(found, n.Data)
		}
		for _, a := range n.Attr {
			outside := a.Key == "href" && !slices.ContainsFunc([]string{"#", "?", "/d/", "/static/", "https://"},
				func(p string) bool {
					return strings.HasPrefix(a.Val, p)
				})
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "autofocus" || outside ||
				a.Key == "src" && !strings.HasPrefix(a.Val, "data:image/png;base64,") {
				found = append(found, a.Key+" of "+n.Data)
			}
		}
	}
	return found
}

// The test of attacks can fail: what is not escaped is found.
func TestStrange(t *testing.T) {
	for _, attack := range attacks {
		if raw := strange(t, "<p>"+attack); strings.Contains(attack, "<s") && len(raw) == 0 {
			t.Errorf("%q would not be noticed", attack)
		}
	}
}
