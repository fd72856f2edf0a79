package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// filled is a folder of data in whose database a word stands.
func filled(t *testing.T, word string) string {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(dir)
	if err == nil {
		_, err = s.Apply(t.Context(), store.Edit{Server: "1", At: time.Now(), Action: "scope", Setting: "scope 1",
			Value: word})
		if closing := s.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// A backup of either store comes back into PostgreSQL by the same command, as into a file: refused where something is,
// with what was there kept, and without a change where the archive is not whole, or a bot runs.
func TestRestoreIntoPostgres(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	dir, data := t.TempDir(), t.TempDir()
	archive := map[string]string{}
	for _, word := range []string{"north", "south"} {
		archive[word] = filepath.Join(dir, word)
		env := map[string]string{envData: filled(t, word), envDocs: folder(t)}
		if r := bot(t.Context(), env, "", "backup", archive[word]); r.code != exitOK {
			t.Fatal(r.stderr)
		}
	}
	whole, err := os.ReadFile(archive["south"])
	if err != nil {
		t.Fatal(err)
	}
	broken := bytes.Clone(whole)
	broken[len(broken)/3] ^= 1
	archive["broken"] = filepath.Join(dir, "broken")
	if err := os.WriteFile(archive["broken"], broken, 0o600); err != nil {
		t.Fatal(err)
	}
	there := map[string]string{envDocs: filepath.Join(dir, "docs"), envData: data, envDatabase: storetest.URL(t, data)}
	elsewhere := maps.Clone(there)
	elsewhere[envDatabase], elsewhere[envData] = "", t.TempDir()
	elsewhere[envDocs] = filepath.Join(dir, "docs2")
	holds := func(env map[string]string, want string) {
		t.Helper()
		s, err := store.Config{URL: env[envDatabase]}.Open(env[envData])
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		settings, err := s.Settings(t.Context())
		if err != nil || settings["1"]["scope 1"] != want {
			t.Errorf("%v, %v, want %s", settings, err, want)
		}
		if broken, err := s.Broken(t.Context()); err != nil || len(broken) > 0 {
			t.Errorf("%v, %v", broken, err)
		}
	}
	step := func(env map[string]string, code int, says string, args ...string) {
		t.Helper()
		r := bot(t.Context(), env, "", args...)
		if said := strings.Join(strings.Fields(r.stdout+r.stderr), " "); r.code != code || !strings.Contains(said, says) {
			t.Fatalf("%v: %d: %s%s, want %d: %s", args, r.code, r.stdout, r.stderr, code, says)
		}
	}
	step(there, exitOK, "the database into PostgreSQL at", "restore", archive["north"])
	holds(there, "north")
	step(there, exitFailure, "is not empty: add --replace", "restore", "--no-documents", archive["south"])
	step(there, exitFailure, "nothing was changed", "restore", "--replace", archive["broken"])
	holds(there, "north")

	s, err := store.Config{URL: there[envDatabase]}.Open(t.TempDir()) // a bot on another machine
	if err != nil {
		t.Fatal(err)
	}
	leave, err := s.Join(t.Context(), store.Process{Name: "other", Shards: []store.Lease{{Count: 8}}},
		func() (int64, string) { return 0, "" }, func(error) {})
	if err != nil {
		t.Fatal(err)
	}
	step(there, exitFailure, "other: stop it first", "restore", "--replace", archive["south"])
	if err := leave(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	holds(there, "north")

	step(there, exitOK, "What was there before is kept in", "restore", "--replace", archive["south"])
	holds(there, "south")
	kept, err := filepath.Glob(filepath.Join(data, ".before-restore-*", store.FileName))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v, %v", kept, err)
	}
	both := filepath.Join(dir, "both")
	step(there, exitOK, "the database (", "backup", both)
	step(there, exitOK, "the database into PostgreSQL", "restore", "--replace", kept[0])
	holds(there, "north")
	step(there, exitOK, "the database into PostgreSQL", "restore", "--replace", both)
	holds(there, "south")
	step(elsewhere, exitOK, "the database into "+elsewhere[envData], "restore", both)
	holds(elsewhere, "south")
	if left, err := filepath.Glob(filepath.Join(data, ".restore-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
