package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// special holds an address of each range that IANA's registries and common sense keep from public use.
// https://www.iana.org/assignments/iana-ipv4-special-registry,
// https://www.iana.org/assignments/iana-ipv6-special-registry
var special = []string{
	"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
	"172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1",
	"192.168.1.1",
	"192.175.48.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
	"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
	"64:ff9b:1::1",
	"100::1", "100:0:0:1::1", "2001::1", "2001:2::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2620:4f:8000::1",
	"3fff::1",
	"5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
}

// spellings are ways to write 127.0.0.1 that some resolver or other takes.
var spellings = []string{"127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "LOCALHOST.", "127.0.0.1."}

// A dialLog counts how often a connection was about to be made that nothing refused.
type dialLog struct {
	t  *testing.T
	mu sync.Mutex
	n  int
}

// permit is asked before the guard and lets only the one server through.
func (d *dialLog) permit(server netip.AddrPort) func(netip.AddrPort) bool {
	return func(to netip.AddrPort) bool {
		if to != server {
			return false
		}
		d.mu.Lock()
		d.n++
		d.mu.Unlock()
		return true
	}
}

// No way of naming an address of a special range makes a connection to it: literally, by DNS, by a redirect, by DNS
// that answers otherwise the second time, with a proxy in the environment.
func TestSpecialRanges(t *testing.T) {
	dns := newDNS(t)
	var target string
	public := newSite(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) })
	proxy := newSite(t, func(http.ResponseWriter, *http.Request) {})
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	t.Setenv("NO_PROXY", "")
	log := &dialLog{t: t}
	f := New(Config{Resolver: dns.resolver(), Permit: log.permit(public.address)})
	refused := func(way, address string) {
		t.Helper()
		_, err := f.Get(t.Context(), address, Validators{})
		if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "private or special network") {
			t.Errorf("%s: %s: %v", way, address, err)
		}
	}
	for i, s := range special {
		address := netip.MustParseAddr(s)
		literal := "http://" + netip.AddrPortFrom(address, 80).String() + "/"
		refused("literal", literal)
		refused("literal, https", "https://"+netip.AddrPortFrom(address, 443).String()+"/")

		name := fmt.Sprintf("n%d.test", i)
		dns.answer(name+".", address)
		refused("name", "http://"+name+"/")

		target = literal
		refused("redirect to a literal", public.URL)
		target = "http://" + name + "/"
		refused("redirect to a name", public.URL)

		// The first answer is the public server, the next is the special address: each connection looks for itself.
		changing := fmt.Sprintf("c%d.test", i)
		dns.answer(changing+".", public.address.Addr(), address)
		target = "http://" + changing + "/"
		refused("changing", fmt.Sprintf("http://%s:%d/", changing, public.address.Port()))
	}
	if want := 3 * len(special); log.n != want || int(public.asked.Load()) != want {
		t.Errorf("%d connections and %d requests to the one permitted server, want %d", log.n, public.asked.Load(), want)
	}
	if n := proxy.asked.Load(); n != 0 {
		t.Errorf("%d requests through the proxy", n)
	}
	for _, host := range spellings {
		if _, err := New(Config{}).Get(t.Context(), "http://"+host+"/", Validators{}); err == nil {
			t.Errorf("%s was fetched", host)
		}
	}
}

// A port other than 80 and 443 is refused before a connection, too.
func TestPorts(t *testing.T) {
	dns := newDNS(t)
	dns.answer("public.test.", netip.MustParseAddr("93.184.216.34"))
	f := New(Config{Resolver: dns.resolver()})
	for _, port := range []int{22, 25, 8080, 65535} {
		_, err := f.Get(t.Context(), fmt.Sprintf("http://public.test:%d/", port), Validators{})
		if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "ports 80 and 443") {
			t.Errorf("port %d: %v", port, err)
		}
	}
}

// A dnsServer answers from a table. A name with several addresses answers with the first at the first connection and
// with the last ever after.
type dnsServer struct {
	conn  net.PacketConn
	mu    sync.Mutex
	names map[string][]netip.Addr
	asked map[string]int // questions of the kind that has an answer
}

func newDNS(t *testing.T) *dnsServer {
	t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &dnsServer{conn: conn, names: map[string][]netip.Addr{}, asked: map[string]int{}}
	var serving sync.WaitGroup
	serving.Go(d.serve)
	t.Cleanup(func() {
		conn.Close()
		serving.Wait()
	})
	return d
}

func (d *dnsServer) answer(name string, addresses ...netip.Addr) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[name] = addresses
}

// resolver asks the server and nobody else.
func (d *dnsServer) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", d.conn.LocalAddr().String())
	}}
}

func (d *dnsServer) serve() {
	packet := make([]byte, 1500)
	for {
		n, from, err := d.conn.ReadFrom(packet)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(packet[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		reply := dnsmessage.Message{
			Header:    dnsmessage.Header{ID: m.ID, Response: true, Authoritative: true, RecursionAvailable: true},
			Questions: m.Questions,
		}
		if body, known := d.look(m.Questions[0]); body != nil {
			reply.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Class: dnsmessage.ClassINET}, Body: body,
			}}
		} else if !known {
			reply.RCode = dnsmessage.RCodeNameError
		}
		if out, err := reply.Pack(); err == nil {
			d.conn.WriteTo(out, from)
		}
	}
}

// look finds the answer to a question; it is nil where the name has an address of the other kind only.
func (d *dnsServer) look(q dnsmessage.Question) (answer dnsmessage.ResourceBody, known bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	name := strings.ToLower(q.Name.String())
	addresses, known := d.names[name]
	if !known {
		return nil, false
	}
	at := min(d.asked[name]/2, len(addresses)-1) // each look-up asks for both kinds
	d.asked[name]++
	switch address := addresses[at]; {
	case q.Type == dnsmessage.TypeA && address.Is4():
		return &dnsmessage.AResource{A: address.As4()}, true
	case q.Type == dnsmessage.TypeAAAA && !address.Is4():
		return &dnsmessage.AAAAResource{AAAA: address.As16()}, true
	}
	return nil, true
}
