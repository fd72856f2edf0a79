package rest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const downloadLimit = 20 * time.Second // ours: one file

// Files fetches what people have sent to Discord, from Discord alone.
type Files struct {
	http  *http.Client
	local bool // the interface that we talk to is on this machine: so may its files be
}

func newFiles(base string, transport http.RoundTripper) *Files {
	u, err := url.Parse(base)
	return &Files{
		http: &http.Client{Transport: transport, Timeout: downloadLimit,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		local: err == nil && loopback(u.Hostname()),
	}
}

// allows tells whether a file may be fetched from there.
func (d *Files) allows(u *url.URL) bool {
	switch {
	case u.User != nil || u.Opaque != "":
		return false
	case d.local && u.Scheme == "http" && loopback(u.Hostname()):
		return true
	}
	return u.Scheme == "https" && (u.Host == "cdn.discordapp.com" || u.Host == "media.discordapp.net")
}

// Fetch reads a file of at most limit bytes. Nothing that is the bot's goes along, and errors hold no address: it lets
// whoever has it read the file.
func (d *Files) Fetch(ctx context.Context, address string, limit int64) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || !d.allows(u) {
		return nil, fmt.Errorf("a file: the address is not one of Discord's")
	}
	ctx, cancel := context.WithTimeout(ctx, downloadLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("a file: the address cannot be used")
	}
	req.Header.Set("User-Agent", userAgent)
	resp, err := d.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("a file: %w", WithoutURL(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("a file: the server answered %d", resp.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("a file: %w", WithoutURL(err))
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("a file: it is larger than the %d bytes that may be read", limit)
	}
	return data, nil
}
