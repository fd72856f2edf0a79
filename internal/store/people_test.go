package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"

	"pilcrow/internal/store/storetest"
)

var evening = time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)

func vote(t *testing.T, s *Store, v Vote) (changed bool) {
	t.Helper()
	if v.At.IsZero() {
		v.At = evening
	}
	changed, err := s.Vote(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func TestVotes(t *testing.T) {
	s := open(t, t.TempDir())
	ferry, mill := article.Ref{Slug: "ferry", N: 2}, article.Ref{Slug: "mill", N: 11}
	vote(t, s, Vote{Server: "1", Answer: "a", Person: "ann", Up: true, Cites: []article.Ref{ferry}})
	vote(t, s, Vote{Server: "1", Answer: "a", Person: "bob", Reason: "wrong", Comment: "It sank.",
		Cites: []article.Ref{ferry, mill}})
	if !vote(t, s, Vote{Server: "1", Answer: "a", Person: "ann", Reason: "not supported", Cites: []article.Ref{ferry}}) {
		t.Error("a second vote of one person on one answer is not a change of the first")
	}
	vote(t, s, Vote{Server: "1", Answer: "b", Person: "ann", Up: true, Cites: []article.Ref{mill}})
	vote(t, s, Vote{Server: "2", Answer: "a", Person: "ann", Up: true})
	vote(t, s, Vote{Server: "1", Answer: "c", Person: "ann", Up: true, At: evening.Add(-8 * 24 * time.Hour)})

	got, err := s.Votes(t.Context(), "1", evening.Add(-7*24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if got.Up != 1 || got.Down != 2 || fmt.Sprint(got.Reasons) != "map[not supported:1 wrong:1]" ||
		!slices.Equal(got.Cited, []CitedVotes{{ferry, 0, 2}, {mill, 1, 1}}) || len(got.Comments) != 1 ||
		got.Comments[0].Text != "It sank." {
		t.Errorf("got %+v", got)
	}
}

func TestVotesAreBounded(t *testing.T) {
	s := open(t, t.TempDir())
	for n := range maxPersonVotes {
		vote(t, s, Vote{Server: "1", Answer: fmt.Sprint(n), Person: "ann", Up: true})
	}
	if _, err := s.Vote(t.Context(), Vote{Server: "1", Answer: "more", Person: "ann", At: evening}); !errors.Is(err,
		ErrTooMany) {
		t.Errorf("got %v", err)
	}
	vote(t, s, Vote{Server: "1", Answer: "1", Person: "ann"}) // to change one's mind is no new vote
	vote(t, s, Vote{Server: "1", Answer: "more", Person: "bob"})
	vote(t, s, Vote{Server: "1", Answer: "more", Person: "ann", At: evening.Add(25 * time.Hour)})
}

func report(t *testing.T, s *Store, server, question, person string, at time.Time) int64 {
	t.Helper()
	id, err := s.Report(t.Context(), Gap{Server: server, Channels: []string{"7", "70"}, Question: question,
		Nearest: []article.Ref{{Slug: "ferry", N: 1}}}, person, at)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestGaps(t *testing.T) {
	s := open(t, t.TempDir())
	id := report(t, s, "1", "Who paints the ferry?", "ann", evening)
	for _, again := range []int64{
		report(t, s, "1", "who  paints the Ferry?", "ann", evening), // no second time
		report(t, s, "1", "Who paints the ferry?", "bob", evening.Add(time.Hour)),
		report(t, s, "1", "Who paints the ferry?", "", evening),
	} {
		if again != id {
			t.Errorf("the same question is kept twice")
		}
	}
	other := report(t, s, "2", "Who steers the ferry?", "ann", evening)
	if other != id {
		t.Errorf("numbers tell how much other servers ask: %d, then %d", id, other)
	}
	if _, err := s.DropGaps(t.Context(), "2", []int64{other}); err != nil {
		t.Fatal(err)
	}
	if other = report(t, s, "2", "Who paints the ferry?", "ann", evening); other == id {
		t.Error("a number is used again: a button of before would mean another question")
	}
	report(t, s, "1", "Who paints the ferry?", "4711", evening)
	report(t, s, "2", "Who paints the ferry?", "4711", evening)
	if err := s.Wish(t.Context(), "1", id, Wish{"4711", "de"}, evening); err != nil {
		t.Fatal(err)
	}
	if err := s.Wish(t.Context(), "1", other, Wish{"4711", "de"}, evening); !errors.Is(err, ErrNoGap) {
		t.Errorf("a wish for another server's question: %v", err)
	}
	if err := s.Wish(t.Context(), "1", id, Wish{"4712", "de"}, evening); !errors.Is(err, ErrNoGap) {
		t.Errorf("a wish for another's question: %v", err)
	}
	if n, err := s.DropGaps(t.Context(), "1", []int64{other}); n != 0 || err != nil {
		t.Errorf("dropped another server's: %v, %v", n, err)
	}
	gaps, err := s.Gaps(t.Context(), "1")
	if err != nil || len(gaps) != 1 {
		t.Fatal(gaps, err)
	}
	if g := gaps[0]; g.Question != "Who paints the ferry?" || g.Times != 4 || g.Wishes != 1 ||
		!slices.Equal(g.Channels, []string{"7", "70"}) ||
		!slices.Equal(g.Nearest, []article.Ref{{Slug: "ferry", N: 1}}) {
		t.Errorf("got %+v", g)
	}
	if err := s.AnswerGap(t.Context(), "1", id, evening); err != nil {
		t.Fatal(err)
	}
	if err := s.AnswerGap(t.Context(), "1", id, evening); !errors.Is(err, ErrNoGap) {
		t.Errorf("answered twice: %v", err)
	}
	for try := range maxTries {
		if who, ok, err := s.TakeWish(t.Context(), "1", id, ""); who != (Wish{"4711", "de"}) || !ok || err != nil {
			t.Errorf("try %d: %v, %v, %v", try, who, ok, err)
		}
		if who, ok, err := s.TakeWish(t.Context(), "1", id, "4711"); ok || err != nil {
			t.Errorf("after the last: %v, %v", who, err)
		}
	}
	if who, ok, err := s.TakeWish(t.Context(), "1", id, ""); ok || err != nil {
		t.Errorf("a wish that failed three times: %v, %v, %v", who, ok, err)
	}
	if id != report(t, s, "1", "Who paints the ferry?", "cid", evening) {
		t.Error("a question that is asked in vain again is another one")
	}
	if gaps, err := s.Gaps(t.Context(), "1"); err != nil || len(gaps) != 1 {
		t.Errorf("an answered question that is asked in vain again: %v, %v", gaps, err)
	}
	servers, err := s.GapServers(t.Context())
	if err != nil || !slices.Equal(servers, []string{"1", "2"}) {
		t.Errorf("servers %v, %v", servers, err)
	}
}

func TestGapsAreBounded(t *testing.T) {
	s := open(t, t.TempDir())
	for n := range maxPersonGaps {
		report(t, s, "1", fmt.Sprint("Why ", n, "?"), "4711", evening)
	}
	if _, err := s.Report(t.Context(), Gap{Server: "1", Question: "More?"}, "4711", evening); !errors.Is(err, ErrTooMany) {
		t.Errorf("got %v", err)
	}
	gaps, err := s.Gaps(t.Context(), "1")
	if err != nil || len(gaps) != maxPersonGaps {
		t.Fatal(len(gaps), err)
	}
	more := report(t, s, "1", "More?", "4711", evening.Add(25*time.Hour))
	for _, g := range gaps {
		if err := s.Wish(t.Context(), "1", g.ID, Wish{"4711", "de"}, evening); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Wish(t.Context(), "1", more, Wish{"4711", "de"}, evening); !errors.Is(err, ErrTooMany) {
		t.Errorf("got %v", err)
	}
	if err := s.Wish(t.Context(), "1", gaps[0].ID, Wish{"4711", "de"}, evening); err != nil {
		t.Errorf("the same wish again: %v", err)
	}
}

// What people agreed to have kept is not pushed out by what was recorded.
func TestConsentStays(t *testing.T) {
	s := open(t, t.TempDir())
	s.maxGaps = 5
	told := report(t, s, "1", "Who paints it?", "ann", evening)
	other := report(t, s, "2", "Who paints it?", "ann", evening)
	for n := range 10 {
		report(t, s, "1", fmt.Sprint("Why ", n, "?"), "", evening.Add(time.Duration(n+1)*time.Minute))
	}
	gaps, err := s.Gaps(t.Context(), "1")
	if err != nil || len(gaps) != 5 || gaps[0].ID != told || gaps[4].Question != "Why 9?" {
		t.Errorf("%+v, %v", gaps, err)
	}
	if gaps, err := s.Gaps(t.Context(), "2"); err != nil || len(gaps) != 1 || gaps[0].ID != other {
		t.Errorf("another server's: %+v, %v", gaps, err)
	}
}

func FuzzReadRefs(f *testing.F) {
	f.Add("ferry#1 mill#22 #3 a#b")
	f.Fuzz(func(t *testing.T, written string) {
		refs := readRefs(written)
		if again := readRefs(writeRefs(refs)); !slices.Equal(refs, again) {
			t.Errorf("%v, then %v", refs, again)
		}
	})
}

func TestTakeBack(t *testing.T) {
	s := open(t, t.TempDir())
	alone, shared := report(t, s, "1", "Who paints it?", "4711", evening),
		report(t, s, "1", "Who steers it?", "4711", evening)
	report(t, s, "1", "Who steers it?", "4712", evening)
	for _, id := range []int64{alone, shared} {
		err1 := s.Wish(t.Context(), "1", id, Wish{"4711", "de"}, evening)
		err2 := s.TakeBack(t.Context(), "2", id, "4711")
		err3 := s.TakeBack(t.Context(), "1", id, "4711")
		err4 := s.TakeBack(t.Context(), "1", id, "4711")
		if err1 != nil || !errors.Is(err2, ErrNoGap) || err3 != nil || !errors.Is(err4, ErrNoGap) {
			t.Errorf("%v, %v, %v, %v", err1, err2, err3, err4)
		}
	}
	gaps, err := s.Gaps(t.Context(), "1")
	if err != nil || len(gaps) != 1 || gaps[0].ID != shared || gaps[0].Times != 1 || gaps[0].Wishes != 0 {
		t.Errorf("left %+v, %v", gaps, err)
	}
}

// traces returns the files of the folder that hold the text.
func traces(t *testing.T, dir, text string) []string {
	t.Helper()
	found := storetest.Tables(t, dir, text)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(text)) {
			found = append(found, e.Name())
		}
	}
	return found
}

// After Forget no byte of the user id or of a question that only this person asked is in any file, although pages were
// split and joined around it; what is others' stays.
func TestForgetLeavesNoTrace(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	const gone, stays = "998877665544332211", "112233445566778899"
	dir := t.TempDir()
	s := open(t, dir)
	random := rand.New(rand.NewPCG(1, 2))
	at := evening
	for n := range 600 {
		at = at.Add(time.Duration(random.IntN(90)) * time.Minute)
		person := fmt.Sprint(random.Int64N(1e18))
		if n%3 == 0 {
			person = gone
		}
		vote(t, s, Vote{Server: "1", Answer: fmt.Sprint(n), Person: person, Reason: "wrong", Comment: "comment of " + person,
			At: at})
		question := fmt.Sprint("Question ", n%40, strings.Repeat(" filler", random.IntN(60)), " of ", person)
		id := report(t, s, "1", question, person, at)
		if err := s.Wish(t.Context(), "1", id, Wish{person, "de"}, at); err != nil && !errors.Is(err, ErrTooMany) {
			t.Fatal(err)
		}
		if n%7 == 0 { // makes room between
			if _, err := s.DropGaps(t.Context(), "1", []int64{id}); err != nil {
				t.Fatal(err)
			}
		}
	}
	shared := report(t, s, "1", "Who paints the ferry?", gone, at.Add(48*time.Hour))
	report(t, s, "1", "Who paints the ferry?", stays, at)
	if _, err := s.write.Exec(`INSERT INTO changes (server, number, at, by_id, by_name, action, slug, title, was, became,
		undoable) VALUES ('1', 1, 0, ?, 'Ann', 'add', 'ferry', 'Ferry', '', '', FALSE)`, gone); err != nil {
		t.Fatal(err)
	}
	if err := s.Wish(t.Context(), "1", shared, Wish{stays, "de"}, at); err != nil {
		t.Fatal(err)
	}
	if len(traces(t, dir, gone)) == 0 {
		t.Fatal("there is nothing to forget")
	}
	got, err := s.Forget(t.Context(), gone)
	if err != nil || got.Votes != 200 || got.Questions == 0 || got.Wishes == 0 || got.Changes != 1 {
		t.Fatalf("forgot %+v, %v", got, err)
	}
	if found := traces(t, dir, gone); found != nil {
		t.Errorf("the user id is in %v", found)
	}
	if len(traces(t, dir, stays)) == 0 {
		t.Error("another's wish is gone, too")
	}
	if again, err := s.Forget(t.Context(), gone); err != nil || again != (Forgotten{}) {
		t.Errorf("again: %+v, %v", again, err)
	}
	if gaps, err := s.Gaps(t.Context(), "1"); err != nil ||
		!slices.ContainsFunc(gaps, func(g Gap) bool { return g.ID == shared && g.Times == 1 }) {
		t.Errorf("a question that others asked, too: %v", err)
	}
}

// Votes and reports hold nobody's id, and the key of an answer holds nothing of the question; another installation has
// other keys.
func TestKeysSayNothing(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	vote(t, s, Vote{Server: "1", Answer: s.AnswerKey("1", "edition", "Who paints the ferry?"),
		Person: "998877665544332211", Up: true})
	report(t, s, "1", "Why?", "998877665544332211", evening)
	for _, text := range []string{"998877665544332211", "paints"} {
		if found := traces(t, dir, text); found != nil {
			t.Errorf("%q is in %v", text, found)
		}
	}
	key := s.AnswerKey("1", "edition", "Who paints the ferry?")
	if len(key) != 2*answerBytes || key != s.AnswerKey("1", "edition", " who paints  the ferry?") ||
		key == s.AnswerKey("2", "edition", "Who paints the ferry?") ||
		key == s.AnswerKey("1e", "dition", "Who paints the ferry?") ||
		key == open(t, t.TempDir()).AnswerKey("1", "edition", "Who paints the ferry?") {
		t.Error("keys are not what tells answers apart")
	}
}

func TestSecretStays(t *testing.T) {
	dir := t.TempDir()
	s, err := openAt(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	before := s.AnswerKey("1", "e", "q")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if open(t, dir).AnswerKey("1", "e", "q") != before {
		t.Error("a restart changes the keys: everybody could vote again")
	}
}
