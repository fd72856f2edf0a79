package timeline

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
)

// lines prints events as tests compare them.
func lines(events []Event) string {
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, "¶%d %s %s %q", e.Ref.N, e.Date, e.Precision, e.Phrase)
		if e.Carried() {
			fmt.Fprintf(&b, " from ¶%d", e.From.N)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestEvents(t *testing.T) {
	for _, c := range []struct{ name, published, text, want string }{
		{"order", "2022-04-28", `The mill burned on April 20. It had been built in 1893 and sold in 1990.
In March 2020 the mill closed. In recent years nobody worked there; the 12-year lease ran out.
The mill was founded in the 1890s.`,
			`¶3 1890-01-01/1899-12-31 decade "the 1890s"
¶1 1893-01-01/1893-12-31 year "1893"
¶1 1990-01-01/1990-12-31 year "1990"
¶2 2020-03-01/2020-03-31 month "March 2020"
¶1 2022-04-20 day "April 20"
`},
		{"no publication date", "", `The mill burned on April 20. The mayor spoke on Tuesday.
It had opened in 1893.`,
			`¶2 1893-01-01/1893-12-31 year "1893"
¶1 XXXX-04-20 day "April 20"
`},
		{"the year told of", "2022-04-28",
			"On May 10, 1940 the town fell. In June the bridge was blown up. On July 3 the post office reopened.\n" +
				"In June the bridge was repaired.",
			`¶1 1940-05-10 day "May 10, 1940"
¶1 1940-06-01/1940-06-30 month "June"
¶1 1940-07-03 day "July 3"
¶2 2021-06-01/2021-06-30 month "June"
`},
		{"named days", "2022-04-28", `The dam broke on March 3, 2019. The town was flooded the following day.
Two days later the army came. More than the previous year, said farmers.`,
			`¶2 2018-01-01/2018-12-31 year "the previous year"
¶1 2019-03-03 day "March 3, 2019"
¶1 2019-03-04 day "the following day"
¶2 2019-03-06 day "Two days later"
`},
		{"one row for one date", "2022-04-28", `In March it rained, as it does in March.`,
			`¶1 2022-03-01/2022-03-31 month "March"
`},
		{"dateline", "2022-04-28", "April 28, 2022\nIt rained.", ""},
		{"headline", "2022-04-28", `Old mill burns down after lightning strike
April 28, 2022
The old mill burned down on Tuesday, the fire brigade said.
Nobody lived there.`,
			`¶1 2022-04-26 day "" from ¶3
¶3 2022-04-26 day "Tuesday"
`},
		{"statement", "2022-04-28", `Harbor Trust said on Tuesday that the mill was lost.
Nothing could be done. Harbor warned that the tower may fall. Mayor Lindqvist said nothing.
"We are sad," HT said in a statement.`,
			`¶1 2022-04-26 day "Tuesday"
¶2 2022-04-26 day "" from ¶1
¶3 2022-04-26 day "" from ¶1
`},
		{"another speaker", "2022-04-28", `United Airways said on Tuesday that the mill was lost.
United Millers said it was not. Nobody asked Airways, said Mr. Ödman. Airways added that the tower stands.
It said more.`,
			`¶1 2022-04-26 day "Tuesday"
¶2 2022-04-26 day "" from ¶1
`},
		{"undated", "2022-04-28", `The 30-year lease for flight 370 cost 2000 dollars.
He may march on for decades. She is in her 40s.`, ""},
		{"empty", "2022-04-28", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := document(t, "mill", c.published, c.text)
			events := Events(nil, d)
			if got := lines(events); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
			for _, e := range events {
				text := d.Passages[e.Ref.N-1].Text
				if e.Text != e.Sentence.Of(text) || e.Phrase != e.Span.Of(text) {
					t.Errorf("%v: %q at %v and %q at %v are no slices", e.Ref, e.Text, e.Sentence, e.Phrase, e.Span)
				}
				if e.Carried() && e.Inferred != InferredDate {
					t.Errorf("%v: carried, but inferred is %q", e.Ref, e.Inferred)
				}
			}
		})
	}
}

func TestBetween(t *testing.T) {
	events := Events(nil, document(
		t,
		"mill",
		"",
		"It fell on June 1. It was built in 1893. It closed in March 2020. It burned on May 3, 2021.\nIt ran from 1900 to "+
			"2020.",
	))
	day := func(s string) time.Time { return date(t, s) }
	for _, c := range []struct {
		start, end time.Time
		want       int
	}{
		{time.Time{}, time.Time{}, 5},
		{day("2020-03-31"), time.Time{}, 3}, // the month, the range and the day
		{day("2021-01-01"), time.Time{}, 1},
		{time.Time{}, day("1893-01-01"), 1},
		{time.Time{}, day("1892-12-31"), 0},
		{day("1893-12-31"), day("1900-01-01"), 2},
		{day("2021-05-03"), day("2021-05-03"), 1},
		{day("2022-01-01"), day("2021-01-01"), 0},
	} {
		if got := Between(events, c.start, c.end); len(got) != c.want {
			t.Errorf("Between(%v, %v) keeps %d, want %d:\n%s", c.start, c.end, len(got), c.want, lines(got))
		}
	}
}

func FuzzEvents(f *testing.F) {
	for _, s := range []string{"On April 16, 2022 it fell.\nTwo days later, the '40s.", "from 2001 to 2005",
		"Feb. 29, 1900\n12/31/99 9:00 UTC",
		"the fifth Monday of the first week of the last quarter", "\xff'8\xf0 2022-04-1", "end of the end of the end of may",
		"a a a a day earlier",
		"0000-00-00 9999-12-31", "the past 999 centuries", "the 22nd century"} {
		f.Add(s, int64(1651104000))
		f.Add(s, int64(0))
	}
	f.Fuzz(func(t *testing.T, text string, published int64) {
		d := fuzzDocument(strings.ToValidUTF8(text, "?"), published)
		for _, e := range Events(nil, d) {
			if fault := eventFault(d, e); fault != "" {
				t.Fatalf("%v: %s: %+v", e.Ref, fault, e)
			}
		}
		end := 0
		for _, m := range Tag(text, Context{Reference: d.Published}) {
			if m.Span.Start < end || m.Span.End <= m.Span.Start || m.Span.End > len(text) ||
				m.Span.Of(text) != m.Phrase || m.Kind.String() == "" {
				t.Fatalf("mention %+v after byte %d", m, end)
			}
			end = m.Span.End
		}
	})
}

// eventFault says what is wrong with an event of a document whatever its text is.
func eventFault(d article.Document, e Event) string {
	p := d.Passages[e.Ref.N-1].Text
	start, end := e.ISO()
	start, end = strings.TrimPrefix(start, "-"), strings.TrimPrefix(end, "-")
	switch {
	case e.Sentence.Of(p) != e.Text || e.Span.Of(p) != e.Phrase:
		return "spans do not fit"
	case e.End.Before(e.Start) || e.IsZero() || e.Precision == Day && !e.Start.Equal(e.End):
		return "no date"
	case len(start) != len("2022-04-16") || len(end) != len(start):
		return "printed " + start + " " + end
	case d.Published.IsZero() && e.Inferred == InferredDate && len(d.Passages) == 1 && !e.Yearless &&
		!strings.ContainsAny(p, "0123456789"):
		return "invented"
	}
	return ""
}

func FuzzParseBound(f *testing.F) {
	for _, s := range []string{"2021", "q2 2021", "'82", "the past 3 years", "31.12.9999", "may"} {
		f.Add(s)
	}
	now := civil(2022, 4, 28)
	f.Fuzz(func(t *testing.T, typed string) {
		start, end, err := ParseBound(typed, now)
		if err == nil && (end.Before(start) || start.Year() < 1 || end.Year() > 9999) {
			t.Fatalf("%q is from %v to %v", typed, start, end)
		}
	})
}

func fuzzDocument(text string, published int64) article.Document {
	const century = 100 * 366 * 24 * 60 * 60
	d := article.Document{Slug: "f"}
	if published != 0 {
		d.Published = civil(1970, 1, 1).AddDate(0, 0, int(published%century/(24*60*60)))
	}
	for i, line := range strings.Split(text, "\n") {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "f", N: i + 1}, Text: line})
	}
	return d
}

// 10,000 paragraphs of news prose must take well under a second: 100 µs each.
func BenchmarkEvents(b *testing.B) {
	const paragraph = "The harbor council said on Tuesday that repairs begun in March 2019 would cost 2,400 crowns a " +
		"day, more than in the previous " +
		"year. Work on the 12-kilometer wall, which had been delayed since the early 1990s, was to end by December 2023. " +
		"Engineers from three " +
		"towns have met every Monday for two years, and a second report, due next week, may well change the plan once more."
	d := article.Document{Slug: "b", Published: civil(2022, 4, 28)}
	const paragraphs = 100
	for n := range paragraphs {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "b", N: n + 1}, Text: paragraph})
	}
	b.ReportAllocs()
	for b.Loop() {
		Events(nil, d)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*paragraphs), "ns/paragraph")
}

// One long run of words that could all begin a date costs about as much as ten short ones together: rules look a
// bounded way ahead. The two are measured in turn, and the best of a few rounds counts: a busy machine slows both.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	const rounds, most = 8, 4.0
	for _, s := range []string{"the ", "a ", "last ", "first ", "2001-", "from 2001 to ", "April ", "twenty-",
		"the last week of ", "'", "A said on Tuesday, "} {
		short, long := fuzzDocument(
			strings.Repeat(s, 1_000),
			1651104000,
		), fuzzDocument(
			strings.Repeat(s, 10_000),
			1651104000,
		)
		best := math.Inf(1)
		for range rounds {
			begun := time.Now()
			for range 10 {
				Events(nil, short)
			}
			reference := time.Since(begun)
			begun = time.Now()
			Events(nil, long)
			if best = min(best, float64(time.Since(begun))/float64(reference)); best <= most {
				break
			}
		}
		if best > most {
			t.Errorf("%q: 10,000 of them take %.1f times as long as ten times 1,000", s, best)
		}
	}
}
