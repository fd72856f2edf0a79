package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// What is not for readers is on this machine, or behind the token.
func TestInside(t *testing.T) {
	h := newHouse(t)
	token := func(r *http.Request) { r.Header.Set("Authorization", "Bearer a token of the operator's") }
	basic := func(r *http.Request) { r.SetBasicAuth("anybody", "a token of the operator's") }
	wrong := func(r *http.Request) { r.Header.Set("Authorization", "Bearer another") }
	rebound := func(r *http.Request) { r.Host = "evil.example:8080" }
	handed := func(r *http.Request) { r.Header.Set("X-Forwarded-For", "203.0.113.9") }
	nobody := func(*http.Request) {}
	for _, page := range []string{"/", "/healthz", "/readyz", "/metrics", "/debug/pprof/"} {
		for _, c := range []struct {
			name string
			how  []func(*http.Request)
			want bool
		}{
			{"here", []func(*http.Request){nobody}, true},
			{"abroad", []func(*http.Request){abroad}, false},
			{"abroad with the token", []func(*http.Request){abroad, token}, page != "/debug/pprof/"},
			{"abroad with a password", []func(*http.Request){abroad, basic}, page != "/debug/pprof/"},
			{"abroad with another token", []func(*http.Request){abroad, wrong}, false},
			{"another host's page in a browser here", []func(*http.Request){rebound}, false},
			{"handed on", []func(*http.Request){handed}, false},
		} {
			if status, _, _ := h.get(t, page, c.how...); (status == http.StatusOK) != c.want {
				t.Errorf("%s %s: %d", page, c.name, status)
			}
		}
	}
	h.Token = ""
	if status, _, _ := h.get(t, "/metrics", abroad); status != http.StatusNotFound {
		t.Errorf("without a token: %d", status)
	}
	if status, _, _ := h.get(t, "/", abroad, func(r *http.Request) {
		r.Header.Set(
			"Authorization", "Bearer ")
	}); status != http.StatusNotFound {
		t.Errorf("an empty token opens it: %d", status)
	}
	h.Exposed = true // something in front of it speaks for strangers
	if status, _, _ := h.get(t, "/"); status != http.StatusNotFound {
		t.Errorf("behind a proxy: %d", status)
	}
}

// The playground asks, opens paragraphs and draws; what admins do, and what other pages send, it does not.
func TestPlayground(t *testing.T) {
	h := newHouse(t)
	_, body, _ := h.get(t, "/")
	for _, part := range []string{`<option value="timeline"`, `<option value="mill">The mill at Orley`,
		`<textarea id="ask"`} {
		if !strings.Contains(body, part) {
			t.Errorf("no %s", part)
		}
	}
	_, body, _ = h.post(t, url.Values{"command": {"ask"}, "text": {"Who built the mill at Orley?"}})
	for _, part := range []string{"brothers Hask", `href="/d/mill?p=1&amp;`, "Who built the mill at Orley?</textarea>",
		`name="a.number" value="1"`} {
		if !strings.Contains(body, part) {
			t.Errorf("no %s in\n%s", part, body)
		}
	}
	_, body, _ = h.post(t, url.Values{"command": {"timeline"}})
	if !strings.Contains(body, "1803") || !strings.Contains(body, `<img src="data:image/png;base64,`) {
		t.Errorf("no timeline in\n%.3000s", body)
	}
	_, body, _ = h.post(t, url.Values{"command": {"paragraph"}, "a.number": {"2"}, "a.document": {"mill"}})
	if !strings.Contains(body, "flood carried off") {
		t.Errorf("no paragraph in\n%s", body)
	}
	_, body, _ = h.post(t, url.Values{"command": {"ask"}, "text": {""}})
	if !strings.Contains(body, `class="note"`) {
		t.Error("nothing is said of an empty question")
	}
	for _, name := range []string{"reload", "documents add", "forget", "vote", "tell", "nothing", ""} {
		if status, _, _ := h.post(t, url.Values{"command": {name}}); status != http.StatusNotFound {
			t.Errorf("%s: %d", name, status)
		}
	}
	foreign := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
	if status, _, _ := h.post(t, url.Values{"command": {"ask"}, "text": {"x"}}, foreign); status == http.StatusOK {
		t.Error("another site's page asks")
	}
}

// The metrics count by command and outcome.
func TestMetrics(t *testing.T) {
	m := NewMetrics(func() Numbers {
		return Numbers{
			Documents:   3,
			Connected:   true,
			RateLimited: 5, Interactions: 8, Acknowledged: 7,
			Shards: []Shard{{ID: 7, Connected: true, Latency: 40 * time.Millisecond, Sessions: 2, Resumed: 9}},
			Models: []Model{{Stage: Judging, Calls: 6, Failed: 1, Took: 2500 * time.Millisecond}},
		}
	})
	m.Observe("ask", Answered, 0, 3)
	h := newHouse(t)
	h.Site = New(Config{Table: h.Table, Links: h.Links, Corpus: h.Corpus, Ready: h.Ready, Metrics: m.Handler()})
	_, body, _ := h.get(t, "/metrics")
	for _, part := range []string{`pilcrow_commands_total{command="ask",outcome="answered"} 1`, "pilcrow_documents 3",
		"pilcrow_discord_connected 1",
		"pilcrow_discord_rate_limited_total 5", "pilcrow_discord_interactions_total 8",
		"pilcrow_discord_acknowledged_total 7", `pilcrow_command_seconds_bucket{command="ask",le="60"} 1`,
		`pilcrow_discord_shard_connected{shard="7"} 1`,
		`pilcrow_discord_shard_latency_seconds{shard="7"} 0.04`, `pilcrow_discord_shard_sessions_total{shard="7"} 2`,
		`pilcrow_discord_shard_resumes_total{shard="7"} 9`, "pilcrow_sentences_withheld_total 3",
		`pilcrow_model_calls_total{stage="judging"} 6`, `pilcrow_model_errors_total{stage="judging"} 1`,
		`pilcrow_model_seconds_total{stage="judging"} 2.5`} {
		if !strings.Contains(body, part) {
			t.Errorf("no %s", part)
		}
	}
}

// Every metric of ours says once what it is and of what kind, in front of its values, as Prometheus wants it.
func TestMetricsAreDescribed(t *testing.T) {
	m := NewMetrics(func() Numbers {
		return Numbers{Shards: []Shard{{ID: 0}, {ID: 1}}, Models: []Model{{Stage: Writing}, {Stage: Embedding}}}
	})
	for range 2 {
		m.Observe("ask", Answered, time.Second, 0)
		m.Observe("find", Nothing, time.Minute, 0)
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	described := regexp.MustCompile(`^# HELP (pilcrow_\w+) [A-Z1].*\.\n# TYPE (pilcrow_\w+) (counter|gauge|histogram)\n`)
	seen := map[string]bool{}
	rest, values := w.Body.String(), 0
	for rest != "" && !strings.HasPrefix(rest, "# HELP go_") {
		if d := described.FindStringSubmatch(rest); d != nil {
			if d[1] != d[2] || seen[d[1]] {
				t.Errorf("described twice, or as another: %s", d[0])
			}
			seen[d[1]], rest = true, rest[len(d[0]):]
			continue
		}
		line, after, _ := strings.Cut(rest, "\n")
		name := regexp.MustCompile(`_(bucket|sum|count)$`).ReplaceAllString(regexp.MustCompile(`^\w+`).FindString(line), "")
		if !seen[name] {
			t.Errorf("not described: %s", line)
		}
		rest, values = after, values+1
	}
	if len(seen) != 21 || values != 2+2*14+1+11+4*2+3*2 {
		t.Errorf("%d metrics with %d values:\n%s", len(seen), values, w.Body)
	}
	for range maxScrapes {
		m.busy <- struct{}{}
	}
	w = httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("one more reader gets %d", w.Code)
	}
}
