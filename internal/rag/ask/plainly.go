package ask

import (
	"math"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/evidence"
	"pilcrow/internal/rag/review"
)

// saysPlainly reports whether sentences say the kind of thing that is asked for. What shares words with a question, all
// of them even, and has no measure, number, time or attribute where one is asked for is no answer: it is the nearest
// that there is. Texts in other languages say such things in words that question does not know.
func saysPlainly(ed *corpus.Edition, q question.Question, sentences []review.Sentence, r rag.Request) bool {
	if evidence.Foreign(r) {
		return true
	}
	shown := together(ed, sentences)
	texts := make([]string, len(shown))
	for i, s := range shown {
		if strings.HasSuffix(strings.TrimSpace(s.Text), ":") { // what it announces is too long to be shown with it
			return true
		}
		texts[i] = s.Text
	}
	return q.Plainly(strings.Join(texts, " "))
}

// withOpening puts the first passage of the best one's document behind the hits, where it states the attribute that is
// asked for: "(4 May 1869 – 12 November 1941)" says when she was born in none of the question's words.
func withOpening(ed *corpus.Edition, q question.Question, hits []rag.Hit, most int) []rag.Hit {
	if len(hits) == 0 || most < 2 {
		return hits
	}
	first := article.Ref{Slug: hits[0].Ref.Slug, N: 1}
	p, ok := ed.Corpus.Passage(first)
	if !ok || q.States(p.Text) == "" || slices.ContainsFunc(hits, func(h rag.Hit) bool { return h.Ref == first }) {
		return hits
	}
	return append(slices.Clip(hits[:min(len(hits), most-1)]), rag.Hit{Ref: first, Cosine: math.NaN()})
}
