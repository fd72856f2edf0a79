package commands

import (
	"context"
	"errors"

	"pilcrow/internal/budget"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/turns"
)

// A Refusal is an error whose text is written for the person who asked: what is wrong and, where it helps, what to do.
type Refusal struct{ Text string }

// Error returns the text.
func (r *Refusal) Error() string { return r.Text }

// Refuse is the error of a Refusal.
func Refuse(text string) error { return &Refusal{Text: text} }

// Known returns the sentence for an error of Run whose text is meant for readers; ok is false for every other error.
// What a Refusal says is in the language of the Input already.
func Known(err error, p lang.Printer) (text string, ok bool) {
	if r, ok := errors.AsType[*Refusal](err); ok {
		return r.Text, true
	}
	if _, ok := errors.AsType[*budget.TooLarge](err); ok {
		return p.Text("That needs more memory than I have for one question. Ask of one document, or ask whoever runs me " +
			"to raise PILCROW_MEMORY."), true
	}
	switch {
	case errors.Is(err, budget.ErrCrowded):
		return p.Text("There are too many questions about other documents just now, and no memory left for those of this " +
			"server. " +
			"Please try again in a minute."), true
	case errors.Is(err, store.ErrNotKept), errors.Is(err, store.ErrDamaged):
		return p.Text("I cannot keep anything just now, so nothing was changed. Those who run me find why in my log."), true
	case errors.Is(err, ask.ErrBusy):
		return p.Text("A reload is already running: wait for it to end."), true
	case errors.Is(err, ask.ErrUnknownDocument): // it went with a reload, between our look and the engine's
		return p.Text("That document is no longer there."), true
	case errors.Is(err, turns.ErrBusy):
		return p.Text("I have more questions than I can answer right now. Please ask again in a minute."), true
	case errors.Is(err, ErrOverdue):
		return p.Text("I am still busy with questions that took too long. Please try again in a minute."), true
	case errors.Is(err, context.DeadlineExceeded):
		return p.Text("That took too long and was ended. Please try again."), true
	case errors.Is(err, context.Canceled):
		return p.Text("That was canceled before it was finished."), true
	}
	return "", false
}

// A Referred error belongs to something that the log knows by a reference already: a question, from its arrival on.
type Referred struct {
	Ref string
	Err error
}

// Error is the cause's text.
func (r *Referred) Error() string { return r.Err.Error() }

// Unwrap returns the cause.
func (r *Referred) Unwrap() error { return r.Err }

// ErrOverdue refuses a command because too many others do not come to their end.
var ErrOverdue = errors.New("too many commands do not end although their time is over")
