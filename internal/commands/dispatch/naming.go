package dispatch

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/words"
)

// subjectOf is the one document that a question means which speaks of a document: the only one, the one that it names,
// or the one that the conversation is at.
func subjectOf(v access.View, in commands.Input, text string) (article.Document, bool) {
	if len(v.Documents) == 1 {
		return v.Documents[0], true
	}
	if d, ok := namedIn(v, text); ok {
		return d, true
	}
	for _, turn := range slices.Backward(in.Turns) {
		if slug := oneSlug(turn.Cited); slug != "" {
			i := slices.IndexFunc(v.Documents, func(d article.Document) bool { return d.Slug == slug })
			if i >= 0 {
				return v.Documents[i], true
			}
		}
	}
	return article.Document{}, false
}

// namedIn is the document that the text names by its title or its slug.
func namedIn(v access.View, text string) (article.Document, bool) {
	asked := map[string]bool{}
	for _, s := range words.Stems(text) {
		asked[s] = true
	}
	best, share, second := -1, 0.0, 0.0
	for i, d := range v.Documents {
		for _, name := range []string{d.Title, strings.ReplaceAll(d.Slug, "-", " ")} {
			stems := distinctStems(name)
			n := 0
			for _, s := range stems {
				if asked[s] {
					n++
				}
			}
			switch part := float64(n) / float64(max(len(stems), 1)); {
			case best == i:
				share = max(share, part)
			case part > share:
				best, share, second = i, part, share
			default:
				second = max(second, part)
			}
		}
	}
	if best < 0 || share < namedShare || share == second {
		return article.Document{}, false
	}
	return v.Documents[best], true
}

func distinctStems(text string) []string {
	stems := words.Stems(text)
	slices.Sort(stems)
	return slices.Compact(stems)
}

func oneSlug(refs []article.Ref) string {
	if len(refs) == 0 || slices.ContainsFunc(refs, func(r article.Ref) bool { return r.Slug != refs[0].Slug }) {
		return ""
	}
	return refs[0].Slug
}

// namedShare is how much of a title a text must have to name the document, and how much more than of any other title.
const namedShare = 0.6
