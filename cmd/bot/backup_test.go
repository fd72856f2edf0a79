package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// at runs the program over two folders and returns what it wrote.
func at(t *testing.T, data, docs string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	env := environment(envData+"="+data, envDocs+"="+docs)
	code = run(t.Context(), args, env, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// loaded is an app that has read its documents, with what that took.
func loaded(t *testing.T, data, docs string) (*parts, ask.Report) {
	t.Helper()
	c, err := loadConfig(environment(envData+"="+data, envDocs+"="+docs, envEmbeddingModel+"="+localPrefix+builtinModel))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: io.Discard, config: c, logger: slog.New(slog.DiscardHandler)}
	p, err := a.assemble(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	report, err := a.load(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return p, report
}

// A backup that is made while the bot runs, restored elsewhere, gives the same answers from the same edition, and
// embeds nothing.
func TestBackupRestoreAnswersTheSame(t *testing.T) {
	dir := t.TempDir()
	file, docs := filepath.Join(dir, "b"), folder(t)
	first, report := loaded(t, filepath.Join(dir, "data"), docs)
	if report.Embedded == 0 {
		t.Fatal("nothing was embedded: there is nothing to see")
	}
	if code, _, stderr := at(t, filepath.Join(dir, "data"), docs, "backup", file); code != exitOK {
		t.Fatal(stderr)
	}
	if code, _, stderr := at(t, filepath.Join(dir, "data"), docs, "restore", "--replace", file); code != exitFailure ||
		!strings.Contains(stderr, "a bot uses it: stop it first") {
		t.Errorf("restored under a running bot: %d %s", code, stderr)
	}
	data2, docs2 := filepath.Join(dir, "data2"), filepath.Join(dir, "docs2")
	if code, _, stderr := at(t, data2, docs2, "restore", file); code != exitOK {
		t.Fatal(stderr)
	}
	second, report := loaded(t, data2, docs2)
	if report.Embedded != 0 || report.Reused == 0 {
		t.Errorf("after a restore: %+v", report)
	}
	if a, b := first.engine.Edition().Corpus.Digest(), second.engine.Edition().Corpus.Digest(); a != b {
		t.Errorf("another edition: %s, %s", a, b)
	}
	for p := range first.engine.Edition().Corpus.Passages() {
		q := ask.Query{Text: p.Text}
		a, err := first.engine.Ask(t.Context(), q)
		b, err2 := second.engine.Ask(t.Context(), q)
		if err != nil || err2 != nil || a.Text != b.Text || a.Outcome != b.Outcome {
			t.Errorf("%s: %q, %v; %q, %v", q.Text, a.Text, err, b.Text, err2)
		}
	}
}

// An archive that is not whole changes nothing, whatever is wrong with it.
func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	file, data, docs := filepath.Join(dir, "b"), filepath.Join(dir, "data"), folder(t)
	p, _ := loaded(t, data, docs)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.store = nil
	if code, _, stderr := at(t, data, docs, "backup", file); code != exitOK {
		t.Fatal(stderr)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before := state(t, data, docs)
	for _, damage := range []func([]byte) []byte{
		func(b []byte) []byte { return b[:len(b)/2] },
		func(b []byte) []byte { b[5000] ^= 1; return b }, // in the database
		func(b []byte) []byte { return nil },
	} {
		if err := os.WriteFile(file, damage(bytes.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := at(t, data, docs, "restore", "--replace", file)
		if code != exitFailure || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "nothing was changed") {
			t.Errorf("%d %s", code, stderr)
		}
		if after := state(t, data, docs); after != before {
			t.Errorf("was\n%s\nis\n%s", before, after)
		}
		fresh := filepath.Join(dir, "fresh")
		if code, _, _ := at(t, filepath.Join(fresh, "data"), filepath.Join(fresh, "docs"), "restore",
			file); code != exitFailure {
			t.Errorf("code %d", code)
		}
		if _, err := os.Lstat(fresh); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("folders were left behind: %v", err)
		}
	}
}

// What the database keeps in its folder is no document, where that folder lies among the documents.
func TestOurs(t *testing.T) {
	for name, want := range map[string]bool{
		"a.md": true, "deep/a.pdf": true, ".originals": true, ".originals/a.pdf": true, ".git": false, "deep/.hidden": false,
		"data/pilcrow.db": false, "data/pilcrow.db-wal": false, "data/pilcrow.lock": false, "data/restore.json": false,
	} {
		if got := ours(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// state is every file in two folders but the lock, with what is in it.
func state(t *testing.T, dirs ...string) string {
	t.Helper()
	var b strings.Builder
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, ".lock") {
				return err
			}
			text, err := os.ReadFile(path)
			fmt.Fprintf(&b, "%s %x\n", path, text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// restoreRounds is how many restores are killed; the variable sets another number.
const (
	restoreRounds    = 8
	restoreRoundsEnv = "PILCROW_TEST_KILLS"
)

// A restore is killed again and again: what is there afterwards is all of one archive or all of the other, and opens.
func TestRestoreKilled(t *testing.T) {
	rounds := restoreRounds
	if n, err := strconv.Atoi(os.Getenv(restoreRoundsEnv)); err == nil {
		rounds = n
	}
	dir := t.TempDir()
	data, docs := filepath.Join(dir, "data"), filepath.Join(dir, "docs")
	archives := map[string]string{}
	for _, word := range []string{"north", "south"} { // a marked database, and many files with the same mark
		from, texts := filepath.Join(dir, word), filepath.Join(dir, word+"-docs")
		s, err := store.Open(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Store(t.Context(), "mark", []string{word}, [][]float32{{1}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(texts, 0o700); err != nil {
			t.Fatal(err)
		}
		for n := range 30 {
			text := fmt.Sprintf("The wind blows from the %s on day %d.\n", word, n)
			if err := os.WriteFile(filepath.Join(texts, fmt.Sprintf("day-%d-%s.md", n/2, strings.Repeat(word[:1], n%2))),
				[]byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		archives[word] = filepath.Join(dir, word+".pilcrow")
		if code, _, stderr := at(t, from, texts, "backup", archives[word]); code != exitOK {
			t.Fatal(stderr)
		}
	}
	if code, _, stderr := at(t, data, docs, "restore", archives["north"]); code != exitOK {
		t.Fatal(stderr)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	took, next, seen := 200*time.Millisecond, "south", map[string]int{}
	for n := range rounds {
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.Int64N(int64(took)*5/4)))
		command := exec.CommandContext(ctx, exe, "restore", "--replace", archives[next])
		command.Args[0] = "bot"
		command.Dir = dir
		command.Env = []string{envData + "=" + data, envDocs + "=" + docs}
		err := command.Run()
		cancel()
		if err == nil {
			took = time.Since(began)
		}
		word := oneState(t, data, docs)
		if err == nil && word != next {
			t.Fatalf("round %d: the restore of %s ended, and %s is there", n, next, word)
		}
		seen[word]++
		if next = "south"; word == "south" {
			next = "north"
		}
	}
	t.Logf("after %d kills: %v", rounds, seen)
}

// oneState demands that everything is of one archive, and returns its word. Any command ends a restore that was cut
// off.
func oneState(t *testing.T, data, docs string) string {
	t.Helper()
	if code, _, stderr := at(t, data, docs, "documents"); code != exitOK {
		t.Fatal(stderr)
	}
	s, err := store.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := s.Lookup(t.Context(), "mark", []string{"north", "south"})
	if err != nil || (found[0] == nil) == (found[1] == nil) {
		t.Fatalf("the database holds %v, %v", found, err)
	}
	word := "north"
	if found[0] == nil {
		word = "south"
	}
	names, err := filepath.Glob(filepath.Join(docs, "*.md"))
	if err != nil || len(names) != 30 {
		t.Fatalf("%d documents, %v", len(names), err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(f).ReadString('\n')
		if f.Close(); err != nil || !strings.Contains(line, word) {
			t.Fatalf("the database is of %s, and %s says %q, %v", word, name, line, err)
		}
	}
	return word
}
