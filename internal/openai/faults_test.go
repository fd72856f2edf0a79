package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
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
		{openaitest.TooLong, ErrTooLong, "PILCROW_EMBEDDING_TOKENS"},
		{openaitest.TooLongFails, ErrTooLong, "(HTTP 500)"},
		{openaitest.TooLongLlama, ErrTooLong, "larger window"},
		{openaitest.HugeHeader, ErrUnreachable, "header"},
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
		openaitest.EndlessStream:     {ErrLoops, "again and again"},
		openaitest.LongLine:          {ErrTooLarge, "too large"},
		openaitest.EndlessJunk:       {ErrTooLarge, "too large"},
		openaitest.EndlessComments:   {ErrTooLarge, "too large"},
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

// go-openai alone collects lines in memory, of whatever they are, until the server has had enough. Nine servers, or one
// that is asked nine questions at once, take no more than nine lines.
func TestLinesStayBounded(t *testing.T) {
	for fault, most := range map[openaitest.Fault]uint64{
		openaitest.EndlessLine: 30 << 20, openaitest.EndlessJunk: 30 << 20, openaitest.EndlessComments: 30 << 20,
		openaitest.HugeHeader: 30 << 20,
	} {
		s := openaitest.New(t)
		s.Always(openaitest.Reply{Fault: fault})
		g := newGenerator(t, config(s))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var nine sync.WaitGroup
		for range 9 {
			nine.Go(func() {
				if _, err := g.Generate(t.Context(), ragtest.Request()); err == nil {
					t.Errorf("fault %d: no error", fault)
				}
			})
		}
		nine.Wait()
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; grown > most { // the fake's own blocks are in it
			t.Errorf("fault %d: %d MiB were allocated", fault, grown>>20)
		}
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

func TestTimeouts(t *testing.T) { synctest.Test(t, testTimeouts) }
func testTimeouts(t *testing.T) {
	s := openaitest.NewMemory(t)
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

	s.Always(openaitest.Reply{Fault: openaitest.TricklingEvent, Pace: short / 10})
	if err := generate(t.Context(), idle); !errors.Is(err, ErrTimeout) || !strings.Contains(err.Error(), "silent") {
		t.Errorf("an event that trickles: %v", err)
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

// waiting is a body that, like one of HTTP/2, ends with its context's plain error and not with the cause.
type waiting struct {
	done <-chan struct{}
	err  func() error
}

func (w waiting) Read([]byte) (int, error) {
	<-w.done
	return 0, w.err()
}

func (waiting) Close() error { return nil }

func TestSilenceIsNamedOverAnyTransport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := Config{BaseURL: "https://models.example.org/v1", Key: secret, ChatModel: "m"}
		c.HTTPClient = &http.Client{Transport: transportFunc(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{},
				Body: waiting{r.Context().Done(), r.Context().Err}}, nil
		})}
		begin := time.Now()
		_, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request())
		// nothing has come yet: the prompt may be long
		if !errors.Is(err, ErrTimeout) || time.Since(begin) != DefaultTimeout {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
	})
}

// A stream that is slower in all than the idle timeout, but never silent, is read to its end.
func TestSlowStreamIsNotSilent(t *testing.T) { synctest.Test(t, testSlowStreamIsNotSilent) }
func testSlowStreamIsNotSilent(t *testing.T) {
	s := openaitest.NewMemory(t)
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

// OpenAI masks the key in its 401 and leaves the ends, which are too short to be told from words.
func TestNothingOfA401IsRepeated(t *testing.T) {
	c, err := newClient(Config{Key: secret}, "m")
	if err != nil {
		t.Fatal(err)
	}
	err = c.refusal(http.StatusUnauthorized, "invalid_api_key", "", "Incorrect API key provided: sk-p****8yBd.")
	if !errors.Is(err, ErrKeyRefused) || strings.Contains(err.Error(), "8yBd") {
		t.Error(err)
	}
}
