package openaitest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/openaitest"
)

// post sends a body as a plain client would and returns what came back, as far as it came.
func post(t *testing.T, s *openaitest.Server, path, key, body string) (status int, header http.Header, content string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err.Error()
	}
	defer response.Body.Close()
	read, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return response.StatusCode, response.Header, string(read) + "\n" + err.Error()
	}
	return response.StatusCode, response.Header, string(read)
}

const (
	chatRest = `"model":"m","messages":[{"role":"user","content":` +
		`"Q\n[1]\n~~~~\ntext: The old bridge was closed in May. It reopened.\n~~~~\n"}]}`
	plain     = "{" + chatRest
	streamed  = `{"stream":true,` + chatRest
	embedRest = `"model":"m","input":["the bridge was closed","the bridge reopened","cheese"]}`
	embed     = "{" + embedRest
)

func TestOrdinaryAnswers(t *testing.T) {
	s := openaitest.New(t)
	_, _, content := post(t, s, "/chat/completions", "", plain)
	const want = "The old bridge was closed in May [1]."
	if !strings.Contains(content, want) {
		t.Errorf("chat: %s", content)
	}
	_, header, content := post(t, s, "/chat/completions", "", streamed)
	if got := text(t, content); got != want || !strings.HasSuffix(content, "data: [DONE]\n\n") ||
		!strings.Contains(content, `"finish_reason":"stop"`) || header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("stream says %q: %s", got, content)
	}
	_, _, content = post(t, s, "/chat/completions", "", `{"model":"m","messages":[{"role":"user","content":"Hello?"}]}`)
	if !strings.Contains(content, openaitest.NotCovered) {
		t.Errorf("without passages: %s", content)
	}
	vectors := vectors(t, s)
	if a, b := cosine(vectors[0], vectors[1]), cosine(vectors[0], vectors[2]); a <= b {
		t.Errorf("texts with common words are no nearer: %v, %v", a, b)
	}
	if got := s.Requests(); len(got) != 4 || got[0].Model != "m" || !got[1].Stream || len(got[3].Input) != 3 {
		t.Errorf("recorded: %+v", got)
	}
}

// text joins the words of a stream.
func text(t *testing.T, stream string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(stream) {
		data, ok := strings.CutPrefix(strings.TrimSpace(line), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		var event struct {
			Choices []struct{ Delta struct{ Content string } }
		}
		if err := json.Unmarshal([]byte(data), &event); err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		for _, c := range event.Choices {
			b.WriteString(c.Delta.Content)
		}
	}
	return b.String()
}

func vectors(t *testing.T, s *openaitest.Server) [][]float64 {
	t.Helper()
	_, _, content := post(t, s, "/embeddings", "", embed)
	var body struct {
		Data []struct{ Embedding []float64 }
	}
	if err := json.Unmarshal([]byte(content), &body); err != nil || len(body.Data) != 3 {
		t.Fatalf("%v: %s", err, content)
	}
	var vectors [][]float64
	for _, d := range body.Data {
		vectors = append(vectors, d.Embedding)
	}
	return vectors
}

func cosine(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func TestVectorHasLengthOne(t *testing.T) {
	for _, text := range []string{"one", "one two three", "?!", "ü¶漢"} {
		sum := 0.0
		for _, v := range openaitest.Vector(text) {
			sum += float64(v) * float64(v)
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("%q: length %v", text, math.Sqrt(sum))
		}
	}
}

func TestBreaches(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	many := func(count int, text string) string {
		quoted := `"` + text + `"`
		return `{"model":"m","input":[` + strings.Repeat(quoted+",", count-1) + quoted + `]}`
	}
	for _, test := range []struct{ name, path, body string }{
		{"no JSON", "/chat/completions", `hello`},
		{"no model", "/chat/completions", `{"messages":[{"role":"user","content":"x"}]}`},
		{"no messages", "/chat/completions", `{"model":"m"}`},
		{"strange role", "/chat/completions", `{"model":"m","messages":[{"role":"boss","content":"x"}]}`},
		{"content that is no text", "/chat/completions", `{"model":"m","messages":[{"role":"user","content":1}]}`},
		{"wrong type", "/chat/completions", `{"temperature":"low",` + chatRest},
		{"unknown field", "/chat/completions", `{"temprature":1,` + chatRest},
		{"both limits", "/chat/completions", `{"max_tokens":1,"max_completion_tokens":1,` + chatRest},
		{"limit below 1", "/chat/completions", `{"max_tokens":-1,` + chatRest},
		{"temperature", "/chat/completions", `{"temperature":3,` + chatRest},
		{"no input", "/embeddings", `{"model":"m"}`},
		{"no texts", "/embeddings", `{"model":"m","input":[]}`},
		{"empty text", "/embeddings", `{"model":"m","input":["a",""]}`},
		{"too many texts", "/embeddings", many(2049, "a")},
		{"one text too long", "/embeddings", many(1, strings.Repeat("word ", 8000))},
		{"too many tokens", "/embeddings", many(100, strings.Repeat("word ", 3000))},
		{"format", "/embeddings", `{"encoding_format":"base64",` + embedRest},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openaitest.New(t)
			s.ExpectBreaches()
			status, _, content := post(t, s, test.path, "", test.body)
			if status != 400 || len(s.Breaches()) != 1 || !strings.Contains(content, `"error"`) {
				t.Errorf("status %d, breaches %q: %.200s", status, s.Breaches(), content)
			}
		})
	}
	s := openaitest.New(t)
	for _, body := range []string{many(2048, "a"), many(1, strings.Repeat("word ", 7000))} {
		if status, _, content := post(t, s, "/embeddings", "", body); status != 200 {
			t.Errorf("within the limits: %d %.200s", status, content)
		}
	}
}

func TestKeysAndModels(t *testing.T) {
	s := openaitest.New(t)
	s.RequireKey("right")
	s.Offer("m")
	other := strings.Replace(plain, `"m"`, `"other"`, 1)
	for _, test := range []struct {
		key, body string
		status    int
	}{{"right", plain, 200}, {"", plain, 401}, {"wrong-key", plain, 401}, {"right", other, 404}} {
		status, _, content := post(t, s, "/chat/completions", test.key, test.body)
		if status != test.status || status == 401 && !strings.Contains(content, test.key) {
			t.Errorf("key %q: %d, want %d: %s", test.key, status, test.status, content)
		}
	}
}

func TestReasoningModelsRefuseParameters(t *testing.T) {
	s := openaitest.New(t)
	for field, want := range map[string]int{
		`"max_tokens":5,`: 400, `"temperature":0.2,`: 400, `"max_completion_tokens":5,"temperature":1,`: 200,
	} {
		body := "{" + field + strings.Replace(chatRest, `"m"`, `"o3-mini"`, 1)
		if status, _, content := post(t, s, "/chat/completions", "", body); status != want {
			t.Errorf("%s: %d, want %d: %s", field, status, want, content)
		}
	}
}

// What each fault looks like to a client that reads everything.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		fault  openaitest.Fault
		path   string
		status int
		has    string
		hasNot string
	}{
		{openaitest.Unauthorized, "/embeddings", 401, "sk-secret", ""},
		{openaitest.ModelNotFound, "/embeddings", 404, "model_not_found", ""},
		{openaitest.RateLimited, "/embeddings", 429, "rate_limit_exceeded", ""},
		{openaitest.NoCredit, "/embeddings", 429, "insufficient_quota", ""},
		{openaitest.Failing, "/embeddings", 500, "server_error", ""},
		{openaitest.Unavailable, "/embeddings", 503, "overloaded", ""},
		{openaitest.BadGateway, "/embeddings", 502, "<html>", ""},
		{openaitest.Portal, "/chat/completions", 200, "<html>", ""},
		{openaitest.Redirected, "/chat/completions", 307, "", ""},
		{openaitest.Refused, "/chat/completions", 400, "cannot be served", ""},
		{openaitest.EchoedKey, "/chat/completions", 500, "Bearer sk-secret", ""},
		{openaitest.ErrorBody, "/chat/completions", 200, `"error"`, "choices"},
		{openaitest.Gibberish, "/chat/completions", 200, "\x9f", ""},
		{openaitest.Dropped, "/chat/completions", 0, "EOF", ""},
		{openaitest.EmptyChoices, "/chat/completions", 200, `"choices":[]`, "closed"},
		{openaitest.NoText, "/chat/completions", 200, `"finish_reason":"stop"`, "closed"},
		{openaitest.CutStream, "/chat/completions", 200, "May", `"stop"`},
		{openaitest.DoneWithoutReason, "/chat/completions", 200, "[DONE]", `"stop"`},
		{openaitest.AbortedStream, "/chat/completions", 200, "unexpected EOF", "[DONE]"},
		{openaitest.ErrorInStream, "/chat/completions", 200, `data: {"error"`, "[DONE]"},
		{openaitest.BrokenEvent, "/chat/completions", 200, "\"delta\":\n", "[DONE]"},
		{openaitest.FinishLength, "/chat/completions", 200, `"finish_reason":"length"`, `"stop"`},
		{openaitest.ContentFilter, "/chat/completions", 200, `"finish_reason":"content_filter"`, `"stop"`},
		{openaitest.KeepAlives, "/chat/completions", 200, strings.Repeat(": KEEP-ALIVE\n\n", 1000), "closed in May"},
		{openaitest.EndlessLine, "/chat/completions", 200, strings.Repeat("x", 1<<19), "[DONE]"},
		{openaitest.EndlessStream, "/chat/completions", 200, "and so on", "[DONE]"},
		{openaitest.NoStream, "/chat/completions", 200, `"message"`, "data:"},
		{openaitest.WrongCitation, "/chat/completions", 200, "[99]", "[1]"},
		{openaitest.InventedQuotation, "/chat/completions", 200, "never", "bridge"},
		{openaitest.NullValue, "/embeddings", 200, ",null,", ""},
		{openaitest.StringValue, "/embeddings", 200, `"NaN"`, ""},
		{openaitest.HugeValue, "/embeddings", 200, `1e300`, ""},
		{openaitest.EmptyVector, "/embeddings", 200, `[]`, ""},
		{openaitest.IndexTooLarge, "/embeddings", 200, `"index":3`, `"index":2`},
		{openaitest.OneVectorLess, "/embeddings", 200, `"index":1`, `"index":2`},
		{openaitest.OneVectorMore, "/embeddings", 200, `"index":3`, ""},
		{openaitest.RepeatedIndex, "/embeddings", 200, `"index":1`, `"index":2`},
	} {
		t.Run(fmt.Sprint(int(test.fault), " ", test.has), func(t *testing.T) {
			s := openaitest.New(t)
			s.Always(openaitest.Reply{Fault: test.fault})
			body := streamed
			if test.path == "/embeddings" {
				body = embed
			}
			status, _, content := post(t, s, test.path, "sk-secret", body)
			if status != test.status || !strings.Contains(content, test.has) ||
				test.hasNot != "" && strings.Contains(content, test.hasNot) {
				t.Errorf("%d: %.400q", status, content)
			}
		})
	}
}

func TestVectorFaults(t *testing.T) {
	s := openaitest.New(t)
	ordinary := vectors(t, s)
	for fault, check := range map[openaitest.Fault]func(v [][]float64) bool{
		openaitest.Shuffled:       func(v [][]float64) bool { return slices.Equal(v[0], ordinary[2]) },
		openaitest.OneValueLess:   func(v [][]float64) bool { return len(v[2]) == len(v[0])-1 },
		openaitest.OtherDimension: func(v [][]float64) bool { return len(v[0]) == openaitest.Dimension-1 },
		openaitest.ZeroVector:     func(v [][]float64) bool { return cosine(v[2], v[2]) == 0 },
	} {
		s.Always(openaitest.Reply{Fault: fault})
		if v := vectors(t, s); !check(v) {
			t.Errorf("fault %d is not to be seen", fault)
		}
	}
}

func TestHangingEndsWithTheClient(t *testing.T) {
	s := openaitest.New(t)
	for _, fault := range []openaitest.Fault{openaitest.Hanging, openaitest.StalledStream} {
		s.Always(openaitest.Reply{Fault: fault})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/chat/completions",
			strings.NewReader(streamed))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			_, err = io.ReadAll(response.Body)
			err = errors.Join(err, response.Body.Close())
		}
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("fault %d: %v", fault, err)
		}
	}
}

func TestSequenceAndConcurrency(t *testing.T) {
	s := openaitest.New(t)
	s.Sequence(openaitest.Reply{Fault: openaitest.RateLimited, RetryAfter: 7 * time.Second},
		openaitest.Reply{Text: "Mine."})
	if status, header, _ := post(t, s, "/chat/completions", "", plain); status != 429 || header.Get("Retry-After") != "7" {
		t.Errorf("first: %d, Retry-After %q", status, header.Get("Retry-After"))
	}
	if _, _, content := post(t, s, "/chat/completions", "", plain); !strings.Contains(content, "Mine.") {
		t.Errorf("second: %s", content)
	}
	if got := s.MaxConcurrent(); got != 1 {
		t.Errorf("%d at a time, want 1", got)
	}
	const clients = 4
	var arrived sync.WaitGroup
	arrived.Add(clients)
	s.Script(func(openaitest.Request) openaitest.Reply {
		arrived.Done()
		arrived.Wait() // all of them are in the server now
		return openaitest.Reply{}
	})
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() { post(t, s, "/chat/completions", "", plain) })
	}
	wg.Wait()
	if got := s.MaxConcurrent(); got != clients {
		t.Errorf("%d at a time, want %d", got, clients)
	}
}
