package openai

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
)

// numbered are short texts that are told apart.
func numbered(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("text number %d", i)
	}
	return texts
}

// A call that is not answered in time is made with fewer texts, and the next ones are as small, until they are quick.
func TestBatchesShrink(t *testing.T) { synctest.Test(t, testBatchesShrink) }
func testBatchesShrink(t *testing.T) {
	s := openaitest.NewMemory(t)
	s.Script(func(r openaitest.Request) openaitest.Reply {
		if len(r.Input) > 4 {
			return openaitest.Reply{Fault: openaitest.Hanging}
		}
		return openaitest.Reply{}
	})
	c := config(s)
	c.Timeout = 50 * time.Millisecond
	e := newEmbedder(t, c)
	texts := numbered(9)
	vectors, err := e.Embed(t.Context(), rag.Passage, texts)
	if err != nil || len(vectors) != len(texts) {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	for i, text := range texts {
		if !slices.Equal(vectors[i], openaitest.Vector(text)) {
			t.Errorf("text %d has another's vector", i)
		}
	}
	var sizes []int
	for _, r := range s.Requests() {
		sizes = append(sizes, len(r.Input))
	}
	if sizes[0] != 9 || sizes[1] != 2 {
		t.Errorf("calls of %d texts; want 9, then 2", sizes)
	}
}

// A server that hangs is not slow: it is left after two calls, with what it gave before.
func TestHangingServerIsLeft(t *testing.T) { synctest.Test(t, testHangingServerIsLeft) }
func testHangingServerIsLeft(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	s := openaitest.NewMemory(t)
	s.Script(func(r openaitest.Request) openaitest.Reply {
		if r.Input[0] == "text number 0" && len(r.Input) == firstBatchTexts {
			return openaitest.Reply{}
		}
		return openaitest.Reply{Fault: openaitest.Hanging}
	})
	c := config(s)
	c.Timeout = time.Second // enough for a call that does not hang, on a busy machine, too
	vectors, err := newEmbedder(t, c).Embed(t.Context(), rag.Passage, numbered(60))
	if !errors.Is(err, ErrTimeout) || len(vectors) != firstBatchTexts || len(s.Requests()) != 1+maxTimeouts {
		t.Errorf("%d vectors after %d calls, %v", len(vectors), len(s.Requests()), err)
	}
}

// One text that is too long does not keep the others back, however the server puts it.
func TestTooLongText(t *testing.T) { synctest.Test(t, testTooLongText) }
func testTooLongText(t *testing.T) {
	long := strings.Repeat("much too long ", 100)
	texts := append(numbered(21), numbered(60)...)
	texts[20] = long
	for fault, kind := range map[openaitest.Fault]error{
		openaitest.TooLong: ErrTooLong, openaitest.TooLongFails: ErrTooLong, openaitest.RefusedMutely: ErrRefused,
		openaitest.Failing: ErrFailed,
	} {
		s := openaitest.NewMemory(t)
		s.Script(func(r openaitest.Request) openaitest.Reply {
			if slices.Contains(r.Input, long) {
				return openaitest.Reply{Fault: fault}
			}
			return openaitest.Reply{}
		})
		vectors, err := newEmbedder(t, config(s)).Embed(t.Context(), rag.Passage, texts)
		if !errors.Is(err, rag.ErrTextTooLong) || !errors.Is(err, kind) || len(vectors) != 20 {
			t.Errorf("fault %d: %d vectors, %v", fault, len(vectors), err)
		}
		if fault == openaitest.TooLongFails && len(s.Requests()) > 12 {
			t.Errorf("%d requests: what is too long was tried again", len(s.Requests()))
		}
	}
	// Whoever refuses every text does not refuse its length.
	s := openaitest.NewMemory(t)
	s.Always(openaitest.Reply{Fault: openaitest.Refused})
	if _, err := newEmbedder(t, config(s)).Embed(t.Context(), rag.Passage, []string{long}); errors.Is(err,
		rag.ErrTextTooLong) || !errors.Is(err, ErrRefused) {
		t.Error(err)
	}
}

func TestEmbeddingTokens(t *testing.T) { synctest.Test(t, testEmbeddingTokens) }
func testEmbeddingTokens(t *testing.T) {
	s := openaitest.NewMemory(t)
	c := config(s)
	c.EmbeddingTokens = 100
	if got := newEmbedder(t, c).MaxBytes(); got != 400 {
		t.Errorf("MaxBytes = %d", got)
	}
	c.EmbeddingModel = "nomic-embed-text" // the words before a text count
	if got := newEmbedder(t, c).MaxBytes(); got != 400-len("search_document: ") {
		t.Errorf("MaxBytes = %d", got)
	}
}

// A server that is another one in the middle gives no vectors that cannot be compared.
func TestDimensionWithinOneCall(t *testing.T) { synctest.Test(t, testDimensionWithinOneCall) }
func testDimensionWithinOneCall(t *testing.T) {
	s := openaitest.NewMemory(t)
	s.Sequence(openaitest.Reply{}, openaitest.Reply{Fault: openaitest.OtherDimension})
	if v, err := newEmbedder(t, config(s)).Embed(t.Context(), rag.Passage, numbered(40)); !errors.Is(err,
		rag.ErrBadVector) || v != nil {
		t.Errorf("%d vectors, %v", len(v), err)
	}
}
