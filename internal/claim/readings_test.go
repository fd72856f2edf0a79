package claim

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"pilcrow/internal/article"
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
	c := NewContext(d)
	var readers sync.WaitGroup
	for w := range 4 {
		readers.Go(func() {
			for i := range d.Passages {
				n := (i*(w+1) + w) % len(d.Passages)
				sentence := fmt.Sprintf("The crane number %d was repaired in %d.", n, 1900+n)
				if r := Check(sentence, d.Passages[n], c); r.Verdict != Supported {
					t.Errorf("%q: %+v", sentence, r)
				}
				if r := Check(sentence, d.Passages[(n+1)%len(d.Passages)], c); r.Verdict == Supported {
					t.Errorf("%q is not in the next one: %+v", sentence, r)
				}
			}
		})
	}
	readers.Wait()
	bytes := 0
	for _, r := range c.readings.kept.All() {
		bytes += len(r.text)
	}
	if counted := c.readings.Bytes(); int64(bytes) != counted || bytes > maxReadingBytes || bytes < maxReadingBytes/2 {
		t.Errorf("%d bytes are kept and %d counted, want at most %d", bytes, counted, maxReadingBytes)
	}
	last := c.passage(d.Passages[5])
	if c.passage(d.Passages[6]); c.passage(d.Passages[5]) != last {
		t.Error("a paragraph was read again at once")
	}
}
