package commands

import (
	"bytes"
	"encoding/json"

	"pilcrow/internal/article"
)

// The objects that several commands share; the field names are the command line's contract.
type refJSON struct {
	Document  string `json:"document"`
	Paragraph int    `json:"paragraph"`
}

type passageJSON struct {
	Document  string `json:"document"`
	Paragraph int    `json:"paragraph"`
	Text      string `json:"text"`
	// Heading is the path of headings above the paragraph, Kind what it is, and Link where it stands on the web; each left
	// out where there is nothing to say.
	Heading string `json:"heading,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Link    string `json:"link,omitempty"`
}

func newPassageJSON(p article.Passage) passageJSON {
	j := passageJSON{Document: p.Ref.Slug, Paragraph: p.Ref.N, Text: p.Text, Heading: p.Path, Link: p.Link()}
	if p.Kind != article.Prose {
		j.Kind = p.Kind.String()
	}
	return j
}

func refsJSON(refs []article.Ref) []refJSON {
	out := make([]refJSON, len(refs)) // never nil: a list without members is [], not null
	for i, r := range refs {
		out[i] = refJSON{r.Slug, r.N}
	}
	return out
}

func passageRefsJSON(passages []article.Passage) []refJSON {
	out := make([]refJSON, len(passages))
	for i, p := range passages {
		out[i] = refJSON{p.Ref.Slug, p.Ref.N}
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

func refs(passages []article.Passage) []article.Ref {
	out := make([]article.Ref, len(passages))
	for i, p := range passages {
		out[i] = p.Ref
	}
	return out
}

type sentenceJSON struct {
	Text      string    `json:"text"`
	Citations []refJSON `json:"citations"`
}
