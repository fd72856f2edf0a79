package paragraph

import (
	"cmp"
	"slices"

	"pilcrow/internal/article"
)

// A fate says what has become of a paragraph since it was cited.
type fate int

const (
	gone     fate = iota
	here          // where it was
	moved         // in the same document, under another number
	away          // in another document
	changed       // its text is another, but it is the same paragraph by its words and its neighbors
	replaced      // its neighbors are there, and something else stands between them
)

// whereabouts are where a cited paragraph stands today.
type whereabouts struct {
	fate     fate
	document article.Document // of which; the one that was named where the paragraph is gone, or none
	from, to int              // the paragraphs to show, from = to for all fates but replaced
	beside   []int            // of a paragraph that is gone: its neighbors that are left; 0 or one too many for an edge
}

const (
	alike      = 5 // parts of a sketch: of two unrelated paragraphs one pair in a thousand has so many in common
	maxBetween = 3 // paragraphs: of more that stand between two neighbors none is said to be in the place of one
)

// locate finds the paragraph that was ¶n of the document with the slug, among the documents that the reader may see. It
// is pure.
//
// The same text is the same paragraph: of several the one whose neighbors agree best, then the nearest to where it was.
// It is looked for in its own document first, then in the others. Where the text is gone, its neighbors tell what
// stands in its place.
func locate(documents []article.Document, slug string, n int, a anchor) whereabouts {
	i := slices.IndexFunc(documents, func(d article.Document) bool { return d.Slug == slug })
	var own article.Document
	if i >= 0 {
		own = documents[i]
		if at, _, ok := a.in(own, n); ok {
			w := whereabouts{fate: moved, document: own, from: at, to: at}
			if at == n {
				w.fate = here
			}
			return w
		}
	}
	var found whereabouts
	best := -1
	for _, d := range documents {
		// A text without a word of its own ("* * *") stands in many documents: in another its neighbors must be there, unless
		// its own document is not there any more.
		if at, agree, ok := a.in(d, n); ok && agree > best && (i < 0 || agree > 0) {
			found, best = whereabouts{fate: away, document: d, from: at, to: at}, agree
		}
	}
	if found.fate == away {
		return found
	}
	if i >= 0 {
		return a.inPlace(own)
	}
	for _, d := range documents {
		if w := a.inPlace(d); w.fate == changed && a.flanked(d, w.from) {
			return w
		}
	}
	return whereabouts{}
}

// in finds the text in a document. agree says how well its neighbors do.
func (a anchor) in(d article.Document, n int) (at, agree int, ok bool) {
	for i, p := range d.Passages {
		if !a.is(p.Text) {
			continue
		}
		score := a.agree(d, i+1)
		if !ok || cmp.Or(cmp.Compare(agree, score), cmp.Compare(distance(i+1, n), distance(at, n))) < 0 {
			at, agree, ok = i+1, score, true
		}
	}
	return at, agree, ok
}

func distance(a, b int) int { return max(a-b, b-a) }

// agree weighs the neighbors of ¶n that are those of the anchor: two for the ones next to it, one for the others. The
// edges of a document count where something else agrees.
func (a anchor) agree(d article.Document, n int) int {
	score, some := 0, false
	for i, at := range []int{n - 1, n + 1, n - 2, n + 2} {
		if m := markAt(d, at); m == a.near[i] {
			score += 2 - i/2
			some = some || m != edge
		}
	}
	if !some {
		return 0
	}
	return score
}

// flanked tells whether both neighbors of ¶n are the anchor's, and one of them is a paragraph.
func (a anchor) flanked(d article.Document, n int) bool {
	return markAt(d, n-1) == a.near[0] && markAt(d, n+1) == a.near[1] && a.near[0]+a.near[1] != edge+edge
}

// inPlace finds what stands in the place of a text that is gone.
func (a anchor) inPlace(d article.Document) whereabouts {
	before, after := a.places(d, a.near[0]), a.places(d, a.near[1])
	lost := whereabouts{document: d}
	for _, places := range [][]int{before, after} {
		if len(places) == 1 {
			lost.beside = append(lost.beside, places[0])
		}
	}
	from, to, touching := between(before, after)
	switch {
	case touching:
		return lost
	case from == 0 || to-from+1 > maxBetween: // one of the neighbors has changed, too, or much has come between
		if at := a.likest(d, a.besides(d)); at > 0 {
			return whereabouts{fate: changed, document: d, from: at, to: at}
		}
		return lost
	}
	var places []int
	for n := from; n <= to; n++ {
		places = append(places, n)
	}
	if at := a.likest(d, places); at > 0 {
		return whereabouts{fate: changed, document: d, from: at, to: at}
	}
	stoodBeside := func(n int) bool { return a.neighbor(d, n) }
	if a.near[0]+a.near[1] == edge+edge || slices.ContainsFunc(places, stoodBeside) {
		return lost
	}
	return whereabouts{fate: replaced, document: d, from: from, to: to}
}

// besides are the paragraphs that stand to one of the neighbors as the cited one did.
func (a anchor) besides(d article.Document) []int {
	var out []int
	for i, step := range []int{1, -1, 2, -2} {
		for _, n := range a.places(d, a.near[i]) {
			if n += step; n >= 1 && n <= len(d.Passages) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// likest is the first of the paragraphs that share most with the cited one; 0 where none is alike. What stood beside it
// then is another.
func (a anchor) likest(d article.Document, places []int) int {
	at, least := 0, alike
	for _, n := range places {
		if l := a.like(d.Passages[n-1].Text); l >= least && !a.neighbor(d, n) {
			at, least = n, l+1
		}
	}
	return at
}

// places are the paragraphs that have the mark of a neighbor: 0 for the edge before the first, one more than there are
// for the one behind the last.
func (a anchor) places(d article.Document, mark string) []int {
	var out []int
	for n := 0; mark != "" && n <= len(d.Passages)+1; n++ {
		if markAt(d, n) == mark {
			out = append(out, n)
		}
	}
	return out
}

// neighbor tells whether ¶n is one of those that stood around the paragraph, and so is not the paragraph itself.
func (a anchor) neighbor(d article.Document, n int) bool {
	return slices.Contains(a.near[:], markAt(d, n))
}

// between returns the fewest paragraphs, at least one, that stand between a place before and one after; from is 0 for
// none. Where two of them touch, nothing is in between, whatever stands elsewhere.
func between(before, after []int) (from, to int, touching bool) {
	for _, b := range before {
		for _, a := range after {
			switch {
			case a == b+1:
				return 0, 0, true
			case a > b && (from == 0 || a-b-2 < to-from):
				from, to = b+1, a-1
			}
		}
	}
	return from, to, false
}
