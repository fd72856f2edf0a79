package evidence

import (
	"context"
	"math"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// What the nearest passages say of a question beside the words in them. How good the best of many passages looks grows
// with their number, also for what none of them answers. That it stands out does not: a question that the documents
// answer has its best passages in one document, well before those of the others.

// standing is how many of the best passages are looked at.
const standing = 8

// gathered is the share of the best passages' scores, squared, that is of one document, beside what it would be if
// each had one of its own: 0 for that, 1 for one document.
func gathered(r rag.Request) float64 {
	by, all, most := map[string]float64{}, 0.0, 0.0
	for i, p := range r.Passages[:min(standing, len(r.Passages), len(r.Scores))] {
		x := r.Scores[i] * r.Scores[i]
		by[p.Ref.Slug] += x
		all += x
		most = max(most, by[p.Ref.Slug])
	}
	if all == 0 {
		return 0
	}
	return most / all
}

// ahead is how far the best passage is before the best of another document, or the last where there is none, as a
// share of its score.
func ahead(r rag.Request) float64 {
	n := min(standing, len(r.Passages), len(r.Scores))
	if n == 0 || r.Scores[0] <= 0 {
		return 0
	}
	for i, p := range r.Passages[:n] {
		if p.Ref.Slug != r.Passages[0].Ref.Slug {
			return 1 - r.Scores[i]/r.Scores[0]
		}
	}
	return 1 - r.Scores[n-1]/r.Scores[0]
}

// nearPassages is how many of the best passages have their sentences compared by meaning. Only a table of word vectors
// is quick enough for it.
const nearPassages = 4

// Nearness compares the question with each sentence of the best passages. A place is how near the sentence is
// between unrelated texts (0) and the same one (1); nil where that cannot be known.
func Nearness(ctx context.Context, e rag.Embedder, q question.Question, r rag.Request) [][]float64 {
	m := r.Meaning
	if m.Kind != rag.TableKind || m.Unrelated >= rag.Unmeasured || len(r.Passages) == 0 {
		return nil
	}
	asked, err := e.Embed(ctx, rag.Question, []string{q.Text})
	if err != nil || len(asked) != 1 {
		return nil
	}
	var near [][]float64
	for _, p := range r.Passages {
		spans := article.Sentences(p.Text)
		texts := make([]string, len(spans))
		for i, s := range spans {
			texts[i] = s.Of(p.Text)
		}
		vectors, err := e.Embed(ctx, rag.Passage, texts)
		if err != nil || len(vectors) != len(texts) {
			return nil
		}
		row := make([]float64, len(vectors))
		for i, v := range vectors {
			row[i] = (rag.Cosine(asked[0], v) - m.Unrelated) / (1 - m.Unrelated)
		}
		near = append(near, row)
	}
	return near
}

// HeadingNearness compares the question with the heading of each passage and with the title of its document, as
// Nearness does with sentences; 0 where there is none.
func HeadingNearness(ctx context.Context, e rag.Embedder, q question.Question, r rag.Request) (headings,
	titles []float64) {
	m := r.Meaning
	if m.Kind != rag.TableKind || m.Unrelated >= rag.Unmeasured || len(r.Passages) == 0 {
		return nil, nil
	}
	known := map[string]float64{"": 0}
	texts := []string{q.Text}
	for _, p := range r.Passages {
		for _, text := range []string{p.Heading, p.Title} {
			if _, ok := known[text]; !ok {
				known[text] = 0
				texts = append(texts, text)
			}
		}
	}
	vectors, err := e.Embed(ctx, rag.Passage, texts)
	if err != nil || len(vectors) != len(texts) {
		return nil, nil
	}
	for i, v := range vectors[1:] {
		if c := rag.Cosine(vectors[0], v); !math.IsNaN(c) {
			known[texts[i+1]] = (c - m.Unrelated) / (1 - m.Unrelated)
		}
	}
	for _, p := range r.Passages {
		headings, titles = append(headings, known[p.Heading]), append(titles, known[p.Title])
	}
	return headings, titles
}

// nearestSaid is how near the nearest sentence is by meaning; 0 where nothing is known.
func nearestSaid(r rag.Request) float64 {
	most := 0.0
	for _, row := range r.Sentences[:min(nearPassages, len(r.Sentences))] {
		for _, x := range row {
			most = max(most, x)
		}
	}
	return most
}

// Likeness aligns the words of the question with those of the sentence that shares the most with it: the mean of how
// near each is to the nearest one by meaning, by weight. A word that stands there counts 1. So a question in other
// words is told from one about something else. It is 0 where the meaning is no table's.
func Likeness(ctx context.Context, e rag.Embedder, q question.Question, r rag.Request) float64 {
	if r.Meaning.Kind != rag.TableKind || len(r.Sentences) == 0 {
		return 0
	}
	a := newAsking(q, r)
	if a.total == 0 {
		return 0
	}
	sentence, field := a.mostSharing(r)
	has := map[string]bool{}
	for _, s := range slices.Concat(field.Document, field.Section) {
		has[s] = true
	}
	var own []string
	for _, t := range words.Tokenize(sentence) {
		if !t.Stop {
			own = append(own, t.Text)
			has[t.Stem] = true
		}
	}
	answered := func(stem string) bool {
		return slices.ContainsFunc(words.Answering(stem), func(o string) bool { return has[o] })
	}
	theirs, err := e.Embed(ctx, rag.Passage, own)
	if err != nil {
		return 0
	}
	sum, seen := 0.0, map[string]bool{}
	for _, t := range words.Tokenize(q.Text) {
		w := r.Weights[t.Stem]
		if w == 0 || seen[t.Stem] {
			continue
		}
		seen[t.Stem] = true
		if has[t.Stem] {
			sum += w
			continue
		}
		word, err := e.Embed(ctx, rag.Question, []string{t.Text})
		if err != nil || len(word) != 1 {
			return 0
		}
		near := nearestOf(word[0], theirs)
		if answered(t.Stem) {
			near = max(near, answeringCredit)
		}
		sum += w * near
	}
	return min(1, sum/a.total)
}

// mostSharing is the sentence that shares the most with the question, of the passages whose sentences were compared,
// and the fields of its passage.
func (a asking) mostSharing(r rag.Request) (sentence string, field rag.Field) {
	best, set, tokens := -1.0, map[string]bool{}, []words.Token(nil)
	for i := range r.Sentences[:min(nearPassages, len(r.Sentences))] {
		p := r.Passages[i]
		for _, span := range article.Sentences(p.Text) {
			clear(set)
			tokens = words.Append(tokens[:0], span.Of(p.Text))
			for _, s := range words.StemsOf(tokens) {
				set[s] = true
			}
			if share := a.share(set); share > best {
				best, sentence, field = share, span.Of(p.Text), r.FieldOf(i)
			}
		}
	}
	return sentence, field
}

// nearestOf is the largest cosine of a vector with others, at least 0.
func nearestOf(vector []float32, others [][]float32) float64 {
	near := 0.0
	for _, v := range others {
		if c := rag.Cosine(vector, v); !math.IsNaN(c) {
			near = max(near, c)
		}
	}
	return near
}
