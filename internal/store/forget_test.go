package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/internal/store/storetest"
)

const (
	crowd     = 60 // people who press at once
	crowdSet  = "PILCROW_STORE_VOTES"
	crowdRows = 5_000     // votes, unless that is set: 50,000 is what a server may have
	crowdID   = "71%016d" // of one of them
)

// fillVotes stores votes of many people, with comments, in an order that splits pages of every index.
func fillVotes(t testing.TB, s *Store, votes int) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	err := s.transact(t.Context(), "fill", func(tx *sql.Tx) error {
		for n := range votes {
			person := fmt.Sprintf(crowdID, n%400)
			_, err := tx.Exec(`INSERT INTO votes (server, answer, person, up, reason, comment, cites, at) VALUES (?, ?, ?, `+
				`FALSE, 'wrong', ?, ?, ?)`,
				strconv.Itoa(n%3), fmt.Sprintf("%012x", random.Int64N(1<<48)), s.person(person),
				"A comment of "+person+", as long as most are.",
				"a-document#4 a-document#7", evening.Unix()+int64(n))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func manyVotes() int {
	if n, err := strconv.Atoi(os.Getenv(crowdSet)); err == nil {
		return n
	}
	return crowdRows
}

func intact(t *testing.T, s *Store) {
	t.Helper()
	if s.pg != nil {
		return // it looks after its files itself
	}
	var result string
	if err := s.read.QueryRow("PRAGMA integrity_check").Scan(&result); err != nil || result != "ok" {
		t.Errorf("integrity: %s, %v", result, err)
	}
}

// Many press at once, and an admin adds a document in the middle: all of it is done, everybody is told what was theirs,
// and no file holds anything of it.
func TestManyForgetAtOnce(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	votes := manyVotes()
	fillVotes(t, s, votes)
	var wait sync.WaitGroup
	var slowest atomic.Int64
	took := func(what string, began time.Time) {
		d := time.Since(began)
		for was := slowest.Load(); int64(d) > was && !slowest.CompareAndSwap(was, int64(d)); was = slowest.Load() {
		}
		if what != "" {
			t.Logf("%s took %v", what, d)
		}
	}
	for n := range crowd {
		wait.Go(func() {
			began := time.Now()
			f, err := s.Forget(t.Context(), fmt.Sprintf(crowdID, n))
			took("", began)
			want := votes / 400
			if n < votes%400 {
				want++
			}
			if err != nil || f != (Forgotten{Votes: want}) {
				t.Errorf("%d: %+v, %v; want %d votes", n, f, err, want)
			}
		})
		if n == crowd/2 {
			wait.Go(func() {
				began := time.Now()
				_, err := s.Apply(t.Context(), Edit{Server: "1", At: evening, ByID: "5", ByName: "Ann", Action: "add", Slug: "new",
					Content: &Content{State: State{Path: "new.md", Title: "New"}, TextData: []byte("New."), Data: []byte("New.")}})
				took("the add", began)
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
	t.Logf("%d votes: the slowest took %v", votes, time.Duration(slowest.Load()))
	for n := range crowd {
		if found := traces(t, dir, fmt.Sprintf(crowdID, n)); found != nil {
			t.Fatalf("%d is in %v", n, found)
		}
		if found := traces(t, dir, string(s.person(fmt.Sprintf(crowdID, n)))); found != nil {
			t.Fatalf("the hash of %d is in %v", n, found)
		}
	}
	if left, err := s.Votes(t.Context(), "1", time.Unix(0, 0)); err != nil || left.Down == 0 {
		t.Errorf("of the others: %+v, %v", left, err)
	}
	intact(t, s)
}

// Whose data are not there, and never were, costs nothing that is written.
func TestForgetNobody(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fillVotes(t, s, 500)
	before := contents(t, dir)
	for _, person := range []string{"998877665544332211", "123456789012345678"} {
		if f, err := s.Forget(t.Context(), person); err != nil || f != (Forgotten{}) {
			t.Errorf("%+v, %v", f, err)
		}
	}
	for name, content := range contents(t, dir) {
		if !strings.HasSuffix(name, "-shm") && !bytes.Equal(content, before[name]) {
			t.Errorf("%s was written", name)
		}
	}
}

func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if all[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// A wish that was fulfilled leaves its id in the log and in moved copies: it is found there, although no row has it any
// more.
func TestForgetWhatIsInNoRow(t *testing.T) {
	storetest.OfSQLite(t)
	const person = "998877665544332211"
	dir := t.TempDir()
	s := open(t, dir)
	for n := range 60 {
		who := fmt.Sprintf(crowdID, n)
		if n%3 == 0 {
			who = person
		}
		id := report(t, s, "1", fmt.Sprint("Question ", n), who, evening.Add(time.Duration(n)*48*time.Hour))
		if err := s.Wish(t.Context(), "1", id, Wish{who, "de"}, evening); err != nil && !errors.Is(err, ErrTooMany) {
			t.Fatal(err)
		}
	}
	if _, err := s.write.Exec("DELETE FROM wishes WHERE person = ?", person); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.Exec("DELETE FROM reports WHERE person = ?", s.person(person)); err != nil {
		t.Fatal(err)
	}
	if len(traces(t, dir, person)) == 0 {
		t.Fatal("there is nothing to find")
	}
	if f, err := s.Forget(t.Context(), person); err != nil || f != (Forgotten{}) {
		t.Errorf("%+v, %v", f, err)
	}
	if found := traces(t, dir, person); found != nil {
		t.Errorf("it is in %v", found)
	}
	intact(t, s)
}

// While somebody reads the file for long, the data are deleted, it is said that the log still holds them, and Sweep
// finishes.
func TestForgetWhileABackupReads(t *testing.T) {
	storetest.OfSQLite(t)
	const person = "998877665544332211"
	dir := t.TempDir()
	s := open(t, dir)
	id := report(t, s, "1", "Who paints?", person, evening)
	if err := s.Wish(t.Context(), "1", id, Wish{person, "de"}, evening); err != nil {
		t.Fatal(err)
	}
	reader, err := connect(filepath.Join(dir, FileName), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	tx, err := reader.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM wishes").Scan(&n); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	f, err := s.Forget(t.Context(), person)
	if err != nil || f != (Forgotten{Questions: 1, Wishes: 1, Lingers: true}) {
		t.Errorf("%+v, %v", f, err)
	}
	if lingers, err := s.Lingering(t.Context()); !lingers || err != nil {
		t.Error(lingers, err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if lingers, err := s.Lingering(t.Context()); lingers || err != nil {
		t.Error(lingers, err)
	}
	if found := traces(t, dir, person); found != nil {
		t.Errorf("it is in %v", found)
	}
}

// Who no longer waits is served all the same, and so are those behind.
func TestForgetThoughNobodyWaits(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fillVotes(t, s, 800)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Forget(ctx, fmt.Sprintf(crowdID, 1)); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if f, err := s.Forget(t.Context(), fmt.Sprintf(crowdID, 2)); err != nil || f.Votes != 2 {
		t.Errorf("%+v, %v", f, err)
	}
	if found := traces(t, dir, fmt.Sprintf(crowdID, 1)); found != nil {
		t.Errorf("it is in %v", found)
	}
}

// One deletion runs at a time, and those who come meanwhile are served together.
func TestOneDeletionAtATime(t *testing.T) {
	var q eraser
	var running, batches atomic.Int64
	begun, hold := make(chan struct{}), make(chan struct{})
	erase := func(batch []*erasure) {
		if running.Add(1) != 1 {
			t.Error("two at a time")
		}
		if batches.Add(1) == 1 {
			close(begun)
			<-hold
		}
		running.Add(-1)
	}
	all := make([]*erasure, 1+maxErased)
	for i := range all {
		all[i] = &erasure{done: make(chan struct{})}
		q.add(all[i], erase)
		if i == 0 {
			<-begun
		}
	}
	close(hold)
	for _, e := range all {
		<-e.done
	}
	q.work.Wait()
	if n := batches.Load(); n != 2 || q.working || len(q.waiting) != 0 {
		t.Errorf("%d batches; %+v", n, q.waiting)
	}
}

// A page is read by the file format's rules, and one that breaks them is refused: nothing of it is overwritten.
func TestUnused(t *testing.T) {
	storetest.OfSQLite(t)
	page := func(kind byte, cells, content uint16, rest ...byte) []byte {
		p := make([]byte, 64)
		p[0] = kind
		binary.BigEndian.PutUint16(p[3:], cells)
		binary.BigEndian.PutUint16(p[5:], content)
		copy(p[8:], rest)
		return p
	}
	for _, test := range []struct {
		name     string
		page     []byte
		gap      extent
		children []uint32
		bad      bool
	}{
		{"an empty leaf", page(leafTable, 0, 64), extent{8, 64}, nil, false},
		{"a leaf of two", page(leafIndex, 2, 40, 0, 40, 0, 50), extent{12, 40}, nil, false},
		{"a full leaf", page(leafTable, 4, 16), extent{16, 16}, nil, false},
		{"one above others", page(interiorTable, 1, 60, 0, 0, 0, 9, 0, 60), extent{14, 60}, []uint32{0, 9}, false},
		{"content before the list ends", page(leafTable, 9, 25), extent{}, nil, true},
		{"content behind the end", page(leafTable, 0, 65), extent{}, nil, true},
		{"content at 65,536 in a small page", page(leafTable, 0, 0), extent{}, nil, true},
		{"a cell in the gap", page(interiorIndex, 1, 60, 0, 0, 0, 9, 0, 20), extent{}, nil, true},
		{"a cell over the end", page(interiorIndex, 1, 60, 0, 0, 0, 9, 0, 61), extent{}, nil, true},
		{"an overflow page", page(0, 0, 64), extent{}, nil, true},
		{"too short", []byte{leafTable, 0, 0}, extent{}, nil, true},
	} {
		gap, children, err := unused(test.page)
		if gap != test.gap || fmt.Sprint(children) != fmt.Sprint(test.children) || (err != nil) != test.bad ||
			test.bad && !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, %v, %v", test.name, gap, children, err)
		}
	}
}

func FuzzUnused(f *testing.F) {
	f.Add([]byte{leafTable, 0, 0, 0, 1, 0, 12, 0, 0, 11, 0, 0, 0, 0})
	f.Add([]byte{interiorIndex, 0, 0, 0, 1, 0, 14, 0, 0, 0, 0, 2, 0, 14, 0, 0, 0, 3})
	f.Fuzz(func(t *testing.T, page []byte) {
		gap, children, err := unused(page)
		if err == nil && (gap.start < leafHeader || gap.start > gap.end || gap.end > len(page) ||
			len(children) > len(page)/2+1) {
			t.Errorf("%v, %d children, of %d bytes", gap, len(children), len(page))
		}
	})
}

// How long one deletion takes beside the plain DELETE of the same rows.
func BenchmarkForget(b *testing.B) {
	s, err := Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	fillVotes(b, s, manyVotes())
	var plain, whole time.Duration
	for n := range b.N {
		began := time.Now()
		if _, err := s.write.Exec("DELETE FROM votes WHERE person = ?", s.person(fmt.Sprintf(crowdID, 2*n%400))); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(began)
		began = time.Now()
		if _, err := s.Forget(b.Context(), fmt.Sprintf(crowdID, (2*n+1)%400)); err != nil {
			b.Fatal(err)
		}
		whole += time.Since(began)
	}
	b.ReportMetric(float64(whole)/float64(plain), "×DELETE")
}
