package delivery

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
)

// While a command runs, it may show how its answer comes about. Of several stages the latest is shown; one at a time is
// on its way; and they make way for answers: a stage takes no request that one of those may need, and waits for nobody.
// The answer comes last.

// A showing is a place where stages can be shown.
type showing interface {
	Place
	// before is how long an answer may take until the first stage is worth showing.
	before() time.Duration
	// show puts a stage in the place of the one before. It does not wait for a rate limit: rest.ErrNoSpare.
	show(ctx context.Context, m render.Body) error
	// again shows the answer once more, in the place where finish has put it.
	again(ctx context.Context, p render.Page) error
}

// Stages are those of one question. Nil shows none.
type Stages struct {
	courier *Courier
	place   showing
	say     lang.Printer
	since   time.Time

	loop   func()             // shows stages until stop
	stop   context.CancelFunc // ends the waits between them
	cut    context.CancelFunc // gives up the one on its way
	wake   chan struct{}      // holds one token when there is something new
	showed sync.WaitGroup

	mu     sync.Mutex
	run    int // of the command, as one may begin anew
	next   *commands.Reply
	began  bool
	ended  bool
	unsure bool // a stage may still be on its way to the screen; only read after the end
}

// Stages makes those of a question, nil where none can be shown. End must be called.
func (c *Courier) Stages(send context.Context, a Asked) *Stages {
	at, ok := a.Place.(showing)
	m, message := a.Place.(*Message)
	if !ok || a.Unasked || message && m.thread != "" { // its thread begins with the answer
		return nil
	}
	s := &Stages{courier: c, place: at, say: a.Say, since: time.Now(), wake: make(chan struct{}, 1)}
	send, s.cut = context.WithCancel(send)
	waiting, stop := context.WithCancel(send)
	s.stop = stop
	s.loop = func() { s.showAll(send, waiting) }
	return s
}

// Begin returns what shows the stages of one run of the question's command; nil for nil. Those of the runs before are
// not shown any more.
func (s *Stages) Begin() func(commands.Reply) {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.run++
	run := s.run
	s.next = nil
	return func(r commands.Reply) { s.show(run, r) }
}

func (s *Stages) show(run int, r commands.Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended || run != s.run || len(r.Blocks) == 0 {
		return
	}
	s.next = &r
	if !s.began {
		s.began = true
		s.showed.Go(s.loop) // End waits for it
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// take is the latest stage that has not been shown; nil for none.
func (s *Stages) take() *commands.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.next
	s.next = nil
	return r
}

// putBack keeps a stage that could not be shown, unless there is a newer one.
func (s *Stages) putBack(r *commands.Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next == nil {
		s.next = r
	}
}

// showAll shows stages until waiting ends.
func (s *Stages) showAll(send, waiting context.Context) {
	defer s.courier.client.Contain("show a stage")
	wait := s.place.before() - time.Since(s.since)
	for {
		select {
		case <-s.wake:
		case <-waiting.Done():
			return
		}
		for {
			if rest.Sleep(waiting, wait) != nil {
				return
			}
			r := s.take()
			if r == nil {
				break
			}
			err := s.one(send, *r)
			wait = s.courier.Times.Stage
			if errors.Is(err, rest.ErrNoSpare) {
				s.putBack(r)
				wait = s.courier.Times.Spare
				continue
			}
			if e, ok := errors.AsType[*rest.Error](err); ok && e.Status < http.StatusInternalServerError &&
				e.Status != http.StatusTooManyRequests {
				return // it cannot be shown there; the answer says why, or finds another way
			}
		}
	}
}

// one shows a stage.
func (s *Stages) one(send context.Context, r commands.Reply) error {
	p := render.Reply(r, false, s.say)
	ctx, cancel := context.WithTimeout(send, s.courier.Times.Show)
	defer cancel()
	err := s.place.show(ctx, render.Body{Content: p.Parts[0]})
	if err == nil || errors.Is(err, rest.ErrNoSpare) {
		return err
	}
	e, ok := errors.AsType[*rest.Error](err)
	if !ok || e.Status >= http.StatusInternalServerError {
		s.unsure = true
	}
	return err
}

// End ends the stages: when it returns, nothing is shown any more, and a request that hangs has been given up.
func (s *Stages) End() {
	if s == nil {
		return
	}
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
	s.stop()
	late := time.AfterFunc(s.courier.Times.Linger, s.cut)
	defer late.Stop()
	s.showed.Wait()
	s.cut()
}

// Confirm shows the answer again if a stage that was given up may have come after it.
func (s *Stages) Confirm(ctx context.Context, p render.Page) {
	if s == nil || !s.unsure || rest.Sleep(ctx, s.courier.Times.Settle) != nil {
		return
	}
	if err := s.place.again(ctx, p); err != nil {
		s.courier.client.Log("show an answer again", err)
	}
}

// The places.

func (i *Interaction) before() time.Duration { return 0 } // "is thinking…" stands there already

func (i *Interaction) show(ctx context.Context, m render.Body) error {
	if !i.acked.Load() || i.dead.Load() || time.Since(i.Received) > callback.Life-tokenMargin {
		return rest.ErrNoSpare
	}
	err := i.SparePut(ctx, i.over(m))
	i.staged = i.staged || !errors.Is(err, rest.ErrNoSpare)
	return err
}

// restore puts a page back that stages took the place of.
func (i *Interaction) restore(ctx context.Context) {
	if !i.staged || i.Turn == nil {
		return
	}
	if err := i.Put(ctx, i.Turn.Page().Bodies()[0]); err != nil {
		i.courier.client.Log("put a page back", err)
	}
}

func (i *Interaction) again(ctx context.Context, p render.Page) error {
	switch {
	case i.dead.Load():
		return nil // the answer went elsewhere
	case i.Turn != nil && p.Failed:
		i.restore(ctx)
		return nil
	}
	b := i.over(p.Bodies()[0])
	b.Replaces = i.Turn != nil
	return i.Put(ctx, b)
}

func (m *Message) before() time.Duration { return m.courier.Times.First }

func (m *Message) show(ctx context.Context, b render.Body) error {
	if !m.courier.client.Free() {
		return rest.ErrNoSpare
	}
	if m.shown != "" {
		return m.courier.writer.SpareEdit(ctx, m.channel, m.shown, b)
	}
	b.ReplyTo, b.Nonce = m.id, channel.Nonce(m.id, 0)
	sent, err := m.courier.writer.Spare(ctx, m.channel, b)
	if !errors.Is(err, rest.ErrNoSpare) {
		m.tried = true
	}
	m.shown = sent.ID
	if sent.ID != "" {
		m.entry.Shown(ctx, sent.ID)
	}
	return err
}

func (m *Message) again(ctx context.Context, p render.Page) error {
	if m.shown == "" {
		return nil
	}
	return m.change(ctx, p.Bodies()[0])
}
