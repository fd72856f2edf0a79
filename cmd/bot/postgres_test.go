package main

import (
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// What is wrong with the database's address is told, and nothing that is told or logged has its password.
func TestDatabaseAddress(t *testing.T) {
	const password = "ge-heim"
	env := map[string]string{envDocs: folder(t), envData: t.TempDir()}
	for address, says := range map[string]string{
		"mysql://pilcrow:" + password + "@localhost/x": envDatabase +
			": want postgres://USER:PASSWORD@HOST:PORT/DATABASE",
		"postgres://pilcrow:" + password + "@127.0.0.1:1/x": envDatabase +
			": PostgreSQL at 127.0.0.1:1, database x: nothing listens",
		"postgres://pilcrow:" + password + "@[::1/x":          "want postgres://",
		"postgres://pilcrow:" + password + "@/x?host=/nosuch": "nothing listens there",
	} {
		env[envDatabase] = address
		r := bot(t.Context(), env, "", "-v", "usage")
		if r.code != exitConfig || !strings.Contains(r.stderr, says) || strings.Contains(r.stdout+r.stderr, password) {
			t.Errorf("%s: %d: %s%s", address, r.code, r.stdout, r.stderr)
		}
	}
	file := filepath.Join(t.TempDir(), "b")
	if r := bot(t.Context(), map[string]string{envData: filled(t, "north")}, "", "backup", file); r.code != exitOK {
		t.Fatal(r.stderr)
	}
	env[envDatabase] = "postgres://pilcrow:" + password + "@127.0.0.1:1/x"
	if r := bot(t.Context(), env, "", "restore", file); r.code != exitFailure ||
		!strings.Contains(r.stderr, "nothing listens") || strings.Contains(r.stderr, password) {
		t.Errorf("%d: %s", r.code, r.stderr)
	}
}

// Commands read and write the database of PostgreSQL, and leave no file for it in the folder.
func TestPostgres(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	data := t.TempDir()
	env := map[string]string{envDocs: folder(t), envData: data, envDatabase: storetest.URL(t, data)}
	doctor := func(want string) {
		t.Helper()
		if r := bot(t.Context(), env, "", "doctor"); !strings.Contains(r.stdout, want) {
			t.Errorf("%q is not in\n%s%s", want, r.stdout, r.stderr)
		}
	}
	doctor("has nothing yet; its tables are made when the bot serves")
	s, err := store.Config{URL: env[envDatabase]}.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, _, err := s.HoldUsage(t.Context(), time.Now().UTC().Format(time.DateOnly), 1990); err != nil {
		t.Fatal(err)
	}
	doctor("can be opened and written")
	r := bot(t.Context(), env, "", "usage")
	if r.code != exitOK || !strings.Contains(r.stdout, "1990") {
		t.Errorf("%d: %s%s", r.code, r.stdout, r.stderr)
	}
	if !store.Fresh(data) {
		t.Error("there is a file in the folder")
	}
	// Bots on other machines: of other shards, of all, and one that takes what is left.
	bots := make([]func() (func() error, error), 0, 4)
	for _, shards := range []string{"0-3/8", "4-7/8", "8", "auto"} {
		set, err := gateway.ParseShards(shards)
		if err != nil {
			t.Fatal(err)
		}
		other, err := store.Config{URL: env[envDatabase]}.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		a := &app{logger: slog.New(slog.DiscardHandler), config: config{data: t.TempDir(), shards: set}}
		engine, err := ask.New(ask.Config{Embedder: local.NewEmbedder(), Index: flatindex.New(),
			Extractor: local.NewExtractor()})
		if err != nil {
			t.Fatal(err)
		}
		p := &parts{store: other, engine: engine}
		bots = append(bots, func() (func() error, error) { return a.alone(t.Context(), p, 0) })
	}
	first, err := bots[0]()
	if err != nil {
		t.Fatal(err)
	}
	second, err := bots[1]()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"shards 0-3 of 8", "shards 4-7 of 8", "version " + version} {
		if r := bot(t.Context(), env, "", "cluster"); r.code != exitOK || !strings.Contains(r.stdout, want) {
			t.Errorf("%d: %s%s, want %q", r.code, r.stdout, r.stderr, want)
		}
	}
	if _, err := bots[2](); !errors.Is(err, store.ErrServed) {
		t.Errorf("a bot of all shards may serve beside others: %v", err)
	}
	sharer, err := bots[3]()
	if err != nil {
		t.Fatal(err)
	}
	if r := bot(t.Context(), env, "", "cluster"); r.code != exitOK || !strings.Contains(r.stdout, "shards none") {
		t.Errorf("%d: %s%s", r.code, r.stdout, r.stderr)
	}
	if err := sharer(); err != nil {
		t.Error(err)
	}
	if err := errors.Join(first(), second()); err != nil {
		t.Error(err)
	}
	if r := bot(t.Context(), env, "", "cluster"); r.code != exitNothing || !strings.Contains(r.stdout, "No bot runs") {
		t.Errorf("%d: %s%s", r.code, r.stdout, r.stderr)
	}
	all, err := bots[2]()
	if err == nil {
		err = all()
	}
	if err != nil {
		t.Error(err)
	}
}

// What is kept moves over and back, a backup of it is one of a file, and what was moved away is not taken for it.
func TestMigrate(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	data := t.TempDir()
	here := map[string]string{envDocs: folder(t), envData: data}
	there := maps.Clone(here)
	there[envDatabase] = storetest.URL(t, data)
	s, err := store.Open(data)
	if err == nil {
		_, _, err = s.HoldUsage(t.Context(), time.Now().UTC().Format(time.DateOnly), 1990)
		err = errors.Join(err, s.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		env  map[string]string
		args []string
		code int
		says string
	}{
		{here, []string{"migrate", "--to", "postgres"}, exitConfig, envDatabase + " is not set"},
		{there, []string{"migrate", "--to", "mysql"}, exitFailure, "want postgres, file, or an address"},
		{there, []string{"usage"}, exitConfig, "bring it over (bot migrate)"},
		{there, []string{"migrate", "--to", "postgres"}, exitOK, "all were read again and compared"},
		{there, []string{"migrate", "--to", "postgres"}, exitFailure, "there is no database in"},
		{there, []string{"usage"}, exitOK, "1990"},
		{here, []string{"ask", "What", "is", "a", "lighthouse?"}, exitConfig, "was moved into PostgreSQL"},
		{there, []string{"backup", filepath.Join(t.TempDir(), "b.zip")}, exitOK, "the database ("},
		{there, []string{"migrate", "--to", "file"}, exitOK, "holds 1"},
		{there, []string{"usage"}, exitConfig, "was moved into a file"},
		{here, []string{"usage"}, exitOK, "1990"},
		{here, []string{"migrate", "--to", there[envDatabase]}, exitOK, "holds 1"},
		{there, []string{"usage"}, exitOK, "1990"},
	} {
		r := bot(t.Context(), step.env, "", step.args...)
		if r.code != step.code || !strings.Contains(r.stdout+r.stderr, step.says) {
			t.Fatalf("%v: %d: %s%s, want %d: %s", step.args, r.code, r.stdout, r.stderr, step.code, step.says)
		}
	}
}
