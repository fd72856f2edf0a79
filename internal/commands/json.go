package commands

import (
	"bytes"
	"encoding/json"

	"pilcrow/internal/article"
)

// The objects that several commands share; the field names are the command line's contract.

// RefJSON names a paragraph.
type RefJSON struct {
	Document  string `json:"document"`
	Paragraph int    `json:"paragraph"`
}

// PassageJSON is a paragraph.
type PassageJSON struct {
	Document  string `json:"document"`
	Paragraph int    `json:"paragraph"`
	Text      string `json:"text"`
	// Heading is the path of headings above the paragraph, Kind what it is, and Link where it stands on the web; each left
	// out where there is nothing to say.
	Heading string `json:"heading,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Link    string `json:"link,omitempty"`
}

// NewPassageJSON tells of a paragraph.
func NewPassageJSON(p article.Passage) PassageJSON {
	j := PassageJSON{Document: p.Ref.Slug, Paragraph: p.Ref.N, Text: p.Text, Heading: p.Path, Link: p.Link()}
	if p.Kind != article.Prose {
		j.Kind = p.Kind.String()
	}
	return j
}

// RefsJSON are references. It is never nil: a list without members is [], not null.
func RefsJSON(refs []article.Ref) []RefJSON {
	out := make([]RefJSON, len(refs))
	for i, r := range refs {
		out[i] = RefJSON{r.Slug, r.N}
	}
	return out
}

// PassageRefsJSON are the references of paragraphs; never nil either.
func PassageRefsJSON(passages []article.Passage) []RefJSON {
	out := make([]RefJSON, len(passages))
	for i, p := range passages {
		out[i] = RefJSON{p.Ref.Slug, p.Ref.N}
	}
	return out
}

// A Form is the machine's form of a reply. <, > and & stand in it as they are: it is for programs and people, not for
// HTML.
type Form[T any] struct{ Value T }

// Machine makes the machine's form of what a reply tells.
func Machine[T any](value T) Form[T] { return Form[T]{value} }

// MarshalJSON implements json.Marshaler.
func (f Form[T]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(f.Value); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// Refs are the references of paragraphs.
func Refs(passages []article.Passage) []article.Ref {
	out := make([]article.Ref, len(passages))
	for i, p := range passages {
		out[i] = p.Ref
	}
	return out
}

// SentenceJSON is a sentence with what it cites.
type SentenceJSON struct {
	Text      string    `json:"text"`
	Citations []RefJSON `json:"citations"`
}
