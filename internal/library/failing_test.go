package library

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/internal/rag"
	"pilcrow/internal/store/storetest"
)

// A failing embedder is away when it is told to be.
type failing struct {
	rag.Embedder
	fail atomic.Bool   // passages; questions are embedded as ever
	hold chan struct{} // if not nil, Embed of passages waits for it
	in   chan struct{} // and says here that it does
}

var errAway = errors.New("the embedding server is away")

func (f *failing) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if kind == rag.Passage && f.hold != nil {
		f.in <- struct{}{}
		<-f.hold
	}
	if kind == rag.Passage && f.fail.Load() {
		return nil, errAway
	}
	return f.Embedder.Embed(ctx, kind, texts)
}

// A change that cannot be embedded is made all the same: it is found by its words, and embedded when the server is
// back.
func TestEmbedderAway(t *testing.T) {
	f := &failing{}
	w := newWorld(t, func(w *world) { f.Embedder = w.embed; w.embed = f })
	ctx := t.Context()
	p, err := w.Propose(ctx, "1", upload("harbor.txt", "The harbor has nine cranes."), ada)
	if err != nil {
		t.Fatal(err)
	}
	f.fail.Store(true)
	if _, report, err := w.Confirm(ctx, "1", p.ID, ada, nil); err != nil || report.Missing != 1 ||
		!errors.Is(report.Trouble, errAway) {
		t.Errorf("%+v, %v", report, err)
	}
	w.want("1", "ferry harbor mill")
	w.restart() // without the server
	w.want("1", "ferry harbor mill")
	if n := w.Engine("1").Lacking(); n != 1 {
		t.Errorf("%d texts lack a vector", n)
	}
	f.fail.Store(false)
	if _, err := w.Renew(ctx, nil); err != nil {
		t.Error(err)
	}
	if n := w.Engine("1").Lacking(); n != 0 {
		t.Errorf("%d texts lack a vector", n)
	}
	// What is embedded already is there at a start without the server.
	f.fail.Store(true)
	w.restart()
	w.want("1", "ferry harbor mill")
	if n := w.Engine("1").Lacking(); n != 0 {
		t.Errorf("%d texts lack a vector", n)
	}
}

// picky is another model than before, which cannot embed one text just now.
type picky struct {
	rag.Embedder
	not string
}

func (p *picky) Model() string { return "another" }

func (p *picky) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if p.not != "" && slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, p.not) }) {
		return nil, errAway
	}
	return p.Embedder.Embed(ctx, kind, texts)
}

// What cannot be embedded at a start is found by its words, and a reload tries again.
func TestNotEmbeddedAtStart(t *testing.T) {
	w := newWorld(t)
	w.put("1", upload("harbor.txt", "The harbor has nine cranes."))
	model := &picky{w.embed, "cranes"}
	w.embed = model
	w.restart()
	w.want("1", "ferry harbor mill")
	if n := w.Engine("1").Lacking(); n != 1 {
		t.Errorf("%d texts lack a vector", n)
	}
	model.not = ""
	if _, err := w.Renew(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.want("1", "ferry harbor mill")
	if n := w.Engine("1").Lacking(); n != 0 {
		t.Errorf("%d texts lack a vector", n)
	}
}

// Two that change the documents of one server at once: the second is told. Other servers do not wait, neither for what
// is new in the shared documents.
func TestBusy(t *testing.T) {
	f := &failing{}
	w := newWorld(t, func(w *world) { f.Embedder = w.embed; w.embed = f })
	ctx := t.Context()
	first, err := w.Propose(ctx, "1", upload("harbor.txt", "The harbor has nine cranes."), ada)
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.Propose(ctx, "1", upload("tower.txt", "The tower leans."), bob)
	if err != nil {
		t.Fatal(err)
	}
	w.put("3", upload("pier.txt", "The pier is long."))
	f.hold, f.in = make(chan struct{}), make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		if _, _, err := w.Confirm(ctx, "1", first.ID, ada, nil); err != nil {
			t.Error(err)
		}
	})
	<-f.in
	if _, _, err := w.Confirm(ctx, "1", second.ID, bob, nil); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	if _, _, err := w.Undo(ctx, "1", 0, bob); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	if _, _, err := w.Remove(ctx, "2", "mill", bob); err != nil {
		t.Errorf("another server: %v", err)
	}
	delete(w.folder, "ferry.txt")
	done.Go(func() {
		if _, err := w.Renew(ctx, nil); err != nil {
			t.Error(err)
		}
	})
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(time.Minute); w.sees("3") != "mill pier" && time.Now().Before(deadline); {
		<-look.C
	}
	w.want("3", "mill pier")
	close(f.hold)
	done.Wait()
	f.hold = nil
	if _, _, err := w.Confirm(ctx, "1", second.ID, bob, nil); err != nil {
		t.Errorf("tried again: %v", err)
	}
	w.want("1", "harbor mill tower")
}

// One document that cannot be loaded at a start does not stop the others, and keeps its place: the shared document of
// its name is not what the admins chose.
func TestBrokenAtStart(t *testing.T) {
	storetest.OfSQLite(t)
	w := newWorld(t)
	q := upload("x.txt", "Nobody knows when the mill was built.")
	q.Replace = "mill"
	w.put("1", q)
	w.put("1", upload("harbor.txt", "The harbor has nine cranes."))
	w.put("2", upload("tower.txt", "The tower leans."))
	w.close()
	damage(t, w.dir, "Nobody knows")
	w.open()
	w.want("1", "ferry harbor")
	w.want("2", "ferry mill tower")
	if st := w.Status("1"); len(st.Problems) != 1 || !strings.Contains(st.Problems[0], "mill") || st.Own != 2 {
		t.Errorf("%+v", st)
	}
	if i, ok := w.About("1", "mill"); !ok || !i.Broken {
		t.Errorf("%+v", i)
	}
	if _, _, err := w.Undo(t.Context(), "1", 0, ada); err != nil {
		t.Error(err)
	}
	if _, _, err := w.Undo(t.Context(), "1", 0, ada); err != nil {
		t.Error(err)
	}
	w.want("1", "ferry mill")
	if st := w.Status("1"); len(st.Problems) != 0 {
		t.Errorf("mended, and still told: %q", st.Problems)
	}
}

// damage changes a byte of a text in the database's file.
func damage(t *testing.T, dir, text string) {
	t.Helper()
	file := filepath.Join(dir, "pilcrow.db")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	i := strings.Index(string(data), text)
	if i < 0 {
		t.Fatal("the text is not in the file")
	}
	for ; i >= 0; i = strings.Index(string(data), text) {
		data[i] ^= 1
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
