package convert

import "fmt"

// A NoteKind says what a Note is about.
type NoteKind uint8

// The kinds of notes. The first ones say that words may be wrong.
const (
	Untold     NoteKind = iota + 1 // N letters could not be told, and became �
	Coded                          // N letters were told by their codes, as TeX has them
	Recognized                     // the text of N pages was recognized from a picture by some program
	Disordered                     // the words of N paragraphs may stand in another order
	Unquoted                       // N paragraphs are article.Passage.Unsure
	DamagedPages
	EmptyPages // N pages have no text
	OtherStyles
	NoArticle
	WrongPart // what was taken for the article may be another part of the page
	MissingChapters
	HiddenText // N stretches, of Words words
	InvisibleCharacters
	SourceComments
	PictureTexts
	DeletedWords
	StruckWords
	TurnedWords
	ReviewComments
	noteKinds
)

// A Note is one thing that was left out of a document, or that is doubtful about it.
type Note struct {
	Kind  NoteKind `json:"kind"`
	N     int      `json:"n,omitempty"`
	Words int      `json:"words,omitempty"`
}

// Unsure reports whether the note says that words of the document may be wrong.
func (n Note) Unsure() bool { return n.Kind >= Untold && n.Kind <= DamagedPages || n.Kind == WrongPart }

// String is the note for a person at a terminal.
func (n Note) String() string {
	switch n.Kind {
	case Untold:
		return plural(n.N, "letter", "letters") + " could not be told and became �: what holds one is never quoted"
	case Coded:
		return "the fonts do not say which letters they hold: " + plural(n.N, "letter was", "letters were") +
			" told by their codes, as TeX has them, and may be wrong"
	case Recognized:
		return "the text of " + plural(n.N, "page was", "pages was") +
			" recognized from a picture by some program: there may be wrong letters in it"
	case Disordered:
		return "columns or a table could not be put into order: the words of " +
			plural(n.N, "paragraph", "paragraphs") + " may follow each other otherwise on the page"
	case Unquoted:
		return "the words of " + plural(n.N, "paragraph", "paragraphs") +
			" are not sure: nothing of them is shown between quotation marks"
	case DamagedPages:
		return plural(n.N, "page is damaged and was", "pages are damaged and were") + " not read to the end"
	case EmptyPages:
		return plural(n.N, "page has", "pages have") + " no text: what is on them, perhaps pictures, is not loaded"
	case OtherStyles:
		return "its styles are in other files, so text in the color of its ground could not be told and was kept"
	case NoArticle:
		return "no article was found in the page, so all of its text was taken"
	case WrongPart:
		return "hardly a word of the page's title and description stands in what was taken for its article: " +
			"see whether it is the right part"
	case MissingChapters:
		return plural(n.N, "chapter is", "chapters are") + " missing from the file"
	}
	return "left out: " + n.leftOut()
}

// leftOut names what no reader of the original sees.
func (n Note) leftOut() string {
	names, ok := leftOutNames[n.Kind]
	if !ok {
		return "something that is not known here"
	}
	text := plural(n.N, names[0], names[1])
	if n.Kind == HiddenText {
		text += fmt.Sprintf(" (%s)", plural(n.Words, "word", "words"))
	}
	return text
}

// leftOutNames are the names of one and of several.
var leftOutNames = map[NoteKind][2]string{
	HiddenText:          {"stretch of text that readers do not see", "stretches of text that readers do not see"},
	InvisibleCharacters: {"invisible character", "invisible characters"},
	SourceComments:      {"comment in the source", "comments in the source"},
	PictureTexts:        {"description of a picture", "descriptions of pictures"},
	DeletedWords:        {"deleted word", "deleted words"},
	StruckWords:         {"struck word", "struck words"},
	TurnedWords:         {"word across the page", "words across the page"},
	ReviewComments:      {"comment of a reviewer", "comments of reviewers"},
}

// known are those notes that a child may give.
func known(notes []Note) []Note {
	var all []Note
	for _, n := range notes {
		if n.Kind > 0 && n.Kind < noteKinds && n.N >= 0 && n.Words >= 0 && len(all) < int(noteKinds) {
			all = append(all, n)
		}
	}
	return all
}
