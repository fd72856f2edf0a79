package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// maxParts is how many main clauses a sentence is checked by.
const maxParts = 4

// mainClauses parts a statement at an "and", a "but" or a semicolon before which a mark stands and behind which a
// clause has a subject of its own: "Holt won the race, and Amaro finished third". One part, or none, where what
// somebody says, a condition or a pronoun holds them together.
func mainClauses(s *match.Hypothesis) []string {
	if len(s.Sentences) != 1 || len(s.Frames) > 0 || len(s.Marks) > 0 || s.Foreign || conditioned(s) {
		return nil
	}
	var parts []string
	from := 0
	for k := 1; k < len(s.Units) && len(parts) < maxParts-1; k++ {
		first := k
		if q := s.PartOf(k); q == syntax.Coordinator && s.Units[k].Folded != "or" {
			first = k + 1
		} else if !s.Semicolon(k) {
			continue
		}
		if !s.Parted(k) || !ownSubject(s, first) || !s.HasVerb(from, k) {
			continue
		}
		parts = append(parts, sentenceOf(s.Text[s.Units[from].Start:s.Units[k-1].End]))
		from = first
	}
	return append(parts, sentenceOf(s.Text[s.Units[from].Start:]))
}

func conditioned(s *match.Hypothesis) bool {
	for i := range s.Units {
		switch s.Units[i].Folded {
		case "if", "unless", "whether", "that", "because", "although", "though", "both", "respectively":
			return true
		}
	}
	return false
}

// ownSubject reports whether a noun phrase with a verb right behind begins at k.
func ownSubject(s *match.Hypothesis, k int) bool {
	if k >= len(s.Units) {
		return false
	}
	p, next := s.PhraseFrom(k, len(s.Units))
	return !p.Missing && !p.Pronoun && next < len(s.Units) &&
		(syntax.VerbOrHelp(s.PartOf(next)) || s.PartOf(next) == syntax.Adverbial)
}

// sentenceOf writes a clause as a sentence.
func sentenceOf(clause string) string {
	first, size := utf8.DecodeRuneInString(clause)
	return string(unicode.ToUpper(first)) + strings.TrimRight(clause[size:], ".!") + "."
}
