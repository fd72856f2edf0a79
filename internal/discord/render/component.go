package render

import (
	"encoding/json"

	"pilcrow/internal/article"
)

// What hangs below a message, or is the message: Discord's components. The types are our own, for discordgo
// 0.29 reads none of the kinds from 18 on, and loses components when it writes a message.
// https://discord.com/developers/docs/components/reference

// The kinds of a component that we make.
const (
	kindRow       = 1
	kindButton    = 2
	kindMenu      = 3
	kindSection   = 9
	kindText      = 10
	kindSeparator = 14
	kindContainer = 17
)

const (
	maxComponents  = 40   // Discord: components of a message, those inside others counted
	maxDisplay     = 4000 // Discord: characters of all texts of a message of components; counted here in UTF-16 units
	maxMenuOptions = 25   // Discord: options of a menu
	maxOptionLabel = 100  // Discord: characters of an option's label, value and description
)

// A component is one of any kind: each uses some of the fields.
type component struct {
	Kind        int          `json:"type"`
	CustomID    string       `json:"custom_id,omitempty"`
	Style       int          `json:"style,omitempty"` // of a button
	Label       string       `json:"label,omitempty"`
	Placeholder string       `json:"placeholder,omitempty"` // of a menu
	Options     []menuOption `json:"options,omitempty"`
	Content     string       `json:"content,omitempty"`      // of a text
	Accent      int          `json:"accent_color,omitempty"` // of a container
	Components  []component  `json:"components,omitempty"`   // of a row, a section, a container
	Accessory   *component   `json:"accessory,omitempty"`    // of a section
}

// A menuOption is one choice of a menu. Its value is a call, as the custom_id of a button is.
type menuOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
}

// row is a row of buttons, or of one menu.
func row(of ...component) component { return component{Kind: kindRow, Components: of} }

// readComponents reads what a message has, without what is of a kind that we do not make: it could not be
// written again.
func readComponents(raw json.RawMessage) []component {
	var list []component
	if len(raw) == 0 || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return filter(list, func(c component) bool {
		switch c.Kind {
		case kindRow, kindButton, kindMenu, kindSection, kindText, kindSeparator, kindContainer:
			return true
		}
		return false
	})
}

// filter keeps the components for which keep says so, those inside others too. What held others and holds none goes.
func filter(list []component, keep func(component) bool) []component {
	var out []component
	for _, c := range list {
		if !keep(c) {
			continue
		}
		full := len(c.Components) > 0
		if c.Components = filter(c.Components, keep); !full || len(c.Components) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// each calls f for every component, those inside others too, in the order in which they are shown.
func each(list []component, f func(component)) {
	for _, c := range list {
		f(c)
		each(c.Components, f)
		if c.Accessory != nil {
			each([]component{*c.Accessory}, f)
		}
	}
}

// calls are the custom_ids of the buttons and the values of the menus.
func calls(list []component) (ids []string) {
	each(list, func(c component) {
		switch c.Kind {
		case kindButton:
			ids = append(ids, c.CustomID)
		case kindMenu:
			for _, o := range c.Options {
				ids = append(ids, o.Value)
			}
		}
	})
	return ids
}

// without leaves the buttons out whose call is of a command.
func without(list []component, command string) []component {
	return filter(list, func(c component) bool {
		called, _, ok := DecodeCall(c.CustomID)
		return c.Kind != kindButton || !ok || called != command
	})
}

// Opens are the paragraphs that the buttons and menus of a message open that is there already, each once.
func Opens(components json.RawMessage) []article.Ref {
	var refs []article.Ref
	seen := map[article.Ref]bool{}
	for _, id := range calls(readComponents(components)) {
		if ref, ok := opened(id); ok && !seen[ref] {
			seen[ref] = true
			refs = append(refs, ref)
		}
	}
	return refs
}
