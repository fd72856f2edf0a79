package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
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
	asked := bot(
		t.Context(),
		map[string]string{"PILCROW_WEB": strings.Trim(strings.TrimPrefix(base, "http://"), "/")},
		"",
		"health",
		"--ready",
	)
	if asked.code != exitOK || asked.stdout != "ok\n" {
		t.Errorf("health: %d, %s%s", asked.code, asked.stdout, asked.stderr)
	}
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

// Who cannot be asked, or does not say, is not well, and the operator reads why.
func TestHealth(t *testing.T) {
	var status int
	var header string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header = r.Header.Get("Authorization")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "not connected to "+r.URL.Path)
	}))
	here := server.Listener.Addr().(*net.TCPAddr)
	for _, c := range []struct {
		web    string
		status int
		code   int
		want   string
	}{
		{"", 0, exitConfig, "PILCROW_WEB is not set"},
		{fmt.Sprint("0.0.0.0:", here.Port), 200, exitOK, "ok"},
		{fmt.Sprint("localhost:", here.Port), 200, exitOK, "ok"},
		{here.String(), 503, exitNothing, "503 Service Unavailable: not connected to /healthz"},
		{here.String(), 404, exitNothing, "PILCROW_WEB_TOKEN; set it for both"},
		{here.String(), 401, exitNothing, "PILCROW_WEB_TOKEN; set it for both"},
		{"127.0.0.1:1", 0, exitNothing, "refused"},
	} {
		status = c.status
		r := bot(
			t.Context(),
			map[string]string{"PILCROW_WEB": c.web, "PILCROW_WEB_TOKEN": "sixteen-letters-and"},
			"",
			"health",
		)
		if r.code != c.code || !strings.Contains(r.stdout+r.stderr, c.want) {
			t.Errorf("%s, %d: %d, %s%s", c.web, c.status, r.code, r.stdout, r.stderr)
		}
	}
	if header != "Bearer sixteen-letters-and" {
		t.Errorf("the token is not sent: %q", header)
	}
	server.Close()
}
