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

// clip shortens s to at most n runes, the last of them an ellipsis where something was cut. It cuts at a space if there
// is one in the last third.
func clip(s string, n int) string {
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

// thousands writes n ≥ 0 with a comma between each three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// shownTitle is a title as sentences have it: what a document says of itself is not bounded.
func shownTitle(title string) string { return clip(title, maxNameRunes) }

// isoDay writes a day as 2022-04-28, and "" for none.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// moment writes a time as people of all places read it: 2026-11-23 03:30 UTC.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") + " UTC" }

// took writes how long something took, the same in every language.
func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", max(d.Milliseconds(), 1))
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// ago says how long ago something was, in whole minutes, hours or days.
func ago(p lang.Printer, d time.Duration) string {
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

// pilcrow writes the number of a paragraph, the same in every language.
func pilcrow(n int) string { return "¶" + strconv.Itoa(n) }

// days is how many days something is kept, as text.
func days(d time.Duration) string { return strconv.Itoa(int(d.Hours() / 24)) }

// maxCauseRunes bounds what a reply shows of why a file could not be read.
const maxCauseRunes = 250
