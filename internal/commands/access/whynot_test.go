package access

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag/ask"
)

// What a page, a file or a server says of itself does not fill a channel: an address that another leads on to may have
// a megabyte.
func TestReasonsAreShort(t *testing.T) {
	long := strings.Repeat("a very long\nreason ", 10_000)
	for _, err := range []error{&fetch.Error{URL: "https://a.example/" + long, Msg: long}, &convert.Error{Msg: long},
		&article.FileError{Path: long + ".md", Line: 1, Msg: long}} {
		if said := whyNot(lang.Printer{}, err); utf8.RuneCountInString(said) > 900 || said == "" {
			t.Errorf("%T: %d characters", err, utf8.RuneCountInString(said))
		}
	}
}

// What was refused is said in whole sentences.
func TestReasonsAreSentences(t *testing.T) {
	for _, err := range []error{&intake.Refusal{Why: intake.TooLarge},
		&intake.Refusal{Why: intake.OtherMarkup, Format: "Org", Command: "pandoc"}, library.ErrFull, library.ErrNoBytes,
		library.ErrCrowded, ask.ErrBusy,
		&article.FileError{Path: "a.md", Line: 3, Msg: "no text."}} {
		said := whyNot(lang.Printer{}, fmt.Errorf("add: %w", err))
		if !strings.HasSuffix(said, ".") || strings.Contains(said, "..") {
			t.Errorf("%v: %q", err, said)
		}
	}
}
