package dispatch

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/reading"
)

// village has quotations and dates: whole ones and fragments, reported speech, a speaker whom the text leaves open.
var village = fstest.MapFS{
	"dam.md": {Data: []byte(`---
title: The dam at Velbach
published: 2023-06-14
---

"We will rebuild every house on this river, and nobody will pay for it alone," said Marta Hollis, the mayor of Velbach.

Hollis called the flood of May 3 "a lesson" for the whole valley. She said that the dam had been inspected twice.

Jonas Reuter, a farmer, said on Tuesday that the water came "faster than any horse." "Nobody asked the farmers," he
added.

The dam was built in 1961. According to Reuter, the bridge had been closed since 2019.

Piotr Adamski is the engineer who drew the new bridge.
`)},
	"fair.md": {Data: []byte(`---
title: The fair
---

"The fair brings more visitors than the dam ever did," Marta Hollis said in August.

The first fair was held in 1998, and it rained.

"The music was far too loud." By midnight it was over.
`)},
}

func quoteOf(t *testing.T, table *Table, args commands.Args) (commands.Reply, reading.QuoteJSON) {
	t.Helper()
	reply, err := table.Run(t.Context(), "quote", commands.Input{Args: args, From: commands.Terminal})
	if err != nil {
		t.Fatal(err)
	}
	return reply, reply.JSON.(commands.Form[reading.QuoteJSON]).Value
}

func wordsOf(list []reading.QuotationJSON) []string {
	var out []string
	for _, q := range list {
		out = append(out, q.Quote)
	}
	return out
}

func TestQuote(t *testing.T) {
	const (
		rebuild = "We will rebuild every house on this river, and nobody will pay for it alone,"
		lesson  = "a lesson"
		horse   = "faster than any horse."
		farmers = "Nobody asked the farmers,"
		fair    = "The fair brings more visitors than the dam ever did,"
		loud    = "The music was far too loud."
	)
	table := newTable(t, village)
	cases := []struct {
		name     string
		args     commands.Args
		want     []string // the quotations
		others   []string
		reported int
		text     []string // in the reply
	}{
		{"all", commands.Args{}, []string{rebuild, lesson, horse, farmers, fair, loud}, nil, 0, []string{"6 quotations:",
			"— Marta Hollis, mayor of Velbach [The dam at Velbach ¶1]", "in: Hollis called the flood of May 3 \"a lesson\" " +
				"for the",
			"— the text does not say who [The fair ¶3]"}},
		{"one document", commands.Args{"document": "fair"}, []string{fair, loud}, nil, 0, []string{"[¶1]"}},
		{"a question without a topic", commands.Args{"about": "What was said?", "document": "fair"}, []string{fair, loud},
			nil, 0,
			nil},
		{"topic", commands.Args{"about": "houses"}, []string{rebuild}, nil, 0, []string{"1 quotation about “houses”:"}},
		{"topic in the sentence", commands.Args{"about": "the flood"}, []string{lesson}, nil, 0, nil},
		{"best first", commands.Args{"about": "fair visitors"}, []string{fair}, nil, 0, nil},
		{"topic nobody speaks of", commands.Args{"about": "chess"}, nil, nil, 0, []string{"Nobody is quoted about “chess”."}},
		{"speaker", commands.Args{"speaker": "Hollis"}, []string{rebuild, lesson, fair}, nil, 0,
			[]string{"3 quotations of Marta Hollis:"}},
		{"speaker misspelled", commands.Args{"speaker": "Joans Reutter"}, []string{horse, farmers}, nil, 0,
			[]string{"of Jonas Reuter:"}},
		{"speaker by role", commands.Args{"speaker": "mayor"}, []string{rebuild, lesson, fair}, nil, 0, nil},
		{"speaker nobody knows", commands.Args{"speaker": "Zelda"}, nil, nil, 0,
			[]string{"Nobody called “Zelda” speaks in the text. Quoted are Marta Hollis and Jonas Reuter."}},
		{"speaker without words", commands.Args{"speaker": "???"}, nil, nil, 0, []string{"Nobody called “???”"}},
		{"speaker who is only named", commands.Args{"speaker": "Adamski"}, nil, nil, 0,
			[]string{"Piotr Adamski is named, but not quoted. [¶5]"}},
		{"speaker and topic", commands.Args{"speaker": "Reuter", "about": "horses"}, []string{horse, farmers}, nil, 0, nil},
		{"another speaks of it", commands.Args{"speaker": "Reuter", "about": "visitors"}, nil, []string{fair}, 0,
			[]string{"Jonas Reuter is not quoted about “visitors”. Others are:"}},
		{"word for word", commands.Args{"about": "nobody asked the farmers"}, []string{farmers}, nil, 0, nil},
		{"word for word, marked", commands.Args{"about": `"Nobody asked the farmers."`}, []string{farmers}, nil, 0,
			[]string{"Said word for word:"}},
		{"half remembered", commands.Args{"about": "we shall rebuild every house on the river and no one will pay for it"},
			[]string{rebuild}, nil, 0,
			[]string{"Not quite so. The nearest quotation:", "not “shall” but “will”", "not “the” but “this”",
				"not “no one” but “nobody”"}},
		{"a word left out and one too many", commands.Args{"about": "“very faster than horse”"}, []string{horse}, nil, 0,
			[]string{"left out: “any”", "not said: “very”"}},
		{"of another", commands.Args{"about": `"a lesson"`, "speaker": "reuter"}, nil, []string{lesson}, 0,
			[]string{"That is not from Jonas Reuter. Marta Hollis said it:"}},
		{"of nobody that the text names", commands.Args{"about": `"far too loud"`, "speaker": "hollis"}, nil, []string{loud},
			0,
			[]string{"The text does not give that to Marta Hollis. It does not say whose words they are:"}},
		{"said without marks", commands.Args{"about": `"the dam was inspected twice"`}, nil, nil, 1, []string{
			"Said, but not in quotation marks. The words are the author's:", "— the author, reporting Marta Hollis"}},
		{"reported, by speaker", commands.Args{"about": "the closed bridge", "speaker": "Reuter"}, nil, nil, 1,
			[]string{"According to Reuter, the bridge had been closed since 2019.", "reporting Jonas Reuter"}},
		{"nobody's words", commands.Args{"about": `"taxes must come down"`}, nil, nil, 0, []string{"Nobody is quoted about"}},
		{"function words in marks", commands.Args{"about": `"it was in the"`}, nil, nil, 0, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			reply, j := quoteOf(t, table, c.args)
			if !slices.Equal(wordsOf(j.Quotations), c.want) || !slices.Equal(wordsOf(j.Others), c.others) ||
				len(j.Reported) != c.reported {
				t.Errorf("quotations %q, others %q, %d reported", wordsOf(j.Quotations), wordsOf(j.Others), len(j.Reported))
			}
			if reply.Nothing != (len(c.want) == 0) {
				t.Errorf("Nothing = %v", reply.Nothing)
			}
			for _, want := range c.text {
				if got := text(reply); !strings.Contains(got, want) {
					t.Errorf("no %q in:\n%s", want, got)
				}
			}
			again, _ := quoteOf(t, table, c.args)
			if text(again) != text(reply) {
				t.Errorf("another time:\n%s\nthan:\n%s", text(again), text(reply))
			}
		})
	}
}

// Whatever is shown as a quotation is a slice of its paragraph.
func TestQuoteShowsSlices(t *testing.T) {
	table := newTable(t, village)
	reply, j := quoteOf(t, table, nil)
	for _, q := range j.Quotations {
		d, _ := table.Engine.Edition().Corpus.Document(q.Document)
		if got := d.Passages[q.Paragraph-1].Text[q.Start:q.End]; got != q.Quote {
			t.Errorf("%q is %q", q.Quote, got)
		}
	}
	shown := 0
	for _, b := range reply.Blocks {
		if b.Kind == commands.Quote {
			// A comma at the end belongs to the sentence around the quotation.
			if b.Text != strings.TrimSuffix(j.Quotations[shown].Quote, ",") {
				t.Errorf("%q is shown as %q", j.Quotations[shown].Quote, b.Text)
			}
			shown++
		}
	}
	if shown != len(j.Quotations) {
		t.Errorf("%d of %d are shown", shown, len(j.Quotations))
	}
	if b, err := reply.JSON.MarshalJSON(); err != nil ||
		!strings.HasPrefix(string(b), `{"note":"6 quotations:","quotations":[{"document":"dam",`+
			`"paragraph":1,"speaker":"Marta Hollis","quote":"We will rebuild`) {
		t.Errorf("%s, %v", b, err)
	}
	_, none := quoteOf(t, table, commands.Args{"about": "chess"})
	if b, err := json.Marshal(none); err != nil || !strings.Contains(string(b), `"quotations":[]`) {
		t.Errorf("%s, %v", b, err)
	}
}

func TestMisquoteBold(t *testing.T) {
	reply, j := quoteOf(t, newTable(t, village), commands.Args{"about": "rebuild the houses on this river and nobody " +
		"pays for it"})
	var bold []string
	for _, b := range reply.Blocks {
		if b.Kind == commands.Quote {
			for _, span := range b.Bold {
				bold = append(bold, span.Of(b.Text))
			}
		}
	}
	if want := []string{"every house", "will pay"}; !slices.Equal(bold, want) {
		t.Errorf("bold %q, want %q; differences %v", bold, want, j.Differences)
	}
}

func TestCompleteSpeaker(t *testing.T) {
	table := newTable(t, village)
	for _, c := range []struct {
		typed, document string
		want            []string
	}{
		{"", "", []string{"Marta Hollis", "Jonas Reuter"}},
		{"reu", "", []string{"Jonas Reuter"}},
		{"holis", "", []string{"Marta Hollis"}},
		{"", "fair", []string{"Marta Hollis"}},
		{"farmer", "", []string{"Jonas Reuter"}},
		{"adam", "", nil}, // is not quoted
		{"x", "nowhere", nil},
	} {
		in := commands.Input{Args: commands.Args{"document": c.document}}
		if got := table.Complete(t.Context(), "quote", "speaker", in, c.typed); !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %q, want %q", c.typed, c.document, got, c.want)
		}
	}
}

func TestScope(t *testing.T) {
	table := newTable(t, village)
	for _, name := range []string{"quote", "timeline"} {
		for _, args := range []commands.Args{nil, {"about": "dam"}} {
			reply, err := table.Run(t.Context(), name, commands.Input{Args: args, Scope: []string{"fair"}, From: commands.Chat})
			if err != nil {
				t.Fatal(err)
			}
			j, _ := reply.JSON.MarshalJSON()
			if got := text(reply) + string(j); strings.Contains(got, "Velbach") || strings.Contains(got, "1961") {
				t.Errorf("%s %v shows a document out of scope:\n%s", name, args, got)
			}
		}
	}
	in := commands.Input{Scope: []string{"fair"}}
	if got := table.Complete(t.Context(), "quote", "speaker", in, "Reuter"); got != nil {
		t.Errorf("offered: %q", got)
	}
}
