package web

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

// What a page shows of a document beside its text: its language and direction, ways between citations and to notes, and
// numbers of items once. What the page says itself is in the language of the browser.
func TestReaderPage(t *testing.T) {
	corpus, err := article.Load(os.DirFS("testdata/pages"))
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, corpus.Documents()...)
	asking := func(languages string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Accept-Language", languages) }
	}
	for name, c := range map[string]struct {
		address, languages string
		with, without      []string
	}{
		"citations lead to each other": {address: "/d/guide?p=6&c=13.3.6",
			with: []string{`<a href="?p=3&amp;c=13.3.6#p3" aria-label="Previous citation: ¶3">`,
				`<a href="?p=13&amp;c=13.3.6#p13" aria-label="Next citation: ¶13">`, `>¶3</a> <a`}},
		"a note leads to its mark and back": {address: "/d/guide",
			with: []string{`aria-label="The note is on ¶1"`, `<a href="?p=13#p13" aria-label="Note: ¶13">`}},
		"items say their numbers once": {address: "/d/guide",
			with: []string{`<div class="part item marked" id="p7">`, `<div class="part item" id="p9">`}},
		"an Urdu document": {address: "/d/bagh", with: []string{`<html lang="en">`, `<main id="text" lang="ur" dir="rtl">`}},
		"an Urdu browser": {address: "/d/guide", languages: "xx, ur;q=0.8, de",
			with: []string{`<html lang="ur" dir="rtl">`, `<main id="text" lang="en" dir="ltr">`}},
		"a browser of a language that is not there": {address: "/d/guide", languages: "ja",
			with: []string{`<html lang="en">`}},
		"a citation that is none": {address: "/d/guide?p=2&c=99.0.2",
			without: []string{"Next citation", "Previous citation", "¶99"}},
		"nothing, in German": {address: "/d/gone", languages: "de-AT",
			with: []string{"Hier ist nichts", `lang="de"`}},
		"the playground, in French": {address: "/", languages: "fr",
			with: []string{"Tous les documents", "ask – Poser une question"}},
	} {
		_, body, header := h.get(t, c.address, asking(c.languages))
		for _, part := range c.with {
			if !strings.Contains(body, part) {
				t.Errorf("%s: no %s in\n%s", name, part, body)
			}
		}
		for _, part := range c.without {
			if strings.Contains(body, part) {
				t.Errorf("%s: %s in\n%s", name, part, body)
			}
		}
		if header.Get("Vary") != "Accept-Language" {
			t.Errorf("%s: kept for browsers of other languages", name)
		}
	}
}

// What the documents do not say names a paragraph that can be opened.
func TestNearestIsALink(t *testing.T) {
	h := newHouse(t)
	_, body, _ := h.post(t, map[string][]string{"command": {"ask"}, "text": {"Who is the king of the wheel in Spain?"}})
	if strings.Contains(body, `<span class="cite">`) || !strings.Contains(body, `<a class="cite" href="/d/mill?p=`) {
		t.Error(body)
	}
}
