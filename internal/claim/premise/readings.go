package premise

import (
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/recent"
)

// Readings keeps what was read of paragraphs, for any number of Contexts, so that one that is asked about again is not
// read again. What was not used for the longest goes first. It is safe for use by several goroutines.
type Readings struct {
	Kept *recent.Cache[paragraph, *syntax.Analysis]
}

// MaxReadingBytes is how much text is kept read: the eight passages of a question, as long as paragraphs may be. A
// reading takes some fifty times the memory of its text.
const MaxReadingBytes = 8 * 64 << 10

type paragraph struct {
	context *Context
	at      int
}

// NewReadings returns an empty one.
func NewReadings() *Readings {
	return &Readings{recent.New[paragraph](recent.Config[*syntax.Analysis]{Bytes: MaxReadingBytes,
		Size: func(r *syntax.Analysis) int64 { return int64(len(r.Text)) }})}
}

// Bytes is how many bytes of text are kept read.
func (k *Readings) Bytes() int64 { return k.Kept.Bytes() }

// Drop forgets all of it.
func (k *Readings) Drop() { k.Kept.Clear() }

func (k *Readings) get(p paragraph) *syntax.Analysis {
	r, _, _ := k.Kept.Get(p)
	return r
}

func (k *Readings) put(p paragraph, r *syntax.Analysis) { k.Kept.Put(p, r) }
