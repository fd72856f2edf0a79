package offer

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// A form asks for what a button does not carry. Its custom_id is the call of the button, so that it is understood after
// a restart, and each field is named after its parameter.

const (
	maxFormTitle  = 45   // Discord: characters of a form's title
	maxFieldLabel = 45   // Discord: characters of a field's label
	maxFieldHint  = 100  // Discord: characters below a label
	maxFields     = 5    // Discord: fields of a form
	maxFieldText  = 4000 // Discord: characters of a text
	leastRadio    = 2    // Discord: choices of a group of radio buttons
	mostRadio     = 10   // Discord: choices of such a group; more are a menu
	longText      = 200  // ours: a text that may be longer gets a field of several lines
)

// The types of a component of a form, and the styles of a text.
const (
	componentMenu     = 3
	componentText     = 4
	componentRoles    = 6
	componentChannels = 8
	componentLabel    = 18
	componentUpload   = 19
	componentRadio    = 21
	componentCheckbox = 23
	styleLine         = 1
	styleParagraph    = 2
)

// A Form is what Discord asks for in a dialog.
type Form struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []wireLabel `json:"components"`
}

type wireLabel struct {
	Type        int       `json:"type"`
	Label       string    `json:"label"`
	Description string    `json:"description,omitempty"`
	Component   wireField `json:"component"`
}

type wireField struct {
	Type      int         `json:"type"`
	CustomID  string      `json:"custom_id"`
	Style     int         `json:"style,omitempty"`
	Required  *bool       `json:"required,omitempty"` // nil of a checkbox, which is never
	MinLength int         `json:"min_length,omitempty"`
	MaxLength int         `json:"max_length,omitempty"`
	MinValues *int        `json:"min_values,omitempty"` // of a menu or an upload; nil is one
	Options   []wireEntry `json:"options,omitempty"`

	ChannelTypes []int `json:"channel_types,omitempty"` // of a menu of channels
}

type wireEntry struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Asked are the parameters that a form asks for, required ones first.
func Asked(c commands.Command, args commands.Args) []commands.Param {
	var required, optional []commands.Param
	for _, p := range c.Params {
		switch {
		case !askable(p) || p.Only == commands.Terminal || args[p.Name] != "":
		case p.Required:
			required = append(required, p)
		default:
			optional = append(optional, p)
		}
	}
	all := slices.Concat(required, optional)
	return all[:min(len(all), maxFields)]
}

// askable tells whether a form has a field for the parameter: what has to be typed with offers or as a number has none,
// nor what only a button gives.
func askable(p commands.Param) bool {
	if p.Carried {
		return false
	}
	switch p.Type {
	case commands.Text, commands.Flag, commands.Attachment, commands.Channel, commands.Role:
		return true
	}
	return false
}

// FormOf makes the form for a command; ok is false where there is nothing to ask for.
func FormOf(say lang.Printer, id string, c commands.Command, args commands.Args) (f Form, ok bool) {
	f = Form{CustomID: id, Title: text.Clip(render.Clean(say.Fixed(c.Summary)), maxFormTitle)}
	for _, p := range Asked(c, args) {
		f.Components = append(f.Components, wireLabel{Type: componentLabel,
			Label:       text.Clip(capital(say.Word(p.Name)), maxFieldLabel),
			Description: text.Clip(render.Clean(say.Fixed(p.Summary)), maxFieldHint), Component: fieldOf(say, p)})
	}
	return f, len(f.Components) > 0
}

func fieldOf(say lang.Printer, p commands.Param) wireField {
	f := wireField{Type: componentText, CustomID: p.Name, Required: new(p.Required)}
	switch p.Type {
	case commands.Flag:
		return wireField{Type: componentCheckbox, CustomID: p.Name}
	case commands.Channel:
		f.Type, f.ChannelTypes = componentChannels, channelTypes()
	case commands.Role:
		f.Type = componentRoles
	case commands.Attachment:
		f.Type = componentUpload
	}
	if f.Type != componentText {
		if !p.Required {
			f.MinValues = new(int)
		}
		return f
	}
	if len(p.Choices) > 0 {
		f.Type = componentMenu
		switch n := len(p.Choices); {
		case n >= leastRadio && n <= mostRadio: // all of them can be seen
			f.Type = componentRadio
		case !p.Required:
			f.MinValues = new(int)
		}
		for _, choice := range p.Choices[:min(len(p.Choices), maxChoices)] {
			f.Options = append(f.Options, wireEntry{Label: text.Clip(capital(say.Fixed(choice)), maxChoiceRunes), Value: choice})
		}
		return f
	}
	f.Style, f.MaxLength = styleLine, maxFieldText
	if p.MaxRunes > 0 {
		f.MaxLength = min(p.MaxRunes, maxFieldText)
	}
	if f.MaxLength > longText && !p.Line {
		f.Style = styleParagraph
	}
	if p.Required {
		f.MinLength = 1
	}
	return f
}

// capital writes the first letter large, as labels have it.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
