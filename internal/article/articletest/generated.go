package articletest

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// pieces are what generated documents are made of: whatever a reader looks at. A number stands for %d.
var pieces = strings.Split(`the |The |a |said |told |"|“|”|‘|’|'|«|»|(|)|, |. |; |: |— |! |? |John |Smith |`+
	`Mary K%d |N%d |spokesman |minister |`+
	`ministry |statement |resident |and |of |who |he |It |they |according to |in %d |May |Tuesday |last week |`+
	`two years later |ago |from |`+
	`U.S. |A.|Ministry of N%d |Pakistan |Pakistani |NATO |not |%d |5,000 |1980s |was born |quoted |announced |"a" |`+
	`“b.” |said, |`+
	`2001-05-03 |Carl N%d |Carl N%d Lee |The N%d spokesman |“We go to N%d,” said Ann K%d. |On %d May 1950 |`+
	`is a historian |`, "|")

// Generated makes the paragraphs of a document of so many pieces: the same for the same seed, and a longer one begins
// as a shorter.
func Generated(seed uint64, n int) (paragraphs []string) {
	r := rand.New(rand.NewPCG(seed, 11))
	pattern := make([]string, 1+r.IntN(8))
	for i := range pattern {
		pattern[i] = pieces[r.IntN(len(pieces))]
	}
	each := 1 + r.IntN(120) // pieces of a paragraph
	var b strings.Builder
	for i := range n {
		piece := pattern[i%len(pattern)]
		b.WriteString(strings.ReplaceAll(piece, "%d", strconv.Itoa(1000+i%50_000)))
		if (i+1)%each == 0 || i == n-1 {
			if text := strings.TrimSpace(b.String()); text != "" {
				paragraphs = append(paragraphs, text)
			}
			b.Reset()
		}
	}
	return paragraphs
}
