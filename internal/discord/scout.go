package discord

import (
	"context"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/followup"
)

const (
	recallLimit    = 2 * time.Second // ours: a question is answered without its conversation rather than late
	recallMessages = 30              // ours: messages of a thread that are read; Discord allows 100
)

// A scout reads in Discord what is around a question: where it was asked, what was said before, whose thread it is.
//
// A question that leans on what was said before needs the conversation. It is read when it is needed, and kept nowhere:
// behind a reply the message that is replied to, in a thread or a private conversation the last messages.
type scout struct {
	client  *rest.Client
	writer  *channel.Writer
	rooms   *channel.Rooms
	parties *channel.Parties
	me      func() string
}

// recall reads the turns before a question. It returns none where they cannot be read: the question is answered all the
// same.
func (s scout) recall(ctx context.Context, q question) []followup.Turn {
	if q.command != askCommand || q.talk == nil || !followup.Leans(q.input.Args[questionParam]) || !s.client.Free() {
		return nil
	}
	defer s.client.Contain("read the conversation") // the question gets its ending all the same
	ctx, cancel := context.WithTimeout(ctx, recallLimit)
	defer cancel()
	turns, err := s.turns(ctx, q.talk)
	if err != nil {
		s.client.Log("read the conversation", err)
	}
	return turns
}

// A talk is where the conversation before a question can be read.
type talk struct {
	channel, before string                // the messages of channel before this id
	kind            discordgo.ChannelType // of the channel; -1 where the event does not say
	answered        *event.Earlier        // the message that is replied to; nil for none
}

func (s scout) turns(ctx context.Context, t *talk) ([]followup.Turn, error) {
	me := s.me()
	if t.answered != nil {
		return s.turnBehind(ctx, t.channel, *t.answered)
	}
	if conversation, err := s.conversation(ctx, t); err != nil || !conversation {
		return nil, err
	}
	list, err := channel.Look[[]event.Earlier](ctx, s.writer, t.channel, "read the last messages",
		"/messages?limit="+strconv.Itoa(recallMessages)+"&before="+t.before)
	if err != nil {
		return nil, err
	}
	turns := event.TurnsOf(list, me)
	if n := len(list); n > 0 && list[n-1].Type == event.TypeStarter && list[n-1].Answers != nil &&
		list[n-1].Reference != nil {
		first, err := s.turnBehind(ctx, list[n-1].Reference.ChannelID, *list[n-1].Answers)
		return append(first, turns...), err
	}
	return turns, nil
}

// turnBehind is the turn of which a message of a channel is the answer; none where it is none of ours.
func (s scout) turnBehind(ctx context.Context, where string, answer event.Earlier) ([]followup.Turn, error) {
	me := s.me()
	if answer.Author.ID != me {
		return nil, nil
	}
	asked := ""
	// what it answered comes with the message itself, not with a reference to it
	if event.QuestionIn(answer.Text()) == "" {
		m, err := channel.Look[event.Earlier](ctx, s.writer, where, "read a message", "/messages/"+answer.ID)
		if err != nil {
			return nil, err
		}
		if m.Answers != nil {
			asked = event.Readable(event.WithoutMention(m.Answers.Content, me))
		}
	}
	if turn, ok := event.TurnOf(answer, asked); ok {
		return []followup.Turn{turn}, nil
	}
	return nil, nil
}

// conversation tells whether the channel's messages belong together: a thread or a private conversation.
func (s scout) conversation(ctx context.Context, t *talk) (bool, error) {
	if t.kind != event.KindUnknown {
		return together(t.kind), nil
	}
	r, err := s.rooms.Read(ctx, t.channel)
	return together(r.Kind), err
}

func together(kind discordgo.ChannelType) bool {
	return kind == discordgo.ChannelTypeDM || event.Thread(kind)
}

// locate finds out where a message was written: an interaction says so itself, and of most channels the gateway has
// told. Where it cannot be read, the table decides whether it can be answered all the same.
func (s scout) locate(ctx context.Context, q *question) {
	if _, message := q.place.(*delivery.Message); message && q.server != "" {
		q.input.Unplaced = true
	}
	if !q.input.Unplaced || len(q.input.Channels) != 1 {
		return
	}
	if _, known := s.rooms.Known(q.input.Channels[0]); !known && !s.client.Free() {
		return
	}
	defer s.client.Contain("read a channel")
	ctx, cancel := context.WithTimeout(ctx, recallLimit)
	defer cancel()
	r, err := s.rooms.Read(ctx, q.input.Channels[0])
	if err != nil {
		s.client.Log("read a channel", err)
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

// ours tells whether the message stands in a thread where its author needs no mention.
func (s scout) ours(ctx context.Context, m event.Message, mode Threads) (bool, error) {
	if took, known := s.parties.Known(m.ChannelID); known && !took {
		return false, nil
	}
	r, err := s.rooms.Read(ctx, m.ChannelID)
	if err != nil || !event.Thread(r.Kind) {
		return false, err
	}
	if mode == ThreadsOpener {
		opener := r.Owner
		if opener == s.me() { // opened by the bot from somebody's question, which has the thread's id
			first, err := channel.Look[event.Earlier](ctx, s.writer, r.Parent, "read a message", "/messages/"+m.ChannelID)
			if err != nil {
				return false, err
			}
			opener = first.Author.ID
		}
		if opener != m.Author.ID {
			return false, nil
		}
	}
	return s.parties.TookPart(ctx, m.ChannelID, r)
}
