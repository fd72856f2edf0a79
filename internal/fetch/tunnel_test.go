package fetch

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

// through asks an address by way of a tunnel.
func through(t *testing.T, tunnel *Tunnel, address string) (int, error) {
	t.Helper()
	proxy, err := url.Parse(tunnel.Address())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // the test's own server
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	return int(n), err
}

func TestTunnel(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", len(r.URL.Path)*1000))
	}))
	defer s.Close()
	permit := func(to netip.AddrPort) bool { return to.String() == s.Listener.Addr().String() }
	for _, c := range []struct {
		name    string
		config  Config
		limit   int64
		address string
		want    int
		refused error
	}{
		{"let through", Config{Permit: permit}, 1 << 20, s.URL + "/abc", 4000, nil},
		{"a special range", Config{}, 1 << 20, s.URL + "/abc", 0, ErrRefused},
		{"not among the hosts", Config{Permit: permit, Hosts: []string{"example.org"}}, 1 << 20, s.URL + "/abc", 0,
			ErrRefused},
		{"too much", Config{Permit: permit}, 10_000, s.URL + "/" + strings.Repeat("a", 100), 0, ErrTooMuch},
		{"without encryption", Config{Permit: permit}, 1 << 20, "http://example.org/", -1, ErrRefused},
	} {
		tunnel, err := New(c.config).Tunnel(t.Context(), c.limit)
		if err != nil {
			t.Fatal(err)
		}
		got, err := through(t, tunnel, c.address)
		if c.want > 0 && (got != c.want || err != nil) || c.want == 0 && err == nil {
			t.Errorf("%s: %d bytes, %v", c.name, got, err)
		}
		if refused := tunnel.Refused(); !errors.Is(refused, c.refused) {
			t.Errorf("%s: refused is %v", c.name, refused)
		}
		if err := tunnel.Close(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
