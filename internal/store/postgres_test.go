package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/store/storetest"
)

// needPostgres skips a test where there is no server, and gives the address of a schema of its own.
func needPostgres(t *testing.T) (dir, address string) {
	t.Helper()
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	dir = t.TempDir()
	return dir, storetest.URL(t, dir)
}

func TestNumbered(t *testing.T) {
	for query, want := range map[string]string{
		"SELECT 1":                         "SELECT 1",
		"a = ? AND b = ?":                  "a = $1 AND b = $2",
		"a = ?2 AND b IN (?1, ?12)":        "a = $2 AND b IN ($1, $12)",
		"a = '?' AND b = ?":                "a = '?' AND b = $1",
		`"what?" = ? AND c = 'it''s?'`:     `"what?" = $1 AND c = 'it''s?'`,
		strings.Repeat("?,", 11) + "?":     "$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12",
		"LIKE '% @' || ?1 AND x = 'é?' ?2": "LIKE '% @' || $1 AND x = 'é?' $2",
	} {
		if got := numbered(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// What is wrong with an address, or with what stands at it, is told with what to do, and without the password.
func TestPostgresRefuses(t *testing.T) {
	for _, test := range []struct{ address, says string }{
		{"mysql://u:geheim@localhost/x", "want postgres://USER:PASSWORD@HOST:PORT/DATABASE"},
		{"postgres://u:ge/he@im@localhost/x", "want postgres://"},
		{"postgres://u:geheim@localhost:port/x", "want postgres://"},
		{"postgres://u:geheim@localhost/x?sslmode=maybe", "settings behind ?"},
		{"postgres://u:geheim@127.0.0.1:1/x", "nothing listens there: start PostgreSQL"},
		{"postgres://u:geheim@/x?host=/nowhere", "nothing listens there"},
	} {
		_, err := Config{URL: test.address}.Open(t.TempDir())
		if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "he") &&
			strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v, want %q", test.address, err, test.says)
		}
	}
}

func TestPostgresAsFound(t *testing.T) {
	storetest.Direct(t)
	for _, test := range []struct {
		name, before string // SQL in the schema, {} stands for its name
		want         error
		says         string
	}{
		{"somebody's table", "CREATE TABLE {}.votes (x int)", ErrForeign, "of its own"},
		{"newer", "CREATE TABLE {}.pilcrow_schema (one int, version int); " +
			"INSERT INTO {}.pilcrow_schema VALUES (1, 99)",
			ErrNewer, "schema is version 99"},
		{"no schema", "DROP SCHEMA {} CASCADE", ErrUnfit, "CREATE SCHEMA"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, address := needPostgres(t)
			_, schema, _ := strings.Cut(address, "search_path=")
			storetest.Exec(t, strings.ReplaceAll(test.before, "{}", schema))
			t.Cleanup(func() { storetest.Exec(t, "CREATE SCHEMA IF NOT EXISTS "+schema) })
			_, err := Config{URL: address}.Open(dir)
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v, want %v, %q", err, test.want, test.says)
			}
		})
	}
	t.Run("no database", func(t *testing.T) {
		dir, address := needPostgres(t)
		before, after, _ := strings.Cut(address, "?")
		address = before[:strings.LastIndexByte(before, '/')] + "/no_such_database?" + after
		if _, err := (Config{URL: address}).Open(dir); err == nil || !strings.Contains(err.Error(), "createdb") {
			t.Error(err)
		}
	})
}

// A database of PostgreSQL is known again, as a file is: an empty one in its place is not taken for it.
func TestPostgresIsKnownAgain(t *testing.T) {
	storetest.Direct(t)
	dir, address := needPostgres(t)
	s := open(t, dir)
	if _, err := s.Apply(t.Context(), Edit{Server: "a", At: noon, Action: "scope", Setting: "scope 1",
		Value: "mill"}); err != nil {
		t.Fatal(err)
	}
	if !s.Made() {
		t.Error("it was not made")
	}
	_, schema, _ := strings.Cut(address, "search_path=")
	storetest.Exec(t, "DROP SCHEMA "+schema+" CASCADE; CREATE SCHEMA "+schema)
	if _, err := openAt(t, dir); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "--new") {
		t.Errorf("%v, want %v", err, ErrMissing)
	}
	again, err := Config{URL: address, New: true}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// What a folder's own file has is not left behind in silence.
func TestPostgresBesideAFile(t *testing.T) {
	_, address := needPostgres(t)
	dir := t.TempDir()
	file, err := Open(dir)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Config{URL: address}).Open(dir); !errors.Is(err, ErrLeft) {
		t.Errorf("%v, want %v", err, ErrLeft)
	}
}

// Both engines have the same tables with the same columns, whatever steps lead there.
func TestSameSchema(t *testing.T) {
	dir, _ := needPostgres(t)
	there := open(t, dir)
	here, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer here.Close()
	read := func(s *Store, query string) (all []string) {
		t.Helper()
		rows, err := s.read.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var table, column string
			if err := rows.Scan(&table, &column); err != nil {
				t.Fatal(err)
			}
			all = append(all, table+"."+column)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(all)
		return all
	}
	got := read(there, "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = "+
		"current_schema() AND table_name != 'pilcrow_schema'")
	want := read(here, "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c "+
		"WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'")
	if len(want) < 50 || !slices.Equal(got, want) {
		t.Errorf("PostgreSQL has\n%v\nSQLite has\n%v", got, want)
	}
}

// Every connection is cut: what comes after is answered, and what could not be done said so.
func TestPostgresConnectionsCut(t *testing.T) {
	dir, address := needPostgres(t)
	const name = "pilcrow-cut" // others' connections stay
	s, err := Config{URL: address + "&application_name=" + name}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.SetAsked(t.Context(), "a", "one"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		storetest.Exec(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"+name+"'")
		until := time.Now().Add(time.Minute)
		for {
			edition, err := s.Asked(t.Context(), "a")
			if err == nil && edition == "one" {
				break
			}
			if !errors.Is(err, ErrNotKept) || time.Now().After(until) {
				t.Fatalf("%q, %v", edition, err)
			}
		}
		for {
			err := s.SetAsked(t.Context(), "a", "one")
			if err == nil {
				break
			}
			if !errors.Is(err, ErrNotKept) || time.Now().After(until) {
				t.Fatal(err)
			}
		}
	}
	if trouble := s.Troubles(); len(trouble) > 0 {
		t.Errorf("%v", trouble)
	}
}

// Text that PostgreSQL does not take is kept as near as it can be.
func TestPostgresText(t *testing.T) {
	dir, _ := needPostgres(t)
	s := open(t, dir)
	if err := s.SetAsked(t.Context(), "a\x00b", "one\xfftwo\x00"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Asked(t.Context(), "a\x00b"); err != nil || got != "one\uFFFDtwo\uFFFD" {
		t.Errorf("%q, %v", got, err)
	}
}

// A writer waits for those before it, in other processes too, and reads what they wrote.
func TestPostgresWritersWait(t *testing.T) {
	dir, address := needPostgres(t)
	open(t, dir)
	other, err := Config{URL: address}.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	const each = 20
	done := make(chan error)
	for _, s := range []*Store{open(t, dir), other} {
		go func() {
			var err error
			for n := range each {
				_, e := s.Apply(context.Background(), Edit{Server: "a", At: noon, Action: "scope",
					Setting: fmt.Sprint("scope ", n%3), Value: "mill"})
				err = errors.Join(err, e)
			}
			done <- err
		}()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Fatal(err)
	}
	changes, err := other.Changes(t.Context(), "a", 0, 100)
	if err != nil || len(changes) != 2*each || changes[0].ID != 2*each {
		t.Errorf("%d changes, %v", len(changes), err)
	}
	if broken, err := other.Broken(t.Context()); err != nil || len(broken) > 0 {
		t.Errorf("%v, %v", broken, err)
	}
}
