package vectors

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pilcrow/internal/rag"
)

// A chameleon is an embedder of which one never knows which model it is.
type chameleon struct {
	model   int
	apart   bool // embeds questions otherwise than passages
	noise   float32
	calls   int
	failing error
}

func (c *chameleon) Model() string { return "chameleon" }
func (c *chameleon) MaxBytes() int { return 0 }

func (c *chameleon) Embed(_ context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	c.calls++
	if c.failing != nil {
		return nil, c.failing
	}
	at := c.model
	if c.apart {
		at += 3 * int(kind)
	}
	var vectors [][]float32
	for range texts {
		v := make([]float32, 8)
		v[at], v[7] = 1, c.noise
		unit, err := rag.Unit(v)
		if err != nil {
			return nil, err
		}
		vectors = append(vectors, unit)
	}
	return vectors, nil
}

// shelf keeps vectors in memory.
type shelf map[string][]float32

func (s shelf) Lookup(_ context.Context, model string, texts []string) ([][]float32, error) {
	found := make([][]float32, len(texts))
	for i, text := range texts {
		found[i] = s[model+"|"+text]
	}
	return found, nil
}

func (s shelf) Store(_ context.Context, model string, texts []string, vectors [][]float32) error {
	for i, text := range texts {
		s[model+"|"+text] = slices.Clone(vectors[i])
	}
	return nil
}

func TestFingerprint(t *testing.T) {
	for _, apart := range []bool{false, true} {
		c, kept, now := &chameleon{apart: apart}, shelf{}, time.Unix(0, 0)
		open := func() *Encoder {
			e, err := NewEncoder(t.Context(), EncoderConfig{Embedder: c, Vectors: kept, Now: func() time.Time { return now }})
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		embed := func(e *Encoder, kind rag.Kind, want error, model string) {
			t.Helper()
			texts := []string{"a", "b"}
			got, err := e.Embed(t.Context(), kind, texts)
			if !errors.Is(err, want) || want == nil && (err != nil || len(got) != len(texts)) || want != nil && got != nil ||
				e.Model() != model {
				t.Errorf("apart %v: %d vectors of %q, %v; want %q, %v", apart, len(got), e.Model(), err, model, want)
			}
		}
		e := open()
		embed(e, rag.Passage, nil, "chameleon")
		embed(e, rag.Question, nil, "chameleon")
		c.noise = 0.1 // cosine .995: another machine, another rounding
		embed(e, rag.Passage, nil, "chameleon")
		c.noise = 0
		// Another model: a batch of passages shows it at once, a question when the last look is old.
		c.model = 1
		embed(e, rag.Passage, ErrModelChanged, "chameleon #2")
		embed(e, rag.Passage, nil, "chameleon #2")
		embed(e, rag.Question, nil, "chameleon #2")
		c.model = 2
		embed(e, rag.Question, nil, "chameleon #2") // not looked at
		now = now.Add(probeEvery)
		embed(e, rag.Question, ErrModelChanged, "chameleon #3")
		embed(e, rag.Question, nil, "chameleon #3")
		// The first one again, also after a restart, and after an error that may have been one.
		e = open()
		if e.Model() != "chameleon #3" {
			t.Errorf("after a restart %q", e.Model())
		}
		c.model = 0
		embed(e, rag.Question, ErrModelChanged, "chameleon")
		c.failing = errors.New("connection refused")
		embed(e, rag.Question, c.failing, "chameleon")
		c.failing, c.model = nil, 1
		embed(e, rag.Question, ErrModelChanged, "chameleon #2")
	}
}

// A model that was asked for passages alone is not taken for another one when it embeds its first question, and another
// one not for it.
func TestFirstQuestion(t *testing.T) {
	for _, apart := range []bool{false, true} {
		for model, want := range []error{nil, ErrModelChanged} {
			c := &chameleon{apart: apart}
			e, err := NewEncoder(t.Context(), EncoderConfig{Embedder: c, Vectors: shelf{}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := e.Embed(t.Context(), rag.Passage, []string{"a"}); err != nil {
				t.Fatal(err)
			}
			c.model = model
			e.doubt()
			if _, err := e.Embed(t.Context(), rag.Question, []string{"a"}); !errors.Is(err, want) || want == nil && err != nil {
				t.Errorf("apart %v, model %d: %v, want %v", apart, model, err, want)
			}
		}
	}
}

// The vectors of questions are kept within their bound, the last used ones longest, and go with their model.
func TestKeptQuestions(t *testing.T) {
	c, now := &chameleon{}, time.Unix(0, 0)
	e, err := NewEncoder(t.Context(), EncoderConfig{Embedder: c, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(text string) int {
		before := c.calls
		if _, err := e.Embed(t.Context(), rag.Question, []string{text}); err != nil {
			t.Fatal(err)
		}
		return c.calls - before
	}
	ask("first")
	most := maxQuestionBytes / int(questionBytes(make([]float32, 8)))
	for i := range 2 * most {
		ask(fmt.Sprint(i))
		if ask("first") != 0 {
			t.Fatalf("what is asked all the time was forgotten after %d questions", i)
		}
	}
	if e.kept.Bytes() > maxQuestionBytes || e.kept.Len() > most {
		t.Errorf("%d questions in %d bytes", e.kept.Len(), e.kept.Bytes())
	}
	if ask("0") != 1 || ask(fmt.Sprint(2*most-1)) != 0 {
		t.Error("the oldest is kept, or the latest is not")
	}
	c.model, now = 1, now.Add(probeEvery)
	if _, err := e.Embed(t.Context(), rag.Question, []string{"new"}); !errors.Is(err, ErrModelChanged) {
		t.Error(err)
	}
	if e.kept.Len() != 0 || e.kept.Bytes() != 0 || ask("first") != 1 {
		t.Errorf("%d questions of another model are kept", e.kept.Len())
	}
}
