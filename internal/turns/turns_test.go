package turns

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// work enters, works for so long and leaves. It returns when it had waited for its seat, from the beginning of the
// test.
func work(ctx context.Context, q *Queue, who Who, long time.Duration) (waited time.Duration, err error) {
	began := time.Now()
	_, leave, err := q.Enter(ctx, who)
	if err != nil {
		return time.Since(began), err
	}
	defer leave()
	waited = time.Since(began)
	time.Sleep(long)
	return waited, nil
}

// Who has used little goes before who has used much, however many of those wait.
func TestFewBeforeMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(2, nil)
		ctx, cancel := context.WithCancel(t.Context())
		var attack sync.WaitGroup
		for n := range 48 {
			who := Who{fmt.Sprint("attacker ", n), fmt.Sprint("server ", n%3)}
			for range 4 {
				attack.Go(func() {
					for ctx.Err() == nil {
						_, _ = work(ctx, q, who, 200*time.Millisecond)
					}
				})
			}
		}
		time.Sleep(30 * time.Second)
		var waits []time.Duration
		for n := range 100 {
			waited, err := work(t.Context(), q, Who{fmt.Sprint("modest ", n), "another server"}, 10*time.Millisecond)
			if err != nil {
				t.Fatalf("question %d: %v after %v", n, err, waited)
			}
			waits = append(waits, waited)
			time.Sleep(100 * time.Millisecond)
		}
		same, err := work(t.Context(), q, Who{"neighbor", "server 0"}, 10*time.Millisecond)
		if err != nil || same > 2*time.Second {
			t.Errorf("in the attackers' server: %v, %v", same, err)
		}
		cancel()
		attack.Wait()
		slices.Sort(waits)
		if median, worst := waits[len(waits)/2], waits[len(waits)-1]; median > 200*time.Millisecond ||
			worst > 300*time.Millisecond {
			t.Errorf("others wait %v, at worst %v", median, worst)
		}
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.seated != 0 || q.beside != 0 || q.inside != 0 || len(q.waiting) != 0 {
			t.Errorf("left over: %d seated, %d beside, %d inside, %d waiting", q.seated, q.beside, q.inside, len(q.waiting))
		}
	})
}

// Work that takes long goes on beside the others; only as much of it as there are seats keeps others from theirs.
func TestLongWorkHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(2, nil)
		var long sync.WaitGroup
		for n := range 2 {
			long.Go(func() { _, _ = work(t.Context(), q, Who{Person: fmt.Sprint("long ", n)}, 30*time.Second) })
		}
		time.Sleep(time.Millisecond)
		if waited, err := work(t.Context(), q, Who{Person: "short"}, time.Millisecond); err != nil || waited > slice {
			t.Errorf("waited %v, %v", waited, err)
		}
		for n := range 2 { // these keep their seats: two go on beside already
			long.Go(func() { _, _ = work(t.Context(), q, Who{Person: fmt.Sprint("longer ", n)}, 30*time.Second) })
		}
		time.Sleep(2 * slice)
		if waited, err := work(t.Context(), q, Who{Person: "short"}, time.Millisecond); !errors.Is(err, ErrBusy) ||
			waited != Patience {
			t.Errorf("refused with %v after %v", err, waited)
		}
		long.Wait()
	})
}

// Who waits for somebody else gives the seat away, and takes one again.
func TestAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(1, nil)
		ctx, leave, err := q.Enter(t.Context(), Who{Person: "a"})
		if err != nil {
			t.Fatal(err)
		}
		back := Away(ctx)
		again := Away(ctx) // a second call at the same time
		if waited, err := work(t.Context(), q, Who{Person: "b"}, time.Second); waited != 0 || err != nil {
			t.Errorf("while it was away b waited %v, %v", waited, err)
		}
		again()
		if q.seated != 0 {
			t.Error("it has its seat although one of its calls is still away")
		}
		back()
		if q.seated != 1 {
			t.Error("it came back and has no seat")
		}
		leave()
		leave()
		if q.seated != 0 || q.inside != 0 {
			t.Errorf("after it left: %d seated, %d inside", q.seated, q.inside)
		}
		Away(t.Context())() // without a queue nothing happens
	})
}

// A full line refuses whoever has used most, and no newcomer who has used nothing; one person never fills it.
func TestFullLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(1, nil)
		_, leave, err := q.Enter(t.Context(), Who{Person: "first"})
		if err != nil {
			t.Fatal(err)
		}
		var line sync.WaitGroup
		refused := make(chan Who, 2*maxWaiting)
		enter := func(who Who) {
			line.Go(func() {
				if _, err := work(t.Context(), q, who, 0); errors.Is(err, ErrBusy) {
					refused <- who
				}
			})
			synctest.Wait()
		}
		for range maxPersonal + 1 {
			enter(Who{Person: "greedy"})
		}
		if n := q.Waiting(); n != maxPersonal || len(refused) != 1 {
			t.Errorf("%d of one person wait, %d are refused", n, len(refused))
		}
		for n := maxPersonal; n < maxWaiting; n++ {
			enter(Who{Person: fmt.Sprint("person ", n)})
		}
		enter(Who{Person: "newcomer"})
		if n := q.Waiting(); n != maxWaiting || len(refused) != 2 {
			t.Fatalf("%d wait, %d are refused", n, len(refused))
		}
		<-refused
		if who := <-refused; who.Person != "greedy" {
			t.Errorf("%q had to make room", who.Person)
		}
		leave()
		line.Wait()
	})
}

// What was used is forgotten by half a minute after minute, and of no more people than can be kept.
func TestUseIsForgotten(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	q := New(1, func() time.Time { return at })
	q.charge("person a", true, 8)
	at = at.Add(3 * halfLife)
	if got := q.use("person a"); got < 0.99 || got > 1.01 {
		t.Errorf("8 seconds of three half-lives ago are %v, want 1", got)
	}
	for n := range 2 * maxAccounts {
		q.charge(fmt.Sprint("person ", n), true, 1+float64(n))
		if n > maxAccounts+10 {
			break
		}
	}
	if len(q.used) != maxAccounts || q.use("person a") != 0 {
		t.Errorf("%d accounts; who used least has %v", len(q.used), q.use("person a"))
	}
}
