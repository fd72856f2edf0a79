package discord

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/lang"
)

// threadTable is for a bot with a rule for threads. It knows nothing of thanks.
type threadTable struct {
	smallTable
	content bool
	rule    Threads
}

func (s *threadTable) configure(c *Config) {
	c.Content, c.Threads = s.content, func(string) Threads { return s.rule }
}

func (s *threadTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	if q := in.Args[questionParam]; strings.HasPrefix(q, "thanks") {
		r := says("The document does not say.")
		r.Nothing = true
		return r, nil
	}
	return s.smallTable.Run(ctx, name, in)
}

// talkers are a bot and people in a thread: Ada has opened it and asked there.
func talkers(t *testing.T, content bool, rule Threads) (s *discordtest.Server, r *running, thread discordtest.ID) {
	t.Helper()
	s = quick(t, discordtest.Config{Privileged: discordtest.IntentMessageContent})
	r = start(t, s, &threadTable{content: content, rule: rule}, nil)
	thread = s.User("Ada").OpenThread(s.General(), "the crane")
	wantReply(t, s, s.User("Ada").Mention(thread, "who fell?"), "You asked: who fell?")
	return s, r, thread
}

// settled waits until what has been said so far has been looked at: a message is taken after those before it.
func settled(t *testing.T, s *discordtest.Server, r *running) {
	t.Helper()
	wantReply(t, s, s.User("Zoe").DM("done?"), "You asked: done?")
	<-r.glances.Wait()
	<-r.answers.Wait()
	<-r.refusals.Wait()
}

// replies are the bot's to a message.
func replies(s *discordtest.Server, to discordtest.ID) int {
	m, _ := s.Message(to)
	n := 0
	for _, r := range s.Messages(m.ChannelID) {
		if r.Author.Bot && r.Reference != nil && r.Reference.MessageID == to {
			n++
		}
	}
	return n
}

func TestThreads(t *testing.T) {
	for _, c := range []struct {
		rule        Threads
		ada, others int // answers to what is said without a mention
	}{{ThreadsStrict, 0, 0}, {ThreadsOpener, 1, 0}, {"", 1, 0}, {ThreadsEveryone, 1, 1}} {
		t.Run(string(c.rule), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, r, thread := talkers(t, true, c.rule)
				ada, bert := s.User("Ada"), s.User("Bert")
				own := ada.Say(thread, "and in May?")
				other := bert.Say(thread, "and in June?")
				mentioned := bert.Mention(thread, "and in July?")
				silent := []discordtest.ID{
					ada.Say(thread, "<@"+string(bert.ID())+"> what do you think?"),
					ada.Reply(other, "good question?"),
					ada.Say(thread, "thanks a lot"),
					ada.Say(s.General(), "is anybody there?"),
					ada.Say(ada.OpenThread(s.General(), "another"), "where is it not?"),
				}
				settled(t, s, r)
				if n := replies(s, own); n != c.ada {
					t.Errorf("%d answers to the opener", n)
				}
				if n := replies(s, other); n != c.others {
					t.Errorf("%d answers to others", n)
				}
				if replies(s, mentioned) != 1 {
					t.Error("a mention is not answered")
				}
				for i, id := range silent {
					if replies(s, id) != 0 {
						m, _ := s.Message(id)
						t.Errorf("%d: an answer to %q", i, m.Content)
					}
				}
			})
		})
	}
}

// After a restart the bot finds out from the thread that it took part: it answered there, or its answer began the
// thread.
func TestThreadsAfterARestart(t *testing.T) { synctest.Test(t, testThreadsAfterARestart) }
func testThreadsAfterARestart(t *testing.T) {
	s, r, thread := talkers(t, true, ThreadsOpener)
	ada := s.User("Ada")
	answer := wantReply(t, s, ada.Mention(s.General(), "why?"), "You asked: why?")
	from := ada.OpenThreadFrom(answer.ID, "why")
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	if err := s.WaitFor(t.Context(), func() bool { return !s.Online() }); err != nil {
		t.Fatal(err)
	}
	start(t, s, &threadTable{content: true}, nil)
	wantReply(t, s, ada.Say(thread, "and in May?"), "You asked: and in May?")
	wantReply(t, s, ada.Say(from, "and in June?"), "You asked: and in June?")
	wantReply(t, s, ada.Say(from, "thanks, but why?"), "The document does not say.")
}

// Without the intent Discord sends no text: whoever has just got an answer is told once how to go on, and nobody else
// is bothered.
func TestThreadsWithoutText(t *testing.T) { synctest.Test(t, testThreadsWithoutText) }
func testThreadsWithoutText(t *testing.T) {
	s, r, thread := talkers(t, false, ThreadsOpener)
	ada, bert := s.User("Ada"), s.User("Bert")
	other := bert.Say(thread, "hello?")
	own := ada.Say(thread, "and in May?")
	wantReply(t, s, own, hintText(lang.Printer{}))
	again := ada.Say(thread, "and in June?")
	wantReply(t, s, ada.Mention(s.General(), "in a channel?"), "You asked")
	channel := ada.Say(s.General(), "among us")
	settled(t, s, r)
	for _, id := range []discordtest.ID{other, again, channel} {
		if replies(s, id) != 0 {
			m, _ := s.Message(id)
			t.Errorf("an answer to %q", m.Content)
		}
	}
}

func TestIntentRefused(t *testing.T) { synctest.Test(t, testIntentRefused) }
func testIntentRefused(t *testing.T) {
	s := quick(t, discordtest.Config{})
	s.Forgive(discordtest.RuleGateway)
	r := launch(t, s, &threadTable{content: true}, nil)
	err := <-r.ended
	r.ended <- nil
	if err == nil || !strings.Contains(err.Error(), "PILCROW_MESSAGE_CONTENT") {
		t.Errorf("%v", err)
	}
}

// What is overheard counts among the questions, and is passed over in silence where there are too many.
func TestThreadsAreQuiet(t *testing.T) { synctest.Test(t, testThreadsAreQuiet) }
func testThreadsAreQuiet(t *testing.T) {
	s := quick(t, discordtest.Config{Privileged: discordtest.IntentMessageContent})
	r := start(t, s, &threadTable{content: true}, nil, limits.Rates{Person: limits.Rate{Count: 2, Per: time.Hour}})
	ada := s.User("Ada")
	thread := ada.OpenThread(s.General(), "the crane")
	wantReply(t, s, ada.Mention(thread, "who fell?"), "You asked: who fell?")
	wantReply(t, s, ada.Say(thread, "and in May?"), "You asked: and in May?")
	more := []discordtest.ID{ada.Say(thread, "and in June?"), ada.Say(thread, "and in July?")}
	settled(t, s, r)
	for _, id := range more {
		if replies(s, id) != 0 {
			t.Error("a message that nobody asked the bot is answered")
		}
	}
	if m := s.Messages(ada.Direct()); len(m) != 0 {
		t.Errorf("told: %q", m[0].Content)
	}
}
