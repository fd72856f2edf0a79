package rag

import (
	"errors"
)

// ErrBudget is what an Embedder and a Generator return that may not ask their model any more today. Questions are then
// answered without it; documents whose passages have no vectors yet cannot be loaded.
var ErrBudget = errors.New("today's budget of tokens for the models is used up; it begins anew at midnight UTC")
