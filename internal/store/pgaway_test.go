package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// A wire leads to the server until it is cut; then nothing does, until it is mended.
type wire struct {
	t       *testing.T
	address string // where it begins
	network string
	to      string

	mu    sync.Mutex
	ln    net.Listener
	conns []net.Conn
	work  sync.WaitGroup
}

// newWire returns a wire, and the database's address through it.
func newWire(t *testing.T, database string) (*wire, string) {
	t.Helper()
	pg, err := newPostgres(database)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{t: t, address: "127.0.0.1:0", network: "tcp", to: fmt.Sprintf("%s:%d", pg.config.Host, pg.config.Port)}
	if strings.HasPrefix(pg.config.Host, "/") {
		w.network, w.to = "unix", fmt.Sprintf("%s/.s.PGSQL.%d", pg.config.Host, pg.config.Port)
	}
	w.mend()
	t.Cleanup(w.cut)
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

func (w *wire) mend() {
	w.t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", w.address)
	if err != nil {
		w.t.Fatal(err)
	}
	w.ln, w.address = ln, ln.Addr().String()
	w.work.Go(func() {
		for {
			near, err := ln.Accept()
			if err != nil {
				return
			}
			far, err := (&net.Dialer{}).DialContext(context.Background(), w.network, w.to)
			if err != nil {
				near.Close()
				continue
			}
			w.mu.Lock()
			w.conns = append(w.conns, near, far)
			w.mu.Unlock()
			for _, ends := range [][2]net.Conn{{near, far}, {far, near}} {
				w.work.Go(func() {
					_, _ = io.Copy(ends[0], ends[1])
					ends[0].Close()
					ends[1].Close()
				})
			}
		}
	})
}

// cut closes the listener first, so that nobody comes meanwhile, and waits until all is closed.
func (w *wire) cut() {
	w.ln.Close()
	w.mu.Lock()
	conns := w.conns
	w.conns = nil
	w.mu.Unlock()
	for _, c := range conns {
		c.Close()
	}
	w.work.Wait()
}

// While the server cannot be reached, that is said at once, each time, and told once; then all goes on by itself.
func TestPostgresAway(t *testing.T) {
	dir, address := needPostgres(t)
	w, through := newWire(t, address)
	s, err := Config{URL: through}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	told := make(chan string, 64)
	ctx, end := context.WithCancel(t.Context())
	var watch sync.WaitGroup
	watch.Go(func() {
		s.Watch(ctx, Watch{every: 10 * time.Millisecond, Tell: func(t Trouble, over bool) {
			told <- fmt.Sprint(t.Kind, " ", over)
		}})
	})
	defer watch.Wait()
	defer end()
	wait := func(want string) {
		t.Helper()
		select {
		case got := <-told:
			if got != want {
				t.Errorf("told %q, want %q", got, want)
			}
		case <-time.After(time.Minute):
			t.Fatalf("nobody told %q", want)
		}
	}
	for range 2 {
		w.cut()
		wait("unreachable false")
		for range 3 {
			if _, err := s.Asked(t.Context(), "a"); !errors.Is(err, ErrNotKept) {
				t.Errorf("reading: %v", err)
			}
			if err := s.SetAsked(t.Context(), "a", "lost"); !errors.Is(err, ErrNotKept) {
				t.Errorf("writing: %v", err)
			}
		}
		if all := s.Troubles(); len(all) != 1 || all[0].Kind != Away {
			t.Errorf("%v", all)
		}
		w.mend()
		wait("unreachable true")
		if err := s.SetAsked(t.Context(), "a", "kept"); err != nil {
			t.Error(err)
		}
		if got, err := s.Asked(t.Context(), "a"); err != nil || got != "kept" {
			t.Errorf("%q, %v", got, err)
		}
	}
}
