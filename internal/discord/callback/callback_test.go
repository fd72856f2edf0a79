package callback

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

// A first response that had got through is no failure; a message that may be there is not sent again, but what changes
// the first response is; and none of it shows who the bot is.
func TestCallback(t *testing.T) {
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.Method+" "+r.URL.Path]++
		if r.Header.Get("Authorization") != "" {
			t.Errorf("%s %s has the bot's token", r.Method, r.URL.Path)
		}
		switch {
		case strings.HasSuffix(r.URL.Path, "/callback"):
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"code": 40060, "message": "Interaction has already been acknowledged."}`)
		case r.Method == http.MethodPatch && asked["PATCH "+r.URL.Path] > 1:
			_, _ = io.WriteString(w, `{}`)
		default:
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer server.Close()
	client := rest.New(server.URL, "bot's", slog.New(slog.DiscardHandler), nil)
	defer client.CloseIdle()
	c := New(client, "7", "8", "credential", time.Now())
	if err := c.Respond(t.Context(), time.Minute, Deferred(true)); err != nil {
		t.Error(err)
	}
	if err := c.Add(t.Context(), render.Body{Content: "more"}); err == nil {
		t.Error("a message was added that Discord did not take")
	}
	if err := c.Put(t.Context(), render.Body{Content: "another"}); err != nil {
		t.Error(err)
	}
	const hook = "/api/v9/webhooks/7/credential"
	want := map[string]int{"POST /api/v9/interactions/8/credential/callback": 1, "POST " + hook: 1,
		"PATCH " + hook + "/messages/@original": 2}
	for request, n := range want {
		if asked[request] != n {
			t.Errorf("%s: %d times, want %d", request, asked[request], n)
		}
	}
	if len(asked) != len(want) {
		t.Errorf("asked %v", asked)
	}
}
