package convert

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// webSeed makes the pages of the gate; development used webSeed+1.
const webSeed = 2027

// fourGrams counts the runs of four words.
func fourGrams(texts []string) map[string]int {
	words := strings.FieldsFunc(strings.Join(texts, " "), func(r rune) bool {
		return !unicode.IsLetter(r) &&
			!unicode.IsDigit(r)
	})
	grams := map[string]int{}
	for i := 0; i+4 <= len(words); i++ {
		grams[strings.Join(words[i:i+4], " ")]++
	}
	return grams
}

// listNumber is what Markdown puts before an item, which pages draw by themselves.
var listNumber = regexp.MustCompile(`(?m)^\d+\. `)

// likeness is the F1 of the runs of four words.
func likeness(got, want []string) float64 {
	a, b := fourGrams(got), fourGrams(want)
	both, na, nb := 0, 0, 0
	for g, n := range a {
		both += min(n, b[g])
		na += n
	}
	for _, n := range b {
		nb += n
	}
	if na+nb == 0 {
		return 1
	}
	return 2 * float64(both) / float64(na+nb)
}

// A webScore is how well pages are read.
type webScore struct {
	pages, titles, authors, days, wrong int // wrong: another part of the page, without a warning
	f1                                  float64
}

// readPages reads pages and reports each that is not right.
func readPages(t *testing.T, pages []webPage, report func(format string, args ...any)) map[string]*webScore {
	t.Helper()
	scores := map[string]*webScore{"all": {}}
	for _, p := range pages {
		d, err := readHTML([]byte(p.html), "https://example.org/page", "")
		if err != nil {
			t.Fatalf("%s: %v", p.layout, err)
		}
		got := listNumber.ReplaceAllString(markdown(d.blocks), "")
		f1 := likeness([]string{got}, p.text)
		if scores[p.layout] == nil {
			scores[p.layout] = &webScore{}
		}
		warned := false
		for _, n := range d.notes {
			warned = warned || n.Kind == WrongPart || n.Kind == NoArticle
		}
		for _, s := range []*webScore{scores["all"], scores[p.layout]} {
			s.pages++
			s.f1 += f1
			count(&s.titles, d.title == p.title)
			count(&s.authors, d.author == p.author)
			count(&s.days, d.published.Equal(p.day))
			count(&s.wrong, f1 < 0.3 && !warned)
		}
		if f1 < 0.99 || d.title != p.title || d.author != p.author || !d.published.Equal(p.day) {
			report("%s: F1 %.3f; %q, want %q; %q, want %q; %s, want %s\n%s", p.layout, f1, d.title, p.title, d.author, p.author,
				formatDay(d.published), formatDay(p.day), got)
		}
	}
	for _, s := range scores {
		s.f1 /= float64(s.pages)
	}
	return scores
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

func (s webScore) String() string {
	return fmt.Sprintf("%d pages: F1 %.3f, title %.2f, author %.2f, date %.2f, wrong part unsaid %d", s.pages, s.f1,
		s.share(s.titles), s.share(s.authors), s.share(s.days), s.wrong)
}

func (s webScore) share(n int) float64 { return float64(n) / float64(s.pages) }

// TestWebPages holds the reading of pages in 12 layouts to what it measures: 60 of the seed that it was made with, of
// which -v prints what is wrong, and 60 of another.
func TestWebPages(t *testing.T) {
	if testing.Short() {
		t.Skip("it measures; nothing runs side by side")
	}
	gate := readPages(t, webPages(webSeed, 5), func(string, ...any) {})
	for _, l := range layouts {
		t.Logf("%-10s %v", l.name, gate[l.name])
	}
	development := readPages(t, webPages(webSeed+1, 5), t.Logf)
	for name, all := range map[string]*webScore{"gate": gate["all"], "development": development["all"]} {
		t.Logf("%-10s %v", name, all)
		if all.f1 < 0.985 || all.share(all.titles) < 0.98 || all.share(all.authors) < 0.90 ||
			all.share(all.days) < 0.98 || all.wrong > 0 {
			t.Errorf("%s: %v", name, all)
		}
	}
}
