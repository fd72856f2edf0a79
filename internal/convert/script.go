package convert

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A script writes raised and lowered text on the line, so that no figure becomes another: in "lit in 1868¹" the
// raised one is the mark of a note and is left out, in "10³" it is an exponent. It is to be used in the order of the
// text.
type script struct {
	last int // the number of the last mark
}

// raised writes what is raised behind before. linked says that it leads to a note.
func (s *script) raised(before, text string, linked bool) string {
	text = strings.TrimSpace(text)
	bare := strings.Trim(text, "[]() ")
	number, err := strconv.Atoi(bare)
	switch {
	case text == "":
		return ""
	case linked && noteMark(bare):
		if err == nil {
			s.last = number
		}
		return ""
	case before == "" || strings.HasSuffix(before, " "): // it stands alone: "¹ With the lamp"
		return text
	case err != nil && !exponentText(bare):
		if noteMark(bare) && (!ordinal[strings.ToLower(bare)] || len(bare) == 1 && smallWord(before)) {
			if single(before) {
				return "^" + text
			}
			return "[" + bare + "]"
		}
		return text // 1st, Mme, ™
	case bare == text && takesExponent(before):
		return exponent(before, text)
	case err == nil && number > 0 && number <= s.last+1: // the marks of notes are numbered through
		s.last = max(s.last, number)
		return ""
	case err != nil: // "n−1" behind a word
		return "^" + text
	}
	return "[" + bare + "]"
}

// smallWord reports that the last word is one of at least three small letters, which no letter above the line belongs
// to, as it does to figures (1a) and to what is cut short (Ste).
func smallWord(before string) bool {
	const least = 3
	all := strings.FieldsFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(all) == 0 || !strings.HasSuffix(before, all[len(all)-1]) {
		return false
	}
	word := all[len(all)-1]
	return utf8.RuneCountInString(word) >= least && strings.ToLower(word) == word
}

// lowered writes what is lowered behind before: H2O, x1, but 10_2.
func lowered(before, text string) string {
	text = strings.TrimSpace(text)
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(text)
	if unicode.IsDigit(last) && unicode.IsDigit(first) {
		return "_" + text
	}
	return text
}

// noteMark reports what marks notes: a number of up to three digits, a letter, signs.
func noteMark(s string) bool {
	if s == "" || utf8.RuneCountInString(s) > 3 {
		return false
	}
	digits, letters := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		case !strings.ContainsRune("*†‡§¶#", r):
			return false
		}
	}
	return letters == 0 || digits == 0 && letters == 1 || digits == 0 && strings.Trim(s, "ivx") == ""
}

// ordinal holds letters that end a number and are no mark.
var ordinal = map[string]bool{
	"o":  true,
	"a":  true,
	"e":  true,
	"er": true,
	"st": true,
	"nd": true,
	"rd": true,
	"th": true,
	"re": true,
}

// exponentText reports digits and signs.
func exponentText(s string) bool {
	return s != "" && strings.ContainsAny(s, "0123456789n") && strings.Trim(s, "0123456789+-−–n") == ""
}

// takesExponent reports whether what stands before is a base: ten, a unit, one letter, a bracket.
func takesExponent(before string) bool {
	if single(before) || strings.HasSuffix(before, ")") {
		return true
	}
	i := strings.LastIndexFunc(
		before,
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ',' },
	)
	if i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		before = before[i+size:]
	}
	return before == "10" || lengthUnit[strings.TrimLeft(before, "0123456789.,")]
}

// single reports that the last word is one letter.
func single(before string) bool {
	last, size := utf8.DecodeLastRuneInString(before)
	previous, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return unicode.IsLetter(last) && !unicode.IsLetter(previous)
}

// lengthUnit holds units that are raised to areas and volumes, and to −1.
var lengthUnit = map[string]bool{
	"m": true, "km": true, "cm": true, "mm": true, "dm": true, "nm": true, "µm": true, "μm": true, "in": true, "ft": true,
	"yd": true, "mi": true,
	"s": true, "h": true, "min": true, "kg": true, "mol": true, "м": true, "км": true, "см": true, "мм": true,
}

// exponent writes a power: m², x³, and 10^3, which readers of plain text cannot take for a number of three digits.
func exponent(before, text string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	if !unicode.IsDigit(last) {
		switch text {
		case "2":
			return "²"
		case "3":
			return "³"
		}
	}
	return "^" + text
}
