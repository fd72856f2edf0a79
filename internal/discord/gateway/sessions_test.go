package gateway

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"log/slog"
	"testing"

	"pilcrow/internal/discord/rest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// What is written down of a session lies a while behind: what came since may not have been written down as a question.
func TestKeepSessions(t *testing.T) {
	dir := t.TempDir()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	leave, err := kept.Join(t.Context(), store.Process{Name: "a member", Shards: []store.Lease{{Count: 2, Shard: 1}}},
		func() (int64, string) { return 0, "" }, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(leave(), kept.Close()); err != nil {
			t.Error(err)
		}
	})
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		t.Fatal(err)
	}
	b := New(Config{Client: rest.New("", "token", slog.New(slog.DiscardHandler), nil),
		Logger: slog.New(slog.DiscardHandler), Store: kept, Seal: seal})
	shard := Shard{1, 2}
	k := &keeper{fleet: b}
	k.write(t.Context()) // nobody knows yet who the bot is
	b.me.Store(&self{user: "1", application: "2"})
	b.servers.all(shard, []roster{{ID: "7"}})
	for i, step := range []struct {
		at      session
		server  string // that comes
		seq     int64  // that is written down
		servers int
	}{
		{session{"one", "url", 3}, "", 3, 1},
		{session{"one", "url", 9}, "", 3, 1},
		{session{"one", "url", 12}, "8", 9, 2},
		{session{"one", "url", 12}, "", 12, 2},
		{session{"two", "url", 2}, "", 2, 2},
		{session{"two", "url", 5}, "", 2, 2},
		{session{"two", "url", 6}, "", 5, 2},
	} {
		b.tracked.note(shard, step.at)
		if step.server != "" {
			b.servers.note(shard, []byte(`{"id": "`+step.server+`"}`), true)
		}
		k.advance()
		k.write(t.Context())
		got := b.takeOver(t.Context(), Shards{0, 1, 2}.All())[shard]
		if got.ID != step.at.id || got.Seq != step.seq || len(got.Servers) != step.servers || got.User != "1" {
			t.Errorf("%d: %+v; want %s, %d, %d servers", i, got, step.at.id, step.seq, step.servers)
		}
		k.written = nil // it was taken, and is to be written anew
	}
	b.tracked.forget(shard)
	k.write(t.Context())
	if got := b.takeOver(t.Context(), Shards{0, 1, 2}.All()); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}
