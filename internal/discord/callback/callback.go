// Package callback answers an interaction by its token: at first within three seconds, then for fifteen minutes,
// without any right of the bot's. Whoever has the token can do the same, so it is a credential.
// https://discord.com/developers/docs/interactions/receiving-and-responding
package callback

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

// Life is how long an interaction's token can be used. Discord's.
const Life = 15 * time.Minute

const original = "/messages/@original" // the first response

// spareRequests of an interaction are left to its answer.
const spareRequests = 1

// Unacknowledged are the codes with which Discord says that nobody acknowledged an interaction in time.
var Unacknowledged = []int{rest.UnknownInteraction, rest.UnknownWebhook, rest.InvalidToken}

// A Callback is the way back to an interaction. It has a rate limit of its own.
type Callback struct {
	ID, Token   string // Token is a credential; ID is needed for the first response alone
	Application string
	Received    time.Time

	client *rest.Client
	bucket *rest.Bucket
}

// New makes one for an interaction that was received at a time.
func New(client *rest.Client, application, id, token string, received time.Time) *Callback {
	return &Callback{ID: id, Token: token, Application: application, Received: received, client: client,
		bucket: rest.NewBucket()}
}

// A Response is what an interaction is given back at first.
type Response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data json.RawMessage                   `json:"data,omitempty"`
}

// Deferred acknowledges an interaction: the answer comes later, to the asker alone if private.
func Deferred(private bool) Response {
	r := Response{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if private {
		r.Data = json.RawMessage(fmt.Sprintf(`{"flags":%d}`, render.FlagEphemeral))
	}
	return r
}

// Respond sends the first response, within a time from its arrival. A repeated attempt may find that an earlier one had
// got through.
func (c *Callback) Respond(ctx context.Context, within time.Duration, r Response, files ...render.Attachment) error {
	data, err := json.Marshal(r)
	contentType := rest.JSON
	if err == nil && len(files) > 0 {
		data, contentType, err = render.EncodeForm(data, files)
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithDeadline(ctx, c.Received.Add(within))
	defer cancel()
	_, err = c.client.Do(ctx, rest.Request{What: "respond to an interaction", Method: http.MethodPost,
		Path: "/interactions/" + c.ID + "/" + c.Token + "/callback",
		Data: data, ContentType: contentType, Interaction: true, Urgent: true})
	if rest.HasCode(err, rest.Acknowledged) {
		return nil
	}
	return err
}

// Put changes the first response.
func (c *Callback) Put(ctx context.Context, m render.Body) error {
	return c.send(ctx, http.MethodPatch, original, m, 0)
}

// SparePut is Put only if that takes no request that the answer may need; else it is rest.ErrNoSpare.
func (c *Callback) SparePut(ctx context.Context, m render.Body) error {
	return c.send(ctx, http.MethodPatch, original, m, spareRequests)
}

// Add sends a message behind the first response. It is tried again only if it surely is not there.
func (c *Callback) Add(ctx context.Context, m render.Body) error {
	return c.send(ctx, http.MethodPost, "", m, 0)
}

// send makes or changes a message by the interaction's right.
func (c *Callback) send(ctx context.Context, method, path string, m render.Body, spare int) error {
	data, contentType, err := m.Encode()
	if err != nil {
		return err
	}
	tries := uint(rest.TillDeadline)
	if spare > 0 {
		tries = 1
	}
	_, err = c.client.Do(ctx, rest.Request{What: "answer an interaction", Method: method, Path: c.path(path),
		Tries: tries, Spare: spare,
		Data: data, ContentType: contentType, Bucket: c.bucket, Interaction: true, Once: method == http.MethodPost})
	return err
}

// Original is the first response as it stands.
func (c *Callback) Original(ctx context.Context) (event.Standing, error) {
	return rest.Fetch[event.Standing](ctx, c.client, rest.Request{What: "read the answer to an interaction",
		Method: http.MethodGet, Path: c.path(original), Bucket: c.bucket, Interaction: true})
}

// Stands looks once or twice whether the first response is there, and has that text.
func (c *Callback) Stands(ctx context.Context, is func(text string) bool) bool {
	m, err := rest.Fetch[event.Standing](ctx, c.client, rest.Request{What: "read the answer to an interaction",
		Method: http.MethodGet, Path: c.path(original), Interaction: true, Tries: 2})
	return err == nil && !m.Loading() && is(m.Text())
}

func (c *Callback) path(path string) string {
	return "/webhooks/" + c.Application + "/" + c.Token + path
}
