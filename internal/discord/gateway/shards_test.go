package gateway

import (
	"strings"
	"testing"
)

func TestParseShards(t *testing.T) {
	for text, want := range map[string]Shards{
		"": {}, "auto": {}, "1": {0, 0, 1}, "4": {0, 3, 4},
		"0-3/16": {0, 3, 16}, "12-15/16": {12, 15, 16}, "5/16": {5, 5, 16},
		"0-15/16": {0, 15, 16},
	} {
		if got, err := ParseShards(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for text, again := range map[string]string{
		"": "auto", "4": "4", "0-3/16": "0-3/16", "0-15/16": "16", "5/16": "5-5/16",
	} {
		if s, err := ParseShards(text); err != nil || s.String() != again {
			t.Errorf("%q is written as %q, %v", text, s, err)
		}
	}
	for _, text := range []string{
		"0", "-1", "many", "3/3", "4-2/16", "0-16/16", "/4", "1-/4", "-1/4", "1-2", "1/2/3", "20000", "AUTO", "0-3/",
	} {
		if s, err := ParseShards(text); err == nil || !strings.Contains(err.Error(), "want auto") {
			t.Errorf("%q: %+v, %v", text, s, err)
		}
	}
}
