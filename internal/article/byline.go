package article

import (
	"cmp"
	"strings"
	"time"

	"pilcrow/internal/byline"
)

// bylines is how many paragraphs from the first are looked at for the author and the day: a summary may stand before.
const bylines = 3

// takeByline takes from the lines around the title who wrote the document, and when, where front matter does not say
// it; when, also from the document's foot. They stay paragraphs: what is answered from them cites them.
func (d *Document) takeByline(blocks []block) {
	lines := bylines
	for _, b := range blocks {
		if lines == 0 || d.Author != "" && !d.Published.IsZero() {
			break
		}
		if b.kind == heading {
			continue
		}
		lines--
		if names, day, ok := b.byline(); ok && b.kind == para {
			d.Author = cmp.Or(d.Author, cut(names, maxFieldRunes))
			d.Published = cmp.Or(d.Published, day)
		}
	}
	for i := len(blocks) - 1; i >= max(bylines, len(blocks)-feet) && d.Published.IsZero(); i-- {
		if names, day, ok := byline.Read(blocks[i].text); ok && names == "" && blocks[i].kind == para {
			d.Published = day
		}
	}
}

// feet is how many paragraphs from the last are looked at for the day: a note on the author may stand behind.
const feet = 2

// byline reads the block as byline.Read does. Where it has two lines, the author may stand on the first, and the place
// and the day on the second.
func (b *block) byline() (names string, day time.Time, ok bool) {
	names, day, ok = byline.Read(b.text)
	if b.line1 == 0 {
		return names, day, ok
	}
	if first := byline.Author(b.text[:b.line1], !day.IsZero()); first != "" {
		return first, day, true
	}
	return names, day, ok
}

// isByline reports a line that names who wrote what follows, or says that it was published on a day.
func isByline(text string) bool {
	_, _, ok := byline.Read(text)
	return ok
}

// Byline finds the paragraphs at the document's head and foot that name its author and its day of publication; nil
// where front matter, or nothing, says so.
func (d *Document) Byline() (author, day *Passage) {
	for i := range d.Passages {
		if i >= bylines && i < len(d.Passages)-feet {
			continue
		}
		p := &d.Passages[i]
		names, published, ok := byline.Read(p.Text)
		// Behind the names may stand the first word of the line below them.
		if ok && author == nil && d.Author != "" && (names == d.Author || strings.HasPrefix(names, d.Author+" ")) {
			author = p
		}
		if ok && day == nil && !published.IsZero() && published.Equal(d.Published) {
			day = p
		}
	}
	return author, day
}
