package discord

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/discord/event"
)

// A message may be changed or taken away while it is being answered: the answer is for what it says now, and nobody
// gets an answer to what they have withdrawn. Once an answer is on its way, the message may become what it likes.

// maxRestarts is how often one question begins anew because it was changed; ours. Later changes are left.
const maxRestarts = 3

// Why the work on a question ended early.
var (
	errChanged   = errors.New("the question was changed")
	errWithdrawn = errors.New("the question was withdrawn")
)

// A watch knows what becomes of one message. A nil watch knows nothing.
type watch struct {
	mu       sync.Mutex
	message  event.Message // as it was last answered, or is to be
	changed  bool
	gone     bool
	over     bool
	restarts int
	cancel   context.CancelCauseFunc // of the work on it; nil for none
}

// begin starts the work on the message as it is now.
func (w *watch) begin(work context.Context) (context.Context, event.Message) {
	if w == nil {
		return work, event.Message{}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	ctx, cancel := context.WithCancelCause(work)
	w.cancel, w.changed = cancel, false
	if w.gone {
		cancel(errWithdrawn)
	}
	return ctx, w.message
}

// end ends the work: again tells to begin anew, gone that nobody wants an answer. Where neither is so, or it was begun
// anew often enough, what becomes of the message from now on does not matter.
func (w *watch) end() (again, gone bool) {
	if w == nil {
		return false, false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancel(nil)
	if w.changed && !w.gone {
		w.restarts++
		return true, false
	}
	w.over = true
	return false, w.gone
}

// change notes what the message says now.
func (w *watch) change(m event.Message) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over || w.gone || m.Content == w.message.Content || w.restarts == maxRestarts {
		return
	}
	w.message.Content = m.Content
	if m.Attachments != nil {
		w.message.Attachments = m.Attachments
	}
	w.changed = true
	if w.cancel != nil {
		w.cancel(errChanged)
	}
}

// withdraw notes that the message is gone.
func (w *watch) withdraw() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.gone = true
	if w.cancel != nil && !w.over {
		w.cancel(errWithdrawn)
	}
}

// watches are the messages that are being answered, as many as questions are in hand. The zero watches is ready for
// use.
type watches struct {
	mu   sync.Mutex
	byID map[string]*watch
}

// add begins to tell a watch what becomes of its message.
func (ws *watches) add(w *watch) {
	if w == nil {
		return
	}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.byID == nil {
		ws.byID = map[string]*watch{}
	}
	ws.byID[w.message.ID] = w
}

func (ws *watches) drop(id string) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	delete(ws.byID, id)
}

func (ws *watches) find(id string) *watch {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	return ws.byID[id]
}

// handleEdit takes a changed message from the gateway. Discord sends one, too, when a link unfolds or a message is
// pinned: then nobody has edited it. A text that is empty is one that Discord does not show to us, as it no longer
// mentions the bot.
//
// Somebody who forgot the mention may put it in: a message that was written since the bot runs, and not answered, is
// taken as new then.
func (b *Bot) handleEdit(send, work context.Context, raw json.RawMessage) {
	var m struct {
		event.Message
		Edited string `json:"edited_timestamp"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		b.client.Log("read a changed message", err)
		return
	}
	me := b.identity.Load()
	if me == nil || m.Edited == "" || m.Content == "" {
		return
	}
	if w := b.watches.find(m.ID); w != nil {
		w.change(m.Message)
		return
	}
	if since := time.Since(event.Written(m.ID)); since < lateMention && event.Written(m.ID).After(b.since) &&
		m.Addresses(me.user) &&
		b.seen.first(m.ID) {
		b.askMessage(send, work, m.Message, b.question(m.Message))
	}
}

// lateMention is how long a mention may be put into a message; ours, and less than events are remembered.
const lateMention = 10 * time.Minute

// handleDeletion takes the news that messages are gone.
func (ws *watches) handleDeletion(raw json.RawMessage) error {
	var gone struct {
		ID  string   `json:"id"`
		IDs []string `json:"ids"`
	}
	if err := json.Unmarshal(raw, &gone); err != nil {
		return err
	}
	for _, id := range slices.Concat([]string{gone.ID}, gone.IDs) {
		if w := ws.find(id); w != nil {
			w.withdraw()
		}
	}
	return nil
}
