package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// asides say between a verb and its subject on whose side something is said, "de son côté", "por su parte", by their
// first word.
var asides = func() map[string][][]string {
	by := map[string][][]string{}
	for _, phrase := range lexicon.Words("speakers-asides") {
		words := strings.Split(phrase, "_")
		by[words[0]] = append(by[words[0]], words)
	}
	return by
}()

// skipAside returns the token behind such a phrase at i, and its commas; i where none stands there.
func skipAside(tokens []token, i, b int) int {
	k := i
	if k < b && tokens[k].lower == "," {
		k++
	}
	if k >= b {
		return i
	}
	for _, phrase := range asides[tokens[k].lower] {
		n := 1
		for n < len(phrase) && k+n < b && tokens[k+n].lower == phrase[n] {
			n++
		}
		if n < len(phrase) {
			continue
		}
		if k += n; k < b && tokens[k].lower == "," {
			k++
		}
		return k
	}
	return i
}
