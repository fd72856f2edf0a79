package ask

import (
	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
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

// An Answer is the one ending of a question.
type Answer struct {
	Question  string
	Outcome   Outcome
	Text      string // the sentences as one text, or what is said when the documents do not say
	Sentences []Sentence
	Cited     []article.Passage // each cited paragraph once, in the order of first citation
	Withheld  []Withheld
	Replaced  int             // how many of Withheld have the document's own sentence in their place
	Explained []Explanation   // how each sentence of a model's draft was judged, in its order
	By        string          // who drafted it: a model's name, or "extract"
	Notes     []lang.Sentence // what the reader should know of how it came about
	// what is said when the documents do not say, for a reader of any language: Text in English
	Silence []lang.Sentence
	Nearest []article.Passage // the nearest paragraphs, where nothing was found that answers
	Closest []Sentence        // the sentences that come nearest, where it is not sure that they do not answer
	Edition string            // the digest of the corpus that answered
	// Confidence is how likely it is, 0 to 1, that the documents answer the question at all: see Evidence. It says nothing
	// of whether the answer is right.
	Confidence float64
	// Sure says that it is worth answering who asked nobody: see Evidence.Sure.
	Sure bool
}
