package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/discord/limits"
)

func TestLimit(t *testing.T) {
	for value, want := range map[string]limits.Rate{
		"": defaultPersonLimit, "off": {}, "5/1m": {Count: 5, Per: time.Minute},
		"1000000/24h": {Count: 1_000_000, Per: 24 * time.Hour},
	} {
		var bad problems
		if got := limit(&bad, envPersonLimit, value, defaultPersonLimit); got != want || len(bad) > 0 {
			t.Errorf("%q: %+v, %v", value, got, bad)
		}
	}
	for _, value := range []string{"5", "5/", "/1m", "0/1m", "-1/1m", "5/1ms", "5/25h", "five/1m", "5/1m/1m", "1000001/1m",
		"5/m", "OFF"} {
		var bad problems
		limit(&bad, envPersonLimit, value, defaultPersonLimit)
		if err := errors.Join(bad...); err == nil || !strings.HasPrefix(err.Error(), envPersonLimit+": want questions/time") {
			t.Errorf("%q: %v", value, err)
		}
	}
}

// TestLimitsArePapered holds what README.md and .env.example say of the limits against what they are.
func TestLimitsArePapered(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	defaults := []any{}
	for _, l := range []struct {
		name string
		rate limits.Rate
	}{
		{envPersonLimit, defaultPersonLimit}, {envServerLimit, defaultServerLimit}, {envBotLimit, defaultBotLimit},
		{envClickLimit, defaultClickLimit}, {envShareLimit, defaultShareLimit},
	} {
		value := fmt.Sprintf("%d/%s", l.rate.Count, strings.TrimSuffix(l.rate.Per.String(), "0s"))
		defaults = append(defaults, value)
		if row := rowOf(string(readme), "| `"+l.name+"` |"); !strings.HasSuffix(row, "| `"+value+"` |") {
			t.Errorf("limits.go has %s for %s: write that into its row in README.md, now %q", value, l.name, row)
		}
		if row := rowOf(string(example), "#"+l.name+"="); row != "#"+l.name+"="+value {
			t.Errorf("limits.go has %s for %s: write that into .env.example, now %q; then make golden", value, l.name, row)
		}
	}
	for _, said := range []string{fmt.Sprintf("Default: %s, %s, %s;", defaults[:3]...),
		fmt.Sprintf("Default: %s and %s", defaults[3:]...)} {
		if !strings.Contains(string(example), said) {
			t.Errorf(".env.example does not say %q above the limits; then make golden", said)
		}
	}
}

// rowOf is the line that begins so; "" for none.
func rowOf(text, begin string) string {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, begin) {
			return strings.TrimRight(line, "\n")
		}
	}
	return ""
}
