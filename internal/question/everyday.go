package question

import (
	"regexp"
	"strings"

	"pilcrow/internal/lexicon"
)

// spelledOut are short forms as people type them and what they stand for, in lower case with plain apostrophes. Only
// forms that are no words of their own, or none that a document would have.
var spelledOut = func() map[string]string {
	m := map[string]string{}
	for _, row := range lexicon.Rows("short-forms") {
		m[row[0]] = strings.Join(row[1:], " ")
	}
	return m
}()

// chunk matches what may be a short form: a run without spaces, without the punctuation around it.
var chunk = regexp.MustCompile(`[\p{L}\p{N}]+(?:['’][\p{L}]+)*(?:/[oO]?\b|/)?`)

// Everyday spells out what people shorten when they type: "whats", "can't", "ppl", "w/o". What it does not know it
// leaves as it is, capitals and all. Single letters stand for words in lower case only, and not where the text around
// them lists letters.
func Everyday(text string) string {
	plainMarks := strings.NewReplacer("’", "'", "ʼ", "'")
	text = strings.ReplaceAll(text, " & ", " and ")
	return chunk.ReplaceAllStringFunc(text, func(s string) string {
		key := plainMarks.Replace(s)
		if len(key) == 1 && strings.ToLower(key) != key {
			return s
		}
		low := strings.ToLower(key)
		long, ok := spelledOut[low]
		switch {
		case !ok:
			return s
		case len(low) <= 3 && key != low && key == strings.ToUpper(key): // "UR" and "IM" may be names
			return s
		case key[0] != low[0]:
			return strings.ToUpper(long[:1]) + long[1:]
		}
		return long
	})
}

// Plain is the text as its words are read: short forms spelled out, and the document's usual word in the place of ways
// of asking that have more words than a document would use.
func Plain(text string) string { return plain(Everyday(text)) }
