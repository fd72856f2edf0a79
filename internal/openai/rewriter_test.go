package openai

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/followup"
	"pilcrow/internal/openaitest"
)

func TestRewriter(t *testing.T) {
	turns := []followup.Turn{{Question: "How many people did the ferry carry in 2021?", Answer: "It carried 40 people."}}
	for _, test := range []struct {
		name  string
		reply openaitest.Reply
		want  string // "" for an error
	}{
		{"one line", openaitest.Reply{Text: "How many people did the ferry carry in 2020?"},
			"How many people did the ferry carry in 2020?"},
		{"in quotation marks", openaitest.Reply{Text: "\"Why did it?\"\n"}, "Why did it?"},
		{"thoughts before it", openaitest.Reply{Text: "<think>Which year?\n2020.</think>\nWhy did it?"}, "Why did it?"},
		{"talk around it", openaitest.Reply{Text: "Sure! Here it is:\nWhy did it?"}, ""},
		{"cut short", openaitest.Reply{Fault: openaitest.FinishLength}, ""},
		{"far too long", openaitest.Reply{Text: strings.Repeat("why ", 200)}, ""},
		{"the server fails", openaitest.Reply{Fault: openaitest.Refused}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := openaitest.NewMemory(t)
				s.Always(test.reply)
				rewrite, err := NewRewriter(config(s))
				if err != nil {
					t.Fatal(err)
				}
				got, err := rewrite(t.Context(), "and in 2020?", turns)
				if got != test.want || (err == nil) != (test.want != "") {
					t.Errorf("got %q, %v, want %q", got, err, test.want)
				}
				if sent := s.Requests()[0]; sent.MaxTokens != rewriteTokens || len(sent.Messages) != 2 {
					t.Errorf("sent %+v", sent)
				}
			})
		})
	}
	if rewriteTimeout > 5*time.Second {
		t.Error("a reader waits for it")
	}
}
