// Package limits says how much may be asked, and how much is done at a time: a Meter counts questions, clicks and
// shares of people, servers and the bot; in a Queue questions wait for their turn, those of one person behind each
// other; a Crew is goroutines of which there are only so many. It knows neither what is asked nor where.
package limits

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"pilcrow/internal/lang"
	"pilcrow/internal/store"
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

// Rates say how much may be asked, and how often one person may press a button or fill in a form, and share an answer.
type Rates struct {
	Person, Server, Bot Rate
	Clicks, Shares      Rate // of a person
}

const maxCounted = 20_000 // ours: people, and servers, whose questions are counted at a time

// Meter counts questions. It forgets whoever has all of their questions back. Make it with NewMeter.
type Meter struct {
	limits Rates

	mu      sync.Mutex
	bot     *counted
	people  map[string]*counted
	servers map[string]*counted
	clicks  map[string]*counted
	shares  map[string]*counted
}

// counted is what somebody has asked.
type counted struct {
	*rate.Limiter
	told  time.Time // until when they know that they have to wait
	spent time.Time // until when they have to, for what was asked of other processes
}

// The kinds of what is counted over all processes, in the order in which it is taken.
const (
	kindPerson = "person"
	kindServer = "server"
	kindBot    = "the whole"
)

// NewMeter makes one that has counted nothing.
func NewMeter(l Rates) *Meter {
	r := &Meter{limits: l, people: map[string]*counted{}, servers: map[string]*counted{}, clicks: map[string]*counted{},
		shares: map[string]*counted{}}
	if l.Bot.Count > 0 {
		r.bot = &counted{Limiter: l.Bot.limiter()}
	}
	return r
}

// Left is how many questions a person may ask here.
func (r *Meter) Left(who string, now time.Time) float64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.people[who]; c != nil {
		return c.TokensAt(now)
	}
	return float64(r.limits.Person.Count)
}

// Take counts a question, or says why it has to wait. quiet says that the asker knows already. undo has it not counted.
func (r *Meter) Take(say lang.Printer, who, server string, now time.Time) (why string, quiet bool, undo func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var taken []*rate.Reservation
	undo = func() {
		for _, reserved := range taken {
			reserved.CancelAt(now)
		}
	}
	for _, a := range r.Allowances(who, server) {
		of := r.of(a, now)
		wait := of.spent.Sub(now)
		if wait <= 0 {
			reserved := of.ReserveN(now, 1)
			taken = append(taken, reserved)
			wait = reserved.DelayFrom(now)
		}
		if wait > 0 {
			undo() // a question that is refused counts nowhere
			why, quiet = r.refusal(say, who, a.Kind, now, wait)
			return why, quiet, undo
		}
	}
	return "", false, undo
}

// Spent takes note of what other processes counted, and says why a question has to wait.
func (r *Meter) Spent(say lang.Printer, who, server string, s *store.Spent, now time.Time) (why string, quiet bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range r.Allowances(who, server) {
		if a.Kind == s.Kind {
			r.of(a, now).spent = now.Add(s.Wait)
		}
	}
	return r.refusal(say, who, s.Kind, now, s.Wait)
}

// Allowances are the limits that hold for a question.
func (r *Meter) Allowances(who, server string) (all []store.Allowance) {
	add := func(kind, id string, limit Rate) {
		if limit.Count > 0 {
			all = append(all, store.Allowance{Kind: kind, Who: id, Count: limit.Count, Per: limit.Per})
		}
	}
	add(kindPerson, who, r.limits.Person)
	if server != "" {
		add(kindServer, server, r.limits.Server)
	}
	add(kindBot, "", r.limits.Bot)
	return all
}

// of is what was asked of an allowance. The caller holds r.mu.
func (r *Meter) of(a store.Allowance, now time.Time) *counted {
	switch a.Kind {
	case kindPerson:
		return find(r.people, a.Who, r.limits.Person, now)
	case kindServer:
		return find(r.servers, a.Who, r.limits.Server, now)
	}
	return r.bot
}

// refusal says why a question has to wait, and whether the asker knows already. The caller holds r.mu.
func (r *Meter) refusal(say lang.Printer, who, kind string, now time.Time, wait time.Duration) (string, bool) {
	var why string
	switch kind {
	case kindPerson:
		why = say.Text("You have asked %d questions in a short time.", r.limits.Person.Count)
	case kindServer:
		why = say.Text("This server has asked all that it may for now.")
	default:
		why = say.Text("I have been asked all that I may answer for now.")
	}
	if r.limits.Person.Count > 0 {
		person := find(r.people, who, r.limits.Person, now)
		if now.Before(person.told) {
			return why + " " + again(say, wait), true
		}
		person.told = now.Add(wait)
	}
	return why + " " + again(say, wait), false
}

// Click counts a press of a button, or says why it has to wait.
func (r *Meter) Click(say lang.Printer, who string, now time.Time) (why string) {
	wait := r.once(r.clicks, who, r.limits.Clicks, now)
	if wait == 0 {
		return ""
	}
	return say.Text("You have pressed buttons %d times in a short time.", r.limits.Clicks.Count) + " " + again(say, wait)
}

// Share counts an answer that is shown to a channel, or says why it has to wait.
func (r *Meter) Share(say lang.Printer, who string, now time.Time) (why string) {
	wait := r.once(r.shares, who, r.limits.Shares, now)
	if wait == 0 {
		return ""
	}
	return say.Text("You have shared %d answers in a short time.", r.limits.Shares.Count) + " " + again(say, wait)
}

// once counts one of something by one person, or says how long to wait: then it does not count.
func (r *Meter) once(all map[string]*counted, who string, limit Rate, now time.Time) time.Duration {
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
			if c.TokensAt(now) >= float64(limit.Count) && now.After(c.told) && now.After(c.spent) {
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
