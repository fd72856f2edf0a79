package dispatch

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/steps"
	"pilcrow/internal/summary"
)

const (
	// so many generated documents for each reader, instead of growthInputs; each up to growthMost pieces
	growthSet    = "PILCROW_GROWTH"
	growthInputs = 6
	growthMost   = 64_000
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

// generated makes a document of so many pieces, in paragraphs of a few: the same for the same seed, and a longer one
// begins as a shorter.
func generated(seed uint64, n int) article.Document {
	r := rand.New(rand.NewPCG(seed, 11))
	pattern := make([]string, 1+r.IntN(8))
	for i := range pattern {
		pattern[i] = pieces[r.IntN(len(pieces))]
	}
	each := 1 + r.IntN(120) // pieces of a paragraph
	d := article.Document{Slug: "d", Title: "Generated", Published: time.Date(2022, 4, 28, 0, 0, 0, 0, time.UTC)}
	var b strings.Builder
	for i := range n {
		piece := pattern[i%len(pattern)]
		b.WriteString(strings.ReplaceAll(piece, "%d", strconv.Itoa(1000+i%50_000)))
		if (i+1)%each == 0 || i == n-1 {
			text := strings.TrimSpace(b.String())
			b.Reset()
			if text != "" {
				d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "d", N: len(d.Passages) + 1}, Text: text})
			}
		}
	}
	return d
}

// Whatever a document holds, what commands read of it takes steps in proportion to it: twice the text, at most what n
// log n allows.
func TestStepsGrowAsTheDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	inputs, most := growthInputs, 8_000
	if n, err := strconv.Atoi(os.Getenv(growthSet)); err == nil {
		inputs, most = n, growthMost
	}
	readers := map[string]func(c *steps.Counter, d article.Document) bool{
		"quote":     func(c *steps.Counter, d article.Document) bool { readSpeech(c, d); return true },
		"who":       func(c *steps.Counter, d article.Document) bool { whoIn(c, d); return true },
		"timeline":  func(c *steps.Counter, d article.Document) bool { readEvents(c, d); return true },
		"summary":   func(c *steps.Counter, d article.Document) bool { summary.Of(c, d, summarySentences); return true },
		"paragraph": func(c *steps.Counter, d article.Document) bool { sketchesOf(c, d); return true },
	}
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(inputs) {
				before := int64(0)
				for n := 2_000; n <= most; n *= 2 {
					d := generated(seed, n)
					if len(d.Passages) == 0 {
						break
					}
					c := steps.Until(t.Context())
					read(c, d)
					allowed := 2*math.Log(float64(n))/math.Log(float64(n/2))*1.1*float64(before) + fixedSteps
					if name == "summary" { // six hundred sentences are compared with each other, however long the document is
						allowed += summarySteps
					}
					if before > 0 && float64(c.Taken()) > allowed {
						t.Errorf("seed %d, %d pieces: %d steps after %d for half as many: %q", seed, n, c.Taken(), before,
							commands.Clip(d.Passages[0].Text, 60))
					}
					before = c.Taken()
				}
			}
		})
	}
}

// Steps that do not grow with the document: of any reader, and of a summary, which compares 600 sentences and walks
// between them forty times.
const (
	fixedSteps   = 2_000
	summarySteps = 600*600/2 + 40*600
)

// A reading that nobody waits for ends within some thousand steps, wherever it is.
func TestReadingsStop(t *testing.T) {
	for seed := range uint64(growthInputs) {
		d := generated(seed, 4_000)
		for name, read := range map[string]func(c *steps.Counter) int{
			"quote":    func(c *steps.Counter) int { return len(readSpeech(c, d).said) },
			"who":      func(c *steps.Counter) int { return len(whoIn(c, d)) },
			"timeline": func(c *steps.Counter) int { return len(readEvents(c, d).happened) },
			"summary":  func(c *steps.Counter) int { return len(summary.Of(c, d, summarySentences)) },
		} {
			whole := steps.Until(t.Context())
			read(whole)
			for part := range int64(5) {
				most := whole.Taken() * (part + 1) / 6
				if most == 0 {
					continue
				}
				c := steps.AtMost(most)
				if n := read(c); c.Err() == nil || n > 0 {
					t.Errorf("%s, seed %d, at most %d of %d steps: %d found, %v", name, seed, most, whole.Taken(), n,
						fmt.Sprint(c.Err()))
				}
			}
		}
	}
}
