package store

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pilcrow/internal/store/storetest"
)

// asOf makes a database as the program of that schema left it, with one vector.
func asOf(t *testing.T, dir string, version int) {
	t.Helper()
	all, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range all[:version] {
		if _, err := db.Exec(step); err != nil {
			t.Fatal(err)
		}
	}
	_, err = db.Exec(fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID))
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// A database of every earlier schema is opened, brought up to date, and copied before; the copy is what the program of
// before can open, and the program of today again. That program refuses the newer database, and says which copy to go
// back to.
func TestUpgradeAndBack(t *testing.T) {
	storetest.OfSQLite(t)
	for version := 1; version < SchemaVersion(); version++ {
		t.Run(fmt.Sprint("from ", version), func(t *testing.T) {
			dir := t.TempDir()
			asOf(t, dir, version)
			s, err := Config{Copies: true}.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Apply(t.Context(), put("a", "mill", "one")); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			all, err := Generations(dir)
			if err != nil || len(all) != 1 || !strings.Contains(all[0].Path, fmt.Sprintf("before-version-%d", SchemaVersion())) {
				t.Fatalf("copies %v, %v", all, err)
			}
			back := t.TempDir()
			copyFile(t, all[0].Path, filepath.Join(back, FileName))
			db, err := sql.Open("sqlite", "file:"+filepath.Join(back, FileName))
			if err != nil {
				t.Fatal(err)
			}
			var got int
			err = db.QueryRow("PRAGMA user_version").Scan(&got)
			if err := errors.Join(err, db.Close()); err != nil || got != version {
				t.Errorf("the copy has version %d, %v", got, err)
			}
			if s, err = Open(back); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A database of a newer program is left as it is; what to do is said, with the copy if there is one.
func TestNewerIsRefused(t *testing.T) {
	storetest.OfSQLite(t)
	newer := SchemaVersion() + 1
	for _, copied := range []bool{false, true} {
		dir := t.TempDir()
		s, err := openAt(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("before-version-%d", newer)
		if copied {
			if err := copyInto(t.Context(), s.read, s.dir, name); err != nil {
				t.Fatal(err)
			}
		}
		_, err = s.write.Exec(fmt.Sprintf("PRAGMA user_version = %d", newer))
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		_, err = openAt(t, dir)
		if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "run the newer one") {
			t.Errorf("%v", err)
		}
		if err != nil && strings.Contains(err.Error(), "bot restore --replace") != copied ||
			copied && !strings.Contains(err.Error(), name) {
			t.Errorf("copied %t: %v", copied, err)
		}
	}
}
