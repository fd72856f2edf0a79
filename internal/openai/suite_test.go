package openai

import (
	"testing"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

// config is for a fake server, with waits that a test can afford.
func config(s *openaitest.Server) Config {
	return Config{
		BaseURL: s.URL, HTTPClient: s.Client, ChatModel: "chat-small", EmbeddingModel: "embed-small",
		Timeout: 30 * time.Second, IdleTimeout: 30 * time.Second, firstWait: time.Millisecond,
	}
}

func newEmbedder(t *testing.T, c Config) *Embedder {
	t.Helper()
	e, err := NewEmbedder(c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func newGenerator(t *testing.T, c Config) *Generator {
	t.Helper()
	g, err := NewGenerator(c)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestEmbedder(t *testing.T) {
	s := openaitest.New(t)
	ragtest.TestEmbedder(t, func() rag.Embedder { return newEmbedder(t, config(s)) })
}

func TestGenerator(t *testing.T) {
	s := openaitest.New(t)
	ragtest.TestGenerator(t, func() rag.Generator { return newGenerator(t, config(s)) })
}
