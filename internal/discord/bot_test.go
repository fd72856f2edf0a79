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
}
