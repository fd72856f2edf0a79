package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/store/storetest"
)

const (
	peopleDir   = "PILCROW_STORE_TEST_PEOPLE" // a process with this set lives a life in the folder until it is killed
	peopleFirst = "PILCROW_STORE_TEST_PERSON" // the first person of that life
	killsSet    = "PILCROW_STORE_KILLS"       // how often it is killed, instead of peopleKills
	peopleKills = 12
	callTakes   = 60 // tokens
	crashDay    = "2026-11-23"
)

func person(n int) string { return fmt.Sprintf("8%017d", n) }

// liveForever does what people and models do, and says each thing before it may have happened and after it surely has.
func liveForever(dir, first string) error {
	ctx := context.Background()
	n, err := strconv.Atoi(first)
	if err != nil {
		return err
	}
	s, err := Config{URL: os.Getenv(childURL)}.Open(dir)
	if err != nil {
		return err
	}
	for ; ; n++ {
		question, err := s.OpenQuestion(ctx, evening, []byte("sealed"), Arrival{})
		if err != nil {
			return err
		}
		fmt.Println("opened", question)
		call, _, err := s.HoldUsage(ctx, crashDay, 2*callTakes)
		if err != nil {
			return err
		}
		fmt.Println("called", n) // from here on the tokens are spent
		at := evening.Add(time.Duration(n) * time.Minute)
		who := person(n)
		for v := range 1 + rand.IntN(5) {
			if _, err := s.Vote(ctx, Vote{Server: "1", Answer: fmt.Sprintf("%d-%d", rand.Int64(), v), Person: who,
				Comment: "of " + who, At: at}); err != nil {
				return err
			}
		}
		gap, err := s.Report(ctx, Gap{Server: "1", Question: "Question " + who + strings.Repeat(" filler", rand.IntN(40))},
			who, at)
		if err == nil {
			err = s.Wish(ctx, "1", gap, Wish{who, "de"}, at)
		}
		if err == nil && rand.IntN(3) == 0 {
			_, err = s.DropGaps(ctx, "1", []int64{gap})
		}
		if err == nil && rand.IntN(8) == 0 {
			_, err = s.Sweep(ctx)
		}
		if err != nil {
			return err
		}
		if _, err := s.AddUsage(ctx, crashDay, call, Usage{Prompt: callTakes}); err != nil {
			return err
		}
		fmt.Println("closing", question)
		if err := s.CloseQuestion(ctx, question); err != nil {
			return err
		}
		fmt.Println("closed", question)
		if rand.IntN(2) == 0 {
			fmt.Println("forgetting", n)
			f, err := s.Forget(ctx, who)
			if err != nil || f.Votes == 0 || f.Lingers {
				return errors.Join(err, fmt.Errorf("forgot %+v", f))
			}
			fmt.Println("forgot", n)
		} else {
			fmt.Println("stays", n)
		}
	}
}

// A life is what was said of it.
type life map[string][]int

// Killed at any moment between votes, questions, deletions and calls: who was told to be forgotten is in no file, who
// was not has all that they gave, an open question is open, the models' tokens are never fewer than were spent, and the
// file is whole.
func TestKilledAmongPeople(t *testing.T) {
	dir := t.TempDir()
	rounds := peopleKills
	if n, err := strconv.Atoi(os.Getenv(killsSet)); err == nil {
		rounds = n
	}
	said := life{}
	next, finished := 1, 0
	for range rounds {
		last := ""
		for _, line := range live(t, dir, next) {
			what, number, _ := strings.Cut(line, " ")
			n, err := strconv.Atoi(number)
			if err != nil {
				t.Fatalf("the child says %q", line)
			}
			said[what], last = append(said[what], n), what
			if what == "called" {
				next = n + 1
			}
		}
		next++ // the one in flight may be there
		for _, n := range said["forgot"] {
			if found := traces(t, dir, person(n)); found != nil {
				t.Fatalf("%s was told to be forgotten, and is in %v", person(n), found)
			}
		}
		s, err := openAt(t, dir)
		if err != nil {
			t.Fatalf("after a kill: %v", err)
		}
		intact(t, s)
		if u, err := s.Usage(t.Context(), crashDay); err != nil || u.Sum() < int64(callTakes*len(said["called"])) {
			t.Fatalf("%+v is counted, and %d calls of %d were made; %v", u, len(said["called"]), callTakes, err)
		}
		open, err := s.OpenQuestions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range said["opened"] {
			there := slices.ContainsFunc(open, func(q OpenQuestion) bool { return q.ID == int64(id) })
			closing, closed := slices.Contains(said["closing"], id), slices.Contains(said["closed"], id)
			if there && closed || !there && !closing {
				t.Fatalf("question %d: there %t, closed %t", id, there, closed)
			}
		}
		for _, n := range said["stays"] {
			var votes int
			err := s.read.QueryRow("SELECT count(*) FROM votes WHERE person = ?", s.person(person(n))).Scan(&votes)
			if err != nil || votes == 0 {
				t.Fatalf("no vote is left of %s, who was not forgotten; %v", person(n), err)
			}
		}
		if last == "forgetting" { // either nothing of it was done, or all but the log
			if lingers, err := s.Lingering(t.Context()); err != nil {
				t.Fatal(err)
			} else if lingers {
				finished++
			}
			if _, err := s.Forget(t.Context(), person(next-2)); err != nil {
				t.Fatal(err)
			}
			if found := traces(t, dir, person(next-2)); found != nil {
				t.Fatalf("%s is in %v", person(next-2), found)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(said["forgot"]) == 0 {
		t.Error("nobody was forgotten: it was killed too soon to show anything")
	}
	t.Logf("%d kills, %d calls, %d people forgotten; %d deletions were cut off before the log was empty", rounds,
		len(said["called"]), len(said["forgot"]), finished)
}

// live runs a child, kills it, and returns what it said.
func live(t *testing.T, dir string, first int) (said []string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), peopleDir+"="+dir, peopleFirst+"="+strconv.Itoa(first),
		childURL+"="+storetest.URL(t, dir))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	few := 1 + rand.IntN(25)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if said = append(said, lines.Text()); len(said) == few {
			moment := time.AfterFunc(time.Duration(rand.IntN(15_000))*time.Microsecond, func() { _ = child.Process.Kill() })
			defer moment.Stop()
		}
	}
	if err := child.Wait(); err == nil || len(said) == 0 {
		t.Fatal("the child ended by itself")
	}
	return said
}
