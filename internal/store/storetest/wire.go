package storetest

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A Wire leads to the server until it is cut; then nothing does, until it is mended.
type Wire struct {
	t       testing.TB
	address string // where it begins
	network string
	to      string

	mu    sync.Mutex
	ln    net.Listener
	conns []net.Conn
	isCut bool
	work  sync.WaitGroup
}

// NewWire returns a wire, and the database's address through it.
func NewWire(t testing.TB, database string) (*Wire, string) {
	t.Helper()
	config, err := pgx.ParseConfig(database)
	if err != nil {
		t.Fatal(err)
	}
	w := &Wire{t: t, address: "127.0.0.1:0", network: "tcp", to: fmt.Sprintf("%s:%d", config.Host, config.Port)}
	if strings.HasPrefix(config.Host, "/") {
		w.network, w.to = "unix", fmt.Sprintf("%s/.s.PGSQL.%d", config.Host, config.Port)
	}
	w.Mend()
	t.Cleanup(w.Cut)
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Del("host")
	query.Del("port")
	u.Host, u.RawQuery = w.address, query.Encode()
	return w, u.String()
}

// Mend has it lead there again.
func (w *Wire) Mend() {
	w.t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", w.address)
	if err != nil {
		w.t.Fatal(err)
	}
	w.ln, w.address = ln, ln.Addr().String()
	w.mu.Lock()
	w.isCut = false
	w.mu.Unlock()
	w.work.Go(func() {
		for {
			near, err := ln.Accept()
			if err != nil {
				return
			}
			far, err := (&net.Dialer{}).DialContext(context.Background(), w.network, w.to)
			if err != nil {
				_ = near.Close()
				continue
			}
			w.mu.Lock()
			if w.isCut { // who was accepted before the listener was closed
				_ = near.Close()
				_ = far.Close()
			}
			w.conns = append(w.conns, near, far)
			w.mu.Unlock()
			for _, ends := range [][2]net.Conn{{near, far}, {far, near}} {
				w.work.Go(func() {
					_, _ = io.Copy(ends[0], ends[1])
					_ = ends[0].Close()
					_ = ends[1].Close()
				})
			}
		}
	})
}

// Cut closes the listener first, so that nobody comes meanwhile, and waits until all is closed.
func (w *Wire) Cut() {
	_ = w.ln.Close()
	w.mu.Lock()
	conns := w.conns
	w.conns, w.isCut = nil, true
	w.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
	}
	w.work.Wait()
}
