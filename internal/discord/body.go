package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/textproto"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/rest"
	"pilcrow/internal/text"
)

const (
	flagSuppressEmbeds = int(discordgo.MessageFlagsSuppressEmbeds)
	flagEphemeral      = int(discordgo.MessageFlagsEphemeral)
)

// A body is a message as it is sent: created, edited, or given back to an interaction. Its zero value and every other
// mention nobody: encode is the only way out.
type body struct {
	content string
	buttons []component
	cards   []component // of version 2, in the place of content and buttons; nil for none
	flags   int
	replyTo string // the message that it answers, "" for none
	nonce   string // with it, a message that is sent twice within minutes is created once
	files   []attachment
	// replaces says that the message is edited, and what was attached to it goes.
	replaces bool
}

// An attachment is a file of a message.
type attachment struct {
	name, mediaType string // ours: they stand in headers as they are
	alt             string // for those who do not see it; "" for none
	data            []byte
}

type wireBody struct {
	Content         *string                          `json:"content"` // null takes one away that was there
	Flags           int                              `json:"flags,omitempty"`
	AllowedMentions discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Components      []component                      `json:"components"`
	Reference       *discordgo.MessageReference      `json:"message_reference,omitempty"`
	Nonce           string                           `json:"nonce,omitempty"`
	EnforceNonce    bool                             `json:"enforce_nonce,omitempty"`
	Attachments     []wireAttachment                 `json:"attachments,omitzero"`
}

type wireAttachment struct {
	ID          int    `json:"id,string"` // a snowflake, which is a text
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

// wire is what Discord gets: nobody is notified, no link unfolds, a button that was there before is gone.
func (b body) wire() wireBody {
	nobody := []discordgo.AllowedMentionType{} // null would be refused, and absent means everybody
	w := wireBody{
		Content:         &b.content,
		Flags:           b.flags | flagSuppressEmbeds,
		AllowedMentions: discordgo.MessageAllowedMentions{Parse: nobody},
		Components:      b.buttons,
		Nonce:           b.nonce,
		EnforceNonce:    b.nonce != "",
	}
	if w.Components == nil {
		w.Components = []component{}
	}
	if len(b.cards) > 0 {
		w.Content, w.Components, w.Flags = nil, b.cards, b.flags|flagCards // no link unfolds there
	}
	if b.replyTo != "" {
		mustExist := false // a question that was deleted meanwhile is answered all the same
		w.Reference = &discordgo.MessageReference{MessageID: b.replyTo, FailIfNotExists: &mustExist}
	}
	if b.replaces {
		w.Attachments = []wireAttachment{}
	}
	for i, f := range b.files {
		w.Attachments = append(w.Attachments, wireAttachment{i, f.name, text.Clip(f.alt, maxAlt)})
	}
	return w
}

const maxAlt = 1024 // Discord: characters of an attachment's description

// encode writes the body as JSON, or as a form with its files.
func (b body) encode() (data []byte, contentType string, err error) {
	data, err = json.Marshal(b.wire())
	if err != nil {
		return nil, "", fmt.Errorf("write a message: %w", err)
	}
	if len(b.files) == 0 {
		return data, rest.JSON, nil
	}
	return encodeForm(data, b.files)
}

// encodeForm writes JSON as a form with files.
func encodeForm(data []byte, files []attachment) (form []byte, contentType string, err error) {
	var buffer bytes.Buffer
	w := multipart.NewWriter(&buffer)
	part := func(disposition, kind string, data []byte) error {
		p, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}, "Content-Type": {kind}})
		if err == nil {
			_, err = p.Write(data)
		}
		return err
	}
	err = part(`form-data; name="payload_json"`, rest.JSON, data)
	for i, f := range files {
		if err == nil {
			err = part(fmt.Sprintf(`form-data; name="files[%d]"; filename="%s"`, i, f.name), f.mediaType, f.data)
		}
	}
	if err != nil {
		return nil, "", fmt.Errorf("write a message with a file: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, "", fmt.Errorf("write a message with a file: %w", err)
	}
	return buffer.Bytes(), w.FormDataContentType(), nil
}

// response is what an interaction is given back at first.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data json.RawMessage                   `json:"data,omitempty"`
}

// deferred acknowledges an interaction: the answer comes later, to the asker alone if private.
func deferred(private bool) response {
	r := response{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if private {
		r.Data = json.RawMessage(fmt.Sprintf(`{"flags":%d}`, flagEphemeral))
	}
	return r
}

type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

const (
	maxChoices     = 25  // Discord: choices of an autocompletion
	maxChoiceRunes = 100 // Discord: characters of a choice's name and value
)

// suggestions answers an autocompletion. A value that is too long to come back whole is left out.
func suggestions(values []string) (response, error) {
	data := struct {
		Choices []choice `json:"choices"`
	}{[]choice{}}
	for _, v := range values {
		if v != "" && length(v) <= maxChoiceRunes && len(data.Choices) < maxChoices {
			data.Choices = append(data.Choices, choice{v, v})
		}
	}
	raw, err := json.Marshal(data)
	if err != nil {
		return response{}, fmt.Errorf("write suggestions: %w", err)
	}
	return response{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: raw}, nil
}
