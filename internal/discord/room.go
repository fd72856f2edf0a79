package discord

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/event"
)

const maxRooms = 10_000 // ours: channels that are remembered

// A room is what stays as it is of a channel or thread.
type room struct {
	kind   discordgo.ChannelType
	parent string // of a thread, the channel that it is in
	owner  string // of a thread, who opened it
	name   string // of a thread
}

// room reads a channel, and remembers it.
func (b *Bot) room(ctx context.Context, where string) (room, error) {
	if r, known := b.rooms.lookup(where); known {
		return r, nil
	}
	c, err := channel.Look[roomEvent](ctx, b.writer, where, "read a channel", "")
	if err != nil {
		return room{kind: event.KindUnknown}, err
	}
	r := c.room()
	b.rooms.store(where, r)
	return r, nil
}

// A roomEvent is what we read of a channel.
type roomEvent struct {
	ID       string                `json:"id"`
	Type     discordgo.ChannelType `json:"type"`
	ParentID string                `json:"parent_id"` // of a channel that is no thread: its category
	OwnerID  string                `json:"owner_id"`
	Name     string                `json:"name"`
}

func (e roomEvent) room() room {
	if !event.Thread(e.Type) {
		return room{kind: e.Type}
	}
	return room{kind: e.Type, parent: e.ParentID, owner: e.OwnerID, name: e.Name}
}

// locate finds out where a message was written: an interaction says so itself, and of most channels the gateway has
// told. Where it cannot be read, the table decides whether it can be answered all the same.
func (b *Bot) locate(ctx context.Context, q *question) {
	if _, message := q.place.(*posted); message && q.server != "" {
		q.input.Unplaced = true
	}
	if !q.input.Unplaced || len(q.input.Channels) != 1 {
		return
	}
	if _, known := b.rooms.lookup(q.input.Channels[0]); !known && !b.client.Free() {
		return
	}
	defer b.client.Contain("read a channel")
	ctx, cancel := context.WithTimeout(ctx, recallLimit)
	defer cancel()
	r, err := b.room(ctx, q.input.Channels[0])
	if err != nil {
		b.client.Log("read a channel", err)
		return
	}
	if q.talk != nil {
		q.talk.kind = r.kind
	}
	if r.parent != "" {
		q.input.Channels = append(q.input.Channels, r.parent)
	}
	q.input.Unplaced = event.Thread(r.kind) && r.parent == ""
}

// learn reads the channels that an event names: a new one, or all of a server, in which case it has no type of its own.
func (rs *rooms) learn(event json.RawMessage) {
	var e struct {
		roomEvent
		Kind     *discordgo.ChannelType `json:"type"`
		Channels []roomEvent            `json:"channels"`
		Threads  []roomEvent            `json:"threads"` // those that are not archived
	}
	if json.Unmarshal(event, &e) != nil {
		return // a channel is read when it is needed
	}
	if e.Kind != nil {
		e.Type = *e.Kind
		rs.store(e.ID, e.room())
	}
	for _, list := range [][]roomEvent{e.Channels, e.Threads} {
		for _, c := range list {
			rs.store(c.ID, c.room())
		}
	}
}

// rooms remembers channels. The zero rooms is ready for use.
type rooms struct {
	mu    sync.Mutex
	known map[string]room
}

func (rs *rooms) lookup(channel string) (room, bool) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	r, known := rs.known[channel]
	return r, known
}

func (rs *rooms) store(channel string, r room) {
	if channel == "" {
		return
	}
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.known == nil || len(rs.known) >= maxRooms { // reading one again costs a request
		rs.known = map[string]room{}
	}
	rs.known[channel] = r
}
