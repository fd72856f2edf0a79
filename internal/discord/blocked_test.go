package discord

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discordtest"
)

// private waits until somebody has been written to privately about a channel, and returns all that was written.
func private(t *testing.T, s *discordtest.Server, p *discordtest.Person, want string) string {
	t.Helper()
	if _, err := s.WaitMessage(p.Direct(), patience, func(m discordtest.Message) bool {
		return strings.Contains(m.Content,
			want)
	}); err != nil {
		t.Fatalf("%v; want %q in:\n%s", err, want, s.Channel(p.Direct()).Transcript())
	}
	return s.Channel(p.Direct()).Transcript()
}

func TestMissingPermissions(t *testing.T) {
	for _, c := range []struct {
		name     string
		question string
		thread   bool
		spoil    func(s *discordtest.Server, where discordtest.ID)
		want     string // what the asker is told
		there    string // what stands in the channel nevertheless
	}{
		{"send", "why?", false, func(s *discordtest.Server, where discordtest.ID) { s.Deny(where, discordtest.SendMessages) },
			"Send Messages", ""},
		{"send in threads", "why?", true, func(s *discordtest.Server,
			where discordtest.ID) {
			s.Deny(where, discordtest.SendInThreads)
		},
			"Send Messages in Threads", ""},
		{"view", "why?", false, func(s *discordtest.Server, where discordtest.ID) { s.Hide(where) }, "View Channel", ""},
		{"attach", "endless", false, func(s *discordtest.Server,
			where discordtest.ID) {
			s.Deny(where, discordtest.AttachFiles)
		},
			"Attach Files", "long road"},
		{"history", "why?", false, func(s *discordtest.Server,
			where discordtest.ID) {
			s.Deny(where, discordtest.ReadHistory)
		},
			"Read Message History", "You asked: why?"},
		{"locked", "why?", true, func(s *discordtest.Server, where discordtest.ID) { s.Archive(where) },
			"The thread is locked", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fake(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
				table := &smallTable{hold: make(chan struct{})}
				r := start(t, s, table, nil)
				where := s.General()
				if c.thread {
					where = s.Thread()
				}
				ada := s.User("Ada")
				ada.Mention(where, c.question)
				begun(t, table, 1)
				c.spoil(s, where)
				close(table.hold)
				told := private(t, s, ada, c.want)
				if c.there != "" {
					if _, err := s.WaitMessage(where, patience, func(m discordtest.Message) bool {
						return m.Author.Bot && strings.Contains(m.Content, c.there)
					}); err != nil {
						t.Error(err)
					}
				} else {
					told = private(t, s, ada, "You asked: why?")
				}
				if name := "#general"; !c.thread && !strings.Contains(told, name) {
					t.Errorf("the channel is not named: %s", told)
				}
				answers := strings.Count(told, "You asked: why?")
				if c.name != "view" { // where Discord shows us nothing, nothing is asked
					ada.Mention(where, c.question)
					begun(t, table, 2)
					answers *= 2
				}
				if err := r.stopped(t); err != nil {
					t.Fatal(err)
				}
				again := s.Channel(ada.Direct()).Transcript()
				if n := strings.Count(again, "You asked: why?"); n != answers {
					t.Errorf("%d answers instead of %d: %s", n, answers, again)
				}
				if c.name == "history" && again != told {
					t.Errorf("told twice what would be nicer: %s", again)
				}
				if c.name == "attach" && len(s.Messages(ada.Direct())[0].Attachments) == 0 {
					t.Error("the file that may not be attached in the channel is lost")
				}
				for _, m := range s.Messages(ada.Direct()) {
					if m.Author.Bot && len(m.Components) > 0 {
						t.Errorf("buttons that mean nothing outside the server: %+v", m.Components)
					}
				}
				if n := len(s.Pings()); n != 0 {
					t.Errorf("%d people were notified", n)
				}
			})
		})
	}
}

func TestSlowMode(t *testing.T) { synctest.Test(t, testSlowMode) }
func testSlowMode(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	ada := s.User("Ada")
	s.SetSlowMode(s.General(), 700*time.Millisecond)
	wantReply(t, s, ada.Mention(s.General(), "first?"), "You asked: first?")
	wantReply(t, s, ada.Mention(s.General(), "second?"), "You asked: second?")
	if m := s.Messages(ada.Direct()); len(m) != 0 {
		t.Errorf("told of a short wait: %q", m[0].Content)
	}
	s.SetSlowMode(s.General(), 5*time.Minute)
	ada.Mention(s.General(), "third?")
	private(t, s, ada, "Slow mode")
	private(t, s, ada, "You asked: third?")
}

// Whoever takes no private messages hears nothing; that is no reason to fail.
func TestToldNothing(t *testing.T) { synctest.Test(t, testToldNothing) }
func testToldNothing(t *testing.T) {
	s := fake(t, discordtest.Config{})
	r := start(t, s, &smallTable{}, nil)
	ada := s.User("Ada")
	ada.CloseDirect()
	s.Deny(s.General(), discordtest.SendMessages)
	ada.Mention(s.General(), "why?")
	eventually(t, "nobody tried", func() bool {
		for _, req := range s.Requests() {
			if req.Method == http.MethodPost && req.Path == "/channels/"+string(ada.Direct())+"/messages" {
				return true
			}
		}
		return false
	})
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
}

// A thread that Discord has put to sleep wakes up, and every kind of channel where people write is one where they are
// answered.
func TestPlaces(t *testing.T) { synctest.Test(t, testPlaces) }
func testPlaces(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{hold: make(chan struct{})}
	start(t, s, table, nil)
	ada := s.User("Ada")
	asked := ada.Mention(s.Thread(), "asleep?")
	s.Sleep(s.Thread()) // before the answer, which is held so long
	close(table.hold)
	wantReply(t, s, asked, "You asked: asleep?")
	if s.Archived(s.Thread()) {
		t.Error("the thread sleeps on")
	}
	for name, kind := range map[string]int{"voice": discordtest.GuildVoice, "stage": discordtest.GuildStage,
		"news": discordtest.Announcement} {
		where := s.AddPlace(s.Guild(), kind, name)
		m := wantReply(t, s, ada.Mention(where, "in "+name+"?"), "You asked: in "+name+"?")
		if m.Flags&discordtest.FlagCrossposted != 0 {
			t.Error("an answer is published to other servers")
		}
		wantAnswer(t, s, ada.Slash(where, "ask", discordtest.Opt("question", "by command?")), "You asked: by command?")
	}
	news := s.AddPlace(s.Guild(), discordtest.Announcement, "more-news")
	wantReply(t, s, ada.Mention(ada.OpenThread(news, "about it"), "in a thread of news?"),
		"You asked: in a thread of news?")
	forum := s.AddPlace(s.Guild(), discordtest.GuildForum, "help")
	post := ada.PostInForum(forum, "How?", fmt.Sprintf("<@%s> how does it work?", s.BotID()))
	wantReply(t, s, post, "You asked: how does it work?")
	other := ada.PostInForum(forum, "Nothing for a bot", "Does anybody know?")
	wantReply(t, s, ada.Mention(other, "and you?"), "You asked: and you?")
	if replies(s, other) != 0 {
		t.Error("a post that does not mention the bot is answered")
	}
}
