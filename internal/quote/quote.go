// Package quote finds who said what in a document: the words between quotation marks with their speaker, speech that
// is reported without marks, and everyone whom the document names.
//
// It needs no model and is not clever about silence: where the text does not say who spoke, the speaker is left open.
// All functions are pure, take steps in proportion to the text, and give the same result every time; callers may use
// them from several goroutines. Those that read a document take a steps.Counter, nil for none: once it has stopped,
// what they return is not whole, and its Err says why.
package quote

import (
	"pilcrow/internal/article"
	"pilcrow/internal/steps"
	"pilcrow/internal/text"
)

// Kind says how much of what was said is quoted.
type Kind int

// The kinds of quotation. The zero value is neither.
const (
	Whole    Kind = iota + 1 // at least a sentence
	Fragment                 // a piece inside a sentence of the author's
)

// String returns the kind's name in JSON output.
func (k Kind) String() string {
	switch k {
	case Whole:
		return "sentence"
	case Fragment:
		return "fragment"
	}
	return "unknown"
}

// A Quotation is somebody's words between quotation marks. Words is always the slice Text[Start:End] of the passage
// that Ref names, without the marks and without space at its ends. A quotation that is split ("…," he said, "…") or
// that runs over several paragraphs is several Quotations. Marks inside marks belong to the words of the outer
// quotation.
type Quotation struct {
	Ref        article.Ref
	Start, End int    // byte offsets into the passage's text
	Words      string // Text[Start:End]
	Speaker    string // the fullest name the document gives, else how it describes who spoke, "" where it does not say
	Named      bool   // Speaker is a name, not a description such as "a resident"
	Role       string // what the document says the speaker is: "Taliban spokesman"; "" for nothing
	Mention    string // the speaker as printed beside the quotation: "he", "the ministry"; "" for no mention
	Continues  bool   // runs on from the paragraph before
	Kind       Kind
}

// A Statement is a sentence that reports what somebody said in the author's words.
type Statement struct {
	Ref     article.Ref
	Span    article.Span // of the sentence, in the passage's text
	Speaker string       // as in Quotation
	Named   bool
	Mention string
}

// A Person is a person or an institution that the document names.
type Person struct {
	Name        string        // the fullest name
	Aliases     []string      // other names for the same, by first occurrence; never Name itself
	Role        string        // the fullest description, "" for none
	Place       bool          // a state, a capital or a region; an Institution, too, for what its government does
	Institution bool          // an organization, a state or another body rather than a human being
	Refs        []article.Ref // the paragraphs that name it, in reading order, each once
}

// A Speech is what a document tells of who said what.
type Speech struct {
	Quotations []Quotation // as Find returns them
	Statements []Statement // as Reported
	People     []Person    // as People
	Unread     Unread
}

// The ceilings of one document. What lies beyond them is left out, and counted in Unread.
const (
	MaxMarks      = text.MaxMarks
	MaxQuotations = 20_000 // of a document: "War and Peace" has some eight thousand
	MaxNames      = 20_000 // as printed, of a document: a whole encyclopedia of 10 MB has as many
	MaxAliases    = 32     // other names of one person
)

// Unread is what a document has beyond the ceilings.
type Unread struct {
	Paragraphs int // in which marks beyond MaxMarks were not read
	Quotations int // beyond MaxQuotations
	Names      int // mentions of names beyond MaxNames
}

// Read returns all of it in the time of one.
func Read(c *steps.Counter, d article.Document) Speech {
	r := read(c, d)
	defer r.release()
	if c.Err() != nil {
		return Speech{}
	}
	s := Speech{Quotations: r.quotations(), Statements: r.statements(), People: r.people(), Unread: r.unread}
	if c.Err() != nil {
		return Speech{}
	}
	return s
}

// Find returns the quotations of a document in reading order. They do not overlap. Titles of works, nicknames and
// words held at arm's length ("so-called") are not quotations.
func Find(c *steps.Counter, d article.Document) []Quotation { return Read(c, d).Quotations }

// Reported returns, in reading order, the sentences that report speech of a speaker without quoting all of it.
func Reported(c *steps.Counter, d article.Document) []Statement { return Read(c, d).Statements }

// People returns everyone whom the document names as speaking or being someone, in the order in which they first
// appear.
func People(c *steps.Counter, d article.Document) []Person { return Read(c, d).People }
