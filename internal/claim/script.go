package claim

import (
	"unicode"
)

// scripts refuses a word that mixes alphabets, as one does that only looks like a word of the passage ("Таliban" with two
// Cyrillic letters), or that hides characters, unless the passage prints it so (Unicode Technical Standard 39, section 5).
func (m *matching) scripts() *failure {
	for i := range m.s.units {
		raw := m.s.of(i)
		if !mixed(raw) {
			continue
		}
		printed := false
		for _, j := range m.hits[i] {
			if m.p.of(j) == raw {
				printed = true
				break
			}
		}
		if !printed {
			return &failure{NotFound, CheckScript, says(raw) + " mixes letters of several alphabets"}
		}
	}
	for i, r := range m.s.text {
		if hidden(r) && !joins(m.s.text, i) {
			return &failure{NotFound, CheckScript, "the sentence has invisible characters"}
		}
	}
	return nil
}

// alphabets whose letters are taken for one another.
var alphabets = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Hebrew, unicode.Arabic,
	unicode.Lisu, unicode.Coptic, unicode.Georgian}

// mixed reports whether a word has letters of several alphabets.
func mixed(word string) bool {
	ascii := true
	for i := 0; i < len(word); i++ {
		ascii = ascii && word[i] < 0x80
	}
	if ascii {
		return false
	}
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
