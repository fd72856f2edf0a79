package commands

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lang"
)

// Clip shortens s to at most n runes, the last of them an ellipsis where something was cut. It cuts at a space if there
// is one in the last third.
func Clip(s string, n int) string {
	runes, last := 0, 0 // last is where the rune before i begins
	for i := range s {
		if runes++; runes > n {
			cut := s[:last]
			if at := strings.LastIndexByte(s[:last+1], ' '); at > len(cut)*2/3 {
				cut = cut[:at]
			}
			return strings.TrimSpace(cut) + "…"
		}
		last = i
	}
	return s
}

// Thousands writes n ≥ 0 with a comma between each three digits.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// OneLine joins the lines of a text, and leaves one space between words.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// UpperFirst is the text with a capital.
func UpperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError { // of nothing it would make a sign that nobody wrote
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// ShownTitle is a title as sentences have it: what a document says of itself is not bounded.
func ShownTitle(title string) string { return Clip(title, MaxNameRunes) }

// ISODay writes a day as 2022-04-28, and "" for none.
func ISODay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// RFC3339 writes a time for machines, and "" for none.
func RFC3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Timestamp writes a time as people of all places read it: 2026-11-23 03:30 UTC.
func Timestamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") + " UTC" }

// Took writes how long something took, the same in every language.
func Took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", max(d.Milliseconds(), 1))
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// Ago says how long ago something was, in whole minutes, hours or days.
func Ago(p lang.Printer, d time.Duration) string {
	switch {
	case d < time.Minute:
		return p.Text("just now")
	case d < time.Hour:
		return p.Text("%d minutes ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return p.Text("%d hours ago", int(d.Hours()))
	default:
		return p.Text("%d days ago", int(d.Hours()/24))
	}
}

// Pilcrow writes the number of a paragraph, the same in every language.
func Pilcrow(n int) string { return "¶" + strconv.Itoa(n) }

// Days is how many days something is kept, as text.
func Days(d time.Duration) string { return strconv.Itoa(int(d.Hours() / 24)) }

// MaxCauseRunes bounds what a reply shows of why a file could not be read.
const MaxCauseRunes = 250
