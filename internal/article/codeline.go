package article

import (
	"strings"
	"unicode"
)

// commentOpeners begin a comment in the languages of code, the longer ones first.
var commentOpeners = []string{"{/*", "<!--", "/*", "//", "--", "#", ";", "%"}

// directions are what Docusaurus takes for itself in a comment that stands alone on its line.
var directions = []string{"highlight-next-line", "highlight-start", "highlight-end"}

// withoutDirections takes out of code what its author says to the generator of the pages, and no reader sees: comments
// that set lines off ("// highlight-next-line", "// [!code ++]") and the options of a cell at its head ("#| echo:
// false").
func withoutDirections(code string) string {
	if !strings.Contains(code, "highlight-") && !strings.Contains(code, "[!code") && !strings.HasPrefix(code, "#| ") {
		return code
	}
	var b strings.Builder
	head := true
	for line := range strings.Lines(code) {
		if head = head && strings.HasPrefix(line, "#| "); head {
			continue
		}
		if shown, ok := withoutDirection(line); ok {
			b.WriteString(shown)
		}
	}
	return b.String()
}

// withoutDirection is what of a line is shown; ok is false where nothing is.
func withoutDirection(line string) (shown string, ok bool) {
	text := strings.TrimSpace(line)
	for _, opener := range commentOpeners {
		inside, comment := strings.CutPrefix(text, opener)
		if !comment {
			continue
		}
		inside = strings.TrimSpace(inside)
		for _, d := range directions {
			if behind, is := strings.CutPrefix(inside, d); is && strings.Trim(behind, " */->{}") == "" {
				return "", false
			}
		}
	}
	before, behind, found := strings.Cut(line, "[!code ")
	_, behind, closed := strings.Cut(behind, "]")
	if !found || !closed || strings.Trim(behind, " */->{}\r\n") != "" {
		return line, true
	}
	before = strings.TrimRight(before, " ")
	for _, opener := range commentOpeners {
		if kept, is := strings.CutSuffix(before, opener); is {
			kept = strings.TrimRightFunc(kept, unicode.IsSpace)
			return kept + "\n", kept != ""
		}
	}
	return line, true
}

// onlyTags reports a paragraph that is nothing but tags, "#boat #project/active", as Obsidian files notes by.
func onlyTags(text string) bool {
	if !strings.HasPrefix(text, "#") {
		return false
	}
	for tag := range strings.FieldsSeq(text) {
		name, ok := strings.CutPrefix(tag, "#")
		if !ok || !strings.ContainsFunc(name, unicode.IsLetter) || strings.ContainsFunc(name, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("_-/", r)
		}) {
			return false
		}
	}
	return true
}
