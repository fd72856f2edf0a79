package render

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// A file that cannot be made does not take the answer with it.
func TestFileFails(t *testing.T) {
	for _, write := range []func(io.Writer) error{
		func(io.Writer) error { return errors.New("no ink") },
		func(w io.Writer) error { _, err := w.Write(make([]byte, maxFile+1)); return err },
	} {
		r := commands.Reply{Blocks: []commands.Block{{Text: "words"}}, File: &commands.File{Name: "a.png", Write: write}}
		if p, err := (Layout{}).Page(r, false); err == nil || len(p.Files) != 0 || p.Parts[0] != "words" {
			t.Errorf("%+v, %v", p, err)
		}
	}
}

func TestRenderTurned(t *testing.T) {
	long := commands.Reply{
		Blocks:  []commands.Block{{Kind: commands.Para, Text: strings.Repeat("It rained all the time. ", 400)}},
		Actions: []commands.Action{{Label: "Next →", Command: "quote", Args: commands.Args{"page": "2"}, Turn: true}},
	}
	p := Reply(long, false, lang.Printer{})
	if len(p.Parts) != 1 || Length(p.Parts[0]) > maxContent || !strings.HasSuffix(p.Parts[0], cutNote) || !p.Cut {
		t.Errorf("%d messages, the first with %d units: …%s", len(p.Parts), Length(p.Parts[0]),
			p.Parts[0][len(p.Parts[0])-100:])
	}
	few := []commands.Action{{Label: "¶1", Command: "paragraph"}, {Label: "a", Command: "a", Turn: true},
		{Label: "b", Command: "b", Turn: true}}
	many := append([]commands.Action{{Label: "c", Command: "c"}, {Label: "d", Command: "d"}, {Label: "e", Command: "e"}},
		few...)
	for want, actions := range map[int][]commands.Action{1: few, 2: many} {
		if got := rows(commands.Reply{Actions: actions}, nil, lang.Printer{}); len(got) != want {
			t.Errorf("%d rows of %d buttons, want %d: what turns stands below what opens where one row is too short",
				len(got), len(actions), want)
		}
	}
	if got := p.Bodies()[0].Files; len(got) != 1 || !bytes.Contains(got[0].Data, []byte("It rained")) {
		t.Error("no file with the whole")
	}
	byline := commands.Reply{Blocks: []commands.Block{{Kind: commands.Quote, Text: "words"},
		{Kind: commands.Byline, Text: "— A"},
		{Kind: commands.Small, Text: "in: words"}, {Kind: commands.Quote, Text: "more"},
		{Kind: commands.Byline, Text: "— B"}}}
	if got, want := Reply(byline, false, lang.Printer{}).Parts[0],
		"> words\n— A\n-# in: words\n\n> more\n— B"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
