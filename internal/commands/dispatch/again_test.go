package dispatch

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/answers"
	"pilcrow/internal/rag"
)

func TestAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files := fstest.MapFS{"mill.md": {Data: []byte("The mill at Orley was built in 1742.\n")}}
		table := newTable(t, files)
		ask := func(q string, in commands.Input) string {
			in.Args = commands.Args{"question": q}
			return text(run(t, table, "ask", in))
		}
		chat := commands.Input{From: commands.Chat}
		first := ask("When was the mill at Orley built?", chat)
		if strings.Contains(first, "From memory") {
			t.Errorf("asked once:\n%s", first)
		}
		time.Sleep(12 * time.Minute)
		again := ask("when  was the mill at orley BUILT?", chat)
		if want := first + "From memory: the same question was asked 12 minutes ago.\n"; again != want {
			t.Errorf("asked again:\n%s\nwant\n%s", again, want)
		}
		for name, got := range map[string]string{
			"another question": ask("Who built the mill at Orley?", chat),
			"in another scope": ask("When was the mill at Orley built?",
				commands.Input{From: commands.Chat, Scope: []string{"mill"}}),
			"in a terminal":     ask("When was the mill at Orley built?", commands.Input{From: commands.Terminal}),
			"of a conversation": ask("When was the mill at Orley built, or built anew?", chat),
		} {
			if strings.Contains(got, "From memory") {
				t.Errorf("%s:\n%s", name, got)
			}
		}
		files["mill.md"] = &fstest.MapFile{Data: []byte("The mill at Orley was built in 1750.\n")}
		run(t, table, "reload", commands.Input{Admin: true})
		if got := ask("When was the mill at Orley built?", chat); !strings.Contains(got, "1750") ||
			strings.Contains(got, "From memory") {
			t.Errorf("of a new edition:\n%s", got)
		}
		time.Sleep(answers.KeepRemembered + time.Second)
		if got := ask("When was the mill at Orley built?", chat); strings.Contains(got, "From memory") {
			t.Errorf("after an hour:\n%s", got)
		}
	})
}

// failing is a model that does not answer.
type failing struct{}

func (failing) Generate(context.Context, rag.Request) (rag.Draft, error) {
	return rag.Draft{}, errors.New("away")
}

func TestAFailureIsNotRemembered(t *testing.T) {
	table := builtIn(t, failing{})
	in := commands.Input{From: commands.Chat, Args: commands.Args{"question": "How long is the Durand Line?"}}
	for range 2 {
		if got := text(run(t, table, "ask", in)); strings.Contains(got, "From memory") || !strings.Contains(got, "2,700") {
			t.Errorf("%s", got)
		}
	}
}

func TestPrivacy(t *testing.T) {
	table := newTable(t, folder)
	if got := text(run(t, table, "privacy", commands.Input{From: commands.Chat})); !strings.Contains(got,
		"Nothing that you ask leaves the computer") {
		t.Errorf("%s", got)
	}
	if got := text(run(t, table, "privacy", commands.Input{From: commands.Chat})); strings.Contains(got,
		"where I can read") {
		t.Errorf("%s", got)
	}
	table.Outside, table.settings.Overhears.Reads = "the model m at example.com", true
	if got := text(run(t, table, "privacy", commands.Input{From: commands.Chat})); !strings.Contains(got,
		"sent to the model m at example.com") ||
		strings.Contains(got, "Nothing that you ask") || !strings.Contains(got, "where I can read") {
		t.Errorf("%s", got)
	}
}

// In a chat /privacy is five lines at most and says what matters, whatever is switched on; the details say all of it.
func TestPrivacyIsShort(t *testing.T) {
	for _, reads := range []bool{false, true} {
		for _, outside := range []string{"", "the model m at example.com"} {
			table := newTable(t, folder)
			table.Outside, table.settings.Overhears.Reads = outside, reads
			short := run(t, table, "privacy", commands.Input{From: commands.Chat})
			got := text(short)
			if len(short.Blocks) > 5 || reads != strings.Contains(got, "where I can read") ||
				(outside != "") != strings.Contains(got, "example.com") || !strings.Contains(got, "On disk") {
				t.Errorf("reads %t, sends to %q: %d lines:\n%s", reads, outside, len(short.Blocks), got)
			}
			at := slices.IndexFunc(short.Actions, func(a commands.Action) bool { return a.Label == "Details" })
			if at < 0 {
				t.Fatalf("no way to the details: %+v", short.Actions)
			}
			all := text(run(t, table, "privacy", commands.Input{From: commands.Chat, Args: short.Actions[at].Args}))
			if len(all) <= len(got) || !strings.Contains(all, "My messages can be deleted") {
				t.Errorf("the details:\n%s", all)
			}
		}
	}
}
