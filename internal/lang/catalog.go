package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

//go:embed catalog/*.json
var files embed.FS

// locales are the languages that there is a catalog for.
var locales = []string{English, "de", "fr", "es", "ur", "ps", "fa-AF"}

// A sentenceFile is a catalog as it is written: one file for each language.
type sentenceFile struct {
	Language    string    `json:"language"` // its name in itself
	Discord     []string  `json:"discord"`  // what Discord calls it; empty where it does not know it
	RightToLeft bool      `json:"right_to_left"`
	Dates       dateWords `json:"dates"`
	// Glossary says which word stands for an idea of ours in all of the sentences.
	Glossary map[string]string `json:"glossary"`
	// Names are what the words in the names of commands and parameters are called: lower case, without spaces.
	Names     map[string]string   `json:"names"`
	Sentences map[string]sentence `json:"sentences"` // by the English one
}

// A sentence is a translation. It is written as a string or, where a number decides on the form of its words, as an
// object: either the forms of the whole sentence, or a text with ${parts} that have forms.
type sentence struct {
	Text  string           `json:"text"`
	Parts map[string]forms `json:"parts"`
	forms
}

// forms are those of CLDR that the language has, and "=0" for none:
// https://cldr.unicode.org/index/cldr-spec/plural-rules.
type forms struct {
	Arg   int    `json:"arg"` // which argument decides, from 1; 0 is the first
	Zero  string `json:"=0"`
	One   string `json:"one"`
	Other string `json:"other"`
}

// UnmarshalJSON reads either way of writing.
func (s *sentence) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &s.Text)
	}
	type plain sentence
	return json.Unmarshal(data, (*plain)(s))
}

// messages are what the catalog of x/text is given.
func (s sentence) messages() []catalog.Message {
	if s.Text == "" {
		return []catalog.Message{s.message()}
	}
	var out []catalog.Message
	for _, name := range slices.Sorted(maps.Keys(s.Parts)) {
		out = append(out, catalog.Var(name, s.Parts[name].message()))
	}
	return append(out, catalog.String(s.Text))
}

func (f forms) message() catalog.Message {
	var cases []any // as plural.Selectf takes them
	if f.Zero != "" {
		cases = append(cases, "=0", f.Zero)
	}
	if f.One != "" {
		cases = append(cases, plural.One, f.One)
	}
	return plural.Selectf(max(f.Arg, 1), "%d", append(cases, plural.Other, f.Other)...)
}

// A translation is what is known of a language.
type translation struct {
	name        string
	rightToLeft bool
	discord     []string
	dates       dateWords
	names       map[string]string
	plain       map[string]string // the sentences that have one form
	printer     *message.Printer
}

// A book holds every language.
type book struct {
	languages map[string]translation
	err       error // of the embedded files; a test looks at it
}

// load reads the catalogs, once. A language whose file cannot be read is left English.
var load = sync.OnceValue(func() book {
	b := book{languages: map[string]translation{}}
	builder := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, locale := range locales {
		t := translation{name: locale, plain: map[string]string{}}
		file, err := read(locale)
		if err == nil {
			t.name, t.rightToLeft, t.discord, t.dates, t.names =
				file.Language, file.RightToLeft, file.Discord, file.Dates, file.Names
			err = t.add(builder, language.Make(locale), file.Sentences)
		}
		if err != nil && b.err == nil {
			b.err = fmt.Errorf("catalog %s: %w", locale, err)
		}
		b.languages[locale] = t
	}
	for locale, t := range b.languages {
		tag := language.Make(locale + "-u-nu-latn") // digits are 0 to 9 everywhere
		t.printer = message.NewPrinter(tag, message.Catalog(builder))
		b.languages[locale] = t
	}
	return b
})

func read(locale string) (file sentenceFile, err error) {
	data, err := files.ReadFile("catalog/" + locale + ".json")
	if err != nil {
		return file, err
	}
	return file, json.Unmarshal(data, &file)
}

func (t translation) add(builder *catalog.Builder, tag language.Tag, sentences map[string]sentence) error {
	for _, key := range slices.Sorted(maps.Keys(sentences)) {
		s := sentences[key]
		if err := builder.Set(tag, key, s.messages()...); err != nil {
			return fmt.Errorf("%q: %w", key, err)
		}
		if s.Text != "" && len(s.Parts) == 0 {
			t.plain[key] = s.Text
		}
	}
	return nil
}
