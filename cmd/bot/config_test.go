package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func environment(pairs ...string) func(string) string {
	m := make(map[string]string)
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		m[name] = value
	}
	return func(name string) string { return m[name] }
}

func TestConfigDefaults(t *testing.T) {
	c, err := loadConfig(environment())
	if err != nil {
		t.Fatal(err)
	}
	if c.maxPassages != defaultMaxPassages || c.data != "data" || c.dataSet || c.chatModel != "" ||
		c.openAIBaseURL != "https://api.openai.com/v1" || c.modelTimeout != defaultModelTimeout {
		t.Errorf("defaults: %+v", c)
	}
}

func TestConfigProblems(t *testing.T) {
	cases := []struct {
		name string
		env  []string
		want string // "" for none
	}{
		{"not a number", []string{"PILCROW_MAX_PASSAGES=many"}, `PILCROW_MAX_PASSAGES: want 1 to 20, got "many"`},
		{"too many", []string{"PILCROW_MAX_PASSAGES=21"}, `PILCROW_MAX_PASSAGES: want 1 to 20, got "21"`},
		{"the most", []string{"PILCROW_MAX_PASSAGES=20"}, ""},
		{"memory", []string{"PILCROW_MEMORY=256MiB"}, ""},
		{"memory in no size", []string{"PILCROW_MEMORY=lots"},
			`PILCROW_MEMORY: want a size of at least 64 MiB, such as 256MiB or 1GiB, got "lots"`},
		{"too little memory", []string{"PILCROW_MEMORY=1000000"}, "PILCROW_MEMORY: want a size of at least 64 MiB"},
		{"level", []string{"PILCROW_LOG=loud"}, `PILCROW_LOG: want debug, info, warn or error, got "loud"`},
		{"timeout", []string{"PILCROW_MODEL_TIMEOUT=10"}, `PILCROW_MODEL_TIMEOUT: want 1s to 1m40s, got "10"`},
		{"model without key", []string{"PILCROW_CHAT_MODEL=m"}, "OPENAI_API_KEY: needed for PILCROW_CHAT_MODEL=m"},
		{"local model", []string{"PILCROW_CHAT_MODEL=m", "OPENAI_BASE_URL=http://localhost:11434/v1"}, ""},
		{"local model, IPv6", []string{"PILCROW_CHAT_MODEL=m", "OPENAI_BASE_URL=http://[::1]:11434/v1"}, ""},
		{"plain http", []string{"OPENAI_BASE_URL=http://models.example/v1"},
			"OPENAI_BASE_URL: want https, or http to this machine"},
		{"loopback look-alike", []string{"OPENAI_BASE_URL=http://127.0.0.1.example/v1"}, "OPENAI_BASE_URL: want https"},
		{"not an address", []string{"DISCORD_API_URL=discord"}, "DISCORD_API_URL: want an address"},
		{"password", []string{"OPENAI_BASE_URL=https://u:hunter2@example.com"}, "OPENAI_BASE_URL: want an address without"},
		{"token in two words", []string{"DISCORD_TOKEN=Bot hunter2"}, "DISCORD_TOKEN: want one word"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := loadConfig(environment(c.env...))
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %s", err, c.want)
			case err != nil && strings.Contains(err.Error(), "hunter2"):
				t.Errorf("repeats a secret: %v", err)
			}
		})
	}
}

func TestConfigProblemsAllAtOnce(t *testing.T) {
	_, err := loadConfig(environment("PILCROW_MAX_PASSAGES=0", "PILCROW_LOG=x", "OPENAI_BASE_URL=ftp://x"))
	if err == nil || len(strings.Split(err.Error(), "\n")) != 3 {
		t.Errorf("want three problems, got: %v", err)
	}
}

func TestSecret(t *testing.T) {
	s := struct{ Key secret }{"hunter2"}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", s.Key, "all", s)
	j, _ := json.Marshal(s)
	for _, out := range []string{
		fmt.Sprintf("%v %+v %#v %s %q %x %d", s, s, s, s.Key, s.Key, s.Key, s.Key), log.String(), string(j),
	} {
		if strings.Contains(out, "hunter2") || strings.Contains(out, "68756e746572") {
			t.Errorf("secret printed: %s", out)
		}
		if !strings.Contains(out, "[secret]") {
			t.Errorf("want [secret] in: %s", out)
		}
	}
}

func TestDotenv(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# a comment\nPILCROW_LOG=debug\nexport PILCROW_DOCS=\"a b\"\r\nPILCROW_DATA=file\n")
	get, err := withDotenv(environment("PILCROW_DATA=environment"), path)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"PILCROW_LOG": "debug", "PILCROW_DOCS": "a b", "PILCROW_DATA": "environment", "PILCROW_NONE": "",
	} {
		if got := get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	write("PILCROW_LOG=debug\nDISCORD_TOKEN hunter2\n")
	if _, err := withDotenv(environment(), path); err == nil ||
		!strings.HasSuffix(err.Error(), ".env:2: want NAME=value") {
		t.Errorf("bad line: %v", err)
	}
	write(strings.Repeat("#\n", maxDotenvBytes))
	if _, err := withDotenv(environment(), path); err == nil {
		t.Error("a huge file is read")
	}
	if _, err := withDotenv(environment(), path+".missing"); err != nil {
		t.Errorf("missing file: %v", err)
	}
}
