package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
	"pilcrow/internal/store"
)

// What a crash cut off is ended at the next start, or by another process that runs on the same database: the asker is
// told to ask again, where the answer would have been. A question whose answer had arrived stays as it is.

const (
	restartedText = "I was restarted in the middle of this. Please ask again."
	missingText   = "I was restarted while I sent this: the rest of it may be missing. Ask again for all of it."

	// mendMessages is how long the question of a message is ended after it was asked; ours. An interaction has
	// callback.Life.
	mendMessages = 24 * time.Hour
)

// mendOthers ends what processes left open that died while this one runs, until ctx ends.
func (b *Bot) mendOthers(ctx context.Context) {
	if !b.fleet.Cluster() {
		return
	}
	for rest.Sleep(ctx, b.times.adopt) == nil {
		b.beginning.Lock()
		begun := b.identity.Load() != nil && len(b.leftOpen) == 0
		b.beginning.Unlock()
		if !begun {
			continue
		}
		b.mending.Do(func() { // if nothing is being ended: it would wait in vain
			if open := b.journal.Adopt(ctx); len(open) > 0 {
				b.mend(ctx, open)
			}
		})
	}
}

// mend ends questions until none is left that can be ended, or ctx ends.
func (b *Bot) mend(ctx context.Context, open []store.OpenQuestion) {
	defer b.contain("end a question that was cut off")
	ended := 0
	for len(open) > 0 {
		open = slices.DeleteFunc(open, func(q store.OpenQuestion) bool {
			done, err := b.mendOne(ctx, q)
			if err != nil {
				b.log("end a question that was cut off", err)
			}
			switch e, answered := errors.AsType[*rest.Error](err); {
			case ctx.Err() != nil:
				return false
			case err != nil && (!answered || e.Status >= http.StatusInternalServerError ||
				e.Status == http.StatusTooManyRequests):
				return false // for now
			case done:
				ended++
			}
			b.journal.Close(ctx, q.ID)
			return true
		})
		if len(open) > 0 && rest.Sleep(ctx, b.times.mend) != nil {
			break
		}
	}
	if ended > 0 {
		b.logger.Info("questions that were cut off are ended", "count", ended)
	}
}

// mendOne ends a question. done is false where it has an ending, or none can be given it any more.
func (b *Bot) mendOne(ctx context.Context, q store.OpenQuestion) (done bool, err error) {
	s, err := b.journal.Decode(q.Sealed)
	if err != nil {
		b.logger.Info("an open question is forgotten", "reason", err)
		return false, nil
	}
	age := time.Since(q.At)
	ctx, cancel := context.WithTimeout(ctx, b.times.send)
	defer cancel()
	switch {
	case s.Token != "" && age < callback.Life:
		return b.mendInteraction(ctx, q, s)
	case s.Message != "" && age < mendMessages:
		return b.mendMessage(ctx, s)
	}
	return false, nil
}

// isAnswer tells whether the message is the answer, and not a stage of it: no stage has buttons.
func isAnswer(m event.Standing, s journal.State) bool {
	var rows []json.RawMessage
	return journal.Checksum(m.Text()) == s.Ending || json.Unmarshal(m.Components, &rows) == nil && len(rows) > 0
}

// toldOf is what the asker is told in place of an answer, as a message.
func toldOf(s journal.State) render.Body {
	return render.Notice(lang.For(s.Locale).Text(restartedText)).Bodies()[0]
}

// missing tells whether the message is the first of several of an answer, of which the others may not have been sent.
func missing(s journal.State, m event.Standing) bool {
	return s.Parts > 1 && journal.Checksum(m.Text()) == s.Ending
}

// restOf is what the asker is told then.
func restOf(s journal.State) render.Body {
	return render.Body{Content: "-# " + render.Escape(lang.For(s.Locale).Text(missingText))}
}

func (b *Bot) mendInteraction(ctx context.Context, q store.OpenQuestion, s journal.State) (done bool, err error) {
	at := callback.New(b.client, s.Application, "", s.Token, q.At)
	m, err := at.Original(ctx)
	switch {
	case rest.HasCode(err, callback.Unacknowledged...), rest.HasCode(err, rest.UnknownMessage):
		return false, nil // Discord has said by itself that nobody answers, or somebody took it away
	case err != nil:
		return false, err
	case s.Turns && journal.Checksum(m.Text()) == s.Was: // the page stands there as before, and its buttons work
		return true, b.addOnce(ctx, q, at, toldOf(s), render.FlagEphemeral)
	case m.Loading():
	case missing(s, m):
		return true, b.addOnce(ctx, q, at, restOf(s), m.Flags&render.FlagEphemeral)
	case isAnswer(m, s):
		return false, nil
	}
	return true, at.Put(ctx, toldOf(s))
}

// neglected tells that a process took the question and died before Discord knew of it: nothing is there that could be
// ended.
func (b *Bot) neglected(ctx context.Context, q question) bool {
	at, ok := q.place.(*interaction)
	if !ok || !at.retold {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, b.times.send)
	defer cancel()
	_, err := at.Original(ctx)
	return rest.HasCode(err, callback.Unacknowledged...)
}

// addOnce sends one more message. The question is closed before: a note that comes twice would be worse than none.
func (b *Bot) addOnce(ctx context.Context, q store.OpenQuestion, at *callback.Callback, m render.Body,
	flags int) error {
	b.journal.Close(ctx, q.ID)
	m.Flags |= flags
	return at.Add(ctx, m)
}

func (b *Bot) mendMessage(ctx context.Context, s journal.State) (done bool, err error) {
	gone, err := b.withdrawn(ctx, s)
	if err != nil {
		return false, err
	}
	m, sent, err := b.answerTo(ctx, s)
	if err != nil {
		return false, err
	}
	where, replyTo := s.Place()
	at := &posted{bot: b, id: s.Message, channel: where, shown: m.ID}
	switch {
	case m.ID != "" && missing(s, m) && sent < s.Parts:
		rest := restOf(s)
		rest.ReplyTo, rest.Nonce = replyTo, channel.Nonce(s.Message, s.Parts)
		return true, b.writer.PostOne(ctx, where, rest)
	case m.ID != "" && isAnswer(m, s):
		return false, nil
	case gone || s.Overheard: // nobody waits for it
		return m.ID != "", at.takeBack(ctx)
	}
	if m.ID != "" {
		return true, at.change(ctx, toldOf(s))
	}
	// The answer's nonce: where it is there although it could not be found, Discord gives it back.
	first, err := b.writer.PostAll(ctx, where, replyTo, s.Message, []render.Body{toldOf(s)}, 0)
	if err == nil && first.Content != toldOf(s).Content && journal.Checksum(first.Content) != s.Ending {
		at.shown = first.ID
		err = at.change(ctx, toldOf(s))
	}
	return err == nil, err
}

// withdrawn tells whether the message that asks is gone. Where Discord does not let the bot read it, it may be there.
func (b *Bot) withdrawn(ctx context.Context, s journal.State) (bool, error) {
	_, err := channel.Read[event.Standing](ctx, b.writer, s.Channel, "/messages/"+s.Message)
	switch {
	case rest.HasCode(err, rest.UnknownMessage):
		return true, nil
	case rest.HasCode(err, rest.Forbidden, rest.NoAccess, rest.NoHistory):
		return false, nil
	}
	return false, err
}

// answerTo finds the first message of ours that answers, one without an id where there is none, and how many there are.
func (b *Bot) answerTo(ctx context.Context, s journal.State) (first event.Standing, sent int, err error) {
	where, replyTo := s.Place()
	if s.Shown != "" && s.Parts < 2 {
		first, err = channel.Read[event.Standing](ctx, b.writer, where, "/messages/"+s.Shown)
		if !rest.HasCode(err, rest.UnknownMessage, rest.Forbidden, rest.NoAccess, rest.NoHistory) {
			return first, 1, err
		}
	}
	list, err := channel.Read[[]struct {
		event.Standing
		Author    event.Author `json:"author"`
		Reference *struct {
			MessageID string `json:"message_id"`
		} `json:"message_reference"`
	}](ctx, b.writer, where, "/messages?limit="+strconv.Itoa(channel.LookBehind)+"&after="+s.Message)
	if rest.HasCode(err, rest.Forbidden, rest.NoAccess, rest.NoHistory) {
		return event.Standing{}, 0, nil // the nonce keeps it from being there twice
	}
	me := b.identity.Load().user
	for _, m := range list {
		if m.Author.ID != me || replyTo != "" && (m.Reference == nil || m.Reference.MessageID != replyTo) {
			continue
		}
		sent++
		if first.ID == "" || older(m.ID, first.ID) {
			first = m.Standing
		}
	}
	return first, sent, err
}

// older compares ids: they grow.
func older(id, than string) bool {
	return len(id) < len(than) || len(id) == len(than) && strings.Compare(id, than) < 0
}
