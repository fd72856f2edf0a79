package static

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/words"
)

func TestSuite(t *testing.T) { ragtest.TestEmbedder(t, func() rag.Embedder { return New() }) }

func TestBuiltInTableIsWhole(t *testing.T) {
	table := New().table
	if err := table.check(builtIn); err != nil {
		t.Fatal(err)
	}
	const most, dimensions = 8 << 20, 256
	if len(builtIn) > most || table.dimension > dimensions {
		t.Errorf("the table has %d bytes and %d dimensions, want at most %d and %d", len(builtIn), table.dimension, most,
			dimensions)
	}
	t.Logf("%d bytes, %d words, %d stems, %d buckets, %d dimensions, %s", len(builtIn), table.words, table.stems,
		table.buckets,
		table.dimension, New().Model())
}

// TestModelNamesTheTable: another table must not have the name under which vectors of this one are stored.
func TestModelNamesTheTable(t *testing.T) {
	other := bytes.Clone(builtIn)
	other[32] ^= 1 // the first byte of the checksum
	table, err := readTable(other)
	if err != nil {
		t.Fatal(err)
	}
	if e := (&Embedder{table: table}); e.Model() == New().Model() {
		t.Errorf("two tables have the name %q", e.Model())
	}
}

func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// TestNearness is about what each way of reading a word is for: the first two texts must be nearer to each other than
// the first and the third.
func TestNearness(t *testing.T) {
	table := New().table
	for _, c := range []struct{ rule, text, near, far string }{
		{"words of like meaning", "the doctor cured the patient", "a physician healed someone sick",
			"the lawyer sued the company"},
		{"words of like meaning", "ships waited in the harbor", "vessels anchored off the port",
			"students waited in the classroom"},
		{"an inflected form has its stem's row", "unshackling", "unshackle", "wednesdays"},
		{"unknown words by their letters", "quvoltrimite", "quvoltrimites", "zabbenfork"},
		{"unknown words by their letters, apart from what else is said", "the Quvoltrim opened", "Quvoltrim", "Zabbenfork"},
		{"another script by its letters", "حکومت نے اعلان کیا", "حکومت کا اعلان", "بارش کل رات ہوئی"},
		{"another script by its letters", "правительство объявило", "правительства", "дождь идёт"},
		{"a script without spaces", "政府は発表した", "政府の発表", "雨が降る"},
		{"years share a row", "in 1871", "1954", "the harbor"},
		{"an accent and a capital change nothing", "Café Müller", "cafe muller", "Hotel Meier"},
	} {
		text := table.vector(c.text, nil)
		near, far := cosine(text, table.vector(c.near, nil)), cosine(text, table.vector(c.far, nil))
		if near <= far+0.1 {
			t.Errorf("%s: %q is as near to %q (%.2f) as to %q (%.2f)", c.rule, c.text, c.far, far, c.near, near)
		}
	}
}

// TestRepeatedWordsAreDamped: a word that is said nine times counts three times, so that it does not drown the others.
func TestRepeatedWordsAreDamped(t *testing.T) {
	table := New().table
	once := table.vector("harbor potato", nil)
	many := table.vector(strings.Repeat("harbor ", 9)+"potato", nil)
	sum := make([]float32, table.dimension)
	rows := []int{mustFind(t, table, "harbor"), mustFind(t, table, "potato")}
	slices.Sort(rows)
	for _, row := range rows {
		factor := float32(1)
		if string(table.key(row)) == "harbor" {
			factor = 3
		}
		table.addRow(sum, row, factor)
	}
	scaleToUnit(sum)
	if !slices.Equal(many, sum) {
		t.Errorf("nine times a word is not its row times three: cosine %v; beside one each %v", cosine(many, sum),
			cosine(many, once))
	}
}

func mustFind(t *testing.T, table *table, word string) int {
	t.Helper()
	row, ok := table.find(word)
	if !ok {
		t.Fatalf("the table has no %q", word)
	}
	return row
}

func TestOrderOfWordsChangesNoBit(t *testing.T) {
	table := New().table
	text := strings.Fields("ferries crossed the swollen river while engineers checked cracks of the Quvoltrim bridge " +
		"and the harbor")
	want := table.vector(strings.Join(text, " "), nil)
	slices.Reverse(text)
	got := table.vector(strings.Join(text, " "), nil)
	if cosine(got, want) < 1-1e-6 {
		t.Errorf("reversed: cosine %v", cosine(got, want))
	}
	known := strings.Fields("ferries crossed the swollen river while engineers checked cracks of the bridge and the " +
		"harbor")
	want = table.vector(strings.Join(known, " "), nil)
	slices.Reverse(known)
	if got := table.vector(strings.Join(known, " "), nil); !slices.Equal(got, want) {
		t.Error("the words of the table in another order gave other bits")
	}
}

func TestEveryTextHasADirection(t *testing.T) {
	table := New().table
	for _, text := range []string{"", " ", "?!", "¶", "\x00", "\xff\xfe", "👩‍👩‍👧", "the of and", "a", "'", "...", "42",
		"１２"} {
		v := table.vector(text, nil)
		if _, err := rag.Unit(v); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	if slices.Equal(table.vector("?!", nil), table.vector("¶", nil)) {
		t.Error("texts without words have one vector")
	}
}

func TestScaleToUnit(t *testing.T) {
	for _, v := range [][]float32{{0, 0}, {float32(math.NaN()), 1}, {1e-9, 0}, nil} {
		before := slices.Clone(v)
		if scaleToUnit(v) || !slices.EqualFunc(v, before, func(a, b float32) bool { return a == b || a != a && b != b }) {
			t.Errorf("%v became %v", before, v)
		}
	}
}

func TestNumbersShareRows(t *testing.T) {
	for word, want := range map[string]string{"1871": yearNumber, "2054": yearNumber, "0999": anyNumber, "2154": anyNumber,
		"7":     anyNumber,
		"1,204": anyNumber, "19th": anyNumber, "187a": anyNumber} {
		if got := numberRow(word); got != want {
			t.Errorf("%q reads as %q, want %q", word, got, want)
		}
	}
}

// TestTokensAreTheTools: the tool cuts texts with rules of its own, which must give the words that the program looks
// up.
func TestTokensAreTheTools(t *testing.T) {
	table := New().table
	for _, text := range []string{"The U.S. didn't say; Müller's café re-opened in 1994, with 1,204 guests.",
		"naïve coöperation — it’s"} {
		for _, token := range words.Tokenize(text) {
			if _, ok := table.row(&token); !ok && token.Text != "muller" {
				t.Errorf("%q: %q has no row", text, token.Text)
			}
		}
	}
}

// TestRecentWordsChangeNoBit reads texts alone and in batches, with more unknown words than are kept between them.
func TestRecentWordsChangeNoBit(t *testing.T) {
	e := New()
	var texts []string
	for i := range 60 {
		words := []string{"Ferries crossed on 3 May 1871", "ferries", "x² and x2", "правительство", "Ünknown", "U.S. us US"}
		for k := range 100 {
			words = append(words, fmt.Sprintf("quvol%c%c%c", 'a'+(i*k)%26, 'a'+(i+k)%26, 'a'+k%23))
		}
		texts = append(texts, strings.Join(words, " "))
	}
	for range 2 {
		vectors, err := e.Embed(t.Context(), rag.Passage, texts)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range texts {
			if !slices.Equal(vectors[i], e.table.vector(text, nil)) {
				t.Fatalf("text %d has another vector in a batch", i)
			}
		}
	}
}

func TestRecentWordsAreBounded(t *testing.T) {
	recent := recentWords{}
	for i := range maxRecent + 50 {
		word := fmt.Sprint(i)
		recent.keep(word, i)
		if row, ok := recent[word]; len(recent) > maxRecent || !ok || row != i {
			t.Fatalf("after %d words %d are kept, the last as %d", i+1, len(recent), row)
		}
	}
	if len(recent) != maxRecent {
		t.Errorf("%d words are kept, want %d", len(recent), maxRecent)
	}
}
