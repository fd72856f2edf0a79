package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/store/storetest"
)

// Of a server with too many votes the oldest go, and of others none.
func TestOldestVotesGo(t *testing.T) {
	s := open(t, t.TempDir())
	s.maxVotes = 100
	for n := range 100 + 2*pruneEvery {
		for _, server := range []string{"1", "2"} {
			if server == "1" || n < 50 {
				vote(t, s, Vote{Server: server, Answer: fmt.Sprint(n), Person: fmt.Sprint(n),
					At: evening.Add(time.Duration(n) * time.Minute)})
			}
		}
	}
	for server, want := range map[string][2]int{"1": {100, 100 + pruneEvery}, "2": {50, 50}} {
		got, err := s.Votes(t.Context(), server, time.Unix(0, 0))
		if n := got.Up + got.Down; err != nil || n < want[0] || n > want[1] {
			t.Errorf("server %s has %d votes, want %v; %v", server, n, want, err)
		}
	}
	if got, err := s.Votes(t.Context(), "1", evening.Add((100+2*pruneEvery-100)*time.Minute)); err != nil ||
		got.Up+got.Down != 100 {
		t.Errorf("of the newest hundred %d are left, %v", got.Up+got.Down, err)
	}
}

// Whoever voted while the clock was ahead may vote on when it is right again.
func TestVotesOfTheFuture(t *testing.T) {
	s := open(t, t.TempDir())
	for n := range maxPersonVotes {
		vote(t, s, Vote{Server: "1", Answer: fmt.Sprint(n), Person: "ann", At: evening.AddDate(1, 0, 0)})
	}
	if _, err := s.Vote(t.Context(), Vote{Server: "1", Answer: "more", Person: "ann",
		At: evening.AddDate(1, 0, 0)}); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
	vote(t, s, Vote{Server: "1", Answer: "now", Person: "ann", At: evening})
}

// Neither a vote nor the count of a week sorts a server's votes.
func TestVotesAreNotSorted(t *testing.T) {
	storetest.OfSQLite(t)
	s := open(t, t.TempDir())
	for _, query := range []string{
		"SELECT id FROM votes WHERE server = '1' ORDER BY at DESC, id DESC LIMIT -1 OFFSET 100",
		"SELECT up FROM votes WHERE server = '1' AND at >= 5 ORDER BY at DESC, id DESC",
	} {
		rows, err := s.read.Query("EXPLAIN QUERY PLAN " + query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(detail, "votes_server") {
				t.Errorf("%s: %s", query, detail)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
