package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A secret comes from its variable, from the file that another names, or from systemd's credentials.
func TestSecrets(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	token := write("token", "  from-a-file\r\n")
	write(envDiscordToken, "from-systemd\n")
	empty, long := write("empty", "\n"), write("long", strings.Repeat("x", maxSecretBytes+1))
	for name, c := range map[string]struct {
		env       []string
		want, bad string
	}{
		"variable":             {[]string{"DISCORD_TOKEN=plain"}, "plain", ""},
		"file":                 {[]string{"DISCORD_TOKEN_FILE=" + token}, "from-a-file", ""},
		"systemd":              {[]string{"CREDENTIALS_DIRECTORY=" + dir}, "from-systemd", ""},
		"a variable is nearer": {[]string{"CREDENTIALS_DIRECTORY=" + dir, "DISCORD_TOKEN=plain"}, "plain", ""},
		"a file is nearer": {[]string{"CREDENTIALS_DIRECTORY=" + dir, "DISCORD_TOKEN_FILE=" + token}, "from-a-file",
			""},
		"not among them": {[]string{"CREDENTIALS_DIRECTORY=" + t.TempDir()}, "", ""},
		"both": {[]string{"DISCORD_TOKEN=plain", "DISCORD_TOKEN_FILE=" + token}, "plain",
			"DISCORD_TOKEN: set it, or DISCORD_TOKEN_FILE"},
		"no file": {[]string{"DISCORD_TOKEN_FILE=" + dir + "/none"}, "", "DISCORD_TOKEN_FILE: open "},
		"an empty file": {[]string{"DISCORD_TOKEN_FILE=" + empty}, "", "DISCORD_TOKEN_FILE: " + empty +
			": there is nothing in it"},
		"no token": {[]string{"DISCORD_TOKEN_FILE=" + long}, "", "that is no token"},
		"a folder": {[]string{"DISCORD_TOKEN_FILE=" + dir}, "", "DISCORD_TOKEN_FILE: read "},
		"of words": {[]string{"DISCORD_TOKEN_FILE=" + write("words", "two words")}, "two words",
			"DISCORD_TOKEN: want one word"},
		"short, for the web page": {[]string{"PILCROW_WEB_TOKEN_FILE=" + token}, "", "PILCROW_WEB_TOKEN: want at least 16"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := loadConfig(environment(c.env...))
			if got.discordToken.reveal() != c.want || (err == nil) != (c.bad == "") ||
				err != nil && !strings.Contains(err.Error(), c.bad) {
				t.Errorf("%q, %v", got.discordToken.reveal(), err)
			}
			if err != nil && (strings.Contains(err.Error(), "xxx") || strings.Contains(err.Error(), "two words")) {
				t.Errorf("the error shows it: %v", err)
			}
		})
	}
}

// No secret gets into a log, in whatever it is wrapped and however it is written.
func TestLogRedacts(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		c, err := loadConfig(environment("DISCORD_TOKEN=s3cr3t.discord", "OPENAI_API_KEY=sk-s3cr3t",
			"PILCROW_WEB_TOKEN=s3cr3t-of-the-web", "PILCROW_LOG_FORMAT="+format))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		log := newLogger(&out, c, true, false).With("base", "Bearer sk-s3cr3t").WithGroup("g")
		log.Info("logged in with s3cr3t.discord", "error", fmt.Errorf("call: %w", errors.New("key sk-s3cr3t is bad")),
			"any", []string{"s3cr3t-of-the-web"}, "n", 7, slog.Group("deep", "down", "xs3cr3t.discordx"))
		if strings.Contains(out.String(), "s3cr3t") || strings.Count(out.String(), "[secret]") != 5 {
			t.Errorf("%s: %s", format, &out)
		}
		if json.Valid(bytes.TrimSpace(out.Bytes())) != (format == "json") {
			t.Errorf("%s: %s", format, &out)
		}
	}
	if _, err := loadConfig(
		environment("PILCROW_LOG_FORMAT=xml"),
	); err == nil ||
		!strings.Contains(err.Error(), "want text or json") {
		t.Errorf("%v", err)
	}
}
