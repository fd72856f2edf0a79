// Package journal keeps which questions are being answered, so that each gets its one ending although the program was
// killed in between: by the next one, or by another process.
package journal

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"pilcrow/internal/discord/render"
	"pilcrow/internal/store"
)

// An interaction can be answered with its token alone, for 15 minutes, by whoever has it. So what is written is
// encrypted with a key that is made of the bot's token, which is worth more and lies elsewhere: the database, or a copy
// of it, tells nothing of where or whom. It holds neither what was asked nor what is answered, and goes when the
// question has its ending.

const (
	// journalWait is how long a question waits to be written down, of the three seconds in which Discord wants an
	// acknowledgement. In a burst of 160 on a busy machine, dozens took more than 400 ms.
	journalWait = time.Second
	markBytes   = 8 // of a checksum
)

// A Journal may be nil: nothing is written down then.
type Journal struct {
	kept   *store.Store
	seal   cipher.AEAD
	logger *slog.Logger
}

// New makes one that is kept in a store, sealed with the bot's token; nil without a store.
func New(kept *store.Store, token string, logger *slog.Logger) (*Journal, error) {
	if kept == nil {
		return nil, nil
	}
	key, err := hkdf.Key(sha256.New, []byte(token), nil, "pilcrow open questions", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	return &Journal{kept, seal, logger}, err
}

// Sealer is what seals for this bot alone; nil where nothing is written down.
func (j *Journal) Sealer() cipher.AEAD {
	if j == nil {
		return nil
	}
	return j.seal
}

// An State is what is needed to end a question: where its answer stands or is to stand, and how far it has come.
type State struct {
	Locale string `json:"locale"`
	// Of an interaction:
	Application string `json:"application,omitempty"`
	Token       string `json:"token,omitempty"`
	Turns       bool   `json:"turns,omitempty"` // the answer takes the place of a page
	Was         string `json:"was,omitempty"`   // the page's checksum
	// Of a message:
	Channel   string `json:"channel,omitempty"`
	Message   string `json:"message,omitempty"`
	Thread    string `json:"thread,omitempty"` // that the answer opened; "" for none
	Shown     string `json:"shown,omitempty"`  // the message of ours under it; "" where there is none, or it is not known
	Overheard bool   `json:"overheard,omitempty"`
	// Of the answer, from the moment before it is delivered on:
	Ending string `json:"ending,omitempty"` // the checksum of its first message
	Parts  int    `json:"parts,omitempty"`  // its messages
}

// Checksum knows a message's text again; Discord takes spaces at its ends away.
func Checksum(content string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(content)))
	return hex.EncodeToString(sum[:markBytes])
}

// Encode seals a state.
func (j *Journal) Encode(s State) ([]byte, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return j.seal.Seal(nil, nil, data, nil), nil
}

// Decode opens what Encode has sealed, with the same token.
func (j *Journal) Decode(sealed []byte) (s State, err error) {
	data, err := j.seal.Open(nil, nil, sealed, nil)
	if err != nil {
		return s, fmt.Errorf("it was written with another token: %w", err)
	}
	return s, json.Unmarshal(data, &s)
}

// An Entry is an open question in the journal. The nil entry is not written down.
type Entry struct {
	journal *Journal
	id      int64

	mu    sync.Mutex
	state State
}

// Open writes a question down, and counts it among what is allowed over all processes. It waits only a little: one that
// is not written down is answered all the same, unless the error is a *store.Spent or store.ErrTaken.
func (j *Journal) Open(ctx context.Context, s State, a store.Arrival) (*Entry, error) {
	if j == nil {
		return nil, nil
	}
	e := &Entry{journal: j, state: s}
	var refused error
	e.write(ctx, func(ctx context.Context, sealed []byte) (err error) {
		e.id, err = j.kept.OpenQuestion(ctx, time.Now(), sealed, a)
		if _, spent := errors.AsType[*store.Spent](err); spent || errors.Is(err, store.ErrTaken) {
			err, refused = nil, err
		}
		return err
	})
	if refused != nil || e.id == 0 {
		return nil, refused
	}
	return e, nil
}

func (e *Entry) write(ctx context.Context, keep func(ctx context.Context, sealed []byte) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), journalWait)
	defer cancel()
	sealed, err := e.journal.Encode(e.state)
	if err == nil {
		err = keep(ctx, sealed)
	}
	if err != nil {
		e.journal.logger.Warn("an open question is not written down: a crash would leave it without an ending", "error", err)
	}
}

// change writes down how far the question has come.
func (e *Entry) change(ctx context.Context, how func(s *State)) {
	if e == nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	how(&e.state)
	e.write(ctx, func(ctx context.Context, sealed []byte) error {
		return e.journal.kept.ChangeQuestion(ctx, e.id, sealed)
	})
}

// Shown notes which message of ours stands under the question.
func (e *Entry) Shown(ctx context.Context, id string) {
	e.change(ctx, func(s *State) { s.Shown = id })
}

// Moved notes in which channel the answer stands, which may be a thread of the message's.
func (e *Entry) Moved(ctx context.Context, channel string) {
	e.change(ctx, func(s *State) {
		if s.Thread = channel; channel == s.Channel {
			s.Thread = ""
		}
	})
}

// Place is where the answer to a message stands, and the message that it replies to; "" for none.
func (s State) Place() (channel, replyTo string) {
	if s.Thread != "" {
		return s.Thread, ""
	}
	return s.Channel, s.Message
}

// Ending notes that an answer is about to be delivered, and what it looks like.
func (e *Entry) Ending(ctx context.Context, p render.Page) {
	if e == nil {
		return
	}
	bodies := p.Bodies()
	e.change(ctx, func(s *State) { s.Ending, s.Parts = Checksum(bodies[0].Text()), len(bodies) })
}

// Close forgets a question that has its ending.
func (e *Entry) Close(ctx context.Context) {
	if e != nil {
		e.journal.Close(ctx, e.id)
	}
}

// Close forgets a question that has its ending.
func (j *Journal) Close(ctx context.Context, id int64) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := j.kept.CloseQuestion(ctx, id); err != nil {
		j.logger.Warn("a question that has its ending is not forgotten", "error", err)
	}
}

// Adopt takes over the questions that a program before this one left open, or one that is taken for dead. The first
// time is before the first new one is written down.
func (j *Journal) Adopt(ctx context.Context) []store.OpenQuestion {
	if j == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	open, err := j.kept.AdoptQuestions(ctx)
	if err != nil && ctx.Err() == nil {
		j.logger.Error("open questions cannot be read: those that a crash cut off stay without an ending", "error", err)
	}
	return open
}
