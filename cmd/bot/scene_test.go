package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
)

// How long the bot must be silent for what it shows to be all, and how long where a model writes: edits of one message
// are at least a second apart.
const (
	sceneQuiet = 300 * time.Millisecond
	modelQuiet = 1500 * time.Millisecond
)

// A scene is a conversation as people see it. Its file has the steps ("> Ada: …" is what somebody does, "* …" what
// happens around them) with what the bot brought onto the screens behind each, and the files that people send. go test
// ./cmd/bot -run TestScenes -update writes what is seen anew; scenestep_test.go has the steps.
type scene struct {
	*serving
	t      *testing.T
	reader *discordtest.Reader
	files  map[string][]byte
	env    map[string]string
	places map[string]discordtest.ID // beside those of the first server
	here   discordtest.ID            // where the last step was
	where  discordtest.ID            // where the one before was
	form   *discordtest.Interaction  // what may have been answered with a form
	said   map[string]discordtest.ID // each one's last message
	last   discordtest.ID            // of them all
	note   strings.Builder           // what only a person's own client shows
	model  *openaitest.Server        // nil without one
	early  bool                      // the next step does not wait for the end of this one
}

func TestScenes(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/scenes/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenes:", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			playFile(t, file)
		})
	}
}

func playFile(t *testing.T, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{t: t, files: map[string][]byte{}, env: map[string]string{}, places: map[string]discordtest.ID{},
		said: map[string]discordtest.ID{}}
	for _, f := range archive.Files {
		s.files[f.Name] = f.Data
	}
	want := string(archive.Comment)
	got := s.play(want)
	if t.Failed() || got == want {
		return
	}
	if !*update {
		t.Errorf("%s differs; run with -update, and read the difference, which begins with\n%s", file, firstOther(want, got))
		return
	}
	archive.Comment = []byte(got)
	if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
		t.Fatal(err)
	}
}

// firstOther shows where two texts part.
func firstOther(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	show := func(lines []string) string { return strings.Join(lines[max(0, n-3):min(len(lines), n+6)], "\n") }
	return fmt.Sprintf("line %d, want:\n%s\n\ngot:\n%s", n+1, show(a), show(b))
}

// play runs the steps of a script and writes it again, with what was seen behind each.
func (s *scene) play(script string) string {
	head, rest, found := strings.Cut(script, "\n\n")
	if !found {
		s.t.Fatal("a scene begins with a sentence that says what it shows, and an empty line")
	}
	out := []string{head}
	for line := range strings.Lines(rest) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "# "):
			out = append(out, line)
		case strings.HasPrefix(line, "* with "):
			name, value, _ := strings.Cut(strings.TrimPrefix(line, "* with "), "=")
			s.env[name] = value
			out = append(out, line)
		case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "* "):
			out = append(out, strings.TrimSuffix(line+"\n"+s.step(line), "\n"))
		}
	}
	if len(out) < 2 {
		s.t.Fatal("a scene without a step")
	}
	return strings.Join(out, "\n\n") + "\n"
}

// open starts the bot, when the first step needs it.
func (s *scene) open() {
	if s.serving != nil {
		return
	}
	if s.env[envDocs] == "" {
		s.env[envDocs] = s.t.TempDir()
		if err := os.CopyFS(s.env[envDocs], os.DirFS("testdata/scenes/folder")); err != nil {
			s.t.Fatal(err)
		}
	}
	if s.env["model"] != "" {
		s.model = openaitest.New(s.t)
		s.env[envEmbeddingModel] = ""
	}
	delete(s.env, "model")
	config := discordtest.Config{IdentifyGap: -1, Spec: discordSpec(s.t)}
	if s.env[envContent] != "" {
		config.Privileged = discordtest.IntentMessageContent
	}
	discord := discordtest.NewConfig(s.t, config)
	s.here, s.reader = discord.General(), discord.Reader()
	s.serving = serve(s.t, discord, s.model, s.env)
}

// discordSpec is Discord's own description of its interface, where it is at hand.
func discordSpec(t *testing.T) *discordtest.Spec {
	t.Helper()
	shared := os.Getenv("PILCROW_SHARED")
	if shared == "" {
		return nil
	}
	spec, err := discordtest.LoadSpec(filepath.Join(shared, "discord", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// step does one thing, waits until all that follows from it is on the screens, and tells what that is.
func (s *scene) step(line string) string {
	s.t.Helper()
	s.open()
	s.note.Reset()
	s.where = s.here
	var awaited bool
	if person, found := strings.CutPrefix(line, "> "); found {
		awaited = s.act(person)
	} else {
		awaited = s.happen(strings.TrimPrefix(line, "* "))
	}
	if s.t.Failed() {
		s.t.FailNow()
	}
	if err := s.settle(awaited); err != nil {
		s.t.Fatalf("%s: %v\n%s", line, err, s.discord.Transcript())
	}
	return stable(s.note.String() + s.reader.Read(s.here))
}

var errNothing = errors.New("nothing came of it")

// settle waits until something was shown, if that is awaited, and then until nothing more comes.
func (s *scene) settle(awaited bool) error {
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	shown := func() bool { return s.reader.Version() != "" && !s.reader.Waiting() }
	if awaited && s.discord.WaitFor(ctx, shown) != nil {
		return errNothing
	}
	quiet := sceneQuiet
	if s.model != nil {
		quiet = modelQuiet
	}
	for !s.early {
		seen := s.reader.Version()
		still, stop := context.WithTimeout(ctx, quiet)
		err := s.discord.WaitFor(still, func() bool { return s.reader.Version() != seen })
		stop()
		if ctx.Err() != nil {
			return fmt.Errorf("it still changes: %w", ctx.Err())
		}
		if err != nil && !s.reader.Waiting() && s.answered() {
			return nil
		}
	}
	return nil
}

// answered tells whether the newest message of the bot's is more than a stage of an answer.
func (s *scene) answered() bool {
	for _, m := range slices.Backward(s.discord.Messages(s.here)) {
		if m.Author.Bot {
			return !slices.ContainsFunc(stages, func(stage string) bool { return strings.Contains(m.Text(), stage) })
		}
	}
	return true
}

// stages are what a message says that is followed by another in its place.
var stages = []string{"reading them now", "checking the rest", "Embedding paragraphs: "}

var unstable = append([]struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`\(ref [0-9a-z]+\)`), "(ref XXXX)"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d`), "DAY HH:MM"},
	{regexp.MustCompile(`https://discord\.com/channels/[\d/@me]+`), "https://discord.com/channels/…"},
	{regexp.MustCompile(`in (\d+) (minutes|seconds|hours)`), "in N $2"},
	{regexp.MustCompile(`\.png, \d+ bytes`), ".png, N bytes"},
	{regexp.MustCompile(`(?m)^.*: -# Embedding paragraphs.*\n  \(in its place\)\n`), ""}, // seen by some, for a moment
}, changing...)

// stable puts signs for what is different each time.
func stable(text string) string {
	for _, c := range unstable {
		text = c.find.ReplaceAllString(text, c.put)
	}
	return strings.ReplaceAll(text, time.Now().UTC().Format(time.DateOnly), "TODAY")
}
