package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

const secret = "sk-proj-Zq3xV9rTn4Lw8yBd"

// Every way to misbehave ends as an error of the right kind, in one sentence that does not hold the key.
func TestFaults(t *testing.T) {
	both := []struct {
		fault openaitest.Fault
		kind  error
		has   string // in the sentence
	}{
		{openaitest.Unauthorized, ErrKeyRefused, "check the key"},
		{openaitest.ModelNotFound, ErrUnknownModel, "-small\" (HTTP 404)"},
		{openaitest.RateLimited, ErrBusy, "(HTTP 429)"},
		{openaitest.NoCredit, ErrNoCredit, "billing"},
		{openaitest.Failing, ErrFailed, "(HTTP 500)"},
		{openaitest.Unavailable, ErrFailed, "overloaded"},
		{openaitest.BadGateway, ErrFailed, "a page of HTML"},
		{openaitest.Portal, ErrProtocol, "/v1"},
		{openaitest.Redirected, ErrProtocol, "redirects"},
		{openaitest.Refused, ErrRefused, "This request cannot be served"},
		{openaitest.Gibberish, ErrProtocol, "/v1"},
		{openaitest.Dropped, ErrUnreachable, "EOF"},
		{openaitest.EchoedKey, ErrFailed, "(HTTP 500)"},
	}
	for _, test := range both {
		check(t, test.fault, test.kind, test.has, true)
		check(t, test.fault, test.kind, test.has, false)
	}
	for fault, want := range map[openaitest.Fault]struct {
		kind error
		has  string
	}{
		openaitest.ErrorBody:         {ErrFailed, "behind this server"},
		openaitest.EmptyChoices:      {ErrProtocol, "without an answer"},
		openaitest.NoText:            {ErrEmpty, "wrote nothing"},
		openaitest.CutStream:         {ErrCutShort, "before the answer did"},
		openaitest.DoneWithoutReason: {ErrCutShort, "before the answer did"},
		openaitest.AbortedStream:     {ErrCutShort, "connection broke"},
		openaitest.ErrorInStream:     {ErrFailed, "while it wrote"},
		openaitest.BrokenEvent:       {ErrProtocol, "not JSON"},
		openaitest.FinishLength:      {ErrCutShort, "limit of tokens"},
		openaitest.ContentFilter:     {ErrFiltered, "withheld"},
		openaitest.NoStream:          {ErrProtocol, "without an answer"},
		openaitest.EndlessLine:       {ErrTooLarge, "too large"},
		openaitest.EndlessStream:     {ErrTooLarge, ""},
	} {
		check(t, fault, want.kind, want.has, true)
	}
	for fault, want := range map[openaitest.Fault]struct {
		kind error
		has  string
	}{
		openaitest.ErrorBody:     {ErrProtocol, "without data"},
		openaitest.OneVectorLess: {rag.ErrBadVector, "1 vectors for 2"},
		openaitest.OneVectorMore: {rag.ErrBadVector, "3 vectors for 2"},
		openaitest.RepeatedIndex: {rag.ErrBadVector, "index"},
		openaitest.IndexTooLarge: {rag.ErrBadVector, "index"},
		openaitest.NullValue:     {rag.ErrBadVector, "null"},
		openaitest.StringValue:   {ErrProtocol, "string"},
		openaitest.HugeValue:     {ErrProtocol, "1e300"},
		openaitest.OneValueLess:  {rag.ErrBadVector, "dimensions"},
		openaitest.ZeroVector:    {rag.ErrBadVector, "zero"},
		openaitest.EmptyVector:   {rag.ErrBadVector, "dimensions"},
	} {
		check(t, fault, want.kind, want.has, false)
	}
}

// check sends one request, for chat or for embeddings, to a server with the fault.
func check(t *testing.T, fault openaitest.Fault, kind error, has string, chat bool) {
	t.Helper()
	t.Run(fmt.Sprintf("%d chat=%v", fault, chat), func(t *testing.T) {
		s := openaitest.New(t)
		s.Always(openaitest.Reply{Fault: fault})
		c := config(s)
		c.Key = secret
		var err error
		var got string
		if chat {
			var draft rag.Draft
			draft, err = newGenerator(t, c).Generate(t.Context(), ragtest.Request())
			got = fmt.Sprintf("%+v", draft)
		} else {
			var vectors [][]float32
			vectors, err = newEmbedder(t, c).Embed(t.Context(), rag.Passage, []string{"one", "two"})
			got = fmt.Sprint(len(vectors), " vectors")
		}
		if !errors.Is(err, kind) {
			t.Fatalf("got %s, %v; want an error that %v", got, err, kind)
		}
		sentence := Explain(err)
		if !strings.Contains(sentence, has) || !strings.Contains(sentence, s.URL) || strings.Contains(sentence, "\n") ||
			!strings.HasSuffix(sentence, ".") {
			t.Errorf("explained as %q, want it to hold %q", sentence, has)
		}
		for _, text := range []string{err.Error(), sentence, fmt.Sprintf("%#v", err)} {
			for i := 0; i+leakBytes <= len(secret); i++ {
				if strings.Contains(text, secret[i:i+leakBytes]) {
					t.Fatalf("a piece of the key is in %q", text)
				}
			}
		}
	})
}

// go-openai alone collects such a line in memory until the server has had enough.
func TestEndlessLineStaysBounded(t *testing.T) {
	s := openaitest.New(t)
	s.Always(openaitest.Reply{Fault: openaitest.EndlessLine})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := newGenerator(t, config(s)).Generate(t.Context(), ragtest.Request()); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	runtime.ReadMemStats(&after)
	if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 96 { // of 256 that were sent
		t.Errorf("%d MiB were allocated", grown)
	}
}

func TestWrongPathsAndUnreachableServers(t *testing.T) {
	s := openaitest.New(t)
	c := config(s)
	c.BaseURL = strings.TrimSuffix(s.URL, "/v1")
	if _, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request()); !errors.Is(err, ErrProtocol) {
		t.Errorf("without /v1: %v", err)
	}
	c.BaseURL = "http://127.0.0.1:1/v1"
	_, err := newEmbedder(t, c).Embed(t.Context(), rag.Passage, []string{"a"})
	if !errors.Is(err, ErrUnreachable) || !strings.Contains(Explain(err), "refused") {
		t.Errorf("nobody listens: %v", err)
	}
	c.BaseURL = "https://127.0.0.1:1/v1"
	c.HTTPClient = &http.Client{Transport: transportFunc(func(*http.Request) (*http.Response, error) {
		return nil, errors.New("x509: certificate signed by unknown authority")
	})}
	if _, err := Models(t.Context(), c); !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "x509") {
		t.Errorf("a certificate that is not valid: %v", err)
	}
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTimeouts(t *testing.T) {
	s := openaitest.New(t)
	const short = 60 * time.Millisecond
	generate := func(ctx context.Context, c Config) error {
		_, err := newGenerator(t, c).Generate(ctx, ragtest.Request())
		return err
	}
	overall, idle := config(s), config(s)
	overall.Timeout, idle.IdleTimeout = short, short

	s.Always(openaitest.Reply{Fault: openaitest.Hanging})
	if err := generate(t.Context(), overall); !errors.Is(err, ErrTimeout) || !strings.Contains(err.Error(), "60ms") {
		t.Errorf("hanging: %v", err)
	}
	_, err := newEmbedder(t, overall).Embed(t.Context(), rag.Passage, []string{"a"})
	if !errors.Is(err, ErrTimeout) {
		t.Errorf("hanging embeddings: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), short)
	defer cancel()
	err = generate(ctx, config(s))
	if !errors.Is(err, ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "\n") {
		t.Errorf("the caller's deadline: %v", err)
	}

	s.Always(openaitest.Reply{Fault: openaitest.StalledStream})
	if err := generate(t.Context(), idle); !errors.Is(err, ErrTimeout) || !strings.Contains(err.Error(), "silent") {
		t.Errorf("a silent stream: %v", err)
	}
	if err := generate(t.Context(), overall); !errors.Is(err, ErrTimeout) || strings.Contains(err.Error(), "silent") {
		t.Errorf("a silent stream, and the time over: %v", err)
	}

	gone, cancel := context.WithCancel(t.Context())
	s.Script(func(openaitest.Request) openaitest.Reply {
		cancel()
		return openaitest.Reply{Fault: openaitest.Hanging}
	})
	if err := generate(gone, config(s)); !errors.Is(err, context.Canceled) || errors.Is(err, ErrTimeout) {
		t.Errorf("the caller went away: %v", err)
	}
}

// A stream that is slower in all than the idle timeout, but never silent, is read to its end.
func TestSlowStreamIsNotSilent(t *testing.T) {
	s := openaitest.New(t)
	s.Always(openaitest.Reply{Pace: 20 * time.Millisecond})
	c := config(s)
	c.IdleTimeout = 250 * time.Millisecond
	begin := time.Now()
	draft, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request())
	if err != nil || !strings.HasSuffix(draft.Text, "[1].") {
		t.Errorf("after %v: %+v, %v", time.Since(begin), draft, err)
	}
}

func TestManyKeepAlives(t *testing.T) {
	s := openaitest.New(t)
	s.Always(openaitest.Reply{Fault: openaitest.KeepAlives})
	draft, err := newGenerator(t, config(s)).Generate(t.Context(), ragtest.Request())
	if err != nil || draft.Text == "" {
		t.Errorf("got %+v, %v", draft, err)
	}
}

func TestRetries(t *testing.T) {
	fault := func(f openaitest.Fault) openaitest.Reply { return openaitest.Reply{Fault: f} }
	for _, test := range []struct {
		name    string
		replies []openaitest.Reply
		tries   int
		want    error
	}{
		{"none needed", nil, 1, nil},
		{"busy, then fine", []openaitest.Reply{fault(openaitest.RateLimited)}, 2, nil},
		{"three troubles, then fine", []openaitest.Reply{
			fault(openaitest.Failing), fault(openaitest.BadGateway), fault(openaitest.Dropped),
		}, 4, nil},
		{"four troubles", []openaitest.Reply{
			fault(openaitest.Failing), fault(openaitest.Failing), fault(openaitest.Failing), fault(openaitest.Unavailable),
		}, 4, ErrFailed},
		{"a refused key", []openaitest.Reply{fault(openaitest.Unauthorized)}, 1, ErrKeyRefused},
		{"an unknown model", []openaitest.Reply{fault(openaitest.ModelNotFound)}, 1, ErrUnknownModel},
		{"a refused request", []openaitest.Reply{fault(openaitest.Refused)}, 1, ErrRefused},
		{"told to wait longer than there is time", []openaitest.Reply{
			{Fault: openaitest.RateLimited, RetryAfter: time.Hour},
		}, 1, ErrBusy},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openaitest.New(t)
			s.Sequence(test.replies...)
			_, err := newEmbedder(t, config(s)).Embed(t.Context(), rag.Passage, []string{"one", "two"})
			if !errors.Is(err, test.want) || test.want == nil && err != nil || len(s.Requests()) != test.tries {
				t.Errorf("%v after %d tries, want %v after %d", err, len(s.Requests()), test.want, test.tries)
			}
			for _, r := range s.Requests() {
				if len(r.Input) != 2 {
					t.Errorf("a try sent %q", r.Input)
				}
			}
		})
	}
}

// The wait that the server asks for is kept. The server's clock runs in whole seconds, so this test takes one.
func TestRetryAfterIsKept(t *testing.T) {
	s := openaitest.New(t)
	s.Sequence(openaitest.Reply{Fault: openaitest.RateLimited, RetryAfter: time.Second})
	begin := time.Now()
	if _, err := newGenerator(t, config(s)).Generate(t.Context(), ragtest.Request()); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took < time.Second {
		t.Errorf("came back after %v", took)
	}
}

func TestRetryAfterHeader(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"0": 0, "2": 2 * time.Second, "0.5": 500 * time.Millisecond, "Mon, 04 May 2026 12:00:30 GMT": 30 * time.Second,
		"Mon, 04 May 2026 11:00:00 GMT": 0, "": -1, "-1": -1, "soon": -1, "NaN": -1, "+Inf": -1, "1e300": -1,
	} {
		got, ok := retryAfter(value, now)
		if ok != (want >= 0) || ok && (got < want || got > want+want/10) {
			t.Errorf("%q: %v, %v; want %v", value, got, ok, want)
		}
	}
}

func TestKeyIsNeverPrinted(t *testing.T) {
	c := Config{Key: secret}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "config", c, "key", c.Key)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "config", c, "key", c.Key)
	encoded, err := json.Marshal(map[string]Key{"key": c.Key})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{log.String(), string(encoded)}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		texts = append(texts, fmt.Sprintf(format, c.Key), fmt.Sprintf(format, c), fmt.Sprintf(format, &c))
	}
	for _, text := range texts {
		if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) {
			t.Errorf("printed: %s", text)
		}
	}
}

// nullInArray is what nullScan looks for, by the book.
func nullInArray(content []byte) (found, valid bool) {
	if !json.Valid(content) {
		return false, false
	}
	decoder := json.NewDecoder(strings.NewReader(string(content)))
	var arrays []bool // whether each open level is an array
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return found, true
		}
		if err != nil {
			return false, false
		}
		switch token {
		case json.Delim('['):
			arrays = append(arrays, true)
		case json.Delim('{'):
			arrays = append(arrays, false)
		case json.Delim(']'), json.Delim('}'):
			arrays = arrays[:len(arrays)-1]
		case nil:
			found = found || len(arrays) > 0 && arrays[len(arrays)-1]
		}
	}
}

func FuzzNullScan(f *testing.F) {
	for _, seed := range []string{
		`{"usage":null,"data":[{"embedding":[1, null]}]}`, `{"a":[1,2],"b":null}`, `["null","\",null",{"n":null}]`,
		`[ null ]`,
	} {
		f.Add([]byte(seed), 3)
	}
	f.Fuzz(func(t *testing.T, content []byte, cut int) {
		want, valid := nullInArray(content)
		cut = max(0, min(cut, len(content)))
		scan := new(nullScan)
		got := scan.finds(content[:cut]) || scan.finds(content[cut:])
		if valid && got != want {
			t.Errorf("%s: found %v, want %v", content, got, want)
		}
	})
}
