package rest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"pilcrow/internal/text"
)

const defaultAPI = "https://discord.com"

// BaseURL checks the address of the REST interface, and returns what stands in front of /api. Without TLS only this
// machine is allowed: every request carries the token. An address that ends in /api or /api/v10 is understood.
func BaseURL(raw string) (string, error) {
	if raw == "" {
		return defaultAPI, nil
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("DISCORD_API_URL: %w", WithoutURL(err))
	}
	if err := checkAddress(u, "https", "http"); err != nil {
		return "", fmt.Errorf("DISCORD_API_URL: %w", err)
	}
	path := strings.TrimRight(u.Path, "/")
	for _, version := range []string{"/v9", "/v10"} {
		path = strings.TrimSuffix(path, "/api"+version)
	}
	path = strings.TrimSuffix(path, "/api")
	return u.Scheme + "://" + u.Host + path, nil
}

// GatewayURL checks the address of a gateway, which comes from the server, and adds what we ask for.
func GatewayURL(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("the gateway's address: %w", WithoutURL(err))
	}
	if err := checkAddress(u, "wss", "ws"); err != nil {
		return "", fmt.Errorf("the gateway's address: %w", err)
	}
	u.RawQuery = "v=" + apiVersion + "&encoding=json"
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), nil
}

// checkAddress wants the safe scheme, or the plain one on this machine, and nothing hidden in the address.
func checkAddress(u *url.URL, safe, plain string) error {
	switch {
	case u.Host == "" || u.Hostname() == "":
		return fmt.Errorf("want %s://host, got no host", safe)
	case u.User != nil:
		return errors.New("want no name or password in it")
	case u.Scheme == safe:
		return nil
	case u.Scheme == plain && loopback(u.Hostname()):
		return nil
	case u.Scheme == plain:
		return fmt.Errorf("want %s, or %s on this machine (127.0.0.1, ::1 or localhost) only", safe, plain)
	}
	return fmt.Errorf("want %s://host, got the scheme %q", safe, text.Clip(u.Scheme, 20))
}

// loopback tells whether a host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
