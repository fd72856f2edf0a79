package discord

import (
	"context"
	"errors"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/store"
)

const (
	closingText = "I am being restarted. Please ask again in a minute."
	busyText    = "I have more questions than I can answer right now. Please ask again in a minute."
)

// A question is one call of a command.
type question struct {
	id      string // of the event
	ref     string // what the log, and who is told of a failure, call it
	who     string // the asker's user id
	command string
	input   commands.Input
	place   delivery.Place
	server  string                // "" in a private conversation
	counts  bool                  // it counts among what may be asked
	turns   bool                  // the reply takes the place of the message under which it was asked for
	talk    *talk                 // where the conversation before it can be read; nil for nowhere
	share   bool                  // one person sees the answer, in a channel where others are
	slash   bool                  // asked by a command, whose text Discord shows to nobody
	files   map[string]event.File // by parameter: what the asker sent along, not yet fetched
	leftOut []string              // files that are not part of the question
	watch   *watch                // over the message that asks; nil for none
	// overheard says that the question was not said to the bot: where there is nothing to say, it keeps silent.
	overheard bool
	sure      bool // and where it does not surely know the answer
	retold    bool // another process may have taken it
	// uncount has the question not counted here; nil for one that does not count.
	uncount func()
}

// asked is what its delivery knows of the question.
func (q question) asked() delivery.Asked {
	a := delivery.Asked{Place: q.place, Event: q.id, Ref: q.ref, Who: q.who, Server: q.server, Say: q.input.Lang,
		Unasked: q.sure}
	if len(q.input.Channels) > 0 {
		a.Channel = q.input.Channels[0]
	}
	return a
}

// take takes a question in hand, or refuses it. It does not block.
func (b *Bot) take(send, work context.Context, q question) {
	say := q.input.Lang
	q.ref = newRef()
	b.logger.Debug("a question came", "ref", q.ref, "command", q.command, "event", q.id)
	if b.closing.Load() {
		b.refuse(send, q, say.Text(closingText))
		return
	}
	if q.counts {
		why, quiet, undo := b.rates.Take(say, q.who, q.server, time.Now())
		if why != "" {
			b.limited(send, q, why, quiet)
			return
		}
		q.uncount = undo
	}
	turn, err := b.limiter.Hold(q.who)
	if err != nil {
		b.refuse(send, q, say.Text(busyText))
		return
	}
	b.watches.add(q.watch)
	taken := b.answers.Do(func() {
		defer b.limiter.LetGo(turn)
		defer b.watches.drop(q.id)
		b.answer(send, work, q, turn)
	})
	if !taken {
		b.limiter.LetGo(turn)
		b.watches.drop(q.id)
		b.refuse(send, q, say.Text(busyText))
	}
}

// limited tells privately when to ask again: a command each time, as Discord waits for an answer; a message only once.
func (b *Bot) limited(send context.Context, q question, why string, quiet bool) {
	if m, ok := q.place.(*delivery.Message); ok {
		if quiet {
			return
		}
		if q.server != "" {
			q.place = m.Privately()
		}
	}
	b.refuse(send, q, why)
}

// open writes a question down that came from a place where it can be ended later.
func (b *Bot) open(ctx context.Context, q question, a store.Arrival) (*journal.Entry, error) {
	var s journal.State
	message, _ := q.place.(*delivery.Message)
	switch at := q.place.(type) {
	case *delivery.Interaction:
		s = at.State()
	case *delivery.Message:
		s = at.State()
		s.Overheard = q.overheard
	default:
		return nil, nil
	}
	s.Locale = q.input.Lang.Locale()
	e, err := b.journal.Open(ctx, s, a)
	if message != nil && e != nil {
		message.Keep(e)
	}
	return e, err
}

// arrival is what the question is to other processes.
func (b *Bot) arrival(q question) (a store.Arrival) {
	if !b.fleet.Cluster() {
		return a
	}
	a.Event = q.id
	if q.uncount != nil {
		a.Of = b.rates.Allowances(q.who, q.server)
	}
	return a
}

// turnDown does not answer what another process has taken, nor what may not be asked for what others were asked.
func (b *Bot) turnDown(send context.Context, q question, err error) {
	if q.uncount != nil {
		q.uncount()
	}
	spent, ok := errors.AsType[*store.Spent](err)
	if !ok {
		b.logger.Debug("another process has taken the question", "ref", q.ref)
		return
	}
	why, quiet := b.rates.Spent(q.input.Lang, q.who, q.server, spent, time.Now())
	b.limited(send, q, why, quiet)
}

func (b *Bot) refuse(send context.Context, q question, text string) {
	if q.overheard { // nobody waits for it
		return
	}
	hands := &b.refusals
	if _, ok := q.place.(*delivery.Interaction); ok { // it is not to wait behind messages, and for one it must not
		hands = &b.rebuffs
	}
	taken := hands.Do(func() {
		defer b.client.Contain("refuse a question")
		ctx, cancel := context.WithTimeout(send, b.times.send)
		defer cancel()
		b.courier.Refuse(ctx, q.asked(), text)
	})
	if !taken {
		b.logger.Error("a question was dropped: too many are being refused")
	}
}

// answer is the way of a question from the acknowledgement to its ending.
func (b *Bot) answer(send, work context.Context, q question, turn *limits.Turn) {
	defer b.client.Contain("answer a question " + q.ref)
	began, ended := time.Now(), false
	open, err := b.open(send, q, b.arrival(q))
	if errors.Is(err, store.ErrTaken) && b.neglected(send, q) {
		open, err = b.open(send, q, store.Arrival{})
	}
	if err != nil {
		b.turnDown(send, q, err)
		return
	}
	defer func() {
		if ended {
			open.Close(send)
		}
		b.logger.Debug("a question ended", "ref", q.ref, "command", q.command, "ended", ended, "took", time.Since(began))
	}()
	done := q.place.Accept(send)
	defer done()
	b.scout.locate(work, &q)
	stages := b.courier.Stages(send, q.asked())
	defer stages.End()
	var p render.Page
	again, gone := true, false
	for known := true; again; known = false { // that it is surely answered, until it is changed
		now, m := q.watch.begin(work)
		if q.watch != nil {
			q.ask(m, b.identity.Load().user)
		}
		if p = (render.Page{Silent: true}); !q.sure || known || b.surely(now, q) {
			q.input.Turns = b.scout.recall(now, q)
			q.input.Show = dressing(q, stages.Begin())
			p = b.worker.result(now, q, turn)
		}
		again, gone = q.watch.end()
	}
	b.limiter.Rest(turn)
	done()
	stages.End()
	if at, ok := q.place.(*delivery.Message); ok && (gone || p.Silent) {
		ctx, cancel := context.WithTimeout(send, b.times.send)
		defer cancel()
		if err := at.TakeBack(ctx); err != nil {
			b.client.LogOf(q.ref, "take back what was shown of an answer", err)
		}
		ended = send.Err() == nil
		return
	}
	if q.talk != nil && event.Thread(q.talk.kind) && !q.share {
		b.parties.Answered(q.talk.channel, q.who)
	}
	open.Ending(send, p)
	p, err = b.courier.Deliver(send, q.asked(), p)
	ended = rest.Refused(err) // Discord does not take it, nor would it later
	if err != nil {
		b.client.LogOf(q.ref, "deliver an answer", err)
		return
	}
	ctx, cancel := context.WithTimeout(send, b.times.send)
	defer cancel()
	stages.Confirm(ctx, p)
	ended = true
}
