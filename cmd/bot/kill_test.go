package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
	"pilcrow/internal/store"
)

const (
	killsSet  = "PILCROW_BOT_KILLS" // how often the program is killed, instead of botKills
	botKills  = 4
	maxKillMS = 1000 // after the questions of a round, when it is killed at the latest
	killSays  = "The lighthouse at Skarvik was lit for the first time in 1871 [1]."
)

// A victim is a bot in a process of its own.
type victim struct {
	t       *testing.T
	discord *discordtest.Server
	exe     string
	dir     string
	env     []string
	command *exec.Cmd
	log     *spoken
}

func (v *victim) start() {
	v.t.Helper()
	if !waitFor(func() bool { return v.discord.Connections() == 0 && !v.discord.Online() }) {
		v.t.Fatal("the bot before is still connected")
	}
	v.begin()
	if err := v.discord.WaitReady(patience); err != nil {
		_ = v.command.Process.Kill()
		_ = v.command.Wait()
		v.t.Fatalf("%v\n%s", err, v.log.String())
	}
}

// begin starts the process.
func (v *victim) begin() {
	v.t.Helper()
	v.log = &spoken{}
	v.command = exec.CommandContext(v.t.Context(), v.exe, "serve")
	v.command.Args[0] = "bot" // testscript.Main runs main under this name
	v.command.Dir, v.command.Env, v.command.Stderr = v.dir, v.env, v.log
	if err := v.command.Start(); err != nil {
		v.t.Fatal(err)
	}
}

func (v *victim) end(by os.Signal) {
	v.t.Helper()
	if err := v.command.Process.Signal(by); err != nil {
		v.t.Fatal(err)
	}
	if err := v.command.Wait(); (err == nil) != (by == syscall.SIGTERM) {
		v.t.Fatalf("it ended with %v\n%s", err, v.log.String())
	}
}

func waitFor(done func() bool) bool {
	for until := time.Now().Add(patience); !done(); time.Sleep(5 * time.Millisecond) { // polling, with a deadline
		if time.Now().After(until) {
			return false
		}
	}
	return true
}

// The program is killed again and again in mid-answer: at each restart every message that it had left open is ended,
// once, and what the models took is never counted lower than it was.
func TestKilledInMidAnswer(t *testing.T) {
	rounds := botKills
	if n, err := strconv.Atoi(os.Getenv(killsSet)); err == nil {
		rounds = n
	}
	free := discordtest.Bucket{Requests: -1}
	discord := discordtest.NewConfig(t, discordtest.Config{Message: free, Webhook: free, IdentifyGap: -1})
	discord.Forgive(discordtest.RuleInteraction) // who is killed before the acknowledgement gives none
	model := openaitest.New(t)
	model.Script(func(openaitest.Request) openaitest.Reply {
		return openaitest.Reply{Text: killSays, Delay: time.Duration(rand.IntN(150)) * time.Millisecond,
			Pace: time.Duration(rand.IntN(30)) * time.Millisecond}
	})
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	v := &victim{t: t, discord: discord, exe: exe, dir: t.TempDir(), env: []string{envDiscordToken + "=" + discord.Token(),
		envDiscordAPIURL + "=" + discord.URL(), envDocs + "=" + folder(t), envData + "=" + data,
		envOpenAIBaseURL + "=" + model.URL,
		envChatModel + "=chat", envOpenAIKey + "=k", "HOME=" + t.TempDir()}}
	ada := discord.User("Ada")
	var asked []discordtest.ID
	n := 0
	question := func() string {
		n++
		return fmt.Sprintf("In which year was the lighthouse at Skarvik lit, by account number %d?", n)
	}
	for range rounds {
		v.start()
		for range 1 + rand.IntN(3) {
			ada.Slash(discord.General(), "ask", discordtest.Opt("question", question()))
			ada.Slash(discord.General(), "ask", discordtest.Opt("question", question()), discordtest.Opt("private", "true"))
			asked = append(asked, ada.Mention(discord.General(), question()))
		}
		time.Sleep(time.Duration(rand.IntN(maxKillMS*1000)) * time.Microsecond) // it is killed at any moment
		v.end(syscall.SIGKILL)
	}
	v.start()
	kept, err := store.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	if !waitFor(func() bool { open, err := kept.OpenQuestions(t.Context()); return err == nil && len(open) == 0 }) {
		t.Error("questions are still open")
	}
	v.end(syscall.SIGTERM)
	if slices.ContainsFunc(discord.Messages(discord.General()), discordtest.Message.Loading) {
		t.Error("somebody waits still")
	}
	restarted, answered := 0, 0
	replies := map[discordtest.ID]int{}
	for _, m := range discord.Messages(discord.General()) {
		switch {
		case !m.Author.Bot:
			continue
		case strings.HasPrefix(m.Text(), "I was restarted"):
			restarted++
		case len(m.Components) > 0:
			answered++
		default:
			t.Errorf("it is no ending: %q", m.Text())
		}
		if m.Reference != nil {
			replies[m.Reference.MessageID]++
		}
	}
	for _, id := range asked {
		if replies[id] > 1 {
			t.Errorf("a mention has %d endings", replies[id])
		}
	}
	taken := 0
	for _, r := range model.Requests() {
		for _, m := range r.Messages {
			taken += openaitest.Tokens(m.Content)
		}
		if len(r.Messages) > 0 {
			taken += openaitest.Tokens(killSays)
		}
	}
	u, err := kept.Usage(t.Context(), time.Now().UTC().Format(time.DateOnly))
	if err != nil || u.Sum() < int64(taken) {
		t.Errorf("%+v is counted, %d were taken; %v", u, taken, err)
	}
	t.Logf("%d kills, %d questions: %d answered, %d told that it was restarted, %d mentions without an ending; %d "+
		"tokens taken, %d counted, of them %d held",
		rounds, n, answered, restarted, len(asked)-len(replies), taken, u.Sum(), u.Held)
}
