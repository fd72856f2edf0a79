package rag

import "errors"

// ErrBudget is what an Embedder and a Generator return that may not ask their model any more today. Questions are then answered
// without it; documents whose passages have no vectors yet cannot be loaded.
var ErrBudget = errors.New("today's budget of tokens for the models is used up; it begins anew at midnight UTC")

// What goes with sentences of the documents that stand in for a draft.
const (
	noDraftNote = "The model gave no whole answer, so these are the sentences that fit best."
	budgetNote  = "Today's budget for the model is used up, so these are the sentences that fit best."
)

// noteWithout is the note of an answer for which the model gave no draft, and err why.
func noteWithout(err error) string {
	if errors.Is(err, ErrBudget) {
		return budgetNote
	}
	return noDraftNote
}
