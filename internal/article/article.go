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

// A Passage is one numbered paragraph with what a reader needs to place it. Text is valid UTF-8, has no line break, but
// in code, and no space in front (but in code) or behind, and never changes a byte of what the author wrote between,
// but for characters that a reader cannot see and promotional inserts, which are dropped. In front of it stand the
// number of a list item, the heads of a table's columns, the term that is defined and the title of an admonition or a
// tab.
type Passage struct {
	Ref        Ref
	Title      string // of the document
	Heading    string // the heading it stands under, "" before the first
	Path       string // the headings it stands under, from the highest to Heading, parted by PathMark
	Text       string
	rare       *rare // nil where there is nothing of it
	Noted      int32 // of a footnote: the number of the paragraph where its mark stands, 0 for none
	Kind       Kind
	Introduced uint8 // how many paragraphs before this one stands the one that is its Lead; 0 where none is
	Behind     uint8 // how many paragraphs behind this one, which ends with a colon, belong to it
	Unsure     bool  // its words may be others than those that its file shows: nothing of it is quoted
}

// What few paragraphs have is held apart, and shared by neighbors that have the same: a folder has ten thousands.
type rare struct{ language, lead, link string }

// Language is that of code, "" where it is not known.
func (p *Passage) Language() string { return p.rare.get().language }

// Lead introduces the paragraph: the paragraph "…:" before it, the name of an admonition, the label of a tab, a line in
// bold; of a footnote the paragraph where its mark stands. "" for none.
func (p *Passage) Lead() string { return p.rare.get().lead }

// Link is where it stands on the web: of a folder whose owner says where its pages are; "" for none.
func (p *Passage) Link() string { return p.rare.get().link }

func (r *rare) get() rare {
	if r == nil {
		return rare{}
	}
	return *r
}

// have gives the paragraph what few have. before is the paragraph before it, nil for none.
func (p *Passage) have(r rare, before *Passage) {
	switch {
	case r == rare{}:
		p.rare = nil
	case before != nil && before.rare.get() == r:
		p.rare = before.rare
	default:
		p.rare = &r
	}
}

// SetLink gives a paragraph that nobody else has yet another Link.
func (p *Passage) SetLink(link string) {
	r := p.rare.get()
	r.link = link
	p.have(r, nil)
}

// SetLanguage gives a paragraph that nobody else has yet another Language.
func (p *Passage) SetLanguage(language string) {
	r := p.rare.get()
	r.language = language
	p.have(r, nil)
}

// UnsureMark stands in Markdown behind a paragraph, an item or a row whose words are not sure: where no file said which
// letters they are or in what order they follow each other, or a program recognized them in a picture. Who has looked
// them up takes it away.
const UnsureMark = "<!-- unsure -->"

// PathMark parts the headings of a Passage's Path.
const PathMark = " › "

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
