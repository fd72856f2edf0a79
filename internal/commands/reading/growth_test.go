package reading

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/article/articletest"
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

// generated makes a document of so many pieces: the same for the same seed.
func generated(seed uint64, n int) article.Document {
	d := article.Document{Slug: "d", Title: "Generated", Published: time.Date(2022, 4, 28, 0, 0, 0, 0, time.UTC)}
	for i, text := range articletest.Generated(seed, n) {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "d", N: i + 1}, Text: text})
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
		"quote":    func(c *steps.Counter, d article.Document) bool { readSpeech(c, d); return true },
		"who":      func(c *steps.Counter, d article.Document) bool { whoIn(c, d); return true },
		"timeline": func(c *steps.Counter, d article.Document) bool { readEvents(c, d); return true },
		"summary":  func(c *steps.Counter, d article.Document) bool { summary.Of(c, d, SummarySentences); return true },
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
			"summary":  func(c *steps.Counter) int { return len(summary.Of(c, d, SummarySentences)) },
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
