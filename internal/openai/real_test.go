package openai

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/rag/vectors"
)

// modelsSet names a folder with a Python that has what tools/modelserver/requirements.txt lists; .ci/models makes it.
const modelsSet = "PILCROW_MODELS"

var realAddress = regexp.MustCompile(`^http://127\.0\.0\.1:\d+/v1$`)

// A realServer is a program of tools/modelserver.
type realServer struct {
	t       *testing.T
	args    []string
	url     string
	command *exec.Cmd
}

// newRealServer starts a program; without a Python for it the test is skipped.
func newRealServer(t *testing.T, args ...string) *realServer {
	t.Helper()
	if os.Getenv(modelsSet) == "" {
		t.Skip("set " + modelsSet + " to try real servers: see .ci/models")
	}
	s := &realServer{t: t, args: args}
	s.start()
	t.Cleanup(s.stop)
	return s
}

func (s *realServer) start() {
	s.t.Helper()
	tool := filepath.Join("..", "..", "tools", "modelserver", s.args[0])
	s.command = exec.Command(filepath.Join(os.Getenv(modelsSet), "bin", "python"),
		append([]string{tool}, s.args[1:]...)...)
	out, err := s.command.StdoutPipe()
	if err == nil {
		err = s.command.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if realAddress.MatchString(lines.Text()) {
			s.url = lines.Text()
			return
		}
	}
	s.t.Fatalf("%v said no address", s.args)
}

func (s *realServer) stop() {
	_ = s.command.Process.Kill()
	_ = s.command.Wait() // killed
}

func (s *realServer) config() Config {
	return Config{BaseURL: s.url, ChatModel: "smollm2", EmbeddingModel: "all-minilm-l6-v2", Timeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute,
		MaxTokens:   40}
}

// A sentence model: what every embedder must do, its refusals, and the same model in other numbers under one name.
func TestRealEmbeddings(t *testing.T) {
	s := newRealServer(t, "modelserver.py", "--port", "8471")
	c := s.config()
	c.EmbeddingTokens = 200
	ragtest.TestEmbedder(t, func() rag.Embedder { return newEmbedder(t, c) })

	wrong := c
	wrong.EmbeddingModel = "another"
	if _, err := newEmbedder(t, wrong).Embed(t.Context(), rag.Passage, []string{"a"}); !errors.Is(err, ErrUnknownModel) {
		t.Errorf("a wrong name: %v", err)
	}
	c.EmbeddingTokens = 1000
	texts := []string{"short", strings.Repeat("much too long ", 250), "short, too"}
	if got, err := newEmbedder(t, c).Embed(t.Context(), rag.Passage, texts); !errors.Is(err, rag.ErrTextTooLong) ||
		len(got) != 1 {
		t.Errorf("a long text: %d vectors, %v", len(got), err)
	}
	encoder, err := vectors.NewEncoder(t.Context(), vectors.EncoderConfig{Embedder: newEmbedder(t, c)})
	if err != nil {
		t.Fatal(err)
	}
	before, err := encoder.Embed(t.Context(), rag.Passage, texts[:1])
	if err != nil {
		t.Fatal(err)
	}
	s.stop()
	if _, err := encoder.Embed(t.Context(), rag.Passage, texts[:1]); !errors.Is(err, ErrUnreachable) {
		t.Errorf("while it is away: %v", err)
	}
	s.args = append(s.args, "--float")
	s.start() // in the middle: floats in place of 8-bit integers are the same model
	after, err := encoder.Embed(t.Context(), rag.Passage, texts[:1])
	if err != nil || ragtestCosine(before[0], after[0]) < 0.99 || encoder.Model() != c.EmbeddingModel {
		t.Errorf("started again: %v as %q", err, encoder.Model())
	}
	s.stop()
	s.args = []string{"llamacpp.py", "--embedding", "--port", "8471"}
	s.start() // under the same name, as it takes any
	if _, err := encoder.Embed(t.Context(), rag.Passage, texts[:1]); !errors.Is(err, vectors.ErrModelChanged) {
		t.Errorf("another model: %v as %q", err, encoder.Model())
	}
	if got, err := encoder.Embed(t.Context(), rag.Passage, texts[:1]); err != nil || len(got[0]) == len(before[0]) ||
		encoder.Model() == c.EmbeddingModel {
		t.Errorf("another model: %v as %q", err, encoder.Model())
	}
	// llama.cpp answers 500 where a text has more tokens than its batch, which is 512.
	if got, err := newEmbedder(t, c).Embed(t.Context(), rag.Passage,
		[]string{"a", strings.Repeat("word ", 700), "b"}); !errors.Is(err, rag.ErrTextTooLong) || len(got) != 1 {
		t.Errorf("a text that is longer than the batch: %d vectors, %v", len(got), err)
	}
}

func ragtestCosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// llama.cpp's server: a stream, a limit, a window that is too small, and its end in the middle of a stream.
func TestRealChat(t *testing.T) {
	s := newRealServer(t, "llamacpp.py", "--port", "8472", "--window", "1024")
	if names, err := Models(t.Context(), s.config()); err != nil || len(names) != 1 || names[0] != "smollm2" {
		t.Errorf("it lists %q, %v", names, err)
	}
	g := newGenerator(t, s.config())
	seen := 0
	_, err := g.write(t.Context(), "You answer with one word.", "What is the capital of France?", func(string) { seen++ })
	if err != nil && !errors.Is(err, ErrCutShort) || seen == 0 {
		t.Errorf("%d pieces, %v", seen, err)
	}
	if _, err := g.write(t.Context(), "You count.", "Count to one thousand, every number.", nil); !errors.Is(err,
		ErrCutShort) && !errors.Is(err, ErrLoops) && err != nil {
		t.Errorf("at the limit of tokens: %v", err)
	}
	if _, err := g.write(t.Context(), "You read.", strings.Repeat("word ", 2000), nil); !errors.Is(err, ErrTooLong) {
		t.Errorf("beyond the window: %v", err)
	}
	c := s.config()
	c.MaxTokens = 400
	_, err = newGenerator(t, c).write(t.Context(), "You tell stories.", "Tell me a long story about a ship.",
		func(string) { s.stop() })
	if !errors.Is(err, ErrCutShort) && !errors.Is(err, ErrUnreachable) {
		t.Errorf("it ends in the middle: %v", err)
	}
	s.start()
	if _, err := g.write(t.Context(), "You answer with one word.", "What is the capital of France?", nil); err != nil &&
		!errors.Is(err, ErrCutShort) {
		t.Errorf("started again: %v", err)
	}
}

// A whole engine over both: words serve while the embeddings follow, a draft is shown only as far as it holds.
func TestRealEngine(t *testing.T) {
	s := newRealServer(t, "modelserver.py", "--port", "8473")
	h := newHarbor(t, 40)
	h.config = s.config()
	h.config.EmbeddingTokens = 200
	h.unrelated = 0
	s.stop()
	if r := h.start(); r.Missing == 0 {
		t.Errorf("without the server: %+v", r)
	}
	s.start()
	h.whole()
	h.end()
	found, err := h.Find(context.Background(), ask.Query{Text: "What weight of wheat can the fourth hoist raise?", K: 5})
	if err != nil || len(found) == 0 || found[0].Passage.Ref == (article.Ref{}) {
		t.Errorf("%v, %v", found, err)
	}
}
