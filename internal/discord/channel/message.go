package channel

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

// nonceLife is how long Discord certainly knows a message by its nonce; ours: it says "a few minutes".
const nonceLife = 2 * time.Minute

// LookBehind is how many messages behind a question its answer is looked for among. Discord: 100 at most.
const LookBehind = 100

// spareRequests of a channel are left to answers.
const spareRequests = 2

// Made is a message that we have sent.
type Made struct {
	ID      string `json:"id"`
	Content string `json:"content"`
	// Alone says that it could not be sent as a reply.
	Alone bool `json:"-"`
}

// Nonce names a part of the answer to an event.
func Nonce(event string, part int) string {
	return fmt.Sprintf("%.21s-%d", event, part) // Discord: at most 25 characters
}

// Post sends a page to a channel, as replies to a message if replyTo is not "". The event's id makes sure that nothing
// is shown twice, however often it is sent.
func (w *Writer) Post(ctx context.Context, channel, replyTo, event string, p render.Page) error {
	_, err := w.PostAll(ctx, channel, replyTo, event, p.Bodies(), 0)
	return err
}

// PostAll sends the bodies from one on, and returns the first of them as it stands there.
func (w *Writer) PostAll(ctx context.Context, channel, replyTo, event string, bodies []render.Body, from int) (
	first Made, err error) {
	limit, done := w.limits.Use(channel)
	defer done()
	for n, part := range bodies[from:] {
		part.ReplyTo = replyTo
		part.Nonce = Nonce(event, from+n)
		sent, err := w.post(ctx, channel, limit, part)
		if replyTo != "" && rest.HasCode(err, rest.NoHistory) {
			replyTo, part.ReplyTo = "", ""
			sent, err = w.post(ctx, channel, limit, part)
			sent.Alone = true
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

// PostOne sends a message, which has its nonce.
func (w *Writer) PostOne(ctx context.Context, channel string, m render.Body) error {
	limit, done := w.limits.Use(channel)
	defer done()
	_, err := w.post(ctx, channel, limit, m)
	return err
}

// post sends a message, once: where that may have been done too long ago to try it again, it is looked for first.
func (w *Writer) post(ctx context.Context, channel string, limit *rest.Bucket, m render.Body) (Made, error) {
	r, err := creation(channel, m)
	if err != nil {
		return Made{}, err
	}
	r.Bucket = limit
	began := time.Now()
	for {
		sent, err := rest.Fetch[Made](ctx, w.client, r)
		if !errors.Is(err, rest.ErrStale) {
			return sent, err
		}
		for {
			found, looked := w.Find(ctx, channel, m, began)
			if looked == nil && found.ID != "" {
				return found, nil
			}
			if looked == nil {
				break
			}
			if rest.Refused(looked) || rest.Sleep(ctx, rest.LongestRetry) != nil {
				return Made{}, err
			}
		}
	}
}

// Find looks for a message that was sent since a time; one without an id is not there.
func (w *Writer) Find(ctx context.Context, channel string, m render.Body, since time.Time) (Made, error) {
	list, err := Read[[]struct {
		Made
		Author event.Author `json:"author"`
	}](ctx, w, channel, "/messages?limit="+strconv.Itoa(LookBehind))
	for _, there := range list {
		if there.Author.ID == w.me() && journal.Checksum(there.Content) == journal.Checksum(m.Content) &&
			event.Written(there.ID).After(since.Add(-time.Minute)) { // the clocks may differ
			return there.Made, nil
		}
	}
	return Made{}, err
}

// Spare sends a message only if that takes no request that an answer may need; else it is rest.ErrNoSpare.
func (w *Writer) Spare(ctx context.Context, channel string, m render.Body) (Made, error) {
	limit, done := w.limits.Use(channel)
	defer done()
	r, err := creation(channel, m)
	if err != nil {
		return Made{}, err
	}
	r.Bucket, r.Tries, r.Spare = limit, 1, spareRequests
	return rest.Fetch[Made](ctx, w.client, r)
}

// Edit puts a message in the place of one of ours.
func (w *Writer) Edit(ctx context.Context, channel, id string, m render.Body) error {
	return w.edit(ctx, channel, id, m, rest.TillDeadline, 0)
}

// SpareEdit is Edit only if that takes no request that an answer may need; else it is rest.ErrNoSpare.
func (w *Writer) SpareEdit(ctx context.Context, channel, id string, m render.Body) error {
	return w.edit(ctx, channel, id, m, 1, spareRequests)
}

func (w *Writer) edit(ctx context.Context, channel, id string, m render.Body, tries uint, spare int) error {
	limit, done := w.limits.Use("editing " + channel)
	defer done()
	m.Replaces = true
	data, contentType, err := m.Encode()
	if err != nil {
		return err
	}
	_, err = w.client.Do(ctx, rest.Request{What: "edit a message", Method: http.MethodPatch, Tries: tries, Spare: spare,
		Path: "/channels/" + channel + "/messages/" + id,
		Data: data, ContentType: contentType, Bucket: limit})
	return err
}

// Delete takes a message away. One that is gone already is no error.
func (w *Writer) Delete(ctx context.Context, channel, id string) error {
	limit, done := w.limits.Use("deleting in " + channel)
	defer done()
	_, err := w.client.Do(ctx, rest.Request{What: "delete a message", Method: http.MethodDelete,
		Path: "/channels/" + channel + "/messages/" + id, Bucket: limit})
	if rest.HasCode(err, rest.UnknownMessage) {
		return nil
	}
	return err
}

// creation makes a message in a channel.
func creation(channel string, m render.Body) (rest.Request, error) {
	data, contentType, err := m.Encode()
	return rest.Request{What: "send a message", Method: http.MethodPost, Tries: rest.TillDeadline, Safe: nonceLife,
		Path: "/channels/" + channel + "/messages",
		Data: data, ContentType: contentType}, err
}
