package discordtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func spec(t testing.TB) *Spec {
	t.Helper()
	shared := os.Getenv("PILCROW_SHARED")
	if shared == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	s, err := LoadSpec(filepath.Join(shared, "discord", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSpec(t *testing.T) {
	s := spec(t)
	const label = `{"type":9,"data":{"custom_id":"a","title":"T","components":[{"type":18,"label":"L","component":`
	for _, c := range []struct{ method, path, body, want string }{
		{"POST", "/channels/1/messages", `{"content":"x","allowed_mentions":{"parse":[]}}`, ""},
		{"POST", "/channels/1/messages", `{"content":7}`, ".content"},
		{"POST", "/channels/1/messages", `{"content":"` + strings.Repeat("x", 4001) + `"}`, "4001 characters"},
		{"POST", "/channels/1/nothing", `{}`, "no such endpoint"},
		{"PUT", "/applications/1/commands",
			`[{"name":"a","description":"d","type":1,"options":[{"type":11,"name":"f","description":"d"}]}]`, ""},
		{"PUT", "/applications/1/commands", `[{"name":"a","description":"d","type":1,"options":[{"type":11,"name":"f"}]}]`,
			"lacks description"},
		{"PUT", "/applications/1/commands", `[{"name":"a","description":"d","default_member_permissions":"32"}]`, ""},
		{"PUT", "/applications/1/commands", `[{"name":"a","description":"d","default_member_permissions":32}]`, ""},
		{"PUT", "/applications/1/commands", `[{"name":"a","description":"d","default_member_permissions":[]}]`,
			"permissions"},
		{"PUT", "/applications/1/commands", `[{"name":"a","contexts":[0,0]}]`, "twice"},
		{"PUT", "/applications/1/commands", `[{"name":"a","integration_types":[2]}]`, "integration_types"},
		{"POST", "/interactions/1/t/callback", label + `{"type":4,"custom_id":"b","style":1}}]}}`, ""},
		{"POST", "/interactions/1/t/callback", label + `{"type":4,"custom_id":"b","style":3}}]}}`, "style"},
		{"POST", "/interactions/1/t/callback", label + `{"type":3,"custom_id":"b","options":[]}}]}}`, "0 entries"},
	} {
		err := s.Check(c.method, c.path, json.RawMessage(c.body))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s %.80s: %v", c.method, c.path, c.body, err)
		}
	}
}

func FuzzSpec(f *testing.F) {
	s := spec(f)
	f.Add("POST", "/interactions/1/t/callback", []byte(`{"type":9,"data":{"components":[{"type":1,"components":[{}]}]}}`))
	f.Add("PUT", "/applications/1/commands", []byte(`[{"options":[{"type":1,"options":[{}]}]}]`))
	f.Fuzz(func(_ *testing.T, method, path string, body []byte) {
		if json.Valid(body) {
			_ = s.Check(method, path, body) // it may say anything, but ends
		}
	})
}
