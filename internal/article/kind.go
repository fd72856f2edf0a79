package article

// A Kind says what a paragraph is in its document.
type Kind uint8

// The kinds of paragraph.
const (
	Prose      Kind = iota // an ordinary paragraph
	ListItem               // of a list; a numbered one has its number in its text
	TableRow               // each cell with the head of its column
	Code                   // as it is, with its line breaks and tabs; the only kind with more than one line
	Quoted                 // of a block quotation
	Definition             // a term and what it means
	Caption                // of a picture or a table
	Footnote               // Lead is what its mark stands in
)

// String names the kind as JSON has it.
func (k Kind) String() string {
	return [...]string{"paragraph", "item", "row", "code", "quotation", "definition", "caption", "footnote"}[k]
}
