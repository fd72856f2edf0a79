package claim_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

// TestReadings checks sentences against more text than is kept read, from several goroutines: what is kept stays
// bounded, the last ones are there, and a verdict does not depend on it.
func TestReadings(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	d := article.Document{Slug: "long", Title: harbor.Title}
	for n := range 100 {
		text := fmt.Sprintf("The crane number %d was repaired in %d. %s", n, 1900+n,
			strings.Repeat(harbor.Passages[n%3].Text+" ", 40))
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "long", N: n + 1},
			Text: strings.TrimSpace(text)})
	}
	c := premise.New(d)
	var readers sync.WaitGroup
	for w := range 4 {
		readers.Go(func() {
			for i := range d.Passages {
				n := (i*(w+1) + w) % len(d.Passages)
				sentence := fmt.Sprintf("The crane number %d was repaired in %d.", n, 1900+n)
				if r := check.One(sentence, d.Passages[n], c); r.Verdict != claim.Supported {
					t.Errorf("%q: %+v", sentence, r)
				}
				if r := check.One(sentence, d.Passages[(n+1)%len(d.Passages)], c); r.Verdict == claim.Supported {
					t.Errorf("%q is not in the next one: %+v", sentence, r)
				}
			}
		})
	}
	readers.Wait()
	bytes := 0
	for _, r := range c.Readings.Kept.All() {
		bytes += len(r.Text)
	}
	if counted := c.Readings.Bytes(); int64(bytes) != counted || bytes > premise.MaxReadingBytes ||
		bytes < premise.MaxReadingBytes/2 {
		t.Errorf("%d bytes are kept and %d counted, want at most %d", bytes, counted, premise.MaxReadingBytes)
	}
	last := c.Passage(d.Passages[5])
	if c.Passage(d.Passages[6]); c.Passage(d.Passages[5]) != last {
		t.Error("a paragraph was read again at once")
	}
}
