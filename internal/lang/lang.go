// Package lang writes the program's own sentences in the language of the reader. What documents and people wrote is
// never translated.
//
// A sentence stands in the code in English, as a format, and is looked up by it. A sentence that a catalog lacks stays
// English; a test finds each that is missing. Digits are 0 to 9 in every language, as in the marks of paragraphs and in
// dates.
//
// Where the reader's writing runs from right to left, what is put into a sentence is isolated, so that names, numbers
// and words of another writing keep their places: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates.
package lang

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/message"
)

// A Printer writes in one language. The zero Printer writes English. It is safe for use by several goroutines.
type Printer struct {
	locale string // "" for English
}

// English is the language of the code, and of what has no translation.
const English = "en"

// Locales returns the languages that there are, English first.
func Locales() []string { return slices.Clone(locales) }

// For returns the printer of the first locale that is known: as Discord writes it (de, es-419, en-GB) or as BCP 47
// does. Persian and prs are taken for Dari, the nearest that there is. Where none is known it writes English.
func For(wanted ...string) Printer {
	for _, w := range wanted {
		if locale, ok := known(w); ok {
			return Printer{locale}
		}
	}
	return Printer{}
}

// Known tells whether there is a catalog for the locale.
func Known(locale string) bool {
	_, ok := known(locale)
	return ok
}

func known(wanted string) (locale string, ok bool) {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(wanted)), "_", "-"), "-")
	if base == "prs" || base == "fa" {
		return "fa-AF", true
	}
	return base, slices.Contains(locales, base)
}

// Locale names the printer's language: one of Locales.
func (p Printer) Locale() string {
	if p.locale == "" {
		return English
	}
	return p.locale
}

// Name is what the language calls itself: "Deutsch".
func (p Printer) Name() string { return load().languages[p.Locale()].name }

// RightToLeft tells whether the language is written from right to left.
func (p Printer) RightToLeft() bool { return load().languages[p.Locale()].rightToLeft }

// Text formats the English sentence, which is a constant, in the printer's language. Whole numbers are grouped: a year
// or the number of a paragraph is given as text.
func (p Printer) Text(sentence string, args ...any) string {
	if !p.RightToLeft() {
		return p.printer().Sprintf(sentence, args...)
	}
	args = slices.Clone(args)
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = isolate(s)
		}
	}
	return begin(p.printer().Sprintf(sentence, args...))
}

// Fixed is the translation of a sentence without arguments that is kept in a table: the summary of a command.
func (p Printer) Fixed(sentence string) string {
	if text, ok := load().languages[p.Locale()].plain[sentence]; ok {
		return text
	}
	return sentence
}

// Discord returns what Discord calls the language; nothing where it does not know it.
func (p Printer) Discord() []string { return slices.Clone(load().languages[p.Locale()].discord) }

// Given tells whether the language was asked for. The zero Printer writes English for want of a better.
func (p Printer) Given() bool { return p.locale != "" }

// Typed is what a command or a parameter is called where people type it: in Discord, which shows them in the languages
// that it knows.
func (p Printer) Typed(name string) string {
	if len(load().languages[p.Locale()].discord) == 0 {
		return name
	}
	return p.Word(name)
}

// Word is what a command or a parameter is called in the language.
func (p Printer) Word(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = cmp.Or(load().languages[p.Locale()].names[w], w)
	}
	return strings.Join(words, " ")
}

func (p Printer) printer() *message.Printer { return load().languages[p.Locale()].printer }

// Isolate returns text of another writing as it may stand in a sentence of the printer's language, or begin it: where
// that runs from right to left, between marks that keep its direction to itself.
func (p Printer) Isolate(text string) string {
	if p.RightToLeft() && text != "" {
		return begin(isolate(text))
	}
	return text
}

// Marks of direction.
const (
	rightToLeft = '\u200f' // counts as a letter that runs from right to left
	firstStrong = '\u2068' // first strong isolate: what follows has the direction of its first letter
	popIsolate  = '\u2069' // and ends here
)

// Apart puts a text, which has no marks of direction, between marks that keep its direction to itself, whatever is
// written around it.
func Apart(text string) string { return string(firstStrong) + text + string(popIsolate) }

// isolate puts text between marks that keep its direction to itself. Marks within it stay where they are ours, in
// pairs; others go, as they could end ours.
func isolate(text string) string {
	if text == "" {
		return ""
	}
	var out []rune
	var open []int // where marks of out are not closed yet
	for _, r := range text {
		switch {
		case r == firstStrong:
			open = append(open, len(out))
		case r == popIsolate && len(open) > 0:
			open = open[:len(open)-1]
		case '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069':
			continue
		}
		out = append(out, r)
	}
	for _, at := range slices.Backward(open) {
		out = slices.Delete(out, at, at+1)
	}
	return string(firstStrong) + string(out) + string(popIsolate)
}

// begin makes a line that begins with text of another writing run from right to left: what shows it may go by its first
// letter.
func begin(text string) string {
	for _, r := range text {
		switch {
		case r == rightToLeft || unicode.Is(unicode.Arabic, r):
			return text
		case unicode.IsLetter(r):
			return string(rightToLeft) + text
		}
	}
	return text
}

// Bare takes the marks of direction out again: what was typed has none.
func Bare(text string) string {
	return strings.Map(func(r rune) rune {
		if r == firstStrong || r == popIsolate || r == rightToLeft {
			return -1
		}
		return r
	}, text)
}

// Beginnings returns how a sentence begins, up to its first argument, in every language: what reads a reply back knows
// it by that.
func Beginnings(sentence string) []string {
	begin := func(text string) string {
		text, _, _ = strings.Cut(text, "%")
		return Bare(text)
	}
	out := []string{begin(sentence)}
	for _, locale := range locales {
		if text, ok := load().languages[locale].plain[sentence]; ok {
			if b := begin(text); b != "" && !slices.Contains(out, b) {
				out = append(out, b)
			}
		}
	}
	return out
}
