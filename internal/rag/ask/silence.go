package ask

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/evidence"
	"pilcrow/internal/rag/rank"
	"pilcrow/internal/rag/review"
)

// nearestShown is how many paragraphs are named when the documents do not say.
const nearestShown = 3

// closestShown is how many sentences are shown at most that may answer.
const closestShown = 2

// closest are the sentences of the documents that come nearest to the question; none where no sentence shares anything
// with it.
func (e *Engine) closest(ctx context.Context, r rag.Request) []review.Sentence {
	draft, err := e.config.Extractor.Generate(ctx, r)
	if err != nil || draft.NotCovered {
		return nil
	}
	kept, _ := review.Verify(draft, r.Passages)
	return kept[:min(len(kept), closestShown)]
}

// nearestOfAll is the paragraph for a question that has nothing in common with any: the nearest by meaning, however
// far, or the first, which says what its document is about. A reader sees from it what there is to be asked.
func (e *Engine) nearestOfAll(ctx context.Context, ed *corpus.Edition, text string, slugs []string,
	m rag.Meaning) []article.Passage {
	scope := ed.Scope(slugs)
	near, err := e.near(ctx, ed, text, m, rag.Scoring{Blocks: scope, Nearest: 1})
	if err != nil {
		return nil // the context ended
	}
	at, ok := rank.Nearest(ed.Words, scope, near)
	if !ok {
		return nil
	}
	p, _ := ed.Corpus.Passage(ed.Words.Ref(at))
	return []article.Passage{p}
}

// notCovered ends a question that the documents do not answer, or not surely: then with the sentences that come
// nearest, as a reader sees sooner than any measure whether they do.
func notCovered(ed *corpus.Edition, a Answer, nearest []article.Passage, correction *evidence.Correction,
	slugs []string) Answer {
	a.Outcome = NotCovered
	a.Sentences, a.Notes = nil, nil
	a.Nearest = toOpen(ed, a.Closest, nearest)
	one := single(ed, slugs)
	a.Silence = []lang.Sentence{silence(one, len(a.Closest) > 0)}
	if len(a.Closest) > 0 {
		a.Silence = append(a.Silence, lead(one))
	}
	if correction != nil {
		a.Silence = append(a.Silence,
			lang.Say("It says otherwise in ¶%s: “%s”", strconv.Itoa(correction.Passage.Ref.N), correction.Words))
		a.Nearest = []article.Passage{correction.Passage}
	}
	a.Text = lang.Printer{}.Say(a.Silence...)
	if len(a.Closest) > 0 {
		texts := []string{a.Text}
		for _, s := range a.Closest {
			texts = append(texts, s.Text)
		}
		a.Text = strings.Join(texts, " ")
	}
	return a
}

// toOpen are the paragraphs to be opened: those of the sentences that are shown, then what was found.
func toOpen(ed *corpus.Edition, shown []review.Sentence, found []article.Passage) []article.Passage {
	var all []article.Passage
	for _, s := range shown {
		for _, ref := range s.Citations {
			if p, ok := ed.Corpus.Passage(ref); ok {
				all = append(all, p)
			}
		}
	}
	var first []article.Passage
	for _, p := range append(all, found...) {
		if len(first) < nearestShown &&
			!slices.ContainsFunc(first, func(q article.Passage) bool { return q.Ref == p.Ref }) {
			first = append(first, p)
		}
	}
	return first
}

// single reports whether a single document is asked, of those that are named or of all.
func single(ed *corpus.Edition, slugs []string) bool {
	return len(slugs) == 1 || len(slugs) == 0 && len(ed.Corpus.Documents()) == 1
}

// silence says that the documents do not say, of one or of several; unsure that they may.
func silence(one, unsure bool) lang.Sentence {
	switch {
	case one && unsure:
		return lang.Say("The document does not say so plainly.")
	case one:
		return lang.Say("The document does not say.")
	case unsure:
		return lang.Say("The documents do not say so plainly.")
	}
	return lang.Say("The documents do not say.")
}

// lead introduces the sentences of one document, or of several, that come nearest.
func lead(one bool) lang.Sentence {
	if one {
		return lang.Say("The nearest that it has:")
	}
	return lang.Say("The nearest that they have:")
}
