package main

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/discord"
	"pilcrow/internal/web"
)

const (
	defaultWeb    = "127.0.0.1:8080" // of bot web
	minWebToken   = 16               // ours: characters
	webGrace      = 5 * time.Second  // what is being answered when the program ends has this long
	linkKeyPhrase = "pilcrow reader links"
)

// webAddress reads host:port; the host is given, so that nobody opens a port to the world without knowing.
func webAddress(bad *problems, name, value string) string {
	if value == "" {
		return ""
	}
	host, port, err := net.SplitHostPort(value)
	if err != nil || host == "" || port == "" {
		bad.add(name, fmt.Sprintf("want host:port, such as 127.0.0.1:8080, got %q", value))
	}
	return value
}

// webToken wants one that nobody guesses.
func webToken(bad *problems, name string, value secret) secret {
	if value != "" && len(value) < minWebToken {
		bad.add(name, fmt.Sprintf("want at least %d characters", minWebToken))
	}
	return value
}

// shared are the documents that are everybody's; nil while there are none.
func (p *parts) shared() *article.Corpus {
	if e := p.engine.Edition(); e != nil {
		return e.Corpus
	}
	return nil
}

// corpus are the documents that a server sees, as long as they are not released; nil for none.
func (p *parts) corpus(ctx context.Context, server string) (*article.Corpus, func()) {
	if server == "" {
		return p.shared(), func() {}
	}
	if p.library == nil || p.library.Closed(server) {
		return nil, func() {}
	}
	engine, release, err := p.library.Hold(ctx, server)
	if err != nil || engine.Edition() == nil {
		return nil, release
	}
	return engine.Edition().Corpus, release
}

// links are those of citations; nil where nobody could follow them.
func (a *app) links(p *parts) (*web.Links, error) {
	if a.config.webURL == "" && a.config.web == "" {
		return nil, nil
	}
	var key []byte
	var err error
	if a.config.discordToken != "" { // links live on after a restart
		key, err = hkdf.Key(sha256.New, []byte(a.config.discordToken.reveal()), nil, linkKeyPhrase, sha256.Size)
	} else {
		key = make([]byte, sha256.Size)
		_, err = rand.Read(key)
	}
	if err != nil {
		return nil, fmt.Errorf("make the key of links: %w", err)
	}
	return web.NewLinks(a.config.webURL, key, time.Now, p.shared), nil
}

// permalinks name where a citation can be read; nil where PILCROW_WEB_URL is not set.
func (a *app) permalinks(links *web.Links) func(server string, r commands.Reply, source article.Passage) string {
	if links == nil || a.config.webURL == "" {
		return nil
	}
	return func(server string, r commands.Reply, source article.Passage) string {
		return links.Permalink(web.CitationOf(server, r, source))
	}
}

// health is what a status shows.
func (p *parts) health() commands.Health {
	h := p.vitals.health()
	if bot := p.bot.Load(); bot != nil {
		for _, s := range bot.Shards() {
			h.Shards = append(h.Shards, commands.Shard{ID: s.ID, Count: s.Count, Connected: s.Connected, Since: s.Since})
		}
	}
	return h
}

// numbers are what the metrics read.
func (p *parts) numbers() web.Numbers {
	h := p.vitals.health()
	n := web.Numbers{TokensToday: h.TokensToday, MemoryUsed: h.MemoryUsed, MemoryLimit: h.MemoryLimit, Running: h.Queue,
		Degraded: len(h.Degraded) + len(h.Store)}
	for _, c := range p.vitals.conditions {
		n.Models = append(n.Models, c.counted())
	}
	if corpus := p.shared(); corpus != nil {
		n.Documents, n.Paragraphs = len(corpus.Documents()), corpus.Len()
	}
	if bot := p.bot.Load(); bot != nil {
		n.Connected, n.RateLimited = bot.Connected(), bot.RateLimited()
		n.Interactions, n.Acknowledged = bot.Interactions()
		for _, s := range bot.Shards() {
			n.Shards = append(
				n.Shards,
				web.Shard{ID: s.ID, Connected: s.Connected, Latency: s.Latency, Sessions: s.Sessions, Resumed: s.Resumed},
			)
		}
	}
	return n
}

// ready says why nothing can be answered now.
func (p *parts) ready() error {
	switch bot := p.bot.Load(); {
	case p.shared() == nil:
		return errors.New("the documents are being loaded")
	case bot != nil && !bot.Connected():
		return errors.New("not connected to Discord")
	}
	return nil
}

// measured is a table whose commands are counted.
type measured struct {
	discord.Table
	lookup  func(name string) (commands.Command, bool)
	metrics *web.Metrics
}

// Lookup implements web.Table.
func (m measured) Lookup(name string) (commands.Command, bool) { return m.lookup(name) }

// Run implements discord.Table.
func (m measured) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	began := time.Now()
	r, err := m.Table.Run(ctx, name, in)
	outcome := web.Answered
	switch _, refused := errors.AsType[*commands.Refusal](err); {
	case refused:
		outcome = web.Refused
	case err != nil:
		outcome = web.Failed
	case r.Nothing:
		outcome = web.Nothing
	}
	if _, known := m.lookup(name); known {
		m.metrics.Observe(name, outcome, time.Since(began), r.Withheld)
	}
	return r, err
}

// measure counts what is asked, if a site can show it.
func (p *parts) measure() (measured, *web.Metrics) {
	metrics := web.NewMetrics(p.numbers)
	return measured{countedTable{p.table, &p.vitals.running}, p.table.Lookup, metrics}, metrics
}

// listen opens the site, if there is to be one; end closes it.
func (a *app) listen(p *parts, table measured, metrics *web.Metrics, links *web.Links) (address string, end func(),
	err error) {
	if a.config.web == "" {
		return "", func() {}, nil
	}
	l, err := net.Listen("tcp", a.config.web) //nolint:noctx // it does not wait
	if err != nil {
		return "", nil, &configError{fmt.Errorf("%s: %w", envWeb, err)}
	}
	site := web.New(web.Config{Table: table, Links: links, Corpus: p.corpus, Ready: p.ready, Metrics: metrics.Handler(),
		Token: a.config.webToken.reveal(), Exposed: a.config.webURL != "", Logger: a.logger})
	server := site.Server()
	done := make(chan struct{})
	go func() { // end waits for it
		defer close(done)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			a.logger.Error("the pages are no longer served", "error", err)
		}
	}()
	address = "http://" + l.Addr().String() + "/"
	a.logger.Info("pages are served", "address", address)
	return address, func() {
		ctx, cancel := context.WithTimeout(context.Background(), webGrace)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close()
		}
		<-done
	}, nil
}

// web serves the reader and the playground alone, without Discord.
func (a *app) web(ctx context.Context) int {
	if a.config.web == "" {
		a.config.web = defaultWeb
	}
	p, err := a.assemble(ctx, false)
	if err != nil {
		return a.failure(err)
	}
	defer p.Close()
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer stop()
	if _, err := a.load(ctx, p); err != nil {
		return a.failure(err)
	}
	links, err := a.links(p)
	if err != nil {
		return a.failure(err)
	}
	table, metrics := p.measure()
	address, end, err := a.listen(p, table, metrics, links)
	if err != nil {
		return a.failure(err)
	}
	defer end()
	fmt.Fprintln(a.stdout, "Open "+address+" in a browser; Ctrl+C ends it.")
	<-ctx.Done()
	return exitOK
}
