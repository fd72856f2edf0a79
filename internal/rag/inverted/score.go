package inverted

import (
	"iter"
	"maps"
	"math"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

// The parameters of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) and the weights of the
// other scores beside the stems' own. Measured on 16 encyclopedia articles with 2,910 questions: see TestRetrieval.
const (
	bm25K1         = 0.5
	bm25B          = 0.75
	pairWeight     = 0.6
	gramWeight     = 0.1
	SentenceWeight = 0.6
	kindBonus      = 0.7 // for a sentence that holds the kind of thing that is asked for
	synonymWeight  = 0.2 // of a word that everyday English uses for one of the question's
	answeringShare = 0.1 // of a word that stands in what answers one of the question's
	gramMin        = 4
	gramMax        = 5
)

// idf is the inverse document frequency of a term that is in df of n passages, always positive.
func idf(n, df int) float64 {
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// saturate is the part of BM25 that a term's frequency contributes.
func saturate(count, length, mean float64) float64 {
	return count * (bm25K1 + 1) / (count + bm25K1*lengthNorm(length, mean))
}

// lengthNorm is what BM25 divides a frequency by, for the length of the text.
func lengthNorm(length, mean float64) float64 { return 1 - bm25B + bm25B*length/max(mean, 1) }

// lists returns the postings of a term in each part, and in how many passages it is.
func (l *Index) lists(which int, term string) (lists []postings, frequency int) {
	lists = make([]postings, len(l.parts))
	for i, p := range l.parts {
		lists[i] = p.list(which, term)
		frequency += p.frequency(lists[i])
	}
	return lists, frequency
}

// score adds the BM25 of the terms to each passage's score.
func (l *Index) score(which int, terms []string, weight float64, scores []float64) {
	counts := make(map[string]float64, len(terms))
	for _, t := range terms {
		counts[t]++
	}
	for _, t := range slices.Sorted(maps.Keys(counts)) { // one order, so that the sums are the same bits each time
		lists, frequency := l.lists(which, t)
		w := weight * idf(l.Passages(), frequency) * min(counts[t], 2)
		for i, p := range l.parts {
			lengths := p.fields[which].lengths
			short, long := p.number.short, p.number.long // near at hand, for each posting
			x := lists[i].read()
			for x.next() {
				if n := numberIn(short, long, x.passage); n >= 0 {
					scores[n] += w * saturate(float64(x.count), float64(lengths[x.passage]), l.mean[which])
				}
			}
		}
	}
}

// idf is the inverse document frequency of a stem.
func (l *Index) idf(stem string) float64 {
	_, frequency := l.lists(stemField, stem)
	return idf(l.Passages(), frequency)
}

// scoreStem adds the BM25F of a stem to each passage's score: its frequency in the text, and what fields add to it,
// saturate together. The text alone says how telling it is. extra is scratch, zero between calls.
func (l *Index) scoreStem(stem string, weight float64, fields []Labeled, extra, scores []float64) {
	if len(fields) == 0 {
		l.score(stemField, []string{stem}, weight, scores)
		return
	}
	lists, frequency := l.lists(stemField, stem)
	w := weight * idf(l.Passages(), frequency)
	for _, f := range fields {
		for n := f.First; n < f.last; n++ {
			scores[n] += w * (saturate(extra[n]+f.weight, 1, 1) - saturate(extra[n], 1, 1))
			extra[n] += f.weight
		}
	}
	for i, p := range l.parts {
		lengths := p.fields[stemField].lengths
		short, long := p.number.short, p.number.long
		x := lists[i].read()
		for x.next() {
			if n := numberIn(short, long, x.passage); n >= 0 {
				count := float64(x.count) / lengthNorm(float64(lengths[x.passage]), l.mean[stemField])
				scores[n] += w * (saturate(extra[n]+count, 1, 1) - saturate(extra[n], 1, 1))
			}
		}
	}
	for _, f := range fields {
		clear(extra[f.First:f.last])
	}
}

// Scores gives every passage, by its number, the score of the words that it shares with the question: 0 for none.
func (l *Index) Scores(q question.Question) []float64 {
	scores := make([]float64, l.Passages())
	counts := make(map[string]float64, len(q.Stems))
	for _, t := range q.Stems {
		counts[t]++
	}
	fields := l.Labeled(q.Stems)
	var extra []float64
	if len(fields) > 0 {
		extra = make([]float64, l.Passages())
	}
	for _, t := range slices.Sorted(maps.Keys(counts)) { // one order, so that the sums are the same bits each time
		l.scoreStem(t, min(counts[t], 2), fields[t], extra, scores)
	}
	l.score(pairField, pairs(q.Stems), pairWeight, scores)
	l.score(gramField, grams(q.Text), gramWeight, scores)
	for _, s := range q.Stems {
		for _, o := range words.Synonyms(s) {
			l.score(stemField, []string{o}, synonymWeight*min(1, l.idf(s)/l.idf(o)), scores)
		}
		for _, o := range words.Answering(s) {
			l.score(stemField, []string{o}, answeringShare*min(1, l.idf(s)/l.idf(o)), scores)
		}
	}
	return scores
}

// backgroundPassages stand for the texts outside the corpus: without them, in a corpus of a few paragraphs its own
// subject would count for nothing and a word that it happens to lack for everything.
const backgroundPassages = 30

// Weigh gives each distinct stem of a question its inverse document frequency. What stands in a field counts as if it
// stood in each of the field's passages: the subject of the only document says as little of where an answer is as a
// word that is in all of them.
func (l *Index) Weigh(stems []string) map[string]float64 {
	w := make(map[string]float64, len(stems))
	fields := l.Labeled(stems)
	for _, s := range stems {
		_, frequency := l.lists(stemField, s)
		w[s] = idf(l.Passages()+backgroundPassages, max(frequency, covered(fields[s])))
	}
	return w
}

// covered counts the passages of some fields, which are in the order of their first.
func covered(fields []Labeled) int {
	n, end := 0, 0
	for _, f := range fields {
		n += max(0, f.last-max(f.First, end))
		end = max(end, f.last)
	}
	return n
}

// Asked is a question as the sentences of each segment are compared with it.
type Asked struct {
	index   *Index
	kind    question.Kind
	Weights []float64             // of each distinct stem
	known   map[*segment][]uint16 // by id of a stem: 1 and its place in weights; 0 if it is not asked for
	mean    float64               // stems in a sentence
	counts  []float64             // scratch, as long as weights and zero between calls
	order   []uint16              // scratch
}

// Ask prepares a question for best. What it returns is for one goroutine at a time.
func (l *Index) Ask(q question.Question) *Asked {
	a := &Asked{index: l, kind: q.Kind, known: make(map[*segment][]uint16, len(l.parts)), mean: l.sentence}
	for _, p := range l.parts {
		a.known[p.segment] = make([]uint16, p.stems.len())
	}
	weights := l.Weigh(q.Stems)
	for _, s := range slices.Sorted(maps.Keys(weights)) { // one order, so that their sum is the same bits each time
		a.Weights = append(a.Weights, weights[s])
		for _, p := range l.parts {
			if id, ok := p.id(s); ok {
				a.known[p.segment][id] = uint16(len(a.Weights)) // a question of MaxQuestionRunes has no more stems
			}
		}
	}
	a.counts = make([]float64, len(a.Weights))
	return a
}

// Best is the score of the best sentence of a passage, by its number: BM25 with a sentence as the document.
func (a *Asked) Best(number int) float64 {
	best, h := 0.0, a.index.home(number)
	known, text := a.known[h.segment], &h.segment.text
	for _, s := range h.segment.of(h.local) {
		var v float64
		if text.long != nil {
			v = scoreSentence(a, text.long[s.from:s.to], known)
		} else {
			v = scoreSentence(a, text.short[s.from:s.to], known)
		}
		if s.traits.Fits(a.kind) {
			v *= 1 + kindBonus
		}
		best = max(best, v)
	}
	return best
}

func scoreSentence[ID uint16 | uint32](a *Asked, stems []ID, known []uint16) float64 {
	a.order = a.order[:0]
	for _, id := range stems {
		if k := known[id]; k > 0 {
			if a.counts[k-1] == 0 {
				a.order = append(a.order, k-1)
			}
			a.counts[k-1]++
		}
	}
	sum := 0.0
	for _, k := range a.order { // as the sentence has them: one order, so that the sums are the same bits each time
		sum += a.Weights[k] * saturate(a.counts[k], float64(len(stems)), a.mean)
		a.counts[k] = 0
	}
	return sum
}

// pairMark stands between the stems of a pair. A space would not do: folding makes several words of some letters, such
// as U+FDFA.
const pairMark = "\x00"

// pairs joins neighboring stems.
func pairs(stems []string) []string {
	if len(stems) < 2 {
		return nil
	}
	out := make([]string, 0, len(stems)-1)
	for i := range len(stems) - 1 {
		out = append(out, stems[i]+pairMark+stems[i+1])
	}
	return out
}

// grams cuts the words that carry meaning into runs of four and five bytes, with the word's ends marked.
func grams(text string) []string {
	var out []string
	for _, t := range words.Tokenize(text) {
		if t.Stop {
			continue
		}
		w := "_" + t.Text + "_"
		for n := gramMin; n <= gramMax; n++ {
			for i := 0; i+n <= len(w); i++ {
				out = append(out, w[i:i+n])
			}
		}
	}
	return out
}

// Absent returns the stems that no passage of the named documents (nil: of all) has, neither in its text nor in its
// fields.
func (l *Index) Absent(stems, slugs []string) []string {
	var out []string
	fields := l.Labeled(stems)
	for _, s := range stems {
		inField := slices.ContainsFunc(fields[s], func(f Labeled) bool {
			return slugs == nil ||
				slices.Contains(slugs, l.Ref(f.First).Slug)
		})
		if !inField && !l.Has(s, slugs) {
			out = append(out, s)
		}
	}
	return out
}

// Has reports whether a stem stands in the text of a passage of the named documents (nil: of all).
func (l *Index) Has(stem string, slugs []string) bool {
	_, ok := l.FirstWith(stem, slugs)
	return ok
}

// Terms yields each stem that a segment of the index has, with the bytes of its postings there, which grow with the
// passages that it stands in. One that several segments have comes several times, and none of its passages need be of
// this index.
func (l *Index) Terms() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, p := range l.parts {
			for id := range uint32(p.stems.len()) {
				if !yield(p.stems.at(id), len(p.fields[stemField].of(id))) {
					return
				}
			}
		}
	}
}

// FirstWith is a passage of the named documents (nil: of all) that has a stem: the first in the first segment with one.
func (l *Index) FirstWith(stem string, slugs []string) (article.Ref, bool) {
	for _, p := range l.parts {
		for x := p.list(stemField, stem).read(); x.next(); {
			n := p.numberOf(x.passage)
			if n < 0 {
				continue
			}
			if ref := l.Ref(int(n)); slugs == nil || slices.Contains(slugs, ref.Slug) {
				return ref, true
			}
		}
	}
	return article.Ref{}, false
}
