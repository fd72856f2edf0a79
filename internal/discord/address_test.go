package discord

import (
	"strings"
	"testing"
)

func TestNewRefuses(t *testing.T) {
	for url, ok := range map[string]bool{
		"": true, "https://discord.example": true, "http://127.0.0.1:80": true, "http://[::1]:1": true,
		"http://localhost":                      true,
		"https://proxy.example/discord/api/v10": true,
		"http://discord.com":                    false, "http://127.0.0.1.evil.example": false,
		"http://localhost.evil.example": false,
		"ftp://127.0.0.1":               false, "discord.com": false, "https://": false, "https://a:b@discord.com": false,
		"http://10.0.0.1": false,
	} {
		_, err := New(Config{Token: "x", APIURL: url, Table: &smallTable{}})
		if (err == nil) != ok {
			t.Errorf("%q: %v, want ok %t", url, err, ok)
		}
		if err != nil && !strings.Contains(err.Error(), "DISCORD_API_URL") {
			t.Errorf("%q: the error does not name the variable: %v", url, err)
		}
	}
	for _, token := range []string{"", " ", "Bot ", "a b", "a\nb", "tökèn"} {
		_, err := New(Config{Token: token, Table: &smallTable{}})
		if err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
			t.Errorf("token %q: %v", token, err)
		}
	}
	for url, ok := range map[string]bool{"wss://gateway.example": true, "ws://127.0.0.1:1": true,
		"ws://gateway.example": false,
		"http://127.0.0.1":     false} {
		if _, err := gatewayAddress(url); (err == nil) != ok {
			t.Errorf("gateway %q: %v, want ok %t", url, err, ok)
		}
	}
}

func TestRedact(t *testing.T) {
	got := redact(`Post "https://d.example/api/v10/webhooks/12/aW50ZXJ/messages/@original?x": Bot abc.def; /interactions/3/zz/callback`,
		"abc.def")
	want := `Post "https://d.example/api/v10/webhooks/12/[secret]/messages/@original?x": Bot [secret]; /interactions/3/[secret]/callback`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
