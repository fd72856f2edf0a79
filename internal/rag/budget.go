package rag

import (
	"errors"

	"pilcrow/internal/lang"
)

// ErrBudget is what an Embedder and a Generator return that may not ask their model any more today. Questions are then
// answered without it; documents whose passages have no vectors yet cannot be loaded.
var ErrBudget = errors.New("today's budget of tokens for the models is used up; it begins anew at midnight UTC")

// noteWithout is the note of an answer for which the model gave no draft, and err why.
func noteWithout(err error) lang.Sentence {
	if errors.Is(err, ErrBudget) {
		return lang.Say("Today's budget for the model is used up, so these are the sentences that fit best.")
	}
	return lang.Say("The model gave no whole answer, so these are the sentences that fit best.")
}
