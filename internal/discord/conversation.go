package discord

import (
	"context"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/followup"
)

// A question that leans on what was said before needs the conversation. It is read from Discord when it is needed, and
// kept nowhere: behind a reply the message that is replied to, in a thread or a private conversation the last messages.

const (
	recallLimit    = 2 * time.Second // ours: a question is answered without its conversation rather than late
	recallMessages = 30              // ours: messages of a thread that are read; Discord allows 100

)

// recall reads the turns before a question. It returns none where they cannot be read: the question is answered all the
// same.
func (b *Bot) recall(ctx context.Context, q question) []followup.Turn {
	if q.command != askCommand || q.talk == nil || !followup.Leans(q.input.Args[questionParam]) || !b.client.Free() {
		return nil
	}
	defer b.client.Contain("read the conversation") // the question gets its ending all the same
	ctx, cancel := context.WithTimeout(ctx, recallLimit)
	defer cancel()
	turns, err := q.talk.turns(ctx, b)
	if err != nil {
		b.client.Log("read the conversation", err)
	}
	return turns
}

// A talk is where the conversation before a question can be read.
type talk struct {
	channel, before string                // the messages of channel before this id
	kind            discordgo.ChannelType // of the channel; -1 where the event does not say
	answered        *event.Earlier        // the message that is replied to; nil for none
}

func (t *talk) turns(ctx context.Context, b *Bot) ([]followup.Turn, error) {
	me := b.identity.Load()
	if t.answered != nil {
		return turnBehind(ctx, b, t.channel, *t.answered)
	}
	if conversation, err := t.conversation(ctx, b); err != nil || !conversation {
		return nil, err
	}
	list, err := channel.Look[[]event.Earlier](ctx, b.writer, t.channel, "read the last messages",
		"/messages?limit="+strconv.Itoa(recallMessages)+"&before="+t.before)
	if err != nil {
		return nil, err
	}
	turns := event.TurnsOf(list, me.user)
	if n := len(list); n > 0 && list[n-1].Type == event.TypeStarter && list[n-1].Answers != nil &&
		list[n-1].Reference != nil {
		first, err := turnBehind(ctx, b, list[n-1].Reference.ChannelID, *list[n-1].Answers)
		return append(first, turns...), err
	}
	return turns, nil
}

// turnBehind is the turn of which a message of a channel is the answer; none where it is none of ours.
func turnBehind(ctx context.Context, b *Bot, where string, answer event.Earlier) ([]followup.Turn, error) {
	me := b.identity.Load()
	if answer.Author.ID != me.user {
		return nil, nil
	}
	asked := ""
	// what it answered comes with the message itself, not with a reference to it
	if event.QuestionIn(answer.Text()) == "" {
		m, err := channel.Look[event.Earlier](ctx, b.writer, where, "read a message", "/messages/"+answer.ID)
		if err != nil {
			return nil, err
		}
		if m.Answers != nil {
			asked = event.Readable(event.WithoutMention(m.Answers.Content, me.user))
		}
	}
	if turn, ok := event.TurnOf(answer, asked); ok {
		return []followup.Turn{turn}, nil
	}
	return nil, nil
}

// conversation tells whether the channel's messages belong together: a thread or a private conversation.
func (t *talk) conversation(ctx context.Context, b *Bot) (bool, error) {
	if t.kind != event.KindUnknown {
		return together(t.kind), nil
	}
	r, err := b.rooms.Read(ctx, t.channel)
	return together(r.Kind), err
}

func together(kind discordgo.ChannelType) bool {
	return kind == discordgo.ChannelTypeDM || event.Thread(kind)
}
