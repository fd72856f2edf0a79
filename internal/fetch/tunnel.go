package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// A Tunnel is a proxy on this machine for a program that fetches by itself: its connections go where a Fetcher's may,
// and nowhere else. It takes CONNECT alone, so that what passes is encrypted between the program and its server.
type Tunnel struct {
	fetcher  *Fetcher
	server   *http.Server
	listener net.Listener
	left     atomic.Int64 // bytes that may still come
	refused  atomic.Pointer[error]
	done     chan struct{}
	stop     context.CancelFunc

	mu     sync.Mutex     // guards closed, and open while it is not
	open   sync.WaitGroup // of connections
	closed bool
}

// ErrTooMuch is the reason of a Tunnel that let through as many bytes as it may.
var ErrTooMuch = errors.New("it is larger than may be fetched at once")

// Tunnel opens a proxy that lets limit bytes in, until ctx ends or it is closed.
func (f *Fetcher) Tunnel(ctx context.Context, limit int64) (*Tunnel, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	t := &Tunnel{fetcher: f, listener: listener, done: make(chan struct{})}
	base, stop := context.WithCancel(ctx)
	t.stop = stop
	t.left.Store(limit)
	t.server = &http.Server{Handler: http.HandlerFunc(t.connect), ReadHeaderTimeout: connectTimeout,
		MaxHeaderBytes: maxHeaderBytes, BaseContext: func(net.Listener) context.Context { return base }}
	go func() { // Close waits for it
		defer close(t.done)
		_ = t.server.Serve(listener)
	}()
	return t, nil
}

// Address is that of the proxy, as programs are given it.
func (t *Tunnel) Address() string { return "http://" + t.listener.Addr().String() }

// Refused is why a connection was refused or cut, nil where none was.
func (t *Tunnel) Refused() error {
	if err := t.refused.Load(); err != nil {
		return *err
	}
	return nil
}

// Close ends all connections.
func (t *Tunnel) Close() error {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	t.stop()
	err := t.server.Close()
	<-t.done
	t.open.Wait()
	return err
}

// connect connects one client with the server that it names.
func (t *Tunnel) connect(w http.ResponseWriter, r *http.Request) {
	refuse := func(code int, err error) {
		t.refused.CompareAndSwap(nil, &err)
		http.Error(w, err.Error(), code)
	}
	if r.Method != http.MethodConnect {
		refuse(http.StatusMethodNotAllowed, &Error{"the proxy", "only https is let through", ErrRefused})
		return
	}
	to := &url.URL{Scheme: "https", Host: r.Host}
	if err := t.fetcher.check(to); err != nil {
		refuse(http.StatusForbidden, err)
		return
	}
	t.mu.Lock()
	if t.closed {
		t.mu.Unlock()
		return
	}
	t.open.Add(1) // the server does not wait for what is hijacked
	t.mu.Unlock()
	defer t.open.Done()
	ctx, cancel := context.WithTimeoutCause(r.Context(), connectTimeout, errTimeout)
	defer cancel()
	server, err := t.fetcher.dialer.DialContext(ctx, "tcp", r.Host)
	if err != nil {
		refuse(http.StatusBadGateway, failure(ctx, to, err))
		return
	}
	defer server.Close()
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		refuse(http.StatusInternalServerError, err)
		return
	}
	defer client.Close()
	_ = client.SetDeadline(time.Time{})
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	ended := context.AfterFunc(r.Context(), func() { _, _ = client.Close(), server.Close() })
	defer ended()
	var out sync.WaitGroup
	out.Go(func() {
		_, _ = io.Copy(server, buffered)
		_ = server.Close() // the client is done
	})
	if err := t.copyIn(client, server); err != nil {
		t.refused.CompareAndSwap(nil, &err)
	}
	_ = client.Close()
	out.Wait()
}

// copyIn copies what the server sends, as far as it may.
func (t *Tunnel) copyIn(client io.Writer, server io.Reader) error {
	buffer := make([]byte, 64<<10)
	for {
		n, err := server.Read(buffer)
		if t.left.Add(-int64(n)) < 0 {
			return ErrTooMuch
		}
		if _, broken := client.Write(buffer[:n]); broken != nil || err != nil {
			return nil //nolint:nilerr // both ends are closed now, and each end's program sees that
		}
	}
}
