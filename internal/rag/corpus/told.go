package corpus

import "pilcrow/internal/quote"

// Said is what a document of the edition tells of who said what. It is the edition's own: do not write to it.
func (ed *Edition) Said(slug string) quote.Speech {
	if d := ed.Words.Document(slug); d != nil {
		return d.Said
	}
	return quote.Speech{}
}
