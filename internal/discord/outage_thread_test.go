package discord

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands/settings"
	"pilcrow/internal/discordtest"
)

// staging shows stages of an answer in a thread, and opens a thread for each question in a channel.
type staging struct {
	stagedTable
	general string
}

func (s *staging) configure(c *Config) {
	c.Content = true
	c.Answered = func(_, channel string) settings.Answering {
		if channel == s.general {
			return settings.Answering{Rule: settings.AnswerEvery, Thread: true}
		}
		return settings.Answering{}
	}
}

// The calls that messages in threads and with stages need besides those of failingCalls.
var threadCalls = []struct {
	name  string
	match discordtest.Match
}{
	{"open a thread", discordtest.Match{Method: http.MethodPost, Path: "/channels/*/messages/*/threads"}},
	{"delete a thread", discordtest.Match{Method: http.MethodDelete, Path: "/channels/*"}},
	{"edit a message", discordtest.Match{Method: http.MethodPatch, Path: "/channels/*/messages/*"}},
	{"delete a message", discordtest.Match{Method: http.MethodDelete, Path: "/channels/*/messages/*"}},
}

// However Discord fails: a question that opens a thread, one whose answer takes the place of stages, and one that is
// taken back end once.
func TestOutagesOfThreads(t *testing.T) {
	n := 0
	for _, c := range threadCalls {
		for _, o := range outagesOf(c.name, c.match) {
			if n++; testing.Short() && n%13 != 0 {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s/%s", o.call, o.name, o.lasts), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { o.branch(t) })
			})
		}
	}
}

func (o outage) branch(t *testing.T) {
	table := &staging{stagedTable: stagedTable{pause: 6 * time.Second}}
	s, log, end := inOutages(t, table)
	table.general = string(s.General())
	s.Forgive(discordtest.RuleThread) // what was lost is tried again
	if o.call == "delete a thread" {
		s.Deny(s.General(), discordtest.SendInThreads)
	}
	ada, bert, cleo := s.User("Ada"), s.User("Bert"), s.User("Cleo")
	set := o.begin(s)
	branched := ada.Say(s.General(), "who fell from the crane?")
	staged := bert.Mention(s.Thread(), "and who did not?")
	if o.call == "delete a message" {
		time.Sleep(3 * time.Second)
		cleo.Delete(cleo.Mention(s.Thread(), "never mind?"))
	}
	o.pass(set)
	time.Sleep(20 * time.Minute)
	asked := map[discordtest.ID]string{branched: "who fell from the crane?", staged: "and who did not?"}
	for id, words := range asked {
		n, notices := 0, 0
		for _, where := range []discordtest.ID{s.General(), s.Thread(), id, ada.Direct(), bert.Direct()} {
			for _, m := range s.Messages(where) {
				switch {
				case !m.Author.Bot || m.Deleted:
				case strings.Contains(m.Content, "You asked: "+words):
					n++
				case strings.HasPrefix(m.Content, "Stage") && strings.HasSuffix(m.Content, words):
					t.Errorf("%q has a stage left: %s", words, m.Content)
				case strings.Contains(m.Content, "Something went wrong"):
					notices++
				}
			}
		}
		if n == 0 && notices > 0 && o.name == "400" { // we made a message that Discord cannot show: that is said
			continue
		}
		if n != 1 {
			t.Errorf("%q has %d answers, %d notices", words, n, notices)
		}
	}
	if t.Failed() {
		t.Log(s.Channel(s.General()).Unfolded(), s.Channel(s.Thread()).Unfolded(), log)
	}
	end()
}
