// Package channel writes in Discord's channels, and reads there: messages, each of which is there once however often it
// had to be sent; threads; private conversations; what stays as it is of a channel, and in which threads the bot takes
// part. It knows no question: whoever writes says in which channel, and what.
package channel

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"pilcrow/internal/discord/rest"
)

// A Writer writes as the bot. It is safe for use by several goroutines.
type Writer struct {
	client *rest.Client
	limits rest.Buckets
	me     func() string
}

// New makes one. me is the bot's id, which is known when the first event has come.
func New(client *rest.Client, me func() string) *Writer {
	return &Writer{client: client, me: me}
}

// Limits counts the limits that are remembered of channels.
func (w *Writer) Limits() int { return w.limits.Len() }

// Direct opens the private conversation with somebody, and returns its channel.
func (w *Writer) Direct(ctx context.Context, who string) (string, error) {
	data, err := json.Marshal(struct {
		Recipient string `json:"recipient_id"`
	}{who})
	if err != nil {
		return "", err
	}
	opened, err := rest.Fetch[struct {
		ID string `json:"id"`
	}](ctx, w.client, rest.Request{What: "open a conversation", Method: http.MethodPost, Path: "/users/@me/channels",
		Data: data, Tries: rest.TillDeadline})
	return opened.ID, err
}

// Type shows that the bot is typing in a channel until ctx ends, again every so often.
func (w *Writer) Type(ctx context.Context, channel string, every time.Duration) {
	limit, done := w.limits.Use("typing in " + channel)
	defer done()
	for wait := every / 32; rest.Sleep(ctx, wait) == nil; wait = every {
		_, err := w.client.Do(ctx, rest.Request{What: "type", Method: http.MethodPost,
			Path: "/channels/" + channel + "/typing", Bucket: limit, Tries: 1}) // a courtesy: it may fail
		if e, ok := errors.AsType[*rest.Error](err); ok && e.Status == http.StatusForbidden {
			return // Discord counts what is forbidden
		}
	}
}

// OpenThread opens a thread from a message, which has the message's id; opened says that it was not there before.
func (w *Writer) OpenThread(ctx context.Context, channel, message, name string) (opened bool, err error) {
	data, err := json.Marshal(struct {
		Name string `json:"name"`
	}{name})
	if err != nil {
		return false, err
	}
	limit, done := w.limits.Use("threads in " + channel)
	defer done()
	_, err = w.client.Do(ctx, rest.Request{What: "open a thread", Method: http.MethodPost, Data: data,
		Tries: rest.TillDeadline,
		Path:  "/channels/" + channel + "/messages/" + message + "/threads", Bucket: limit})
	if rest.HasCode(err, rest.ThreadExists) { // an attempt before got there, or somebody was faster
		return false, nil
	}
	return err == nil, err
}

// DeleteThread takes a thread away that belongs to a channel.
func (w *Writer) DeleteThread(ctx context.Context, channel, thread string) error {
	limit, done := w.limits.Use("threads in " + channel)
	defer done()
	_, err := w.client.Do(ctx, rest.Request{What: "delete an empty thread", Method: http.MethodDelete,
		Path: "/channels/" + thread, Bucket: limit, Tries: 2})
	return err
}

// Look reads something of a channel, once: what is not there at once is done without.
func Look[T any](ctx context.Context, w *Writer, channel, what, path string) (T, error) {
	limit, done := w.limits.Use("reading " + channel)
	defer done()
	return rest.Fetch[T](ctx, w.client, rest.Request{What: what, Method: http.MethodGet,
		Path:   "/channels/" + channel + path,
		Bucket: limit, Tries: 1})
}

// Read reads something of a channel that has to be known.
func Read[T any](ctx context.Context, w *Writer, channel, path string) (T, error) {
	return rest.Fetch[T](ctx, w.client, rest.Request{What: "read the answer to a message", Method: http.MethodGet,
		Path: "/channels/" + channel + path})
}
