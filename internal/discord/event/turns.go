package event

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/answers"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/followup"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

const (
	maxAskedRunes = 300            // ours: characters of a question that are repeated above its answer
	askedText     = "Question: %s" // repeats the question of a command, which nobody else would see
)

// Earlier is what we read of a message that was sent before.
type Earlier struct {
	ID         string          `json:"id"`
	Type       int             `json:"type"`
	Content    string          `json:"content"`
	Author     Author          `json:"author"`
	Components json.RawMessage `json:"components"`
	Reference  *struct {
		MessageID string `json:"message_id"`
		ChannelID string `json:"channel_id"`
	} `json:"message_reference"`
	Answers *Earlier `json:"referenced_message"`

	Attachments []File          `json:"attachments"`
	Interaction json.RawMessage `json:"interaction_metadata"` // of the answer to a command
	carried
}

// Text is what the message says.
func (m Earlier) Text() string { return render.ReadText(m.Content, m.Components) }

// TypeStarter is the first message of a thread that was opened from another message, which it refers to. Discord,
// message types.
const TypeStarter = 21

// KindUnknown is the kind of a channel of which Discord has not told.
const KindUnknown discordgo.ChannelType = -1

// TurnsOf reads the turns of a conversation from its messages, newest first as Discord lists them.
func TurnsOf(list []Earlier, bot string) []followup.Turn {
	asked := map[string]string{} // by the id of the message
	var turns []followup.Turn
	for _, m := range slices.Backward(list) {
		if m.Author.ID != bot {
			asked[m.ID] = Readable(WithoutMention(m.Content, bot))
			continue
		}
		question := ""
		if m.Reference != nil {
			question = asked[m.Reference.MessageID]
		}
		if turn, ok := TurnOf(m, question); ok {
			turns = append(turns, turn)
		}
	}
	return turns
}

// TurnOf reads a turn back from an answer of ours. asked is the question where the answer does not name it. ok is false
// for a message that answers no question.
func TurnOf(m Earlier, asked string) (turn followup.Turn, ok bool) {
	turn = followup.Turn{Question: asked, Cited: render.Opens(m.Components)}
	content := m.Text()
	if said := QuestionIn(content); said != "" {
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

// QuestionIn is the question that an answer of ours names in its small print, best as it was read; "" for none.
func QuestionIn(content string) string {
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

var marker = regexp.MustCompile(`(^|[^\\])(?:\[[^\[\]\\]*¶\d+\])+`)

var escaped = regexp.MustCompile(`\\([^\p{L}\p{N}\s])`)

// unescape undoes escape.
func unescape(text string) string { return escaped.ReplaceAllString(text, "$1") }

// AskedLine repeats the question of a command above its answer: Discord shows it to nobody.
func AskedLine(p lang.Printer, asked string) commands.Block {
	asked = strings.Join(strings.Fields(asked), " ")
	return commands.Block{Kind: commands.Small, Text: p.Text(askedText, text.Clip(asked, maxAskedRunes))}
}

// WithoutMention takes the mentions of the bot out of a text.
func WithoutMention(text, bot string) string {
	return strings.TrimSpace(strings.NewReplacer("<@"+bot+">", " ", "<@!"+bot+">", " ").Replace(text))
}
