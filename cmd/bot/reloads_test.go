package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// A running is bot serve as a process of its own.
type running struct {
	t       *testing.T
	command *exec.Cmd
	log     *bufio.Scanner
	seen    []string
}

func serveFolder(t *testing.T, docs string, env ...string) *running {
	t.Helper()
	discord := discordtest.New(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, command: exec.CommandContext(t.Context(), exe, "serve", "--docs", docs)}
	r.command.Args[0] = "bot" // testscript.Main runs main under this name
	r.command.Dir = t.TempDir()
	r.command.Env = slices.Concat(env, []string{envDiscordToken + "=" + discord.Token(),
		envDiscordAPIURL + "=" + discord.URL(), envLog + "=debug"})
	stderr, err := r.command.StderrPipe()
	if err == nil {
		err = r.command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	r.log = bufio.NewScanner(stderr)
	r.await("registered the commands")
	return r
}

// await reads the log on to a line that has all the parts.
func (r *running) await(parts ...string) string {
	r.t.Helper()
next:
	for r.log.Scan() {
		r.seen = append(r.seen, r.log.Text())
		for _, part := range parts {
			if !strings.Contains(r.log.Text(), part) {
				continue next
			}
		}
		return r.log.Text()
	}
	r.t.Fatalf("the log ends without %q:\n%s", parts, strings.Join(r.seen, "\n"))
	return ""
}

func (r *running) stop() {
	r.t.Helper()
	if err := r.command.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	for r.log.Scan() {
		r.seen = append(r.seen, r.log.Text())
	}
	if err := r.command.Wait(); err != nil {
		r.t.Errorf("after SIGTERM: %v", err)
	}
}

// A folder that changes is read again by itself; what cannot be read is named and the old edition stays; what comes to
// nothing is silent.
func TestWatchedFolder(t *testing.T) {
	t.Parallel()
	docs := folder(t)
	r := serveFolder(t, docs)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(docs, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ferry.txt", "The ferry sails at noon.\n")
	r.await("msg=reloaded", "changed=true", "documents=2", "by=folder", "level=INFO")
	write("paper.pdf", "%PDF-1.7")
	r.await("reload failed", "paper.pdf:1: ", "by=folder", "level=ERROR")
	if err := os.Remove(filepath.Join(docs, "paper.pdf")); err != nil {
		t.Fatal(err)
	}
	r.await("msg=reloaded", "changed=false", "level=DEBUG")
	r.stop()
	// Its own line would come last: SIGHUP tells what the folder says, with the watch off.
	r = serveFolder(t, docs, envWatch+"=off")
	write("tide.txt", "The tide turns at four.\n")
	if err := r.command.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	r.await("msg=reloaded", "changed=true", "by=signal")
	r.stop()
	if all := strings.Join(r.seen, "\n"); strings.Contains(all, "by=folder") {
		t.Errorf("watched although it is off:\n%s", all)
	}
}

// Above the budget the documents' own sentences answer, and the note says why; the next run does not forget what was
// taken.
func TestTokenBudget(t *testing.T) {
	model := openaitest.New(t)
	env := map[string]string{envDocs: folder(t), envData: t.TempDir(), envOpenAIBaseURL: model.URL, envOpenAIKey: "k",
		envChatModel: "chat", envJudgeModel: noModel}
	ask := func() (by, note string) {
		t.Helper()
		r := bot(t.Context(), env, "", "ask", "--json", "When", "was", "the", "lighthouse", "first", "lit?")
		var answer struct{ Outcome, By, Note string }
		if err := json.Unmarshal([]byte(r.stdout), &answer); err != nil || answer.Outcome != "answered" {
			t.Fatalf("%v: %s%s", err, r.stdout, r.stderr)
		}
		return answer.By, answer.Note
	}
	env[envTokens] = "1000000"
	if by, note := ask(); by != "chat" || note != "" {
		t.Errorf("within the budget: by %s, %q", by, note)
	}
	env[envTokens] = "10"
	asked := len(model.Requests())
	if by, note := ask(); by != "extract" || !strings.Contains(note, "Today's budget for the model is used up") {
		t.Errorf("over the budget: by %s, %q", by, note)
	}
	if len(model.Requests()) != asked {
		t.Error("the model was asked")
	}
	env[envEmbeddingModel] = "embedding"
	if by, _ := ask(); by != "extract" || len(model.Requests()) != asked {
		t.Error("documents that cannot be embedded are not found by their words")
	}
}

// TestStatusTellsProgress: while paragraphs wait for their vectors, /status says how many, and not when all have one.
func TestStatusTellsProgress(t *testing.T) {
	model := openaitest.New(t)
	model.Always(openaitest.Reply{Fault: openaitest.Unauthorized})
	c, err := loadConfig(environment(envDocs+"="+folder(t), envData+"="+t.TempDir(), envOpenAIBaseURL+"="+model.URL,
		envOpenAIKey+"=hunter2", envChatModel+"=none", envEmbeddingModel+"=vectors"))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: io.Discard, config: c, logger: newLogger(io.Discard, c, false, false)}
	p, err := a.assemble(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := a.load(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	const waiting = "Embedded so far: 0 of 2 texts; the others are found by their words. It does not go on for now, " +
		"and is " +
		"tried again."
	if got := strings.Join(p.vitals.health().Degraded, "\n"); !strings.Contains(got, waiting) {
		t.Errorf("while the model refuses: %q", got)
	}
	model.Always(openaitest.Reply{})
	if _, err := p.engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.vitals.health().Degraded, "\n"); strings.Contains(got, "Embedded so far") {
		t.Errorf("when all are embedded: %q", got)
	}
}

// The vitals tell which model fails, since when and why, until it answers again, and nothing of its address or key.
func TestVitals(t *testing.T) {
	model := openaitest.New(t)
	c, err := loadConfig(environment(envDocs+"="+folder(t), envData+"="+t.TempDir(), envOpenAIBaseURL+"="+model.URL,
		envOpenAIKey+"=hunter2",
		envChatModel+"=chat", envJudgeModel+"=none", envEmbeddingModel+"=vectors", envTokens+"=1000"))
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	a := &app{stdout: io.Discard, stderr: io.Discard, config: c, logger: newLogger(&log, c, false, false)}
	p, err := a.assemble(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := a.load(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if h := p.vitals.health(); h.LastReloadBy != byStart {
		t.Errorf("at the start: %+v", h)
	}
	if _, err := p.library.Renew(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if h := p.vitals.health(); h.LastReloadBy != byCommand || h.LastReload.IsZero() {
		t.Errorf("after the library's own: %+v", h)
	}
	if _, err := a.reload(t.Context(), p, bySignal); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)
	for _, condition := range p.vitals.conditions {
		condition.now = func() time.Time { return now }
	}
	h := p.vitals.health()
	if strings.Join(h.Models, ", ") != "chat model chat, embedding model vectors" || h.TokensToday == 0 ||
		h.TokenBudget != 1000 ||
		h.LastReloadBy != bySignal || h.LastReload.IsZero() || h.LastReloadError != "" || h.Degraded != nil {
		t.Errorf("at the start: %+v", h)
	}
	ask := func() {
		t.Helper()
		if _, err := p.engine.Ask(t.Context(), ask.Query{Text: "When was the lighthouse first lit?"}); err != nil {
			t.Fatal(err)
		}
	}
	model.Always(openaitest.Reply{Fault: openaitest.Unauthorized})
	ask()
	now = now.Add(time.Hour)
	ask()
	for _, m := range p.numbers().Models {
		if m.Failed == 0 || m.Calls < m.Failed {
			t.Errorf("counted of a server that refuses: %+v", m)
		}
	}
	h = p.vitals.health()
	if got := strings.Join(h.Degraded, "\n"); strings.Count(got, "Since 2026-11-23 14:03 UTC the chat model chat "+
		"fails: the server refuses the key.") != 1 ||
		!strings.Contains(got, "the embedding model vectors fails") || strings.Contains(got, "hunter2") ||
		strings.Contains(got, "127.0.0.1") {
		t.Errorf("degraded: %s", got)
	}
	model.Always(openaitest.Reply{})
	now = now.Add(time.Hour)
	ask()
	if h = p.vitals.health(); h.Degraded != nil {
		t.Errorf("after it came back: %q", h.Degraded)
	}
	p.vitals.reloadedNow(byFolder, time.Now(), errors.Join(errors.New("paper.pdf:1: damaged"), rag.ErrBudget))
	if h = p.vitals.health(); h.LastReloadBy != byFolder || !strings.Contains(h.LastReloadError, "paper.pdf:1") ||
		len(h.Degraded) != 0 {
		t.Errorf("after a reload that failed: %+v", h)
	}
}
