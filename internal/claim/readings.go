package claim

import "sync"

// Readings keeps what was read of paragraphs, for any number of Contexts, so that one that is asked about again is not read again. What
// was not used for the longest goes first. It is safe for use by several goroutines.
type Readings struct {
	mu    sync.Mutex
	kept  map[paragraph]*keptReading
	bytes int   // of the texts
	uses  int64 // so far
}

// maxReadingBytes is how much text is kept read: the eight passages of a question, as long as paragraphs may be. A reading takes some
// fifty times the memory of its text.
const maxReadingBytes = 8 * 64 << 10

type paragraph struct {
	context *Context
	at      int
}

type keptReading struct {
	*reading
	used int64
}

// NewReadings returns an empty one.
func NewReadings() *Readings { return &Readings{kept: map[paragraph]*keptReading{}} }

// Bytes is how many bytes of text are kept read.
func (k *Readings) Bytes() int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return int64(k.bytes)
}

// Drop forgets all of it.
func (k *Readings) Drop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept, k.bytes = map[paragraph]*keptReading{}, 0
}

func (k *Readings) get(p paragraph) *reading {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := k.kept[p]
	if r == nil {
		return nil
	}
	k.uses++
	r.used = k.uses
	return r.reading
}

func (k *Readings) put(p paragraph, r *reading) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept[p] != nil { // by another goroutine in the meantime
		return
	}
	k.uses++
	k.kept[p] = &keptReading{r, k.uses}
	k.bytes += len(r.text)
	for k.bytes > maxReadingBytes && len(k.kept) > 1 {
		var oldest paragraph
		used := k.uses
		for q, r := range k.kept {
			if r.used < used {
				oldest, used = q, r.used
			}
		}
		k.bytes -= len(k.kept[oldest].text)
		delete(k.kept, oldest)
	}
}
