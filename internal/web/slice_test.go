package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
)

// longStory is a document of so many paragraphs.
func longStory(paragraphs int) article.Document {
	texts := make([]string, paragraphs)
	for i := range texts {
		texts[i] = fmt.Sprintf("Paragraph %d of the long story.", i+1)
	}
	return document("long", "The long story", texts...)
}

// A long document comes in slices, which lead to each other, and each paragraph has one.
func TestSlices(t *testing.T) {
	d := longStory(20_000)
	for _, at := range []int{0, 1, 200, 201, 19_999, 20_000} {
		p := pageOf(d, citedIn{at: at}, lang.Printer{})
		if len(p.Parts) > sliceSize || max(at, 1) < p.From || at > p.To || p.Parts[0].N != p.From {
			t.Errorf("¶%d: %d to %d, %d parts", at, p.From, p.To, len(p.Parts))
		}
	}
	seen := 0
	for p := pageOf(d, citedIn{}, lang.Printer{}); ; p = pageOf(d, citedIn{at: p.Next}, lang.Printer{}) {
		seen += len(p.Parts)
		if p.Next == 0 {
			break
		}
	}
	if seen != len(d.Passages) {
		t.Errorf("%d paragraphs are seen", seen)
	}
}

// A page is the same work however long its document is, and wherever in it the page begins.
func TestSliceIsTheSameWork(t *testing.T) {
	cost := func(paragraphs, at int) float64 {
		d := longStory(paragraphs)
		return testing.AllocsPerRun(5, func() { pageOf(d, citedIn{at: at}, lang.Printer{}) })
	}
	short := cost(3*sliceSize, sliceSize+1)
	for _, at := range []int{sliceSize + 1, 10_001, 19_801} {
		if long := cost(20_000, at); long > 1.1*short {
			t.Errorf("¶%d of 20,000 takes %.0f allocations, the same of %d paragraphs %.0f", at, long, 3*sliceSize, short)
		}
	}
}

// BenchmarkFirstByte is how long a reader waits for the beginning of a page of 20,000 paragraphs (at most 50 ms are
// wanted), beside a page of a document that fits one.
func BenchmarkFirstByte(b *testing.B) {
	first := func(paragraphs, at int) time.Duration {
		h := newHouse(b, longStory(paragraphs))
		r := httptest.NewRequest(http.MethodGet, fmt.Sprint("/d/long?p=", at), nil)
		var sum time.Duration
		for range b.N {
			w := &beginning{ResponseRecorder: httptest.NewRecorder(), asked: time.Now()}
			h.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Fatal(w.Code)
			}
			sum += w.took
		}
		return sum
	}
	long, short := first(20_000, 10_001), first(sliceSize, 1)
	b.ReportMetric(0, "ns/op") // that of making the documents
	b.ReportMetric(float64(long.Microseconds())/float64(b.N)/1000, "ms-to-first-byte")
	b.ReportMetric(float64(long)/float64(short), "x-of-a-short-one")
}

// A beginning notes when what it is sent begins.
type beginning struct {
	*httptest.ResponseRecorder
	asked time.Time
	took  time.Duration
}

func (w *beginning) Write(p []byte) (int, error) {
	if w.took == 0 {
		w.took = time.Since(w.asked)
	}
	return w.ResponseRecorder.Write(p)
}
