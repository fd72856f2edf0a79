package static

import (
	"strings"

	"pilcrow/internal/words"
)

// maxRecent bounds a recentWords: about 1 MiB.
const maxRecent = 1 << 13

// recentWords are the rows of words that stood in a batch, or in those before it: a document says most of its words
// again and again, and looking one up takes longer than adding it. noRow stands for a word that has none. It is for one
// goroutine at a time; nil keeps nothing.
type recentWords map[string]int

const noRow = -1

// row is the table's.
func (r recentWords) row(t *table, token *words.Token) (int, bool) {
	if r == nil || token.Digit { // numbers share few rows, and what is no number may be folded to figures, too: "²"
		return t.row(token)
	}
	row, known := r[token.Text]
	if !known {
		var ok bool
		if row, ok = t.row(token); !ok {
			row = noRow
		}
		r.keep(token.Text, row)
	}
	return row, row != noRow
}

// keep adds a word, in place of some other one where there are most already.
func (r recentWords) keep(word string, row int) {
	if len(r) >= maxRecent {
		for other := range r {
			delete(r, other)
			break
		}
	}
	r[strings.Clone(word)] = row // a piece of the text would keep all of it in memory
}
