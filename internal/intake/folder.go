package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
)

// An Intake serves one folder. One call at a time; but several documents may be refreshed at once.
type Intake struct {
	Dir       string
	Converter *convert.Converter // nil: texts only
	Fetcher   *fetch.Fetcher     // nil: no addresses
	// Load loads the folder as it is.
	Load func() (*article.Corpus, error)
	Now  func() time.Time
}

// A Proposal is a document that is ready to be written.
type Proposal struct {
	Document article.Document
	Path     string    // of the document, below the folder
	Original string    // of what it was made of, below the folder
	Warnings []Warning // what was left out and what is doubtful
	// Of a replacement:
	Replaces  bool
	Unchanged bool // nothing needs to be written
	Changes        // paragraphs

	file, original, origin []byte
}

// Originals is the folder, within that of the documents, of what they were made of. Its name hides it from
// article.Load.
const Originals = ".originals"

// An origin is what is kept about where a document came from.
type origin struct {
	From         string    `json:"from"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Fetched      time.Time `json:"fetched"`
	SHA256       string    `json:"sha256"` // of the original
	File         string    `json:"file"`   // its name
	// Written is the SHA-256 of the document as it was written, and Before of the one that it took the place of: who finds
	// another there knows that somebody edited it.
	Written   string     `json:"written,omitempty"`
	Before    string     `json:"before,omitempty"`
	Title     string     `json:"title,omitempty"`      // as it was asked for
	Published string     `json:"published,omitempty"`  // likewise
	GoneSince *time.Time `json:"gone_since,omitempty"` // since when there is no such page
	GoneWhy   string     `json:"gone_why,omitempty"`
}

// Prepare makes a document and holds it against the folder. Nothing is written. Its errors are those of Reader.Make.
func (in *Intake) Prepare(ctx context.Context, q Request) (Proposal, error) {
	corpus, err := in.Load()
	if corpus == nil {
		return Proposal{}, err
	}
	if IsAddress(q.From) {
		q.Known = in.known(q)
	}
	m, err := in.reader().Make(ctx, q)
	if err != nil {
		return Proposal{}, err
	}
	if m.NotModified {
		return Proposal{Unchanged: true}, nil
	}
	p, err := in.proposal(m, q)
	if err != nil {
		return Proposal{}, err
	}
	return p, in.compare(corpus, q, &p)
}

func (in *Intake) reader() Reader { return Reader{Converter: in.Converter, Fetcher: in.Fetcher} }

func (in *Intake) proposal(m Made, q Request) (Proposal, error) {
	p := Proposal{Document: m.Document, Path: m.Path, Original: path.Join(Originals, m.OriginalName), Warnings: m.Warnings,
		file: m.Text, original: m.Original}
	o := origin{From: q.From, ETag: m.Validators.ETag, LastModified: m.Validators.LastModified,
		Fetched: in.Now().UTC().Truncate(time.Second),
		SHA256:  checksum(m.Original), File: m.OriginalName, Written: checksum(m.Text), Title: q.Title,
		Published: dayText(q.Published)}
	if data, err := os.ReadFile(filepath.Join(in.Dir, filepath.FromSlash(p.Path))); err == nil {
		o.Before = checksum(data)
	}
	var err error
	p.origin, err = o.json()
	return p, err
}

func (o origin) json() ([]byte, error) { return json.MarshalIndent(o, "", "  ") }

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// compare holds the proposal against what is loaded.
func (in *Intake) compare(corpus *article.Corpus, q Request, p *Proposal) error {
	slug := p.Document.Slug
	old, taken := corpus.Document(slug)
	if !taken {
		if _, err := os.Lstat(filepath.Join(in.Dir, filepath.FromSlash(p.Path))); err == nil && !q.Replace {
			return &Refusal{Why: Broken, Slug: slug, Text: fmt.Sprintf("there is a file %s already, which could not be "+
				"loaded: add --replace, or another --name", p.Path)}
		}
		return nil
	}
	if old.Path != p.Path {
		return &Refusal{Why: Elsewhere, Slug: slug,
			Text: fmt.Sprintf("it would be called %s like %s: give it another --name", slug, old.Path)}
	}
	p.Replaces = true
	p.Changes = Compare(old, p.Document)
	p.Unchanged = old.Digest() == p.Document.Digest()
	if !q.Replace && !p.Unchanged {
		return &Refusal{Why: Exists, Slug: slug, Text: fmt.Sprintf("there is a document %s already: add --replace to put "+
			"this one in its place, or another --name", slug)}
	}
	return nil
}
