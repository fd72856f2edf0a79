package commands

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
)

// A tracked paragraph is one whose identity is known, however it is edited. A copy is the same paragraph until one of the two changes;
// then either may be taken for what became of it.
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

// sentence writes words of a small vocabulary, so that paragraphs are like each other; now and then from a form, of which only a day
// differs.
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

// TestWhereabouts edits documents at random, and looks for every paragraph by what a button knows of it: what is shown as the cited
// paragraph is its text, or what became of it; and the text is always found while it is there.
func TestWhereabouts(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(4000) {
		e := &editor{Rand: rand.New(rand.NewPCG(seed, 5))}
		for range 2 + e.IntN(30) {
			e.insert()
		}
		before, was := e.document("sea"), slices.Clone(e.paragraphs)
		sketches := sketchesOf(before)
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
		documents := []article.Document{other.document("a"), e.document(slug)}
		for i, p := range was {
			a, ok := readAnchor(anchorOf(p.text).around(before, sketches, i+1).write(anchorChars))
			if !ok {
				t.Fatal("an anchor that cannot be read")
			}
			now := slices.IndexFunc(e.paragraphs, func(o tracked) bool { return o.id == p.id })
			there := slices.ContainsFunc(e.paragraphs, func(o tracked) bool { return o.text == p.text })
			kind := "unchanged"
			switch {
			case there: // it, or another of the same text
			case now >= 0:
				kind = "changed"
			default:
				kind = "removed"
			}
			w := locate(documents, "sea", i+1, a)
			what := kind
			shown := tracked{}
			if w.fate != gone && w.document.Slug == slug {
				shown = e.paragraphs[w.from-1]
			}
			switch w.fate {
			case here, moved, away:
				what += " opened"
				if w.document.Passages[w.from-1].Text != p.text {
					t.Errorf("seed %d: ¶%d opens as another text", seed, i+1)
				}
				if shown.id != p.id && now >= 0 && e.paragraphs[now].text == p.text {
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
				t.Errorf("seed %d: ¶%d is there and is %s", seed, i+1, what)
			}
			seen[kind]++
			seen[what]++
		}
	}
	wrong := seen["changed shown as changed, wrong"] + seen["removed shown as changed, wrong"]
	if lost := seen["changed"] + seen["removed"]; wrong > lost/500 {
		t.Errorf("of %d whose text is gone, %d open as another that is said to be a change of them", lost, wrong)
	}
	if found := seen["changed shown as changed"]; found < seen["changed"]*4/10 {
		t.Errorf("of %d that changed, %d are found", seen["changed"], found)
	}
	for _, k := range slices.Sorted(maps.Keys(seen)) {
		t.Logf("%-40s %6d", k, seen[k])
	}
}

func TestAnchorIsReadBack(t *testing.T) {
	e := &editor{Rand: rand.New(rand.NewPCG(1, 2))}
	for range 5 {
		e.insert()
	}
	d := e.document("sea")
	for n := 1; n <= 5; n++ {
		a := anchorOf(e.paragraphs[n-1].text).around(d, sketchesOf(d), n)
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

// BenchmarkAnchors gives ten buttons of a document of 1,000 paragraphs what they carry of its neighbors, when it has been read.
func BenchmarkAnchors(b *testing.B) {
	files := fstest.MapFS{}
	e := &editor{Rand: rand.New(rand.NewPCG(1, 2))}
	var text strings.Builder
	for range 1000 {
		text.WriteString(e.sentence() + "\n\n")
	}
	files["sea.txt"] = &fstest.MapFile{Data: []byte(text.String())}
	table := newTable(b, files)
	edition := table.engine.Edition()
	d, _ := edition.Corpus.Document("sea")
	for b.Loop() {
		var actions []Action
		for n := range maxActions {
			actions = append(actions, receipt(pilcrow(n+1), d.Passages[90*n], nil))
		}
		table.anchorActions(actions, edition)
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

// TestCitedParagraphs reads a document as it was, cites, edits the file, and opens what was cited.
func TestCitedParagraphs(t *testing.T) {
	const (
		sea     = "The sea off Skarvik is cold all year round."
		storm   = "A storm broke the lantern in 1902, and it took eleven months to repair it."
		storm3  = "A storm broke the lantern in 1903, and it took eleven months to repair it."
		keeper  = "Since 1984 the light has worked without a keeper."
		harbor  = "The harbor freezes in January."
		tourism = "Visitors come for the puffins, and stay for the soup."
	)
	file := func(paragraphs ...string) string { return strings.Join(paragraphs, "\n\n") + "\n" }
	for _, c := range []struct {
		name, slug, text string
		want             []string
		not              string
	}{
		{"the same", "light", file(sea, storm, keeper), []string{storm + " [¶2]"}, "answer"},
		{"moved", "light", file(harbor, sea, storm, keeper), []string{storm + " [¶3]", "this was ¶2, and is ¶3 today."}, ""},
		{"changed", "light", file(sea, storm3, keeper), []string{storm3 + " [¶2]", "has changed since that answer"}, ""},
		{"changed and moved", "light", file(harbor, sea, storm3, keeper), []string{storm3 + " [¶3]", "has changed since"}, ""},
		{"replaced", "light", file(sea, tourism, keeper), []string{tourism + " [¶2]", "no longer in the document. This stands in its place."}, ""},
		{"split", "light", file(sea, "A storm broke the lantern in 1902.", "And it took eleven months to repair it.", keeper), []string{"[¶2]"}, ""},
		{"removed", "light", file(sea, keeper), []string{"The paragraph that was cited (¶2 then) is no longer in “Light”.", "still there"}, "storm"},
		{"renamed", "lamp", file(sea, storm, keeper), []string{storm, "cited from another document"}, ""},
		{"renamed and changed", "lamp", file(sea, storm3, keeper), []string{storm3, "has changed since"}, ""},
		{"renamed and removed", "lamp", file(sea, keeper), []string{"no longer in the documents."}, "storm"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{"light.txt": {Data: []byte(file(sea, storm, keeper))}, "other.txt": {Data: []byte(file(harbor, tourism))}}
			table := newTable(t, files)
			in := Input{Args: Args{"question": "How long did it take to repair the lantern?"}, From: Chat}
			button := run(t, table, "ask", in).Actions[0]
			if got := len(button.Args[textParam]); got != anchorChars || !button.fits() {
				t.Fatalf("%d characters of anchor in %+v", got, button)
			}
			delete(files, "light.txt")
			files[c.slug+".txt"] = &fstest.MapFile{Data: []byte(c.text)}
			run(t, table, "reload", Input{Admin: true})
			r := run(t, table, button.Command, Input{Args: button.Args, From: Chat})
			for _, want := range c.want {
				if !strings.Contains(text(r), want) {
					t.Errorf("no %q in:\n%s", want, text(r))
				}
			}
			if c.not != "" && strings.Contains(text(r), c.not) {
				t.Errorf("%q in:\n%s", c.not, text(r))
			}
			hidden := run(t, table, button.Command, Input{Args: button.Args, From: Chat, Scope: []string{"other"}})
			if !hidden.Nothing || strings.Contains(strings.ToLower(text(hidden)), "light") {
				t.Errorf("a document out of scope shows:\n%s", text(hidden))
			}
		})
	}
}

// TestOldButtons opens what buttons say that were made before a button knew of its neighbors.
func TestOldButtons(t *testing.T) {
	table := newTable(t, folder)
	const storm = "A storm broke the lantern in 1902, and it took eleven months to repair it."
	sum := sha256.Sum256([]byte(storm))
	for mark, want := range map[string]string{hex.EncodeToString(sum[:3]): storm, "000000": "no longer in “The lighthouse at Skarvik”"} {
		r := run(t, table, paragraphCommand, Input{Args: Args{"number": "2", "document": "lighthouse", textParam: mark}, From: Chat})
		if !strings.Contains(text(r), want) {
			t.Errorf("%s opens\n%s", mark, text(r))
		}
	}
}
