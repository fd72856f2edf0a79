package lexicon

import (
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// A CalendarWord is the name of a month or of a day of the week, in lower case.
type CalendarWord struct {
	Language string // ISO 639-1
	N        int    // of a month from 1; of a day from 1, Monday
	Word     string
	Short    bool // an abbreviation
}

// Months returns the names of the months in the languages of the list, English first.
func Months() []CalendarWord { return calendar("months") }

// SolarMonths returns the names of the months of the Solar Hijri calendar, Afghan ones first. A name of several words
// has them joined by underscores.
func SolarMonths() []CalendarWord { return calendar("months-solar") }

// IslamicMonths returns the names of the months of the Islamic calendar, as SolarMonths does.
func IslamicMonths() []CalendarWord { return calendar("months-islamic") }

// Weekdays returns the names of the days of the week in the languages of the list, English first.
func Weekdays() []CalendarWord { return calendar("weekdays") }

func calendar(list string) []CalendarWord {
	var all []CalendarWord
	for _, row := range Rows(list) {
		n, _ := strconv.Atoi(row[1]) // the lint looks at the numbers
		for i, w := range row[2:] {
			all = append(all, CalendarWord{Language: row[0], N: n, Word: w, Short: i > 0})
		}
	}
	return all
}

// English chooses the words of the English language, with their abbreviations only if short is set.
func English(words []CalendarWord, short bool) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		if w.Language == "en" && (short || !w.Short) {
			set[w.Word] = true
		}
	}
	return set
}

// Printed chooses the words of the languages, with the capital that they have in print.
func Printed(words []CalendarWord, languages ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		if slices.Contains(languages, w.Language) {
			first, size := utf8.DecodeRuneInString(w.Word)
			set[string(unicode.ToUpper(first))+w.Word[size:]] = true
		}
	}
	return set
}

// A NumberWord is a number in words, in lower case.
type NumberWord struct {
	Value             int
	Cardinal, Ordinal string // Ordinal is "" for zero
}

// Numbers returns the words of the numbers below twenty and of the tens.
func Numbers() []NumberWord {
	var all []NumberWord
	for _, row := range Rows("numbers") {
		n, _ := strconv.Atoi(row[0])
		w := NumberWord{Value: n, Cardinal: row[1]}
		if len(row) > 2 {
			w.Ordinal = row[2]
		}
		all = append(all, w)
	}
	return all
}
