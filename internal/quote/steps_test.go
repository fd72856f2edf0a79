package quote

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/steps"
)

// kinds of text that made readings slow, as their n-th paragraph.
var kinds = []struct {
	name string
	text func(i int) string
}{
	{"names", func(i int) string {
		return fmt.Sprintf("John %s and Mary %s met Carl %s.", named(i), named(3*i+1), named(7*i+2))
	}},
	{"surnames", func(i int) string { return fmt.Sprintf("John %s Smith came. Smith said so to Smith.", named(i)) }},
	{"aliases", func(i int) string {
		return fmt.Sprintf("John Smith, a %s adviser, spoke. John %s Smith said so.", named(i), named(i))
	}},
	{"roles", func(i int) string {
		return fmt.Sprintf("The %s spokesman met the %s ministry. The spokesman said no.", named(i), named(2*i))
	}},
	{"residents", func(i int) string {
		return fmt.Sprintf("A %s resident said so. A resident of %s said no. He left.", strings.ToLower(named(i)), named(i))
	}},
	{"quotations", func(i int) string {
		return fmt.Sprintf("“We go to %s,” said Ann %s. “Now,” she said.", named(i), named(5*i))
	}},
	{"marks", func(int) string { return strings.Repeat(`"a "b 'c `, 30) }},
	{"mixed marks", func(int) string { return strings.Repeat(`“a »b« ‘c „d" `, 20) }},
	{"verbs", func(int) string { return strings.Repeat(`said "a" told (b) `, 20) }},
	{"brackets", func(int) string { return strings.Repeat(`said ( "a" ) `, 30) }},
	{"points", func(int) string { return strings.Repeat("A.b.", 80) }},
	{"capitals", func(i int) string { return strings.Repeat(named(i)+" ", 60) }},
	{"institutions", func(i int) string {
		return fmt.Sprintf("The %s Ministry of %s said so. The ministry agreed.", named(i), named(i+1))
	}},
	{"derived", func(i int) string {
		return fmt.Sprintf("%s and %sian troops met. Carl %s, a %sese poet, spoke.", named(i), named(i), named(i), named(i))
	}},
	{"acronyms", func(i int) string {
		return fmt.Sprintf("The Guild of %s (%s) said so.", named(i), strings.ToUpper(named(i)))
	}},
	{"together", func(i int) string {
		return fmt.Sprintf("Ann %s and Bob %s said “yes” and “no”.", named(i), named(2*i))
	}},
}

// named is a capitalized word for a number, another for each.
func named(i int) string {
	s := ""
	for i += 26; i > 0; i /= 26 {
		s = string(rune('a'+i%26)) + s
	}
	return strings.ToUpper(s[:1]) + s[1:] + "or"
}

func paragraphs(n int, text func(i int) string) article.Document {
	d := article.Document{Slug: "d"}
	for i := range n {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "d", N: i + 1}, Text: text(i)})
	}
	return d
}

// Reading who said what takes steps in proportion to the text: no kind of text, doubled, takes more than n log n
// allows.
func TestStepsGrowAsTheText(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			before := int64(0)
			for n := 500; n <= 2000; n *= 2 {
				c := steps.Until(t.Context())
				Who(c, paragraphs(n, kind.text))
				taken := c.Taken()
				if taken < int64(n) {
					t.Fatalf("%d paragraphs in %d steps: something is not counted", n, taken)
				}
				growth := float64(taken) / float64(max(before, 1))
				if most := 2 * math.Log(float64(2*n)) / math.Log(float64(n)) * 1.1; before > 0 && growth > most {
					t.Errorf("%d paragraphs take %d steps, %.2f times those of half as many; want at most %.2f", n, taken, growth,
						most)
				}
				before = taken
			}
		})
	}
}

// A reading stops soon after nobody waits for it, wherever it is.
func TestStopsEverywhere(t *testing.T) {
	d := paragraphs(160, func(i int) string { return kinds[i%len(kinds)].text(i) })
	whole := steps.Until(t.Context())
	Who(whole, d)
	for part := int64(1); part < 16; part++ {
		most := whole.Taken() * part / 16
		c := steps.AtMost(most)
		if known := Who(c, d); c.Err() == nil || len(known) > 0 {
			t.Fatalf("at most %d of %d steps: %d people, error %v", most, whole.Taken(), len(known), c.Err())
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := steps.Until(ctx)
	if s := Read(c, d); c.Err() == nil || len(s.Quotations) > 0 {
		t.Error("a document is read although the context has ended")
	}
}

// What is beyond the ceilings is left out, and counted.
func TestCeilings(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	open := strings.Repeat(`"Yes, we do," she said. `, MaxMarks/2) + `"This is beyond." ` +
		strings.Repeat("Nothing is marked here. ", 20)
	s := Read(nil, article.Document{Passages: []article.Passage{{Text: open + `"And`}, {Text: "She left."}}})
	if len(s.Quotations) != MaxMarks/2 || s.Unread.Paragraphs != 1 {
		t.Errorf("%d quotations, %d paragraphs with more; want %d and 1", len(s.Quotations), s.Unread.Paragraphs, MaxMarks/2)
	}
	for _, q := range s.Quotations {
		if q.Words != "Yes, we do," {
			t.Fatalf("beyond the ceiling this became a quotation: %q", q.Words)
		}
	}
	people := Read(nil, paragraphs(MaxNames+10, func(i int) string { return "Carl " + named(i) + " came." }))
	if len(people.People) != MaxNames || people.Unread.Names != 10 {
		t.Errorf("%d people, %d names beyond; want %d and 10", len(people.People), people.Unread.Names, MaxNames)
	}
	quoted := Read(nil, paragraphs(MaxQuotations+10,
		func(int) string { return "“It was a long way home,” said Ann Lee." }))
	if len(quoted.Quotations) != MaxQuotations || quoted.Unread.Quotations != 10 {
		t.Errorf("%d quotations, %d beyond; want %d and 10", len(quoted.Quotations), quoted.Unread.Quotations, MaxQuotations)
	}
	called := People(nil, paragraphs(200, func(i int) string { return "Carl " + named(i) + " Lee came. Carl Lee left." }))
	if len(called) != 1 || len(called[0].Aliases) != MaxAliases {
		t.Errorf("%d people; the first has %d other names, want %d", len(called), len(called[0].Aliases), MaxAliases)
	}
}
