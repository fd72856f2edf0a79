package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxModalLabel = 45   // of a text input or a label
	maxInputText  = 4000 // value, min_length, max_length
	maxModalRows  = 5    // Discord's client shows five
	minRadio      = 2    // options of a group of radio buttons
	maxRadio      = 10   // and of checkboxes
	maxPicked     = 25   // in a menu of users, roles or channels
	maxUploads    = 10   // files of a field
)

// checkModal holds a form against the rules: rows with one text input, labels with one input, or text.
func checkModal(p *problems, m Modal) {
	p.length(RuleModal, "custom_id", m.CustomID, 1, maxCustomID)
	p.length(RuleModal, "title", m.Title, 1, maxModalTitle)
	p.count(RuleModal, "components", len(m.Components), 1, maxModalRows)
	ids := map[string]bool{}
	for i, c := range m.Components {
		path := fmt.Sprint("components.", i)
		switch {
		case c.Type == ActionRow && len(c.Components) == 1:
			checkInput(p, path+".components.0", c.Components[0], ids, true)
		case c.Type == Label && c.Component != nil:
			p.length(RuleModal, path+".label", c.Label, 1, maxModalLabel)
			p.length(RuleModal, path+".description", c.Description, 0, maxDescription)
			if len(c.Components) > 0 {
				p.add(RuleModal, path+".components", "BASE_TYPE_BAD_TYPE", "given", "one component")
			}
			checkInput(p, path+".component", *c.Component, ids, false)
		case c.Type == TextDisplay:
			p.length(RuleModal, path+".content", c.Content, 1, maxDisplay)
		default:
			p.add(RuleModal, path, "UNION_TYPE_CHOICES",
				fmt.Sprint("type ", c.Type), "a row with one text input, a label with one input, or text")
		}
	}
}

// checkInput looks at one input. A text input in a row carries its own label.
func checkInput(p *problems, path string, c Component, ids map[string]bool, row bool) {
	allowed := []int{StringSelect, TextInput, UserSelect, RoleSelect, MentionSelect, ChannelSelect, FileUpload, RadioGroup,
		CheckboxGroup, Checkbox}
	if row {
		allowed = []int{TextInput}
	}
	if !slices.Contains(allowed, c.Type) {
		p.add(RuleModal, path+".type", "UNION_TYPE_CHOICES", fmt.Sprint(c.Type), fmt.Sprintf("one of %v", allowed))
		return
	}
	p.length(RuleModal, path+".custom_id", c.CustomID, 1, maxCustomID)
	if ids[c.CustomID] {
		p.add(RuleModal, path+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", c.CustomID, "unique in the form")
	}
	ids[c.CustomID] = true
	switch c.Type {
	case TextInput:
		checkText(p, path, c, row)
	case RadioGroup:
		checkRadio(p, path, c)
	case UserSelect, RoleSelect, MentionSelect, ChannelSelect:
		p.length(RuleModal, path+".placeholder", c.Placeholder, 0, maxPlaceholder)
		checkAmount(p, path, c, maxPicked)
		if c.Type != ChannelSelect && c.ChannelTypes != nil {
			p.add(RuleModal, path+".channel_types", "BASE_TYPE_BAD_TYPE", "given", "absent: it is no menu of channels")
		}
	case FileUpload:
		checkAmount(p, path, c, maxUploads)
	case CheckboxGroup:
		p.count(RuleModal, path+".options", len(c.Options), 1, maxRadio)
		checkAmount(p, path, c, maxRadio)
	case Checkbox:
		if c.Required != nil || c.MinValues != nil || c.MaxValues != nil || len(c.Options) > 0 {
			p.add(RuleModal, path, "BASE_TYPE_BAD_TYPE", "more than an id and a default", "nothing else")
		}
	case StringSelect:
		checkMenu(p, path, c)
	}
}

func checkMenu(p *problems, path string, c Component) {
	k := &componentCheck{p: p, ids: map[string]bool{}}
	k.menu(path, c)
	if c.MinValues != nil && *c.MinValues == 0 && (c.Required == nil || *c.Required) {
		p.add(RuleModal, path+".min_values", "BASE_TYPE_BAD_TYPE", "0", "at least 1 where one is required")
	}
	if c.Disabled {
		p.add(RuleModal, path+".disabled", "BASE_TYPE_CHOICES", "true", "false in a form")
	}
}

// checkAmount wants bounds of how much is chosen that fit together. Nothing can be chosen only where nothing is
// required.
func checkAmount(p *problems, path string, c Component, most int) {
	low, high := 1, 1
	if c.MinValues != nil {
		low = *c.MinValues
		p.count(RuleModal, path+".min_values", low, 0, most)
	}
	if c.MaxValues != nil {
		high = *c.MaxValues
		p.count(RuleModal, path+".max_values", high, 1, most)
	}
	if low > high {
		p.add(RuleModal, path+".min_values", "BASE_TYPE_BAD_TYPE", fmt.Sprint(low), fmt.Sprint("at most max_values ", high))
	}
	if low == 0 && (c.Required == nil || *c.Required) {
		p.add(RuleModal, path+".min_values", "BASE_TYPE_BAD_TYPE", "0", "at least 1 where one is required")
	}
}

// checkRadio wants 2 to 10 options with values of their own, of which at most one is chosen beforehand.
func checkRadio(p *problems, path string, c Component) {
	p.count(RuleModal, path+".options", len(c.Options), minRadio, maxRadio)
	if c.MinValues != nil || c.MaxValues != nil {
		p.add(RuleModal, path+".min_values", "BASE_TYPE_BAD_TYPE", "given", "absent: one is chosen")
	}
	seen, chosen := map[string]bool{}, 0
	for i, o := range c.Options {
		at := fmt.Sprintf("%s.options.%d.", path, i)
		p.length(RuleModal, at+"label", o.Label, 1, maxOptionText)
		p.length(RuleModal, at+"value", o.Value, 1, maxOptionText)
		p.length(RuleModal, at+"description", o.Description, 0, maxOptionText)
		if seen[o.Value] {
			p.add(RuleModal, at+"value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", o.Value, "unique")
		}
		seen[o.Value] = true
		if o.Default {
			chosen++
		}
	}
	if chosen > 1 {
		p.add(RuleModal, path+".options", "BASE_TYPE_BAD_TYPE", fmt.Sprint(chosen, " chosen"), "at most one")
	}
}

func checkText(p *problems, path string, c Component, row bool) {
	switch {
	case row:
		p.length(RuleModal, path+".label", c.Label, 1, maxModalLabel)
	case c.Label != "":
		p.add(RuleModal, path+".label", "BASE_TYPE_BAD_TYPE", "given", "that of the label around it")
	}
	if c.Style != 1 && c.Style != 2 {
		p.add(RuleModal, path+".style", "BASE_TYPE_CHOICES", fmt.Sprint(c.Style), "1 or 2")
	}
	p.length(RuleModal, path+".placeholder", c.Placeholder, 0, maxOptionText)
	p.length(RuleModal, path+".value", c.Value, 0, maxInputText)
	low, high := 0, maxInputText
	if c.MinLength != nil {
		low = *c.MinLength
		p.count(RuleModal, path+".min_length", low, 0, maxInputText)
	}
	if c.MaxLength != nil {
		high = *c.MaxLength
		p.count(RuleModal, path+".max_length", high, 1, maxInputText)
	}
	if low > high {
		p.add(RuleModal, path+".min_length", "BASE_TYPE_BAD_LENGTH", fmt.Sprint(low), fmt.Sprint("at most max_length ", high))
	}
}

// fillIn is a component of a form with what a person has put into it, if the client lets it be sent. A text is typed;
// of a menu an option is chosen, by its label or value, or a channel or role by its id; a file is uploaded; a checkbox
// is set by "true". What is named is added to the resolved objects. The caller holds s.mu.
func (p *Person) fillIn(ch *channel, c Component, fields []Option, r *resolved) (Component, error) {
	given, found := c.Value, false
	var chosen Option
	for _, f := range fields {
		if f.Name == c.CustomID {
			given, found, chosen = f.Value, true, f
		}
	}
	out := Component{Type: c.Type, CustomID: c.CustomID, ID: c.ID}
	required := c.Required == nil || *c.Required
	bad := func(why string) error { return fmt.Errorf("%w: %s %s", ErrBadOption, c.CustomID, why) }
	switch c.Type {
	case TextInput:
		if n := utf8.RuneCountInString(given); n == 0 && required || !c.takes(n) {
			return out, bad(fmt.Sprintf("with %d characters", n))
		}
		out.Value = given
	case ChannelSelect, RoleSelect, FileUpload:
		if !found {
			if required {
				return out, bad("is required")
			}
			break
		}
		of := map[int]int{ChannelSelect: optChannel, RoleSelect: optRole, FileUpload: optAttachment}[c.Type]
		id, err := p.value(ch, CommandOption{Type: of, ChannelTypes: c.ChannelTypes}, chosen, r)
		if err != nil {
			return out, err
		}
		out.Values = []string{strings.Trim(string(id), `"`)}
	case Checkbox:
		if out.Value = given; !found {
			out.Value = fmt.Sprint(c.Default != nil && *c.Default)
		}
	case StringSelect, RadioGroup:
		if why := choose(&out, c.Options, given, found, required); why != "" {
			return out, bad(why)
		}
	}
	return out, nil
}

// takes reports whether a text of so many characters may be typed, if it may be empty.
func (c Component) takes(n int) bool {
	return (c.MinLength == nil || n == 0 || n >= *c.MinLength) && n <= maxInputText &&
		(c.MaxLength == nil || n <= *c.MaxLength)
}

// choose puts the option that was given by its label or value into the component, or says why it cannot.
func choose(out *Component, options []SelectOption, given string, found, required bool) (why string) {
	at := slices.IndexFunc(options, func(o SelectOption) bool { return o.Value == given || o.Label == given })
	switch {
	case found && given != "" && at < 0:
		return fmt.Sprintf("has no option %q", given)
	case at >= 0 && out.Type == RadioGroup:
		out.Value = options[at].Value
	case at >= 0:
		out.Values = []string{options[at].Value}
	case required:
		return "is required"
	}
	return ""
}

// MarshalJSON writes the value of a checkbox as true or false.
func (c Component) MarshalJSON() ([]byte, error) {
	type plain Component
	if c.Type != Checkbox || c.Value == "" {
		return json.Marshal(plain(c))
	}
	set := c.Value == "true"
	c.Value = ""
	return json.Marshal(struct {
		plain
		Value bool `json:"value"`
	}{plain(c), set})
}
