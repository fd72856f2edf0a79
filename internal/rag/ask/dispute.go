package ask

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/review"
)

// maxDisputes bounds the sentences that are added because they contradict the answer.
const maxDisputes = 2

// dispute looks among the passages for another document with another figure or day than a sentence of the answer has,
// and shows it beside, in its own words: nothing is blended into a third story.
func dispute(ed *corpus.Edition, a Answer, passages []article.Passage) Answer {
	differ := false
	var added []review.Sentence
	for _, s := range a.Sentences {
		for _, o := range check.All(s.Text, passages, ed.Context).Against {
			// Two documents that speak of the same with another figure or day differ. Within one, and where one seems to deny
			// the other, most such finds were two different things (20 and 54 of 1,318 answers).
			elsewhere := !slices.ContainsFunc(s.Citations, func(r article.Ref) bool { return r.Slug == o.Ref.Slug })
			if o.Check != claim.CheckNumber && o.Check != claim.CheckDate || !elsewhere || len(o.Evidence) == 0 {
				continue
			}
			p, ok := ed.Corpus.Passage(o.Ref)
			if !ok {
				continue
			}
			differ = true
			text := o.Evidence[0].Of(p.Text)
			shown := func(s review.Sentence) bool { return s.Text == text }
			if len(added) < maxDisputes && !slices.ContainsFunc(a.Sentences, shown) && !slices.ContainsFunc(added, shown) {
				added = append(added, review.Sentence{Text: text, Citations: []article.Ref{p.Ref}})
			}
		}
	}
	if differ {
		a.Sentences = append(a.Sentences, added...)
		a.Notes = append(a.Notes, lang.Say("The documents differ on this; each says its own."))
	}
	return a
}
