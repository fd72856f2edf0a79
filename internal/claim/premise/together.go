package premise

import (
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/words"
)

// pairsKnown remembers which pairs of keys were looked for, and whether they stand side by side. Its zero value is
// empty.
type pairsKnown struct {
	mu    sync.Mutex
	known map[[2]string]bool
}

// entityMark begins the key of an entity; no word does.
const entityMark = "@"

// maxPairsKnown bounds the pairs that are remembered of one document; then it begins anew.
const maxPairsKnown = 10_000

// Together reports whether the document prints two words next to each other, somewhere where the first is a name or of
// one. Only passages that print both are read.
func (c *Context) Together(a, b string) bool {
	pair := [2]string{a, b}
	c.joined.mu.Lock()
	known, ok := c.joined.known[pair]
	c.joined.mu.Unlock()
	if ok {
		return known
	}
	found := false
	var tokens []words.Token
	for _, n := range c.Printing(a, b) {
		p := c.Passages[n]
		tokens = words.Append(tokens[:0], p.Text)
		if found = c.beside(c.ReadPassage(p, tokens), a, b); found {
			break
		}
	}
	c.joined.mu.Lock()
	defer c.joined.mu.Unlock()
	if c.joined.known == nil || len(c.joined.known) >= maxPairsKnown {
		c.joined.known = map[[2]string]bool{}
	}
	c.joined.known[pair] = found
	return found
}

// beside reports whether a passage has two keys side by side and the first is that of a name in it, or of a part of
// one.
func (c *Context) beside(r *syntax.Analysis, a, b string) bool {
	if !slices.ContainsFunc(r.Index[a], func(i int) bool {
		return i > 0 && r.Units[i-1].Key == b || i+1 < len(r.Units) && r.Units[i+1].Key == b
	}) {
		return false
	}
	return slices.ContainsFunc(r.Units, func(u syntax.Unit) bool {
		return u.Kind == syntax.Name && (u.Key == a || u.Entity > 0 && c.Entities[u.Entity-1].Parts[a])
	})
}

// Printing returns, in order, the passages that may have units with both keys.
func (c *Context) Printing(a, b string) []int32 {
	first, firstAnywhere := c.printingOne(a)
	second, secondAnywhere := c.printingOne(b)
	switch {
	case firstAnywhere && secondAnywhere:
		all := make([]int32, len(c.Passages))
		for n := range all {
			all[n] = int32(n)
		}
		return all
	case firstAnywhere:
		return second
	case secondAnywhere:
		return first
	}
	return slices.DeleteFunc(first, func(n int32) bool {
		_, ok := slices.BinarySearch(second, n)
		return !ok
	})
}

// printingOne returns, in order, the passages that may have a unit with the key: those that print a word of which it is
// the key. What has no word of its own, or a function word, may be everywhere.
func (c *Context) printingOne(key string) (list []int32, everywhere bool) {
	if key == syntax.DateKey || key == syntax.NumberKey || c.function[key] {
		return nil, true
	}
	for _, stem := range keyed()[key] {
		list = append(list, c.printed[stem]...)
	}
	list = append(list, c.printed[key]...)
	for i := range c.Entities {
		if c.Entities[i].key != key {
			continue
		}
		for part := range c.Entities[i].Parts {
			list = append(list, c.printed[part]...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), len(list) == 0 && strings.HasPrefix(key, entityMark) // a name of function words alone
}

// keyed gives for a key the stems of other words that have it, alone or with those behind them.
var keyed = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for stem, key := range syntax.Canonical {
		m[key] = append(m[key], stem)
	}
	for word, key := range syntax.Demonyms {
		m[key] = append(m[key], words.Stem(word))
	}
	for form, list := range phrasals() {
		for _, p := range list {
			m[p.key] = append(m[p.key], words.Stem(form))
		}
	}
	return m
})
