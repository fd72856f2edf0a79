// Package mend ends what a crash cut off, at the next start or in another process that runs on the same database: the
// asker is told to ask again, where the answer would have been. A question whose answer had arrived stays as it is.
//
// What stands in Discord is looked at first: the journal says how far the program had come, which may be less far than
// it was. Nothing is said twice, though a Mender may be cut off itself.
package mend

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
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

const (
	restartedText = "I was restarted in the middle of this. Please ask again."
	missingText   = "I was restarted while I sent this: the rest of it may be missing. Ask again for all of it."

	// messageLimit is how long the question of a message is ended after it was asked; ours. An interaction has
	// callback.Life.
	messageLimit = 24 * time.Hour
	oneLimit     = 2 * time.Minute  // ours: one question may take so long to be ended, before it is tried again
	again        = 10 * time.Second // ours: before what could not be ended is tried again
)

// A Mender ends open questions of a journal.
type Mender struct {
	client  *rest.Client
	writer  *channel.Writer
	journal *journal.Journal
	logger  *slog.Logger
	me      func() string
}

// New makes one. me is the bot's id, which must be known when End is called.
func New(client *rest.Client, writer *channel.Writer, kept *journal.Journal, logger *slog.Logger,
	me func() string) *Mender {
	return &Mender{client: client, writer: writer, journal: kept, logger: logger, me: me}
}

// End ends questions until none is left that can be ended, or ctx ends.
func (m *Mender) End(ctx context.Context, open []store.OpenQuestion) {
	defer m.client.Contain("end a question that was cut off")
	ended := 0
	for len(open) > 0 {
		open = slices.DeleteFunc(open, func(q store.OpenQuestion) bool {
			done, err := m.one(ctx, q)
			if err != nil {
				m.client.Log("end a question that was cut off", err)
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
			m.journal.Close(ctx, q.ID)
			return true
		})
		if len(open) > 0 && rest.Sleep(ctx, again) != nil {
			break
		}
	}
	if ended > 0 {
		m.logger.Info("questions that were cut off are ended", "count", ended)
	}
}

// one ends a question. done is false where it has an ending, or none can be given it any more.
func (m *Mender) one(ctx context.Context, q store.OpenQuestion) (done bool, err error) {
	s, err := m.journal.Decode(q.Sealed)
	if err != nil {
		m.logger.Info("an open question is forgotten", "reason", err)
		return false, nil
	}
	age := time.Since(q.At)
	ctx, cancel := context.WithTimeout(ctx, oneLimit)
	defer cancel()
	switch {
	case s.Token != "" && age < callback.Life:
		return m.interaction(ctx, q, s)
	case s.Message != "" && age < messageLimit:
		return m.message(ctx, s)
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

func (m *Mender) interaction(ctx context.Context, q store.OpenQuestion, s journal.State) (done bool, err error) {
	at := callback.New(m.client, s.Application, "", s.Token, q.At)
	there, err := at.Original(ctx)
	switch {
	case rest.HasCode(err, callback.Unacknowledged...), rest.HasCode(err, rest.UnknownMessage):
		return false, nil // Discord has said by itself that nobody answers, or somebody took it away
	case err != nil:
		return false, err
	case s.Turns && journal.Checksum(there.Text()) == s.Was: // the page stands there as before, and its buttons work
		return true, m.addOnce(ctx, q, at, toldOf(s), render.FlagEphemeral)
	case there.Loading():
	case missing(s, there):
		return true, m.addOnce(ctx, q, at, restOf(s), there.Flags&render.FlagEphemeral)
	case isAnswer(there, s):
		return false, nil
	}
	return true, at.Put(ctx, toldOf(s))
}

// addOnce sends one more message. The question is closed before: a note that comes twice would be worse than none.
func (m *Mender) addOnce(ctx context.Context, q store.OpenQuestion, at *callback.Callback, note render.Body,
	flags int) error {
	m.journal.Close(ctx, q.ID)
	note.Flags |= flags
	return at.Add(ctx, note)
}

func (m *Mender) message(ctx context.Context, s journal.State) (done bool, err error) {
	gone, err := m.withdrawn(ctx, s)
	if err != nil {
		return false, err
	}
	there, sent, err := m.answerTo(ctx, s)
	if err != nil {
		return false, err
	}
	where, replyTo := s.Place()
	switch {
	case there.ID != "" && missing(s, there) && sent < s.Parts:
		rest := restOf(s)
		rest.ReplyTo, rest.Nonce = replyTo, channel.Nonce(s.Message, s.Parts)
		return true, m.writer.PostOne(ctx, where, rest)
	case there.ID != "" && isAnswer(there, s):
		return false, nil
	case gone || s.Overheard: // nobody waits for it
		return there.ID != "", m.takeBack(ctx, where, there.ID)
	}
	if there.ID != "" {
		return true, m.writer.Edit(ctx, where, there.ID, toldOf(s))
	}
	// The answer's nonce: where it is there although it could not be found, Discord gives it back.
	first, err := m.writer.PostAll(ctx, where, replyTo, s.Message, []render.Body{toldOf(s)}, 0)
	if err == nil && first.Content != toldOf(s).Content && journal.Checksum(first.Content) != s.Ending {
		err = m.writer.Edit(ctx, where, first.ID, toldOf(s))
	}
	return err == nil, err
}

// withdrawn tells whether the message that asks is gone. Where Discord does not let the bot read it, it may be there.
func (m *Mender) withdrawn(ctx context.Context, s journal.State) (bool, error) {
	_, err := channel.Read[event.Standing](ctx, m.writer, s.Channel, "/messages/"+s.Message)
	switch {
	case rest.HasCode(err, rest.UnknownMessage):
		return true, nil
	case rest.HasCode(err, rest.Forbidden, rest.NoAccess, rest.NoHistory):
		return false, nil
	}
	return false, err
}

// answerTo finds the first message of ours that answers, one without an id where there is none, and how many there are.
func (m *Mender) answerTo(ctx context.Context, s journal.State) (first event.Standing, sent int, err error) {
	where, replyTo := s.Place()
	if s.Shown != "" && s.Parts < 2 {
		first, err = channel.Read[event.Standing](ctx, m.writer, where, "/messages/"+s.Shown)
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
	}](ctx, m.writer, where, "/messages?limit="+strconv.Itoa(channel.LookBehind)+"&after="+s.Message)
	if rest.HasCode(err, rest.Forbidden, rest.NoAccess, rest.NoHistory) {
		return event.Standing{}, 0, nil // the nonce keeps it from being there twice
	}
	me := m.me()
	for _, one := range list {
		if one.Author.ID != me || replyTo != "" && (one.Reference == nil || one.Reference.MessageID != replyTo) {
			continue
		}
		sent++
		if first.ID == "" || older(one.ID, first.ID) {
			first = one.Standing
		}
	}
	return first, sent, err
}

// takeBack takes away what was shown of an answer that nobody waits for.
func (m *Mender) takeBack(ctx context.Context, where, shown string) error {
	if shown == "" {
		return nil
	}
	return m.writer.Delete(ctx, where, shown)
}

// older compares ids: they grow.
func older(id, than string) bool {
	return len(id) < len(than) || len(id) == len(than) && strings.Compare(id, than) < 0
}
