package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/discord"
)

func TestLimit(t *testing.T) {
	for value, want := range map[string]discord.Rate{
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
