package library

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/intake"
	"pilcrow/internal/rag/ask"
)

// cluster is three libraries on one database, as three processes have them.
func cluster(t *testing.T, change ...func(*world)) [3]*world {
	t.Helper()
	var all [3]*world
	dir := t.TempDir()
	for i := range all {
		all[i] = newWorld(t, append(change, func(w *world) { w.dir, w.config.Cluster = dir, true })...)
	}
	return all
}

// catchUp has them take over what the others changed.
func catchUp(t *testing.T, all ...*world) {
	t.Helper()
	for _, w := range all {
		if err := w.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// What one process changes, the others answer from: documents that come, change, go, are hidden and put back, scopes
// and settings, and what is deleted for good. Whether they have the server's documents in memory makes no difference.
func TestFollow(t *testing.T) {
	all := cluster(t)
	one, two, cold := all[0], all[1], all[2]
	ctx := t.Context()
	step := func(what string, err error, sees, says string) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		catchUp(t, one, two)
		for i, w := range []*world{one, two} {
			if got := w.sees("7"); got != sees {
				t.Errorf("%s: process %d sees %s, want %s", what, i+1, got, sees)
			}
			if got := strings.TrimSpace(w.text("7", "tower")); got != says {
				t.Errorf("%s: process %d has %q, want %q", what, i+1, got, says)
			}
		}
		catchUp(t, cold)
		if want := one.Fingerprint("7"); cold.Fingerprint("7") != want || two.Fingerprint("7") != want {
			t.Errorf("%s: the fingerprints differ", what)
		}
	}
	one.put("7", upload("tower.txt", "The tower is 40 metres high."))
	step("added", nil, "ferry mill tower", "The tower is 40 metres high.")
	two.put("7", Request{File: upload("tower.txt", "The tower is 50 metres high.").File, Replace: "tower"})
	step("replaced", nil, "ferry mill tower", "The tower is 50 metres high.")
	one.put("7", upload("pier.txt", "The pier is of oak."))
	step("one more", nil, "ferry mill pier tower", "The tower is 50 metres high.")
	_, _, err := two.Remove(ctx, "7", "mill", bob)
	step("hidden", err, "ferry pier tower", "The tower is 50 metres high.")
	_, _, err = one.Remove(ctx, "7", "tower", ada)
	step("removed", err, "ferry pier", "")
	_, _, err = two.Undo(ctx, "7", 0, bob)
	step("put back", err, "ferry pier tower", "The tower is 50 metres high.")
	step("tied", one.SetScope(ctx, "7", "", []string{"pier"}, ada), "ferry pier tower", "The tower is 50 metres high.")
	if got := fmt.Sprint(two.Scope("7", nil), cold.Scope("7", nil)); got != "[pier] [pier]" {
		t.Errorf("tied to %s", got)
	}
	step("untied", two.SetScope(ctx, "7", "", nil, ada), "ferry pier tower", "The tower is 50 metres high.")
	if got := one.Scope("7", nil); got != nil {
		t.Errorf("tied to %v", got)
	}
	if got := two.sees("8"); got != "ferry mill" {
		t.Errorf("another server sees %s", got)
	}
	if _, err := one.store.Forget(ctx, bob.ID); err != nil {
		t.Fatal(err)
	}
	step("a name forgotten", nil, "ferry pier tower", "The tower is 50 metres high.")
	if about, _ := two.About("7", "mill"); about.By.ID != "" {
		t.Errorf("it is known that %v hid it", about.By)
	}
	step("all deleted", two.Drop(ctx, "7"), "ferry mill", "")
	if got := cold.sees("7"); got != "ferry mill" {
		t.Errorf("the cold one sees %s", got)
	}
	if edits, err := one.store.Edits(ctx); err != nil || one.Edit() != edits || cold.Edit() != edits {
		t.Errorf("edit %d and %d of %d, %v", one.Edit(), cold.Edit(), edits, err)
	}
}

// An admin at a process that has not heard of a change yet changes what is there, and not what was: limits, previews
// and undoing know of it.
func TestChangeBeforeNews(t *testing.T) {
	all := cluster(t)
	one, two := all[0], all[1]
	one.put("7", upload("tower.txt", "The tower is 40 metres high."))
	preview := func(w *world, text string) string {
		t.Helper()
		p, err := w.Propose(t.Context(), "7", Request{File: upload("tower.txt", text).File, Replace: "tower"}, ada)
		if err != nil {
			t.Fatal(err)
		}
		return p.ID
	}
	catchUp(t, two)
	mine, theirs := preview(one, "The tower is 50 metres high."), preview(two, "The tower is 60 metres high.")
	if _, _, err := one.Confirm(t.Context(), "7", mine, ada, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := two.Confirm(t.Context(), "7", theirs, ada, nil); !errors.Is(err, ErrChanged) {
		t.Errorf("%v, want %v", err, ErrChanged)
	}
	if got := two.text("7", "tower"); got != "The tower is 50 metres high.\n" {
		t.Errorf("it has %q", got)
	}
	one.put("7", upload("pier.txt", "The pier is of oak."))
	two.put("7", upload("quay.txt", "The quay is of stone.")) // knows nothing of the pier
	if got := two.sees("7"); got != "ferry mill pier quay tower" {
		t.Errorf("it sees %s", got)
	}
	two.put("9", upload("rope.txt", "The rope is of hemp.")) // of a server that had nothing
	if got := one.put("9", upload("sail.txt", "The sail is of flax.")); got.Slug != "sail" {
		t.Errorf("%+v", got)
	}
	if got := one.sees("9"); got != "ferry mill rope sail" {
		t.Errorf("it sees %s", got)
	}
}

// What one process took away is not seen at another that cannot build the edition just now: it is loaded anew when
// somebody asks.
func TestFollowWithoutRoom(t *testing.T) {
	all := cluster(t)
	one, two := all[0], all[1]
	one.put("7", upload("tower.txt", "The tower is 40 metres high."))
	one.put("7", upload("pier.txt", "The pier is of oak."))
	catchUp(t, two)
	if got := two.sees("7"); got != "ferry mill pier tower" {
		t.Fatalf("it sees %s", got)
	}
	if _, _, err := one.Remove(t.Context(), "7", "tower", ada); err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context()) // nothing can be built
	end()
	s := two.server("7")
	chosen, err := two.store.Chosen(t.Context(), "7")
	if err != nil {
		t.Fatal(err)
	}
	next, kept := merge(s.own, s.documents, chosen.Documents)
	if err := two.renewTo(ended, s, next, kept); err == nil {
		t.Fatal("it was built")
	}
	two.mu.Lock()
	two.unload(s)
	two.mu.Unlock()
	if two.Library.Engine("7").Edition() != nil {
		t.Error("something is seen")
	}
	catchUp(t, two)
	if got := two.sees("7"); got != "ferry mill pier" {
		t.Errorf("it sees %s", got)
	}
}

// While documents change at one process, every question at another is answered from one edition: what an answer says is
// what stands in the paragraphs that it cites, and in those beside them.
func TestFollowWhileAsked(t *testing.T) {
	all := cluster(t)
	one, two := all[0], all[1]
	const first, last = 100, 112
	say := func(n int) *intake.File {
		text := fmt.Sprintf("The tower is %d metres high.\n\nThe mast beside it has %d metres.", n, n)
		return upload("tower.txt", text).File
	}
	one.put("7", Request{File: say(first)})
	catchUp(t, two)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	following, end := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { two.Follow(following) })
	asked := make(chan error, 1)
	go func() { asked <- askUntil(ctx, two, fmt.Sprint(last)) }() // it is waited for below
	for n := first + 1; n <= last; n++ {
		one.put("7", Request{File: say(n), Replace: "tower"})
	}
	if err := <-asked; err != nil {
		t.Error(err)
	}
	end()
	work.Wait()
}

// askUntil asks how high the tower is until an answer has that number.
func askUntil(ctx context.Context, w *world, number string) error {
	numbers := regexp.MustCompile(`\d+`)
	for {
		engine, release, err := w.Hold(ctx, "7")
		if err != nil {
			return err
		}
		a, err := engine.Ask(ctx, ask.Query{Text: "How high is the tower?", Extract: true})
		release()
		if err != nil {
			return err
		}
		text := ""
		for _, s := range a.Sentences {
			text += s.Text + "\n"
		}
		for _, p := range a.Cited {
			text += p.Text + "\n"
		}
		found := numbers.FindAllString(text, -1)
		slices.Sort(found)
		if found = slices.Compact(found); len(found) != 1 {
			return fmt.Errorf("an answer of two editions, or of none: %q", text)
		}
		if found[0] == number {
			return nil
		}
	}
}
