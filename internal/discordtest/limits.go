package discordtest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a message. Sources: Discord's pages on messages; where they and its OpenAPI description differ (content
// 4,000), the pages hold.
const (
	maxContent       = 2000 // characters
	maxNonce         = 25   // characters
	maxEmbeds        = 10
	maxEmbedTitle    = 256  // characters, like all below
	maxEmbedText     = 4096 // description
	maxEmbedFields   = 25   // fields of one embed
	maxFieldName     = 256
	maxFieldValue    = 1024
	maxEmbedFooter   = 2048
	maxEmbedAuthor   = 256
	maxEmbedSum      = 6000 // over all embeds of a message
	maxMentionIDs    = 100  // users, and roles, in allowed_mentions
	maxEmbedURLRunes = 2048
)

// messageBody is what creates or edits a message. Absent fields of an edit leave things as they are.
type messageBody struct {
	Content         optional[string]          `json:"content"`
	Nonce           optional[nonce]           `json:"nonce"`
	EnforceNonce    bool                      `json:"enforce_nonce"`
	TTS             bool                      `json:"tts"`
	Embeds          optional[[]Embed]         `json:"embeds"`
	AllowedMentions optional[allowedMentions] `json:"allowed_mentions"`
	Reference       *Reference                `json:"message_reference"`
	Components      optional[[]Component]     `json:"components"`
	StickerIDs      []ID                      `json:"sticker_ids"`
	Attachments     optional[[]attachmentRef] `json:"attachments"`
	Flags           optional[int]             `json:"flags"`
	ThreadName      string                    `json:"thread_name"`
	Username        string                    `json:"username"`
	AvatarURL       string                    `json:"avatar_url"`
}

type attachmentRef struct {
	ID          attachmentID `json:"id"`
	Filename    string       `json:"filename"`
	Description string       `json:"description"`
}

// attachmentID is a snowflake or the index of a file, as a string or a number.
type attachmentID string

// UnmarshalJSON takes both forms.
func (a *attachmentID) UnmarshalJSON(b []byte) error {
	*a = attachmentID(strings.Trim(string(b), `"`))
	return nil
}

// nonce is a string or a number; it is kept as written.
type nonce string

// UnmarshalJSON takes both forms.
func (n *nonce) UnmarshalJSON(b []byte) error {
	*n = nonce(strings.Trim(string(b), `"`))
	return nil
}

// destination says which rules hold for a message body.
type destination struct {
	edit        bool
	interaction bool     // a response or a follow-up: ephemeral is possible
	before      *message // what is edited; nil for a creation
}

// checkMessage holds a message body against the limits.
func (s *Server) checkMessage(b messageBody, files []file, d destination) *problems {
	p := &problems{}
	p.length(RuleContent, "content", b.Content.Value, 0, maxContent)
	p.length(RuleNonce, "nonce", string(b.Nonce.Value), 0, maxNonce)
	checkEmbeds(p, b.Embeds.Value)
	v2 := s.checkFlags(p, b, d)
	checkComponents(p, b.Components.Value, v2)
	if v2 {
		checkV2(p, b)
		if d.before != nil && d.before.Content != "" && !b.Content.Set {
			p.add(RuleComponents, "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				"left as it was", "null, with IS_COMPONENTS_V2")
		}
	}
	p.count(RuleFiles, "files", len(files), 0, maxFiles)
	for i, f := range files {
		if len(f.data) > maxFile {
			p.add(RuleFiles, fmt.Sprint("files.", i), "BASE_TYPE_MAX_LENGTH",
				fmt.Sprint(len(f.data), " bytes"), fmt.Sprint(maxFile, " bytes"))
		}
	}
	s.checkMentions(p, b, d)
	return p
}

// checkFlags looks at what may be set where, and tells whether the message has components version 2.
func (s *Server) checkFlags(p *problems, b messageBody, d destination) bool {
	allowed := FlagSuppressEmbeds | FlagComponentsV2
	if !d.edit {
		allowed |= FlagSuppressNotifications
	}
	if d.interaction {
		allowed |= FlagEphemeral
	}
	if extra := b.Flags.Value &^ allowed; extra != 0 && d.before == nil {
		p.add(RuleFlags, "flags", "BASE_TYPE_CHOICES", fmt.Sprintf("%#x", b.Flags.Value), fmt.Sprintf("bits of %#x", allowed))
	}
	v2 := b.Flags.Value&FlagComponentsV2 != 0
	if d.before != nil && d.before.Flags&FlagComponentsV2 != 0 {
		if b.Flags.Set && !v2 {
			p.add(RuleFlags, "flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG",
				"without IS_COMPONENTS_V2", "kept once it is set")
		}
		v2 = true
	}
	return v2
}

// checkV2 refuses what does not go together with components version 2.
func checkV2(p *problems, b messageBody) {
	if b.Content.Value != "" {
		p.add(RuleComponents, "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
			"given", "absent with IS_COMPONENTS_V2")
	}
	if len(b.Embeds.Value) > 0 {
		p.add(RuleComponents, "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
			"given", "absent with IS_COMPONENTS_V2")
	}
}

// checkEmbeds holds embeds against their limits, each and in sum.
func checkEmbeds(p *problems, embeds []Embed) {
	p.count(RuleEmbeds, "embeds", len(embeds), 0, maxEmbeds)
	sum := 0
	for i, e := range embeds {
		at := func(field string) string { return fmt.Sprintf("embeds.%d.%s", i, field) }
		text := func(path, s string, low, high int) {
			p.length(RuleEmbeds, path, s, low, high)
			sum += utf8.RuneCountInString(s)
		}
		text(at("title"), e.Title, 0, maxEmbedTitle)
		text(at("description"), e.Description, 0, maxEmbedText)
		if e.Footer != nil {
			text(at("footer.text"), e.Footer.Text, 1, maxEmbedFooter)
		}
		if e.Author != nil {
			text(at("author.name"), e.Author.Name, 1, maxEmbedAuthor)
		}
		p.count(RuleEmbeds, at("fields"), len(e.Fields), 0, maxEmbedFields)
		for j, f := range e.Fields {
			text(at(fmt.Sprintf("fields.%d.name", j)), f.Name, 1, maxFieldName)
			text(at(fmt.Sprintf("fields.%d.value", j)), f.Value, 1, maxFieldValue)
		}
		if e.URL != "" {
			checkURL(p, RuleEmbeds, at("url"), e.URL, maxEmbedURLRunes)
		}
	}
	if sum > maxEmbedSum {
		p.add(RuleEmbeds, "embeds", "MAX_EMBED_SIZE_EXCEEDED",
			fmt.Sprint(sum, " characters"), fmt.Sprint(maxEmbedSum, " over all embeds"))
	}
}

// checkURL wants an absolute http or https address, or one of the schemes of Discord's own client.
func checkURL(p *problems, rule Rule, path, address string, high int) {
	p.length(rule, path, address, 1, high)
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"http", "https", "discord", "attachment"}, u.Scheme) {
		p.add(rule, path, "URL_TYPE_INVALID_SCHEME", address, "a well formed http or https address")
	}
}
