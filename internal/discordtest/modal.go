package discordtest

import "fmt"

const (
	maxModalLabel = 45   // of a text input or a label
	maxInputText  = 4000 // value, min_length, max_length
	maxModalRows  = 5    // Discord's client shows five
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
	p.length(RuleModal, path+".custom_id", c.CustomID, 1, maxCustomID)
	if ids[c.CustomID] {
		p.add(RuleModal, path+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", c.CustomID, "unique in the form")
	}
	ids[c.CustomID] = true
	if row && c.Type != TextInput {
		p.add(RuleModal, path+".type", "BASE_TYPE_CHOICES", fmt.Sprint(c.Type), "a text input")
	}
	if c.Type != TextInput {
		return
	}
	if row {
		p.length(RuleModal, path+".label", c.Label, 1, maxModalLabel)
	}
	if c.Style != 1 && c.Style != 2 {
		p.add(RuleModal, path+".style", "BASE_TYPE_CHOICES", fmt.Sprint(c.Style), "1 or 2")
	}
	p.length(RuleModal, path+".placeholder", c.Placeholder, 0, maxOptionText)
	p.length(RuleModal, path+".value", c.Value, 0, maxInputText)
	if c.MinLength != nil {
		p.count(RuleModal, path+".min_length", *c.MinLength, 0, maxInputText)
	}
	if c.MaxLength != nil {
		p.count(RuleModal, path+".max_length", *c.MaxLength, 1, maxInputText)
	}
}
