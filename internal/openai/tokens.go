package openai

import (
	"context"
	"errors"
	"unicode/utf8"
)

// How many tokens a text has is what the server says, if it can be true: not fewer than the longest tokens of any known
// vocabulary leave, and not more than one a byte, which is what byte-level encodings fall back to. Beyond that the
// server is mistaken, and the text itself is counted: one that says 9,999,999 must not use a day's budget up, nor one
// that says 1 spend without end.
const (
	// For texts of which a server does not say how many tokens they were: English has some 4.6 bytes a token; of other
	// scripts, with two and three bytes a letter, older vocabularies make a token of each letter. It is meant to count
	// rather too much than too little.
	bytesPerToken      = 4
	otherBytesPerToken = 2
	// mostBytesPerToken is more than prose has in any vocabulary: a server that says less did not count it all.
	mostBytesPerToken = 12
	// aroundTokens are what a server may put around a prompt: its template, and a few words of its own.
	aroundTokens = 512
	// aroundTextTokens are the marks at the ends of a text that is embedded.
	aroundTextTokens = 8
)

// An estimate is what is known of a text's tokens without a server.
type estimate struct{ least, likely, most int }

func (e estimate) plus(f estimate) estimate {
	return estimate{e.least + f.least, e.likely + f.likely, e.most + f.most}
}

// tokens estimates how many a text has.
func tokens(text string) estimate {
	ascii := 0
	for i := range len(text) {
		if text[i] < utf8.RuneSelf {
			ascii++
		}
	}
	return estimate{
		least:  len(text) / mostBytesPerToken,
		likely: (ascii+bytesPerToken-1)/bytesPerToken + (len(text)-ascii+otherBytesPerToken-1)/otherBytesPerToken,
		most:   len(text),
	}
}

// promptTokens estimates a prompt, with what the server puts around it.
func promptTokens(system, user string) estimate {
	e := tokens(system).plus(tokens(user))
	e.most += aroundTokens
	return e
}

// answerTokens estimates an answer of which so much is seen, and which may be as long as the limit in tokens: what a
// model thought is not seen.
func answerTokens(seen string, limit int) estimate {
	e := tokens(seen)
	e.most = max(e.most, limit)
	return e
}

// textTokens estimates texts that are embedded.
func textTokens(texts []string) estimate {
	e := estimate{most: aroundTokens}
	for _, text := range texts {
		e = e.plus(tokens(text))
		e.most += aroundTextTokens
	}
	return e
}

// believe takes a server's own count if it can be true, else the estimate.
func (e estimate) believe(count int) (n int, ok bool) {
	if count <= 0 || count < e.least || count > e.most {
		return e.likely, false
	}
	return count, true
}

// mayHaveCost reports whether a call that failed may have been answered in part, and be billed. A refusal is not.
func mayHaveCost(err error) bool {
	return errors.Is(err, ErrTimeout) || errors.Is(err, ErrCutShort) || errors.Is(err, ErrTooLarge) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
