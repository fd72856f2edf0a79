// Package lang writes the program's own sentences in the language of the reader. What documents and people wrote is never
// translated.
//
// A sentence stands in the code in English, as a format of golang.org/x/text/message, and is looked up by it. A sentence that is
// not in the catalogue of a language stays English; a test finds each that is missing.
package lang

import (
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// A Printer writes in one language. The zero Printer writes English. It is safe for use by several goroutines.
type Printer struct {
	tag     language.Tag
	printer *message.Printer
}

var english = message.NewPrinter(language.English)

// Text formats the English sentence in the printer's language. Numbers are written as the language does.
func (p Printer) Text(sentence string, args ...any) string {
	if p.printer == nil {
		return english.Sprintf(sentence, args...)
	}
	return p.printer.Sprintf(sentence, args...)
}
