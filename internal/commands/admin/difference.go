package admin

import (
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
)

// A difference is what became of one document between two editions.
type difference struct {
	slug, title string
	added, gone bool // the document
	paragraphs  int  // that it has; had where it is gone
	intake.Changes
}

// whatChanged returns the documents in which two corpora differ, by slug. Where only a title or a heading is another,
// the counts are zero. before may be nil. It is pure.
func whatChanged(before, after *article.Corpus) []difference {
	var was, is []article.Document
	if before != nil {
		was = before.Documents()
	}
	if after != nil {
		is = after.Documents()
	}
	var out []difference
	for len(was) > 0 || len(is) > 0 {
		var side int
		switch {
		case len(was) == 0:
			side = 1
		case len(is) == 0:
			side = -1
		default:
			side = strings.Compare(was[0].Slug, is[0].Slug)
		}
		switch {
		case side < 0:
			out = append(out, difference{slug: was[0].Slug, title: was[0].Title, gone: true, paragraphs: len(was[0].Passages)})
			was = was[1:]
		case side > 0:
			out = append(out, difference{slug: is[0].Slug, title: is[0].Title, added: true, paragraphs: len(is[0].Passages)})
			is = is[1:]
		default:
			if was[0].Digest() != is[0].Digest() {
				out = append(out, difference{slug: is[0].Slug, title: is[0].Title, paragraphs: len(is[0].Passages),
					Changes: intake.Compare(was[0], is[0])})
			}
			was, is = was[1:], is[1:]
		}
	}
	return out
}

// sentence says it to a reader.
func (d difference) sentence(p lang.Printer) string {
	name, size := commands.ShownTitle(d.title)+" ("+d.slug+")", p.Text("%d paragraphs", d.paragraphs)
	switch {
	case d.added:
		return p.Text("%s: new, %s", name, size)
	case d.gone:
		return p.Text("%s: no longer there, had %s", name, size)
	case d.Changes == intake.Changes{}:
		return p.Text("%s: title, date or headings", name)
	}
	return name + ": " + counts(p, d.Changes)
}

// counts says how many paragraphs are new, gone and changed.
func counts(p lang.Printer, c intake.Changes) string {
	var parts []string
	add := func(n int, text string) {
		if n > 0 {
			parts = append(parts, text)
		}
	}
	add(c.Changed, p.Text("%d paragraphs changed", c.Changed))
	add(c.Added, p.Text("%d paragraphs added", c.Added))
	add(c.Removed, p.Text("%d paragraphs removed", c.Removed))
	if len(parts) == 0 {
		return p.Text("no paragraph")
	}
	return strings.Join(parts, ", ")
}
