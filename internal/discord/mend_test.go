package discord

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// A command, a private command and a mention that were cut off are told so once each, in the language of who asked.
func TestCutOffQuestionsAreEnded(t *testing.T) { synctest.Test(t, testCutOffQuestionsAreEnded) }
func testCutOffQuestionsAreEnded(t *testing.T) {
	s := quick(t, discordtest.Config{})
	c := newCrash(t, s, held(t), nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	bert.SetLocale("de")
	ada.Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
	bert.Slash(s.General(), "ask", discordtest.Opt("question", "warum?"), discordtest.Opt("private", "true"))
	asked := ada.Mention(s.General(), "and when?")
	eventually(t, "they are not acknowledged", func() bool { return len(ours(s, s.General())) == 2 })
	var states []journal.State
	for _, q := range c.open(3) {
		state, err := c.bot.journal.Decode(q.Sealed)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, state)
	}
	c.restart(states...)
	said := map[string]int{}
	for _, m := range ours(s, s.General()) {
		said[m.Content]++
		if m.Loading() {
			t.Error("somebody waits still")
		}
	}
	german := "Ich wurde mittendrin neu gestartet. Bitte frag noch einmal."
	if len(said) != 2 || said[restartedText] != 2 || said[german] != 1 {
		t.Errorf("%v", said)
	}
	if m, err := s.WaitReply(asked, patience); err != nil || m.Content != restartedText {
		t.Errorf("%q, %v", m.Content, err)
	}
	c.restart(states...) // as if it had been killed while it told them
	if n := len(ours(s, s.General())); n != 3 {
		t.Errorf("%d messages after another restart", n)
	}
}

// What a stage showed under a message is replaced; where the question was withdrawn, or nobody had asked the bot, it is
// taken away.
func TestCutOffStages(t *testing.T) {
	for name, test := range map[string]struct {
		how  func(s *discordtest.Server, asked discordtest.ID, o *journal.State)
		want string
	}{
		"known":     {func(*discordtest.Server, discordtest.ID, *journal.State) {}, restartedText},
		"looked up": {func(_ *discordtest.Server, _ discordtest.ID, o *journal.State) { o.Shown = "" }, restartedText},
		"withdrawn": {func(s *discordtest.Server, asked discordtest.ID, _ *journal.State) {
			s.User("Ada").Delete(asked)
		}, ""},
		"overheard": {func(_ *discordtest.Server, _ discordtest.ID, o *journal.State) { o.Overheard = true }, ""},
		"about to be answered": {func(_ *discordtest.Server, _ discordtest.ID, o *journal.State) {
			o.Ending, o.Parts = journal.Checksum("An answer."), 1
		},
			restartedText},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := quick(t, discordtest.Config{})
				table := &stagedTable{steps: make(chan string)}
				c := newCrash(t, s, table, briefly)
				asked := s.User("Ada").Mention(s.General(), "why?")
				stage := table.step(t, s, s.General(), "Found something.", "Found something.")
				state := c.state(func(o journal.State) bool { return o.Shown == string(stage.ID) })
				test.how(s, asked, &state)
				c.restart(state)
				left := ours(s, s.General())
				if test.want == "" && len(left) != 0 || test.want != "" &&
					(len(left) != 1 || left[0].Content != test.want || left[0].ID != stage.ID) {
					t.Errorf("%+v", left)
				}
			})
		})
	}
}

// An answer that had arrived stays as it is, whether that was written down or not; of one in several messages it is
// said that some may be missing.
func TestAnsweredBeforeTheCrash(t *testing.T) { synctest.Test(t, testAnsweredBeforeTheCrash) }
func testAnsweredBeforeTheCrash(t *testing.T) {
	s := quick(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
	table := &smallTable{}
	c := newCrash(t, s, table, nil)
	ada := s.User("Ada")
	it := ada.Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
	answer := wantAnswer(t, s, it, "You asked: why?")
	reply, err := s.WaitReply(ada.Mention(s.General(), "when?"), patience)
	if err != nil {
		t.Fatal(err)
	}
	long, err := s.WaitReply(ada.Mention(s.General(), "long"), patience)
	if err != nil {
		t.Fatal(err)
	}
	c.open(0)
	me := c.bot.identity.Load()
	message := func(m discordtest.Message) journal.State {
		return journal.State{Channel: string(m.ChannelID), Message: string(m.Reference.MessageID)}
	}
	fresh := journal.State{Application: me.application, Token: it.Token()}
	known, several := message(reply), message(long)
	known.Ending, known.Parts = journal.Checksum(reply.Content), 1
	several.Ending, several.Parts = journal.Checksum(long.Content), 4
	before := ours(s, s.General())
	c.restart(fresh, known, message(reply), several)
	same := func(after []discordtest.Message) {
		t.Helper()
		for i, m := range before {
			if after[i].Content != m.Content || labels(after[i]) != labels(m) {
				t.Errorf("%.80q with %s, want %.80q with %s", after[i].Content, labels(after[i]), m.Content, labels(m))
			}
		}
	}
	after := ours(s, s.General())
	if same(after); len(after) != len(before) {
		t.Fatalf("%d messages, and %d before", len(after), len(before))
	}
	if answer.ID == "" || !ada.Delete(before[len(before)-1].ID) {
		t.Fatal("there is no last part")
	}
	before = before[:len(before)-1]
	for range 2 { // it is not said twice
		c.restart(several)
		eventually(t, "it is not said", func() bool { return len(ours(s, s.General())) > len(before) })
		after = ours(s, s.General())
		if same(after); len(after) != len(before)+1 || after[len(before)].Content != "-# "+missingText {
			t.Errorf("%d messages, the last %q", len(after), after[len(after)-1].Content)
		}
	}
}

// A page that was being turned stays, and who turned it is told alone.
func TestCutOffTurn(t *testing.T) { synctest.Test(t, testCutOffTurn) }
func testCutOffTurn(t *testing.T) {
	s := quick(t, discordtest.Config{})
	table := &pagesTable{turned: make(chan struct{})}
	t.Cleanup(func() { close(table.turned) })
	c := newCrash(t, s, table, nil)
	ada := s.User("Ada")
	first := wantAnswer(t, s, ada.Slash(s.General(), "list"), "page one")
	it := ada.Click(first.ID, "Next →")
	eventually(t, "it is not acknowledged", func() bool { _, yes := it.Acknowledged(); return yes })
	c.restart(c.state(func(o journal.State) bool { return o.Turns }))
	eventually(t, "nobody is told", func() bool { return len(ours(s, s.General())) == 2 }) // it is closed before
	left := ours(s, s.General())
	if len(left) != 2 || left[0].Content != "page one" || labels(left[0]) != "Next →" ||
		left[1].Content != restartedText || !left[1].Ephemeral() {
		t.Errorf("%+v", left)
	}
}

// pagesTable is a list whose second page takes for ever.
type pagesTable struct {
	turningTable
	turned chan struct{}
}

func (s *pagesTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	if in.Args["page"] != "" {
		<-s.turned
	}
	return s.turningTable.Run(ctx, name, in)
}

// What cannot be ended any more is forgotten: too old, written with another token, or taken away. Discord being away is
// waited for.
func TestWhatCannotBeEnded(t *testing.T) { synctest.Test(t, testWhatCannotBeEnded) }
func testWhatCannotBeEnded(t *testing.T) {
	s := quick(t, discordtest.Config{})
	c := newCrash(t, s, held(t), nil)
	ada := s.User("Ada")
	it := ada.Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
	asked := ada.Mention(s.General(), "when?")
	c.open(2)
	eventually(t, "it is not acknowledged", func() bool { return len(ours(s, s.General())) == 1 })
	me := c.bot.identity.Load()
	command := journal.State{Application: me.application, Token: it.Token()}
	mention := journal.State{Channel: string(s.General()), Message: string(asked)}
	other, err := journal.New(c.next, "another token", c.bot.logger)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []struct {
		by  *journal.Journal
		s   journal.State
		age time.Duration
	}{{c.bot.journal, command, callback.Life}, {c.bot.journal, mention, 24 * time.Hour}, {other, mention, 0},
		{c.bot.journal, journal.State{}, 0}} {
		sealed, err := q.by.Encode(q.s)
		if err == nil {
			_, err = c.next.OpenQuestion(t.Context(), time.Now().Add(-q.age), sealed, store.Arrival{})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	c.restart(journal.State{Application: me.application, Token: "unknown"}, journal.State{Channel: "99", Message: "98"})
	if m := ours(s, s.General()); len(m) != 1 || !m[0].Loading() {
		t.Errorf("%+v", m)
	}
	s.Forgive(discordtest.RuleInteraction)
	s.Fault(discordtest.Match{Method: "GET", Path: "/webhooks/**"}, discordtest.Fault{Status: 500, Times: 2})
	c.restart(command)
	if m := ours(s, s.General()); len(m) != 1 || m[0].Content != restartedText {
		t.Errorf("%+v", m)
	}
}

// What is written down is closed with the answer, however that ends, and says nothing to who has the file alone.
func TestJournalIsSealedAndForgotten(t *testing.T) { synctest.Test(t, testJournalIsSealedAndForgotten) }
func testJournalIsSealedAndForgotten(t *testing.T) {
	s := quick(t, discordtest.Config{})
	kept, dir := newKept(t)
	hold := make(chan struct{})
	table := &smallTable{hold: hold}
	start(t, s, &journaling{table, kept}, nil)
	ada := s.User("Ada")
	it := ada.Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
	asked := ada.Mention(s.General(), "panic")
	failing := ada.Mention(s.General(), "fail")
	eventually(t, "they are not open", func() bool {
		open,
			err := kept.OpenQuestions(t.Context())
		return err == nil && len(open) == 3
	})
	for _, secret := range []string{it.Token(), string(s.General()), string(asked), string(ada.ID()), "why?"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if data, err := os.ReadFile(filepath.Join(dir, e.Name())); err != nil || bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s holds %q, %v", e.Name(), secret, err)
			}
		}
	}
	close(hold)
	wantAnswer(t, s, it, "You asked: why?")
	for _, id := range []discordtest.ID{asked, failing} {
		if m, err := s.WaitReply(id, patience); err != nil || !strings.Contains(m.Content, "Something went wrong") {
			t.Errorf("%q, %v", m.Content, err)
		}
	}
	eventually(t, "they are still open", func() bool {
		open,
			err := kept.OpenQuestions(t.Context())
		return err == nil && len(open) == 0
	})
}

// A journal that cannot be written keeps nobody from an answer.
func TestJournalThatFails(t *testing.T) { synctest.Test(t, testJournalThatFails) }
func testJournalThatFails(t *testing.T) {
	s := quick(t, discordtest.Config{})
	dir := t.TempDir()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err == nil {
		err = kept.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	start(t, s, &journaling{&smallTable{}, kept}, nil)
	wantAnswer(t, s, s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "why?")), "You asked: why?")
}
