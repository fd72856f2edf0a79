package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A site is a server on loopback that a fetcher may reach, although loopback is a special range.
type site struct {
	*httptest.Server
	address netip.AddrPort
	asked   atomic.Int32
}

func newSite(t *testing.T, handler http.HandlerFunc) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	s.address = netip.MustParseAddrPort(s.Listener.Addr().String())
	return s
}

func (s *site) permit(to netip.AddrPort) bool { return to == s.address }

func (s *site) fetcher() *Fetcher { return New(Config{Permit: s.permit}) }

func TestGet(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.Header.Get("User-Agent") != "Pilcrow" {
			t.Errorf("header %v", r.Header)
		}
		http.SetCookie(w, &http.Cookie{Name: "track", Value: "1"})
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/untyped":
			w.Header()["Content-Type"] = nil
			fmt.Fprint(w, "%PDF-1.7")
		default:
			w.Header().Set("Content-Type", `Text/HTML; charset="Windows-1251"`)
			w.Header().Set("ETag", `"one"`)
			fmt.Fprint(w, "<p>Text.")
		}
	})
	f := s.fetcher()
	page, err := f.Get(t.Context(), " "+s.URL+"/moved ", Validators{})
	if err != nil {
		t.Fatal(err)
	}
	if page.URL != s.URL+"/page" || page.Type != "text/html" || page.Charset != "windows-1251" ||
		string(page.Body) != "<p>Text." || page.Validators.ETag != `"one"` || page.NotModified {
		t.Errorf("%+v", page)
	}
	if page, err = f.Get(t.Context(), s.URL+"/untyped", Validators{}); err != nil || page.Type != "application/pdf" {
		t.Errorf("%q, %v", page.Type, err)
	}
}

func TestNotModified(t *testing.T) {
	const day = "Mon, 02 Mar 2020 10:00:00 GMT"
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"one"` && r.Header.Get("If-Modified-Since") == day || r.URL.Path == "/always" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "Text.")
	})
	known := Validators{`"one"`, day}
	page, err := s.fetcher().Get(t.Context(), s.URL, known)
	if err != nil || !page.NotModified || page.Validators != known || page.Body != nil {
		t.Errorf("%+v, %v", page, err)
	}
	page, err = s.fetcher().Get(t.Context(), s.URL, Validators{"\"one\"\r\nHost: x", day})
	if err != nil || page.NotModified {
		t.Errorf("a broken validator: %+v, %v", page, err)
	}
	if page, err = s.fetcher().Get(t.Context(), s.URL+"/always", Validators{}); err == nil {
		t.Errorf("not modified, though there is no copy: %+v", page)
	}
}

func TestGetRefuses(t *testing.T) {
	packed := bomb(t) // before anybody waits for it
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/password":
			http.Redirect(w, r, "http://me:hunter2@example.org/", http.StatusFound)
		case "/cut":
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "Text.")
		case "/packed":
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "Text.")
		case "/large":
			io.Copy(w, io.LimitReader(zeros{}, maxBodyBytes+1))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(packed)
		default:
			var code int
			fmt.Sscanf(r.URL.Path, "/%d", &code)
			w.WriteHeader(code)
		}
	})
	cases := []struct {
		address string
		is      error // nil for none of the sentinels
		want    string
	}{
		{"", ErrRefused, "only http and https"},
		{"ftp://example.org/", ErrRefused, "only http and https"},
		{"file:///etc/passwd", ErrRefused, "only http and https"},
		{"javascript:alert(1)", ErrRefused, "only http and https"},
		{"http:example.org", ErrRefused, "no host"},
		{"http:///path", ErrRefused, "no host"},
		{"http://[::1", ErrRefused, "not one that can be read"},
		{"http://example.org/" + strings.Repeat("a", maxURLBytes), ErrRefused, "not one that can be read"},
		{"https://me:hunter2@example.org/", ErrRefused, "a user or a password"},
		{s.URL + "/circle", ErrRefused, "more than 3 times"},
		{s.URL + "/file", ErrRefused, "only http and https"},
		{s.URL + "/password", ErrRefused, "a user or a password"},
		{s.URL + "/404", ErrGone, "no such page"},
		{s.URL + "/410", ErrGone, "no such page"},
		{s.URL + "/403?key=hunter2", nil, "does not show it"},
		{s.URL + "/503", nil, "try again later"},
		{s.URL + "/418", nil, "status 418"},
		{s.URL + "/cut", nil, "broke off"},
		{s.URL + "/packed", nil, "not asked for"},
		{s.URL + "/large", nil, "larger than 10 MiB"},
		{s.URL + "/bomb", nil, "larger than 10 MiB"},
	}
	for _, c := range cases {
		_, err := s.fetcher().Get(t.Context(), c.address, Validators{})
		if _, ok := errors.AsType[*Error](err); !ok || !strings.Contains(err.Error(), c.want) ||
			strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.60s: %v, want %q", c.address, err, c.want)
		}
		for _, sentinel := range []error{ErrRefused, ErrGone} {
			if errors.Is(err, sentinel) != errors.Is(c.is, sentinel) {
				t.Errorf("%.60s: %v is %q: %v", c.address, err, sentinel, !errors.Is(err, c.is))
			}
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// bomb is 100 MiB in a hundredth of that.
func bomb(t *testing.T) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.Copy(w, io.LimitReader(zeros{}, 100<<20)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.Bytes()
}

func TestHosts(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://elsewhere.test/", http.StatusFound)
	})
	dns := newDNS(t)
	dns.answer("news.example.org.", netip.MustParseAddr("127.0.0.1"))
	f := New(Config{Permit: s.permit, Hosts: []string{"Example.org"}, Resolver: dns.resolver()})
	for address, want := range map[string]string{
		"http://other.test/":      "other.test is not among",
		"http://notexample.org/":  "notexample.org is not among",
		"http://example.org.evil": "is not among",
		fmt.Sprintf("http://NEWS.example.org.:%d/", s.address.Port()): "elsewhere.test is not among", // where it redirects
	} {
		if _, err := f.Get(t.Context(), address, Validators{}); !errors.Is(err, ErrRefused) ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if s.asked.Load() != 1 {
		t.Errorf("%d requests", s.asked.Load())
	}
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(Config{})
		f.client.Transport = hangs{}
		began := time.Now()
		_, err := f.Get(t.Context(), "https://example.org/", Validators{})
		if err == nil || !strings.Contains(err.Error(), "longer than 20s") || time.Since(began) != timeout {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := f.Get(ctx, "https://example.org/", Validators{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller's deadline: %v", err)
		}
	})
}

// hangs answers nothing until the request is given up.
type hangs struct{}

func (hangs) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, context.Cause(r.Context())
}

// A slow body, drop by drop, ends with the same deadline.
func TestSlowBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(Config{})
		f.client.Transport = drips{}
		_, err := f.Get(t.Context(), "https://example.org/", Validators{})
		if err == nil || !strings.Contains(err.Error(), "longer than 20s") {
			t.Error(err)
		}
	})
}

type drips struct{}

func (drips) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: r,
		Body: io.NopCloser(drip{r.Context()})}, nil
}

type drip struct{ ctx context.Context } //nolint:containedctx // a body's life is its request's

func (d drip) Read(p []byte) (int, error) {
	select {
	case <-time.After(time.Second):
		p[0] = 'x'
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}
