package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/store/storetest"
)

// A restore that fails at any table, the last one too, has changed nothing; what it left undone is done by the next.
func TestRestoreCutOff(t *testing.T) {
	storetest.Direct(t) // its tables are made to fail in a schema
	dir, address := needPostgres(t)
	_, schema, _ := strings.Cut(address, "search_path=")
	there := Config{URL: address}
	s, err := there.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), put("c", "pier", "one")); err != nil {
		t.Fatal(err)
	}
	before := sumsOf(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	from := filledFile(t)
	file := open2(t, from)
	want := sumsOf(t, file)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	aside := filepath.Join(dir, "aside")
	storetest.Exec(t, "CREATE FUNCTION "+schema+".fail() RETURNS trigger LANGUAGE plpgsql AS "+
		"'BEGIN RAISE EXCEPTION ''as told''; END'")
	for _, table := range []string{"secrets", "documents", "vectors"} {
		storetest.Exec(t, "CREATE TRIGGER fail BEFORE INSERT ON "+schema+"."+table+" EXECUTE FUNCTION "+schema+".fail()")
		if kept, err := there.Restore(t.Context(), from, dir, aside); err == nil || kept ||
			!strings.Contains(err.Error(), "as told") {
			t.Errorf("%s: %v, %v", table, kept, err)
		}
		storetest.Exec(t, "DROP TRIGGER fail ON "+schema+"."+table)
		if s, err = there.Open(dir); err != nil {
			t.Fatal(err)
		}
		if got := sumsOf(t, s); !slices.Equal(got, before) {
			t.Errorf("%s: %v, want %v", table, got, before)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(aside); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: what was set aside is there: %v", table, err)
		}
	}
	if _, err := there.Restore(t.Context(), from, dir, ""); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("%v, want %v", err, ErrNotEmpty)
	}
	if kept, err := there.Restore(t.Context(), from, dir, aside); err != nil || !kept {
		t.Fatal(kept, err)
	}
	for _, c := range []struct {
		Config
		dir  string
		want []tableSum
	}{{there, dir, want}, {Config{}, aside, before}} {
		s, err := c.Open(c.dir)
		if err != nil {
			t.Fatal(err)
		}
		if got := sumsOf(t, s); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", s.path, got, c.want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
