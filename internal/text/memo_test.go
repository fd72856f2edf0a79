package text

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestMemo: what is told of a word is what find tells of it, for more words than there are places, from several
// goroutines; a word that comes again is not looked at again.
func TestMemo(t *testing.T) {
	m := NewMemo(strings.ToUpper)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for n := range 2 * memoWords {
				if word := fmt.Sprint("word", n); *m.Of(word) != strings.ToUpper(word) {
					t.Errorf("%s: %s", word, *m.Of(word))
				}
			}
		})
	}
	all.Wait()
	calls := 0
	counted := NewMemo(func(word string) int { calls++; return len(word) })
	long := strings.Repeat("a", maxMemoBytes+1)
	for range 3 {
		if *counted.Of("mill") != 4 || *counted.Of(long) != len(long) {
			t.Error("another word's value")
		}
	}
	if want := 1 + 3; calls != want { // the word once, and what is too long each time
		t.Errorf("%d calls, want %d", calls, want)
	}
}
