package answers

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/rag/ask"
)

// The same question with another file is another question.
func TestFilesAreToldApart(t *testing.T) {
	if a, b := (ask.Query{Text: "Is that true?", Attached: "one"}),
		(ask.Query{Text: "Is that true?", Attached: "two"}); questionKey("", "e", a) == questionKey("", "e", b) {
		t.Error("one answer for both")
	}
}

func TestFirstSentences(t *testing.T) {
	var b strings.Builder
	for n := range 50 {
		fmt.Fprintf(&b, "Sentence number %d is here. ", n)
	}
	if begin, n, more := firstSentences(b.String()); n != maxFileSentences || !more || strings.Count(begin, "\n") != n {
		t.Errorf("%d, %v: %q", n, more, begin)
	}
	begin, n, more := firstSentences(strings.Repeat("x", 5_000) + ". Then this.")
	if utf8.RuneCountInString(begin) > ask.MaxCheckRunes || n != 1 || !more {
		t.Errorf("%d characters, %d, %v", len(begin), n, more)
	}
}

func FuzzFirstSentences(f *testing.F) {
	f.Add("One. Two!\nThree?")
	f.Fuzz(func(t *testing.T, text string) {
		begin, n, _ := firstSentences(text)
		if n > maxFileSentences || utf8.RuneCountInString(begin) > ask.MaxCheckRunes {
			t.Errorf("%d sentences, %d characters", n, len(begin))
		}
	})
}
