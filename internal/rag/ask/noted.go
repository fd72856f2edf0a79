package ask

import (
	"errors"

	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
)

// noteWithout is the note of an answer for which the model gave no draft, and err why.
func noteWithout(err error) lang.Sentence {
	if errors.Is(err, rag.ErrBudget) {
		return lang.Say("Today's budget for the model is used up, so these are the sentences that fit best.")
	}
	return lang.Say("The model gave no whole answer, so these are the sentences that fit best.")
}
