package premise

import (
	"time"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// lifeSpan reads "3 May 1810 – 9 June 1868" between brackets, which follows a name in reference works, as the day of
// birth and that of death. n is how many of the tokens are the first date's; 0 if this is no such span.
func lifeSpan(text string, tokens []words.Token, reference time.Time) (first, last timeline.Date, n int) {
	start, end := tokens[0].Start, tokens[len(tokens)-1].End
	for k := 1; k < len(tokens); k++ {
		if !syntax.LifeMarks(text, start, tokens[k-1].End, tokens[k].Start, end) {
			continue
		}
		a := timeline.Tag(text[start:tokens[k-1].End], timeline.Context{Reference: reference})
		b := timeline.Tag(text[tokens[k].Start:end], timeline.Context{Reference: reference})
		if len(a) == 1 && len(b) == 1 && a[0].Kind == timeline.KindDate && b[0].Kind == timeline.KindDate && !a[0].IsZero() &&
			!b[0].IsZero() {
			return a[0].Date, b[0].Date, k
		}
	}
	return first, last, 0
}
