package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/answers"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/followup"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// A question that leans on what was said before needs the conversation. It is read from Discord when it is needed, and
// kept nowhere: behind a reply the message that is replied to, in a thread or a private conversation the last messages.

const (
	recallLimit    = 2 * time.Second // ours: a question is answered without its conversation rather than late
	recallMessages = 30              // ours: messages of a thread that are read; Discord allows 100
	maxAskedRunes  = 300             // ours: characters of a question that are repeated above its answer

	askedText = "Question: %s" // repeats the question of a command, which nobody else would see
)

// told is what we read of a message that was sent before.
type told struct {
	ID         string          `json:"id"`
	Type       int             `json:"type"`
	Content    string          `json:"content"`
	Author     author          `json:"author"`
	Components json.RawMessage `json:"components"`
	Reference  *struct {
		MessageID string `json:"message_id"`
		ChannelID string `json:"channel_id"`
	} `json:"message_reference"`
	Answers *told `json:"referenced_message"`

	Attachments []sent          `json:"attachments"`
	Interaction json.RawMessage `json:"interaction_metadata"` // of the answer to a command
	carried
}

// text is what the message says.
func (m told) text() string { return render.ReadText(m.Content, m.Components) }

// recall reads the turns before a question. It returns none where they cannot be read: the question is answered all the
// same.
func (b *Bot) recall(ctx context.Context, q question) []followup.Turn {
	if q.command != askCommand || q.talk == nil || !followup.Leans(q.input.Args[questionParam]) || !b.client.Free() {
		return nil
	}
	defer b.contain("read the conversation") // the question gets its ending all the same
	ctx, cancel := context.WithTimeout(ctx, recallLimit)
	defer cancel()
	turns, err := q.talk.turns(ctx, b)
	if err != nil {
		b.log("read the conversation", err)
	}
	return turns
}

// A talk is where the conversation before a question can be read.
type talk struct {
	channel, before string                // the messages of channel before this id
	kind            discordgo.ChannelType // of the channel; -1 where the event does not say
	answered        *told                 // the message that is replied to; nil for none
}

func (t *talk) turns(ctx context.Context, b *Bot) ([]followup.Turn, error) {
	me := b.identity.Load()
	if t.answered != nil {
		return turnBehind(ctx, b, t.channel, *t.answered)
	}
	if conversation, err := t.conversation(ctx, b); err != nil || !conversation {
		return nil, err
	}
	list, err := look[[]told](ctx, b, t.channel, "read the last messages",
		"/messages?limit="+strconv.Itoa(recallMessages)+"&before="+t.before)
	if err != nil {
		return nil, err
	}
	turns := turnsOf(list, me.user)
	if n := len(list); n > 0 && list[n-1].Type == typeStarter && list[n-1].Answers != nil && list[n-1].Reference != nil {
		first, err := turnBehind(ctx, b, list[n-1].Reference.ChannelID, *list[n-1].Answers)
		return append(first, turns...), err
	}
	return turns, nil
}

// typeStarter is the first message of a thread that was opened from another message, which it refers to. Discord,
// message types.
const typeStarter = 21

// turnBehind is the turn of which a message of a channel is the answer; none where it is none of ours.
func turnBehind(ctx context.Context, b *Bot, channel string, answer told) ([]followup.Turn, error) {
	me := b.identity.Load()
	if answer.Author.ID != me.user {
		return nil, nil
	}
	asked := ""
	if questionIn(answer.text()) == "" { // what it answered comes with the message itself, not with a reference to it
		m, err := look[told](ctx, b, channel, "read a message", "/messages/"+answer.ID)
		if err != nil {
			return nil, err
		}
		if m.Answers != nil {
			asked = readable(withoutMention(m.Answers.Content, me.user))
		}
	}
	if turn, ok := turnOf(answer, asked); ok {
		return []followup.Turn{turn}, nil
	}
	return nil, nil
}

// conversation tells whether the channel's messages belong together: a thread or a private conversation.
func (t *talk) conversation(ctx context.Context, b *Bot) (bool, error) {
	if t.kind != kindUnknown {
		return together(t.kind), nil
	}
	r, err := b.room(ctx, t.channel)
	return together(r.kind), err
}

const kindUnknown discordgo.ChannelType = -1

func together(kind discordgo.ChannelType) bool {
	return kind == discordgo.ChannelTypeDM || thread(kind)
}

// look reads something of a channel, once: what is not there at once is done without.
func look[T any](ctx context.Context, b *Bot, channel, what, path string) (T, error) {
	limit, done := b.channels.Use("reading " + channel)
	defer done()
	return rest.Fetch[T](ctx, b.client, rest.Request{What: what, Method: http.MethodGet,
		Path:   "/channels/" + channel + path,
		Bucket: limit, Tries: 1})
}

// turnsOf reads the turns of a conversation from its messages, newest first as Discord lists them.
func turnsOf(list []told, bot string) []followup.Turn {
	asked := map[string]string{} // by the id of the message
	var turns []followup.Turn
	for _, m := range slices.Backward(list) {
		if m.Author.ID != bot {
			asked[m.ID] = readable(withoutMention(m.Content, bot))
			continue
		}
		question := ""
		if m.Reference != nil {
			question = asked[m.Reference.MessageID]
		}
		if turn, ok := turnOf(m, question); ok {
			turns = append(turns, turn)
		}
	}
	return turns
}

// turnOf reads a turn back from an answer of ours. asked is the question where the answer does not name it. ok is false
// for a message that answers no question.
func turnOf(m told, asked string) (turn followup.Turn, ok bool) {
	turn = followup.Turn{Question: asked, Cited: render.Opens(m.Components)}
	content := m.text()
	if said := questionIn(content); said != "" {
		turn.Question = said
	}
	if len(turn.Cited) == 0 || strings.TrimSpace(turn.Question) == "" {
		return followup.Turn{}, false
	}
	var answer []string
	for line := range strings.SplitSeq(content, "\n") {
		text, small := strings.CutPrefix(line, "-# ")
		if _, nearest := cutAny(lang.Bare(text), answers.Nearest()); small && nearest { // the documents did not say
			return turn, true
		}
		if !small {
			answer = append(answer, strings.TrimPrefix(line, "> "))
		}
	}
	turn.Answer = strings.Join(strings.Fields(unescape(marker.ReplaceAllString(lang.Bare(strings.Join(answer, " ")),
		"$1"))), " ")
	return turn, true
}

// questionIn is the question that an answer of ours names in its small print, best as it was read; "" for none.
func questionIn(content string) string {
	asked := ""
	for line := range strings.SplitSeq(content, "\n") {
		text, small := strings.CutPrefix(line, "-# ")
		if !small {
			continue
		}
		if said, ok := cutAny(lang.Bare(text), answers.ReadAs()); ok {
			return unescape(said)
		}
		if said, ok := cutAny(lang.Bare(text), lang.Beginnings(askedText)); ok && asked == "" {
			asked = unescape(said)
		}
	}
	return asked
}

// cutAny cuts off the first of the prefixes that the text begins with.
func cutAny(text string, prefixes []string) (rest string, ok bool) {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			return rest, true
		}
	}
	return text, false
}

var (
	marker  = regexp.MustCompile(`(^|[^\\])(?:\[[^\[\]\\]*¶\d+\])+`)
	escaped = regexp.MustCompile(`\\([^\p{L}\p{N}\s])`)
)

// unescape undoes escape.
func unescape(text string) string { return escaped.ReplaceAllString(text, "$1") }

// askedLine repeats the question of a command above its answer: Discord shows it to nobody.
func askedLine(p lang.Printer, asked string) commands.Block {
	asked = strings.Join(strings.Fields(asked), " ")
	return commands.Block{Kind: commands.Small, Text: p.Text(askedText, text.Clip(asked, maxAskedRunes))}
}

func withoutMention(text, bot string) string {
	return strings.TrimSpace(strings.NewReplacer("<@"+bot+">", " ", "<@!"+bot+">", " ").Replace(text))
}
