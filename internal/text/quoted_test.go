package text

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/steps"
)

// quotedCases hold a text by itself and what is quoted in it.
var quotedCases = []struct {
	text string
	want []string
}{
	{`He said “no” and left.`, []string{"no"}},
	{`It was bad," he said.`, []string{"It was bad,"}},
	{`He said, "It was bad.`, []string{"It was bad."}},
	{`It was bad,” he said, “and it got worse.`, []string{"It was bad,", "and it got worse."}},
	{`A “first” and "second" one.`, []string{"first", "second"}},
	{`“She shouted "stop" twice,” he said.`, []string{`She shouted "stop" twice,`}},
	{`The 6'2" engineer had a 12" ruler.`, nil},
	{`The pipe of 12" is "too wide" for us.`, []string{"too wide"}},
	{`„Es geht“, sagte er. »Nein.«`, []string{"Es geht", "Nein."}},
	{`« Oui », dit-il.`, []string{"Oui"}},
	{`The boys' boat isn't theirs.`, nil},
	{`'We don't own it,' he said.`, []string{"We don't own it,"}},
	{`「行くの？」と彼は聞いた。`, []string{"行くの？"}},
	{`One "mark" too" many.`, []string{`mark" too`}},
	{`The 6' 2" door, the 5’10½" frame and the 3' 4¼" shelf.`, nil},
	{`"We won 3 2" was painted there.`, []string{"We won 3 2"}},
	{`'2" nails are short.`, nil},
	{`The sign said "the wall is 6'2." in red.`, []string{"the wall is 6'2."}},
	{`She wrote"no"twice.`, []string{"no"}},
	{`They saw the ‘Hall and the ‘Inn.`, nil},
	{`اس نے کہا: ”یہ پل ہمارا ہے۔“ پھر کہا: ”ہاں“، اور گیا۔`, []string{"یہ پل ہمارا ہے۔", "ہاں"}},
	{`اس نے کہا: “یہ پل ہمارا ہے۔” پھر کہا: “ہاں”، اور گیا۔`, []string{"یہ پل ہمارا ہے۔", "ہاں"}},
	{`„Das Wort ‚پل‘ heißt Brücke“, sagte er, „und پل“ auch.`, []string{"Das Wort ‚پل‘ heißt Brücke", "und پل"}},
	{`He said “پل” and “bridge” twice.`, []string{"پل", "bridge"}},
	{`Nothing here.`, nil},
	{``, nil},
}

func TestQuoted(t *testing.T) {
	for _, c := range quotedCases {
		var got []string
		for _, q := range Quoted(c.text) {
			got = append(got, q.Of(c.text))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestQuotations: a quotation goes on over paragraphs that begin with its mark again.
func TestQuotations(t *testing.T) {
	paragraphs := []string{`She spoke. "It was old.`, `"It was narrow," she said.`, `Nothing.`}
	found, beyond := Quotations(nil, paragraphs)
	if beyond != 0 || len(found) != 2 || !found[0].RunsOn || !found[1].Continues || found[1].Paragraph != 1 ||
		found[0].Of(paragraphs[0]) != "It was old." || found[1].Of(paragraphs[1]) != "It was narrow," {
		t.Errorf("%+v, %d beyond", found, beyond)
	}
	apostrophes := strings.Repeat("l'eau, l’or et Hawai‘i ", MaxMarks) + "« oui »"
	if found, beyond = Quotations(nil, []string{apostrophes}); beyond != 0 || len(found) != 1 {
		t.Errorf("%d quotations among apostrophes, %d paragraphs with more", len(found), beyond)
	}
	long := strings.Repeat(`"a" `, MaxMarks)
	if found, beyond = Quotations(nil, []string{long}); beyond != 1 || len(found) != MaxMarks/2 {
		t.Errorf("%d quotations, %d paragraphs with more", len(found), beyond)
	}
}

// TestQuotationsElided: the apostrophe of a word that is always printed so opens nothing, though the quotation behind
// it never ends.
func TestQuotationsElided(t *testing.T) {
	for text, want := range map[string]string{
		`Tell ‘em the "truth is the boys’ own.`:        "truth is the boys’ own.",
		`Tell 'em the "truth is the boys' own.`:        "truth is the boys' own.",
		`Fish ' chips and "peas are the boys' own.`:    "peas are the boys' own.",
		`They said ‘then the "truth is the boys’ own.`: `then the "truth is the boys`,
	} {
		found, _ := Quotations(nil, []string{text})
		if len(found) != 1 || found[0].Of(text) != want {
			t.Errorf("%s is read as %+v, want %q", text, found, want)
		}
	}
}

// TestQuotationsBeyond: a quotation that is open where the reading of a paragraph ends does not swallow the next one.
func TestQuotationsBeyond(t *testing.T) {
	paragraphs := []string{`A 12" board. ` + strings.Repeat(`"a" `, MaxMarks/2), `"It is plain," she said. "It is."`}
	found, beyond := Quotations(nil, paragraphs)
	var next []string
	for _, q := range found {
		if q.Paragraph == 1 && !q.Continues {
			next = append(next, q.Of(paragraphs[1]))
		}
	}
	if want := []string{"It is plain,", "It is."}; beyond != 1 || !slices.Equal(next, want) {
		t.Errorf("the next paragraph has %q, want %q; %d beyond", next, want, beyond)
	}
}

// TestQuotationsStopped: a counter that has no more steps ends the reading, while marks are listed and while they are
// paired.
func TestQuotationsStopped(t *testing.T) {
	paragraphs := []string{`"It is plain," she said.`}
	for _, left := range []int64{2, 4} {
		if found, _ := Quotations(steps.AtMost(left), paragraphs); found != nil {
			t.Errorf("with %d steps: %+v", left, found)
		}
	}
}

// FuzzQuoted: spans lie in the text, in order, with their marks around them, and every double mark is of one of them or
// of inches.
func FuzzQuoted(f *testing.F) {
	for _, c := range quotedCases {
		f.Add(c.text)
	}
	f.Add("\xff\"\xfe“’")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, q := range Quoted(text) {
			if q.From < at || q.Start < q.From || q.End <= q.Start || q.To < q.End || q.To > len(text) {
				t.Fatalf("%+v after %d in %q", q, at, text)
			}
			at = q.To
		}
	})
}
