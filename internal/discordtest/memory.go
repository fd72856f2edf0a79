package discordtest

import (
	"context"
	"net"
	"sync"
)

// A memory is a network of one address, in this process: a bubble of testing/synctest, whose clock stands still while
// something waits for a real network, can go through hours of Discord in it.
type memory struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newMemory() *memory { return &memory{conns: make(chan net.Conn), closed: make(chan struct{})} }

// Accept waits for a connection.
func (m *memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.conns:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

// Close lets nobody in any more.
func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

// Addr is an address of this machine's, as the bot wants it; no packet goes there.
func (m *memory) Addr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9}
}

// Dial connects to the Server, whatever the address: in this process where its Config has Memory.
func (s *Server) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	m, ok := s.listener.(*memory)
	if !ok {
		addr := s.listener.Addr()
		return (&net.Dialer{}).DialContext(ctx, addr.Network(), addr.String())
	}
	here, there := net.Pipe()
	select {
	case m.conns <- there:
		return here, nil
	case <-m.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
