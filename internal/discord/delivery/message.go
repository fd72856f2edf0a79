package delivery

import (
	"context"
	"sync"

	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

// A Message is a Place: somebody wrote it. It belongs to one goroutine at a time.
type Message struct {
	courier     *Courier
	id, channel string
	shown       string         // the message of ours that answers it; "" for none yet
	tried       bool           // there may be one
	entry       *journal.Entry // in the journal; nil for none
	unread      bool           // Discord lets the bot neither reply to the message nor read what was said before
	who         string         // wrote the message
	thread      string         // what the thread is called that the answer opens; "" for none, or it was tried
	// the channel of the message, where channel is the thread that the answer opened; "" for none
	parent string
	opened bool // the thread is ours, and nobody's else
}

// Message is the place of a message. thread is what the thread is called that its answer opens; "" for none.
func (c *Courier) Message(m event.Message, thread string) *Message {
	return &Message{courier: c, id: m.ID, channel: m.ChannelID, who: m.Author.ID, thread: thread}
}

// State is what is needed to end the question without this place.
func (m *Message) State() journal.State { return journal.State{Channel: m.channel, Message: m.id} }

// Keep has the entry say how far the answer has come.
func (m *Message) Keep(e *journal.Entry) { m.entry = e }

// Accept shows that the bot is typing until done is called.
func (m *Message) Accept(ctx context.Context) (done func()) {
	ctx, stop := context.WithCancel(ctx)
	var typing sync.WaitGroup
	typing.Go(func() {
		defer m.courier.client.Contain("type")
		m.courier.writer.Type(ctx, m.channel, m.courier.Times.Typing)
	})
	return func() {
		stop()
		typing.Wait()
	}
}

// finish puts the answer where it belongs: into a thread of its own, if that was chosen for the channel.
func (m *Message) finish(ctx context.Context, p render.Page) error {
	if !p.Failed {
		m.branch(ctx)
	}
	err := m.put(ctx, p)
	if m.parent != "" && m.shown == "" && unwelcome(err) {
		empty := m.unbranch(ctx)
		err = m.put(ctx, p)
		m.clear(ctx, empty)
	}
	return err
}

// put puts the answer in the place of the stages, if there were any, and posts what does not fit there.
func (m *Message) put(ctx context.Context, p render.Page) error {
	bodies, replyTo := p.Bodies(), m.id
	if m.parent != "" {
		replyTo = "" // it stands in another channel
	}
	if m.shown != "" {
		err := m.change(ctx, bodies[0])
		if err == nil {
			_, err = m.courier.writer.PostAll(ctx, m.channel, replyTo, m.id, bodies, 1)
			return err
		}
		if !rest.HasCode(err, rest.UnknownMessage) { // else somebody took it away
			plain := len(bodies[0].Files)+len(bodies[0].Cards) == 0 // else it is tried without them first
			if !plain || !rest.Refused(err) || m.TakeBack(ctx) != nil {
				return err
			}
		}
		m.shown, m.tried = "", false
		_, err = m.courier.writer.PostAll(ctx, m.channel, replyTo, m.id+"r", bodies, 0)
		return err
	}
	first, err := m.courier.writer.PostAll(ctx, m.channel, replyTo, m.id, bodies[:1], 0)
	if err != nil {
		return err
	}
	m.shown, m.unread = first.ID, first.Alone
	if m.tried && first.Content != bodies[0].Content { // a stage had come there after all
		if err := m.change(ctx, bodies[0]); err != nil {
			return err
		}
	}
	_, err = m.courier.writer.PostAll(ctx, m.channel, replyTo, m.id, bodies, 1)
	return err
}

// change edits the message that answers.
func (m *Message) change(ctx context.Context, b render.Body) error {
	return m.courier.writer.Edit(ctx, m.channel, m.shown, b)
}

func (m *Message) refuse(ctx context.Context, text string) error {
	return m.put(ctx, render.Notice(text))
}

// Privately is the same place for a refusal that is for its author alone, if they let the bot write to them.
func (m *Message) Privately() Place { return &whispered{m} }

// whispered is a Place: the author of a message.
type whispered struct{ *Message }

func (m *whispered) refuse(ctx context.Context, text string) error {
	channel, err := m.courier.writer.Direct(ctx, m.who)
	if err == nil {
		err = m.courier.writer.Post(ctx, channel, "", m.id, render.Notice(text))
	}
	if rest.HasCode(err, rest.NoDirect) {
		return m.Message.refuse(ctx, text)
	}
	return err
}

// TakeBack takes away what was shown of an answer that nobody wants any more.
func (m *Message) TakeBack(ctx context.Context) error {
	if m.shown == "" {
		return nil
	}
	return m.courier.writer.Delete(ctx, m.channel, m.shown)
}
