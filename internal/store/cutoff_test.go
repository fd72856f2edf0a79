package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/store/storetest"
)

const (
	moveDir   = "PILCROW_STORE_TEST_MOVE"      // a process with this set moves the folder until a step kills it
	moveBack  = "PILCROW_STORE_TEST_MOVE_BACK" // set: back into a file
	movePast  = "PILCROW_STORE_TEST_MOVE_PAST" // the steps that do not kill it, each once
	movedRows = 18                             // of a transaction
	part      = "part"                         // the step that is taken again and again
)

// moveUntilKilled is what such a process does. It prints the step that kills it.
func moveUntilKilled(dir string) error {
	past := strings.Fields(os.Getenv(movePast))
	m := migration{dir: dir, there: Config{URL: os.Getenv(childURL), target: os.Getenv(moveBack) == ""}, rows: movedRows,
		step: func(done string) error {
			if slices.Contains(past, done) {
				return nil
			}
			fmt.Println(done)
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			if err == nil {
				select {} // until it is dead
			}
			return err
		}}
	_, err := m.run(context.Background(), !m.there.target)
	return err
}

// sumsOf are the checksums of what a store has.
func sumsOf(t *testing.T, s *Store) (all []tableSum) {
	t.Helper()
	for _, table := range copied {
		tx, err := s.read.Begin()
		if err != nil {
			t.Fatal(err)
		}
		sum, err := sumTable(t.Context(), tx, "SELECT * FROM "+table.name, true)
		if err = errors.Join(err, tx.Rollback()); err != nil {
			t.Fatal(err)
		}
		all = append(all, sum)
	}
	return all
}

// A move is killed after each of its steps, and begun again: it goes on where it was, one of both can be opened all the
// time, and what is there in the end is what was there.
func TestMigrateKilledAtEachStep(t *testing.T) {
	storetest.Direct(t) // the dead one's row is taken away in a schema
	_, address := needPostgres(t)
	_, schema, _ := strings.Cut(address, "search_path=")
	dir := filledFile(t)
	file := open2(t, dir)
	want, sums := told(t, file), sumsOf(t, file)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, back := range []bool{false, true} {
		from, to := Config{}, Config{URL: address}
		steps, backText := []string{"rows", "arrived", "marked", "unmarked"}, ""
		if back {
			from, to = to, from
			steps, backText = []string{"rows", MarkName, FileName}, "yes"
		}
		var past []string
		parts := 0
		for len(past) < len(steps) {
			c := exec.CommandContext(t.Context(), exe)
			c.Env = append(os.Environ(), moveDir+"="+dir, childURL+"="+address, moveBack+"="+backText,
				movePast+"="+strings.Join(past, " "))
			out, err := c.Output()
			step := strings.TrimSpace(string(out))
			exit, killed := errors.AsType[*exec.ExitError](err)
			if !killed || step == "" {
				t.Fatalf("behind %v: %q, %v", past, out, err)
			}
			if exit.Exited() {
				t.Fatalf("behind %v: %s", past, exit.Stderr)
			}
			if parts++; step != part {
				parts--
				if step != steps[len(past)] {
					t.Fatalf("behind %v: %s", past, step)
				}
				past = append(past, step)
			}
			storetest.Exec(t, "DELETE FROM "+schema+".processes") // or wait until it is taken for dead
			here, errHere := from.Open(dir)
			there, errThere := to.Open(dir)
			switch {
			case step == part || step == "rows":
				if errHere != nil || !back && !errors.Is(errThere, ErrArriving) || back && errThere == nil {
					t.Errorf("%v, %s: %v, %v", back, step, errHere, errThere)
				}
			case errHere != nil && errThere != nil && step != MarkName:
				t.Errorf("%v, %s: %v, %v", back, step, errHere, errThere)
			}
			for _, s := range []*Store{here, there} {
				if s == nil {
					continue
				}
				if step == part && !slices.Equal(sumsOf(t, s), sums) {
					t.Errorf("%v, %s: it has not all of it", back, step)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		}
		if least := 3; parts < least {
			t.Errorf("%v: %d parts: too few to see anything", back, parts)
		}
		all, err := Migrate(t.Context(), dir, address, back, nil)
		if err != nil {
			t.Fatalf("%v: %v", back, err)
		}
		for i, c := range all {
			if c.Sum != sums[i].sum || c.Rows != sums[i].rows {
				t.Errorf("%v: %+v, want %+v", back, c, sums[i])
			}
		}
		s, err := to.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got := sumsOf(t, s); !slices.Equal(got, sums) {
			t.Errorf("%v: %v, want %v", back, got, sums)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	compare(t, Config{}, dir, want)
}

// changing changes a store without a trace of it.
func changing(query string) func(s *Store) error {
	return func(s *Store) error {
		_, err := s.write.Exec(query)
		return err
	}
}

// What changed where it comes from, between two goes, arrives too.
func TestMigrateGoesOnOrBeginsAnew(t *testing.T) {
	errCut := errors.New("cut off")
	for name, change := range map[string]struct {
		do    func(s *Store) error
		anew  bool
		parts int // after which it is cut off
	}{
		"nothing": {func(*Store) error { return nil }, false, 2},
		"an edit": {func(s *Store) error {
			_, err := s.Apply(t.Context(), put("a", "pier", "x"))
			return err
		}, true, 3},
		"a vote":       {changing("UPDATE votes SET up = NOT up"), true, 3},
		"a row less":   {changing("DELETE FROM usage"), true, 3},
		"what is last": {changing("DELETE FROM vectors WHERE id = 30"), false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			_, address := needPostgres(t)
			dir, left := filledFile(t), change.parts
			m := migration{dir: dir, there: Config{URL: address, target: true}, rows: movedRows, step: func(string) error {
				if left--; left == 0 {
					return errCut
				}
				return nil
			}}
			if _, err := m.run(t.Context(), false); !errors.Is(err, errCut) || !errors.Is(err, ErrCutOff) {
				t.Fatal(err)
			}
			for _, c := range []Config{{URL: address}, {URL: address, New: true}} {
				if _, err := c.Open(dir); !errors.Is(err, ErrArriving) || !strings.Contains(err.Error(), "bot migrate") {
					t.Errorf("%+v: %v, want %v", c, err, ErrArriving)
				}
			}
			other := t.TempDir()
			if err := open2(t, other).Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := Migrate(t.Context(), other, address, false, nil); !errors.Is(err, ErrArriving) {
				t.Errorf("another one: %v, want %v", err, ErrArriving)
			}
			file := open2(t, dir)
			if err := change.do(file); err != nil {
				t.Fatal(err)
			}
			want := told(t, file)
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
			done, total := 0, 0
			all, err := Migrate(t.Context(), dir, address, false, func(a, b int) { done, total = a, b })
			if err != nil {
				t.Fatal(err)
			}
			found, rows := 0, 0
			for _, c := range all {
				found, rows = found+c.Found, rows+c.Rows
			}
			if done != rows || total != rows {
				t.Errorf("told of %d of %d rows, want %d", done, total, rows)
			}
			if (found == 0) != change.anew {
				t.Errorf("%d rows were taken as they were", found)
			}
			compare(t, Config{URL: address}, dir, want)
		})
	}
}

// What is copied has the keys of both engines, in whose order it goes on; and each table is copied, or has a reason.
func TestCopiedTables(t *testing.T) {
	_, address := needPostgres(t)
	here := open2(t, t.TempDir())
	defer here.Close()
	there, err := Config{URL: address}.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	var want []string
	for _, table := range copied {
		want = append(want, table.name+": "+table.key)
	}
	// of the file's log, of processes that run, and what is asked in a minute
	want = append(want, "erasures: one", "processes: id", "leases: count, shard", "shard_sessions: count, shard",
		"spent: kind, who", "taken: event")
	slices.Sort(want)
	for s, query := range map[*Store]string{
		here: "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' " +
			"AND t.name NOT LIKE 'sqlite%' AND c.pk > 0 ORDER BY t.name, c.pk",
		there: "SELECT t.relname, a.attname FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_attribute a " +
			"ON a.attrelid = t.oid WHERE k.contype = 'p' AND t.relnamespace = CAST(current_schema() AS regnamespace) AND " +
			"a.attnum = ANY (k.conkey) AND t.relname != 'pilcrow_schema' ORDER BY t.relname, " +
			"array_position(k.conkey, a.attnum)",
	} {
		got := keysOf(t, s, query)
		if !slices.Equal(got, want) {
			t.Errorf("%s has the keys\n%v, want\n%v", s.path, got, want)
		}
	}
}

// keysOf are the tables with the columns of their keys, as a query gives these one by one.
func keysOf(t *testing.T, s *Store, query string) (all []string) {
	t.Helper()
	rows, err := s.read.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	keys := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		keys[table] = append(keys[table], column)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for table, columns := range keys {
		all = append(all, table+": "+strings.Join(columns, ", "))
	}
	slices.Sort(all)
	return all
}
