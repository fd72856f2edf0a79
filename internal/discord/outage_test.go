package discord

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discordtest"
)

// An outage is a failing Discord, under a clock of its own: one kind of call fails in one way for some time.
type outage struct {
	call  string
	match discordtest.Match
	name  string
	fault discordtest.Fault
	lasts time.Duration // 0: once
}

var failingCalls = []struct {
	name  string
	match discordtest.Match
}{
	{"first response", discordtest.Match{Path: "/interactions/**"}},
	{"edit", discordtest.Match{Method: http.MethodPatch, Path: "/webhooks/**"}},
	{"follow-up", discordtest.Match{Method: http.MethodPost, Path: "/webhooks/**"}},
	{"message", discordtest.Match{Method: http.MethodPost, Path: "/channels/*/messages"}},
	{"message there", discordtest.Match{Method: http.MethodPost, Path: "/channels/{thread}/messages"}},
	{"typing", discordtest.Match{Path: "/channels/*/typing"}},
	{"reading", discordtest.Match{Method: http.MethodGet, Path: "/channels/**"}},
	{"anything", discordtest.Match{}},
}

func outages() (all []outage) {
	for _, c := range failingCalls {
		all = append(all, outagesOf(c.name, c.match)...)
	}
	return all
}

// outagesOf are all ways in which one kind of call fails.
func outagesOf(call string, match discordtest.Match) (all []outage) {
	var faults []outage
	for _, status := range []int{400, 401, 403, 404, 405, 408, 409, 413, 422, 500, 502, 503, 504, 520} {
		faults = append(faults, outage{name: fmt.Sprint(status),
			fault: discordtest.Fault{Status: status, HTML: status == 502}})
	}
	faults = append(faults, outage{name: "cut", fault: discordtest.Fault{Cut: true}},
		outage{name: "429", fault: discordtest.Fault{Status: 429}},
		outage{name: "429 for everything", fault: discordtest.Fault{Status: 429, Global: true}},
		outage{name: "lost", fault: discordtest.Fault{Status: 500, Applied: true}})
	for _, f := range faults {
		for _, lasts := range []time.Duration{0, 30 * time.Second, 200 * time.Second, 14 * time.Minute} {
			f.call, f.match, f.lasts = call, match, lasts
			all = append(all, f)
		}
	}
	return all
}

// final tells that Discord refuses: nothing is tried again.
func (o outage) final() bool {
	return o.fault.Status >= 400 && o.fault.Status < 500 && o.fault.Status != 429
}

// However Discord fails: each question has one ending, and something is shown wherever anything can be.
func TestOutages(t *testing.T) {
	for i, o := range outages() {
		if testing.Short() && i%7 != 0 {
			continue
		}
		t.Run(fmt.Sprintf("%s/%s/%s", o.call, o.name, o.lasts), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { o.run(t) })
		})
	}
}

// inOutages is a bot that is connected to a fake Discord in memory, with its log; what it returns last ends both.
func inOutages(t *testing.T, table Table) (s *discordtest.Server, log *strings.Builder, end func()) {
	t.Helper()
	s = discordtest.NewConfig(t, discordtest.Config{Memory: true, IdentifyGap: -1, Patience: -1,
		Privileged: discordtest.IntentMessageContent})
	s.Forgive(discordtest.RuleInteraction, discordtest.RuleRateLimit)
	log = &strings.Builder{}
	config := Config{Token: s.Token(), APIURL: s.URL(), Table: table, Logger: slog.New(slog.NewTextHandler(log, nil))}
	if c, ok := table.(interface{ configure(c *Config) }); ok {
		c.configure(&config)
	}
	b, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	b.client.Dial = s.Dial
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	time.Sleep(10 * time.Second)
	if len(s.Commands("")) == 0 {
		t.Fatal("the bot is not connected:", log)
	}
	return s, log, func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		s.Close()
	}
}

func (o outage) run(t *testing.T) {
	s, log, end := inOutages(t, &smallTable{slow: 2 * time.Second})
	set := o.begin(s)
	ada, bert, cleo := s.User("Ada"), s.User("Bert"), s.User("Cleo")
	var asked []string
	ask := func(who *discordtest.Person, words string, private bool) {
		asked = append(asked, words)
		options := []discordtest.Option{discordtest.Opt("question", words)}
		if private {
			options = append(options, discordtest.Opt("private", "true"))
		}
		if err := who.Slash(s.General(), "ask", options...).Err(); err != nil {
			t.Fatal(err)
		}
	}
	ask(ada, "question one", false)
	ask(bert, "question two", true)
	asked = append(asked, "question three")
	cleo.Mention(s.Thread(), "question three")
	o.pass(set)
	time.Sleep(20 * time.Minute)
	for i, words := range asked {
		n, shown := 0, ""
		for _, where := range []discordtest.ID{s.General(), s.Thread(), ada.Direct(), bert.Direct(), cleo.Direct()} {
			for _, m := range s.Messages(where) {
				shown += m.Content
				if m.Author.Bot && !m.Deleted && strings.Contains(m.Content, "You asked: "+words) {
					n++
					if words == "question two" && !m.Ephemeral() && where != bert.Direct() {
						t.Errorf("the private answer is public: %s", m.Content)
					}
				}
			}
		}
		if n == 0 && o.final() && o.lasts > 0 && (o.call == "anything" || o.call == "message" && i == 2) {
			continue // nothing at all can be shown
		}
		if n == 0 && o.name == "400" && strings.Contains(shown, "Something went wrong") {
			continue // we made a message that Discord cannot show: that is said
		}
		if n != 1 {
			t.Errorf("%q has %d answers", words, n)
		}
	}
	if t.Failed() {
		t.Log(s.Channel(s.General()).Unfolded(), s.Channel(s.Thread()).Unfolded(), log)
	}
	end()
}
