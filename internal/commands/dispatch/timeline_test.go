package dispatch

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/reading"
	"pilcrow/internal/lang"
)

func TestTimeline(t *testing.T) {
	table := newTable(t, village)
	table.Now = func() time.Time { return time.Date(2023, 7, 1, 15, 0, 0, 0, time.UTC) }
	cases := []struct {
		name    string
		args    commands.Args
		want    []string // start of each event
		text    []string
		refusal string
	}{
		{"all, over documents in order", commands.Args{}, []string{"1961-01-01", "1998-01-01", "2019-01-01", "2023-05-03",
			"2023-06-13", "XXXX-08-01"},
			[]string{"6 dated events:", "1961 – The dam was built in 1961. [The dam at Velbach ¶4]",
				"3 May 2023 (“May 3”, year inferred) – Hollis", "13 June 2023 (“Tuesday”, inferred) – Jonas",
				"August, year not given (“August”) – "}, ""},
		{"one document", commands.Args{"document": "fair"}, []string{"1998-01-01", "XXXX-08-01"}, nil, ""},
		{"topic", commands.Args{"about": "When was the first fair?"}, []string{"1998-01-01"}, nil, ""},
		{"topic without a date", commands.Args{"about": "engineer"}, nil, []string{"No dated event about “engineer”"}, ""},
		{"from", commands.Args{"from": "2019"}, []string{"2019-01-01", "2023-05-03", "2023-06-13"},
			[]string{"from 2019-01-01:", "1 more date has no year"}, ""},
		{"to", commands.Args{"to": "1961"}, []string{"1961-01-01"}, []string{"to 1961-12-31"}, ""},
		{"between", commands.Args{"from": "April 2023", "to": "2023-05-03"}, []string{"2023-05-03"}, nil, ""},
		{"by the clock", commands.Args{"from": "last month"}, []string{"2023-06-13"}, []string{"from 2023-06-01"}, ""},
		{"nothing then", commands.Args{"from": "1700", "to": "1710"}, nil,
			[]string{"No dated event from 1700-01-01 to 1710-12-31."},
			""},
		{"no date", commands.Args{"from": "soon"}, nil, nil,
			`from: want a date such as 2021, December 2021 or 2022-04-16, got “soon”.`},
		{"no day", commands.Args{"to": "2022-02-30"}, nil, nil,
			`to: want a date such as 2021, December 2021 or 2022-04-16, got “2022-02-30”.`},
		{"wrong way round", commands.Args{"from": "2022", "to": "2021"}, nil, nil,
			"The first day, 2022-01-01, is after the last, " +
				"2021-12-31."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			reply, err := table.Run(t.Context(), "timeline", commands.Input{Args: c.args, From: commands.Terminal})
			if c.refusal != "" {
				if got, ref := table.Public(err, lang.Printer{}); err == nil || got != c.refusal || ref != "" {
					t.Errorf("got %q (%v), want %q", got, err, c.refusal)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var starts []string
			for _, e := range reply.JSON.(commands.Form[reading.TimelineJSON]).Value.Events {
				starts = append(starts, e.Start)
				d, _ := table.Engine.Edition().Corpus.Document(e.Document)
				if !strings.Contains(d.Passages[e.Paragraph-1].Text, e.Text) || !strings.Contains(e.Text, e.Phrase) {
					t.Errorf("not verbatim: %+v", e)
				}
			}
			if !slices.Equal(starts, c.want) || reply.Nothing != (len(c.want) == 0) ||
				(reply.File == nil) != (len(c.want) == 0) {
				t.Errorf("%v, Nothing %v, File %v; want %v", starts, reply.Nothing, reply.File, c.want)
			}
			for _, want := range c.text {
				if got := text(reply); !strings.Contains(got, want) {
					t.Errorf("no %q in:\n%s", want, got)
				}
			}
		})
	}
}

func TestTimelinePicture(t *testing.T) {
	table := newTable(t, village)
	reply, err := table.Run(t.Context(), "timeline", commands.Input{Args: commands.Args{"document": "dam"},
		From: commands.Chat})
	if err != nil {
		t.Fatal(err)
	}
	f := reply.File
	if f == nil || !strings.HasPrefix(f.Alt, "A timeline: 1961 ¶4; 2019 ¶4; 3 May 2023 ¶2") {
		t.Fatalf("%+v", f)
	}
	var first, second bytes.Buffer
	if f.Write(&first) != nil || f.Write(&second) != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("not the same bytes each time")
	}
	if _, err := png.Decode(&first); err != nil {
		t.Error(err)
	}
}
