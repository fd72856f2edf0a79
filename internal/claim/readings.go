package claim

import "pilcrow/internal/recent"

// Readings keeps what was read of paragraphs, for any number of Contexts, so that one that is asked about again is not
// read again. What was not used for the longest goes first. It is safe for use by several goroutines.
type Readings struct {
	kept *recent.Cache[paragraph, *reading]
}

// maxReadingBytes is how much text is kept read: the eight passages of a question, as long as paragraphs may be. A
// reading takes some fifty times the memory of its text.
const maxReadingBytes = 8 * 64 << 10

type paragraph struct {
	context *Context
	at      int
}

// NewReadings returns an empty one.
func NewReadings() *Readings {
	return &Readings{recent.New[paragraph](recent.Config[*reading]{Bytes: maxReadingBytes,
		Size: func(r *reading) int64 { return int64(len(r.text)) }})}
}

// Bytes is how many bytes of text are kept read.
func (k *Readings) Bytes() int64 { return k.kept.Bytes() }

// Drop forgets all of it.
func (k *Readings) Drop() { k.kept.Clear() }

func (k *Readings) get(p paragraph) *reading {
	r, _, _ := k.kept.Get(p)
	return r
}

func (k *Readings) put(p paragraph, r *reading) { k.kept.Put(p, r) }
