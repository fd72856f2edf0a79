package lang

import "strings"

// A Sentence is something to be said whose reader is not yet known: why a sentence was withheld, what an answer is
// accompanied by. It is comparable. The zero Sentence says nothing.
type Sentence struct {
	format string
	args   [maxArgs]any
	n      int
}

const maxArgs = 4 // of a Sentence

// Say makes a sentence of an English format, which is a constant, and its arguments: texts and whole numbers, at most
// four.
func Say(format string, args ...any) Sentence {
	s := Sentence{format: format, n: min(len(args), maxArgs)}
	copy(s.args[:], args)
	return s
}

// None tells whether it says nothing.
func (s Sentence) None() bool { return s.format == "" }

// String writes it in English.
func (s Sentence) String() string { return Printer{}.Say(s) }

// Say writes the sentences in the printer's language, one behind the other.
func (p Printer) Say(sentences ...Sentence) string {
	var b strings.Builder
	for _, s := range sentences {
		if s.None() {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.Text(s.format, s.args[:s.n]...))
	}
	return b.String()
}
