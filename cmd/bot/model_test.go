package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pilcrow/internal/commands"
	"pilcrow/internal/openaitest"
)

// TestModelTrouble asks while the chat model misbehaves: the documents' own sentences answer, a note says why, and that
// is no failure.
func TestModelTrouble(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]openaitest.Fault{
		"refuses the key": openaitest.Unauthorized, "unknown model": openaitest.ModelNotFound, "fails": openaitest.Failing,
		"no credit": openaitest.NoCredit, "page of HTML": openaitest.Portal, "hangs": openaitest.Hanging,
		"drops": openaitest.Dropped, "cut stream": openaitest.CutStream, "cut at the limit": openaitest.FinishLength,
		"gibberish": openaitest.Gibberish, "wrong citation": openaitest.WrongCitation,
		"echoes the key": openaitest.EchoedKey, "invents a quotation": openaitest.InventedQuotation,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := openaitest.New(t)
			model.Always(openaitest.Reply{Fault: fault})
			env := map[string]string{envDocs: folder(t), envOpenAIBaseURL: model.URL, envOpenAIKey: "hunter2",
				envChatModel: "chat", envModelTimeout: "1s"}
			began := time.Now()
			r := bot(t.Context(), env, "", "ask", "--json", "When", "was", "the", "lighthouse", "first", "lit?")
			var answer struct{ Outcome, Text, By, Note string }
			if err := json.Unmarshal([]byte(r.stdout), &answer); err != nil {
				t.Fatalf("%v: %s%s", err, r.stdout, r.stderr)
			}
			if r.code != exitOK || answer.Outcome != "answered" || !strings.Contains(answer.Text, "1871") {
				t.Errorf("exit code %d: %+v %s", r.code, answer, r.stderr)
			}
			if answer.By == "extract" && answer.Note == "" {
				t.Errorf("nothing says that the model did not answer: %s", r.stdout)
			}
			if took := time.Since(began); took > time.Minute {
				t.Errorf("took %v", took)
			}
			if strings.Contains(r.stdout+r.stderr, "hunter2") {
				t.Errorf("the key shows: %s%s", r.stdout, r.stderr)
			}
		})
	}
}

// TestEmbeddingTrouble has no vectors to be had: the words answer, and one line says why.
func TestEmbeddingTrouble(t *testing.T) {
	model := openaitest.New(t)
	model.Always(openaitest.Reply{Fault: openaitest.Unauthorized})
	env := map[string]string{envDocs: folder(t), envData: t.TempDir(), envOpenAIBaseURL: model.URL,
		envOpenAIKey: "hunter2", envEmbeddingModel: "embedding", envChatModel: noModel}
	if r := bot(t.Context(), env, "", "ask", "When?"); strings.Contains(r.stderr, "database") {
		t.Errorf("a first run speaks of the database: %s", r.stderr)
	}
	r := bot(t.Context(), env, "", "ask", "When was the lighthouse first lit?")
	if r.code != exitOK || !strings.Contains(r.stdout, "1871") || strings.Contains(r.stderr, "hunter2") ||
		strings.Count(r.stderr, "\n") != 1 || !strings.Contains(r.stderr, "refuses the key") {
		t.Errorf("exit code %d: %s%s", r.code, r.stdout, r.stderr)
	}
}

func TestQuestionTooLong(t *testing.T) {
	r := bot(t.Context(), nil, "", "ask", strings.Repeat("why ", 25_000))
	want := "bot: The question is 99,999 characters long; at most 2,000 are read.\n"
	if r.code != exitFailure || r.stdout != "" || r.stderr != want {
		t.Errorf("exit code %d: %q, %q", r.code, r.stdout, r.stderr)
	}
}

func TestBatchLongLine(t *testing.T) {
	in := `{"id":1,"text":"` + strings.Repeat("x", 1<<20) + "\"}\n" +
		`{"id":2,"text":"When was the lighthouse first lit?"}`
	r := bot(t.Context(), map[string]string{envDocs: folder(t)}, in, "ask", "--batch", "-")
	lines := strings.Split(strings.TrimSpace(r.stdout), "\n")
	if r.code != exitFailure || len(lines) != 2 || !strings.Contains(lines[0],
		`"line":1,"error":"the line is longer than`) ||
		!strings.Contains(lines[1], `"id":2`) || !strings.Contains(r.stderr, "standard input:1: the line is longer") {
		t.Errorf("exit code %d: %.300s\n%.300s", r.code, r.stdout, r.stderr)
	}
}

func FuzzBatchLine(f *testing.F) {
	f.Add([]byte(`{"id":"a","text":"why?","document":"border"}`))
	f.Add([]byte(`{"id":-1.5e3,"text":"\ud800"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		id, args, problem := batch{args: commands.Args{}}.parse(line)
		out := failedLine(id, 1, problem).line
		if problem == "" {
			out = withID(id, []byte(`{"question":"why?"}`))
			if !utf8.ValidString(args["question"]) {
				t.Errorf("question %q", args["question"])
			}
		}
		if !json.Valid(out) {
			t.Errorf("%q gives %s", line, out)
		}
	})
}
