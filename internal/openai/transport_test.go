package openai

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

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
			synctest.Test(t, func(t *testing.T) {
				s := openaitest.NewMemory(t)
				s.Sequence(test.replies...)
				begin, c := time.Now(), config(s)
				_, err := newEmbedder(t, c).Embed(t.Context(), rag.Passage, []string{"one", "two"})
				if took := time.Since(begin); took > c.Timeout/2 {
					t.Errorf("it took %v", took)
				}
				if !errors.Is(err, test.want) || test.want == nil && err != nil || len(s.Requests()) != test.tries {
					t.Errorf("%v after %d tries, want %v after %d", err, len(s.Requests()), test.want, test.tries)
				}
				for _, r := range s.Requests() {
					if len(r.Input) != 2 {
						t.Errorf("a try sent %q", r.Input)
					}
				}
			})
		})
	}
}

// The wait that the server asks for is kept. The server's clock runs in whole seconds, so this test takes one.
func TestRetryAfterIsKept(t *testing.T) { synctest.Test(t, testRetryAfterIsKept) }
func testRetryAfterIsKept(t *testing.T) {
	s := openaitest.NewMemory(t)
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
