package discordtest

import (
	"fmt"
	"slices"
)

// Limits of components. Source: Discord's component reference and its OpenAPI description.
const (
	maxRows        = 5 // without components version 2
	maxButtons     = 5 // in a row
	maxV2          = 40
	maxDisplay     = 4000 // characters of all text displays
	maxLabel       = 80   // of a button
	maxCustomID    = 100
	maxButtonURL   = 512
	maxPlaceholder = 150
	maxOptions     = 25  // of a select menu
	maxOptionText  = 100 // label, value, description of an option
	maxSectionText = 3
	maxGallery     = 10
)

// componentCheck goes through the components of one message.
type componentCheck struct {
	p     *problems
	ids   map[string]bool // custom ids seen
	total int
	text  int // characters of text displays
	v2    bool
}

// checkComponents holds a message's components against the limits of their version.
func checkComponents(p *problems, list []Component, v2 bool) {
	k := &componentCheck{p: p, ids: map[string]bool{}, v2: v2}
	if !v2 {
		p.count(RuleComponents, "components", len(list), 0, maxRows)
	}
	for i, c := range list {
		path := fmt.Sprint("components.", i)
		allowed := []int{ActionRow}
		if v2 {
			allowed = []int{ActionRow, Section, TextDisplay, MediaGallery, FileComponent, Separator, Container}
		}
		k.one(path, c, allowed)
	}
	if v2 {
		p.count(RuleComponents, "components", k.total, 1, maxV2)
		if k.text > maxDisplay {
			p.add(RuleComponents, "components", "COMPONENT_MAX_TOTAL_TEXT",
				fmt.Sprint(k.text, " characters"), fmt.Sprint(maxDisplay, " in all text displays"))
		}
	}
}

// one checks a component and what it holds.
func (k *componentCheck) one(path string, c Component, allowed []int) {
	k.total++
	if !slices.Contains(allowed, c.Type) {
		k.p.add(RuleComponents, path+".type", "UNION_TYPE_CHOICES", fmt.Sprint(c.Type), fmt.Sprintf("one of %v", allowed))
		return
	}
	switch c.Type {
	case ActionRow:
		k.row(path, c)
	case Button:
		k.button(path, c)
	case StringSelect:
		k.menu(path, c)
	case UserSelect, RoleSelect, MentionSelect, ChannelSelect:
		k.customID(path, c.CustomID)
		k.p.length(RuleComponents, path+".placeholder", c.Placeholder, 0, maxPlaceholder)
	case Section:
		k.p.count(RuleComponents, path+".components", len(c.Components), 1, maxSectionText)
		k.all(path, c.Components, []int{TextDisplay})
		if c.Accessory == nil {
			k.p.add(RuleComponents, path+".accessory", "BASE_TYPE_REQUIRED", "absent", "a button or a thumbnail")
			return
		}
		k.one(path+".accessory", *c.Accessory, []int{Button, Thumbnail})
	case TextDisplay:
		k.p.length(RuleComponents, path+".content", c.Content, 1, maxDisplay)
		k.text += len([]rune(c.Content))
	case MediaGallery:
		k.p.count(RuleComponents, path+".items", len(c.Items), 1, maxGallery)
	case Container:
		k.p.count(RuleComponents, path+".components", len(c.Components), 1, maxV2)
		k.all(path, c.Components, []int{ActionRow, Section, TextDisplay, MediaGallery, FileComponent, Separator})
	}
}

func (k *componentCheck) all(path string, list []Component, allowed []int) {
	for i, c := range list {
		k.one(fmt.Sprintf("%s.components.%d", path, i), c, allowed)
	}
}

// row wants one to five buttons, or one select menu.
func (k *componentCheck) row(path string, c Component) {
	if len(c.Components) > 0 && c.Components[0].Type != Button {
		k.p.count(RuleComponents, path+".components", len(c.Components), 1, 1)
		k.all(path, c.Components, []int{StringSelect, UserSelect, RoleSelect, MentionSelect, ChannelSelect})
		return
	}
	k.p.count(RuleComponents, path+".components", len(c.Components), 1, maxButtons)
	k.all(path, c.Components, []int{Button})
}

// button wants a custom id or, for a link, an address.
func (k *componentCheck) button(path string, c Component) {
	k.p.length(RuleComponents, path+".label", c.Label, 0, maxLabel)
	if c.Label == "" && c.Emoji == nil && c.Style != buttonPremium {
		k.p.add(RuleComponents, path, "BUTTON_COMPONENT_INVALID", "without label and emoji", "one of them")
	}
	switch {
	case c.Style < 1 || c.Style > buttonPremium:
		k.p.add(RuleComponents, path+".style", "BASE_TYPE_CHOICES", fmt.Sprint(c.Style), "1 to 6")
	case c.Style == buttonPremium:
	case c.Style == buttonLink && c.CustomID != "":
		k.p.add(RuleComponents, path+".custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
			"given with a link", "url or custom_id")
	case c.Style == buttonLink:
		checkURL(k.p, RuleComponents, path+".url", c.URL, maxButtonURL)
	case c.URL != "":
		k.p.add(RuleComponents, path+".url", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
			"given without link style", "url or custom_id")
	default:
		k.customID(path, c.CustomID)
	}
}

// menu wants 1 to 25 options with values of their own.
func (k *componentCheck) menu(path string, c Component) {
	k.customID(path, c.CustomID)
	k.p.length(RuleComponents, path+".placeholder", c.Placeholder, 0, maxPlaceholder)
	k.p.count(RuleComponents, path+".options", len(c.Options), 1, maxOptions)
	seen := map[string]bool{}
	for i, o := range c.Options {
		at := fmt.Sprintf("%s.options.%d.", path, i)
		k.p.length(RuleComponents, at+"label", o.Label, 1, maxOptionText)
		k.p.length(RuleComponents, at+"value", o.Value, 1, maxOptionText)
		k.p.length(RuleComponents, at+"description", o.Description, 0, maxOptionText)
		if seen[o.Value] {
			k.p.add(RuleComponents, at+"value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", o.Value, "unique")
		}
		seen[o.Value] = true
	}
}

func (k *componentCheck) customID(path, id string) {
	k.p.length(RuleComponents, path+".custom_id", id, 1, maxCustomID)
	if id != "" && k.ids[id] {
		k.p.add(RuleComponents, path+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", id, "unique in the message")
	}
	k.ids[id] = true
}

// walk calls f for every component, those inside others too, in the order in which they are shown.
func walk(list []Component, f func(Component)) {
	for _, c := range list {
		f(c)
		walk(c.Components, f)
		if c.Accessory != nil {
			walk([]Component{*c.Accessory}, f)
		}
		if c.Component != nil {
			walk([]Component{*c.Component}, f)
		}
	}
}
