package commands

import (
	"sync"

	"pilcrow/internal/rag"
)

// Bounds of what is kept of what was made: of so many documents, and for so many sets of documents. Many servers ask at once, each of
// its own edition; what they share is made once.
const (
	maxKeptDocuments = 512
	maxKeptEditions  = 64
)

// A keeper keeps what was made under the last keys that were asked for, each made once. The zero keeper is ready for use.
type keeper[V any] struct {
	mu    sync.Mutex
	clock int64
	made  map[string]*made[V]
}

type made[V any] struct {
	once  sync.Once
	value V
	used  int64
}

// get returns what belongs to the key, and makes it where it is not there. Two that ask at once wait for one; those who ask for
// something else do not wait for them.
func (k *keeper[V]) get(key string, most int, build func() V) V {
	k.mu.Lock()
	if k.made == nil {
		k.made = map[string]*made[V]{}
	}
	m, ok := k.made[key]
	if !ok {
		if len(k.made) >= most {
			k.forget()
		}
		m = &made[V]{}
		k.made[key] = m
	}
	k.clock++
	m.used = k.clock
	k.mu.Unlock()
	m.once.Do(func() { m.value = build() })
	return m.value
}

// forget drops what was not asked for the longest. The caller holds mu.
func (k *keeper[V]) forget() {
	oldest, found := "", false
	for key, m := range k.made {
		if !found || m.used < k.made[oldest].used {
			oldest, found = key, true
		}
	}
	delete(k.made, oldest)
}

// A perDocument keeps what is made of one document, by its content: whichever edition has it, it is the same.
type perDocument[V any] struct{ keeper[V] }

// of returns what belongs to the edition's document of that slug.
func (p *perDocument[V]) of(edition *rag.Edition, slug string, build func() V) V {
	d, _ := edition.Corpus.Document(slug)
	return p.get(d.Digest(), maxKeptDocuments, build)
}

// A perEdition keeps what is made of several documents of an edition.
type perEdition[V any] struct{ keeper[V] }

// of returns what belongs to the key in all editions of the same content.
func (p *perEdition[V]) of(edition *rag.Edition, key string, build func() V) V {
	return p.get(edition.Corpus.Digest()+" "+key, maxKeptEditions, build)
}
