package quote

import (
	"slices"
	"sync"
)

// A scratch is the memory that reading a document takes and gives back: a folder has thousands of documents, and what
// each would allocate anew takes a fifth of the time. What a result keeps is never in it.
type scratch struct {
	line     []token   // of a paragraph, or of a quotation
	found    []mention // of a sentence
	all      []mention // of a paragraph
	paras    []paragraph
	history  []discourse
	registry registry
	tokens   arena[token]
	mentions arena[mention]
	common   map[string]bool // words that the document prints in lower case
	surnames map[string]bool
}

var scratches = sync.Pool{New: func() any {
	return &scratch{common: map[string]bool{}, surnames: map[string]bool{}, registry: registry{
		names: map[string]*nameCount{}, printed: map[string]*nameCount{}, byLast: map[string][]int{},
		byFirst: map[string][]int{}, byTail: map[string][]int{}, acronyms: map[string]int{}}}
}}

// Bounds of what is used again, and not left to the collector: emptying it takes as long as it is large.
const (
	mostWords      = 1 << 12 // in a map
	mostParagraphs = 1 << 10
)

// lend gives a reading of so many paragraphs the memory that it works in.
func (r *reading) lend(paragraphs int) {
	s := r.memory
	r.scratch, r.found, r.all, r.history, r.registry = s.line, s.found, s.all, s.history, s.registry
	r.paras = slices.Grow(s.paras, paragraphs)[:paragraphs]
}

// release gives the memory of a reading back, which must not be used any more.
func (r *reading) release() {
	s, g := r.memory, &r.registry
	if r.memory = nil; max(len(s.common), len(g.printed), len(g.entities)) > mostWords || len(r.paras) > mostParagraphs {
		return
	}
	for _, items := range [][]mention{r.found, r.all} { // which were longer before
		clear(items[:cap(items)])
	}
	clear(r.scratch[:cap(r.scratch)])
	s.line, s.found, s.all = r.scratch[:0], r.found[:0], r.all[:0]
	s.paras, s.history = emptied(r.paras), emptied(r.history)
	for _, m := range []map[string]*nameCount{g.names, g.printed} {
		clear(m)
	}
	for _, m := range []map[string][]int{g.byLast, g.byFirst, g.byTail} {
		clear(m)
	}
	clear(g.acronyms)
	g.counts.reset()
	g.entities, g.beyond = emptied(g.entities), 0
	s.registry = *g
	s.tokens.reset()
	s.mentions.reset()
	clear(s.common)
	clear(s.surnames)
	scratches.Put(s)
}

// emptied lets go of what the items of a slice hold.
func emptied[T any](items []T) []T {
	clear(items)
	return items[:0]
}

// An arena keeps slices side by side in pieces of memory.
type arena[T any] struct{ used []T }

// arenaItems is how many items a piece of memory has.
const arenaItems = 1 << 12

// clone copies a slice into the arena. What is appended to the copy goes elsewhere.
func (a *arena[T]) clone(items []T) []T {
	if len(items) > arenaItems/4 {
		return append([]T(nil), items...)
	}
	if cap(a.used)-len(a.used) < len(items) {
		a.used = make([]T, 0, arenaItems)
	}
	from := len(a.used)
	a.used = append(a.used, items...)
	return a.used[from:len(a.used):len(a.used)]
}

// new keeps an item.
func (a *arena[T]) new(item T) *T {
	if len(a.used) == cap(a.used) {
		a.used = make([]T, 0, arenaItems)
	}
	a.used = append(a.used, item)
	return &a.used[len(a.used)-1]
}

// reset empties the last piece of memory, for use again, and lets go of the others.
func (a *arena[T]) reset() {
	clear(a.used)
	a.used = a.used[:0] // the rest was not used since it was emptied last
}
