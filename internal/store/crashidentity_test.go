package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"pilcrow/internal/store/storetest"
)

const (
	// a process with this set edits, copies, closes and opens in the folder until it is killed
	editsDir   = "PILCROW_STORE_TEST_EDITS"
	editsKills = 6
)

// editForever edits again and again, each time after a migration of an older file, makes copies and closes, and prints
// what was acknowledged.
func editForever(dir string) error {
	for day := 0; ; day++ {
		s, err := Config{Copies: true}.Open(dir)
		if err != nil {
			return err
		}
		for range 3 {
			if _, err := s.Apply(context.Background(), Edit{Server: "a", At: noon, Action: "scope",
				Setting: "scope " + strconv.Itoa(rand.IntN(9)),
				Value:   strconv.Itoa(rand.IntN(1000))}); err != nil {
				return err
			}
			_, edits := s.Identity()
			fmt.Println(edits)
		}
		if err := errors.Join(s.Generation(context.Background(), noon.AddDate(0, 0, day), 3), s.Close()); err != nil {
			return err
		}
	}
}

// Killed among edits, migrations, copies, opening and closing: the database opens as the one that belongs there, with
// every edit that was acknowledged, what was chosen is whole, and so is every copy.
func TestKilledAmongEdits(t *testing.T) {
	storetest.OfSQLite(t)
	kills := editsKills
	if n, err := strconv.Atoi(os.Getenv(killsSet)); err == nil {
		kills = n
	}
	dir := t.TempDir()
	copyFile(t, filepath.Join("testdata", "version1.db"), filepath.Join(dir, FileName))
	said := int64(0)
	for round := range kills {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), editsDir+"="+dir)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err == nil {
			err = child.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		killAt := rand.IntN(12)
		if killAt == 0 {
			kill(t, child)
		}
		for lines, n := bufio.NewScanner(out), 0; lines.Scan(); {
			if said, err = strconv.ParseInt(lines.Text(), 10, 64); err != nil {
				t.Fatal(err)
			}
			if n++; n == killAt {
				kill(t, child)
			}
		}
		if err := child.Wait(); err == nil {
			t.Fatal("the child ended by itself")
		}
		s, err := openAt(t, dir)
		if err != nil {
			t.Fatalf("after kill %d: %v", round+1, err)
		}
		_, edits := s.Identity()
		broken, err := s.Broken(t.Context())
		if err := errors.Join(err, s.Check(t.Context())); err != nil || edits < said || len(broken) > 0 {
			t.Fatalf("after kill %d: %d edits of %d, broken %v, %v", round+1, edits, said, broken, err)
		}
		all, err := Generations(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range all {
			db, err := connect(g.Path, 1)
			if err == nil {
				err = check(t.Context(), db)
			}
			if err = errors.Join(err, db.Close()); err != nil {
				t.Errorf("%s: %v", g.Path, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d edits", kills, said)
}
