// Package summary picks the sentences of a document that say most of what it says.
//
// It writes nothing: what it picks is the document's own. A sentence is central when it shares telling words with many
// others (LexRank: Erkan and Radev, Graph-based Lexical Centrality as Salience, 2004), and one that repeats what has
// been picked is passed over (Carbonell and Goldstein, The Use of MMR, 1998). The same document gives the same
// sentences every time.
package summary

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/steps"
	"pilcrow/internal/words"
)

// A Pick is a sentence of a document.
type Pick struct {
	Ref  article.Ref
	Span article.Span // in the paragraph's text
	Text string       // the sentence, verbatim
}

const (
	maxSentences = 600  // that are compared with each other; of a longer document those that open the paragraphs
	damping      = 0.15 // as in LexRank: the share of centrality that every sentence has by itself
	rounds       = 40   // of the power method; it has settled long before
	novelty      = 0.5  // what a like sentence among those picked costs, as a share of the likeness
	repeats      = 0.6  // a sentence that is so like one among those picked says it again

	minWords, maxWords = 7, 45 // of a sentence that can stand in a summary
	leaning            = 0.35  // what is left of the score of a sentence that leans on the one before it
	opening            = 1.25  // for the first sentence of a paragraph, which says what it is about
	lead               = 1.5   // for the first paragraph
	unit               = 1e-9  // scores nearer than that are equal
	minStems           = 3     // a sentence of fewer telling words says nothing
	// that are compared: more than three times as many as the longest sentence that can stand in a summary has
	maxStems = 200
)

// Of picks at most n sentences, in reading order. Once the counter, nil for none, has stopped, it picks none.
func Of(c *steps.Counter, d article.Document, n int) []Pick {
	all := candidates(c, d)
	if len(all) == 0 || n <= 0 {
		return nil
	}
	vectors := weigh(all)
	scores := central(c, vectors)
	if c.Err() != nil {
		return nil
	}
	for i, c := range all {
		scores[i] *= c.prior
	}
	var picked []int
	for len(picked) < min(n, len(all)) {
		best, most := -1, 0.0
		for i := range all {
			if slices.Contains(picked, i) || all[i].prior == 0 {
				continue
			}
			like := 0.0
			for _, p := range picked {
				like = max(like, cosine(vectors[i], vectors[p]))
			}
			if like > repeats {
				continue
			}
			if score := scores[i] * (1 - novelty*like); best < 0 || score > most+unit {
				best, most = i, score
			}
		}
		if best < 0 {
			break
		}
		picked = append(picked, best)
	}
	slices.Sort(picked)
	out := make([]Pick, len(picked))
	for i, p := range picked {
		out[i] = all[p].Pick
	}
	return out
}

// candidate is a sentence with how well it stands by itself, 0 for not at all.
type candidate struct {
	Pick
	stems []string
	prior float64
}

func candidates(counter *steps.Counter, d article.Document) []candidate {
	var all []candidate
	for _, p := range d.Passages {
		if p.Kind == article.Code {
			continue
		}
		for i, span := range article.Sentences(p.Text) {
			if !counter.Take(1 + (span.End-span.Start)/bytesPerWord) {
				return nil
			}
			c := candidate{Pick: Pick{Ref: p.Ref, Span: span, Text: span.Of(p.Text)}}
			if !p.Shows(c.Text) {
				continue
			}
			c.stems = words.Stems(c.Text)
			c.prior = prior(c, i == 0, p.Ref.N == 1)
			c.stems = c.stems[:min(len(c.stems), maxStems)]
			all = append(all, c)
		}
	}
	if len(all) <= maxSentences {
		return all
	}
	opens := slices.DeleteFunc(all, func(c candidate) bool { return c.Span.Start > 0 })
	return opens[:min(len(opens), maxSentences)]
}

// bytesPerWord is how many bytes of a sentence count as one step.
const bytesPerWord = 6

// leansOn begin a sentence that does not stand by itself.
var leansOn = lexicon.Set(`he she it they this that these those his her its their but however also then so instead
	still yet moreover there here such both neither otherwise meanwhile afterward afterwards thus hence nevertheless
	and or if`)

func prior(c candidate, first, begins bool) float64 {
	tokens := words.Tokenize(c.Text)
	if len(tokens) < minWords || len(c.stems) < minStems || strings.HasSuffix(strings.TrimRight(c.Text, "\"”’ "), "?") {
		return 0
	}
	prior := 1.0
	if leansOn[tokens[0].Text] {
		prior *= leaning
	}
	if len(tokens) > maxWords {
		prior *= float64(maxWords) / float64(len(tokens))
	}
	if first {
		prior *= opening
	}
	if begins && first {
		prior *= lead
	}
	return prior
}

// A term is a stem and its weight in a sentence.
type term struct {
	stem   string
	weight float64
}

// weigh makes vectors of length 1 of the sentences: how often a stem stands there, by how few sentences have it.
func weigh(all []candidate) [][]term {
	in := map[string]int{}
	for _, c := range all {
		last := ""
		for _, s := range slices.Sorted(slices.Values(c.stems)) {
			if s != last {
				in[s]++
			}
			last = s
		}
	}
	vectors := make([][]term, len(all))
	for i, c := range all {
		var v []term
		norm := 0.0
		for _, s := range slices.Sorted(slices.Values(c.stems)) {
			idf := math.Log(1 + float64(len(all))/float64(in[s]))
			if n := len(v); n > 0 && v[n-1].stem == s {
				v[n-1].weight += idf
				continue
			}
			v = append(v, term{s, idf})
		}
		for _, t := range v {
			norm += t.weight * t.weight
		}
		for k := range v {
			v[k].weight /= math.Sqrt(norm)
		}
		vectors[i] = v
	}
	return vectors
}

// cosine is the inner product of two vectors, whose terms are in order.
func cosine(a, b []term) float64 {
	sum := 0.0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch c := cmp.Compare(a[i].stem, b[k].stem); {
		case c < 0:
			i++
		case c > 0:
			k++
		default:
			sum += a[i].weight * b[k].weight
			i, k = i+1, k+1
		}
	}
	return sum
}

// central is the stationary distribution of a walk that goes from a sentence to a like one.
func central(c *steps.Counter, vectors [][]term) []float64 {
	n := len(vectors)
	like := make([][]float64, n)
	for i := range like {
		like[i] = make([]float64, n)
	}
	for i := range n {
		for k := range i {
			alike := cosine(vectors[i], vectors[k])
			like[i][k], like[k][i] = alike, alike
		}
		if !c.Take(1 + i) {
			return nil
		}
	}
	out := make([]float64, n)
	for i := range like {
		for _, c := range like[i] {
			out[i] += c
		}
	}
	rank := slices.Repeat([]float64{1 / float64(n)}, n)
	for range rounds {
		if !c.Take(n) {
			return nil
		}
		next := slices.Repeat([]float64{damping / float64(n)}, n)
		for i := range n {
			if out[i] == 0 {
				continue
			}
			for k, c := range like[i] {
				next[k] += (1 - damping) * rank[i] * c / out[i]
			}
		}
		rank = next
	}
	return rank
}
