package store

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"pilcrow/internal/store/storetest"
)

// Where the extension cannot be had, it is said what to do, by the depot and by who only looks.
func TestPgvectorMissing(t *testing.T) {
	needPostgres(t)
	dir, address, says := t.TempDir(), storetest.WithoutPgvector(t), "the server has no pgvector: install its package"
	if strings.Contains(address, storetest.Nobody) { // it has
		says = "as a superuser, run CREATE EXTENSION vector in database " + storetest.Nobody
	}
	s, err := Config{URL: address}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, opened := s.Depot(t.Context(), slog.New(slog.DiscardHandler))
	looked := Config{URL: address}.TryPgvector(t.Context())
	for _, err := range []error{opened, looked} {
		if !errors.Is(err, ErrNoPgvector) || !strings.Contains(err.Error(), says) ||
			strings.Contains(err.Error(), "nothing can be kept") {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

// Who only looks makes nothing.
func TestTryPgvector(t *testing.T) {
	openDepot(t, t.TempDir()) // or it is skipped
	other := t.TempDir()
	if err := (Config{URL: storetest.URL(t, other)}).TryPgvector(t.Context()); err != nil {
		t.Error(err)
	}
	s, err := Config{URL: storetest.URL(t, other)}.Open(other)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if there, err := hasTable(t.Context(), s.read, "depot_blocks"); err != nil || there {
		t.Errorf("there are tables: %v, %v", there, err)
	}
}

// A file is no database of PostgreSQL.
func TestNoDepotInFile(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Depot(t.Context(), slog.New(slog.DiscardHandler)); !errors.Is(err, ErrNoPgvector) {
		t.Error(err)
	}
	if err := (Config{}).TryPgvector(t.Context()); !errors.Is(err, ErrNoPgvector) {
		t.Error(err)
	}
}

// A pgvector that is too old is refused.
func TestPgvectorTooOld(t *testing.T) {
	h := openDepot(t, t.TempDir())
	tx, err := h.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() // nothing of it is to stay
	if _, err := tx.Exec("UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'"); err != nil {
		t.Skip(err) // not everybody may
	}
	if _, err := findPgvector(t.Context(), tx, "d"); !errors.Is(err, ErrNoPgvector) ||
		!strings.Contains(err.Error(), "pgvector is 0.7.4, and 0.8.0 or newer is needed") {
		t.Error(err)
	}
}

func TestOlderThan(t *testing.T) {
	for _, test := range []struct {
		version string
		older   bool
	}{{"0.8.0", false}, {"0.8.5", false}, {"0.7.4", true}, {"0.10.0", false}, {"1.0", false}, {"0.8", false},
		{"0.5.1", true}} {
		if got := olderThan(test.version, leastPgvector); got != test.older {
			t.Errorf("%s is older: %v", test.version, got)
		}
	}
}
