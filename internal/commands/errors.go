package commands

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"

	"pilcrow/internal/rag"
)

// A Refusal is an error whose text is written for the person who asked: what is wrong and, where it helps, what to do.
type Refusal struct{ Text string }

// Error returns the text.
func (r *Refusal) Error() string { return r.Text }

func refuse(text string) error { return &Refusal{Text: text} }

// Known returns the sentence for an error of Run whose text is meant for readers; ok is false for every other error.
func Known(err error) (text string, ok bool) {
	if r, ok := errors.AsType[*Refusal](err); ok {
		return r.Text, true
	}
	switch {
	case errors.Is(err, rag.ErrBusy):
		return "A reload is already running: wait for it to end.", true
	case errors.Is(err, rag.ErrUnknownDocument): // it went with a reload, between our look and the engine's
		return "That document is no longer there.", true
	case errors.Is(err, context.DeadlineExceeded):
		return "That took too long and was ended. Please try again.", true
	case errors.Is(err, context.Canceled):
		return "That was canceled before it was finished.", true
	}
	return "", false
}

// Public turns an error of Run into the one sentence that a reader may see. A cause that is not meant for readers is logged
// instead, under the same reference that the sentence names; ref is "" where nothing was logged.
func (t *Table) Public(err error) (text, ref string) {
	if text, ok := Known(err); ok {
		return text, ""
	}
	var b [2]byte
	rand.Read(b[:]) // never fails: https://pkg.go.dev/crypto/rand#Read
	ref = hex.EncodeToString(b[:])
	t.logger.Error("command failed", "ref", ref, "error", err)
	return "Something went wrong (ref " + ref + ").", ref
}
