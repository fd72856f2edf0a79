package quote

import (
	"cmp"
	"slices"

	"pilcrow/internal/words"
)

// EditKind says what became of some words between a quotation and what somebody remembers of it.
type EditKind int

// The kinds of edit.
const (
	Same    EditKind = iota // in both
	Missing                 // in the quotation, but left out
	Wrong                   // not in the quotation
	Beyond                  // of the quotation, before or after the part that was remembered
)

// An Edit is a run of words with its kind. The words of a Wrong edit are a slice of what was remembered, all others of
// the quotation, with the punctuation inside the run. The edits other than Wrong hold all words of the quotation in
// order.
type Edit struct {
	Kind  EditKind
	Words string
}

// Bounds of the comparison, which takes time and memory in proportion to the product of two lengths.
const (
	maxSaidWords   = 300  // somebody remembers; nobody recites
	maxQuotedWords = 1500 // some six minutes of speech
	candidates     = 12   // quotations that are compared word by word
)

// A recollection counts as one of a quotation if this share of its words, by weight and in order, is in it, and at
// least two of them are. Below half, paraphrases of other quotations come out as nearest.
const (
	minShare      = 0.5
	minCommon     = 2
	functionShare = 0.25 // what a function word weighs beside any other
)

// Misquote finds the quotation that a half-remembered one most likely is, and how they differ, word by word. Case,
// accents and punctuation do not count as differences. ok is false where no quotation is near. Of equally near ones
// the first wins.
func Misquote(said string, in []Quotation) (nearest Quotation, diff []Edit, ok bool) {
	tokens := words.Tokenize(said)
	tokens = tokens[:min(len(tokens), maxSaidWords)]
	if len(tokens) == 0 {
		return Quotation{}, nil, false
	}
	weights := make(map[string]float64, len(tokens))
	whole := 0.0
	for _, t := range tokens {
		weights[t.Stem] = weight(t)
		whole += weight(t)
	}
	type candidate struct {
		index  int
		shared float64
	}
	var near []candidate
	for i, q := range in {
		shared := 0.0
		seen := make(map[string]bool, len(weights))
		for _, t := range words.Tokenize(q.Words) {
			if w := weights[t.Stem]; w > 0 && !seen[t.Stem] {
				seen[t.Stem] = true
				shared += w
			}
		}
		if shared > 0 {
			near = append(near, candidate{i, shared})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(b.shared, a.shared) })
	best := 0.0
	for _, c := range near[:min(len(near), candidates)] {
		quotedWords := words.Tokenize(in[c.index].Words)
		a := align(tokens, quotedWords[:min(len(quotedWords), maxQuotedWords)])
		common, n, content := 0.0, 0, false
		for i, j := range a {
			if j >= 0 {
				n++
				common += weight(tokens[i])
				content = content || !tokens[i].Stop
			}
		}
		share := common / whole
		if share < minShare || n < min(minCommon, len(tokens)) || !content {
			continue
		}
		share -= 1e-4 * float64(min(len(quotedWords), maxQuotedWords)) / maxQuotedWords // the shorter of two that hold it
		if share > best {
			best, ok = share, true
			nearest, diff = in[c.index], edits(said, tokens, in[c.index].Words, quotedWords, a)
		}
	}
	return nearest, diff, ok
}

func weight(t words.Token) float64 {
	if t.Stop {
		return functionShare
	}
	return 1
}

// align finds the heaviest common subsequence of the printed words: for each word of a, its place in b, or -1.
func align(a, b []words.Token) []int {
	n, m := len(a), len(b)
	table := make([]float32, (n+1)*(m+1))
	for i := n - 1; i >= 0; i-- {
		w := float32(weight(a[i]))
		for j := m - 1; j >= 0; j-- {
			v := max(table[(i+1)*(m+1)+j], table[i*(m+1)+j+1])
			if a[i].Text == b[j].Text {
				v = max(v, table[(i+1)*(m+1)+j+1]+w)
			}
			table[i*(m+1)+j] = v
		}
	}
	places := make([]int, n)
	for i, j := 0, 0; i < n; i++ {
		places[i] = -1
		for j < m && table[i*(m+1)+j] == table[i*(m+1)+j+1] {
			j++
		}
		if j < m && table[i*(m+1)+j] > table[(i+1)*(m+1)+j] {
			places[i] = j
			j++
		}
	}
	return places
}

// edits turns an alignment into runs of words.
func edits(said string, a []words.Token, quotation string, b []words.Token, places []int) []Edit {
	var out []Edit
	add := func(kind EditKind, text string, tokens []words.Token) {
		if len(tokens) > 0 {
			out = append(out, Edit{kind, text[tokens[0].Start:tokens[len(tokens)-1].End]})
		}
	}
	next, last := 0, -1
	for _, j := range places {
		last = max(last, j)
	}
	for i := 0; i < len(a); {
		from := i
		if places[i] < 0 {
			for i < len(a) && places[i] < 0 {
				i++
			}
			if i < len(a) {
				add(gap(next), quotation, b[next:places[i]])
				next = places[i]
			}
			add(Wrong, said, a[from:i])
			continue
		}
		add(gap(next), quotation, b[next:places[i]])
		next = places[i]
		start := next
		for i < len(a) && places[i] == next {
			i, next = i+1, next+1
		}
		add(Same, quotation, b[start:next])
	}
	add(Beyond, quotation, b[next:])
	return out
}

// gap is the kind of the words of a quotation that were skipped at place next.
func gap(next int) EditKind {
	if next == 0 {
		return Beyond
	}
	return Missing
}
