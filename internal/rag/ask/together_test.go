package ask

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/review"
)

const togetherText = `# Compression

Enable it. Write this:

` + "```caddy\nexample.com {\n\tencode gzip\n}\n```" + `

It needs:

- a file
- a server

Then stop it like this:

1. Ask.
2. Stop.

So it ends.

` + "```\nstop\n```"

// What is read together is shown together: what a sentence announces, what announces a piece, and code whole.
func TestTogether(t *testing.T) {
	d, err := article.Parse("d.md", []byte(togetherText))
	if err != nil {
		t.Fatal(err)
	}
	documents, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	at := func(n int, text string) review.Sentence {
		return review.Sentence{Text: text, Citations: []article.Ref{{Slug: "d", N: n}}}
	}
	const code = "2 example.com {\n\tencode gzip\n}"
	for _, c := range []struct {
		name string
		in   []review.Sentence
		want string
	}{
		{"announced code", []review.Sentence{at(1, "Write this:")}, "1 Write this:|" + code},
		{"not announced by another sentence", []review.Sentence{at(1, "Enable it.")}, "1 Enable it."},
		{"a piece of code", []review.Sentence{at(2, "encode gzip")}, "1 Write this:|" + code},
		{"both", []review.Sentence{at(1, "Write this:"), at(2, "encode gzip")}, "1 Write this:|" + code},
		{"a list", []review.Sentence{at(3, "It needs:")}, "3 It needs:|4 a file|5 a server"},
		{"an item", []review.Sentence{at(5, "a server")}, "3 It needs:|5 a server"},
		{"prose", []review.Sentence{at(9, "So it ends.")}, "9 So it ends."},
		{"a step", []review.Sentence{at(8, "Stop.")}, "6 Then stop it like this:|7 1. Ask.|8 2. Stop."},
		{"code that nothing announces", []review.Sentence{at(10, "stop")}, "10 stop"},
		{"a model's words before code", []review.Sentence{at(1, "Compression is enabled with a directive.")},
			"1 Compression is enabled with a directive.|" + code},
		{"a model's words about code", []review.Sentence{at(2, "The directive is named encode.")},
			"2 The directive is named encode.|" + code},
		{"a model's words before a list", []review.Sentence{at(3, "A file and a server are needed.")},
			"3 A file and a server are needed."},
	} {
		var got []string
		for _, s := range together(&corpus.Edition{Corpus: documents}, c.in) {
			got = append(got, strings.TrimPrefix(s.Citations[0].String(), "d ¶")+" "+s.Text)
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, text, c.want)
		}
	}
}

// Long code is cut at the end of a line, and a long list is not poured out.
func TestTogetherIsBounded(t *testing.T) {
	text := "Run:\n\n```\n" + strings.Repeat("a line of code\n", 300) + "```\n\nList:\n\n" +
		strings.Repeat("- an item\n", 100)
	d, err := article.Parse("d.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	documents, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	got := together(&corpus.Edition{Corpus: documents}, []review.Sentence{{Text: "Run:", Citations: []article.Ref{{Slug: "d", N: 1}}}})
	if len(got) != 2 || len(got[1].Text) > maxTogetherBytes || !strings.HasSuffix(got[1].Text, "a line of code") {
		t.Errorf("%d sentences", len(got))
	}
	got = together(&corpus.Edition{Corpus: documents}, []review.Sentence{{Text: "List:", Citations: []article.Ref{{Slug: "d", N: 3}}}})
	if len(got) != 1+maxTogether {
		t.Errorf("%d sentences", len(got))
	}
}
