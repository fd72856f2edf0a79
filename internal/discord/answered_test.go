package discord

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discordtest"
)

// answeredTable is for a bot some of whose channels are answered without a mention.
type answeredTable struct {
	threadTable
	channels map[discordtest.ID]settings.Answering
}

func (s *answeredTable) configure(c *Config) {
	c.Content = s.content
	c.Answered = func(_, channel string) settings.Answering { return s.channels[discordtest.ID(channel)] }
}

// answeringIn is a bot that answers in the general channel by a rule.
func answeringIn(t *testing.T, a settings.Answering) (*discordtest.Server, *running, *answeredTable) {
	t.Helper()
	s := quick(t, discordtest.Config{Privileged: discordtest.IntentMessageContent})
	table := &answeredTable{threadTable: threadTable{content: true},
		channels: map[discordtest.ID]settings.Answering{s.General(): a}}
	return s, start(t, s, table, nil), table
}

// Which of several messages are answered by each rule. None says that the bot is mentioned.
func TestAnsweredChannels(t *testing.T) {
	for _, c := range []struct {
		rule               string
		sure, other, thank int // answers to a question that is sure, to one that is not, and to thanks
	}{
		{settings.AnswerEvery, 1, 1, 0}, {settings.AnswerSure, 1, 0, 0}, {settings.AnswerMentioned, 0, 0, 0}, {"", 0, 0, 0},
	} {
		t.Run("rule "+c.rule, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, r, table := answeringIn(t, settings.Answering{Rule: c.rule})
				ada, bert := s.User("Ada"), s.User("Bert")
				sure := ada.Say(s.General(), "sure, who fell?")
				other := bert.Say(s.General(), "who fell?")
				thanks := bert.Say(s.General(), "thanks a lot")
				silent := []discordtest.ID{
					ada.Reply(other, "sure, what did you say?"),
					bert.Say(s.General(), "<@"+string(ada.ID())+"> sure, and you?"),
					ada.Say(s.AddChannel(s.Guild(), "elsewhere"), "sure, is anybody there?"),
					ada.Say(ada.OpenThread(s.General(), "among us"), "sure, where is it not?"),
				}
				settled(t, s, r)
				for _, m := range []struct {
					id   discordtest.ID
					want int
				}{{sure, c.sure}, {other, c.other}, {thanks, c.thank}} {
					if n := replies(s, m.id); n != m.want {
						t.Errorf("%d answers to %v", n, s.Messages(s.General()))
					}
				}
				for i, id := range silent {
					if replies(s, id) != 0 {
						t.Errorf("%d: an answer to somebody else's", i)
					}
				}
				if ran := int(table.ran.Load()); ran != 1+c.sure+c.other { // settled asks one
					t.Errorf("%d questions were answered, seen or not", ran)
				}
				wantReply(t, s, bert.Mention(s.General(), "and I?"), "You asked: and I?")
			})
		})
	}
}

// A post of a forum is read with its title; what people write below it is not.
func TestAnsweredForum(t *testing.T) {
	for _, rule := range []string{settings.AnswerEvery, settings.AnswerSure} {
		synctest.Test(t, func(t *testing.T) {
			s, r, table := answeringIn(t, settings.Answering{})
			forum := s.AddPlace(s.Guild(), discordtest.GuildForum, "questions")
			table.channels[forum] = settings.Answering{Rule: rule, Thread: true}
			ada, bert := s.User("Ada"), s.User("Bert")
			post := ada.PostInForum(forum, "sure, who fell?", "I could not find it.")
			wantReply(t, s, post, "You asked: sure, who fell? I could not find it.")
			post = ada.PostInForum(forum, "sure of the crane", "how high is it?")
			wantReply(t, s, post, "You asked: sure of the crane: how high is it?")
			post = ada.PostInForum(forum, "How?", "sure, who fell in May?")
			wantReply(t, s, post, "You asked: sure, who fell in May?")
			below := bert.Say(post, "sure, who knows?")
			settled(t, s, r)
			if replies(s, below) != 0 {
				t.Error("somebody else is answered below a post")
			}
		})
	}
}

// inThread are the bot's messages in the thread of a message.
func inThread(s *discordtest.Server, asked discordtest.ID) (list []discordtest.Message) {
	for _, m := range s.Messages(asked) {
		if m.Author.Bot {
			list = append(list, m)
		}
	}
	return list
}

// Each question has its thread, which the answer opens. What Discord does not allow leaves the answer in the channel;
// there is one in any case.
func TestThreadPerQuestion(t *testing.T) {
	for _, c := range []struct {
		denied            int
		channel, inThread int
		empty             int // threads that are left, without an answer
	}{{0, 0, 1, 0}, {discordtest.CreateThreads, 1, 0, 0}, {discordtest.SendInThreads, 1, 0, 0},
		{discordtest.SendInThreads | discordtest.ManageThreads, 1, 0, 1}} {
		synctest.Test(t, func(t *testing.T) {
			s, r, _ := answeringIn(t, settings.Answering{Rule: settings.AnswerEvery, Thread: true})
			s.Deny(s.General(), c.denied)
			ada := s.User("Ada")
			asked := ada.Say(s.General(), "who fell from the crane?")
			settled(t, s, r)
			mentioned := ada.Mention(s.General(), "and who did not?")
			long := ada.Say(s.General(), "why "+strings.Repeat("so very ", 40)+"long?")
			settled(t, s, r)
			empty := 0
			for _, id := range []discordtest.ID{asked, mentioned, long} {
				if m, _ := s.Message(id); m.Thread != nil && len(inThread(s, id)) == 0 {
					empty++
				}
				if n := replies(s, id); n != c.channel {
					t.Errorf("%d answers in the channel", n)
				}
				if got := inThread(s, id); len(got) != c.inThread {
					t.Errorf("%d answers in the thread", len(got))
				}
			}
			if empty != c.empty {
				t.Errorf("%d threads are left empty, want %d", empty, c.empty)
			}
			if c.inThread == 0 {
				return
			}
			if m, _ := s.Message(asked); m.Thread == nil || m.Thread.Name != "who fell from the crane?" {
				t.Errorf("the thread %+v", m.Thread)
			}
			again := ada.Say(asked, "and in May?") // who asked goes on there without a mention
			wantReply(t, s, again, "You asked: and in May?")
		})
	}
}

// A message that was overheard, and is changed while it is answered, is looked at again.
func TestAnsweredThenChanged(t *testing.T) { synctest.Test(t, testAnsweredThenChanged) }
func testAnsweredThenChanged(t *testing.T) {
	s, r, table := answeringIn(t, settings.Answering{Rule: settings.AnswerSure})
	table.hold = make(chan struct{})
	ada := s.User("Ada")
	asked := ada.Say(s.General(), "sure, who fell?")
	for table.started.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	ada.Edit(asked, "never mind, how are you?")
	for r.watches.find(string(asked)) != nil && !changedAlready(r, asked) {
		time.Sleep(time.Millisecond)
	}
	close(table.hold)
	settled(t, s, r)
	if replies(s, asked) != 0 {
		t.Error("what it said before is answered")
	}
}

// changedAlready tells whether the bot knows that the message was changed.
func changedAlready(r *running, id discordtest.ID) bool {
	w := r.watches.find(string(id))
	if w == nil {
		return true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.changed || w.restarts > 0
}

// Where too much was asked, a question in such a channel gets its ending; what nobody waits for is passed over.
func TestAnsweredWithinLimits(t *testing.T) {
	for _, c := range []struct {
		rule string
		told int
	}{{settings.AnswerEvery, 1}, {settings.AnswerSure, 0}} {
		synctest.Test(t, func(t *testing.T) {
			s := quick(t, discordtest.Config{Privileged: discordtest.IntentMessageContent})
			table := &answeredTable{threadTable: threadTable{content: true},
				channels: map[discordtest.ID]settings.Answering{s.General(): {Rule: c.rule}}}
			r := start(t, s, table, nil, limits.Rates{Person: limits.Rate{Count: 1, Per: time.Hour}})
			ada := s.User("Ada")
			wantReply(t, s, ada.Say(s.General(), "sure, who fell?"), "You asked")
			more := ada.Say(s.General(), "sure, who else fell?")
			settled(t, s, r)
			if told := len(s.Messages(ada.Direct())); replies(s, more) != 0 || told != c.told {
				t.Errorf("%d answers, told %d times", replies(s, more), told)
			}
		})
	}
}

// What fails is not told to people who asked nobody.
type failingTable struct{ answeredTable }

func (s *failingTable) Run(_ context.Context, _ string, in commands.Input) (commands.Reply, error) {
	if strings.HasPrefix(in.Args[questionParam], "sure") {
		return commands.Reply{}, context.DeadlineExceeded
	}
	return says("You asked: " + in.Args[questionParam]), nil
}

func TestSureAndFailing(t *testing.T) { synctest.Test(t, testSureAndFailing) }
func testSureAndFailing(t *testing.T) {
	s := quick(t, discordtest.Config{Privileged: discordtest.IntentMessageContent})
	table := &failingTable{answeredTable{threadTable: threadTable{content: true},
		channels: map[discordtest.ID]settings.Answering{s.General(): {Rule: settings.AnswerSure}}}}
	r := start(t, s, table, nil)
	asked := s.User("Ada").Say(s.General(), "sure, who fell?")
	settled(t, s, r)
	if replies(s, asked) != 0 {
		t.Error("a failure is told where nobody asked")
	}
}
