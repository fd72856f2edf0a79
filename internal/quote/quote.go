// Package quote finds who said what in a document: the words between quotation marks with their speaker, speech that is
// reported without marks, and everyone whom the document names.
//
// It needs no model and is not clever about silence: where the text does not say who spoke, the speaker is left open. All
// functions are pure, take time in proportion to the text, and give the same result every time; callers may use them from
// several goroutines.
package quote

import "pilcrow/internal/article"

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

// A Quotation is somebody's words between quotation marks. Words is always the slice Text[Start:End] of the passage that Ref
// names, without the marks and without space at its ends. A quotation that is split ("…," he said, "…") or that runs
// over several paragraphs is several Quotations. Marks inside marks belong to the words of the outer quotation.
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
	Institution bool          // an organization, a state or another body rather than a human being
	Refs        []article.Ref // the paragraphs that name it, in reading order, each once
}

// A Speech is what a document tells of who said what.
type Speech struct {
	Quotations []Quotation // as Find returns them
	Statements []Statement // as Reported
	People     []Person    // as People
}

// Read returns all of it in the time of one.
func Read(d article.Document) Speech {
	r := read(d)
	return Speech{r.quotations(), r.statements(), r.people()}
}

// Find returns the quotations of a document in reading order. They do not overlap. Titles of works, nicknames and words held
// at arm's length ("so-called") are not quotations.
func Find(d article.Document) []Quotation { return read(d).quotations() }

// Reported returns, in reading order, the sentences that report speech of a speaker without quoting all of it.
func Reported(d article.Document) []Statement { return read(d).statements() }

// People returns everyone whom the document names as speaking or being someone, in the order in which they first appear.
func People(d article.Document) []Person { return read(d).people() }
