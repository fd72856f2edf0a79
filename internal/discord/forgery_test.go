package discord

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
)

// forged is text that tries to be more than text: markup, a mention, a masked link, marks of direction, and lines of
// its own.
const forged = "**x** @everyone <@1> <#2> [a](https://evil.example) ||s|| `c` \u202Egnirts\u2066\n# FORGED\n-# " +
	"FORGED\n> FORGED\r\nFORGED https://evil.example discord.gg/x"

var linked = regexp.MustCompile(`[^\\]\]\(https?://|[^\\]://evil|[^\\]discord\.gg`)

// What people write, wherever it is shown again, is shown as text.
func TestForgedTexts(t *testing.T) { synctest.Test(t, testForgedTexts) }
func testForgedTexts(t *testing.T) {
	free := discordtest.Bucket{Requests: -1}
	s := fake(t, discordtest.Config{Message: free, Webhook: free})
	table, _ := libraryTable(t)
	start(t, s, table, nil)
	grace := s.Admin()
	grace.SetNick(forged)
	role := s.AddRole(s.Guild(), forged)
	check := func(what string, it *discordtest.Interaction) discordtest.Message {
		t.Helper()
		m := wantAnswer(t, s, it, "")
		for line := range strings.SplitSeq(m.Content, "\n") {
			if strings.HasPrefix(strings.TrimLeft(line, `\#-> `), "FORGED") && !strings.HasPrefix(line, "> ") {
				t.Errorf("%s: a line of its own: %q", what, line)
			}
		}
		if strings.ContainsAny(m.Content, "\u202a\u202b\u202d\u202e\u2067") {
			t.Errorf("%s: marks of direction in %q", what, m.Content)
		}
		if linked.MatchString(m.Content) {
			t.Errorf("%s: a link in %q", what, m.Content)
		}
		return m
	}
	file := func(name, text string) discordtest.Option {
		return discordtest.OptFile("file", discordtest.File{Name: name, MediaType: "text/markdown", Data: []byte(text)})
	}
	line := strings.NewReplacer("\n", " ", "\r", " ").Replace(forged)
	body := fmt.Sprintf("---\ntitle: %q\nauthor: %q\nsource: %q\n---\n\nThe quay of Anx was built by Ole Tan in "+
		"1901. %s\n", line, line, line, line)
	const plain = "The quay of Anx was built by Ole Tan in 1901.\n\nIt is long.\n"
	opt := discordtest.Opt
	call := func(command string, options ...discordtest.Option) discordtest.Message {
		t.Helper()
		return check(command, grace.Slash(s.General(), command, options...))
	}
	p := call("documents add", file("quay.md", plain), opt("title", forged))
	check("confirm", grace.Click(p.ID, "Confirm"))
	p = call("documents add", file(line+".md", body))
	check("confirm", grace.Click(p.ID, "Confirm"))
	call("documents add", opt("address", forged))
	call("documents add", opt("address", "https://a.example"), opt("published", "**x**\n# FORGED"))
	call("documents add", file(line+".pdf", "%PDF-1.4 broken"))
	call("documents list", opt("private", "true"))
	call("documents role", opt("role", string(role)))
	call("documents history")
	call("status")
	call("documents scope", opt("documents", strings.Repeat(forged, 5)))
	call("documents show", opt("document", forged))
	call("documents undo")
	call("documents unhide", opt("document", forged))
	call("documents replace", opt("document", "x"), file("x.md", "---\ntitle: ["+forged+"\n"))
	call("ask", opt("question", forged))
	call("ask", opt("question", "Who built the quay of Anx?"), opt("private", "true"))
	call("quote", opt("about", forged), opt("speaker", forged))
	call("timeline", opt("about", forged))
	call("who", opt("name", forged))
	call("summary", opt("document", forged))
	call("check", opt("text", forged))
	call("reload", opt("document", forged))
	if n := len(s.Pings()); n != 0 {
		t.Errorf("%d people were notified", n)
	}
}
