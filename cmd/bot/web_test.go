package main

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A spoken is what a program writes while it runs.
type spoken struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *spoken) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *spoken) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// bot web opens a page without any configuration, and ends when it is asked to.
func TestWeb(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var out, log spoken
	ended := make(chan int, 1)
	env := map[string]string{"PILCROW_WEB": "127.0.0.1:0"}
	go func() {
		ended <- run(ctx, []string{"web"}, func(name string) string { return env[name] }, strings.NewReader(""), &out, &log)
	}()
	address := regexp.MustCompile(`http://\S+`)
	for until := time.Now().Add(time.Minute); address.FindString(out.String()) == ""; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal(out.String(), log.String())
		}
	}
	base := address.FindString(out.String())
	for path, want := range map[string]string{"": "All documents", "healthz": "ok", "readyz": "ok",
		"metrics": "pilcrow_paragraphs"} {
		resp, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("/%s: %d, %v, %s", path, resp.StatusCode, err, body)
		}
	}
	stop()
	select {
	case code := <-ended:
		if code != exitOK {
			t.Error(code, log.String())
		}
	case <-time.After(time.Minute):
		t.Fatal("it does not end")
	}
}
