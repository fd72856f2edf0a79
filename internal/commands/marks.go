package commands

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
)

// MaxTitleRunes bounds a title inside a sentence or on a button (Discord: 80 characters on a button).
const MaxTitleRunes = 40

// Others is what stands behind the markers of a block whose text is about more paragraphs: " +7"; "" for no more.
func (b Block) Others() string {
	if b.More == 0 {
		return ""
	}
	return fmt.Sprintf(" +%d", b.More)
}

// Citing gives the block the first paragraphs of some, and the number of the others.
func (b Block) Citing(refs []article.Ref, most int) Block {
	b.Cites = refs[:min(len(refs), most)]
	b.More = len(refs) - len(b.Cites)
	return b
}

// Entitle notes the titles of all documents that the reply cites, so that each is called the same in all of it.
func (r *Reply) Entitle(title func(article.Ref) string) {
	r.titles = map[string]string{}
	for _, b := range r.Blocks {
		for _, ref := range b.Cites {
			if r.titles[ref.Slug] == "" {
				r.titles[ref.Slug] = title(ref)
			}
		}
	}
}

// Marks returns how the reply's citations are written: "¶4" where all of them are from one document, and
// "Border war ¶4" where not. It takes the titles from Sources, and from what entitle noted.
func (r Reply) Marks() func(article.Ref) string {
	slug, several := "", false
	see := func(ref article.Ref) {
		several = several || slug != "" && ref.Slug != slug
		slug = ref.Slug
	}
	titles := make(map[string]string)
	maps.Copy(titles, r.titles)
	for _, p := range r.Sources {
		see(p.Ref)
		titles[p.Ref.Slug] = p.Title
	}
	for _, b := range r.Blocks {
		for _, ref := range b.Cites {
			see(ref)
		}
	}
	return func(ref article.Ref) string {
		switch title := titles[ref.Slug]; {
		case !several:
			return fmt.Sprintf("¶%d", ref.N)
		case title == "":
			return ref.String()
		default:
			return fmt.Sprintf("%s ¶%d", Clip(title, MaxTitleRunes), ref.N)
		}
	}
}

// SayUnsure says beside what a reply cites, or shows, that its words are not sure.
func (r *Reply) SayUnsure(p lang.Printer, passages []article.Passage) {
	var marks []string
	mark := r.Marks()
	for _, passage := range passages {
		if passage.Unsure {
			marks = append(marks, mark(passage.Ref))
		}
	}
	if len(marks) > 0 {
		r.Say(Small, p.Text("Words of %s may be wrong: its file does not say for sure which letters they are, or in "+
			"what order. Look into the original before you quote it.", strings.Join(marks, ", ")))
	}
}

// Source adds a passage to the sources unless it is there.
func (r *Reply) Source(p article.Passage) {
	if !slices.ContainsFunc(r.Sources, func(o article.Passage) bool { return o.Ref == p.Ref }) {
		r.Sources = append(r.Sources, p)
	}
}
