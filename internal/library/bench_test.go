package library

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// paragraphs makes a text of n paragraphs.
func paragraphs(name string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "In %d the %s council of Orrin counted %d boats, and Anna Berg said that the harbor was full.\n\n",
			1800+i%200, name, i)
	}
	return b.String()
}

func thousand(w *world) {
	w.folder = fstest.MapFS{}
	for i := range 20 {
		w.folder[fmt.Sprintf("shared-%02d.txt", i)] = &fstest.MapFile{Data: []byte(paragraphs(fmt.Sprint("s", i), 50))}
	}
}

// BenchmarkConfirm is a change of one paragraph in a server's own document of 50, beside 1,000 shared ones: with the
// disk.
func BenchmarkConfirm(b *testing.B) {
	w := newWorld(b, thousand)
	text := paragraphs("own", 50)
	w.put("1", upload("own.txt", text))
	n := 0
	for b.Loop() {
		n++
		q := upload("own.txt", strings.Replace(text, "Anna Berg", fmt.Sprint("Ola Berg ", n), 1))
		q.Replace = "own"
		w.put("1", q)
	}
}

// BenchmarkRenewNothing reads the shared folder again where 20 servers have documents of their own and nothing changed.
func BenchmarkRenewNothing(b *testing.B) {
	w := newWorld(b, thousand)
	for i := range 20 {
		w.put(fmt.Sprint(i+1), upload("own.txt", paragraphs(fmt.Sprint("own", i), 20)))
	}
	for b.Loop() {
		if r, err := w.Renew(b.Context(), nil); err != nil || r.Changed {
			b.Fatal(r, err)
		}
	}
}

// BenchmarkOpen starts with 20 servers that have documents of their own, beside 1,000 shared paragraphs.
func BenchmarkOpen(b *testing.B) {
	w := newWorld(b, thousand)
	for i := range 20 {
		w.put(fmt.Sprint(i+1), upload("own.txt", paragraphs(fmt.Sprint("own", i), 20)))
	}
	for b.Loop() {
		w.restart()
	}
}
