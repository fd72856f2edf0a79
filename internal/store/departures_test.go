package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// fill gives a server something of every kind.
func fill(t *testing.T, s *Store, server string, at time.Time) {
	t.Helper()
	e := put(server, "mill", "The text of "+server+" alone.")
	if _, err := s.Apply(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), Edit{Server: server, At: at, Action: "setting", Slug: "language",
		Setting: "language", Value: "de"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Vote(t.Context(), Vote{Server: server, Answer: "k", Person: "7", Comment: "A comment in " + server,
		At: at}); err != nil {
		t.Fatal(err)
	}
	id, err := s.Report(t.Context(), Gap{Server: server, Channels: []string{"5"}, Question: "What of " + server + "?"},
		"7007", at)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Wish(t.Context(), server, id, Wish{Person: "7007"}, at); err != nil {
		t.Fatal(err)
	}
	if err := s.SetAsked(t.Context(), server, "edition of "+server); err != nil {
		t.Fatal(err)
	}
	if err := s.Store(t.Context(), "m @"+server, []string{"one"}, [][]float32{{1}}); err != nil {
		t.Fatal(err)
	}
}

// What a server has stays for a month after the bot was removed from it, and goes then, whole; that of others stays.
func TestDepartedServers(t *testing.T) {
	dir := t.TempDir()
	s, err := openAt(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC)
	fill(t, s, "88100", day)
	fill(t, s, "99200", day)
	note := func(at time.Time, present []string, want ...string) {
		t.Helper()
		if got, err := s.Present(t.Context(), present, at, nil); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v, %v; want %v", got, err, want)
		}
	}
	both := []string{"99200", "88100"}
	if ids, err := s.Servers(t.Context()); err != nil || !slices.Equal(ids, []string{"88100", "99200"}) {
		t.Errorf("servers %v, %v", ids, err)
	}
	note(day, both)
	note(day.Add(time.Hour), both[:1])
	note(day.Add(KeepDeparted), both[:1])
	note(day.Add(KeepDeparted+time.Hour), both) // it is back
	note(day.Add(KeepDeparted+2*time.Hour), both[:1])
	note(day.Add(2*KeepDeparted), both[:1]) // and counts anew
	late := day.Add(3 * KeepDeparted)
	note(late, both[:1], "88100")
	if err := s.DropServer(t.Context(), "88100"); err != nil {
		t.Fatal(err)
	}
	note(late, both[:1])
	if got, err := s.Lookup(t.Context(), "m @99200", []string{"one"}); err != nil || got[0] == nil {
		t.Errorf("another server's vector: %v, %v", got, err)
	}
	if d, err := s.Documents(t.Context()); err != nil || len(d) != 1 || d[0].Server != "99200" {
		t.Errorf("%+v, %v", d, err)
	} else if text, err := s.Bytes(t.Context(), d[0].State.Text); err != nil || !strings.Contains(string(text), "99200") {
		t.Errorf("%q, %v", text, err)
	}
	if err := s.Close(); err != nil { // which empties the write-ahead log
		t.Fatal(err)
	}
	if s.pg != nil {
		return
	}
	data, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "88100") {
		t.Error("the server is still in the file")
	}
	if !strings.Contains(string(data), "What of 99200?") {
		t.Error("what another server has is gone")
	}
}
