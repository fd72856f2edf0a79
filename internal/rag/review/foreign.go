package review

import (
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
)

// foreignDraft tells whether a draft as a whole is in another language than English, or is made from passages that
// are: one sentence may be too short to tell.
func foreignDraft(sentences []rag.Drafted, passages []article.Passage) bool {
	var all strings.Builder
	for _, s := range sentences {
		all.WriteString(s.Text + "\n")
	}
	if premise.Foreign(all.String()) {
		return true
	}
	others := 0
	for _, p := range passages {
		if premise.Foreign(p.Text) {
			others++
		}
	}
	return others > 0 && 2*others >= len(passages)
}
