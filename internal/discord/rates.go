package discord

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"pilcrow/internal/lang"
)

// A Rate is how many questions may be asked in a time: so many at once, and then one whenever its share of the time has
// passed. The zero Rate is no limit.
type Rate struct {
	Count int
	Per   time.Duration
}

func (r Rate) limiter() *rate.Limiter {
	return rate.NewLimiter(rate.Limit(float64(r.Count)/r.Per.Seconds()), r.Count)
}

// Limits say how much may be asked, and how often one person may press a button or fill in a form, and share an answer.
type Limits struct {
	Person, Server, Bot Rate
	Clicks, Shares      Rate // of a person
}

const maxCounted = 20_000 // ours: people, and servers, whose questions are counted at a time

// rates counts questions. It forgets whoever has all of their questions back. Make it with newRates.
type rates struct {
	limits Limits

	mu      sync.Mutex
	bot     *rate.Limiter
	people  map[string]*counted
	servers map[string]*counted
	clicks  map[string]*counted
	shares  map[string]*counted
}

// counted is what somebody has asked.
type counted struct {
	*rate.Limiter
	told time.Time // until when they know that they have to wait
}

func newRates(l Limits) *rates {
	r := &rates{limits: l, people: map[string]*counted{}, servers: map[string]*counted{}, clicks: map[string]*counted{},
		shares: map[string]*counted{}}
	if l.Bot.Count > 0 {
		r.bot = l.Bot.limiter()
	}
	return r
}

// take counts a question, or says why it has to wait. quiet says that the asker knows already.
func (r *rates) take(say lang.Printer, who, server string, now time.Time) (why string, quiet bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var taken []*rate.Reservation
	check := func(l *rate.Limiter) time.Duration {
		reserved := l.ReserveN(now, 1)
		taken = append(taken, reserved)
		return reserved.DelayFrom(now)
	}
	var person *counted
	var wait time.Duration
	if r.limits.Person.Count > 0 {
		person = find(r.people, who, r.limits.Person, now)
		if wait = check(person.Limiter); wait > 0 {
			why = say.Text("You have asked %d questions in a short time.", r.limits.Person.Count)
		}
	}
	if server != "" && r.limits.Server.Count > 0 && why == "" {
		if wait = check(find(r.servers, server, r.limits.Server, now).Limiter); wait > 0 {
			why = say.Text("This server has asked all that it may for now.")
		}
	}
	if r.bot != nil && why == "" {
		if wait = check(r.bot); wait > 0 {
			why = say.Text("I have been asked all that I may answer for now.")
		}
	}
	if why == "" {
		return "", false
	}
	for _, reserved := range taken { // a question that is refused counts nowhere
		reserved.CancelAt(now)
	}
	if person != nil {
		quiet = now.Before(person.told)
		if !quiet {
			person.told = now.Add(wait)
		}
	}
	return why + " " + again(say, wait), quiet
}

// click counts a press of a button, or says why it has to wait.
func (r *rates) click(say lang.Printer, who string, now time.Time) (why string) {
	wait := r.once(r.clicks, who, r.limits.Clicks, now)
	if wait == 0 {
		return ""
	}
	return say.Text("You have pressed buttons %d times in a short time.", r.limits.Clicks.Count) + " " + again(say, wait)
}

// share counts an answer that is shown to a channel, or says why it has to wait.
func (r *rates) share(say lang.Printer, who string, now time.Time) (why string) {
	wait := r.once(r.shares, who, r.limits.Shares, now)
	if wait == 0 {
		return ""
	}
	return say.Text("You have shared %d answers in a short time.", r.limits.Shares.Count) + " " + again(say, wait)
}

// once counts one of something by one person, or says how long to wait: then it does not count.
func (r *rates) once(all map[string]*counted, who string, limit Rate, now time.Time) time.Duration {
	if limit.Count == 0 {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	reserved := find(all, who, limit, now).ReserveN(now, 1)
	wait := reserved.DelayFrom(now)
	if wait > 0 {
		reserved.CancelAt(now)
	}
	return wait
}

// find finds or begins the count of somebody. Those who have everything back are forgotten when there are too many; if
// nobody is, all are: that lets some ask more, and keeps the memory.
func find(all map[string]*counted, id string, limit Rate, now time.Time) *counted {
	c := all[id]
	if c != nil {
		return c
	}
	if len(all) >= maxCounted {
		for other, c := range all {
			if c.TokensAt(now) >= float64(limit.Count) && now.After(c.told) {
				delete(all, other)
			}
		}
		if len(all) >= maxCounted {
			clear(all)
		}
	}
	c = &counted{Limiter: limit.limiter()}
	all[id] = c
	return c
}

// again says when to ask again, rounded up.
func again(say lang.Printer, wait time.Duration) string {
	switch {
	case wait <= time.Minute:
		return say.Text("You can ask again in %d seconds.", int(max(1, math.Ceil(wait.Seconds()))))
	case wait <= time.Hour:
		return say.Text("You can ask again in %d minutes.", int(math.Ceil(wait.Minutes())))
	}
	return say.Text("You can ask again in %d hours.", int(math.Ceil(wait.Hours())))
}
