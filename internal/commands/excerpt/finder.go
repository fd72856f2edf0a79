// Package excerpt finds sentences of documents that answer as they stand: what stands below a heading or behind a
// question, in the document that was named, with the marks and the speaker that a sentence has in its paragraph.
package excerpt

import (
	"pilcrow/internal/commands/access"
)

// A Finder keeps what was read of headings. It is safe for use by several goroutines.
type Finder struct {
	headings access.PerEdition[*Sections]
	// Knows reports whether a word, in lower case, is one that people write; nil: nothing is taken for a slip of the
	// keyboard.
	Knows func(word string) bool
}
