package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape writes text of a document or a person so that Discord shows it as it is: no emphasis, spoiler, code, link,
// mention, timestamp, emoji or invitation comes of it. What Discord takes for markup only at the beginning of a line is
// left to guard. The result is valid UTF-8 without control characters or marks that turn the direction of writing.
func Escape(text string) string {
	text = Clean(text)
	var b strings.Builder
	for i, r := range text {
		if special(r, text[:i], text[i+utf8.RuneLen(r):]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// special tells whether the character r between before and after begins or ends markup.
func special(r rune, before, after string) bool {
	switch r {
	case '\\', '*', '_', '~', '`', '|', '<', '[', ']':
		return true
	case '@': // the lists of allowed mentions keep it from notifying anybody; this keeps it from looking as if it did
		return strings.HasPrefix(after, "everyone") || strings.HasPrefix(after, "here")
	case ':':
		return strings.HasPrefix(after, "//") || shortcode(after)
	case '.': // discord.gg/… is an invitation without a scheme in front
		return hostTail(before, after)
	}
	return false
}

// shortcode tells whether an emoji's name and a colon follow, as in ":smile:".
func shortcode(after string) bool {
	name, _, found := strings.Cut(after, ":")
	return found && name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && r != '-' && r != '+' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// hostTail tells whether the dot stands before the last label of a host's name that a path follows.
func hostTail(before, after string) bool {
	end := strings.IndexFunc(after, func(r rune) bool { return !isLetter(r) })
	return end > 0 && after[end] == '/' && before != "" && isLetter(rune(before[len(before)-1]))
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// Clean takes out what must not reach a screen: bytes that are not UTF-8, control characters, and the marks that show
// the characters after them in another order. The isolates by which lang keeps texts of two directions apart stay: they
// order nothing otherwise than it is written, and end with the line. Tabs and line breaks become spaces.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), '\u202a' <= r && r <= '\u202e', r == '\u2066' || r == '\u2067':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// guard keeps escaped text at the beginning of a line from being a heading, a quotation, small print or a list.
func guard(escaped string) string {
	if escaped == "" {
		return ""
	}
	if strings.ContainsRune("#>-+", rune(escaped[0])) {
		return `\` + escaped
	}
	digits := len(escaped) - len(strings.TrimLeft(escaped, "0123456789"))
	if digits > 0 && digits < len(escaped) && (escaped[digits] == '.' || escaped[digits] == ')') {
		return escaped[:digits] + `\` + escaped[digits:]
	}
	return escaped
}
