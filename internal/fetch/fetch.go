// Package fetch reads one document from an address that a person typed, and from nowhere that the person could not
// reach without us.
//
// The program runs where its operator's other machines can be reached, and an address is only text. So the rules are:
// http and https; ports 80 and 443; no address of a special range, looked at when the connection is made, behind DNS
// and again at each redirect; no proxy from the environment; no cookies, no credentials, no Referer; bounded in time
// and size. There is no other fetcher in the program.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// The bounds of one fetch.
const (
	maxRedirects   = 3
	maxBodyBytes   = 10 << 20 // as inflated, and as the largest file of a folder
	maxHeaderBytes = 64 << 10 // twice what servers are known to send
	maxURLBytes    = 2000     // what browsers and front matter take
	timeout        = 20 * time.Second
	connectTimeout = 10 * time.Second
)

// Config says how to fetch; the zero value is right for all but tests.
type Config struct {
	// Hosts is the allow-list: these and the hosts below them ("example.org" lets "www.example.org" through). Empty: all.
	Hosts []string
	// Resolver is for tests; nil is the system's.
	Resolver *net.Resolver
	// Permit lets a connection to a special range or port through: a test's own server. nil lets none through.
	Permit func(netip.AddrPort) bool
	// Agent is the User-Agent; "" is "Pilcrow".
	Agent string
}

// A Fetcher fetches. Any number of callers may use it at once.
type Fetcher struct {
	client *http.Client
	dialer *net.Dialer // with the guard
	hosts  []string
	agent  string
}

// Validators are what a server said about a copy, so that it can say later whether the copy still holds. They are
// opaque.
type Validators struct {
	ETag         string
	LastModified string
}

// A Page is what an address gave.
type Page struct {
	URL string // where it was in the end
	// the media type, in small letters, without parameters; guessed from the bytes where it is not given
	Type        string
	Charset     string // as declared by the server, "" for none
	Body        []byte // at most 10 MiB
	Validators  Validators
	NotModified bool // the copy that the validators belong to still holds; there is no body
}

// These tell errors apart with errors.Is. Every error that Get returns is an *Error or the context's.
var (
	ErrRefused = errors.New("the address is not one to fetch")
	ErrGone    = errors.New("there is no such page any more")
	ErrDenied  = errors.New("the server does not show the page")
)

// An Error says in one sentence why an address gave nothing.
type Error struct {
	URL string // without its query, which may hold a secret
	Msg string
	Err error // the cause; nil where Msg says it all
}

// Error prints "address: why".
func (e *Error) Error() string { return e.URL + ": " + e.Msg }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a fetcher.
func New(config Config) *Fetcher {
	f := &Fetcher{agent: config.Agent}
	if f.agent == "" {
		f.agent = "Pilcrow"
	}
	for _, h := range config.Hosts {
		f.hosts = append(f.hosts, hostOf(h))
	}
	guard := ssrf.New()
	dialer := &net.Dialer{
		Timeout: connectTimeout, Resolver: config.Resolver,
		Control: func(network, address string, c syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err == nil && config.Permit != nil && config.Permit(to) {
				return nil
			}
			return guard.Safe(network, address, c)
		},
	}
	f.dialer = dialer
	f.client = &http.Client{
		CheckRedirect: f.redirect,
		Transport: &http.Transport{
			// No Proxy: one from the environment would connect for us, past the guard.
			DialContext:            dialer.DialContext,
			DisableKeepAlives:      true, // a kept connection is one that nobody looks at again
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    connectTimeout,
			ResponseHeaderTimeout:  timeout,
			MaxResponseHeaderBytes: maxHeaderBytes,
		},
	}
	return f
}

// Get fetches the address. With validators of an earlier copy, Page.NotModified may come back instead of a body.
func (f *Fetcher) Get(ctx context.Context, address string, known Validators) (Page, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || len(address) > maxURLBytes {
		return Page{}, &Error{"the address", "not one that can be read: want one such as https://example.org/article",
			ErrRefused}
	}
	if err := f.check(u); err != nil {
		return Page{}, err
	}
	// The deadline's own cause tells it from one of the caller's.
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, errTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Page{}, &Error{shown(u), "not an address that can be asked for", ErrRefused}
	}
	request.Header.Set("User-Agent", f.agent)
	request.Header.Set("Accept",
		"text/html,application/xhtml+xml,application/pdf,application/epub+zip,text/markdown,text/plain,*/*;q=0.5")
	setField(request.Header, "If-None-Match", known.ETag)
	setField(request.Header, "If-Modified-Since", known.LastModified)
	response, err := f.client.Do(request)
	if err != nil {
		return Page{}, failure(ctx, u, err)
	}
	defer response.Body.Close()
	return read(ctx, response, known)
}

var errTimeout = fmt.Errorf("it took longer than %v", timeout)

// setField sets a header field to a value that a server gave us earlier, unless it could not be one.
func setField(header http.Header, name, value string) {
	if value != "" && !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		header.Set(name, value)
	}
}

// check says what is wrong with an address, before anybody is asked about it.
func (f *Fetcher) check(u *url.URL) error {
	refuse := func(msg string) error { return &Error{shown(u), msg, ErrRefused} }
	switch host := hostOf(u.Hostname()); {
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse("only http and https addresses are fetched")
	case host == "" || u.Opaque != "":
		return refuse("there is no host in it: want an address such as https://example.org/article")
	case u.User != nil:
		return refuse("there is a user or a password in it: take them out")
	case len(f.hosts) > 0 && !slices.ContainsFunc(f.hosts,
		func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) }):
		return refuse(host + " is not among the hosts that may be fetched from")
	}
	return nil
}

// redirect looks at each hop. Where it leads is looked at once more when the connection is made.
func (f *Fetcher) redirect(request *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return &Error{shown(via[0].URL), fmt.Sprintf("it leads on to other addresses more than %d times", maxRedirects),
			ErrRefused}
	}
	request.Header.Del("Referer")
	return f.check(request.URL)
}

// failure turns an error of the client into a sentence.
func failure(ctx context.Context, u *url.URL, err error) error {
	if own, ok := errors.AsType[*Error](err); ok {
		return own
	}
	if ctx.Err() != nil && !errors.Is(context.Cause(ctx), errTimeout) {
		return ctx.Err()
	}
	at := u
	if bad, ok := errors.AsType[*url.Error](err); ok { // the hop that it happened at
		if hop, err := url.Parse(bad.URL); err == nil {
			at = hop
		}
	}
	fail := func(msg string, cause error) error { return &Error{shown(at), msg, cause} }
	dns, isDNS := errors.AsType[*net.DNSError](err)
	timeout, isTimeout := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork),
		errors.Is(err, ssrf.ErrInvalidHostPort):
		return fail("it leads into a private or special network, and nothing is fetched from there", ErrRefused)
	case errors.Is(err, ssrf.ErrProhibitedPort):
		return fail("only the ports 80 and 443 are fetched from", ErrRefused)
	case ctx.Err() != nil, isTimeout && timeout.Timeout():
		return fail(errTimeout.Error(), err)
	case isDNS && dns.IsNotFound:
		return fail("there is no such host", err)
	case isDNS:
		return fail("its host could not be looked up", err)
	}
	return fail("it could not be reached: "+innermost(err), err)
}

// innermost is the reason at the bottom of an error, which does not repeat the address.
func innermost(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

// read turns a response into a page.
func read(ctx context.Context, response *http.Response, known Validators) (Page, error) {
	u := response.Request.URL
	page := Page{URL: u.String(), Validators: Validators{response.Header.Get("ETag"),
		response.Header.Get("Last-Modified")}}
	fail := func(msg string, cause error) (Page, error) { return Page{}, &Error{shown(u), msg, cause} }
	switch code := response.StatusCode; {
	case code == http.StatusOK:
	case code == http.StatusNotModified && known != (Validators{}):
		page.Validators = known
		page.NotModified = true
		return page, nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return fail("there is no such page (any more)", ErrGone)
	case code == http.StatusUnauthorized || code == http.StatusForbidden || code == http.StatusPaymentRequired:
		return fail(fmt.Sprintf("the server does not show it to us (%d)", code), ErrDenied)
	case code == http.StatusTooManyRequests || code >= 500:
		return fail(fmt.Sprintf("the server cannot give it now (%d): try again later", code), nil)
	default:
		return fail(fmt.Sprintf("the server answers with status %d", code), nil)
	}
	// gzip is undone by the client
	if coding := response.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return fail("it comes packed in a way that was not asked for", nil)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBodyBytes+1))
	if len(body) > maxBodyBytes {
		return fail(fmt.Sprintf("larger than %d MiB", maxBodyBytes>>20), nil)
	}
	if err != nil {
		if broken := failure(ctx, u, err); ctx.Err() != nil {
			return Page{}, broken
		}
		return fail("it broke off before its end", err)
	}
	page.Body = body
	kind, parameters, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		kind, parameters, _ = mime.ParseMediaType(http.DetectContentType(body)) // its own, always well-formed
	}
	page.Type, page.Charset = kind, strings.ToLower(parameters["charset"])
	return page, nil
}

// shown is the address as errors and logs have it.
func shown(u *url.URL) string {
	plain := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return plain.String()
}

// hostOf makes hosts comparable: small letters, without the full stop at the end that DNS allows.
func hostOf(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }
