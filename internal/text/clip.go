package text

import (
	"strings"
	"unicode/utf8"
)

// Clip shortens a text to at most n characters, the last of them "…" if anything is left out.
func Clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:n-1]), " ") + "…"
}
