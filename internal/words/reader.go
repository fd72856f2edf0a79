package words

import cut "pilcrow/internal/text"

// A Reader is Tokenize for many texts: it remembers the words it has met, most of which come again. The zero value is
// ready for use, by one goroutine. What it remembers keeps the texts in memory, so it should not live longer than they
// do.
type Reader struct{ met map[string]Token }

// maxMet bounds what a Reader remembers, in words; then it begins anew. Long books have half as many different ones.
const maxMet = 1 << 16

// Tokenize returns what the function Tokenize does.
func (r *Reader) Tokenize(text string) []Token {
	return r.Append(make([]Token, 0, len(text)/6+1), text)
}

// Append appends the tokens of the text to others.
func (r *Reader) Append(tokens []Token, text string) []Token {
	if r.met == nil || len(r.met) >= maxMet {
		r.met = make(map[string]Token)
	}
	s := scan(text)
	for in, ok := s.Next(); ok; in, ok = s.Next() {
		if in.Kind == cut.Sign {
			continue
		}
		t, met := r.met[text[in.Start:in.End]]
		if !met {
			t = newToken(text, in, Stem)
			r.met[text[in.Start:in.End]] = t
		}
		t.Start, t.End = in.Start, in.End
		tokens = append(tokens, t)
	}
	return tokens
}
