package render

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

// Flags of a message.
const (
	flagSuppressEmbeds = int(discordgo.MessageFlagsSuppressEmbeds)
	FlagEphemeral      = int(discordgo.MessageFlagsEphemeral)
)

// A Body is a message as it is sent: created, edited, or given back to an interaction. Its zero value and every other
// mention nobody: encode and json are the only ways out.
type Body struct {
	Content string
	buttons []component
	Cards   []component // of version 2, in the place of content and buttons; nil for none
	Flags   int
	ReplyTo string // the message that it answers, "" for none
	Nonce   string // with it, a message that is sent twice within minutes is created once
	Files   []Attachment
	// replaces says that the message is edited, and what was attached to it goes.
	Replaces bool
}

// An Attachment is a file of a message.
type Attachment struct {
	name, mediaType string // ours: they stand in headers as they are
	alt             string // for those who do not see it; "" for none
	Data            []byte
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
func (b Body) wire() wireBody {
	nobody := []discordgo.AllowedMentionType{} // null would be refused, and absent means everybody
	w := wireBody{
		Content:         &b.Content,
		Flags:           b.Flags | flagSuppressEmbeds,
		AllowedMentions: discordgo.MessageAllowedMentions{Parse: nobody},
		Components:      b.buttons,
		Nonce:           b.Nonce,
		EnforceNonce:    b.Nonce != "",
	}
	if w.Components == nil {
		w.Components = []component{}
	}
	if len(b.Cards) > 0 {
		w.Content, w.Components, w.Flags = nil, b.Cards, b.Flags|FlagCards // no link unfolds there
	}
	if b.ReplyTo != "" {
		mustExist := false // a question that was deleted meanwhile is answered all the same
		w.Reference = &discordgo.MessageReference{MessageID: b.ReplyTo, FailIfNotExists: &mustExist}
	}
	if b.Replaces {
		w.Attachments = []wireAttachment{}
	}
	for i, f := range b.Files {
		w.Attachments = append(w.Attachments, wireAttachment{i, f.name, text.Clip(f.alt, maxAlt)})
	}
	return w
}

const maxAlt = 1024 // Discord: characters of an attachment's description

// JSON writes the body without its files.
func (b Body) JSON() ([]byte, error) { return json.Marshal(b.wire()) }

// Encode writes the body as JSON, or as a form with its files.
func (b Body) Encode() (data []byte, contentType string, err error) {
	data, err = b.JSON()
	if err != nil {
		return nil, "", fmt.Errorf("write a message: %w", err)
	}
	if len(b.Files) == 0 {
		return data, rest.JSON, nil
	}
	return EncodeForm(data, b.Files)
}

// EncodeForm writes JSON as a form with files.
func EncodeForm(data []byte, files []Attachment) (form []byte, contentType string, err error) {
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
			err = part(fmt.Sprintf(`form-data; name="files[%d]"; filename="%s"`, i, f.name), f.mediaType, f.Data)
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
