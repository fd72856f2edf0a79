package rest

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// What is logged names the question, and shows nobody's credential; a panic goes no further, and is logged with where
// it came from.
func TestLog(t *testing.T) {
	var written strings.Builder
	c := New("https://d.example", "abc.def", slog.New(slog.NewTextHandler(&written, nil)), nil)
	func() {
		defer c.Contain("contain it")
		panic("Bot abc.def")
	}()
	c.Log("send it", errors.New("/webhooks/12/aW50ZXJ/x: no"))
	c.LogOf("7f3a00", "answer it", errors.New("abc.def: no"))
	got := written.String()
	for _, want := range []string{`msg="contain it" error="panic: Bot [secret]`, "log_test.go",
		`msg="send it" error="/webhooks/12/[secret]/x: no"`, `msg="answer it" ref=7f3a00 error="[secret]: no"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "abc.def") || strings.Contains(got, "aW50ZXJ") || strings.Count(got, "\n") != 3 {
		t.Error(got)
	}
}
