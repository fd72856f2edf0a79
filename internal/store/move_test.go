package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"pilcrow/internal/article"
)

// filledFile is a folder whose file has something in every table.
func filledFile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	texts, vectors := batch(0, 30)
	ref := []article.Ref{{Slug: "mill", N: 2}}
	_, first := s.Apply(ctx, put("a", "mill", "one"))
	_, second := s.Apply(ctx, put("a", "mill", "two\x00 and ¶"))
	_, third := s.Apply(ctx, Edit{Server: "b", At: noon, Action: "scope", Setting: "scope 1", Value: "mill"})
	_, hidden := s.Apply(ctx, Edit{Server: "b", At: noon, Action: "hide", Slug: "x",
		Content: &Content{State: State{Hidden: true}}})
	_, vote := s.Vote(ctx, Vote{Server: "a", Answer: "k", Person: "1", Comment: "no\x00t \xff so", Cites: ref, At: noon})
	gap, report := s.Report(ctx, Gap{Server: "a", Channels: []string{"7"}, Question: "Who?", Nearest: ref}, "1", noon)
	wish := s.Wish(ctx, "a", gap, Wish{Person: "1", Locale: "de"}, noon)
	_, _, hold := s.HoldUsage(ctx, "2026-11-30", 5)
	_, usage := s.AddUsage(ctx, "2026-11-30", 0, Usage{Prompt: 3})
	_, open := s.OpenQuestion(ctx, noon, []byte{}, Arrival{})
	_, tick := s.Tick(ctx, noon, -1)
	_, present := s.Present(ctx, []string{"b"}, noon, nil)
	if err := errors.Join(first, second, third, hidden, vote, report, wish, hold, usage, open, tick, present,
		s.SetAsked(ctx, "a", "e"), s.StartShard(ctx, ShardStart{Shard: 1, Count: 2, At: noon}),
		s.Store(ctx, "m", texts, vectors), s.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// told is what a store says, by what it is asked.
func told(t *testing.T, s *Store) map[string]any {
	t.Helper()
	ctx := t.Context()
	all := map[string]any{}
	keep := func(name string, value any, err error) {
		if all[name] = value; err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	documents, err := s.Documents(ctx)
	keep("documents", documents, err)
	for _, d := range documents {
		if !d.State.Hidden {
			bytes, err := s.Bytes(ctx, d.State.Text)
			keep("bytes of "+d.Slug, bytes, err)
		}
	}
	changes, err := s.Changes(ctx, "a", 0, 10)
	keep("changes", changes, err)
	settings, err := s.Settings(ctx)
	keep("settings", settings, err)
	broken, err := s.Broken(ctx)
	keep("broken", broken, err)
	votes, err := s.Votes(ctx, "a", noon)
	for i := range votes.Comments {
		votes.Comments[i].Text = cleanText(votes.Comments[i].Text)
	}
	keep("votes", votes, err)
	gaps, err := s.Gaps(ctx, "a")
	keep("gaps", gaps, err)
	usage, err := s.Usage(ctx, "2026-11-30")
	keep("usage", usage, err)
	open, err := s.OpenQuestions(ctx)
	keep("open", len(open), err)
	starts, err := s.ShardStarts(ctx)
	keep("starts", starts, err)
	texts, _ := batch(0, 30)
	vectors, err := s.Lookup(ctx, "m", texts)
	keep("vectors", vectors, err)
	id, edits := s.Identity()
	all["id"], all["edits"], all["secret"] = id, edits, s.AnswerKey("a", "e", "Who?")
	return all
}

// compare opens a store and holds what it says against what was said before.
func compare(t *testing.T, c Config, dir string, want map[string]any) {
	t.Helper()
	s, err := c.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, got := range told(t, s) {
		if !reflect.DeepEqual(got, want[name]) {
			t.Errorf("%s: %v, want %v", name, got, want[name])
		}
	}
	// What comes next gets numbers that nobody has.
	if _, err := s.OpenQuestion(t.Context(), noon, []byte("x"), Arrival{}); err != nil {
		t.Error(err)
	}
}

// All goes over and comes back, and where it is not any more, it is not taken for.
func TestMigrateThereAndBack(t *testing.T) {
	_, address := needPostgres(t)
	dir := filledFile(t)
	file, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := told(t, file)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	there := Config{URL: address}
	for range 2 {
		all, err := Migrate(t.Context(), dir, address, false, nil)
		if err != nil || len(all) != len(copied) || all[len(all)-1].Rows != 30 {
			t.Fatalf("%v, %v", all, err)
		}
		if _, err := Open(dir); !errors.Is(err, ErrMoved) {
			t.Errorf("the file: %v, want %v", err, ErrMoved)
		}
		compare(t, there, dir, want)
		want["open"] = want["open"].(int) + 1
		if _, err := Migrate(t.Context(), dir, address, true, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := there.Open(t.TempDir()); !errors.Is(err, ErrMoved) {
			t.Errorf("PostgreSQL: %v, want %v", err, ErrMoved)
		}
		compare(t, Config{}, dir, want)
		want["open"] = want["open"].(int) + 1
	}
}

func TestMigrateRefuses(t *testing.T) {
	_, address := needPostgres(t)
	dir := filledFile(t)
	release, err := Serve(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Migrate(t.Context(), dir, address, false, nil); !errors.Is(err, ErrServed) {
		t.Errorf("while a bot runs: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if _, err := Migrate(t.Context(), t.TempDir(), address, false, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("from nothing: %v", err)
	}
	other := t.TempDir()
	s, err := Config{URL: address}.Open(other)
	if err == nil {
		_, err = s.Apply(t.Context(), put("c", "pier", "one"))
		err = errors.Join(err, s.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Migrate(t.Context(), dir, address, false, nil); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("to where something is: %v", err)
	}
	if _, err := Migrate(t.Context(), dir, address, true, nil); err == nil {
		t.Error("back to where something is")
	}
	compare(t, Config{}, dir, func() map[string]any {
		s := open2(t, dir)
		defer s.Close()
		return told(t, s)
	}())
}

// What people gave is something, also without a document; what every start writes is nothing.
func TestMigrateOverWhatIsThere(t *testing.T) {
	for name, test := range map[string]struct {
		give func(s *Store) error
		want error
	}{
		"a vote": {func(s *Store) error {
			_, err := s.Vote(t.Context(), Vote{Server: "a", Answer: "k", Person: "1", At: noon})
			return err
		}, ErrNotEmpty},
		"a question": {func(s *Store) error {
			_, err := s.Report(t.Context(), Gap{Server: "a", Question: "Who?"}, "1", noon)
			return err
		}, ErrNotEmpty},
		"a start": {func(s *Store) error {
			_, err := s.Tick(t.Context(), noon, -1)
			return errors.Join(err, s.StartShard(t.Context(), ShardStart{Count: 1, At: noon}))
		}, nil},
	} {
		_, address := needPostgres(t)
		s, err := Config{URL: address}.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(test.give(s), s.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := Migrate(t.Context(), filledFile(t), address, false, nil); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func open2(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What arrives is held against what was sent: each kind of change is noticed.
func TestCopyIsCompared(t *testing.T) {
	from := open2(t, filledFile(t))
	defer from.Close()
	for _, harm := range []string{
		"DELETE FROM vectors WHERE id = 7", "UPDATE votes SET comment = comment || ' '",
		"UPDATE states SET hidden = NOT hidden WHERE id = 1",
		"UPDATE gaps SET last = last + 1", "UPDATE blobs SET data = sum",
	} {
		dir := t.TempDir()
		to := open2(t, dir)
		if _, err := (&transfer{from: from, to: to}).run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if equal, err := same(t.Context(), from, to); err != nil || !equal {
			t.Errorf("as copied: %v, %v", equal, err)
		}
		if _, err := to.write.Exec(harm); err != nil {
			t.Fatal(err)
		}
		if equal, err := same(t.Context(), from, to); err != nil || equal {
			t.Errorf("%s: %v, %v", harm, equal, err)
		}
		if err := to.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A backup of PostgreSQL is a file that opens as any other.
func TestPostgresSnapshot(t *testing.T) {
	_, address := needPostgres(t)
	dir := filledFile(t)
	if _, err := Migrate(t.Context(), dir, address, false, nil); err != nil {
		t.Fatal(err)
	}
	s, err := Config{URL: address}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	to := t.TempDir()
	version, err := Config{URL: address}.Snapshot(t.Context(), dir, filepath.Join(to, FileName))
	if err != nil || version != SchemaVersion() {
		t.Fatal(version, err)
	}
	compare(t, Config{}, to, told(t, s))
	if left, err := filepath.Glob(filepath.Join(to, stagePrefix+"*")); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(dir, FileName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file in the folder: %v", err)
	}
}
