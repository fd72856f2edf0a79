package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"

	"pilcrow/internal/store/storetest"
)

const (
	childDir   = "PILCROW_STORE_TEST_CHILD" // a process with this set writes into the folder until it is killed
	childFirst = "PILCROW_STORE_TEST_FIRST" // the first number that it writes
	childURL   = "PILCROW_STORE_TEST_URL"   // of the database, where it is not in the folder

	crashRounds = 10
	crashBatch  = 3 // vectors per write
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		fmt.Fprintln(os.Stderr, writeForever(dir, os.Getenv(childFirst)))
		os.Exit(1)
	}
	if dir := os.Getenv(fillDir); dir != "" {
		fmt.Fprintln(os.Stderr, fillForever(dir, os.Getenv(childFirst)))
		os.Exit(1)
	}
	if dir := os.Getenv(peopleDir); dir != "" {
		fmt.Fprintln(os.Stderr, liveForever(dir, os.Getenv(peopleFirst)))
		os.Exit(1)
	}
	if dir := os.Getenv(editsDir); dir != "" {
		fmt.Fprintln(os.Stderr, editForever(dir))
		os.Exit(1)
	}
	if dir := os.Getenv(moveDir); dir != "" {
		if err := moveUntilKilled(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// writeForever stores batch after batch and prints the first number of each that was acknowledged.
func writeForever(dir, first string) error {
	n, err := strconv.Atoi(first)
	if err != nil {
		return err
	}
	s, err := Config{URL: os.Getenv(childURL)}.Open(dir)
	if err != nil {
		return err
	}
	for ; ; n += crashBatch {
		texts, vectors := batch(n, crashBatch)
		if err := s.Store(context.Background(), "m", texts, vectors); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// A writer is killed again and again: the folder opens each time, what was acknowledged is there, and each batch is
// there as a whole or not at all.
func TestKilledWhileWriting(t *testing.T) {
	dir := t.TempDir()
	next, acknowledged := 0, []int{}
	for range crashRounds {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), childDir+"="+dir, childFirst+"="+strconv.Itoa(next),
			childURL+"="+storetest.URL(t, dir))
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		before := len(acknowledged)
		killAt := rand.IntN(20) // some are killed in their first write or while they open the file
		if killAt == 0 {
			kill(t, child)
		}
		for lines := bufio.NewScanner(out); lines.Scan(); {
			n, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatalf("the child wrote %q", lines.Text())
			}
			acknowledged = append(acknowledged, n)
			if len(acknowledged)-before == killAt {
				kill(t, child)
			}
		}
		if err := child.Wait(); err == nil {
			t.Fatal("the child ended by itself")
		}
		if len(acknowledged) > before {
			next = acknowledged[len(acknowledged)-1] + crashBatch
		}
		verify(t, dir, acknowledged, next)
		next += crashBatch // the batch in flight may have made it
	}
	t.Logf("%d kills, %d acknowledged writes", crashRounds, len(acknowledged))
}

func kill(t *testing.T, child *exec.Cmd) {
	t.Helper()
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
}

func verify(t *testing.T, dir string, acknowledged []int, inFlight int) {
	t.Helper()
	s, err := openAt(t, dir)
	if err != nil {
		t.Fatalf("after a kill: %v", err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, n := range acknowledged {
		texts, vectors := batch(n, crashBatch)
		got, err := s.Lookup(t.Context(), "m", texts)
		if err != nil || !slices.EqualFunc(got, vectors, slices.Equal) {
			t.Fatalf("batch %d was acknowledged and is not there: %v", n, err)
		}
	}
	texts, _ := batch(inFlight, crashBatch)
	got, err := s.Lookup(t.Context(), "m", texts)
	if err != nil || (got[0] == nil) != (got[1] == nil) || (got[0] == nil) != (got[2] == nil) {
		t.Fatalf("half a batch is there: %v, %v", got, err)
	}
}
