package review

import (
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
)

// Verify holds a draft that is said to be made of the documents' own sentences against the passages: a sentence is
// kept if a passage that it cites has it, letter for letter. What a model writes goes through a review instead. Verify
// is pure.
func Verify(d rag.Draft, passages []article.Passage) (kept []Sentence, withheld []Withheld) {
	sentences := d.Sentences
	if sentences == nil {
		sentences = prompt.ParseDraft(d.Text)
	}
	for _, s := range sentences {
		if p, ok := verbatim(s, passages); ok {
			kept = append(kept, Sentence{Text: s.Text, Citations: []article.Ref{p.Ref}})
		} else {
			withheld = append(withheld, Withheld{Text: s.Text, Why: lang.Say("the cited paragraph does not say this")})
		}
	}
	return kept, withheld
}

// verbatim finds the cited passage that has the sentence as one of its own, byte for byte: there is nothing to check
// in it.
func verbatim(s rag.Drafted, passages []article.Passage) (article.Passage, bool) {
	for _, n := range s.Cites {
		if n < 1 || n > len(passages) || !strings.Contains(passages[n-1].Text, s.Text) ||
			!passages[n-1].Shows(s.Text) {
			continue
		}
		for _, span := range article.Sentences(passages[n-1].Text) {
			if span.Of(passages[n-1].Text) == s.Text {
				return passages[n-1], true
			}
		}
	}
	return article.Passage{}, false
}
