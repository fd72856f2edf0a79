package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/store/storetest"
)

// openAt opens the store of a folder, on the engine that is being tested.
func openAt(t testing.TB, dir string) (*Store, error) {
	t.Helper()
	return Config{URL: storetest.URL(t, dir)}.Open(dir)
}

func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := openAt(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestVectors(t *testing.T) {
	ragtest.TestVectors(t, func(t *testing.T) rag.Vectors { return open(t, t.TempDir()) })
}

func TestReopen(t *testing.T) {
	storetest.OfSQLite(t)
	for _, name := range []string{"plain", "with space", "what?mode=ro", "100%", "#1", "é¶", "a/deep/one"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), filepath.FromSlash(name))
			s, err := openAt(t, dir)
			if err != nil {
				t.Fatal(err)
			}
			err = errors.Join(s.Store(t.Context(), "m", []string{"a"}, [][]float32{{1, 2}}), s.Close())
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(filepath.Join(dir, FileName))
			if err != nil {
				t.Fatal(err)
			}
			if perm := info.Mode().Perm(); perm&0o077 != 0 {
				t.Errorf("others may read the file: %v", perm)
			}
			got, err := open(t, dir).Lookup(t.Context(), "m", []string{"a"})
			if err != nil || !slices.Equal(got[0], []float32{1, 2}) {
				t.Errorf("after reopening: %v, %v", got, err)
			}
		})
	}
}

func TestDurability(t *testing.T) {
	storetest.OfSQLite(t)
	s := open(t, t.TempDir())
	var journal string
	var synchronous int
	err := s.write.QueryRow("SELECT journal_mode, synchronous FROM pragma_journal_mode, pragma_synchronous").
		Scan(&journal, &synchronous)
	if err != nil || journal != "wal" || synchronous != 2 { // 2 is FULL
		t.Errorf("journal_mode %q, synchronous %d, %v; want wal, 2", journal, synchronous, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	storetest.OfSQLite(t)
	write := func(t *testing.T, content []byte) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), content, 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	for _, test := range []struct {
		name string
		dir  func(t *testing.T) string
		want error
	}{
		{"a file where the folder should be", func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "data")
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}, ErrNotWritable},
		{"a folder where the file should be", func(t *testing.T) string {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, FileName), 0o700); err != nil {
				t.Fatal(err)
			}
			return dir
		}, ErrNotWritable},
		{"a folder without write permission", func(t *testing.T) string {
			if os.Getuid() == 0 {
				t.Skip("root may write everywhere")
			}
			dir := t.TempDir()
			if err := os.Chmod(dir, 0o500); err != nil {
				t.Fatal(err)
			}
			return dir
		}, ErrNotWritable},
		{"text", func(t *testing.T) string {
			return write(t, []byte(strings.Repeat("This is not a database.\n", 500)))
		}, ErrDamaged},
		{"a torn file", func(t *testing.T) string {
			whole := filled(t, 200)
			return write(t, whole[:len(whole)/2])
		}, ErrDamaged},
		{"zeroed pages", func(t *testing.T) string {
			whole := filled(t, 200)
			clear(whole[4096:])
			return write(t, whole)
		}, ErrDamaged},
		{"another program's database", func(t *testing.T) string {
			return altered(t, "PRAGMA application_id = 7")
		}, ErrForeign},
		{"a newer schema", func(t *testing.T) string {
			return altered(t, "PRAGMA user_version = 1000")
		}, ErrNewer},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := test.dir(t)
			s, err := openAt(t, dir)
			if err == nil {
				t.Fatal(errors.Join(errors.New("it was opened"), s.Close()))
			}
			if !errors.Is(err, test.want) || !strings.HasPrefix(err.Error(), dir) {
				t.Errorf("got %v; want %v, beginning with the path", err, test.want)
			}
			if errors.Is(err, ErrDamaged) && (!strings.Contains(err.Error(), "bot restore") ||
				strings.Contains(err.Error(), "\n")) {
				t.Errorf("%v: want one line that says what to do", err)
			}
		})
	}
}

// filled returns the bytes of a database with so many vectors.
func filled(t *testing.T, count int) []byte {
	dir := t.TempDir()
	s, err := openAt(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	texts, vectors := batch(0, count)
	if err := errors.Join(s.Store(t.Context(), "m", texts, vectors), s.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// altered returns a folder whose database was changed behind our back.
func altered(t *testing.T, statement string) string {
	dir := t.TempDir()
	s, err := openAt(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.write.Exec(statement)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// batch makes texts and vectors that belong to the numbers from first on.
func batch(first, count int) (texts []string, vectors [][]float32) {
	for n := first; n < first+count; n++ {
		vector := make([]float32, 64)
		for i := range vector {
			vector[i] = float32(n*len(vector) + i + 1)
		}
		texts, vectors = append(texts, fmt.Sprintf("text %d", n)), append(vectors, vector)
	}
	return texts, vectors
}

func TestDamagedVectorIsMissing(t *testing.T) {
	s := open(t, t.TempDir())
	texts, vectors := batch(0, 3)
	if err := s.Store(t.Context(), "m", texts, vectors); err != nil {
		t.Fatal(err)
	}
	for _, damage := range []string{
		"UPDATE vectors SET vector = text WHERE id = 1",
		"UPDATE vectors SET vector = substr(vector, 2) WHERE id = 3",
	} {
		if _, err := s.write.Exec(damage); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Lookup(t.Context(), "m", texts)
	if err != nil || got[0] != nil || !slices.Equal(got[1], vectors[1]) || got[2] != nil {
		t.Errorf("got %v, %v; want only the second", got, err)
	}
}

// TestManyLookedUp looks up more than one query asks for, so that several queries run side by side: each text has its
// own vector, and whoever gives up hears why.
func TestManyLookedUp(t *testing.T) {
	s := open(t, t.TempDir())
	texts, vectors := batch(0, 3*lookupBatch+7)
	if err := s.Store(t.Context(), "m", texts, vectors); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(texts); i += 2 {
		texts[i] = fmt.Sprint("nothing is known of ", i)
	}
	got, err := s.Lookup(t.Context(), "m", texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		if i%2 == 0 && got[i] != nil || i%2 == 1 && !slices.Equal(got[i], vectors[i]) {
			t.Fatalf("the vector of %q is %v", texts[i], got[i])
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Lookup(ctx, "m", texts); !errors.Is(err, context.Canceled) {
		t.Errorf("given up, the error is %v", err)
	}
}

func TestOldestGoFirst(t *testing.T) {
	s := open(t, t.TempDir())
	s.maxVectors = 5
	texts, vectors := batch(0, 8)
	for i := range 4 {
		if err := s.Store(t.Context(), "m", texts[i:i+1], vectors[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Store(t.Context(), "m", texts[:1], vectors[:1]); err != nil { // young again
		t.Fatal(err)
	}
	if err := s.Store(t.Context(), "m", texts[4:6], vectors[4:6]); err != nil {
		t.Fatal(err)
	}
	got, err := s.Lookup(t.Context(), "m", texts[:6])
	if err != nil {
		t.Fatal(err)
	}
	for i, kept := range []bool{true, false, true, true, true, true} {
		if (got[i] != nil) != kept {
			t.Errorf("vector %d: kept %v, want %v", i, got[i] != nil, kept)
		}
	}
	if err := s.Store(t.Context(), "m", texts, vectors); err == nil {
		t.Error("more vectors than are kept were taken in one call")
	}
}

// Every version of the schema that there ever was comes to the same newest one, and what it held is still there.
func TestMigrateFromEveryVersion(t *testing.T) {
	storetest.OfSQLite(t)
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	all, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	schema := func(s *Store) string {
		t.Helper()
		var text string
		err := s.write.QueryRow("SELECT group_concat(sql, ';' ORDER BY type, name) FROM sqlite_schema").Scan(&text)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	want := schema(open(t, t.TempDir()))
	for version := 1; version <= len(all); version++ {
		dir := t.TempDir()
		path := filepath.Join(dir, FileName)
		if err := prepare(path); err != nil {
			t.Fatal(err)
		}
		db, err := connect(path, 1)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Exec(strings.Join(all[:version], ";") +
			fmt.Sprintf("; PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID))
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		if got := schema(open(t, dir)); got != want {
			t.Errorf("from version %d:\n%s\nwant\n%s", version, got, want)
		}
	}
}

func TestMigrationNames(t *testing.T) {
	for engine, first := range map[string]int{"sqlite": 1, "postgres": 13} {
		entries, err := migrations.ReadDir("migrations/" + engine)
		if err != nil || len(entries) == 0 {
			t.Fatal(len(entries), err)
		}
		for i, e := range entries {
			if !strings.HasPrefix(e.Name(), fmt.Sprintf("%04d_", i+first)) {
				t.Errorf("step %d of %s is in %s", i+first, engine, e.Name())
			}
		}
		if last := first + len(entries) - 1; last != SchemaVersion() {
			t.Errorf("the last step of %s leads to %d of %d", engine, last, SchemaVersion())
		}
	}
}

// Several opening a new folder at once must not trip over each other's migration.
func TestOpenAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			s, err := openAt(t, dir)
			if err != nil {
				t.Error(err)
				return
			}
			texts, vectors := batch(n*10, 10)
			if err := errors.Join(s.Store(context.Background(), "m", texts, vectors), s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	texts, vectors := batch(0, 40)
	got, err := open(t, dir).Lookup(t.Context(), "m", texts)
	if err != nil || !slices.EqualFunc(got, vectors, slices.Equal) {
		t.Errorf("not all vectors are there: %v", err)
	}
}

// BenchmarkStart is what a restart pays for 10,000 passages: opening, checking, and reading every vector.
func BenchmarkStart(b *testing.B) {
	const count, dimension = 10_000, 1_536
	dir := b.TempDir()
	s := open(b, dir)
	texts, vectors := make([]string, count), make([][]float32, count)
	for i := range texts {
		texts[i], vectors[i] = fmt.Sprintf("text %d", i), make([]float32, dimension)
		vectors[i][i%dimension] = 1
	}
	if err := s.Store(b.Context(), "m", texts, vectors); err != nil {
		b.Fatal(err)
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			s, err := openAt(b, dir)
			if err != nil {
				b.Fatal(err)
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("lookup", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Lookup(b.Context(), "m", texts); err != nil {
				b.Fatal(err)
			}
		}
	})
}
