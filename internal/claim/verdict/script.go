package verdict

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/lang"
)

// HiddenCharacters refuses a sentence with characters that nobody sees (Unicode Technical Standard 39, section 5).
func HiddenCharacters(m *match.Pair) *match.Failure {
	for i, r := range m.Hyp.Text {
		if hidden(r) && !joins(m.Hyp.Text, i) {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckScript,
				Why: lang.Say("the sentence has invisible characters")}
		}
	}
	return nil
}

// LookAlikes refuses a word that mixes alphabets, as one does that only looks like a word of the passage ("Таliban"
// with two Cyrillic letters), and a word of another alphabet than the rest, unless the passage prints the word so.
func LookAlikes(m *match.Pair) *match.Failure {
	if ASCII(m.Hyp.Text) {
		return nil
	}
	latin := 0
	for i := range m.Hyp.Units {
		if a := alphabet(m.Hyp.Of(i)); a == unicode.Latin || a == nil {
			latin++
		}
	}
	for i := range m.Hyp.Units {
		raw := m.Hyp.Of(i)
		if ASCII(raw) {
			continue
		}
		several := mixed(raw)
		if !several && (2*latin < len(m.Hyp.Units) || !confusable(alphabet(raw))) || strings.Contains(m.Prem.Text, raw) {
			continue
		}
		if several {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckScript,
				Why: lang.Say("“%s” mixes letters of several alphabets", match.Piece(raw))}
		}
		return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckScript,
			Why: lang.Say("“%s” is written in letters of another alphabet", match.Piece(raw))}
	}
	return nil
}

// ASCII reports whether a text has no letters but those of ASCII.
func ASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// alphabet returns that of the first letter; nil for none of ours.
func alphabet(word string) *unicode.RangeTable {
	for _, r := range word {
		for _, a := range alphabets {
			if unicode.Is(a, r) {
				return a
			}
		}
	}
	return nil
}

// confusable reports whether an alphabet has letters that look like Latin ones.
func confusable(a *unicode.RangeTable) bool {
	return a == unicode.Cyrillic || a == unicode.Greek || a == unicode.Cherokee || a == unicode.Lisu ||
		a == unicode.Coptic || a == unicode.Armenian
}

// alphabets whose letters are taken for one another.
var alphabets = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian,
	unicode.Cherokee, unicode.Hebrew, unicode.Arabic,
	unicode.Lisu, unicode.Coptic, unicode.Georgian}

// mixed reports whether a word has letters of several alphabets.
func mixed(word string) bool {
	var seen *unicode.RangeTable
	for _, r := range word {
		for _, a := range alphabets {
			if !unicode.Is(a, r) {
				continue
			}
			if seen != nil && seen != a {
				return true
			}
			seen = a
		}
	}
	return false
}

// hidden reports whether a character has no width or turns the direction of writing.
func hidden(r rune) bool {
	switch {
	case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF,
		r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// joins reports whether the character at i is a joiner inside a script or an emoji that needs it.
func joins(text string, i int) bool {
	for _, r := range text[max(0, i-4):i] {
		if r > 0x0590 {
			return true
		}
	}
	return false
}
