package commands

import (
	"fmt"

	"pilcrow/internal/article"
)

// maxTitleRunes bounds a title inside a sentence or on a button (Discord: 80 characters on a button).
const maxTitleRunes = 40

// Marks returns how the reply's citations are written: "¶4" where all of them are from one document, and
// "Border war ¶4" where not. It takes the titles from Sources.
func (r Reply) Marks() func(article.Ref) string {
	slug, several := "", false
	see := func(ref article.Ref) {
		several = several || slug != "" && ref.Slug != slug
		slug = ref.Slug
	}
	titles := make(map[string]string)
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
			return fmt.Sprintf("%s ¶%d", clip(title, maxTitleRunes), ref.N)
		}
	}
}
