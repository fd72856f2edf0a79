// Package web shows documents and answers in a browser: a page for each document, where citations lead; a playground,
// where an operator tries documents before Discord; and what machines ask of a program that runs.
//
// Pages are made by html/template of plain text, work without scripts, and are served under a policy that allows none.
// Every failure is the same 404. What is not for readers is on this machine alone, or behind a token.
package web

import (
	"cmp"
	"context"
	"crypto/subtle"
	"embed"
	"html/template"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// A Table is the part of *commands.Table that the playground calls.
type Table interface {
	Lookup(name string) (commands.Command, bool)
	Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error)
	Public(err error, p lang.Printer) (text, ref string)
}

// Config is what a Site needs.
type Config struct {
	Table Table
	Links *Links
	// Corpus has the documents that a server sees, "" for everybody; nil for none. release is called when they are no
	// longer read.
	Corpus func(ctx context.Context, server string) (corpus *article.Corpus, release func())
	// Ready says why the program cannot answer now; nil that it can.
	Ready   func() error
	Metrics http.Handler // nil for none
	// Token opens what is not for readers, elsewhere than on this machine; "" opens it nowhere else.
	Token string
	// Exposed says that something in front of the site hands on what strangers ask: nothing counts as coming from this
	// machine then.
	Exposed bool
	Logger  *slog.Logger // nil discards
}

// A Site answers requests. It is safe for use by several goroutines.
type Site struct {
	Config

	pages *template.Template
	files http.Handler
	mux   *http.ServeMux
	busy  chan struct{} // holds one for each request in hand
}

//go:embed static templates
var embedded embed.FS

// Bounds of a server of this site; ours.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 4 * time.Minute // an answer of a slow model
	idleTimeout   = time.Minute
	maxHeader     = 16 << 10 // bytes
	maxForm       = 64 << 10 // bytes
	maxRequests   = 256      // at a time
)

// New makes a site.
func New(c Config) *Site {
	c.Logger = cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	s := &Site{Config: c, pages: template.Must(template.ParseFS(embedded, "templates/*.html")),
		files: http.FileServerFS(embedded),
		mux:   http.NewServeMux(), busy: make(chan struct{}, maxRequests)}
	for _, page := range []struct { // what a first page would wait for: how each value is escaped
		name string
		data any
	}{{"reader.html", readerPage{}}, {"play.html", playPage{}}, {"missing.html", missingPage{}}} {
		if err := s.pages.ExecuteTemplate(io.Discard, page.name, page.data); err != nil {
			panic(err) // as template.Must
		}
	}
	s.mux.HandleFunc("GET /d/{slug}", s.readShared)
	s.mux.HandleFunc("GET /s/{seal}/d/{slug}", s.readOwn)
	s.mux.HandleFunc("GET /static/style.css", s.files.ServeHTTP)
	s.mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		_,
			_ = w.Write([]byte("User-agent: *\nDisallow: /\n"))
	})
	s.mux.HandleFunc("GET /{$}", s.inside(s.playground))
	s.mux.Handle("POST /{$}", http.NewCrossOriginProtection().Handler(s.inside(s.play)))
	s.mux.HandleFunc("GET /healthz", s.inside(func(w http.ResponseWriter, _ *http.Request) {
		_,
			_ = w.Write([]byte("ok\n"))
	}))
	s.mux.HandleFunc("GET /readyz", s.inside(s.ready))
	if c.Metrics != nil {
		s.mux.HandleFunc("GET /metrics", s.inside(c.Metrics.ServeHTTP))
	}
	s.mux.HandleFunc("GET /debug/pprof/", s.local(pprof.Index))
	s.mux.HandleFunc("GET /debug/pprof/profile", s.local(pprof.Profile))
	s.mux.HandleFunc("GET /debug/pprof/trace", s.local(pprof.Trace))
	s.mux.HandleFunc("/", s.missing)
	return s
}

// policy allows a page its own style and pictures that stand in it, and nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; " +
	"frame-ancestors 'none'"

// ServeHTTP answers one request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Vary", "Accept-Language")
	select {
	case s.busy <- struct{}{}:
		defer func() { <-s.busy }()
	default:
		h.Set("Retry-After", "5")
		http.Error(w, "too many requests", http.StatusServiceUnavailable)
		return
	}
	s.mux.ServeHTTP(plain{w}, r)
}

// plain keeps the router from telling a wrong method from a page that is not there.
type plain struct{ http.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (p plain) WriteHeader(status int) {
	if status == http.StatusMethodNotAllowed {
		p.Header().Del("Allow")
		status = http.StatusNotFound
	}
	p.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (p plain) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// Server is a server for the site with bounds on what a client may take.
func (s *Site) Server() *http.Server {
	return &http.Server{Handler: s, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.Logger.Handler(), slog.LevelDebug)}
}

// missing is the answer to everything that is not there, or not for whoever asks.
func (s *Site) missing(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNotFound)
	s.show(w, "missing.html", missingIn(printer(r)))
}

// show writes a page. A page that breaks off is noted.
func (s *Site) show(w http.ResponseWriter, name string, data any) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	if err := s.pages.ExecuteTemplate(w, name, data); err != nil {
		s.Logger.Debug("a page broke off", "page", name, "error", err)
	}
}

func (s *Site) ready(w http.ResponseWriter, _ *http.Request) {
	if err := s.Ready(); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// isLocal tells whether a request comes from this machine and is meant for it: a page of somebody else's in a browser
// here has another host.
func (s *Site) isLocal(r *http.Request) bool {
	if s.Exposed || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback() && Loopback(host)
}

// Loopback tells whether a host is this machine.
func Loopback(host string) bool {
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// local lets requests from this machine through.
func (s *Site) local(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.isLocal(r) {
			s.missing(w, r)
			return
		}
		next(w, r)
	}
}

// inside lets requests from this machine through, and those with the token: as a bearer, or as the password of a
// browser's form.
func (s *Site) inside(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.isLocal(r) || s.hasToken(r) {
			next(w, r)
			return
		}
		if s.Token == "" {
			s.missing(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="Pilcrow", charset="UTF-8"`)
		http.Error(w, "the token, please", http.StatusUnauthorized)
	}
}

func (s *Site) hasToken(r *http.Request) bool {
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if _, password, basic := r.BasicAuth(); basic {
		given, ok = password, true
	}
	return ok && s.Token != "" && subtle.ConstantTimeCompare([]byte(given), []byte(s.Token)) == 1
}

// safeURL is an address that a link may lead to; "" for another.
func safeURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return u.String()
}
