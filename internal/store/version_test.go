package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/internal/store/storetest"
)

// The file of version 1 was written by the program as it was released. What it holds is found by the program of today,
// which then keeps documents in it.
func TestReleasedVersion(t *testing.T) {
	storetest.OfSQLite(t)
	data, err := os.ReadFile(filepath.Join("testdata", "version1.db"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // as it was released, and as the program of today left it
		s, err := openAt(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Lookup(t.Context(), "m", []string{"one", "two", "three"})
		if err != nil || !slices.Equal(got[0], []float32{1, 0, 0}) || !slices.Equal(got[1], []float32{0, 0.6, 0.8}) ||
			got[2] != nil {
			t.Errorf("%v, %v", got, err)
		}
		if _, err := s.Apply(t.Context(), put("a", "mill", "one")); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
