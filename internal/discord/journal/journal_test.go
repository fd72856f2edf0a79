package journal

import (
	"bytes"
	"log/slog"
	"testing"

	"pilcrow/internal/store"
)

// What is written down shows nothing of the interaction's token, and only the bot with the same token can read it.
func TestSealed(t *testing.T) {
	mine, err := New(&store.Store{}, "one token", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	other, err := New(&store.Store{}, "another", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	state := State{Locale: "de", Application: "7", Token: "secret-of-fifteen-minutes", Turns: true}
	sealed, err := mine.Encode(state)
	if err != nil || bytes.Contains(sealed, []byte(state.Token)) {
		t.Errorf("%q, %v", sealed, err)
	}
	if got, err := mine.Decode(sealed); err != nil || got != state {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := other.Decode(sealed); err == nil {
		t.Errorf("another bot reads %+v", got)
	}
}
