package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes text safe for a terminal: whole escape sequences (ECMA-48) are taken out, line breaks and tabs become
// spaces, and other control characters and those that reorder text go. Joiners stay, for Persian and emoji need them.
func clean(text string) string {
	if !strings.ContainsFunc(text, unsafeRune) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n', r == '\r', r == '\t', r == '\u2028', r == '\u2029':
			b.WriteByte(' ')
		case r == '\x1b':
			size = escapeLen(text[i:])
		case r == '\u009b':
			size += parameters(text[i+size:])
		case r == '\u0090', r == '\u0098', r == '\u009d', r == '\u009e', r == '\u009f':
			size += controlString(text[i+size:])
		case r == utf8.RuneError && size == 1:
			b.WriteRune(utf8.RuneError)
		case !unsafeRune(r):
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}

func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError ||
		unicode.Is(unicode.Bidi_Control, r)
}

// escapeLen is the length of the escape sequence at the start of s, which begins with ESC.
func escapeLen(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case '[':
		return 2 + parameters(s[2:])
	case ']', 'P', 'X', '^', '_':
		return 2 + controlString(s[2:])
	}
	n := 1
	for n < len(s) && s[n] >= 0x20 && s[n] <= 0x2f { // intermediate bytes
		n++
	}
	if n < len(s) && s[n] >= 0x30 && s[n] <= 0x7e { // final byte
		n++
	}
	return n
}

// parameters is the length of a control sequence behind its introducer: up to and with a final byte.
func parameters(s string) int {
	for i := range len(s) {
		if s[i] >= 0x40 && s[i] <= 0x7e {
			return i + 1
		}
		if s[i] < 0x20 || s[i] > 0x7e { // not one after all: keep what follows
			return i
		}
	}
	return len(s)
}

// maxControlString bounds what one unended control string takes with it, in bytes.
const maxControlString = 256

// controlString is the length of a control string behind its introducer: up to and with BEL or ST. One without an end
// takes nothing: it would eat the text.
func controlString(s string) int {
	for i := range min(len(s), maxControlString) {
		switch {
		case s[i] == '\a':
			return i + 1
		case strings.HasPrefix(s[i:], "\x1b\\"), strings.HasPrefix(s[i:], "\u009c"):
			return i + 2
		}
	}
	return 0
}
