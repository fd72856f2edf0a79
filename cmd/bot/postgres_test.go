package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// What is wrong with the database's address is told, and nothing that is told or logged has its password.
func TestDatabaseAddress(t *testing.T) {
	const password = "ge-heim"
	env := map[string]string{envDocs: folder(t), envData: t.TempDir()}
	for address, says := range map[string]string{
		"mysql://pilcrow:" + password + "@localhost/x":        envDatabase + ": want postgres://USER:PASSWORD@HOST:PORT/DATABASE",
		"postgres://pilcrow:" + password + "@127.0.0.1:1/x":   envDatabase + ": PostgreSQL at 127.0.0.1:1, database x: nothing listens",
		"postgres://pilcrow:" + password + "@[::1/x":          "want postgres://",
		"postgres://pilcrow:" + password + "@/x?host=/nosuch": "nothing listens there",
	} {
		env[envDatabase] = address
		r := bot(t.Context(), env, "", "-v", "usage")
		if r.code != exitConfig || !strings.Contains(r.stderr, says) || strings.Contains(r.stdout+r.stderr, password) {
			t.Errorf("%s: %d: %s%s", address, r.code, r.stdout, r.stderr)
		}
	}
	env[envDatabase] = "postgres://pilcrow:" + password + "@127.0.0.1:1/x"
	for _, command := range []string{"backup", "restore"} {
		r := bot(t.Context(), env, "", command, t.TempDir()+"/file")
		if r.code != exitConfig || !strings.Contains(r.stderr, envDatabase+" is set") {
			t.Errorf("%s: %d: %s", command, r.code, r.stderr)
		}
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
	c := store.Config{URL: env[envDatabase]}
	release, err := c.Serve(t.Context(), data, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	// from another folder, as from another machine
	if _, err := c.Serve(t.Context(), t.TempDir(), func(err error) { t.Error(err) }); err == nil ||
		!strings.Contains(err.Error(), store.ErrServed.Error()) {
		t.Errorf("a second bot may serve: %v", err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	until := time.Now().Add(time.Minute) // the server hears that the connection ended
	for {
		release, err := c.Serve(t.Context(), t.TempDir(), func(err error) { t.Error(err) })
		if err == nil {
			if err := release(); err != nil {
				t.Error(err)
			}
			return
		}
		if time.Now().After(until) {
			t.Fatal(err)
		}
	}
}
