// Package static turns texts into vectors by a table: each word has a vector of its own, and a text is the sum of its
// words'. The built-in table was computed from a sentence model that reads whole texts (tools/distill says how, NOTICE
// says from what), so that texts which mean the same are near each other though they share no word. It needs no key, no
// network and no state.
//
// A sum cannot see who did what to whom, a "not" or a figure: the vectors find paragraphs, and never check a sentence.
package static

import (
	"context"
	_ "embed" // the table
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

//go:embed table.bin
var builtIn []byte

// An Embedder makes a unit vector of each text. It is immutable and safe for use by several goroutines. The same text
// has the same vector, to the bit, on every machine: what is added is added in a fixed order.
type Embedder struct {
	table  *table
	recent sync.Pool // of recentWords, which the garbage collector drops between loads
}

// New returns the embedder of the built-in table.
func New() *Embedder {
	t, err := readTable(builtIn)
	if err != nil {
		panic("the built-in table: " + err.Error()) // a build of other bytes than the tests saw
	}
	return &Embedder{table: t}
}

// Model names the method and the table. Vectors of two tables never have the same name.
func (e *Embedder) Model() string { return fmt.Sprintf("pilcrow-static-1-%x", e.table.fingerprint[:6]) }

// MaxBytes is 0: a text of any length is read whole.
func (e *Embedder) MaxBytes() int { return 0 }

// Embed returns one unit vector per text; questions and passages are read alike. It fails only when the context has
// ended.
func (e *Embedder) Embed(ctx context.Context, _ rag.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var recent recentWords
	if len(texts) > 1 { // a question's words do not come again
		var ok bool
		if recent, ok = e.recent.Get().(recentWords); !ok {
			recent = recentWords{}
		}
		defer e.recent.Put(recent)
	}
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i] = e.table.vector(text, recent)
	}
	return out, nil
}

// vector reads one text. A text without a single word is read as if all of it were one unknown word. What is known of
// recent words saves time and changes no bit.
func (t *table) vector(text string, recent recentWords) []float32 {
	sum := make([]float32, t.dimension)
	tokens := words.Tokenize(text)
	rows := make([]int, 0, len(tokens))
	for i := range tokens {
		if row, ok := recent.row(t, &tokens[i]); ok {
			rows = append(rows, row)
		} else {
			t.addUnknown(sum, tokens[i].Text)
		}
	}
	// In the order of the rows, a word that stands there n times counts as the root of n.
	slices.Sort(rows)
	for i := 0; i < len(rows); {
		n := 1
		for i+n < len(rows) && rows[i+n] == rows[i] {
			n++
		}
		t.addRow(sum, rows[i], sqrt32(n))
		i += n
	}
	if len(tokens) == 0 || !scaleToUnit(sum) {
		clear(sum)
		scatter(sum, text)
		scaleToUnit(sum)
	}
	return sum
}

// row returns the word's row; an inflected form without one has its stem's.
func (t *table) row(token *words.Token) (int, bool) {
	word := strings.TrimSuffix(token.Text, ".") // "us.", of "U.S."
	if token.Digit {
		word = numberRow(word)
	}
	if row, ok := t.find(word); ok {
		return row, true
	}
	return t.findStem(words.Stem(token.Text))
}

// The rows that numbers share: a sum of vectors cannot compare figures, and the words' index finds them as they are
// written.
const (
	anyNumber  = "#"
	yearNumber = "#year" // 1000 to 2099
)

func numberRow(word string) string {
	if len(word) == 4 && (word[0] == '1' || word[0] == '2' && word[1] == '0') && allDigits(word) {
		return yearNumber
	}
	return anyNumber
}

func allDigits(word string) bool {
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return true
}

// scaleToUnit scales the vector to length 1. It reports false, and changes nothing, where there is no direction to
// keep.
func scaleToUnit(vector []float32) bool {
	sum := 0.0
	for _, x := range vector {
		sum += float64(float64(x) * float64(x)) // not fused: the same bits everywhere
	}
	length := math.Sqrt(sum)
	if !(length > 1e-6) { // NaN, too
		return false
	}
	for i, x := range vector {
		vector[i] = float32(float64(x) / length)
	}
	return true
}

// Knows reports whether the table has a row of the word's own, in lower case, or of its stem: whether it is a word that
// people write.
func (e *Embedder) Knows(word string) bool {
	if _, ok := e.table.find(word); ok {
		return true
	}
	_, ok := e.table.findStem(words.Stem(word))
	return ok
}
