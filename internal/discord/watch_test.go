package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/event"
	"pilcrow/internal/discordtest"
)

// begun waits until so many runs of ask have begun.
func begun(t *testing.T, table *smallTable, n int64) {
	t.Helper()
	eventually(t, fmt.Sprint("ask does not run ", n, " times"), func() bool { return table.started.Load() == n })
}

func TestQuestionIsChanged(t *testing.T) { synctest.Test(t, testQuestionIsChanged) }
func testQuestionIsChanged(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{hold: make(chan struct{})}
	r := start(t, s, table, nil)
	ada, mention := s.User("Ada"), "<@"+string(s.BotID())+"> "
	id := ada.Mention(s.General(), "furst?")
	begun(t, table, 1)
	ada.Edit(id, mention+"first?")
	begun(t, table, 2)
	ada.Edit(id, mention+"first?") // a link that unfolds looks like this
	ada.Edit(id, "never mind")     // of which Discord shows us nothing
	s.User("Bert").Mention(s.General(), "other?")
	begun(t, table, 3)
	close(table.hold)
	m := wantReply(t, s, id, "You asked: first? [¶16]")
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	if table.ran.Load() != 2 || len(r.watches.byID) != 0 {
		t.Errorf("%d answers, %d watches left", table.ran.Load(), len(r.watches.byID))
	}
	if now, _ := s.Message(m.ID); len(now.Edits) != 1 {
		t.Errorf("the answer was edited: %+v", now.Edits)
	}
}

func TestQuestionIsChangedForEver(t *testing.T) { synctest.Test(t, testQuestionIsChangedForEver) }
func testQuestionIsChangedForEver(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{hold: make(chan struct{})}
	start(t, s, table, nil)
	ada, mention := s.User("Ada"), "<@"+string(s.BotID())+"> "
	id := ada.Mention(s.General(), "take 0?")
	for n := range int64(maxRestarts) {
		begun(t, table, n+1)
		ada.Edit(id, fmt.Sprintf("%stake %d?", mention, n+1))
	}
	begun(t, table, maxRestarts+1)
	ada.Edit(id, mention+"one more?")
	s.User("Bert").Mention(s.General(), "other?") // events come in order
	begun(t, table, maxRestarts+2)
	close(table.hold)
	wantReply(t, s, id, fmt.Sprintf("You asked: take %d? [¶16]", maxRestarts))
}

func TestQuestionIsWithdrawn(t *testing.T) { synctest.Test(t, testQuestionIsWithdrawn) }
func testQuestionIsWithdrawn(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &stagedTable{steps: make(chan string)}
	r := start(t, s, table, briefly)
	ada := s.User("Ada")
	seen := ada.Mention(s.General(), "a secret?")
	stage := table.step(t, s, s.General(), "Found ¶4.", "Found ¶4.")
	ada.Delete(seen)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.WaitFor(ctx, func() bool { m, _ := s.Message(stage.ID); return m.Deleted }); err != nil {
		t.Fatal(err, s.Channel(s.General()).Unfolded())
	}
	unseen := ada.DM("another secret?")
	eventually(t, "the question is not taken", func() bool { return r.watches.find(string(unseen)) != nil })
	ada.Delete(unseen)
	eventually(t, "the question is not dropped", func() bool { return r.watches.find(string(unseen)) == nil })
	answered := ada.DM("no secret?")
	close(table.steps)
	m := wantReply(t, s, answered, "You asked: no secret?")
	ada.Delete(answered)
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message(m.ID); m.Deleted {
		t.Error("an answer was taken away")
	}
	if got := s.Transcript(); strings.Count(got, "You asked") != 1 || strings.Contains(got, "went wrong") {
		t.Error(got)
	}
}

// Who forgot the mention may put it in, once.
func TestMentionIsPutIn(t *testing.T) { synctest.Test(t, testMentionIsPutIn) }
func testMentionIsPutIn(t *testing.T) {
	s := fake(t, discordtest.Config{})
	ada, mention := s.User("Ada"), "<@"+string(s.BotID())+"> "
	before := ada.Say(s.General(), "before you came?")
	time.Sleep(time.Second)
	table := &smallTable{}
	r := start(t, s, table, nil)
	late, among := ada.Say(s.General(), "why?"), ada.Say(s.General(), "among us")
	ada.Edit(among, "among all of us")
	ada.Edit(before, mention+"before you came?")
	ada.Edit(late, mention+"why?")
	wantReply(t, s, late, "You asked: why? [¶16]")
	ada.Edit(late, mention+"why not?")
	settled(t, s, r)
	if replies(s, late) != 1 || replies(s, among) != 0 || replies(s, before) != 0 {
		t.Error(s.Transcript())
	}
}

// A message that was overheard, or answered with a hint, may be changed into a question all the same.
func TestMentionIsPutIntoWhatWasOverheard(t *testing.T) {
	synctest.Test(t, testMentionIsPutIntoWhatWasOverheard)
}

func testMentionIsPutIntoWhatWasOverheard(t *testing.T) {
	for _, content := range []bool{true, false} {
		s, r, thread := talkers(t, content, ThreadsOpener)
		ada := s.User("Ada")
		where := s.General()
		if !content {
			where = thread // where a hint is given
		}
		late := ada.Say(where, "why?")
		settled(t, s, r)
		before := replies(s, late)
		ada.Edit(late, "<@"+string(s.BotID())+"> why?")
		wantReply(t, s, late, "")
		eventually(t, "no answer", func() bool { return replies(s, late) == before+1 })
		settled(t, s, r)
		if m := s.Messages(where); !strings.Contains(m[len(m)-1].Content, "You asked: why?") {
			t.Errorf("%t: %s", content, s.Transcript())
		}
	}
}

func FuzzEdit(f *testing.F) {
	f.Add(`{"id":"1","content":"x","edited_timestamp":"2026-01-01T00:00:00+00:00","attachments":[]}`)
	f.Add(`{"id":"1","content":"y"}`)
	f.Add(`{"ids":["1","2"]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		b, err := New(Config{Token: "t", Table: &smallTable{}})
		if err != nil {
			t.Fatal(err)
		}
		w := &watch{message: event.Message{ID: "1", Content: "x"}}
		b.watches.add(w)
		ctx, _ := w.begin(t.Context())
		b.identity.Store(&identity{user: "9", application: "9"})
		b.closing.Store(true)
		b.handleEdit(t.Context(), t.Context(), []byte(raw))
		_ = b.watches.handleDeletion([]byte(raw)) // what cannot be read is no news
		again, gone := w.end()
		if ctx.Err() == nil || again && gone {
			t.Errorf("%v, %t, %t", ctx.Err(), again, gone)
		}
	})
}
