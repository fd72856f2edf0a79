package discord

import (
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
)

// A markFunc writes a reference to a paragraph as readers see it, without brackets.
type markFunc = func(article.Ref) string

const maxSourceNumbers = 20 // ours: paragraphs named per document in the small print

// sourceText is "Title: ¶3, ¶9"; the slug stands in for a title that is empty. The numbers are in order.
func sourceText(title, slug string, numbers []int, say lang.Printer) string {
	if strings.TrimSpace(title) == "" {
		title = slug
	}
	var b strings.Builder
	b.WriteString(say.Isolate(clipRunes(title, maxSourceTitle)) + ": ")
	for i, n := range numbers {
		if i == maxSourceNumbers {
			b.WriteString(" " + say.Text("and %d more", len(numbers)-i))
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(say.Isolate("¶" + strconv.Itoa(n)))
	}
	return b.String()
}

const maxSourceTitle = 120 // ours: characters of a title in the small print
