package delivery

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/rest"
)

const openThreadTime = 10 * time.Second // ours: an answer waits no longer for its thread

// branch opens a thread from the message that asks; the answer goes there from then on. Where Discord does not let the
// bot, or does not answer, the answer goes to the channel.
func (m *Message) branch(ctx context.Context) {
	if m.thread == "" || m.shown != "" || m.parent != "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, openThreadTime)
	defer cancel()
	name := m.thread
	m.thread = "" // once
	opened, err := m.courier.writer.OpenThread(ctx, m.channel, m.id, name)
	if err != nil {
		m.courier.client.Log("open a thread", err)
		return
	}
	m.opened = opened
	m.parent, m.channel = m.channel, m.id // Discord: a thread from a message has its id
	m.courier.rooms.Store(m.channel, channel.Room{Kind: discordgo.ChannelTypeGuildPublicThread, Parent: m.parent,
		Owner: m.courier.me()})
	m.courier.parties.Answered(m.channel, m.who)
	m.entry.Moved(ctx, m.channel)
}

// unbranch goes back to the channel, where the thread does not take the answer: the permission to write in threads is
// another than that to open them. For an hour no answer of that channel opens one.
func (m *Message) unbranch(ctx context.Context) (empty string) {
	if m.opened {
		empty = m.channel
	}
	m.channel, m.parent, m.tried, m.opened = m.parent, "", false, false
	m.entry.Moved(ctx, m.channel)
	m.courier.threadless.first(m.channel, time.Now())
	return empty
}

// clear takes a thread away that was just opened, and stayed empty. Without the permission Manage Threads it stays.
func (m *Message) clear(ctx context.Context, thread string) {
	if thread == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, openThreadTime)
	defer cancel()
	if err := m.courier.writer.DeleteThread(ctx, m.channel, thread); err != nil {
		m.courier.client.Log("delete an empty thread", err)
	}
}

// unwelcome tells that a place does not take an answer, and another may.
func unwelcome(err error) bool {
	e, ok := errors.AsType[*rest.Error](err)
	return ok && e.Status == http.StatusForbidden || rest.HasCode(err, rest.UnknownChannel)
}
