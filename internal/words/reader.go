package words

import "unicode/utf8"

// A Reader is Tokenize for many texts: it remembers the words it has met, most of which come again. The zero value is ready for use,
// by one goroutine. What it remembers keeps the texts in memory, so it should not live longer than they do.
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
	for i := 0; i < len(text); {
		first, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(first) {
			i += size
			continue
		}
		end := wordEnd(text, i)
		t, ok := r.met[text[i:end]]
		if !ok {
			t = newToken(text, i, end, first, Stem)
			r.met[text[i:end]] = t
		}
		t.Start, t.End = i, end
		tokens = append(tokens, t)
		i = end
	}
	return tokens
}
