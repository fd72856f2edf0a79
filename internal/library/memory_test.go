package library

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/article/articletest"
	"pilcrow/internal/budget"
	"pilcrow/internal/rag/ask"
)

const tightPassages = 40 // of a document in these tests

// speeches is a document of so many paragraphs, another one for each server.
func speeches(name string, server, passages int) Request {
	return upload(name+".md", string(articletest.Worst()[0].Text(passages, server)))
}

// tight is a world whose memory holds the documents of some servers with one of tightPassages each, and not those of
// many.
func tight(t *testing.T) (w *world, size ask.Size) {
	t.Helper()
	w = newWorld(t)
	text := articletest.Worst()[0].Text(tightPassages, 1)
	size = w.Library.config.Shared.Estimate(int64(len(text)), tightPassages)
	w.memory = (w.Library.config.Shared.Edition().Bytes(nil) + 4*(size.Kept+size.Passing)) * 8 / 5
	w.restart()
	return w, size
}

func (w *world) inMemory() (ids []string) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	for id, s := range w.servers {
		if s.engine != nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Many servers have documents, more than memory holds: each answers from its own when it is asked, who was asked last
// stays, and what is held never passes the room.
func TestLastUsedLeavesFirst(t *testing.T) {
	w, _ := tight(t)
	const servers = 20
	digests := map[string]string{}
	for n := range servers {
		id := fmt.Sprint(n + 1)
		w.put(id, speeches("speeches", n+1, tightPassages))
		digests[id] = w.Engine(id).Edition().Corpus.Digest()
	}
	if n := len(w.inMemory()); n == 0 || n >= servers/2 {
		t.Fatalf("%d servers are in memory", n)
	}
	for _, id := range []string{"3", "17", "3", "1", "20"} {
		if got := w.Engine(id).Edition().Corpus.Digest(); got != digests[id] {
			t.Errorf("server %s has another edition than before", id)
		}
	}
	for _, id := range []string{"3", "1", "20"} {
		if !slices.Contains(w.inMemory(), id) {
			t.Errorf("server %s was asked just now and left; %v are in memory", id, w.inMemory())
		}
	}
	if st := w.Status("2"); !st.Asleep || st.Documents != 3 || st.Own != 1 || len(st.Problems) > 0 {
		t.Errorf("of a server that is not in memory: %+v", st)
	}
	w.restart()
	if len(w.inMemory()) > 0 {
		t.Error("documents are loaded before anybody asks")
	}
	if got := w.Engine("7").Edition().Corpus.Digest(); got != digests["7"] {
		t.Error("another edition after a restart")
	}
	if u := w.Library.config.Budget.Use(); u.Most > u.Room {
		t.Errorf("%+v", u)
	}
}

// Who holds documents keeps them, and who finds no room is told so; when they are let go, there is room again.
func TestHeldStays(t *testing.T) {
	w, _ := tight(t)
	const servers = 12
	for n := range servers {
		w.put(fmt.Sprint(n+1), speeches("speeches", n+1, tightPassages))
	}
	var releases []func()
	crowded := ""
	for n := range servers {
		id := fmt.Sprint(n + 1)
		ctx, cancel := context.WithTimeout(t.Context(), 2*roomPatience)
		_, release, err := w.Hold(ctx, id)
		cancel()
		if err != nil {
			if crowded = id; !errors.Is(err, budget.ErrCrowded) && !errors.Is(err, ErrLoading) {
				t.Fatal(err)
			}
			break
		}
		releases = append(releases, release)
	}
	if len(releases) == 0 || crowded == "" {
		t.Fatalf("%d hold their documents at once", len(releases))
	}
	for n := range releases {
		if id := fmt.Sprint(n + 1); !slices.Contains(w.inMemory(), id) {
			t.Errorf("server %s left while it was held", id)
		}
	}
	for _, release := range releases {
		release()
		release() // again it does nothing
	}
	if _, release, err := w.Hold(t.Context(), crowded); err != nil {
		t.Error("after the others let go:", err)
	} else {
		release()
	}
}

// What does not fit is refused at the preview, with both sizes, and leaves nothing in memory.
func TestTooLargeForMemory(t *testing.T) {
	w, size := tight(t)
	before := w.Library.config.Budget.Use().Held
	_, err := w.Propose(t.Context(), "1", speeches("large", 1, 10*tightPassages), ada)
	large, ok := errors.AsType[*budget.TooLarge](err)
	if !ok || large.Need < 8*size.Kept || large.Most != w.Library.config.Budget.Share() {
		t.Fatalf("%v", err)
	}
	p, err := w.Propose(t.Context(), "1", speeches("small", 1, tightPassages), ada)
	if err != nil {
		t.Fatal(err)
	}
	if w.Library.config.Budget.Use().Held <= before {
		t.Error("a preview takes nothing")
	}
	if err := w.Cancel("1", p.ID, ada); err != nil {
		t.Fatal(err)
	}
	if held := w.Library.config.Budget.Use().Held; held != before {
		t.Errorf("%d bytes are held after all is canceled, before it were %d", held, before)
	}
	w.put("1", speeches("small", 1, tightPassages))
	if _, _, err := w.Remove(t.Context(), "1", "small", ada); err != nil {
		t.Fatal(err)
	}
	if held := w.Library.config.Budget.Use().Held; held != before {
		t.Errorf("%d bytes are held after all is removed, before it were %d", held, before)
	}
}

// A server that comes to a smaller machine has those of its documents that fit; the others are named, keep their place,
// and can be removed.
func TestSmallerMachine(t *testing.T) {
	w, _ := tight(t)
	tightly := w.memory
	w.memory = 0
	w.restart()
	w.put("1", speeches("large", 1, 10*tightPassages))
	w.put("1", speeches("larger", 2, 10*tightPassages))
	w.put("1", speeches("small", 3, tightPassages/4))
	w.memory = tightly
	w.restart()
	w.want("1", "ferry mill small")
	st := w.Status("1")
	if len(st.Problems) != 2 || !strings.Contains(st.Problems[0], "large: it needs about") ||
		!strings.Contains(st.Problems[0], "PILCROW_MEMORY") {
		t.Errorf("%q", st.Problems)
	}
	if _, _, err := w.Remove(t.Context(), "1", "large", ada); err != nil {
		t.Error(err)
	}
	if _, _, err := w.Undo(t.Context(), "1", 0, ada); err == nil {
		t.Error("what does not fit came back")
	}
	w.want("1", "ferry mill small")
}

// another is a model that has made no vectors yet.
type another struct{ *failing }

func (another) Model() string { return "another" }

// While documents are loaded a question waits a little, then is told; the load goes on. Other servers do not wait for
// it.
func TestLoading(t *testing.T) {
	f := &failing{}
	w := newWorld(t)
	w.put("1", upload("harbor.txt", "The harbor has nine cranes."))
	w.put("2", upload("pier.txt", "The pier is long."))
	f.Embedder, w.embed = w.embed, another{f}
	w.restart()
	w.want("2", "ferry mill pier")
	f.hold, f.in = make(chan struct{}), make(chan struct{}, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := w.Hold(ctx, "1"); !errors.Is(err, ErrLoading) {
		t.Fatalf("%v", err)
	}
	<-f.in
	w.want("2", "ferry mill pier")
	var wait sync.WaitGroup
	wait.Go(func() { w.want("1", "ferry harbor mill") })
	close(f.hold)
	wait.Wait()
}
