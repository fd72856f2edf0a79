package claim

import "pilcrow/internal/lang"

// A Code says in one word what is wrong with a sentence, or that nothing is. Guards, doubts and a judge share them.
type Code string

// The codes that a judge may give. Unsupported is what judges write who know no other word.
const (
	CodeSupported     Code = "SUPPORTED"
	CodeSourceMissing Code = "SOURCE_MISSING" // somebody's statement is given as a fact
	CodeStronger      Code = "STRONGER"       // surer, larger or more general than the passage
	CodeNumber        Code = "NUMBER"         // a number, a date or a unit differs
	CodeCauseAdded    Code = "CAUSE_ADDED"    // a cause or a purpose that the passage does not give
	CodeRoles         Code = "ROLES"          // who did it, to whom, or who said it is exchanged
	CodeNegation      Code = "NEGATION"       // it denies what the passage says, or the other way round
	CodeNotInText     Code = "NOT_IN_TEXT"    // the passages do not say it
	CodeWrongPassage  Code = "WRONG_PASSAGE"  // another passage says it than the one that is cited
	CodeOffQuestion   Code = "OFF_QUESTION"   // true, but no answer to the question
	CodeUnsupported   Code = "UNSUPPORTED"
)

// Codes are those that a judge is told of, in the order in which it is told.
var Codes = []Code{CodeSupported, CodeSourceMissing, CodeStronger, CodeNumber, CodeCauseAdded, CodeRoles, CodeNegation,
	CodeNotInText, CodeWrongPassage, CodeOffQuestion}

// Why says it for a reader; nothing for CodeSupported and for what is no code.
func (c Code) Why() lang.Sentence {
	switch c {
	case CodeSourceMissing:
		return lang.Say("the document gives this as somebody's statement, not as a fact")
	case CodeStronger:
		return lang.Say("the document says this more carefully")
	case CodeNumber:
		return lang.Say("a number, a date or a unit is not as the document has it")
	case CodeCauseAdded:
		return lang.Say("the document does not say that one is the cause of the other")
	case CodeRoles:
		return lang.Say("the document says this of somebody or something else")
	case CodeNegation:
		return lang.Say("the document says the opposite")
	case CodeNotInText, CodeUnsupported:
		return lang.Say("the document does not say this")
	case CodeWrongPassage:
		return lang.Say("the cited paragraph does not say this")
	case CodeOffQuestion:
		return lang.Say("it does not answer the question")
	}
	return lang.Sentence{}
}
