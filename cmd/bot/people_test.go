package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pilcrow/internal/discordtest"
)

// traces are the files of the bot's data that hold the text.
func (s *serving) traces(t *testing.T, text string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(s.env[envData], func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(text))) {
			files = append(files, d.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// form waits for the form that a click opens, and sends it filled in.
func (o office) form(p *discordtest.Person, m discordtest.Message, button string,
	fields ...discordtest.Option) *discordtest.Interaction {
	o.t.Helper()
	it := p.Click(m.ID, button)
	if it.Err() != nil {
		o.t.Fatal(it.Err())
	}
	if _, err := it.WaitModal(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	return p.SubmitModal(it, fields...)
}

// TestPeople is how members say what they think of answers and what they miss, how an admin answers, and how who asked
// is told.
func TestPeople(t *testing.T) {
	t.Parallel()
	o := office{serve(t, discordtest.NewConfig(t, discordtest.Config{IdentifyGap: -1}), nil, nil), t}
	nils := o.discord.User("Nils") // of those who wish to be told the first: ids grow
	here, grace, mia, omar := o.discord.General(), o.discord.Admin(), o.discord.User("Mia"), o.discord.User("Omar")
	ask := func(p *discordtest.Person, question string) *discordtest.Interaction {
		return p.Slash(here, "ask", discordtest.Opt("question", question))
	}
	answer := o.wants(ask(mia, "When was the lighthouse lit for the first time?"), "1871")
	if thanks := o.wants(omar.Click(answer.ID, "👍"), "Your 👍 is counted"); !thanks.Ephemeral() {
		t.Error("a vote is public")
	}
	o.wants(o.form(mia, answer, "👎", discordtest.Opt("reason", "not supported"),
		discordtest.Opt("comment", "Which lantern?")), "Your 👎 is counted")
	if r := o.stopped(t); r.code != exitOK {
		t.Fatalf("exit code %d", r.code)
	}
	o.start(t)
	o.wants(o.form(mia, answer, "👎"), "is 👎 now") // one vote, after a restart, too

	silent := o.wants(ask(mia, "Who paints the lighthouse with zinc?"), "not say.")
	o.wants(omar.Click(silent.ID, "Tell the admins"), "Only who asked")
	left := o.wants(nils.Click(o.wants(ask(nils, "Who paints the lighthouse with zinc?"), "not say.").ID,
		"Tell the admins"), "kept")
	o.wants(nils.Click(left.ID, "Tell me when it is answered"), "write to you privately")
	nils.Leave(o.discord.Guild())
	kept := o.wants(mia.Click(silent.ID, "Tell the admins"), "Who paints the lighthouse with zinc?", "without your name")
	o.wants(mia.Click(kept.ID, "Tell me when it is answered"), "write to you privately")
	o.discord.Grant("gaps", omar) // a server may show it to everybody; that gives no rights with us
	o.wants(omar.Slash(here, "gaps"), "Only those who manage the server")
	gaps := o.wants(grace.Slash(here, "gaps"), "Who paints the lighthouse with zinc?", "1 👍, 1 👎", "record:on")
	if !gaps.Ephemeral() {
		t.Error("the questions are public")
	}
	preview := o.wants(o.form(grace, gaps, "Answer now", discordtest.Opt("content", "The lighthouse is painted with "+
		"zinc by Marta Olin, each spring.")),
		"### Add “Who paints the lighthouse with zinc?”?", "Marta Olin")
	o.wants(grace.Click(preview.ID, "Confirm"), "is added")
	told, err := o.discord.WaitMessage(mia.Direct(), patience, func(m discordtest.Message) bool { return m.Author.Bot })
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"> Who paints the lighthouse with zinc?", "Marta Olin, each spring. [¶1]",
		"<#" + string(here) + ">"} {
		if !strings.Contains(told.Text(), part) {
			t.Errorf("no %q in %q", part, told.Text())
		}
	}
	o.wants(grace.Slash(here, "gaps"), "No question is waiting", "Answered in the last 7 days: 1")
	if got := o.discord.Messages(nils.Direct()); len(got) != 0 {
		t.Errorf("who left the server is told %v", got)
	}

	privacy := o.wants(mia.Slash(here, "privacy"), "On disk I keep no question, no answer and no user id", "180 days")
	o.wants(mia.Click(privacy.ID, "Delete my data"), "Deleted for good", "1 vote")
	for _, text := range []string{string(mia.ID()), "Which lantern"} {
		if found := o.traces(t, text); found != nil {
			t.Errorf("%q is in %v", text, found)
		}
	}
	o.compare("people.txt")
}

// After a busy evening in which nobody chose to give anything, there is no question, no answer and no user id on disk.
func TestNothingOnDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	o := office{serve(t, discordtest.NewConfig(t, discordtest.Config{IdentifyGap: -1}), nil, nil), t}
	const people = 20
	var wg sync.WaitGroup
	var ids []string
	for n := range people {
		p := o.discord.User(fmt.Sprintf("Person%d", n))
		channel := o.discord.AddChannel(o.discord.Guild(), fmt.Sprintf("room-%d", n%5))
		ids = append(ids, string(p.ID()), string(channel))
		wg.Go(func() {
			question := fmt.Sprintf("Is marzipan number %d kept at Skarvik?", n)
			for _, it := range []*discordtest.Interaction{
				p.Slash(channel, "ask", discordtest.Opt("question", question)),
				p.Slash(channel, "ask", discordtest.Opt("question", "When was the lighthouse first lit?"),
					discordtest.Opt("private", "true")),
				p.Slash(channel, "check", discordtest.Opt("text", "Nutmeg is stored in the lighthouse.")),
			} {
				if it.Err() != nil {
					t.Error(it.Err())
					return
				}
				if _, err := o.discord.WaitAnswer(it, patience); err != nil {
					t.Error(err)
				}
			}
			if _, err := o.discord.WaitReply(p.DM("What about the saffron of Skarvik?"), patience); err != nil {
				t.Error(err)
			}
			if _, err := o.discord.WaitReply(p.Mention(channel, "Who buys turmeric?"), patience); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	look := func(when string) {
		t.Helper()
		for _, text := range append(ids, "marzipan", "nutmeg", "saffron", "turmeric", "first lit", "eleven months",
			string(o.discord.Guild())) {
			if found := o.traces(t, text); found != nil {
				t.Errorf("%s, %q is in %v", when, text, found)
			}
		}
	}
	look("while it runs")
	if r := o.stopped(t); r.code != exitOK {
		t.Errorf("exit code %d", r.code)
	}
	look("after it has ended")
}

// A text file belongs to its question: it says what "that" is, is the question where there is none, and is checked
// where it is too long.
func TestFileWithAQuestion(t *testing.T) {
	o := office{serve(t, discordtest.NewConfig(t, discordtest.Config{IdentifyGap: -1}), nil, nil), t}
	mia := o.discord.User("Mia")
	file := func(text string) []discordtest.File {
		return []discordtest.File{{Name: "notes.txt", MediaType: "text/plain", Data: []byte(text)}}
	}
	const filler = "The weather was fair that day, and nobody in town wrote of it. "
	for _, c := range []struct {
		name  string
		draft discordtest.Draft
		want  []string
	}{
		{"with words", discordtest.Draft{Text: "Is that true?", Files: file("A storm broke the lantern at Skarvik in 1902.")},
			[]string{"A storm broke the lantern in 1902"}},
		{"alone", discordtest.Draft{Files: file("When was the lighthouse lit for the first time?")}, []string{"1871", "[👍]"}},
		{"long", discordtest.Draft{Files: file("A storm broke the lantern in 1902. " + strings.Repeat(filler, 60))},
			[]string{"✓ Supported", "the first 30"}},
	} {
		c.draft.Channel = o.discord.General()
		if c.draft.Text != "" {
			c.draft.Text = " " + c.draft.Text
		}
		c.draft.Text = "<@" + string(o.discord.BotID()) + ">" + c.draft.Text
		m, err := o.discord.WaitReply(mia.Post(c.draft), patience)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		shown := m.Text()
		for _, row := range m.Components {
			for _, b := range row.Components {
				shown += "[" + b.Label + "]"
			}
		}
		for _, want := range c.want {
			if !strings.Contains(shown, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, shown)
			}
		}
	}
}
