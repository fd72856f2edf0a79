package discordtest

import (
	"context"
	"net"

	"pilcrow/internal/pipenet"
)

// Dial connects to the Server, whatever the address: in this process where its Config has Memory.
func (s *Server) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	if l, ok := s.listener.(*pipenet.Listener); ok {
		return l.Dial(ctx, network, address)
	}
	addr := s.listener.Addr()
	return (&net.Dialer{}).DialContext(ctx, addr.Network(), addr.String())
}
