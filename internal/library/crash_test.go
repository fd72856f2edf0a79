package library

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/fetch"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

const (
	// a process with this set changes the documents in the folder until it is killed
	childDir = "PILCROW_LIBRARY_TEST_CHILD"
	killsSet = "PILCROW_LIBRARY_KILLS" // how often it is, instead of kills
	kills    = 20
	// Of lines that it says, then of milliseconds: when it is killed at the latest.
	maxKillLines = 10
	maxKillMS    = 40
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		fmt.Fprintln(os.Stderr, changeForever(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// openAt opens the library in a folder: the database in it, the shared documents below it.
func openAt(ctx context.Context, dir string, fetcher *fetch.Fetcher) (*Library, *store.Store, error) {
	st, err := store.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	c := ask.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(), Vectors: st}
	shared := c
	shared.Load = func() (*article.Corpus, error) { return article.Load(os.DirFS(filepath.Join(dir, "docs"))) }
	engine, err := ask.New(shared)
	if err == nil {
		_, err = engine.Reload(ctx, nil)
	}
	if err != nil {
		return nil, nil, errors.Join(err, st.Close())
	}
	l, err := Open(ctx, Config{Store: st, Shared: engine, Engine: c, Fetcher: fetcher,
		Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, nil, errors.Join(err, st.Close())
	}
	return l, st, nil
}

// stateOf is what server 1 has, as the database keeps it, and fails where what answers is something else.
func stateOf(ctx context.Context, l *Library, st *store.Store, dir string) (map[string]string, error) {
	state := map[string]string{}
	shared, err := os.ReadFile(filepath.Join(dir, "docs", "shared.txt"))
	if err != nil {
		return nil, err
	}
	state["shared"] = string(shared)
	documents, err := st.Documents(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		if d.State.Hidden {
			state[d.Slug] = ""
			continue
		}
		text, err := st.Bytes(ctx, d.State.Text)
		if err != nil {
			return nil, err
		}
		if _, err := st.Bytes(ctx, d.State.Original); err != nil {
			return nil, err
		}
		state[d.Slug] = string(text)
	}
	var served []string
	engine, release, err := l.Hold(ctx, "1")
	if err != nil {
		return nil, err
	}
	defer release()
	for _, d := range engine.Edition().Corpus.Documents() {
		for _, p := range d.Passages {
			served = append(served, p.Text)
		}
	}
	var want []string
	for _, slug := range slices.Sorted(maps.Keys(state)) {
		if state[slug] != "" {
			text := state[slug]
			if i := strings.LastIndex(text, "---"); i >= 0 {
				text = text[i+len("---"):]
			}
			want = append(want, strings.TrimSpace(text))
		}
	}
	if !slices.Equal(served, want) {
		return nil, fmt.Errorf("it answers from %q and has %q", served, want)
	}
	return state, nil
}

func hash(state map[string]string) string {
	h := sha256.New()
	for _, slug := range slices.Sorted(maps.Keys(state)) {
		fmt.Fprintf(h, "%q %q ", slug, state[slug])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// changeForever does one thing after another, and prints what the state is to become before it begins, and "done" when
// it was told so.
func changeForever(dir string) error {
	ctx := context.Background()
	page := newPage()
	defer page.Close()
	l, st, err := openAt(ctx, dir, page.fetcher())
	if err != nil {
		return err
	}
	state, err := stateOf(ctx, l, st, dir)
	if err != nil {
		return err
	}
	for {
		next, act, err := step(ctx, l, st, dir, page, state)
		if err != nil {
			return err
		}
		fmt.Println("try", hash(next))
		if err := act(); err != nil {
			return err
		}
		fmt.Println("done", hash(next))
		state = next
	}
}

// step chooses what to do, and says what the state is then.
func step(ctx context.Context, l *Library, st *store.Store, dir string, page *site,
	state map[string]string) (map[string]string, func() error, error) {
	next := maps.Clone(state)
	slug, text := fmt.Sprintf("d%d", rand.IntN(4)), fmt.Sprintf("Document %d says so.", rand.Int64())
	confirm := func(r Request) func() error {
		return func() error {
			p, err := l.Propose(ctx, "1", r, ada)
			if err == nil {
				_, _, err = l.Confirm(ctx, "1", p.ID, ada, nil)
			}
			return err
		}
	}
	_, there := state[slug]
	switch k := rand.IntN(10); {
	case k < 3:
		last, ok, err := st.Undoable(ctx, "1")
		if err != nil || !ok {
			return next, func() error { return nil }, err
		}
		delete(next, last.Slug)
		if last.Before != nil {
			text, err := st.Bytes(ctx, last.Before.Text)
			if err != nil {
				return nil, nil, err
			}
			next[last.Slug] = string(text)
		}
		return next, func() error { _, _, err := l.Undo(ctx, "1", last.ID, ada); return err }, nil
	case k < 5:
		next["shared"] = text
		return next, func() error {
			temporary := filepath.Join(dir, "new")
			if err := os.WriteFile(temporary, []byte(text), 0o600); err != nil {
				return err
			}
			if err := os.Rename(temporary, filepath.Join(dir, "docs", "shared.txt")); err != nil {
				return err
			}
			_, err := l.Renew(ctx, nil)
			return err
		}, nil
	case k == 9:
		return stepAddress(ctx, l, st, page, next, text, confirm)
	case k < 6 && there:
		delete(next, slug)
		return next, func() error { _, _, err := l.Remove(ctx, "1", slug, ada); return err }, nil
	case there:
		next[slug] = text
		r := upload("x.txt", text)
		r.Replace = slug
		return next, confirm(r), nil
	}
	next[slug] = text
	return next, confirm(upload(slug+".txt", text)), nil
}

// stepAddress brings in the page at an address or, where it is there, changes the page and reloads. The address is
// another in each child.
func stepAddress(ctx context.Context, l *Library, st *store.Store, page *site, next map[string]string, text string,
	confirm func(Request) func() error,
) (map[string]string, func() error, error) {
	documents, err := st.Documents(ctx)
	if err != nil {
		return nil, nil, err
	}
	at, r := page.URL+"/page.txt", Request{}
	for _, d := range documents {
		if d.Slug == "page" {
			r.Replace = d.Slug
			if d.State.Address == at {
				next["page"] = fmt.Sprintf("---\nurl: %q\n---\n\n%s", at, text)
				return next, func() error {
					page.set(text, 0)
					_, err := l.Reload(ctx, "1", "page", nil)
					return err
				}, nil
			}
		}
	}
	page.set(text, 0)
	next["page"] = fmt.Sprintf("---\nurl: %q\n---\n\n%s", at, text)
	r.Address = at
	return next, confirm(r), nil
}

// The program is killed again and again while documents are added, replaced, removed, fetched, reloaded and undone:
// each restart finds the state of before or the one of after, what was told to be done is there, and what answers is
// what is kept.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "docs"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "docs", "shared.txt"), []byte("All share this."), 0o600); err != nil {
		t.Fatal(err)
	}
	rounds := kills
	if n, err := strconv.Atoi(os.Getenv(killsSet)); err == nil {
		rounds = n
	}
	told, before, after := 0, 0, 0
	known := hash(map[string]string{"shared": "All share this."})
	for range rounds {
		tried := ""
		for _, line := range runAndKill(t, dir) {
			switch what, state, _ := strings.Cut(line, " "); what {
			case "try":
				tried = state
			case "done":
				known, tried = state, ""
				told++
			}
		}
		l, st, err := openAt(t.Context(), dir, nil)
		if err != nil {
			t.Fatalf("after a kill: %v", err)
		}
		state, err := stateOf(t.Context(), l, st, dir)
		if err = errors.Join(err, st.Close()); err != nil {
			t.Fatal(err)
		}
		switch hash(state) {
		case known:
			before++
		case tried:
			after++
		default:
			t.Fatalf("neither the state of before nor that of after: %v", state)
		}
		known = hash(state)
	}
	if told < rounds {
		t.Errorf("only %d changes in %d rounds: it was killed too soon to show anything", told, rounds)
	}
	t.Logf("%d kills, %d changes that were done; the one in flight was not done %d times, done %d times", rounds, told,
		before, after)
}

// runAndKill runs a child, kills it a moment after it did a few things, and returns what it said.
func runAndKill(t *testing.T, dir string) []string {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	few := 1 + rand.IntN(maxKillLines) // so that a slow machine does as much as a fast one
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if said = append(said, lines.Text()); len(said) == few {
			moment := time.AfterFunc(time.Duration(rand.IntN(maxKillMS*1000))*time.Microsecond,
				func() { _ = child.Process.Kill() })
			defer moment.Stop()
		}
	}
	if err := child.Wait(); err == nil || len(said) == 0 {
		t.Fatal("the child ended by itself")
	}
	return said
}
