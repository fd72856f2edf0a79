package offer

import (
	"strings"
	"testing"

	"pilcrow/internal/discord/render"
	"pilcrow/internal/lang"
)

// TestLocalized: Discord shows every command, option and choice in its own languages, none of two options of a command
// is called the same, and no description is cut.
func TestLocalized(t *testing.T) {
	wanted, problems := registration(theTable(t))
	if len(problems) > 0 {
		t.Error(problems)
	}
	for _, locale := range lang.Locales() {
		for _, called := range lang.For(locale).Discord() {
			if locale == lang.English {
				continue
			}
			names := map[string]bool{}
			for _, c := range wanted {
				name := shownIn(c.Names, c.Name, called)
				if names[name] {
					t.Errorf("%s: two commands are called %q", called, name)
				}
				names[name] = true
				if c.Description != "" && !whole(c.Descriptions[called]) {
					t.Errorf("%s: /%s is described as %q", called, name, c.Descriptions[called])
				}
				localizedOptions(t, called, name, c.Options)
			}
		}
	}
}

// whole tells that there is a description, which was not cut.
func whole(text string) bool {
	return text != "" && (render.Length(text) < maxDescription || !strings.HasSuffix(text, "…"))
}

func shownIn(names map[string]string, english, locale string) string {
	if name, ok := names[locale]; ok {
		return name
	}
	return english
}

func localizedOptions(t *testing.T, called, command string, options []wireOption) {
	t.Helper()
	names := map[string]bool{}
	for _, o := range options {
		name := shownIn(o.Names, o.Name, called)
		if names[name] {
			t.Errorf("%s: /%s has two options called %q", called, command, name)
		}
		names[name] = true
		if text := o.Descriptions[called]; !whole(text) {
			t.Errorf("%s: /%s %s is described as %q", called, command, name, text)
		}
		choices := map[string]bool{}
		for _, c := range o.Choices {
			choice := shownIn(c.Names, c.Name, called)
			if choices[choice] {
				t.Errorf("%s: /%s %s has two choices called %q", called, command, name, choice)
			}
			choices[choice] = true
		}
		localizedOptions(t, called, command+" "+name, o.Options)
	}
}
