package rest

import "testing"

func TestRedact(t *testing.T) {
	got := redact(`Post "https://d.example/api/v10/webhooks/12/aW50ZXJ/messages/@original?x": Bot abc.def; `+
		`/interactions/3/zz/callback`, "abc.def")
	want := `Post "https://d.example/api/v10/webhooks/12/[secret]/messages/@original?x": Bot [secret]; ` +
		`/interactions/3/[secret]/callback`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
