package store

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// A clockwork moves the clock and the time that passes.
type clockwork struct {
	t    *testing.T
	s    *Store
	wall time.Time
}

// tick lets time pass, and sets the clock forward or back beside it.
func (c *clockwork) tick(passed, jump time.Duration) Clock {
	c.t.Helper()
	c.wall = c.wall.Add(jump)
	if passed > 0 {
		c.wall = c.wall.Add(passed)
	}
	got, err := c.s.Tick(c.t.Context(), c.wall, passed)
	if err != nil {
		c.t.Fatal(err)
	}
	return got
}

func (c *clockwork) expire(want int) {
	c.t.Helper()
	if n, err := c.s.Expire(c.t.Context(), c.wall); n != want || err != nil {
		c.t.Errorf("deleted %d, want %d, %v", n, want, err)
	}
}

const restarted = -1 // as what has passed

func TestTick(t *testing.T) {
	for name, test := range map[string]struct {
		passed, jump time.Duration
		steady       time.Duration
		settled      bool
	}{
		"a minute":                    {time.Minute, 0, time.Minute, true},
		"a little off":                {time.Minute, 4 * time.Minute, time.Minute, true},
		"a year ahead":                {time.Minute, 365 * 24 * time.Hour, time.Minute, false},
		"six minutes ahead":           {time.Minute, 6 * time.Minute, time.Minute, false},
		"six minutes back":            {time.Minute, -6 * time.Minute, time.Minute, false},
		"a quick restart":             {restarted, 10 * time.Second, 10 * time.Second, true},
		"a restart two hours later":   {restarted, 2 * time.Hour, 2 * time.Hour, false},
		"a restart a month later":     {restarted, 30 * 24 * time.Hour, 24 * time.Hour, false},
		"a restart with a clock back": {restarted, -time.Hour, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := &clockwork{t, open(t, t.TempDir()), evening}
			if first := c.tick(restarted, 0); first.Settled || !first.Steady.Equal(evening) {
				t.Errorf("at first %+v", first)
			}
			before := c.tick(2*time.Hour, 0)
			if !before.Settled {
				t.Error("it does not settle")
			}
			got := c.tick(test.passed, test.jump)
			if got.Settled != test.settled || got.Steady.Sub(before.Steady) != test.steady {
				t.Errorf("%+v, %v later", got, got.Steady.Sub(before.Steady))
			}
			if again := c.tick(jumpSettles-time.Second, 0); again.Settled != test.settled {
				t.Errorf("within an hour %+v", again)
			}
			if again := c.tick(time.Second, 0); !again.Settled {
				t.Errorf("after an hour %+v", again)
			}
		})
	}
}

// What is old goes, with what belongs to it.
func TestExpire(t *testing.T) {
	s := open(t, t.TempDir())
	vote(t, s, Vote{Server: "1", Answer: "old", Person: "ann", At: evening.Add(-KeepVotes - time.Hour)})
	vote(t, s, Vote{Server: "1", Answer: "young", Person: "ann"})
	old := report(t, s, "1", "Who painted it?", "4711", evening.Add(-KeepGaps-time.Hour))
	report(t, s, "1", "Who paints it?", "ann", evening)
	if err := s.Wish(t.Context(), "1", old, Wish{"4711", "de"}, evening); err != nil {
		t.Fatal(err)
	}
	c := &clockwork{t, s, evening.Add(-2 * time.Hour)}
	c.expire(0) // nobody has looked at the clock
	c.tick(restarted, 0)
	c.expire(0)
	c.tick(2*time.Hour, 0)
	c.expire(2)
	votes, err1 := s.Votes(t.Context(), "1", time.Unix(0, 0))
	gaps, err2 := s.Gaps(t.Context(), "1")
	if err := errors.Join(err1, err2); err != nil || votes.Down != 1 || len(gaps) != 1 || gaps[0].Wishes != 0 {
		t.Errorf("%+v, %+v, %v", votes, gaps, err)
	}
	c.expire(0)
}

// A year of votes, four a day, survives a clock that jumps by a year: nothing goes within the hour, and then a day's
// worth a day, whether the program is started again meanwhile or not.
func TestExpireAfterAJump(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	for name, passed := range map[string]time.Duration{"running": time.Hour, "started again": restarted} {
		t.Run(name, func(t *testing.T) {
			s := open(t, t.TempDir())
			const days, each = 100, 4
			for n := range days * each {
				vote(t, s, Vote{Server: "1", Answer: "a", Person: fmt.Sprint(n),
					At: evening.Add(-time.Duration(n) * 24 * time.Hour / each)})
			}
			c := &clockwork{t, s, evening}
			c.tick(restarted, 0)
			c.tick(24*time.Hour, 0)
			c.expire(0)
			c.tick(passed, 365*24*time.Hour)
			c.expire(0)
			if c.tick(59*time.Minute, 0).Settled {
				t.Error("it settles within the hour")
			}
			c.expire(0)
			gone := 0
			for range 24 * 3 {
				c.tick(time.Hour, 0)
				n, err := s.Expire(t.Context(), c.wall)
				if err != nil {
					t.Fatal(err)
				}
				gone += n
			}
			if most := (3+1)*each + 1; gone == 0 || gone > most {
				t.Errorf("%d went within three days, want 1 to %d", gone, most)
			}
			c.tick(time.Minute, -365*24*time.Hour) // somebody sets it right
			c.tick(2*time.Hour, 0)
			c.expire(0)
		})
	}
}

// In the long run as much goes as comes: what is kept for 180 days is gone after 181.
func TestExpireKeepsUp(t *testing.T) {
	s := open(t, t.TempDir())
	c := &clockwork{t, s, evening}
	c.tick(restarted, 0)
	for day := range 200 {
		vote(t, s, Vote{Server: "1", Answer: "a", Person: fmt.Sprint(day), At: c.wall})
		for range 4 {
			c.tick(6*time.Hour, 0)
			if _, err := s.Expire(t.Context(), c.wall); err != nil {
				t.Fatal(err)
			}
		}
	}
	var oldest int64
	if err := s.read.QueryRow("SELECT min(at) FROM votes").Scan(&oldest); err != nil {
		t.Fatal(err)
	}
	if age := c.wall.Sub(time.Unix(oldest, 0)); age > KeepVotes+30*time.Hour {
		t.Errorf("the oldest is %v old", age)
	}
}
