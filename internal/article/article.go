// Package article holds the documents that Pilcrow answers about: it reads them, numbers their paragraphs and
// splits their sentences.
//
// The paragraph is the unit that is embedded, retrieved, shown and cited, so a citation never has to be mapped
// back from anything smaller. A Document and a Corpus are immutable once built: callers share them freely and
// must not write to their slices.
package article

import (
	"cmp"
	"fmt"
	"time"
)

// A Ref names one paragraph: the N-th of the document Slug, counting from 1. Headings and promotional inserts are
// not counted.
type Ref struct {
	Slug string
	N    int
}

// String prints the reference as readers see it: "border-war ¶4".
func (r Ref) String() string { return fmt.Sprintf("%s ¶%d", r.Slug, r.N) }

// Compare orders references by document, then by paragraph; it breaks every tie in a ranking.
func (r Ref) Compare(o Ref) int {
	return cmp.Or(cmp.Compare(r.Slug, o.Slug), cmp.Compare(r.N, o.N))
}

// A Passage is one numbered paragraph with what a reader needs to place it. Text is valid UTF-8, has no line break
// and no leading or trailing space, and never changes a byte of what the author wrote between, but for characters that a
// reader cannot see and promotional inserts, which are dropped.
type Passage struct {
	Ref     Ref
	Title   string // of the document
	Heading string // the heading it stands under, "" before the first
	Text    string
}

// A Document is one loaded file. Slug is unique within a Corpus, lower-case, at most MaxSlugBytes long, and made of
// letters, digits and hyphens; it comes from the file's name. Published is midnight UTC of the day of publication,
// or zero where the file does not say.
type Document struct {
	Slug      string
	Title     string
	Author    string
	Source    string
	URL       string
	Published time.Time
	Path      string // as loaded, relative to the root of the file system
	Passages  []Passage
	Promos    int // promotional inserts that were taken out

	label, route string // of front matter: a title that a heading takes precedence over; where the page is on its site

	seal *seal // its digest, once a corpus has taken it in
}

// MaxSlugBytes keeps a reference to a paragraph within the 100 characters of a Discord custom_id.
const MaxSlugBytes = 48
