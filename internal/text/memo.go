package text

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// A Memo keeps what was found out about words, most of which come again: in one paragraph, in the next one, and when
// another reader takes up the same text. It is for any number of goroutines, and holds no text but the words. A place
// for each word follows from its hash, so the newest of several words with the same place is kept: what is not there is
// found out again.
type Memo[V any] struct {
	find  func(word string) V
	seed  maphash.Seed
	known [memoWords]atomic.Pointer[memoWord[V]]
}

type memoWord[V any] struct {
	word  string
	value V
}

// The bounds of a Memo: 128 KiB when it is empty, and about 2 MiB with as many words as it holds.
const (
	memoWords    = 1 << 14
	maxMemoBytes = 64 // of a word; a longer one is found out each time
)

// NewMemo makes a Memo of what find tells of a word. find must be pure; what it returns must not be changed.
func NewMemo[V any](find func(word string) V) *Memo[V] {
	return &Memo[V]{find: find, seed: maphash.MakeSeed()}
}

// Of returns what find tells of a word.
func (m *Memo[V]) Of(word string) *V {
	if len(word) > maxMemoBytes {
		value := m.find(word)
		return &value
	}
	place := &m.known[maphash.String(m.seed, word)%memoWords]
	if k := place.Load(); k != nil && k.word == word {
		return &k.value
	}
	word = strings.Clone(word) // a piece of a text would keep all of it in memory
	k := &memoWord[V]{word, m.find(word)}
	place.Store(k)
	return &k.value
}
