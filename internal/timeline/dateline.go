package timeline

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
)

const (
	datelinePassages = 3   // the dateline of a text stands in one of the first
	datelineOthers   = 200 // passages that are looked at for a second one
	datelineBytes    = 120 // of a passage, for its dateline
	datelinePlace    = 4   // words
)

// records are what is written of a meeting on its day.
var records = lexicon.List("records")

// openingDay is the day that a document without one of publication prints for itself: in the title of minutes, or as
// press releases and agencies do, "RIMSJÖ, 3 September 2024 – …". A text with several such lines is a collection of
// letters or a diary: none is the document's.
func (n *narrator) openingDay(d article.Document) time.Time {
	first, _, _ := strings.Cut(lower(d.Title), " ")
	if records[strings.TrimRight(first, ",:")] {
		mentions, _ := tag(d.Title, Context{Language: n.language})
		if len(mentions) == 1 && wholeDay(mentions[0]) {
			return mentions[0].Start
		}
	}
	var found time.Time
	seen := 0
	for _, p := range d.Passages {
		if p.Kind == article.Code {
			continue
		}
		if seen++; seen > datelineOthers || found.IsZero() && seen > datelinePassages {
			break
		}
		day := n.datelineOf(p.Text)
		switch {
		case day.IsZero():
		case !found.IsZero() && !day.Equal(found):
			return time.Time{}
		default:
			found = day
		}
	}
	return found
}

func wholeDay(m Mention) bool { return m.Precision == Day && m.Inferred == "" && !m.Yearless }

// datelineOf is the day of "RIMSJÖ, 3 September 2024 – …", "MILLBROOK, Ore. (Nov. 20, 2024) — …" and "Oberau, 22. April
// 2024. Das …"; zero for any other text.
func (n *narrator) datelineOf(text string) time.Time {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(first) || strings.IndexFunc(text[:min(len(text), datelineBytes)], unicode.IsDigit) < 0 {
		return time.Time{}
	}
	head := strings.ToValidUTF8(text[:min(len(text), datelineBytes)], "")
	mentions, _ := tag(head, Context{Language: n.language})
	if len(mentions) == 0 || !wholeDay(mentions[0]) {
		return time.Time{}
	}
	m := mentions[0]
	place, behind := strings.TrimRight(head[:m.Span.Start], " "), head[m.Span.End:]
	named, brackets := strings.CutSuffix(place, "(")
	if brackets {
		if behind, brackets = strings.CutPrefix(behind, ")"); !brackets {
			return time.Time{}
		}
	} else if named, brackets = strings.CutSuffix(place, ","); !brackets {
		return time.Time{}
	}
	if !isPlace(named) || !endsDateline(behind) {
		return time.Time{}
	}
	return m.Start
}

// isPlace tells words that may name a place: a few with capital letters, of which none is a day's or an everyday one.
func isPlace(named string) bool {
	words := strings.FieldsFunc(named, func(r rune) bool { return r == ' ' || r == ',' })
	return len(words) > 0 && len(words) <= datelinePlace && !slices.ContainsFunc(words, func(w string) bool {
		r, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsUpper(r) || functionWords[lower(w)] || dictionary[lower(w)].class != 0
	})
}

// endsDateline tells what follows the day of a dateline: a dash, behind the name of an agency, too, or a full stop.
func endsDateline(behind string) bool {
	behind = strings.TrimLeft(behind, " ")
	for _, marks := range []string{"()", "//"} {
		if strings.HasPrefix(behind, marks[:1]) {
			_, rest, _ := strings.Cut(behind[1:], marks[1:])
			behind = strings.TrimLeft(rest, " ")
		}
	}
	if rest, ok := strings.CutPrefix(behind, ". "); ok {
		r, _ := utf8.DecodeRuneInString(rest)
		return unicode.IsUpper(r)
	}
	behind = strings.TrimPrefix(behind, ".") // Spanish: "3 de octubre de 2024.-"
	return strings.HasPrefix(behind, "–") || strings.HasPrefix(behind, "—") || strings.HasPrefix(behind, "- ") ||
		strings.HasPrefix(behind, "--")
}
