package quote

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

// long makes a document of n paragraphs of news prose of our own, in which new people keep appearing.
func long(n int) article.Document {
	given := strings.Fields("Maria John Aisha Peter Olga David Sara Ivan Ruth Karl")
	family := strings.Fields("Lopez Barker Khan Weber Petrova Stone Jensen Kim Novak Silva")
	d := article.Document{Slug: "long"}
	for i := range n {
		g, f := given[i%10], fmt.Sprintf("%s%c", family[i/10%10], 'a'+rune(i/100%26))
		var text string
		switch i % 4 {
		case 0:
			text = fmt.Sprintf("\"The road to the north stays closed,\" said %s %s, a spokesman for the Ministry of "+
				"Transport. \"Nobody can pass before May.\"", g, f)
		case 1:
			text = "The ministry said in a statement that the road had been “badly damaged” by the floods, and that repairs " +
				"would take at least 12 weeks."
		case 2:
			text = fmt.Sprintf("%s said on Tuesday that 5'10\" of water had covered the bridge. He added that “the worst” "+
				"was over, according to U.S. officials.", f)
		default:
			text = "\"We lost the harvest,\" a farmer said. The government's plan, known as \"Green Wave\", was criticized " +
				"by the opposition."
		}
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "long", N: i + 1}, Text: text})
	}
	return d
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		d := long(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Find(nil, d)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/paragraph")
		})
	}
}

// BenchmarkHostile runs on one paragraph made to be slow: every step has a bound, so the time per byte must stay as it
// is.
func BenchmarkHostile(b *testing.B) {
	for name, unit := range map[string]string{"verbs": "he said ", "names": "Ada B ", "marks": "\" ‘ ’ „ « ",
		"commas": "Jo Ko, a man, ", "ministries": "the Ministry said the X Ministry "} {
		for _, n := range []int{1_000, 16_000} {
			d := document(strings.Repeat(unit, n))
			b.Run(fmt.Sprint(name, n), func(b *testing.B) {
				for b.Loop() {
					Find(nil, d)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n*len(unit)), "ns/byte")
			})
		}
	}
}
