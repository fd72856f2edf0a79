package words

import (
	"sync"

	"pilcrow/internal/lexicon"
)

// Related returns the stems of words that people may choose in place of the one with this stem, by sense or by form;
// nil for none. There are many more of them than Synonyms, and they are looser.
func Related(stem string) []string { return related()[stem] }

// related is read when the first question is asked.
var related = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, row := range lexicon.Rows("related-words") {
		for _, other := range row[1:] {
			m[row[0]] = append(m[row[0]], other)
			m[other] = append(m[other], row[0])
		}
	}
	return m
})
