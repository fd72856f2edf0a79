package article

import (
	"cmp"

	"pilcrow/internal/byline"
)

// bylines is how many paragraphs from the first are looked at for the author and the day: a summary may stand before.
const bylines = 3

// takeByline takes from the lines around the title who wrote the document, and when, where front matter does not say
// it. They stay paragraphs: what is answered from them cites them.
func (d *Document) takeByline(blocks []block) {
	lines := bylines
	for _, b := range blocks {
		if lines == 0 || d.Author != "" && !d.Published.IsZero() {
			return
		}
		if b.kind == heading {
			continue
		}
		lines--
		if names, day, ok := byline.Read(b.text); ok && b.kind == para {
			d.Author = cmp.Or(d.Author, cut(names, maxFieldRunes))
			d.Published = cmp.Or(d.Published, day)
		}
	}
}

// isByline reports a line that names who wrote what follows, or says that it was published on a day.
func isByline(text string) bool {
	_, _, ok := byline.Read(text)
	return ok
}

// Byline finds the paragraphs at the document's head that name its author and its day of publication; nil where front
// matter, or nothing, says so.
func (d *Document) Byline() (author, day *Passage) {
	for i := range d.Passages[:min(bylines, len(d.Passages))] {
		p := &d.Passages[i]
		names, published, ok := byline.Read(p.Text)
		if ok && author == nil && names != "" && names == d.Author {
			author = p
		}
		if ok && day == nil && !published.IsZero() && published.Equal(d.Published) {
			day = p
		}
	}
	return author, day
}
