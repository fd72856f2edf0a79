package discord

import (
	"context"

	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
)

// locate finds out where a message was written: an interaction says so itself, and of most channels the gateway has
// told. Where it cannot be read, the table decides whether it can be answered all the same.
func (b *Bot) locate(ctx context.Context, q *question) {
	if _, message := q.place.(*delivery.Message); message && q.server != "" {
		q.input.Unplaced = true
	}
	if !q.input.Unplaced || len(q.input.Channels) != 1 {
		return
	}
	if _, known := b.rooms.Known(q.input.Channels[0]); !known && !b.client.Free() {
		return
	}
	defer b.client.Contain("read a channel")
	ctx, cancel := context.WithTimeout(ctx, recallLimit)
	defer cancel()
	r, err := b.rooms.Read(ctx, q.input.Channels[0])
	if err != nil {
		b.client.Log("read a channel", err)
		return
	}
	if q.talk != nil {
		q.talk.kind = r.Kind
	}
	if r.Parent != "" {
		q.input.Channels = append(q.input.Channels, r.Parent)
	}
	q.input.Unplaced = event.Thread(r.Kind) && r.Parent == ""
}
