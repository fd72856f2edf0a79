package paragraph

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
)

// A tracked paragraph is one whose identity is known, however it is edited. A copy is the same paragraph until one of
// the two changes; then either may be taken for what became of it.
type tracked struct {
	id, origin int
	text       string
}

// An editor edits a document as people do, and knows which paragraph is which.
type editor struct {
	*rand.Rand
	next       int
	paragraphs []tracked
}

// sentence writes words of a small vocabulary, so that paragraphs are like each other; now and then from a form, of
// which only a day differs.
func (e *editor) sentence() string {
	if e.IntN(5) == 0 {
		return fmt.Sprintf("On day %d the harbor is open from nine to five, and the ferry to Oster sails twice.", e.IntN(9))
	}
	words := make([]string, 4+e.IntN(40))
	for i := range words {
		words[i] = fmt.Sprintf("w%d", e.IntN(120))
	}
	return strings.Join(words, " ")
}

func (e *editor) insert() {
	e.next++
	e.paragraphs = slices.Insert(e.paragraphs, e.IntN(len(e.paragraphs)+1), tracked{e.next, e.next, e.sentence()})
}

// edit makes one edit of a kind.
func (e *editor) edit(kind int) {
	if len(e.paragraphs) < 2 {
		e.insert()
		return
	}
	i, j := e.IntN(len(e.paragraphs)), e.IntN(len(e.paragraphs))
	switch kind {
	case 0:
		e.insert()
	case 1:
		e.paragraphs = slices.Delete(e.paragraphs, i, i+1)
	case 2: // a few words
		words := strings.Fields(e.paragraphs[i].text)
		for range 1 + e.IntN(3) {
			words[e.IntN(len(words))] = fmt.Sprintf("n%d", e.IntN(1000))
		}
		e.paragraphs[i].text = strings.Join(words, " ")
	case 3:
		p := e.paragraphs[i]
		e.paragraphs = slices.Insert(slices.Delete(e.paragraphs, i, i+1), min(j, len(e.paragraphs)-1), p)
	case 4:
		e.paragraphs[i], e.paragraphs[j] = e.paragraphs[j], e.paragraphs[i]
	case 5:
		e.next++
		e.paragraphs = slices.Insert(e.paragraphs, j, tracked{e.next, e.paragraphs[i].origin, e.paragraphs[i].text})
	}
}

func (e *editor) document(slug string) article.Document {
	d := article.Document{Slug: slug, Title: slug}
	for i, p := range e.paragraphs {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: slug, N: i + 1}, Text: p.text})
	}
	return d
}

// A fateCount says what became of the paragraphs of edited documents.
type fateCount struct {
	t    *testing.T
	name string
	seen map[string]int
}

// edited looks for each paragraph of before in what the editor has made of it, among other documents. The text is
// always found while it is there, and what is opened as the cited paragraph is its text.
func (c fateCount) edited(before article.Document, e *editor, was []tracked, now article.Document,
	others ...article.Document) {
	c.t.Helper()
	sketches := sketchesOf(nil, before)
	for i, p := range was {
		a, ok := readAnchor(anchorOf(p.text).around(before, sketches, i+1).write(anchorChars))
		if !ok {
			c.t.Fatal("an anchor that cannot be read")
		}
		at := slices.IndexFunc(e.paragraphs, func(o tracked) bool { return o.id == p.id })
		there := slices.ContainsFunc(e.paragraphs, func(o tracked) bool { return o.text == p.text })
		kind := "unchanged"
		switch {
		case there: // it, or another of the same text
		case at >= 0:
			kind = "changed"
		default:
			kind = "removed"
		}
		w := locate(append(others, now), before.Slug, i+1, a)
		what, shown := kind, tracked{}
		if w.fate != gone && w.document.Slug == now.Slug {
			shown = e.paragraphs[w.from-1]
		}
		switch w.fate {
		case here, moved, away:
			what += " opened"
			if w.document.Passages[w.from-1].Text != p.text {
				c.t.Errorf("%s: ¶%d opens as another text", c.name, i+1)
			}
			if shown.id != p.id && at >= 0 && e.paragraphs[at].text == p.text {
				what += " at a copy"
			}
		case changed:
			if what += " shown as changed"; shown.origin != p.origin {
				what += ", wrong"
			}
		case replaced:
			what += " replaced"
		case gone:
			what += " gone"
		}
		if there && (w.fate == gone || w.fate == changed || w.fate == replaced) {
			c.t.Errorf("%s: ¶%d is there and is %s", c.name, i+1, what)
		}
		c.seen[kind]++
		c.seen[what]++
	}
}

// report holds the counts to bounds: the share of the changed paragraphs that are found, and of those whose text is
// gone that open as another.
func (c fateCount) report(found, wrong float64) {
	c.t.Helper()
	for _, k := range slices.Sorted(maps.Keys(c.seen)) {
		c.t.Logf("%-40s %6d", k, c.seen[k])
	}
	if n := c.seen["changed shown as changed"]; float64(n) < found*float64(c.seen["changed"]) {
		c.t.Errorf("of %d that changed, %d are found", c.seen["changed"], n)
	}
	n, lost := c.seen["changed shown as changed, wrong"]+c.seen["removed shown as changed, wrong"],
		c.seen["changed"]+c.seen["removed"]
	if float64(n) > wrong*float64(lost) {
		c.t.Errorf("of %d whose text is gone, %d open as another that is said to be a change of them", lost, n)
	}
}

// TestWhereabouts edits documents at random whose paragraphs are like each other, a fifth of them but for one word.
func TestWhereabouts(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	count := fateCount{t: t, seen: map[string]int{}}
	for seed := range uint64(4000) {
		e := &editor{Rand: rand.New(rand.NewPCG(seed, 5))}
		for range 2 + e.IntN(30) {
			e.insert()
		}
		before, was := e.document("sea"), slices.Clone(e.paragraphs)
		for range 1 + e.IntN(8) {
			e.edit(e.IntN(6))
		}
		slug := "sea"
		if e.IntN(4) == 0 {
			slug = "ocean" // renamed
		}
		other := &editor{Rand: e.Rand}
		for range 1 + e.IntN(20) {
			other.insert()
		}
		count.name = fmt.Sprint("seed ", seed)
		count.edited(before, e, was, e.document(slug), other.document("a"))
	}
	count.report(.45, .002)
}

// TestWhereaboutsInRealText does the same to the built-in document.
func TestWhereaboutsInRealText(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	corpus, err := article.Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	count := fateCount{t: t, seen: map[string]int{}}
	for _, d := range corpus.Documents() {
		for seed := range uint64(500) {
			e := &editor{Rand: rand.New(rand.NewPCG(seed, 6))}
			for _, p := range d.Passages {
				e.next++
				e.paragraphs = append(e.paragraphs, tracked{e.next, e.next, p.Text})
			}
			was := slices.Clone(e.paragraphs)
			for range 1 + e.IntN(8) {
				e.edit(e.IntN(6))
			}
			count.name = fmt.Sprint(d.Slug, ", seed ", seed)
			count.edited(d, e, was, e.document(d.Slug))
		}
	}
	count.report(.75, .01)
}

func TestAnchorIsReadBack(t *testing.T) {
	e := &editor{Rand: rand.New(rand.NewPCG(1, 2))}
	for range 5 {
		e.insert()
	}
	d := e.document("sea")
	for n := 1; n <= 5; n++ {
		a := anchorOf(e.paragraphs[n-1].text).around(d, sketchesOf(nil, d), n)
		for most := range 30 {
			s := a.write(most)
			if len(s) > most || most >= textChars+sketchChars && s == "" {
				t.Errorf("%d characters: %q", most, s)
			}
			if got, ok := readAnchor(s); ok != (s != "") || ok && (!got.is(e.paragraphs[n-1].text) || got.write(most) != s) {
				t.Errorf("%d characters: %q reads as %+v", most, s, got)
			}
		}
	}
}

func FuzzLocate(f *testing.F) {
	f.Add("abcdefghi...abc", 2)
	f.Add("0a1b2c", 1)
	f.Add("abcde\n\n\n\nabcdef", 2)
	f.Add("é\x00\xff............", -5)
	e := &editor{Rand: rand.New(rand.NewPCG(3, 4))}
	for range 6 {
		e.insert()
	}
	d := e.document("sea")
	f.Fuzz(func(t *testing.T, written string, n int) {
		a, ok := readAnchor(written)
		if !ok {
			return
		}
		w := locate([]article.Document{d}, "sea", n, a)
		if w.fate != gone && (w.from < 1 || w.from > w.to || w.to > len(d.Passages)) {
			t.Errorf("%+v", w)
		}
	})
}
