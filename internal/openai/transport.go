package openai

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	maxTries  = 4
	firstWait = 500 * time.Millisecond // before the first retry; each further wait is twice as long
	maxWait   = 8 * time.Second        // between two tries, where the server does not say how long

	maxStreamBytes = 8 << 20   // of one chat answer: some 300 bytes per token
	maxVectorBytes = 192 << 10 // of one vector in an answer: 8,192 values at 22 bytes are 180 kB
	maxListBytes   = 1 << 20   // of any other answer
	maxErrorBytes  = 64 << 10  // of an error's body; the rest is not read
	maxHeaderBytes = 64 << 10  // of one answer; net/http takes 10 MB
)

// What the transport itself puts an end to.
var (
	errOverall  = errors.New("the time for the whole call is over")
	errSilent   = errors.New("the stream fell silent")
	errTooMuch  = errors.New("the answer is too large")
	errNull     = errors.New("a vector holds null where a number belongs")
	errRedirect = errors.New("it redirects to another address")
	errAgain    = errors.New("worth another try")
)

// transport retries what is worth it and bounds what comes back. It is safe for use by several goroutines.
type transport struct {
	base      http.RoundTripper
	firstWait time.Duration
	idle      time.Duration
}

// RoundTrip sends the request, again if the server is busy or the connection fails. The request's context must have a
// deadline; a wait that would go beyond it is not begun, and the server's last answer is returned.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		defer request.Body.Close() // every try sends a copy
	}
	ctx, cancel := context.WithCancelCause(request.Context())
	response, err := t.try(request.WithContext(ctx))
	if err != nil {
		cancel(nil)
		return nil, err
	}
	b := &body{ReadCloser: response.Body, cause: func() error { return context.Cause(ctx) }, cancel: cancel,
		left: maxListBytes, atLimit: errTooMuch}
	stream := request.Header.Get("Accept") == "text/event-stream"
	switch {
	case response.StatusCode >= http.StatusBadRequest:
		b.left, b.atLimit = maxErrorBytes, io.EOF
	case strings.HasSuffix(request.URL.Path, "/embeddings"):
		b.left, b.nulls = maxErrorBytes+maxVectorBytes*int64(textsOf(ctx)), new(nullScan)
	case stream:
		b.left = maxStreamBytes
	}
	if response.Body = b; stream {
		// A server may begin its stream before it has read the prompt, which takes a small one longer than any pause later.
		first := t.idle
		if deadline, ok := ctx.Deadline(); ok {
			first = max(first, time.Until(deadline))
		}
		b.patience = &patience{most: first, timer: time.AfterFunc(first, func() { cancel(errSilent) })}
	}
	if stream && response.StatusCode < http.StatusBadRequest {
		response.Body = struct {
			io.Reader
			io.Closer
		}{&lines{source: b, ended: func(data bool) {
			if b.patience.spent = 0; data {
				b.patience.most = t.idle
			}
		}}, b}
	}
	return response, nil
}

// textsKey is for the number of texts that are embedded in one call.
type textsKey struct{}

// withTexts says how many vectors the answer may have.
func withTexts(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, textsKey{}, n)
}

func textsOf(ctx context.Context) int {
	n, _ := ctx.Value(textsKey{}).(int)
	return max(n, 1)
}

func (t *transport) try(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.Multiplier, waits.MaxInterval = t.firstWait, 2, maxWait
	left := maxWait
	if deadline, ok := ctx.Deadline(); ok {
		left = time.Until(deadline)
	}
	var refused *http.Response // by the try before
	response, err := backoff.Retry(ctx, func() (*http.Response, error) {
		if refused != nil {
			_ = refused.Body.Close() // only its status mattered
		}
		var err error
		refused, err = t.once(request)
		return refused, err
	}, backoff.WithBackOff(waits), backoff.WithMaxTries(maxTries), backoff.WithMaxElapsedTime(left))
	if response != nil {
		return response, nil // also the last refusal: its body says why
	}
	return nil, err
}

// once sends a copy of the request. A refusal that is worth another try is returned as a response and an error.
func (t *transport) once(request *http.Request) (*http.Response, error) {
	attempt := request.Clone(request.Context())
	if request.GetBody != nil {
		content, err := request.GetBody()
		if err != nil {
			return nil, backoff.Permanent(err)
		}
		attempt.Body = content
	}
	response, err := t.base.RoundTrip(attempt)
	if err != nil {
		if passing(err) {
			return nil, err
		}
		return nil, backoff.Permanent(err)
	}
	if response.StatusCode == http.StatusInternalServerError && saysTooLong(response) {
		return response, nil // it will be as long the next time
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		if wait, ok := retryAfter(response.Header.Get("Retry-After"), time.Now()); ok {
			return response, &backoff.RetryAfterError{Duration: wait}
		}
		return response, errAgain
	}
	return response, nil
}

// saysTooLong reads the body of a failure, which can be read again, and reports whether it is about the length of what
// was sent.
func saysTooLong(response *http.Response) bool {
	content, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBytes)) // as much as came says enough
	rest := response.Body
	response.Body = struct {
		io.Reader
		io.Closer
	}{bytes.NewReader(content), rest}
	return tooLong(response.StatusCode, "", string(content))
}

// passing reports whether a failure of the connection may be over at the next try. A name that does not exist and a
// certificate that is not valid will be the same then.
func passing(err error) bool {
	if e, ok := errors.AsType[*net.DNSError](err); ok {
		return !e.IsNotFound
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.EPIPE)
}

// retryAfter reads the header as seconds or as a date (RFC 9110, section 10.2.3). Up to a tenth is added, so that many
// who were told the same do not come back together.
func retryAfter(value string, now time.Time) (wait time.Duration, ok bool) {
	if value == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if !(seconds >= 0 && seconds < time.Hour.Seconds()*24) {
			return 0, false
		}
		wait = time.Duration(seconds * float64(time.Second))
	} else if at, err := http.ParseTime(value); err == nil {
		wait = max(0, at.Sub(now))
	} else {
		return 0, false
	}
	return wait + time.Duration(rand.Int64N(int64(wait)/10+1)), true
}

// body is a response's body with an end. Closing it ends the call.
type body struct {
	io.ReadCloser
	cause   func() error // why this one call ended; nil while it has not
	cancel  context.CancelCauseFunc
	left    int64
	atLimit error // what a reader gets beyond left bytes
	nulls   *nullScan

	patience *patience // nil where silence is no matter
}

func (b *body) Read(p []byte) (int, error) {
	read := func() (int, error) { return b.ReadCloser.Read(p[:min(int64(len(p)), b.left+1)]) }
	var n int
	var err error
	if b.patience != nil {
		n, err = b.patience.wait(read)
	} else {
		n, err = read()
	}
	if int64(n) > b.left {
		n, err = int(b.left), b.atLimit
	}
	b.left -= int64(n)
	if b.nulls != nil && b.nulls.finds(p[:n]) {
		return 0, errNull // with the bytes, a decoder that finds them complete would not look at the error
	}
	if err != nil && !errors.Is(err, io.EOF) {
		if cause := b.cause(); cause != nil {
			return n, cause
		}
	}
	return n, err
}

// Close lets go of the connection, whatever is still to come on it.
func (b *body) Close() error {
	if b.patience != nil {
		b.patience.timer.Stop()
	}
	b.cancel(nil)
	return b.ReadCloser.Close()
}

// nullScan looks for null as an element of a JSON array, in pieces as they arrive. Some servers write NaN so, and
// encoding/json makes a zero of it without a word.
type nullScan struct {
	inString, escaped bool
	last              byte // the last byte outside strings that is not white space
}

func (s *nullScan) finds(piece []byte) bool {
	for _, c := range piece {
		switch {
		case s.escaped:
			s.escaped = false
		case s.inString:
			s.escaped, s.inString = c == '\\', c != '"'
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
		case c == 'n' && (s.last == '[' || s.last == ','):
			return true
		default:
			s.inString, s.last = c == '"', c
		}
	}
	return false
}
