package discord

import (
	"context"
	"testing"
	"time"

	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// journaling is a table over a journal. Tables have the configuration's last word.
type journaling struct {
	Table
	kept *store.Store
}

func (j *journaling) configure(c *Config) { c.Journal = j.kept }

func newKept(t *testing.T) (*store.Store, string) {
	t.Helper()
	dir := t.TempDir()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	return kept, dir
}

// A crash is what a bot that was killed would leave behind: what its journal holds at a moment. The bot itself goes on,
// and must be held.
type crash struct {
	t       *testing.T
	discord *discordtest.Server
	kept    *store.Store
	bot     *running
	next    *store.Store
}

func newCrash(t *testing.T, s *discordtest.Server, table Table, tune func(*times)) *crash {
	t.Helper()
	next, _ := newKept(t)
	kept, _ := newKept(t)
	bot := start(t, s, &journaling{table, kept}, func(t *times) {
		if t.grace, t.hurry = 200*time.Millisecond, 100*time.Millisecond; tune != nil { // nobody waits for the dead
			tune(t)
		}
	})
	return &crash{t, s, kept, bot, next}
}

// open waits until so many questions are written down.
func (c *crash) open(n int) []store.OpenQuestion {
	c.t.Helper()
	var open []store.OpenQuestion
	eventually(c.t, "not so many questions are open", func() bool {
		var err error
		open, err = c.kept.OpenQuestions(c.t.Context())
		return err == nil && len(open) == n
	})
	return open
}

// state reads the one open question once it is as it should be.
func (c *crash) state(fits func(s journal.State) bool) journal.State {
	c.t.Helper()
	var s journal.State
	eventually(c.t, "the question is not written down as it should be", func() bool {
		open, err := c.kept.OpenQuestions(c.t.Context())
		if err != nil || len(open) != 1 {
			return false
		}
		s, err = c.bot.journal.Decode(open[0].Sealed)
		return err == nil && fits(s)
	})
	return s
}

// restart starts the program after it with what the journal held, and waits until it has ended all of it.
func (c *crash) restart(states ...journal.State) *running {
	c.t.Helper()
	at := time.Now()
	for _, s := range states {
		sealed, err := c.bot.journal.Encode(s)
		if err == nil {
			_, err = c.next.OpenQuestion(c.t.Context(), at, sealed, store.Arrival{})
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
	r := launch(c.t, c.discord, &journaling{&smallTable{}, c.next}, nil)
	c.ended()
	return r
}

func (c *crash) ended() {
	c.t.Helper()
	eventually(c.t, "questions are still open", func() bool {
		open, err := c.next.OpenQuestions(context.Background())
		return err == nil && len(open) == 0
	})
}

// held is a table whose ask waits until the test is over.
func held(t *testing.T) *smallTable {
	hold := make(chan struct{})
	t.Cleanup(func() { close(hold) })
	return &smallTable{hold: hold}
}

// ours are the messages of the bot in a channel that are not deleted.
func ours(s *discordtest.Server, where discordtest.ID) []discordtest.Message {
	var out []discordtest.Message
	for _, m := range s.Messages(where) {
		if m.Author.Bot && !m.Deleted {
			out = append(out, m)
		}
	}
	return out
}

// What the asker is told whose question was cut off, or whose answer was.
const (
	restartedText = "I was restarted in the middle of this. Please ask again."
	missingText   = "I was restarted while I sent this: the rest of it may be missing. Ask again for all of it."
)
