package excerpt

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/words"
)

// SubjectOf is the one document that a question means which speaks of a document: the only one, the one that it names,
// or the one that the conversation is at.
func SubjectOf(v access.View, in commands.Input, text string) (article.Document, bool) {
	if len(v.Documents) == 1 {
		return v.Documents[0], true
	}
	if d, ok := NamedIn(v, text); ok {
		return d, true
	}
	for _, turn := range slices.Backward(in.Turns) {
		if slug := OneSlug(turn.Cited); slug != "" {
			i := slices.IndexFunc(v.Documents, func(d article.Document) bool { return d.Slug == slug })
			if i >= 0 {
				return v.Documents[i], true
			}
		}
	}
	return article.Document{}, false
}

// NamedIn is the document that the text names by its title or its slug.
func NamedIn(v access.View, text string) (article.Document, bool) {
	asked := map[string]bool{}
	for _, s := range words.Stems(text) {
		asked[s] = true
	}
	best, share, second := -1, 0.0, 0.0
	for i, d := range v.Documents {
		for _, name := range []string{d.Title, strings.ReplaceAll(d.Slug, "-", " ")} {
			stems := DistinctStems(name)
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

// DistinctStems are the stems of a text, each once, in order.
func DistinctStems(text string) []string {
	stems := words.Stems(text)
	slices.Sort(stems)
	return slices.Compact(stems)
}

// OneSlug is the document that all references are of; "" where they are of several, or none.
func OneSlug(refs []article.Ref) string {
	if len(refs) == 0 || slices.ContainsFunc(refs, func(r article.Ref) bool { return r.Slug != refs[0].Slug }) {
		return ""
	}
	return refs[0].Slug
}

// namedShare is how much of a title a text must have to name the document, and how much more than of any other title.
const namedShare = 0.6
