package rag

import (
	"context"
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
)

// nearestShown is how many paragraphs are named when the documents do not say.
const nearestShown = 3

// closestShown is how many sentences are shown at most that may answer.
const closestShown = 2

// closest are the sentences of the documents that come nearest to the question; none where no sentence shares anything
// with it.
func (e *Engine) closest(ctx context.Context, r Request) []Sentence {
	draft, err := e.config.Extractor.Generate(ctx, r)
	if err != nil || draft.NotCovered {
		return nil
	}
	kept, _ := Verify(draft, r.Passages)
	return kept[:min(len(kept), closestShown)]
}

// notCovered ends a question that the documents do not answer, or not surely: then with the sentences that come
// nearest, as a reader sees sooner than any measure whether they do.
func (ed *Edition) notCovered(a Answer, nearest []article.Passage, correction *Correction, slugs []string) Answer {
	a.Outcome = NotCovered
	a.Sentences, a.Notes = nil, nil
	a.Nearest = nearest[:min(len(nearest), nearestShown)]
	one := ed.one(slugs)
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

// one reports whether a single document is asked, of those that are named or of all.
func (ed *Edition) one(slugs []string) bool {
	return len(slugs) == 1 || len(slugs) == 0 && len(ed.Corpus.Documents()) == 1
}

// The least of the question that the sentences shown as nearest have in words, or are near to by meaning.
const (
	closestWindow = 0.25
	closestSaid   = 0.35
)

// near reports whether the best sentences share enough with the question to be shown where it is not sure that they
// answer: one common word of many is nothing.
func (e Evidence) near() bool { return e.Window >= closestWindow || e.Said >= closestSaid }

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
