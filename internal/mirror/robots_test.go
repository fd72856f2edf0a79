package mirror

import (
	"net/url"
	"testing"
	"time"
)

func TestRobotsThatCannotBeHad(t *testing.T) {
	s := newSite(t, map[string]string{"/robots.txt": "503", "/sitemap.xml": sitemap("/a.md"), "/a.md": "One."})
	f := follow(t, s.Server)
	_, err := f.Add(t.Context(), Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "n"}, false)
	refusal(t, err, "what the site allows is not known")
	for _, status := range []string{"403", "404", "410"} {
		s.set("/robots.txt", status)
		if _, err := f.Add(t.Context(), Spec{Kind: Sitemap, From: s.URL + "/sitemap.xml", Name: "n" + status},
			true); err != nil {
			t.Errorf("%s: %v", status, err)
		}
	}
	if got := f.files(); len(got) > 0 {
		t.Errorf("a trial leaves %q", got)
	}
}

func TestRobotsRules(t *testing.T) {
	const text = `# first
User-agent: *
Disallow: /

User-agent: PilcrowLike
Disallow: /all

User-agent: other
User-agent: Pilcrow/1.0
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a%2Fb
Disallow: /caf%c3%a9
Disallow: /same
Allow: /same
Crawl-delay: 3
Sitemap: https://example.org/sitemap.xml

User-agent: *
Disallow: /more`
	rules := readRobots(text)
	if rules.delay != 3*time.Second {
		t.Errorf("a pause of %v", rules.delay)
	}
	for address, want := range map[string]bool{
		"/": true, "/all": true, "/private": false, "/private/x": false, "/private/open/x": true, "/x.pdf": false,
		"/x.pdf?y": true, "/x/y.pdf": false,
		"/a%2fb": false, "/a/b": true, "/café": false, "/cafe": true, "/same": true, "/more": true,
	} {
		u, err := url.Parse("https://example.org" + address)
		if err != nil {
			t.Fatal(err)
		}
		if got := rules.allows(u); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	for text, want := range map[string]bool{
		"": true, "Disallow: /": true, "User-agent: *\nDisallow:": true, "user-agent:*\r\ndisallow:/": false,
		"User-agent: x\nDisallow: /":                                true,
		"User-agent: *\nDisallow: /\nUser-agent: pilcrow\nAllow: /": true,
		"\ufeffUser-agent: pilcrow # us\nDisallow: / # all":         false,
		"User-agent: *\nUser-agent: pilcrow\nDisallow: /":           false,
	} {
		if got := readRobots(text).allows(&url.URL{Path: "/x"}); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if d := readRobots("User-agent: *\nCrawl-delay: 86400").delay; d != longestPause {
		t.Errorf("a pause of %v", d)
	}
}
