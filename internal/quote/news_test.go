package quote

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

//go:embed testdata/news/*.txt
var newsFiles embed.FS

// A newsRow is a quotation that stands in a generated article, or words that nobody said.
type newsRow struct {
	para, start, end int
	how              string   // name, pron, role, carry, open, none
	speakers         []string // any of which is right, in lower case; of somebody without a name, the noun
	unnamed          bool
}

// A newsArticle is one generated article: a paragraph a line.
type newsArticle struct {
	name string
	text string
	rows []newsRow
}

const (
	newsSeed    = 20261130
	newsLayouts = 12
	newsTotal   = 60
)

// A newsroom writes the articles of one half.
type newsroom struct {
	*rand.Rand
	half, language string
	words          map[string][]string // by key and language, of this half
	decks          map[string][]string // what is left of words in this article
	cast           map[byte]newsPerson
}

// A newsPerson is one of a cast. Those without a name have a role alone.
type newsPerson struct {
	given, family, role string
	female              bool
	age                 int
}

func (p newsPerson) full() string { return strings.TrimSpace(p.given + " " + p.family) }

func newNewsroom(half string) *newsroom {
	n := &newsroom{Rand: rand.New(rand.NewPCG(newsSeed, uint64(len(half)))), half: half, words: map[string][]string{}}
	data, _ := newsFiles.ReadFile("testdata/news/words.txt")
	for line := range strings.Lines(string(data)) {
		head, values, ok := strings.Cut(strings.TrimSpace(line), ": ")
		key, of, _ := strings.Cut(head, " ")
		if ok && !strings.HasPrefix(line, "#") && (of == half || of == "both") {
			n.words[key] = strings.Split(values, "; ")
		}
	}
	return n
}

// draw takes a word that the article does not have yet; once all are used, any.
func (n *newsroom) draw(key string) string {
	if _, ok := n.words[key+"."+n.language]; ok {
		key += "." + n.language
	} else {
		key += ".en"
	}
	if len(n.decks[key]) == 0 {
		n.decks[key] = slices.Clone(n.words[key])
		n.Shuffle(len(n.decks[key]), func(i, j int) { n.decks[key][i], n.decks[key][j] = n.decks[key][j], n.decks[key][i] })
	}
	word := n.decks[key][0]
	n.decks[key] = n.decks[key][1:]
	return word
}

// member is one of the cast, who is hired when first called.
func (n *newsroom) member(letter byte) newsPerson {
	p, ok := n.cast[letter]
	if ok {
		return p
	}
	if letter >= 'P' && letter <= 'R' {
		p = newsPerson{role: n.draw("unnamed")}
	} else {
		p = newsPerson{role: n.draw("role"), female: n.IntN(2) == 0, age: 20 + n.IntN(60)}
		key := "name.m"
		if p.female {
			key = "name.f"
		}
		p.given, p.family, _ = strings.Cut(n.draw(key), "/")
	}
	n.cast[letter] = p
	return p
}

// field fills one field of a template.
func (n *newsroom) field(name string) string {
	letter, part, _ := strings.Cut(name, ".")
	if len(letter) > 1 || name == "q" || name == "f" || name == "Q" {
		return n.draw(strings.ToLower(letter))
	}
	p := n.member(letter[0])
	either := func(m, f string) string {
		if p.female {
			return f
		}
		return m
	}
	switch part {
	case "":
		return p.full()
	case "last":
		return p.family
	case "role":
		return p.role
	case "Role":
		return upper(p.role)
	case "CAP":
		return strings.ToUpper(p.full())
	case "CAPLAST":
		return strings.ToUpper(p.family)
	case "num":
		return fmt.Sprint(p.age)
	}
	if forms, ok := newsPronouns[part]; ok {
		return either(forms[0], forms[1])
	}
	panic("no field " + name)
}

// newsPronouns are the forms for a man and for a woman.
var newsPronouns = map[string][2]string{"he": {"he", "she"}, "He": {"He", "She"}, "him": {"him", "her"},
	"his": {"his", "her"},
	"er":  {"er", "sie"}, "il": {"il", "elle"}, "ella": {"él", "ella"}, "Mr": {"MR.", "MS."}}

func upper(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

var (
	newsField   = regexp.MustCompile(`\{([A-Za-z.]+)\}`)
	beforeVowel = regexp.MustCompile(`\b([Aa]) ([aeiou])`)
	newsMark    = regexp.MustCompile(`<([A-Z-]) ([a-z]+): ([^>]*)>`)
)

// write makes one article of the moves of a layout: the first, and the others in any order.
func (n *newsroom) write(name, language string, moves []string) newsArticle {
	n.language, n.decks, n.cast = language, map[string][]string{}, map[byte]newsPerson{}
	moves = slices.Clone(moves)
	rest := moves[1:]
	n.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	a := newsArticle{name: name}
	var paras []string
	for _, move := range moves {
		for _, letter := range []byte("PQRXYZ") {
			delete(n.cast, letter)
		}
		for line := range strings.SplitSeq(strings.TrimSpace(move), "\n") {
			line = newsField.ReplaceAllStringFunc(line, func(f string) string { return n.field(f[1 : len(f)-1]) })
			if language == "en" {
				line = beforeVowel.ReplaceAllString(line, "${1}n $2")
			}
			paras = append(paras, n.rows(&a, line, len(paras)+1))
		}
	}
	a.text = strings.Join(paras, "\n")
	folded := strings.ToLower(a.text)
	for i, row := range a.rows { // a surname that the article never gives in full is all that can be known
		if len(row.speakers) > 1 && strings.Contains(folded, row.speakers[0]) {
			a.rows[i].speakers = row.speakers[:1]
		}
	}
	return a
}

// rows takes the angles out of a paragraph and notes what stood between them.
func (n *newsroom) rows(a *newsArticle, line string, para int) string {
	for {
		m := newsMark.FindStringSubmatchIndex(line)
		if m == nil {
			return line
		}
		words := strings.TrimRight(line[m[6]:m[7]], " ,")
		row := newsRow{para: para, start: m[0], end: m[0] + len(words), how: line[m[4]:m[5]]}
		if letter := line[m[2]]; letter != '-' {
			if p := n.member(letter); p.family != "" {
				row.speakers = []string{strings.ToLower(p.full()), strings.ToLower(p.family)}
			} else {
				row.speakers, row.unnamed = []string{p.role}, true
			}
		}
		a.rows = append(a.rows, row)
		line = line[:m[0]] + line[m[6]:m[7]] + line[m[1]:]
	}
}

// news makes the articles of a half: "dev" to look at while rules are written, "gate" to be measured alone.
func news(half string) []newsArticle {
	n := newNewsroom(half)
	data, _ := newsFiles.ReadFile("testdata/news/templates.txt")
	var all []newsArticle
	for at, layout := range strings.Split("\n"+string(data), "\n= ")[1:] {
		head, body, _ := strings.Cut(layout, "\n")
		name, language, _ := strings.Cut(head, " ")
		_, body, _ = strings.Cut(body, "- "+half+"\n")
		body, _, _ = strings.Cut(body, "\n- ")
		moves := strings.Split(strings.TrimSpace(body), "\n\n")
		count := newsTotal / newsLayouts / 2 // two or three of each
		if at%2 == 0 {
			count++
		}
		for i := range count {
			all = append(all, n.write(fmt.Sprintf("%s %s %d", half, name, i+1), language, moves))
		}
	}
	return all
}

// A newsTally counts what was found of the rows of some articles.
type newsTally struct {
	rows, found         map[string]int // quotations by how they are spoken, and those found
	right               map[string]int // of all rows, those with the right speaker
	wrong               int            // with a wrong speaker, or shown although nobody said it
	shown, beside, open int
}

// tally reads the articles.
func tally(t *testing.T, articles []newsArticle, verbose bool) newsTally {
	c := newsTally{rows: map[string]int{}, found: map[string]int{}, right: map[string]int{}}
	for _, a := range articles {
		d := document(a.text)
		got := Find(nil, d)
		check(t, d, got)
		used := make([]bool, len(got))
		for _, row := range a.rows {
			c.rows[row.how]++
			text := d.Passages[row.para-1].Text
			i := slices.IndexFunc(got, func(q Quotation) bool {
				return q.Ref.N == row.para && abs(q.Start-row.start) <= 2 && abs(q.End-row.end) <= 2
			})
			speaker, verdict := "", "missing"
			if i >= 0 {
				used[i] = true
				speaker = strings.ToLower(got[i].Speaker)
				c.found[row.how]++
			}
			switch {
			case row.how == "none" && speaker != "", row.how == "open" && speaker != "":
				c.wrong++
				verdict = "wrong"
			case row.how == "none", row.how == "open" && i >= 0:
				verdict = ""
				c.right[row.how]++
			case row.isBy(speaker):
				verdict = ""
				c.right[row.how]++
			case speaker != "":
				c.wrong++
				verdict = "wrong"
			case i >= 0:
				c.open++
				verdict = "open"
			}
			if verdict != "" && verbose {
				t.Logf("%s ¶%d %s %s %q: %q, want %q\n\t%s", a.name, row.para, row.how, verdict, text[row.start:row.end], speaker,
					row.speakers, text)
			}
		}
		for i, q := range got {
			if !used[i] {
				c.beside++
				if verbose {
					t.Logf("%s ¶%d beside: %q of %q\n\t%s", a.name, q.Ref.N, q.Words, q.Speaker, d.Passages[q.Ref.N-1].Text)
				}
			}
		}
		c.shown += len(got)
	}
	return c
}

func abs(n int) int { return max(n, -n) }

// isBy reports whether a speaker, in lower case, is the one of the row.
func (r newsRow) isBy(speaker string) bool {
	return slices.ContainsFunc(r.speakers, func(want string) bool {
		return speaker == want || r.unnamed && strings.HasSuffix(speaker, " "+want)
	})
}

// share is how many of the quotations of some kinds have the right speaker.
func (c newsTally) share(kinds ...string) float64 {
	rows, right := 0, 0
	for _, k := range kinds {
		rows += c.rows[k]
		right += c.right[k]
	}
	return float64(right) / float64(max(rows, 1))
}

func (c newsTally) words() float64 {
	rows, found := 0, 0
	for k, n := range c.rows {
		if k != "none" {
			rows += n
			found += c.found[k]
		}
	}
	return float64(found) / float64(rows)
}

func (c newsTally) total() int {
	n := 0
	for _, k := range c.rows {
		n += k
	}
	return n
}

func (c newsTally) String() string {
	return fmt.Sprintf("name %.3f, pronoun %.3f, role %.3f, carried %.3f, not said %.3f, open %.3f; words %.3f; "+
		"wrong %.3f; %d beside; %v",
		c.share("name"), c.share("pron"), c.share("role"), c.share("carry"), c.share("none"), c.share("open"), c.words(),
		float64(c.wrong)/float64(c.total()), c.beside, c.rows)
}

// TestNewsIsMade holds the generator to what it says of itself: each row is a slice of its paragraph, each half has
// thirty articles, and the same seed makes the same.
func TestNewsIsMade(t *testing.T) {
	for _, half := range []string{"dev", "gate"} {
		articles := news(half)
		if len(articles) != newsTotal/2 {
			t.Errorf("%s: %d articles, want %d", half, len(articles), newsTotal/2)
		}
		for i, a := range news(half) {
			if a.text != articles[i].text || len(a.rows) == 0 {
				t.Errorf("%s is not made twice alike", a.name)
			}
			paras := strings.Split(a.text, "\n")
			for _, r := range a.rows {
				if r.end > len(paras[r.para-1]) || r.start >= r.end || strings.ContainsAny(a.text, "{}<>") {
					t.Errorf("%s ¶%d: no row %d–%d in %q", a.name, r.para, r.start, r.end, paras[r.para-1])
				}
			}
		}
	}
}

// TestNews measures both halves. What development misses is printed with -v; the gate is a number, so that nobody
// writes rules for it.
func TestNews(t *testing.T) {
	for half, verbose := range map[string]bool{"dev": testing.Verbose(), "gate": false} {
		t.Run(half, func(t *testing.T) {
			c := tally(t, news(half), verbose)
			t.Log(c)
			for _, least := range []struct {
				what      string
				got, want float64
			}{
				{"by name", c.share("name"), 0.92}, {"by pronoun", c.share("pron"), 0.85}, {"by role", c.share("role"), 0.85},
				{"carried", c.share("carry"), 0.85}, {"not said", c.share("none"), 0.85}, {"words found", c.words(), 0.98},
				{"not wrong", 1 - float64(c.wrong)/float64(c.total()), 0.96},
			} {
				if least.got < least.want {
					t.Errorf("%s: %.3f, want at least %.2f", least.what, least.got, least.want)
				}
			}
		})
	}
}
