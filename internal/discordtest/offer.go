package discordtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// What a command says of where it can be used and in which languages. Source: Discord's OpenAPI description.

const userInstall = 1 // integration type: people install the app for themselves

// locales are the languages of Discord's client.
func locales() []string {
	return strings.Fields("ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR " +
		"ro ru sv-SE th " +
		"tr uk vi zh-CN zh-TW")
}

// checkName wants what people can type.
func checkName(p *problems, path, name string) {
	if !commandName.MatchString(name) || strings.ToLower(name) != name {
		p.add(RuleCommand, path, "APPLICATION_COMMAND_INVALID_NAME",
			fmt.Sprintf("%q", name), "1 to 32 lower-case letters, digits, - and _")
	}
}

// checkPlaces wants each context and each way of installing once, and known.
func checkPlaces(p *problems, path string, c Command) {
	checkSet(p, path+"contexts", c.Contexts, []int{0, 1, 2})
	checkSet(p, path+"integration_types", c.IntegrationTypes, []int{0, 1})
}

func checkSet(p *problems, path string, list, known []int) {
	if list != nil && len(list) == 0 {
		p.add(RuleCommand, path, "BASE_TYPE_BAD_LENGTH", "0", "at least 1")
	}
	for i, v := range list {
		switch {
		case !slices.Contains(known, v):
			p.add(RuleCommand, fmt.Sprintf("%s.%d", path, i), "BASE_TYPE_CHOICES", fmt.Sprint(v),
				fmt.Sprintf("one of %v", known))
		case slices.Contains(list[:i], v):
			p.add(RuleCommand, fmt.Sprintf("%s.%d", path, i), "SET_TYPE_ALREADY_CONTAINS_VALUE", fmt.Sprint(v), "each once")
		}
	}
}

// checkLocales wants known languages, and texts of a length that is allowed; what people type has the form of a name.
func checkLocales(p *problems, path string, raw json.RawMessage, high int, typed bool) {
	for _, locale := range slices.Sorted(maps.Keys(translations(raw))) {
		if !slices.Contains(locales(), locale) {
			p.add(RuleCommand, path+"."+locale, "BASE_TYPE_CHOICES", locale, "a locale of Discord's")
		}
		text := translations(raw)[locale]
		p.length(RuleCommand, path+"."+locale, text, 1, high)
		if typed {
			checkName(p, path+"."+locale, text)
		}
	}
}

// A named is what people type: a name, and what it is in other languages.
type named struct {
	name  string
	other json.RawMessage
}

// checkUnique wants names that are different in each language, too.
func checkUnique(p *problems, path string, list []named) {
	for _, locale := range locales() {
		seen := map[string]bool{}
		for i, n := range list {
			name, translated := translations(n.other)[locale]
			if !translated {
				name = n.name
			}
			if translated && seen[name] {
				p.add(RuleCommand, fmt.Sprintf("%s%d.name_localizations.%s", path, i, locale),
					"APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
					name, "unique in the language")
			}
			seen[name] = true
		}
	}
}

func translations(raw json.RawMessage) map[string]string {
	var m map[string]string
	if len(raw) > 0 && json.Unmarshal(raw, &m) != nil {
		return map[string]string{"not an object of texts": ""}
	}
	return m
}

// longest is the length of a text in the language in which it is longest: what the sum of a command counts.
func longest(text string, raw json.RawMessage) int {
	n := utf8.RuneCountInString(text)
	for _, t := range translations(raw) {
		n = max(n, utf8.RuneCountInString(t))
	}
	return n
}

// checkKind wants nothing that only an option of another type may have.
func checkKind(p *problems, at string, o CommandOption) {
	if len(o.ChannelTypes) > 0 {
		if o.Type != optChannel {
			p.add(RuleCommand, at+"channel_types", "BASE_TYPE_BAD_TYPE", "given", "for channels alone")
		}
		checkSet(p, at+"channel_types", o.ChannelTypes, []int{0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15})
	}
	if len(o.Choices) > 0 && o.Type != optString && o.Type != optInteger && o.Type != optNumber {
		p.add(RuleCommand, at+"choices", "BASE_TYPE_BAD_TYPE", "given", "for text and numbers alone")
	}
	if (o.MinLength != nil || o.MaxLength != nil) && o.Type != optString {
		p.add(RuleCommand, at+"max_length", "BASE_TYPE_BAD_TYPE", "given", "for text alone")
	}
	if (o.MinValue != nil || o.MaxValue != nil) && o.Type != optInteger && o.Type != optNumber {
		p.add(RuleCommand, at+"min_value", "BASE_TYPE_BAD_TYPE", "given", "for numbers alone")
	}
}

// withoutLocales takes the translations out of a list, as Discord does where they are not asked for.
func withoutLocales(list []Command) {
	for i := range list {
		list[i].NameLocalizations, list[i].DescriptionLocalizations = nil, nil
		list[i].Options = optionsWithoutLocales(list[i].Options)
	}
}

func optionsWithoutLocales(options []CommandOption) []CommandOption {
	out := slices.Clone(options)
	for i := range out {
		out[i].NameLocalizations, out[i].DescriptionLocalizations = nil, nil
		out[i].Choices = slices.Clone(out[i].Choices)
		for j := range out[i].Choices {
			out[i].Choices[j].NameLocalizations = nil
		}
		out[i].Options = optionsWithoutLocales(out[i].Options)
	}
	return out
}
