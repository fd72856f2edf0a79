package channel

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/event"
)

const maxRooms = 10_000 // ours: channels that are remembered

// A Room is what stays as it is of a channel or thread.
type Room struct {
	Kind   discordgo.ChannelType
	Parent string // of a thread, the channel that it is in
	Owner  string // of a thread, who opened it
	Name   string // of a thread
}

// A roomEvent is what we read of a channel.
type roomEvent struct {
	ID       string                `json:"id"`
	Type     discordgo.ChannelType `json:"type"`
	ParentID string                `json:"parent_id"` // of a channel that is no thread: its category
	OwnerID  string                `json:"owner_id"`
	Name     string                `json:"name"`
}

func (e roomEvent) room() Room {
	if !event.Thread(e.Type) {
		return Room{Kind: e.Type}
	}
	return Room{Kind: e.Type, Parent: e.ParentID, Owner: e.OwnerID, Name: e.Name}
}

// Rooms remembers channels: those that the gateway told of, and those that were read. It is safe for use by several
// goroutines.
type Rooms struct {
	writer *Writer

	mu    sync.Mutex
	known map[string]Room
}

// NewRooms makes one that knows no channel, and reads by a writer.
func NewRooms(w *Writer) *Rooms { return &Rooms{writer: w} }

// Read reads a channel that is not known yet, and remembers it.
func (rs *Rooms) Read(ctx context.Context, where string) (Room, error) {
	if r, known := rs.Known(where); known {
		return r, nil
	}
	c, err := Look[roomEvent](ctx, rs.writer, where, "read a channel", "")
	if err != nil {
		return Room{Kind: event.KindUnknown}, err
	}
	r := c.room()
	rs.Store(where, r)
	return r, nil
}

// Learn reads the channels that an event names: a new one, or all of a server, in which case it has no type of its own.
func (rs *Rooms) Learn(event json.RawMessage) {
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
		rs.Store(e.ID, e.room())
	}
	for _, list := range [][]roomEvent{e.Channels, e.Threads} {
		for _, c := range list {
			rs.Store(c.ID, c.room())
		}
	}
}

// Known is a channel, if it is remembered.
func (rs *Rooms) Known(channel string) (Room, bool) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	r, known := rs.known[channel]
	return r, known
}

// Store remembers a channel.
func (rs *Rooms) Store(channel string, r Room) {
	if channel == "" {
		return
	}
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.known == nil || len(rs.known) >= maxRooms { // reading one again costs a request
		rs.known = map[string]Room{}
	}
	rs.known[channel] = r
}
