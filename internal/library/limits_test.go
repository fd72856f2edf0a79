package library

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pilcrow/internal/article"
)

// Whatever a file is called, its slug is one, and what errors show of the name is harmless.
func TestHostileNames(t *testing.T) {
	w := newWorld(t)
	for i, name := range []string{"../../../etc/passwd", `..\..\boot.ini`, "\u202egnp.txt",
		strings.Repeat("long ", 80) + ".md", "", ".", "/", "a\x00b.txt",
		"CON.txt", "mill.txt/../x.txt", "\xff\xfe.txt", "@everyone.txt", "<#1>.md", "😀.txt"} {
		p, err := w.Propose(t.Context(), fmt.Sprint(100+i), upload(name, "Some text."), ada)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		slug := p.Document.Slug
		if len(slug) > article.MaxSlugBytes || strings.ContainsFunc(slug, func(r rune) bool {
			return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			t.Errorf("%q became %q", name, slug)
		}
		if _, err = w.Propose(t.Context(), "1", upload(name, ""), ada); err == nil ||
			strings.ContainsAny(err.Error(), "\x00\u202e\n") || len(err.Error()) > 300 {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// A server's documents are bounded.
func TestFull(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	w := newWorld(t)
	var err error
	n := 0
	for ; err == nil && n < 10; n++ {
		lines := strings.Repeat(fmt.Sprintf("Text %d of a long document that has many paragraphs.\n\n", n), 6000)
		var p Proposal
		if p, err = w.Propose(t.Context(), "1", upload(fmt.Sprintf("d%d.txt", n), lines), ada); err == nil {
			_, _, err = w.Confirm(t.Context(), "1", p.ID, ada, nil)
		}
	}
	if !errors.Is(err, ErrFull) || n != 4 {
		t.Errorf("after %d documents: %v", n, err)
	}
	if _, err = w.Propose(t.Context(), "2", upload("big.txt", strings.Repeat("word ", 1<<21+1)), ada); err == nil {
		t.Error("more than 10 MiB")
	}
	if _, err = w.Propose(t.Context(), "2", upload("small.txt", "Text."), ada); err != nil {
		t.Errorf("another server: %v", err)
	}
}
