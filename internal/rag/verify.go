package rag

import (
	"fmt"
	"slices"
	"strings"

	"pilcrow/internal/article"
)

// Verify decides sentence by sentence what of a draft may be shown, against the passages that it was made from. It is a pure function.
func Verify(d Draft, passages []article.Passage) (kept []Sentence, withheld []Withheld) {
	sentences := d.Sentences
	if sentences == nil {
		sentences = parseDraft(d.Text)
	}
	for _, s := range sentences {
		refs, why := citations(s, passages)
		if why != "" {
			withheld = append(withheld, Withheld{s.Text, why})
			continue
		}
		kept = append(kept, Sentence{s.Text, refs})
	}
	return kept, withheld
}

// citations turns a sentence's numbers into references.
func citations(s Drafted, passages []article.Passage) ([]article.Ref, string) {
	var refs []article.Ref
	for _, n := range s.Cites {
		if n < 1 || n > len(passages) {
			return nil, fmt.Sprintf("it cites passage %d, and %d were given", n, len(passages))
		}
		if ref := passages[n-1].Ref; !slices.Contains(refs, ref) && strings.TrimSpace(s.Text) != "" {
			refs = append(refs, ref)
		}
	}
	if len(refs) == 0 {
		return nil, "it cites no passage"
	}
	return refs, ""
}
