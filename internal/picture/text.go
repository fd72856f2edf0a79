package picture

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"pilcrow/internal/timeline"
)

// maxTextBytes bounds what is measured: no more could be shown.
const maxTextBytes = 1000

// clean makes a text fit to draw: one line, without marks that have no picture or turn the direction of writing.
func clean(text string) string {
	if len(text) > maxTextBytes {
		text = text[:maxTextBytes]
	}
	text = strings.ToValidUTF8(text, "")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == zeroWidthNonJoiner:
			return r // parts letters of one word in Dari and Urdu
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

const zeroWidthNonJoiner = '\u200c'

// wrap cuts a text into at most lines lines that are no wider than room, and ends the last in an ellipsis where
// something is left out. A word wider than the room is cut. There is always one line, if an empty one.
func wrap(text string, lines int, width func(string) float64, room float64) []string {
	var out []string
	rest := text
	for len(out) < lines {
		line, tail := fit(rest, width, room)
		if len(out) == lines-1 && tail != "" {
			line, _ = fit(rest, func(s string) float64 { return width(s + "…") }, room)
			line, tail = strings.TrimRight(line, " ,;:-–—")+"…", ""
		}
		out = append(out, line)
		if rest = tail; rest == "" {
			break
		}
	}
	return out
}

// excerpt wraps the sentence of an event. Where the date would be cut off at the end, the beginning is left out
// instead.
func excerpt(e timeline.Event, lines int, width func(string) float64, room float64) []string {
	before := e.Span.Start - e.Sentence.Start // bytes in front of the date
	if e.Carried() || before < 0 || before > len(e.Text) {
		before = 0
	}
	lead, tail := clean(e.Text[max(0, before-maxTextBytes):before]), clean(e.Text[before:])
	whole := wrap(strings.TrimSpace(lead+" "+tail), lines, width, room)
	if lead == "" || strings.Contains(strings.Join(whole, " "), clean(e.Phrase)) {
		return whole
	}
	// Half a picture's lines in front of the date leave room for it and what follows.
	words := strings.Fields(lead)
	for len(words) > 0 && width(strings.Join(words, " ")) > room*float64(lines)/2 {
		words = words[1:]
	}
	return wrap("…"+strings.TrimSpace(strings.Join(words, " ")+" "+tail), lines, width, room)
}

// fit takes as many words as the room holds, or as many letters of the first.
func fit(text string, width func(string) float64, room float64) (line, rest string) {
	if width(text) <= room {
		return text, ""
	}
	end := 0
	for i, r := range text {
		if r == ' ' && i > 0 {
			if width(text[:i]) > room {
				break
			}
			end = i
		}
	}
	if end > 0 {
		return text[:end], strings.TrimSpace(text[end:])
	}
	for i := range text {
		if i > 0 && width(text[:i]) > room {
			break
		}
		end = i
	}
	if end == 0 {
		return "", "" // not even a letter has room
	}
	return text[:end], text[end:]
}

// dateLines prints a date in at most two lines. The second says what is inferred, or ends a range. What restricts a
// period stands before it: "early 2009".
func dateLines(d timeline.Date) (first, second string) {
	first, second = plainLines(d)
	if d.Mod != "" && first != "" {
		first = string(d.Mod) + " " + first
	}
	return first, second
}

// beforeChrist prints years before Christ, which count down.
func beforeChrist(d timeline.Date) string {
	from, to := strconv.Itoa(1-d.Start.Year()), strconv.Itoa(1-d.End.Year())
	switch {
	case d.End.Year() > 0:
		return from + " BC – AD " + strconv.Itoa(d.End.Year())
	case from == to:
		return from + " BC"
	}
	return from + "–" + to + " BC"
}

func plainLines(d timeline.Date) (first, second string) {
	if d.Inferred != "" {
		second = d.Inferred + " inferred"
	}
	layout := "2 Jan 2006"
	if d.Yearless {
		layout, second = "2 Jan", "year not given"
	}
	switch {
	case d.IsZero():
		return "", ""
	case !d.Yearless && d.Start.Year() < 1:
		return beforeChrist(d), second
	case d.Precision == timeline.Day:
		return d.Start.Format(layout), second
	case d.Precision == timeline.Month:
		return d.Start.Format(strings.TrimPrefix(layout, "2 ")), second
	case d.Precision == timeline.Year && d.Start.Year() < 100: // 14 alone is no year to a reader
		return "AD " + strconv.Itoa(d.Start.Year()), second
	case d.Precision == timeline.Year:
		return strconv.Itoa(d.Start.Year()), second
	case d.Precision == timeline.Decade:
		return d.Start.Format("2006") + "s", second
	}
	from, to := d.Start.Format(layout), d.End.Format(layout)
	if !d.Yearless && wholeYears(d.Start, d.End) {
		return d.Start.Format("2006") + "–" + d.End.Format("2006"), second
	}
	if wholeMonths(d.Start, d.End) {
		layout = strings.TrimPrefix(layout, "2 ")
		from, to = d.Start.Format(layout), d.End.Format(layout)
		if !d.Yearless && d.Start.Year() == d.End.Year() {
			return d.Start.Format("Jan") + " – " + to, second
		}
	}
	return from + " –", to
}

func wholeYears(start, end time.Time) bool {
	return start.YearDay() == 1 && end.AddDate(0, 0, 1).YearDay() == 1
}

func wholeMonths(start, end time.Time) bool {
	return start.Day() == 1 && end.AddDate(0, 0, 1).Day() == 1
}

// Draws tells that the fonts have the letters of most of a text: of another script nothing would be drawn but boxes, so
// that its words are left to the text beside the picture.
func Draws(text string) bool {
	letters, drawn := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic) {
				drawn++
			}
		}
	}
	return 4*drawn >= 3*letters
}
