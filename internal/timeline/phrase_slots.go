package timeline

import (
	"slices"
	"strings"
)

// fill reads what a slot stands for at i.
func (m matcher) fill(i int, s slot, f *found) (next int, ok bool) {
	t := at(m.tokens, i)
	var n int
	switch s {
	case slotPhrase:
		return m.fillPhrase(i, f)
	case slotDay:
		n, next, ok = m.dayAt(i)
		if f.filled[s] {
			f.day2 = n
		} else {
			f.day = n
		}
	case slotYear:
		f.year, next, ok = t.value, i+1, yearToken(t, minYear, maxYear)
	case slotOtherYear:
		f.other, next, ok = t.value, i+1, yearToken(t, minOtherYear, maxOtherYear)
	case slotSmallYear:
		f.small, next, ok = t.value, i+1, t.plain() && t.value > 0 && t.digits <= 4
	case slotCount:
		if t.plain() && t.value > 0 && t.value < 1000 {
			f.count, next, ok = t.value, i+1, true
		} else {
			f.count, next, ok = m.word(i, slotCount)
		}
	case slotOrdinal:
		f.ordinal, next, ok = m.ordinalAt(i)
	case slotDecade:
		next, ok = m.fillDecade(i, f)
	case slotUnit:
		f.unit, next, ok = m.unitAt(i)
	default:
		n, next, ok = m.word(i, s)
		*map[slot]*int{slotMonth: &f.month, slotSolar: &f.solar, slotIslamic: &f.islamic, slotWeekday: &f.weekday,
			slotSeason: &f.season, slotTens: &f.tens, slotDeictic: &f.deictic}[s] = n
	}
	f.filled[s] = f.filled[s] || ok
	return next, ok
}

// The years of the Solar Hijri and the Islamic calendar that a text of today tells of.
const (
	minOtherYear = 1200
	maxOtherYear = 1500
)

// yearToken tells that a token is a year. In Urdu a letter may follow it.
func yearToken(t *token, least, most int) bool {
	return t.digits == 4 && t.value >= least && t.value <= most &&
		(t.lower == "" || t.lower == "ء")
}

// word reads the longest word, or words, with a sense.
func (m matcher) word(i int, s slot) (n, next int, ok bool) {
	x, next, ok := m.senseAt(i, s)
	return x.n, next, ok
}

func (m matcher) unitAt(i int) (unit, int, bool) {
	x, next, ok := m.senseAt(i, slotUnit)
	return x.unit, next, ok
}

func (m matcher) senseAt(i int, s slot) (best sense, next int, ok bool) {
	if at(m.tokens, i).kind == kindNumber {
		return best, i, false
	}
	next = i
	for _, x := range m.senses[at(m.tokens, i).lower] {
		end := i + 1 + len(x.rest)
		if x.slot != s || end <= next {
			continue
		}
		if m.follows(i+1, x.rest) {
			best, next, ok = x, end, true
		}
	}
	return best, next, ok
}

func (m matcher) follows(i int, words []string) bool {
	for k, w := range words {
		if !at(m.tokens, i+k).is(w) {
			return false
		}
	}
	return true
}

// dayAt reads the day of a month: 3, 3., 1er, 3مه, and ordinals in words.
func (m matcher) dayAt(i int) (day, next int, ok bool) {
	t := at(m.tokens, i)
	if t.kind != kindNumber {
		day, next, _ = m.word(i, slotOrdinal)
		return day, next, day >= 1 && day <= 31
	}
	if t.value < 1 || t.value > 31 || t.lower != "" && !slices.Contains(daySuffixes, t.lower) {
		return 0, i, false
	}
	next = i + 1
	if m.language == "de" && at(m.tokens, next).is(".") && at(m.tokens, next).glued {
		next++
	}
	return t.value, next, true
}

// daySuffixes are the letters behind the figures of a day, folded: 1er, 1º, ۳مه, ۳م.
var daySuffixes = []string{"er", "o", "مه", "می", "م", "ویں"}

// ordinalAt reads the number of a century or a quarter: 19., 19e, XIXe, 19ویں, ۱۹مه, in words, and behind its noun
// also plain: siglo 19.
func (m matcher) ordinalAt(i int) (n, next int, ok bool) {
	t := at(m.tokens, i)
	if t.kind != kindNumber {
		if n, next, ok = m.word(i, slotOrdinal); ok {
			return n, next, true
		}
		n = roman(t.lower)
		return n, i + 1, n > 0 && t.capital
	}
	if t.value < 1 || t.digits > 2 || t.lower != "" && !slices.Contains(ordinalSuffixes, t.lower) {
		return 0, i, false
	}
	next = i + 1
	if m.language == "de" {
		if !at(m.tokens, next).is(".") {
			return 0, i, false
		}
		next++
	}
	return t.value, next, true
}

var ordinalSuffixes = []string{"e", "eme", "er", "ere", "o", "a", "ویں", "ویں", "وین", "مه", "می", "م"}

// roman reads a Roman numeral up to XXI, with the letters of a French ordinal behind it; 0 where there is none.
func roman(s string) int {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "eme"), "e")
	return slices.Index(romans, s) + 1
}

var romans = strings.Fields("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi")

// fillDecade reads the figures of a decade: 1990er, 90er, 1990 behind "années".
func (m matcher) fillDecade(i int, f *found) (int, bool) {
	t := at(m.tokens, i)
	if t.digits != 2 && t.digits != 4 || t.value%10 != 0 || t.value > maxYear {
		return i, false
	}
	switch {
	case m.language == "de" && t.lower != "er" && t.lower != "ern":
		return i, false
	case m.language != "de" && t.lower != "" && !slices.Contains(ordinalSuffixes, t.lower):
		return i, false
	}
	f.decade, f.twoDigit = t.value, t.digits == 2
	return i + 1, true
}

// fillPhrase reads a date inside a phrase, the first or the second.
func (m matcher) fillPhrase(i int, f *found) (int, bool) {
	if m.depth >= maxPhraseDepth {
		return i, false
	}
	inner := m
	inner.depth, inner.inside = m.depth+1, true
	e, next, _, ok := inner.longest(i)
	if !ok || e.kind != 0 {
		return i, false
	}
	if f.filled[slotPhrase] {
		f.to = e.kept()
	} else {
		f.in = e.kept()
	}
	f.filled[slotPhrase] = true
	return next, true
}
