package library

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
)

const (
	stormSet    = "PILCROW_LIBRARY_STORM" // so many reloads, under a thousand times as many questions
	stormRounds = 12
	askers      = 4
	perRound    = 100 // questions, in a normal run
)

// A shelf is a folder that changes while it is read, as a whole.
type shelf struct {
	mu    sync.Mutex
	files fstest.MapFS
	bad   bool // one of its files cannot be read
}

var errDisk = errors.New("input/output error")

func (s *shelf) load() (*article.Corpus, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bad {
		return article.Load(unreadable{s.files})
	}
	return article.Load(s.files)
}

func (s *shelf) set(files fstest.MapFS, bad bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files, s.bad = files, bad
}

type unreadable struct{ fstest.MapFS }

func (u unreadable) Open(name string) (fs.File, error) {
	if name == "ferry.txt" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errDisk}
	}
	return u.MapFS.Open(name)
}

// A registry knows what each edition holds that ever served, and its place in time.
type registry struct {
	mu       sync.Mutex
	editions map[string]edition
}

type edition struct {
	corpus *article.Corpus
	at     int
}

func (r *registry) put(t *testing.T, files fstest.MapFS, at int) {
	t.Helper()
	corpus, err := article.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.editions[corpus.Digest()] = edition{corpus, at}
}

func (r *registry) find(digest string) (edition, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.editions[digest]
	return e, ok
}

// tower is the shared document that each good reload changes.
func tower(n int) fstest.MapFS {
	return fstest.MapFS{"ferry.txt": {Data: []byte(ferry)},
		"tower.txt": {Data: fmt.Appendf(nil, "The tower of Orrin leans by %d degrees.\n\nIt was measured by Anna Berg on "+
			"day %d.", n, n)}}
}

// with adds what a server has of its own.
func with(files fstest.MapFS, n int) fstest.MapFS {
	files = maps.Clone(files)
	files["crane.txt"] = &fstest.MapFile{Data: fmt.Appendf(nil, "The crane of Orrin lifts %d tons.", n)}
	return files
}

// Documents are reloaded again and again, a third of the times in vain, and a server's own are replaced, while
// questions are asked: none fails, each is answered from one edition, and what was taken away when it was asked is not
// in the answer.
func TestStorm(t *testing.T) {
	rounds, questions := stormRounds, stormRounds*perRound
	if n, err := strconv.Atoi(os.Getenv(stormSet)); err == nil {
		rounds, questions = n, 1000*n
	}
	books := &shelf{files: tower(0)}
	known := &registry{editions: map[string]edition{}}
	embedder := &failing{}
	w := newWorld(t, func(w *world) { embedder.Embedder, w.embed, w.load = w.embed, embedder, books.load })
	known.put(t, tower(0), 0)
	known.put(t, with(tower(0), 0), 0)
	w.put("1", upload("crane.txt", "The crane of Orrin lifts 0 tons."))

	var now atomic.Int64 // of the last change that was told to be done
	var asked, wrong atomic.Int64
	var wait sync.WaitGroup
	ask := func(server, question string) {
		began := now.Load()
		a, err := w.Engine(server).Ask(t.Context(), ask.Query{Text: question})
		e, ok := known.find(a.Edition)
		switch {
		case err != nil || a.Outcome != ask.Answered || len(a.Cited) == 0:
			t.Errorf("%q failed: %v %+v", question, err, a)
		case !ok:
			t.Errorf("%q was answered from an edition that there never was: %+v", question, a)
		case e.at < int(began):
			t.Errorf("%q was answered from change %d after %d was done: %s", question, e.at, began, a.Text)
		default:
			for _, p := range a.Cited {
				if is, ok := e.corpus.Passage(p.Ref); !ok || is.Text != p.Text {
					t.Errorf("%q: %v is not in the edition: %q", question, p.Ref, p.Text)
				}
			}
			for _, s := range a.Sentences {
				if p, _ := e.corpus.Passage(s.Citations[0]); !strings.Contains(p.Text, s.Text) {
					t.Errorf("%q: %q is not in %v", question, s.Text, p.Ref)
				}
			}
			return
		}
		wrong.Add(1)
	}
	step := make(chan struct{}) // a reload begins when its share of the questions was asked
	for n := range askers {
		wait.Go(func() {
			for i := n; i < questions; i += askers {
				switch i % 3 {
				case 0:
					ask("", "By how many degrees does the tower lean?")
				case 1:
					ask("1", "By how many degrees does the tower lean?")
				default:
					ask("1", "How many tons does the crane lift?")
				}
				if asked.Add(1)%int64(max(1, questions/rounds)) == 0 {
					step <- struct{}{}
				}
			}
		})
	}
	good, bad, last := 0, 0, 0
	for n := 1; n <= rounds; n++ {
		<-step
		switch n % 3 {
		case 0: // in vain
			bad++
			files := tower(n)
			books.set(fstest.MapFS{}, false)
			if n%2 == 0 {
				books.set(files, true)
			}
			if _, err := w.Renew(t.Context(), nil); err == nil {
				t.Errorf("reload %d went well", n)
			}
			books.set(tower(last), false)
		case 1: // the shared documents
			good++
			embedder.fail.Store(n%2 == 0) // the words answer meanwhile
			known.put(t, tower(n), n)
			known.put(t, with(tower(n), last), n)
			books.set(tower(n), false)
			if r, err := w.Renew(t.Context(), nil); err != nil || !r.Changed {
				t.Errorf("reload %d: %+v, %v", n, r, err)
			}
			// The server's own document is replaced with the same number, so that one number tells the state.
			known.put(t, with(tower(n), n), n)
			w.replaceCrane(n)
			last = n
			now.Store(int64(n))
			embedder.fail.Store(false)
		default: // the server's own, and back
			good++
			known.put(t, with(tower(last), -n), last)
			w.replaceCrane(-n)
			if _, _, err := w.Undo(t.Context(), "1", 0, ada); err != nil {
				t.Error(err)
			}
		}
		if t.Failed() {
			break
		}
	}
	var rest sync.WaitGroup
	rest.Go(func() {
		for range step { // nobody needs to wait any more
		}
	})
	wait.Wait()
	close(step)
	rest.Wait()
	t.Logf("%d questions, %d good and %d bad reloads, %d wrong", asked.Load(), good, bad, wrong.Load())
}

func (w *world) replaceCrane(n int) {
	q := upload("crane.txt", fmt.Sprintf("The crane of Orrin lifts %d tons.", n))
	q.Replace = "crane"
	w.put("1", q)
}
