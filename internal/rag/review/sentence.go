package review

import (
	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
)

// A Sentence is one verified sentence of an answer with the paragraphs that support it, at least one. Its text carries
// no citation markers.
type Sentence struct {
	Text      string
	Citations []article.Ref
	Evidence  []string // the words of the cited paragraphs, in their order, that a sentence in another language rests on
}

// A Withheld sentence was drafted and is not shown as it was; Why tells a reader the reason.
type Withheld struct {
	Text string
	Why  lang.Sentence
	Code claim.Code // "" where there was no draft of a model
}
