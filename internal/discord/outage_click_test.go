package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/discordtest"
)

// clickTable has a button of each kind below an answer: one turns a page at once, one slowly, one asks in a form; and
// an answer with a picture, and one of several messages.
type clickTable struct{ smallTable }

func (t *clickTable) Commands() []commands.Command {
	return []commands.Command{
		{Name: "ask", Summary: "Ask a question", Params: []commands.Param{
			{Name: "question", Summary: "What you want to know", Type: commands.Text, Required: true, MaxRunes: 2000},
			{Name: "private", Summary: "Only you see the answer", Type: commands.Flag, Only: commands.Chat}}},
		{Name: "list", Summary: "A list", Params: []commands.Param{
			{Name: "page", Summary: "Which page", Type: commands.Text}}},
		{Name: "say", Summary: "Say something", Params: []commands.Param{
			{Name: "words", Summary: "What to say", Type: commands.Text, Required: true}}},
	}
}

func (t *clickTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	asked := in.Args["question"]
	switch {
	case name == "say":
		return says("You said: " + in.Args["words"]), rest.Sleep(ctx, time.Second)
	case name == "list" && in.Args["page"] == "slow":
		return says("The slow page"), rest.Sleep(ctx, 2*time.Second)
	case name == "list":
		return says("The quick page"), nil
	case asked == "buttons":
		r := says("Press one")
		r.Share = true
		r.Actions = []commands.Action{
			{Label: "Quick", Command: "list", Args: commands.Args{"page": "quick"}, Turn: true},
			{Label: "Slow", Command: "list", Args: commands.Args{"page": "slow"}, Turn: true},
			{Label: "Form", Command: "say", Form: true}}
		return r, nil
	case asked == "picture":
		r := says("A picture of the sea")
		r.File = &commands.File{Name: "sea.png", MediaType: "image/png", Alt: "Waves",
			Write: func(w io.Writer) error { _, err := w.Write([]byte("\x89PNG")); return err }}
		return r, rest.Sleep(ctx, time.Second)
	case asked == "long":
		return says("The long answer. " + strings.Repeat("This says something about the long road. ", 100)), nil
	}
	return commands.Reply{}, errors.New("no such question")
}

// A wanted is what somebody pressed or asked for, and what ends it.
type wanted struct {
	what    string
	who     *discordtest.Person
	endings []string // words of which one message says one, and no other message any
	it      *discordtest.Interaction
	late    bool // after three seconds Discord does not take it any more
}

// However Discord fails: what was pressed, sent in a form or shared, and answers with files and of several messages,
// end once, and something is shown wherever anything can be.
func TestOutagesOfClicks(t *testing.T) {
	n := 0
	for _, o := range outages() {
		if slices.Contains([]string{"message there", "typing", "reading"}, o.call) {
			continue // nothing here depends on them
		}
		if n++; testing.Short() && n%29 != 0 {
			continue
		}
		t.Run(fmt.Sprintf("%s/%s/%s", o.call, o.name, o.lasts), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { o.click(t) })
		})
	}
}

func (o outage) click(t *testing.T) {
	s, log, end := inOutages(t, &clickTable{})
	person := func(name string) *discordtest.Person { return s.User(name) }
	slash := func(who, question string, private bool) *discordtest.Interaction {
		opts := []discordtest.Option{discordtest.Opt("question", question)}
		if private {
			opts = append(opts, discordtest.Opt("private", "true"))
		}
		return person(who).Slash(s.General(), "ask", opts...)
	}
	below := func(who string, private bool) discordtest.ID {
		it := slash(who, "buttons", private)
		time.Sleep(5 * time.Second)
		return it.Messages()[0].ID
	}
	quick, slow, share, asks, fills := below("Ada", false), below("Bert", false), below("Cleo", true),
		below("Dora", false), below("Emil", false)
	form := person("Emil").Click(fills, "Form")
	time.Sleep(5 * time.Second)
	if form.Modal() == nil {
		t.Fatal("no form")
	}

	set := o.begin(s)
	list := []wanted{
		{"turn a page", person("Ada"), []string{"The quick page"}, person("Ada").Click(quick, "Quick"), false},
		{"turn a slow page", person("Bert"), []string{"The slow page"}, person("Bert").Click(slow, "Slow"), false},
		{"share", person("Cleo"), []string{"Shared by Cleo"}, person("Cleo").Click(share, shareLabel), true},
		{"open a form", person("Dora"), nil, person("Dora").Click(asks, "Form"), true},
		{"send a form", person("Emil"), []string{"You said: hello"},
			person("Emil").SubmitModal(form, discordtest.Opt("words", "hello")), false},
		{"a picture", person("Finn"), []string{"A picture of the sea"}, slash("Finn", "picture", false), false},
		{"a long answer", person("Gina"), []string{"The long answer."}, slash("Gina", "long", false), false},
	}
	o.pass(set)
	time.Sleep(20 * time.Minute)
	for _, w := range list {
		if w.it.Err() != nil {
			t.Fatal(w.what, w.it.Err())
		}
		o.oneEnding(t, s, w)
	}
	if t.Failed() {
		t.Log(s.Channel(s.General()).Unfolded(), log)
	}
	end()
}

// begin sets the fault.
func (o outage) begin(s *discordtest.Server) *discordtest.ActiveFault {
	fault := o.fault
	if fault.Times = 0; o.lasts == 0 {
		fault.Times = 1
	}
	if fault.Status == http.StatusTooManyRequests {
		fault.RetryAfter = max(o.lasts, time.Second)
	}
	o.match.Path = strings.ReplaceAll(o.match.Path, "{thread}", string(s.Thread()))
	return s.Fault(o.match, fault)
}

// pass waits until the fault is over, which it is at the moment that a 429 named: a bot that comes back then is served.
func (o outage) pass(set *discordtest.ActiveFault) {
	if o.lasts > 0 {
		time.Sleep(o.lasts - time.Nanosecond)
		set.Clear()
	}
}

// oneEnding wants one message with the ending of what was wanted, and at least a notice where that cannot be.
func (o outage) oneEnding(t *testing.T, s *discordtest.Server, w wanted) {
	t.Helper()
	n, notices := 0, 0
	shown := map[discordtest.ID]bool{}
	for _, m := range w.it.Messages() {
		shown[m.ID] = true
	}
	for _, where := range []discordtest.ID{s.General(), w.who.Direct()} {
		for _, m := range s.Messages(where) {
			if !m.Author.Bot || m.Deleted {
				continue
			}
			ours := shown[m.ID] || m.Ephemeral() && m.For == w.who.ID() || where == w.who.Direct()
			switch {
			case slices.ContainsFunc(w.endings, func(e string) bool { return strings.Contains(m.Text(), e) }):
				n++
			case ours && !m.Loading() && m.Text() != "" && !strings.Contains(m.Text(), "Press one"):
				notices++
			}
		}
	}
	if w.what == "open a form" && w.it.Modal() != nil {
		n++
	}
	unreachable := o.lasts > 0 && o.final() && o.call == "anything"
	switch {
	case n == 1, unreachable && n == 0:
	case n == 0 && notices > 0 && (o.final() || w.late && o.lasts > 0):
	default:
		t.Errorf("%s: %d endings, %d notices", w.what, n, notices)
	}
}
