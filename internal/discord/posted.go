package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

// posted is a place: a message that somebody wrote. It belongs to one goroutine at a time.
type posted struct {
	bot         *Bot
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

// accept shows that the bot is typing until done is called.
func (m *posted) accept(ctx context.Context) (done func()) {
	ctx, stop := context.WithCancel(ctx)
	var typing sync.WaitGroup
	typing.Go(func() {
		defer m.bot.contain("type")
		limit, done := m.bot.channels.Use("typing in " + m.channel)
		defer done()
		for wait := m.bot.times.typing / 32; rest.Sleep(ctx, wait) == nil; wait = m.bot.times.typing {
			_, err := m.bot.client.Do(ctx, rest.Request{What: "type", Method: http.MethodPost,
				Path: "/channels/" + m.channel + "/typing", Bucket: limit, Tries: 1}) // a courtesy: it may fail
			if e, ok := errors.AsType[*rest.Error](err); ok && e.Status == http.StatusForbidden {
				return // Discord counts what is forbidden
			}
		}
	})
	return func() {
		stop()
		typing.Wait()
	}
}

// finish puts the answer where it belongs: into a thread of its own, if that was chosen for the channel.
func (m *posted) finish(ctx context.Context, p render.Page) error {
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
func (m *posted) put(ctx context.Context, p render.Page) error {
	bodies, replyTo := p.Bodies(), m.id
	if m.parent != "" {
		replyTo = "" // it stands in another channel
	}
	if m.shown != "" {
		err := m.change(ctx, bodies[0])
		if err == nil {
			_, err = m.bot.postAll(ctx, m.channel, replyTo, m.id, bodies, 1)
			return err
		}
		if !rest.HasCode(err, rest.UnknownMessage) { // else somebody took it away
			plain := len(bodies[0].Files)+len(bodies[0].Cards) == 0 // else it is tried without them first
			if !plain || !refused(err) || m.takeBack(ctx) != nil {
				return err
			}
		}
		m.shown, m.tried = "", false
		_, err = m.bot.postAll(ctx, m.channel, replyTo, m.id+"r", bodies, 0)
		return err
	}
	first, err := m.bot.postAll(ctx, m.channel, replyTo, m.id, bodies[:1], 0)
	if err != nil {
		return err
	}
	m.shown, m.unread = first.ID, first.alone
	if m.tried && first.Content != bodies[0].Content { // a stage had come there after all
		if err := m.change(ctx, bodies[0]); err != nil {
			return err
		}
	}
	_, err = m.bot.postAll(ctx, m.channel, replyTo, m.id, bodies, 1)
	return err
}

// change edits the message that answers.
func (m *posted) change(ctx context.Context, b render.Body) error {
	limit, done := m.bot.channels.Use("editing " + m.channel)
	defer done()
	r, err := m.edit(b)
	if err != nil {
		return err
	}
	r.Bucket = limit
	_, err = m.bot.client.Do(ctx, r)
	return err
}

func (m *posted) edit(b render.Body) (rest.Request, error) {
	b.Replaces = true
	data, contentType, err := b.Encode()
	return rest.Request{What: "edit a message", Method: http.MethodPatch, Tries: tillDeadline,
		Path: "/channels/" + m.channel + "/messages/" + m.shown,
		Data: data, ContentType: contentType}, err
}

func (m *posted) refuse(ctx context.Context, text string) error {
	return m.put(ctx, render.Notice(text))
}

// whispered is a place: the author of a message, in private if they let the bot write to them.
type whispered struct {
	*posted
	who string
}

func (m *whispered) refuse(ctx context.Context, text string) error {
	channel, err := m.bot.direct(ctx, m.who)
	if err == nil {
		err = m.bot.post(ctx, channel, "", m.id, render.Notice(text))
	}
	if rest.HasCode(err, rest.NoDirect) {
		return m.posted.refuse(ctx, text)
	}
	return err
}

// post sends a page to a channel, as replies to a message if replyTo is not "". The event's id makes sure that nothing
// is shown twice, however often it is sent.
func (b *Bot) post(ctx context.Context, channel, replyTo, event string, p render.Page) error {
	_, err := b.postAll(ctx, channel, replyTo, event, p.Bodies(), 0)
	return err
}

// made is a message that we have sent.
type made struct {
	ID      string `json:"id"`
	Content string `json:"content"`
	alone   bool   // it could not be sent as a reply
}

// postAll sends the bodies from one on, and returns the first of them as it stands there.
func (b *Bot) postAll(ctx context.Context, channel, replyTo, event string, bodies []render.Body, from int) (first made,
	err error) {
	limit, done := b.channels.Use(channel)
	defer done()
	for n, part := range bodies[from:] {
		part.ReplyTo = replyTo
		part.Nonce = nonce(event, from+n)
		sent, err := b.postOne(ctx, channel, limit, part)
		if replyTo != "" && rest.HasCode(err, rest.NoHistory) {
			replyTo, part.ReplyTo = "", ""
			sent, err = b.postOne(ctx, channel, limit, part)
			sent.alone = true
		}
		if err != nil {
			return first, err
		}
		if n == 0 {
			first = sent
		}
	}
	return first, nil
}

// nonce names a part of the answer to an event.
func nonce(event string, part int) string {
	return fmt.Sprintf("%.21s-%d", event, part) // Discord: at most 25 characters
}

// nonceLife is how long Discord certainly knows a message by its nonce; ours: it says "a few minutes".
const nonceLife = 2 * time.Minute

// postOne sends a message, once: where that may have been done too long ago to try it again, it is looked for first.
func (b *Bot) postOne(ctx context.Context, channel string, limit *rest.Bucket, m render.Body) (made, error) {
	r, err := creation(channel, m)
	if err != nil {
		return made{}, err
	}
	r.Bucket = limit
	began := time.Now()
	for {
		sent, err := rest.Fetch[made](ctx, b.client, r)
		if !errors.Is(err, rest.ErrStale) {
			return sent, err
		}
		for {
			found, looked := b.posted(ctx, channel, m, began)
			if looked == nil && found.ID != "" {
				return found, nil
			}
			if looked == nil {
				break
			}
			if refused(looked) || rest.Sleep(ctx, rest.LongestRetry) != nil {
				return made{}, err
			}
		}
	}
}

// posted looks for a message that was sent since a time; one without an id is not there.
func (b *Bot) posted(ctx context.Context, channel string, m render.Body, since time.Time) (made, error) {
	list, err := rest.Fetch[[]struct {
		made
		Author event.Author `json:"author"`
	}](ctx, b.client, b.reading(channel, "/messages?limit="+strconv.Itoa(mendLook)))
	for _, there := range list {
		if there.Author.ID == b.identity.Load().user && journal.Checksum(there.Content) == journal.Checksum(m.Content) &&
			written(there.ID).After(since.Add(-time.Minute)) { // the clocks may differ
			return there.made, nil
		}
	}
	return made{}, err
}

// creation makes a message in a channel.
func creation(channel string, m render.Body) (rest.Request, error) {
	data, contentType, err := m.Encode()
	return rest.Request{What: "send a message", Method: http.MethodPost, Tries: tillDeadline, Safe: nonceLife,
		Path: "/channels/" + channel + "/messages",
		Data: data, ContentType: contentType}, err
}
