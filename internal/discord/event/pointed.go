package event

import (
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// "Is this true?" points at something: the message that is replied to, a message that was forwarded, a link that has
// unfolded. What Discord shows of it is read; of what it does not show one sentence says how it can be had.

const (
	checkMenu     = "Check with Pilcrow"
	maxPointed    = 4000    // ours: characters of it
	flagVoice     = 1 << 13 // Discord: IS_VOICE_MESSAGE
	maxEmbedsRead = 4       // ours: cards of links
)

// carried is what a message has beside its text.
type carried struct {
	Flags     int                         `json:"flags"`
	Embeds    []card                      `json:"embeds"`
	Stickers  []struct{ Name string }     `json:"sticker_items"`
	Snapshots []struct{ Message carrier } `json:"message_snapshots"` // of a message that forwards
}

// A card is what a link unfolds to.
type card struct {
	Title       string `json:"title"`
	Description string `json:"description"`
}

// A carrier is a message as a snapshot shows it: without its author.
type carrier struct {
	Content     string `json:"content"`
	Attachments []File `json:"attachments"`
	carried
}

// text is what can be read of the message: its own words, those that it forwards, and what its links unfold to.
func (c carrier) text() string {
	parts := []string{Readable(c.Content)}
	for _, s := range c.Snapshots {
		s.Message.Snapshots = nil // one that forwards a forwarded message shows it once
		parts = append(parts, s.Message.text())
	}
	for _, e := range c.Embeds[:min(len(c.Embeds), maxEmbedsRead)] {
		parts = append(parts, Readable(e.Title), Readable(e.Description))
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" })
	return text.Clip(strings.Join(parts, "\n"), maxPointed)
}

// unread says what of the message cannot be read; "" for nothing.
func (c carrier) unread(say lang.Printer) string {
	all := []carrier{c}
	for _, s := range c.Snapshots {
		all = append(all, s.Message)
	}
	for _, c := range all {
		switch {
		case c.Flags&flagVoice != 0:
			return say.Text("I cannot hear voice messages. Please write your question.")
		case len(c.Stickers) > 0:
			return say.Text("I cannot see stickers. Please write your question.")
		case slices.ContainsFunc(c.Attachments, func(f File) bool { return seenOrHeard(f.MediaType) }):
			return say.Text("I cannot see pictures or hear recordings. Please write your question.")
		}
	}
	return ""
}

// seenOrHeard tells whether a file is for eyes or ears.
func seenOrHeard(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return kind == "image" || kind == "video" || kind == "audio"
}

// own is the message as a carrier, answered the one that it replies to: none where that is ours.
func (m Message) own() carrier {
	return carrier{Content: m.Content, Attachments: m.Attachments, carried: m.carried}
}

func (m Message) answered(bot string) (c carrier, ok bool) {
	if m.Answers == nil || m.Answers.Author.ID == bot {
		return carrier{}, false
	}
	return carrier{Content: WithoutMention(m.Answers.Content, bot), Attachments: m.Answers.Attachments,
		carried: m.Answers.carried}, true
}

// PointedAt is the text that the message's question may point at; "" for none.
func (m Message) PointedAt(bot string) string {
	own := m.own()
	own.Content = ""
	text := own.text()
	if c, ok := m.answered(bot); ok {
		text = strings.TrimSpace(c.text() + "\n" + text)
	}
	return text
}

// Silent says why there is nothing to answer: the message, or the one that it points at, has nothing that could be
// read. "" where it has.
func (m Message) Silent(bot string, say lang.Printer) string {
	asked := m.Question(bot)
	replied, replies := m.answered(bot)
	if asked != "" && !AsksWhetherTrue(asked) || m.PointedAt(bot) != "" {
		return ""
	}
	if _, file, _ := Attached(m.Attachments); file {
		return ""
	}
	if why := m.own().unread(say); why != "" && asked == "" {
		return why
	}
	if !replies {
		return ""
	}
	if why := replied.unread(say); why != "" {
		return why
	}
	return say.Text("Discord does not show me the message that you reply to. Right-click it, or hold it down on a "+
		"phone, and choose Apps → %s.",
		say.Fixed(checkMenu))
}

// AsksWhetherTrue tells whether a question asks whether that which it points at is true.
func AsksWhetherTrue(text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\u200c'
	})
	return slices.Contains(whetherTrue, strings.Join(words, " "))
}

// whetherTrue are the questions whether something that is pointed at is true, in small letters, without punctuation;
// ours.
var whetherTrue = []string{
	"is this true", "is that true", "is it true", "true", "true or false", "is this right", "is that right",
	"is this correct", "is that correct",
	"is this real", "is this fake", "fact check", "fact check this", "fact check please", "factcheck", "check",
	"check this", "please check",
	"please check this", "can you check this", "can you verify this", "verify", "verify this", "really",
	"is this accurate", "is that so", "source",
	"stimmt das", "stimmt es", "ist das wahr", "ist das richtig", "ist das so", "wirklich", "prüf das", "bitte prüfen",
	"faktencheck", "wahr",
	"es verdad", "es cierto", "esto es verdad", "esto es cierto", "es esto verdad", "es esto cierto", "es correcto",
	"verdad", "de verdad",
	"verifica esto", "compruébalo", "comprueba esto",
	"c est vrai", "est ce vrai", "est ce que c est vrai", "vrai", "c est exact", "est ce exact", "vraiment", "vérifie",
	"vérifie ça", "vérifiez",
	"کیا یہ سچ ہے", "یہ سچ ہے", "کیا یہ درست ہے", "کیا یہ صحیح ہے", "یہ صحیح ہے", "سچ",
	"آیا این درست است", "این درست است", "آیا این راست است", "راست است", "درست است", "آیا این حقیقت دارد", "این حقیقت دارد",
	"ایا دا رښتیا ده", "دا رښتیا ده", "ایا دا سمه ده", "دا سمه ده", "رښتیا",
}
