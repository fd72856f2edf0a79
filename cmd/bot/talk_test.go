package main

import (
	"strings"
	"testing"

	"pilcrow/internal/discord"
	"pilcrow/internal/discordtest"
)

func TestThreadsConfig(t *testing.T) {
	for _, c := range []struct {
		threads, content string
		rule             discord.Threads
		reads, bad       bool
	}{
		{"", "", discord.ThreadsOpener, false, false},
		{"strict", "on", discord.ThreadsStrict, true, false},
		{"everyone", "off", discord.ThreadsEveryone, false, false},
		{"nobody", "", "", false, true},
		{"", "yes", "", false, true},
	} {
		got, err := loadConfig(func(name string) string {
			return map[string]string{envThreads: c.threads, envContent: c.content}[name]
		})
		if (err != nil) != c.bad || !c.bad && (got.threads != c.rule || got.content != c.reads) {
			t.Errorf("%q, %q: %q, %t, %v", c.threads, c.content, got.threads, got.content, err)
		}
	}
}

// The doctor says what has to be switched on, where, and whether it is.
func TestDoctorTalk(t *testing.T) {
	for _, c := range []struct {
		content    string
		privileged int
		want       string
		code       int
	}{
		{"", 0, "– threads        everybody mentions the bot", exitOK},
		{"on", 0, "✗ threads        PILCROW_MESSAGE_CONTENT=on, but the application may not read messages", exitNothing},
		{"on", discordtest.IntentMessageContent, "✓ threads        the bot reads all messages", exitOK},
	} {
		s := discordtest.NewConfig(t, discordtest.Config{Privileged: c.privileged})
		env := map[string]string{envDiscordToken: s.Token(), envDiscordAPIURL: s.URL(), envContent: c.content}
		var out, problems strings.Builder
		code := run(t.Context(), []string{"doctor"}, func(name string) string { return env[name] }, strings.NewReader(""),
			&out, &problems)
		if code != c.code || !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: exit code %d\n%s%s", c.content, code, out.String(), problems.String())
		}
	}
}

// TestThreadsOfAServer lets an admin choose the rule of a server, which holds after a restart.
func TestThreadsOfAServer(t *testing.T) {
	config := discordtest.Config{IdentifyGap: -1, Privileged: discordtest.IntentMessageContent}
	o := office{serve(t, discordtest.NewConfig(t, config), nil, map[string]string{envContent: "on"}), t}
	d, grace, mia, ada := o.discord, o.discord.Admin(), o.discord.User("Mia"), o.discord.User("Ada")
	thread := mia.OpenThread(d.General(), "the lighthouse")
	answered := func(asked discordtest.ID) {
		t.Helper()
		if m, err := d.WaitReply(asked, patience); err != nil || !strings.Contains(m.Content, "1871") {
			t.Fatalf("%v: %s", err, d.Channel(thread).Transcript())
		}
	}
	answered(mia.Mention(thread, "When was the lighthouse first lit?"))
	answered(mia.Say(thread, "When was the lighthouse at Skarvik lit?"))
	if it := mia.Slash(thread, "threads"); it.Err() == nil {
		o.wants(it, "Only those who manage the server")
	}
	o.wants(grace.Slash(thread, "threads"), "whoever opened the thread")
	o.wants(grace.Slash(thread, "threads", discordtest.Opt("rule", "everyone")), "nobody needs to mention me")
	answered(ada.Say(thread, "So when was the lighthouse lit?"))
	o.stopped(t)
	o.start(t)
	answered(ada.Say(thread, "And again, when was the lighthouse lit?"))
	o.wants(grace.Slash(thread, "threads", discordtest.Opt("rule", "strict")), "I answer only who mentions me")
	silent := mia.Say(thread, "When was the lighthouse lit, for the last time?")
	answered(ada.Mention(thread, "When was the lighthouse lit?"))
	for _, m := range d.Messages(thread) {
		if m.Reference != nil && m.Reference.MessageID == silent {
			t.Errorf("an answer without a mention: %s", m.Content)
		}
	}
}
