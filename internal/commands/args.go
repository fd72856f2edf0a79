package commands

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/lang"
)

// Bounds of what a caller sends.
const (
	MaxQuestionRunes = 2_000     // characters: a whole Discord message; longer is not a question
	MaxNameRunes     = 200       // characters of a document's slug or title as typed
	maxInteger       = 1_000_000 // paragraphs: more than any document may have
	maxEchoRunes     = 40        // characters of a wrong argument that an error repeats
	MaxEchoedAbout   = 80        // characters of what was asked about that a reply repeats
)

// CheckArgs returns the arguments in their plain form: trimmed, integers in digits, flags that are set as "true", empty
// ones left out.
func CheckArgs(c Command, given Args, say lang.Printer) (Args, error) {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(c.Params, func(p Param) bool { return p.Name == name }) {
			return nil, Refuse(say.Text("%s takes no “%s”.", say.Typed(c.Name), Echo(name)))
		}
	}
	args := make(Args, len(given))
	for _, p := range c.Params {
		value, err := checkArg(p, given[p.Name], say)
		if err != nil {
			return nil, err
		}
		switch {
		case value != "":
			args[p.Name] = value
		case p.Required:
			return nil, Refuse(say.Text("The %s is empty.", say.Typed(p.Name)))
		}
	}
	return args, nil
}

func checkArg(p Param, value string, say lang.Printer) (string, error) {
	value = strings.TrimSpace(strings.ToValidUTF8(value, "\uFFFD"))
	if value == "" {
		return "", nil
	}
	switch p.Type {
	case Integer:
		n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(value, "¶")))
		if err != nil || n < 1 || n > maxInteger {
			return "", Refuse(say.Text("%s: want a whole number from 1 to %d, got “%s”.",
				say.Typed(p.Name), maxInteger, Echo(value)))
		}
		return strconv.Itoa(n), nil
	case Flag:
		set, err := strconv.ParseBool(value)
		if err != nil {
			return "", Refuse(say.Text("%s: want true or false, got “%s”.", say.Typed(p.Name), Echo(value)))
		}
		if !set {
			return "", nil
		}
		return "true", nil
	case Document:
		return limitRunes(p.Name, value, MaxNameRunes, say)
	case Text:
		if len(p.Choices) > 0 && !slices.Contains(p.Choices, value) {
			return "", Refuse(say.Text("%s: want one of %s, got “%s”.", say.Typed(p.Name), strings.Join(p.Choices, ", "),
				Echo(value)))
		}
	case Attachment, Channel, Role:
	}
	return limitRunes(p.Name, value, p.MaxRunes, say)
}

func limitRunes(name, value string, limit int, say lang.Printer) (string, error) {
	if n := utf8.RuneCountInString(value); limit > 0 && n > limit {
		return "", Refuse(say.Text("The %s is %d characters long; at most %d are read.", say.Typed(name), n, limit))
	}
	return value, nil
}

// Integer returns an argument that checkArgs has let through, or the fallback where it is absent.
func (a Args) Integer(name string, fallback int) int {
	n, err := strconv.Atoi(a[name])
	if err != nil {
		return fallback
	}
	return n
}

// Echo repeats a wrong argument in a sentence that says what is wrong with it.
func Echo(typed string) string { return Clip(OneLine(typed), maxEchoRunes) }

// ExplainParam is the flag of a terminal that asks how each sentence was judged. What it shows is for who runs the
// program, in English.
const ExplainParam = "explain"

// DetailsParam shows all that a short reply leaves out.
const DetailsParam = "details"

// BriefParam leaves the list of commands out of the help: for a place where others read along.
const BriefParam = "brief"
