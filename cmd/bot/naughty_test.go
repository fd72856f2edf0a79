package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/convert"
)

var fileLine = regexp.MustCompile(`^.*:[1-9][0-9]*: [^ ]`)

// naughty are strings that programs stumble over, from the shared data.
func naughty(t *testing.T) []string {
	t.Helper()
	if raced {
		t.Skip("ten times as slow, and nothing here runs at once")
	}
	shared := os.Getenv("PILCROW_SHARED")
	if shared == "" {
		t.Skip("PILCROW_SHARED names no folder of data")
	}
	data, err := os.ReadFile(filepath.Join(shared, "data", "naughty.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(data)) {
		var record struct {
			UTF8 string `json:"utf8_b64"`
		}
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		text, err := base64.StdEncoding.DecodeString(record.UTF8)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	if len(all) < 100 {
		t.Fatalf("%d strings", len(all))
	}
	return all
}

// As what a file says, as its name, as a title and as a question: each is loaded or refused in one line, nothing that
// is shown could act on a terminal, and all of it takes no time to speak of.
func TestNaughtyStrings(t *testing.T) {
	began := time.Now()
	texts := naughty(t)
	docs := t.TempDir()
	write := func(name string, data []byte) bool {
		return os.WriteFile(filepath.Join(docs, name), data, 0o600) == nil
	}
	named := 0
	for n, text := range texts {
		write(fmt.Sprintf("text-%d.txt", n), []byte(text))
		write(fmt.Sprintf("mark-%d.md", n), []byte("The tide turns.\n\n"+text+"\n"))
		write(fmt.Sprintf("title-%d.md", n), append(convert.Document{Title: text, Author: text, Source: text}.Markdown(),
			"The tide turns.\n"...))
		write(fmt.Sprintf("heading-%d.md", n), []byte("# "+text+"\n\nThe tide turns.\n"))
		write(fmt.Sprintf("front-%d.md", n), []byte("---\ntitle: "+text+"\n---\n\nThe tide turns.\n"))
		if write(text+".md", []byte("The tide turns.\n")) {
			named++
		}
	}
	if named < len(texts)/2 {
		t.Errorf("only %d of %d are names of files", named, len(texts))
	}
	c, err := loadConfig(environment(envDocs + "=" + docs))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: io.Discard, config: c, logger: slog.New(slog.DiscardHandler)}
	p, err := a.assemble(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	corpus, problems := p.source.load()
	for _, line := range admin.Problems(problems) {
		if !fileLine.MatchString(line) {
			t.Errorf("not file:line: what is wrong: %q", line)
		}
		if strings.ContainsFunc(strings.ReplaceAll(line, "\ufffd", ""), unsafeRune) {
			t.Errorf("not safe to show: %q", line)
		}
	}
	for _, d := range corpus.Documents() {
		for _, field := range []string{d.Slug, d.Title, d.Author, d.Source} {
			if strings.ContainsFunc(strings.ReplaceAll(field, "\ufffd", ""), unsafeRune) {
				t.Errorf("%s: not safe to show: %q", d.Slug, field)
			}
		}
	}
	if took := time.Since(began); took > hostileTime {
		t.Errorf("loading took %v", took)
	}
	if _, err := p.engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	all := []struct{ name, param string }{
		{"ask", "question"}, {"find", "question"}, {"check", "text"}, {"quote", "about"}, {"timeline", "about"},
		{"timeline", "from"}, {"who", "name"},
		{"paragraph", "number"}, {"paragraph", "document"},
	}
	for n, text := range texts {
		for i, command := range all {
			if i > 0 && i != 1+n%(len(all)-1) { // each string is asked for, and given to one of the others
				continue
			}
			reply, err := p.table.Run(t.Context(), command.name, input(commands.Args{command.param: text}))
			if err != nil {
				if _, ok := errors.AsType[*article.FileError](err); ok || strings.TrimSpace(sentence(err)) == "" {
					t.Errorf("%s %q: %v", command.name, text, err)
				}
				continue
			}
			shown := page{columns: defaultColumns}.render(reply)
			if strings.ContainsFunc(strings.NewReplacer("\ufffd", "", "\n", "").Replace(shown), unsafeRune) {
				t.Errorf("%s %q: not safe to show: %q", command.name, text, shown)
			}
			if _, err := reply.JSON.MarshalJSON(); err != nil {
				t.Errorf("%s %q: %v", command.name, text, err)
			}
		}
	}
	t.Logf("%d strings in %d documents: %v", len(texts), len(corpus.Documents()), time.Since(began))
}
