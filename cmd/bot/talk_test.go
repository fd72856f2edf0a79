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
		code := run(t.Context(), []string{"doctor"}, func(name string) string { return env[name] }, strings.NewReader(""), &out, &problems)
		if code != c.code || !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: exit code %d\n%s%s", c.content, code, out.String(), problems.String())
		}
	}
}
