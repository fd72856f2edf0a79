package watch

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A place is a folder that exists in the test alone.
type place struct {
	mu   sync.Mutex
	what byte
}

func (p *place) set(what byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = what
}

func (p *place) look() look {
	p.mu.Lock()
	defer p.mu.Unlock()
	return look{sum: [32]byte{p.what}}
}

// watched runs a watcher in a bubble's time. Each call of Changed is told with when it came, since the start.
func watched(t *testing.T, p *place, changed func(n int) bool) (n *notifier, calls func() []time.Duration,
	stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	began := time.Now()
	var mu sync.Mutex
	var at []time.Duration
	w := New(Config{Dir: t.TempDir(), Changed: func(context.Context) bool {
		mu.Lock()
		at = append(at, time.Since(began))
		count := len(at)
		mu.Unlock()
		return changed != nil && changed(count)
	}})
	w.look = p.look
	w.seen = p.look().sum
	n = &notifier{logger: slog.New(slog.DiscardHandler), touched: make(chan struct{}, 1)}
	var wait sync.WaitGroup
	wait.Go(func() { w.run(ctx, n) })
	return n, func() []time.Duration {
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			return append([]time.Duration{}, at...)
		}, func() {
			cancel()
			wait.Wait()
		}
}

func same(t *testing.T, got []time.Duration, want ...time.Duration) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("called at %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("called at %v, want %v", got, want)
		}
	}
}

// A change is told once, two seconds after the last of what belongs to it; a folder that does not change is never told
// of.
func TestQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p place
		n, calls, stop := watched(t, &p, nil)
		defer stop()
		time.Sleep(time.Hour)
		n.touched <- struct{}{} // a notification without a change: another program read it
		time.Sleep(time.Minute)
		same(t, calls())
		began := time.Hour + time.Minute
		p.set(1)
		n.touched <- struct{}{}
		time.Sleep(time.Second)
		p.set(2) // the second piece
		time.Sleep(time.Minute)
		same(t, calls(), began+gap+2*DefaultQuiet)
		time.Sleep(time.Hour)
		same(t, calls(), began+gap+2*DefaultQuiet)
	})
}

// Without a notification a change is found by looking, and one that is taken back in time is none.
func TestPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p place
		_, calls, stop := watched(t, &p, nil)
		defer stop()
		time.Sleep(time.Second)
		p.set(1)
		time.Sleep(time.Second)
		p.set(0)
		time.Sleep(time.Minute)
		same(t, calls())
		p.set(1)
		time.Sleep(DefaultOften + DefaultQuiet)
		if got := calls(); len(got) != 1 {
			t.Errorf("called at %v", got)
		}
	})
}

// A folder that never comes to rest is told of all the same, now and then.
func TestRestless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p place
		_, calls, stop := watched(t, &p, nil)
		defer stop()
		for n := range 130 {
			p.set(byte(n % 128))
			time.Sleep(time.Second)
		}
		got := calls()
		if len(got) < 3 || len(got) > 5 {
			t.Errorf("in 130 s of changes, called at %v", got)
		}
	})
}

// What fails for a passing reason is tried again with growing waits; a change ends the waiting.
func TestAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p place
		_, calls, stop := watched(t, &p, func(n int) bool { return n < 4 })
		defer stop()
		p.set(1)
		time.Sleep(time.Hour)
		got := calls()
		if len(got) != 4 {
			t.Fatalf("called at %v", got)
		}
		for i, want := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
			if d := got[i+1] - got[i]; d < want || d > want+DefaultOften {
				t.Errorf("wait %d: %v, want %v", i, d, want)
			}
		}
	})
}

// watchReal runs a watcher over a folder of this machine, with its notifications.
func watchReal(t *testing.T, dir string) (changed <-chan struct{}) {
	t.Helper()
	calls := make(chan struct{}, 100)
	w := New(Config{Dir: dir, Quiet: 30 * time.Millisecond, Poll: 100 * time.Millisecond, Often: 50 * time.Millisecond,
		Changed: func(context.Context) bool { calls <- struct{}{}; return false }})
	ctx, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() { w.Run(ctx) })
	t.Cleanup(func() { cancel(); wait.Wait() })
	return calls
}

func await(t *testing.T, changed <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-changed:
	case <-time.After(time.Minute):
		t.Fatalf("not seen: %s", what)
	}
}

// Everything that happens to a folder of documents is seen: files written, renamed, removed, in folders that came
// later, and the folder itself replaced.
func TestRealFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "docs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	changed := watchReal(t, dir)
	write := func(name, text string) func() error {
		return func() error { return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600) }
	}
	rename := func(from, to string) func() error {
		return func() error { return os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)) }
	}
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"a file", write("a.md", "one")},
		{"a file that changes", write("a.md", "two, longer")},
		{"a file that is renamed over, as editors do", func() error {
			return errors.Join(write(".a.md.swp", "three, even longer")(), rename(".a.md.swp", "a.md")())
		}},
		{"a folder", func() error {
			return errors.Join(os.Mkdir(filepath.Join(dir, "deep"), 0o700), write("deep/b.md", "b")())
		}},
		{"a file in a new folder", write("deep/b.md", "bb")},
		{"a file that goes", func() error { return os.Remove(filepath.Join(dir, "deep", "b.md")) }},
		{"the folder goes", func() error { return os.Rename(dir, dir+"-old") }},
		{"another comes", func() error { return errors.Join(os.Mkdir(dir, 0o700), write("c.md", "c")()) }},
		{"a file in the other", write("c.md", "ccc")},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		await(t, changed, step.what)
	}
}

// What editors and other programs keep hidden is not looked at.
func TestHiddenFilesAreNoChange(t *testing.T) {
	dir := t.TempDir()
	before := lookAt(dir)
	for _, name := range []string{".a.md.swp", ".git/index", ".originals/a.pdf"} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("x"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if lookAt(dir).sum != before.sum {
		t.Error("hidden files change the look")
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "a.md")); err != nil {
		t.Skip(err)
	}
	if lookAt(dir).sum == before.sum {
		t.Error("a link is not seen")
	}
}

// BenchmarkLook is what a look at 1,000 files costs.
func BenchmarkLook(b *testing.B) {
	dir := b.TempDir()
	for n := range 1000 {
		if err := os.WriteFile(filepath.Join(dir, "document-"+string(rune('a'+n%26))+time.Duration(n).String()+".md"), nil,
			0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		lookAt(dir)
	}
}
