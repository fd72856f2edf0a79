package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
)

const patience = 2 * time.Minute // a test that waits longer has failed

// result is what a run of the program left behind.
type result struct {
	code           int
	stdout, stderr string
}

// bot runs the program in this process.
func bot(ctx context.Context, env map[string]string, stdin string, args ...string) result {
	var stdout, stderr bytes.Buffer
	code := run(ctx, args, func(name string) string { return env[name] }, strings.NewReader(stdin), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// folder writes documents of our own.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	text := "---\ntitle: The lighthouse at Skarvik\n---\n\n" +
		"The lighthouse at Skarvik was lit for the first time in 1871.\n\n" +
		"A storm broke the lantern in 1902, and it took eleven months to repair it.\n"
	if err := os.WriteFile(filepath.Join(dir, "lighthouse.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// serving is a whole bot against the fakes.
type serving struct {
	discord *discordtest.Server
	model   *openaitest.Server
	env     map[string]string
	stop    context.CancelFunc
	ended   chan result
}

func serve(t *testing.T, discord *discordtest.Server, model *openaitest.Server, more map[string]string) *serving {
	t.Helper()
	env := map[string]string{
		envDiscordToken: discord.Token(), envDiscordAPIURL: discord.URL(),
		envDocs: folder(t), envData: filepath.Join(t.TempDir(), "data"), envLog: "debug",
	}
	if model != nil {
		env[envOpenAIBaseURL], env[envChatModel], env[envEmbeddingModel], env[envJudgeModel] = model.URL, "chat", "embedding",
			noModel
	}
	maps.Copy(env, more)
	s := &serving{discord: discord, model: model, env: env}
	s.start(t)
	return s
}

// start runs the bot and waits until it is connected and its commands are there.
func (s *serving) start(t *testing.T) {
	t.Helper()
	gone, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	// The socket of a bot before this one may not be seen closed yet, and would pass for the new one's.
	if err := s.discord.WaitFor(gone, func() bool {
		return s.discord.Connections() == 0 &&
			!s.discord.Online()
	}); err != nil {
		t.Fatal("the bot before is still connected:", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	s.stop, s.ended = stop, make(chan result, 1)
	go func() { s.ended <- bot(ctx, s.env, "", "serve") }() // stopped waits for it
	t.Cleanup(func() { s.stopped(t) })
	if err := s.discord.WaitReady(patience); err != nil {
		t.Fatal(err)
	}
	wait, done := context.WithTimeout(t.Context(), patience)
	defer done()
	if err := s.discord.WaitFor(wait, func() bool { return len(s.discord.Commands("")) > 0 }); err != nil {
		t.Fatal("the commands are not registered:", err)
	}
}

// stopped ends the bot and returns what it left behind. It may be called again.
func (s *serving) stopped(t *testing.T) result {
	t.Helper()
	s.stop()
	select {
	case r := <-s.ended:
		s.ended <- r
		if r.stdout != "" {
			t.Errorf("standard output: %s", r.stdout)
		}
		if strings.Contains(r.stderr, s.discord.Token()) {
			t.Error("the log shows the token")
		}
		if t.Failed() {
			t.Log(r.stderr)
		}
		return r
	case <-time.After(patience):
		t.Fatal("the bot does not end")
		return result{}
	}
}

func TestServe(t *testing.T) {
	s := serve(t, discordtest.New(t), openaitest.New(t), nil)
	ada := s.discord.User("Ada")
	it := ada.Slash(s.discord.General(), "ask", discordtest.Opt("question", "When was the lighthouse first lit?"))
	answer, err := s.discord.WaitAnswer(it, patience)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(answer.Text(), "1871") || !strings.Contains(answer.Text(), "¶1") {
		t.Errorf("answer: %s", answer.Text())
	}
	opened, err := s.discord.WaitAnswer(s.discord.User("Bert").Click(answer.ID, "¶1"), patience)
	if err != nil || !opened.Ephemeral() || !strings.Contains(opened.Text(), "lit for the first time") {
		t.Errorf("the button opens %q, %v", opened.Text(), err)
	}
	for _, place := range []discordtest.ID{s.discord.General(), s.discord.Thread()} {
		reply, err := s.discord.WaitReply(ada.Mention(place, "How long did it take to repair the lantern?"), patience)
		if err != nil || !strings.Contains(reply.Text(), "eleven months") {
			t.Errorf("reply %q, %v", reply.Text(), err)
		}
	}
	if reply, err := s.discord.WaitReply(ada.DM("What happened in 1902?"), patience); err != nil ||
		!strings.Contains(reply.Text(), "storm") {
		t.Errorf("direct message: %q, %v", reply.Text(), err)
	}
	if r := s.stopped(t); r.code != exitOK {
		t.Errorf("exit code %d", r.code)
	}
}

// TestServeRestart counts what is embedded: nothing again at a restart, one text for a changed paragraph.
func TestServeRestart(t *testing.T) {
	s := serve(t, discordtest.NewConfig(t, discordtest.Config{IdentifyGap: -1}), openaitest.New(t), nil)
	if n := embedded(s.model); n != 2 {
		t.Errorf("%d texts embedded at first, want 2", n)
	}
	if r := s.stopped(t); r.code != exitOK {
		t.Fatalf("exit code %d", r.code)
	}
	s.start(t)
	if n := embedded(s.model); n != 2 {
		t.Errorf("%d texts embedded after a restart, want 2 still", n)
	}
	file := filepath.Join(s.env[envDocs], "lighthouse.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte("eleven months"), []byte("twelve months"), 1),
		0o600); err != nil {
		t.Fatal(err)
	}
	answer, err := s.discord.WaitAnswer(s.discord.Admin().Slash(s.discord.General(), "reload"), patience)
	if err != nil || !strings.Contains(answer.Text(), "1 to embed") {
		t.Errorf("reload: %q, %v", answer.Text(), err)
	}
	if n := embedded(s.model); n != 3 {
		t.Errorf("%d texts embedded after a change, want 3", n)
	}
}

func embedded(model *openaitest.Server) int {
	n := 0
	for _, r := range model.Requests() {
		for _, text := range r.Input {
			// not what the model is known and measured by
			if strings.Contains(text, "lighthouse") || strings.Contains(text, "lantern") {
				n++
			}
		}
	}
	return n
}

// TestServeCrowd asks 50 questions at once of a model that takes a second.
func TestServeCrowd(t *testing.T) {
	const people = 25
	for name, trouble := range map[string]func(*testing.T, *serving){
		"calm": func(*testing.T, *serving) {},
		"a fifth of the requests fails": func(_ *testing.T, s *serving) {
			s.discord.Fault(discordtest.Match{Path: "/webhooks/**"}, discordtest.Fault{Status: 503, Probability: 0.2, Seed: 7})
		},
		"the gateway is dropped": func(_ *testing.T, s *serving) { s.discord.Drop() },
	} {
		t.Run(name, func(t *testing.T) {
			model := openaitest.New(t)
			s := serve(t, discordtest.NewConfig(t, discordtest.Config{IdentifyGap: -1}), model, nil)
			model.Script(func(r openaitest.Request) openaitest.Reply {
				if len(r.Messages) > 0 {
					return openaitest.Reply{Delay: time.Second}
				}
				return openaitest.Reply{}
			})
			var asking sync.WaitGroup
			var mu sync.Mutex
			var channels []discordtest.ID
			for i := range people {
				channel := s.discord.AddChannel(s.discord.Guild(), fmt.Sprintf("room-%d", i))
				channels = append(channels, channel)
				person := s.discord.User(fmt.Sprintf("Person%d", i))
				person.Slash(channel, "ask", discordtest.Opt("question", "When was the lighthouse first lit?"))
				mention := person.Mention(channel, "What did a storm break in 1902?")
				check := func(what string, m discordtest.Message, err error, want string) {
					mu.Lock()
					defer mu.Unlock()
					if err != nil || !strings.Contains(m.Text(), want) {
						t.Errorf("%s: %q, %v", what, m.Text(), err)
					}
				}
				asking.Go(func() {
					m, err := s.discord.WaitMessage(channel, patience, func(m discordtest.Message) bool {
						return m.Interaction != nil && len(m.Components) > 0
					})
					check("slash", m, err, "1871")
				})
				asking.Go(func() {
					// the answer, not a stage of it
					m, err := s.discord.WaitMessage(channel, patience, func(m discordtest.Message) bool {
						return m.Reference != nil && m.Reference.MessageID == mention && len(m.Components) > 0
					})
					check("mention", m, err, "1902")
				})
			}
			trouble(t, s)
			asking.Wait()
			for _, channel := range channels {
				bots := slices.DeleteFunc(s.discord.Messages(channel), func(m discordtest.Message) bool { return !m.Author.Bot })
				if len(bots) != 2 {
					t.Errorf("%d answers to 2 questions:\n%s", len(bots), s.discord.Channel(channel).Transcript())
				}
			}
		})
	}
}

func TestServeWrongToken(t *testing.T) {
	s := discordtest.New(t)
	env := map[string]string{envDiscordToken: "wrong", envDiscordAPIURL: s.URL(), envData: t.TempDir()}
	r := bot(t.Context(), env, "", "serve")
	if r.code != exitConfig || !strings.Contains(r.stderr, "DISCORD_TOKEN") {
		t.Errorf("exit code %d: %s", r.code, r.stderr)
	}
	s.Forgive()
}

// checkLine begins each thing that the doctor looked at.
var checkLine = regexp.MustCompile(`(?m)^[✓✗!–] `)

func TestDoctor(t *testing.T) {
	s, model := discordtest.NewConfig(t, discordtest.Config{Shards: 3}), openaitest.New(t)
	env := map[string]string{
		envDiscordToken: s.Token(), envDiscordAPIURL: s.URL(), envData: filepath.Join(t.TempDir(), "data"),
		envDocs:          folder(t),
		envOpenAIBaseURL: model.URL, envOpenAIKey: "k", envChatModel: "chat", envEmbeddingModel: "embedding",
		envJudgeModel: "judge",
		envJudge:      "force",
	}
	if r := bot(t.Context(), env, "", "documents"); r.code != exitOK { // makes the database
		t.Fatal(r.stderr)
	}
	r := bot(t.Context(), env, "", "doctor")
	if n := len(checkLine.FindAllString(r.stdout, -1)); n < 20 {
		t.Errorf("%d checks", n)
	}
	for _, want := range []string{"✓ configuration", "✓ clock", "✓ folder", "✓ space", "✓ modes", "✓ locks", "✓ data",
		"✓ identity", "✓ integrity",
		"✓ restrictions", "– backups", "✓ core dumps", "✓ time", "✓ commands", "✓ embedding", "✓ its window", "✓ chat model",
		"– judging model", "told 0 of 12 known pairs apart", "✓ documents", "✓ index",
		"✓ Discord", "scope=bot+applications.commands&permissions=274878008320"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("no %q", want)
		}
	}
	if r.code != exitOK || t.Failed() {
		t.Errorf("exit code %d:\n%s%s", r.code, r.stdout, r.stderr)
	}
	for set, want := range map[string]string{"3": "✓ shards", "auto": "✓ shards", "1": "! shards"} {
		env[envShards] = set
		if r = bot(
			t.Context(),
			env,
			"",
			"doctor",
		); !strings.Contains(r.stdout, want) ||
			!strings.Contains(r.stdout, "Discord recommends 3") {
			t.Errorf("%s=%s: no %q:\n%s", envShards, set, want, r.stdout)
		}
	}
	env[envJudge] = ""
	if r = bot(t.Context(), env, "", "doctor"); !strings.Contains(r.stdout, "✗ judging model") || r.code != exitNothing {
		t.Errorf("a judge that cannot judge: exit code %d:\n%s", r.code, r.stdout)
	}
	for fault, want := range map[openaitest.Fault]string{
		openaitest.CutAt100Words: "does not read the end", openaitest.TooLong: "refuses texts of 2000 bytes",
	} {
		model.Script(func(r openaitest.Request) openaitest.Reply {
			if len(strings.Join(r.Input, "")) > 300 {
				return openaitest.Reply{Fault: fault}
			}
			return openaitest.Reply{}
		})
		r = bot(t.Context(), env, "", "doctor")
		if !strings.Contains(r.stdout, "✗ its window") || !strings.Contains(r.stdout, want) ||
			!strings.Contains(r.stdout, envEmbedTokens) {
			t.Errorf("no %q:\n%s", want, r.stdout)
		}
	}
	model.Always(openaitest.Reply{})
	env[envDiscordToken] = "wrong"
	model.RequireKey("another")
	r = bot(t.Context(), env, "", "doctor")
	for _, want := range []string{"✗ embedding", "✗ chat model", "✗ judging model", "✗ Discord", "the token is refused"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("no %q in:\n%s", want, r.stdout)
		}
	}
	if r.code != exitNothing {
		t.Errorf("exit code %d", r.code)
	}
	s.Forgive()
}
