package timeline

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// A class is the part that a word can play in a date. A word can play several: "second" counts and measures.
type class uint32

const (
	cMonth class = 1 << iota
	cWeekday
	cUnit     // also in the plural
	cNumber   // "two", "a", "dozen"
	cOrdinal  // "third"
	cSeason   //
	cDecade   // "nineties"
	cDayPart  // "morning"
	cRelative // "last", "this", "next": n is the shift
	cPart     // "early", "mid", "late"
	cEdge     // "start", "end"
	cDeictic  // "today": n is the shift in days
	cVague    // "several", "recent"
	cZone     // "UTC"
	cPlural   // in the plural
	cOpening  // begins expressions and has no other part in them
	cShort    // an abbreviation, or a word that is seldom a date
	cDotted   // 16.4.2022: n has the year, the month and the day as figures
	cSolar    // month of the Solar Hijri calendar
	cDigits   // a number in figures; only classes gives it
	cQuote    // an apostrophe; only classes gives it
	cIslamic  // month of the Islamic calendar, or the first word of one
)

// A lexeme is what the dictionary says of a word: its classes and, for each, its number.
type lexeme struct {
	class class
	n     int
	unit  unit
}

// dictionary holds the words that dates are made of. It is never written to.
var dictionary = buildDictionary()

func buildDictionary() map[string]lexeme {
	lex := make(map[string]lexeme, 256)
	add := func(c class, n int, spellings ...string) {
		for _, w := range spellings {
			old := lex[w]
			lex[w] = lexeme{class: old.class | c, n: n, unit: old.unit}
		}
	}
	for _, m := range lexicon.Months() {
		switch {
		case m.Language != "en":
		case m.Short:
			add(cMonth|cShort, m.N, m.Word)
		default:
			add(cMonth, m.N, m.Word)
		}
	}
	for _, d := range lexicon.Weekdays() {
		n := d.N % 7 // as package time counts: Sunday is 0
		if d.Short {
			add(cWeekday|cShort, n, d.Word)
			continue
		}
		add(cWeekday, n, d.Word)
		add(cWeekday|cPlural, n, d.Word+"s")
	}
	otherMonths(add)
	for _, n := range lexicon.Numbers()[1:] {
		add(cNumber, n.Value, n.Cardinal)
		add(cOrdinal, n.Value, n.Ordinal)
		if tens, ok := strings.CutSuffix(n.Cardinal, "ty"); ok {
			add(cDecade, n.Value, tens+"ties")
		}
	}
	add(cNumber, 12, "dozen")
	add(cOrdinal, -1, "last", "final")
	add(cSeason, 0, "spring")
	add(cSeason, 1, "summer")
	add(cSeason, 2, "autumn", "fall")
	add(cSeason, 3, "winter")
	add(cSeason|cPlural, 1, "summers") // springs and falls are mostly something else
	add(cSeason|cPlural, 2, "autumns")
	add(cSeason|cPlural, 3, "winters")
	add(
		cDayPart,
		0,
		"morning",
		"afternoon",
		"evening",
		"night",
		"noon",
		"midnight",
		"midday",
		"dawn",
		"dusk",
		"lunchtime",
		"overnight",
	)
	add(cRelative, -1, "last", "past", "previous", "preceding", "prior")
	add(cRelative, 0, "this", "current")
	add(cRelative, 1, "next", "coming", "following", "upcoming")
	add(cPart, 0, "early", "mid", "late")
	add(cEdge, -1, "start", "beginning", "outset")
	add(cEdge, 0, "middle", "height")
	add(cEdge, 1, "end", "close")
	add(cDeictic, 0, "today", "tonight")
	add(cDeictic, -1, "yesterday")
	add(cDeictic, 1, "tomorrow")
	add(cVague, 0, "several", "few", "many", "recent", "some", "various", "numerous")
	add(cZone, 0, "utc", "gmt", "est", "edt", "cst", "cdt", "pst", "pdt", "bst", "cet", "cest", "et", "pt")
	add(
		cOpening,
		0,
		"the",
		"a",
		"an",
		"that",
		"same",
		"these",
		"every",
		"each",
		"annually",
		"daily",
		"weekly",
		"monthly",
		"yearly",
		"earlier",
		"later",
		"c",
		"ca",
		"circa",
		"ad",
		"christmas",
		"easter",
		"new",
		"thanksgiving",
		"halloween",
		"valentine",
		"boxing",
		"good",
		"labor",
		"memorial",
		"juneteenth",
		"q1",
		"q2",
		"q3",
		"q4",
		"h1",
		"h2",
		"fy",
		"daylong",
		"weeklong",
		"monthlong",
		"yearlong",
		"decadeslong",
	)
	for w, u := range map[string]unit{"second": unitTime, "minute": unitTime, "hour": unitTime, "day": unitDay,
		"week":    unitWeek,
		"weekend": unitWeekend, "fortnight": unitFortnight, "month": unitMonth, "quarter": unitQuarter, "half": unitHalf,
		"year": unitYear, "decade": unitDecade} {
		plural := w + "s"
		if u == unitHalf {
			plural = "halves"
		}
		lex[w] = lexeme{class: lex[w].class | cUnit, n: lex[w].n, unit: u}
		lex[plural] = lexeme{class: cUnit | cPlural, unit: u}
	}
	lex["century"] = lexeme{class: cUnit, unit: unitCentury}
	lex["centuries"] = lexeme{class: cUnit | cPlural, unit: unitCentury}
	return lex
}

// otherMonths adds the first words of the months of other calendars.
func otherMonths(add func(c class, n int, spellings ...string)) {
	for _, m := range lexicon.SolarMonths() {
		if m.Language == "en" {
			add(cSolar, m.N, m.Word)
		}
	}
	for _, m := range lexicon.IslamicMonths() {
		if first, _, _ := strings.Cut(m.Word, "_"); m.Language == "en" {
			first, _, _ = strings.Cut(first, "-")
			first, _, _ = strings.Cut(first, "'")
			add(cIslamic|cOpening, m.N, first)
		}
	}
}

// lower folds ASCII only: the words of the lexicon have no other letters.
func lower(s string) string {
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if 'A' <= b[j] && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
