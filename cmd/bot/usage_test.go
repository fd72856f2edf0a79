package main

import (
	"strings"
	"testing"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/store"
)

func TestUsageReply(t *testing.T) {
	days := []store.DayUsage{{Day: "2026-11-23", Usage: store.Usage{Prompt: 700, Completion: 200, Embedding: 90,
		Held: 10}},
		{Day: "2026-11-21", Usage: store.Usage{Prompt: 5}}}
	text := page{columns: 200}.render(usageReply(days, "2026-11-23", 5000))
	for _, want := range []string{"Today, 2026-11-23 (UTC): 1000 of 5000 tokens.",
		"2026-11-23: 1000 (700 asked, 200 answered, 90 embedded, 10 held)",
		"2026-11-21: 5 (5 asked, 0 answered, 0 embedded)", "that a crash cut off"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// When the budget is used up, a reset lets the models be asked again.
func TestUsageReset(t *testing.T) {
	model := openaitest.New(t)
	env := map[string]string{envDocs: folder(t), envData: t.TempDir(), envOpenAIBaseURL: model.URL, envOpenAIKey: "k",
		envChatModel: "chat",
		envTokens:    "2000"}
	s, err := store.Open(env[envData])
	if err != nil {
		t.Fatal(err)
	}
	// a call that a crash cut off
	if _, _, err := s.HoldUsage(t.Context(), time.Now().UTC().Format(time.DateOnly), 1990); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	asked := func() bool {
		t.Helper()
		before := len(model.Requests())
		if r := bot(t.Context(), env, "", "ask", "When", "was", "the", "lighthouse", "first", "lit?"); r.code != exitOK {
			t.Fatalf("%d: %s", r.code, r.stderr)
		}
		return len(model.Requests()) > before
	}
	if asked() {
		t.Error("the model was asked beyond the budget")
	}
	if r := bot(t.Context(), env, "", "usage"); r.code != exitOK || !strings.Contains(r.stdout, "1990 of 2000 tokens") ||
		!strings.Contains(r.stdout, "1990 held") {
		t.Errorf("%d: %s%s", r.code, r.stdout, r.stderr)
	}
	if r := bot(t.Context(), env, "", "usage", "reset"); r.code != exitOK ||
		!strings.Contains(r.stdout, "it had come to 1990 tokens") {
		t.Errorf("%d: %s%s", r.code, r.stdout, r.stderr)
	}
	if !asked() {
		t.Error("the model was not asked after the reset")
	}
}
