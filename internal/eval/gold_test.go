package eval

import (
	"errors"
	"strings"
	"testing"
)

func TestReadRefuses(t *testing.T) {
	const good = `{"id":"1","question":"Who?","answerable":false,"gold_paragraphs":[]}` + "\n"
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "f: there is no record in it"},
		{"blank lines", "\n \n", "f: there is no record in it"},
		{"no JSON", good + "\nwho?\n", "f:3: want one JSON object on each line"},
		{"a list", "[1]\n", "f:1: want one JSON object on each line"},
		{"null", "null\n", "f:1: no kind of gold record has the fields []"},
		{"of no kind", `{"id":"1","color":"red"}`, `f:1: no kind of gold record has the fields ["color" "id"]`},
		{"another type", `{"question":7,"answerable":true,"gold_paragraphs":[1]}`,
			"f:1: question: this kind of record cannot have a number there"},
		{"no question", `{"question":" ","answerable":false,"gold_paragraphs":[]}`, "f:1: question: there is none"},
		{"no paragraph", `{"question":"Who?","answerable":true,"gold_paragraphs":[],"gold_answer_strings":["x"]}`,
			"f:1: gold_paragraphs: name"},
		{"paragraph 0", `{"question":"Who?","answerable":true,"gold_paragraphs":[0],"gold_answer_strings":["x"]}`,
			"f:1: gold_paragraphs: paragraphs are counted from 1"},
		{"no answer", `{"question":"Who?","answerable":true,"gold_paragraphs":[1]}`, "f:1: gold_answer_strings"},
		{"no passage", `{"question":"Who?","passage":"","answerable":false}`, "f:1: passage: there is none"},
		{"evidence beyond", `{"question":"Who?","passage":"a\nb","answerable":true,"evidence_lines":[3]}`,
			"f:1: evidence_lines: the passage has lines 1 to 2"},
		{"no label", `{"claim":"It rains.","passage":"It rains.","label":""}`, "f:1: label"},
		{"wrong date", `{"date_start":"1.5.2020","date_end":"","paragraph":1}`,
			"f:1: date_start: want a date such as 2022-04-16"},
		{"offset beyond", `{"expression":"May","text":"in May","offset":9,"reference":"2020-01-01"}`, "f:1: offset"},
		{"line beyond", `{"reference":"2020-01-01","text":"a","events":[{"line":2,"date":"2020"}]}`, "f:1: events"},
		{"endless line", good + `{"question":"` + strings.Repeat("x", maxLineBytes) + `"}`, "f:2: the line is longer than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := new(Gold).Read("f", strings.NewReader(test.text))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Fatalf("got %v, want %s…", err, test.want)
			}
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Errorf("%T is not an Error", err)
			}
		})
	}
}

func TestReadRecognizes(t *testing.T) {
	var g Gold
	text := "\uFEFF" + strings.ReplaceAll(everyKind, "\n", "\r\n\r\n")
	if err := g.Read("f", strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	got := []int{len(g.questions), len(g.passages), len(g.claims), len(g.quotes), len(g.events), len(g.dates),
		len(g.timelines),
		len(g.attacks), len(g.paragraphs)}
	for k, want := range []int{4, 2, 3, 2, 2, 2, 1, 3, 2} {
		if got[k] != want {
			t.Errorf("kind %d: %d records, want %d", k, got[k], want)
		}
	}
	if g.Len() != 21 || g.questions[1].line != 3 {
		t.Errorf("%d records, the second question on line %d", g.Len(), g.questions[1].line)
	}
}

func FuzzRead(f *testing.F) {
	for line := range strings.Lines(everyKind) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var g Gold
		err := g.Read("f", strings.NewReader(text))
		if _, ok := errors.AsType[*Error](err); err != nil && !ok {
			t.Errorf("%T is not an Error: %v", err, err)
		}
		if err == nil && g.Len() == 0 {
			t.Error("nothing was read and nothing said of it")
		}
	})
}
