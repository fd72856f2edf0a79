package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pilcrow/internal/store/storetest"
)

// ask writes a question down that counts, and says of which kind nothing is left, and for how long.
func ask(t *testing.T, s *Store, of ...Allowance) (kind string, wait time.Duration) {
	t.Helper()
	id, err := s.OpenQuestion(t.Context(), evening, []byte("q"), Arrival{Of: of})
	spent, refused := errors.AsType[*Spent](err)
	switch {
	case refused:
		return spent.Kind, spent.Wait
	case err != nil || id == 0:
		t.Fatal(id, err)
	}
	return "", 0
}

// What is asked of one process counts in the others; what is refused counts nowhere, and is not written down.
func TestSpent(t *testing.T) {
	one, two := peers(t)
	person := func(who string) Allowance { return Allowance{"person", who, 3, time.Hour} }
	server := func(id string) Allowance { return Allowance{"server", id, 4, 2 * time.Hour} }
	all := Allowance{"the whole", "", 6, 24 * time.Hour}
	asked := 0
	for i, step := range []struct {
		of   *Store
		who  string
		in   string
		want string
		wait time.Duration
	}{
		{one, "ada", "1", "", 0},
		{two, "ada", "1", "", 0},
		{one, "ada", "2", "", 0},
		{two, "ada", "2", "person", 20 * time.Minute},
		{one, "ada", "1", "person", 20 * time.Minute},
		{one, "bert", "1", "", 0},
		{two, "bert", "1", "", 0},
		{one, "bert", "1", "server", 30 * time.Minute},
		{two, "cora", "1", "server", 30 * time.Minute},
		{two, "bert", "2", "", 0}, // what the server had not left did not count as Bert's
		{one, "cora", "3", "the whole", 4 * time.Hour},
	} {
		kind, wait := ask(t, step.of, person(step.who), server(step.in), all)
		if kind != step.want || wait > step.wait || wait < step.wait*9/10 { // the test takes less than a tenth of that
			t.Errorf("%d: %q, %v; want %q, %v", i, kind, wait, step.want, step.wait)
		}
		if kind == "" {
			asked++
		}
	}
	if open, err := one.OpenQuestions(t.Context()); err != nil || len(open) != asked {
		t.Errorf("%d questions are written down, %v, want %d", len(open), err, asked)
	}
	if kind, _ := ask(t, two); kind != "" {
		t.Error("what does not count is refused")
	}
}

// Who has everything back is forgotten; a clock that jumped, and a limit that was lowered, lock nobody out.
func TestSpentPasses(t *testing.T) {
	one, two := peers(t)
	limit := Allowance{"person", "ada", 1, time.Hour}
	pass := func(hours int) {
		t.Helper()
		_, err := one.write.ExecContext(t.Context(), fmt.Sprintf("UPDATE spent SET due = due - %d", hours*3_600_000_000_000))
		if err != nil {
			t.Fatal(err)
		}
	}
	rows := func() (n int) {
		t.Helper()
		if err := two.forgive(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := two.read.QueryRowContext(t.Context(), "SELECT count(*) FROM spent").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i, step := range []struct {
		pass   int // hours
		of     Allowance
		refuse bool
	}{
		{0, limit, false},
		{0, limit, true},
		{1, limit, false},
		{-5, limit, false}, // the clock was set back
		{0, limit, true},
		{0, Allowance{"person", "ada", 1, time.Minute}, false}, // the limit was an hour's before
		{0, Allowance{"person", "ada", 2, time.Hour}, false},
		{0, Allowance{"person", "ada", 1, time.Hour}, true},
	} {
		pass(step.pass)
		if kind, _ := ask(t, one, step.of); (kind != "") != step.refuse {
			t.Errorf("%d: refused %q, want %t", i, kind, step.refuse)
		}
	}
	if n := rows(); n != 1 {
		t.Errorf("%d are counted, want 1", n)
	}
	pass(3)
	if n := rows(); n != 0 {
		t.Errorf("%d are counted that have everything back", n)
	}
}

// Each process knows how many have shards, and takes part with those alone.
func TestAmong(t *testing.T) {
	one, two := peers(t)
	if n := one.Among(); n != 1 {
		t.Errorf("alone it is one of %d", n)
	}
	leave := join(t, one, "first", Lease{2, 0})
	idle := join(t, two, "second") // it has none yet
	beats := func(want int) {
		t.Helper()
		for _, s := range []*Store{one, two} {
			if err := s.process.Load().beat(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := one.Among(); n != want {
			t.Errorf("it is one of %d, want %d", n, want)
		}
	}
	beats(1)
	if err := idle(); err != nil {
		t.Fatal(err)
	}
	leaveToo := join(t, two, "second", Lease{2, 1})
	beats(2)
	if err := leaveToo(); err != nil {
		t.Fatal(err)
	}
	if err := one.process.Load().beat(t.Context()); err != nil || one.Among() != 1 {
		t.Errorf("it is one of %d, %v", one.Among(), err)
	}
	if err := leave(); err != nil {
		t.Error(err)
	}
}

// BenchmarkOpenQuestion writes a question down, alone and with what it counts for, and forgets it.
func BenchmarkOpenQuestion(b *testing.B) {
	s, err := Config{URL: storetest.URL(b, b.TempDir())}.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for name, of := range map[string][]Allowance{"alone": nil, "counted": {{"person", "ada", 1_000_000, time.Second},
		{"server", "1", 1_000_000, time.Second}, {"the whole", "", 1_000_000, time.Second}}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				id, err := s.OpenQuestion(b.Context(), evening, []byte("q"), Arrival{Of: of})
				if err = errors.Join(err, s.CloseQuestion(b.Context(), id)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
