package ask

import (
	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/review"
)

// Outcome is how a question ended.
type Outcome int

// The outcomes. The zero value is not one of them.
const (
	Answered   Outcome = iota + 1
	NotCovered         // the documents do not say
)

// String returns the outcome's name in JSON output.
func (o Outcome) String() string {
	switch o {
	case Answered:
		return "answered"
	case NotCovered:
		return "not_covered"
	}
	return "unknown"
}

// An Answer is the one ending of a question.
type Answer struct {
	Question  string
	Outcome   Outcome
	Text      string // the sentences as one text, or what is said when the documents do not say
	Sentences []review.Sentence
	Cited     []article.Passage // each cited paragraph once, in the order of first citation
	Withheld  []review.Withheld
	Replaced  int                  // how many of Withheld have the document's own sentence in their place
	Explained []review.Explanation // how each sentence of a model's draft was judged, in its order
	By        string               // who drafted it: a model's name, or "extract"
	Notes     []lang.Sentence      // what the reader should know of how it came about
	// what is said when the documents do not say, for a reader of any language: Text in English
	Silence []lang.Sentence
	Nearest []article.Passage // the nearest paragraphs, where nothing was found that answers
	Closest []review.Sentence // the sentences that come nearest, where it is not sure that they do not answer
	Edition string            // the digest of the corpus that answered
	// Confidence is how likely it is, 0 to 1, that the documents answer the question at all: see evidence.Features. It
	// says nothing
	// of whether the answer is right.
	Confidence float64
	// Sure says that it is worth answering who asked nobody: see evidence.Features.Sure.
	Sure bool
}
