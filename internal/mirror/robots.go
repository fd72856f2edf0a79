package mirror

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/fetch"
)

// agentName is what a robots.txt calls us.
const agentName = "pilcrow"

// robots are the rules that a site has for us: https://www.rfc-editor.org/rfc/rfc9309. The libraries that were tried
// match agents by parts of words or take the first of two equal rules.
type robots struct {
	rules []robotsRule
	delay time.Duration // between two requests, as asked for; RFC 9309 does not know it
}

type robotsRule struct {
	pattern string
	allow   bool
}

// maxRobots is what RFC 9309 has a crawler read at least: 500 KiB.
const (
	maxRobots      = 500 << 10
	maxRobotsRules = 5_000
)

// robots asks for the rules of a site. A site without any allows everything; one whose rules cannot be had allows
// nothing.
func (m *Mirrors) robots(ctx context.Context, site *url.URL) (*robots, error) {
	at := url.URL{Scheme: site.Scheme, Host: site.Host, Path: "/robots.txt"}
	page, err := m.Fetcher.Get(ctx, at.String(), fetch.Validators{})
	switch {
	case errors.Is(err, fetch.ErrGone), errors.Is(err, fetch.ErrDenied):
		return &robots{}, nil
	case err != nil && ctx.Err() == nil:
		return nil, refuse("%v: what the site allows is not known, so nothing is read: try again later", err)
	case err != nil:
		return nil, err
	}
	return readRobots(string(page.Body[:min(len(page.Body), maxRobots)])), nil
}

// readRobots reads the groups that are for us, or, without any, those for all. It is pure.
func readRobots(text string) *robots {
	ours, all := &robots{}, &robots{}
	named, found := []*robots(nil), false // the groups that the lines stand in
	inRules := false
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r", "\n"), "\n") {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if inRules {
				named, inRules = nil, false
			}
			switch agent := productOf(value); {
			case agent == agentName:
				named, found = append(named, ours), true
			case value == "*":
				named = append(named, all)
			}
			continue
		}
		if key != "allow" && key != "disallow" && key != "crawl-delay" {
			continue // "sitemap" and others belong to no group
		}
		inRules = true
		for _, group := range named {
			group.add(key, value)
		}
	}
	if found {
		return ours
	}
	return all
}

// productOf is the product token of an agent's name: letters, hyphens and underscores.
func productOf(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end < 0 {
		end = len(agent)
	}
	return strings.ToLower(agent[:end])
}

func (g *robots) add(key, value string) {
	if key == "crawl-delay" {
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
			g.delay = time.Duration(min(seconds, longestPause.Seconds()) * float64(time.Second))
		}
		return
	}
	if value != "" && len(g.rules) < maxRobotsRules {
		g.rules = append(g.rules, robotsRule{escaped(value), key == "allow"})
	}
}

// escaped is a pattern or a path in one form: "%7e" and "~" are the same, "%2F" and "/" are not.
func escaped(text string) string {
	const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '%' && i+2 < len(text):
			if n, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				if i += 2; strings.IndexByte(unreserved, byte(n)) >= 0 {
					b.WriteByte(byte(n))
				} else {
					b.WriteString("%" + strings.ToUpper(text[i-1:i+1]))
				}
				continue
			}
			b.WriteByte(c)
		case c <= ' ' || c >= 0x7f:
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(0x100+uint64(c), 16)[1:]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// allows reports whether an address may be read: the longest pattern that matches decides, and of two the one that
// allows.
func (g *robots) allows(u *url.URL) bool {
	at := u.EscapedPath()
	if at == "" {
		at = "/"
	}
	if u.RawQuery != "" {
		at += "?" + u.RawQuery
	}
	at = escaped(at)
	longest, allowed := -1, true
	for _, rule := range g.rules {
		if !matches(rule.pattern, at) {
			continue
		}
		switch n := len(rule.pattern); {
		case n > longest:
			longest, allowed = n, rule.allow
		case n == longest && rule.allow:
			allowed = true
		}
	}
	return allowed
}

// matches reports whether a pattern matches the beginning of a path: "*" is anything, "$" behind it the end.
func matches(pattern, at string) bool {
	pattern, toEnd := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(at, parts[0])
	if !ok {
		return false
	}
	for i, part := range parts[1:] {
		if toEnd && i == len(parts)-2 { // the last one stands at the end
			return strings.HasSuffix(rest, part)
		}
		_, behind, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = behind
	}
	return !toEnd || rest == ""
}

func (m *Mirrors) pauseFor(rules *robots) time.Duration {
	switch {
	case m.Pause < 0:
		return 0
	case m.Pause == 0:
		return max(defaultPause, rules.delay)
	}
	return max(m.Pause, rules.delay)
}
