package dispatch

import (
	"bytes"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/intake"
	"pilcrow/internal/library"
)

// Who manages the documents gets the file back that one was made of, to the byte; nobody else does.
func TestOriginalIsAttached(t *testing.T) {
	h := newHouse(t)
	ada := library.Who{ID: people["ada"].Person, Name: "Ada"}
	data := []byte("\ufeffThe pier is long.\r\n")
	p, err := h.library.Propose(t.Context(), "100", library.Request{File: &intake.File{Name: "pier.txt", Data: data}}, ada)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.library.Confirm(t.Context(), "100", p.ID, ada, nil); err != nil {
		t.Fatal(err)
	}
	show := func(who, slug string) commands.Reply {
		t.Helper()
		in := people[who]
		in.Args = commands.Args{"document": slug}
		r, err := h.Run(t.Context(), "documents show", in)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := show("ada", "pier")
	var got bytes.Buffer
	if r.File == nil || r.File.Name != "pier.txt" || r.File.Write(&got) != nil || !bytes.Equal(got.Bytes(), data) {
		t.Errorf("%+v, %q", r.File, got.String())
	}
	if r = show("mia", "pier"); r.File != nil {
		t.Error("a member gets the file")
	}
	r = show("ada", "ferry")
	if last := r.Blocks[len(r.Blocks)-1].Text; r.File != nil || !strings.Contains(last, "The original is not attached") {
		t.Errorf("%+v, %q", r.File, last)
	}
}

func TestUnderstood(t *testing.T) {
	d, err := article.Parse("boats.md", []byte("# Boats\n\nThere are two:\n\n- one with sails\n- one with a motor\n\n"+
		"## Sail\n\n```sh\nset sail\n\tnow\n```\n\n| Boat | Length |\n|---|---|\n| Mia | 9 m |\n"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `Boats
name: boats

¶1 paragraph
There are two:

¶2 item · introduced by: There are two:
one with sails

¶3 item · introduced by: There are two:
one with a motor

## Sail

¶4 code sh
set sail
	now

¶5 row
Boat: Mia; Length: 9 m
`
	if got := admin.Understood(d); got != want {
		t.Errorf("%s", got)
	}
}
