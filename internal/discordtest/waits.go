package discordtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrTimeout says that what was waited for did not come.
var ErrTimeout = errors.New("not in time")

// Err tells why the person's client did not make the interaction at all; nil if it did.
func (it *Interaction) Err() error { return it.err }

// Token is what the interaction is answered with.
func (it *Interaction) Token() string { return it.token }

// ID is its id.
func (it *Interaction) ID() ID { return it.id }

// Acknowledged tells whether the bot has responded, and with which type of callback.
func (it *Interaction) Acknowledged() (kind int, yes bool) {
	it.s.mu.Lock()
	defer it.s.mu.Unlock()
	return it.acked, it.acked > 0
}

// AcknowledgedAfter is how long after the person's act the bot's response was taken; ok is false while there is none.
func (it *Interaction) AcknowledgedAfter() (took time.Duration, ok bool) {
	it.s.mu.Lock()
	defer it.s.mu.Unlock()
	return it.responded.Sub(it.created), it.acked > 0
}

// Modal is the form that the bot has shown, or nil.
func (it *Interaction) Modal() *Modal {
	it.s.mu.Lock()
	defer it.s.mu.Unlock()
	return it.modal
}

// Messages are the first response, which may still be loading, and the follow-ups, as they look now.
func (it *Interaction) Messages() []Message {
	it.s.mu.Lock()
	defer it.s.mu.Unlock()
	return it.messages()
}

func (it *Interaction) messages() []Message {
	var out []Message
	for _, m := range append([]*message{it.original}, it.followUps...) {
		if m != nil && !m.Deleted {
			out = append(out, it.s.view(m))
		}
	}
	return out
}

// Wait waits until there is an answer that does not load, and gives its messages.
func (it *Interaction) Wait(ctx context.Context) ([]Message, error) {
	return it.WaitUntil(ctx, func(list []Message) bool { return it.answered(list) })
}

// WaitModal waits until the bot has shown a form.
func (it *Interaction) WaitModal(ctx context.Context) (*Modal, error) {
	_, err := it.WaitUntil(ctx, func([]Message) bool { return it.Modal() != nil })
	return it.Modal(), err
}

// answered tells whether there is something to see: after a deferred update, an edit or a follow-up.
func (it *Interaction) answered(list []Message) bool {
	it.s.mu.Lock()
	defer it.s.mu.Unlock()
	changed := it.acked != deferUpdate || len(it.followUps) > 0
	return len(list) > 0 && !list[0].Loading() && (changed || len(list[0].Edits) > it.edits)
}

// WaitUntil waits until the answer's messages are as done wants them.
func (it *Interaction) WaitUntil(ctx context.Context, done func([]Message) bool) ([]Message, error) {
	if it.err != nil {
		return nil, it.err
	}
	var list []Message
	err := it.s.WaitFor(ctx, func() bool {
		list = it.Messages()
		return done(list)
	})
	if err != nil {
		return list, fmt.Errorf("%s: %w: %w", it.usage, ErrTimeout, err)
	}
	return list, nil
}

// WaitAnswer waits until an interaction is answered and its first message has stayed as it is for Config.Quiet. A
// bot that streams more slowly than that needs WaitUntil.
func (s *Server) WaitAnswer(it *Interaction, timeout time.Duration) (Message, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	began := time.Now()
	for {
		list, err := it.Wait(ctx)
		if err != nil {
			return Message{}, err
		}
		seen := shown(list)
		quiet, stop := context.WithTimeout(ctx, cmp.Or(s.cfg.Quiet, defaultQuiet+time.Since(began)))
		_, err = it.WaitUntil(quiet, func(now []Message) bool { return shown(now) != seen })
		stop()
		if err != nil && ctx.Err() == nil {
			return list[0], nil
		}
		if err != nil {
			return list[0], fmt.Errorf("%s: %w: it still changes", it.usage, ErrTimeout)
		}
	}
}

// shown changes whenever one of the messages does.
func shown(list []Message) string {
	var b strings.Builder
	for _, m := range list {
		fmt.Fprintln(&b, m.ID, len(m.Edits))
	}
	return b.String()
}

// WaitMessage waits until a channel has a message that fits, and gives the first one.
func (s *Server) WaitMessage(channel ID, timeout time.Duration, fits func(Message) bool) (Message, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	var found Message
	err := s.WaitFor(ctx, func() bool {
		for _, m := range s.Messages(channel) {
			if fits(m) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("a message in channel %s: %w: %w", channel, ErrTimeout, err)
	}
	return found, nil
}

// WaitReply waits for the bot's reply to a message.
func (s *Server) WaitReply(to ID, timeout time.Duration) (Message, error) {
	m, found := s.Message(to)
	if !found {
		return m, ErrNoMessage
	}
	return s.WaitMessage(m.ChannelID, timeout, func(r Message) bool {
		return r.Author.Bot && r.Reference != nil && r.Reference.MessageID == to
	})
}

// WaitReady waits until the bot is connected and ready.
func (s *Server) WaitReady(timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := s.WaitFor(ctx, s.Online); err != nil {
		return fmt.Errorf("READY: %w: %w", ErrTimeout, err)
	}
	return nil
}

// Autocomplete types into an option and waits for the offers. The other options are what is already there.
func (p *Person) Autocomplete(
	ctx context.Context, channel ID, command, option, text string, others ...Option,
) ([]CommandChoice, error) {
	p.s.mu.Lock()
	it := p.slash(kindAutocomplete, channel, command, append(others, Opt(option, text)), option)
	p.s.mu.Unlock()
	if it.err != nil {
		return nil, it.err
	}
	if err := p.s.WaitFor(ctx, func() bool { _, yes := it.Acknowledged(); return yes }); err != nil {
		return nil, fmt.Errorf("autocomplete of %s: %w: %w", option, ErrTimeout, err)
	}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return it.choices, nil
}

// Delivered tells whether the interaction has been written to the bot's connection.
func (it *Interaction) Delivered() bool {
	it.s.mu.Lock()
	defer it.s.mu.Unlock()
	return !it.delivered.IsZero()
}
