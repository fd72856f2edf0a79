package mention

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/words"
)

// StandsFor reports whether the pronoun at j of the passage may stand for a phrase of the statement: one that is
// known from before, or that the sentence before or the same one names first.
func StandsFor(m *match.Pair, s *syntax.Phrase, j int) bool {
	if len(s.Heads) == 0 {
		return true
	}
	last := s.Heads[len(s.Heads)-1]
	if m.Excused[last] {
		return true
	}
	if m.Prem.Units[j].Folded == "who" || m.Prem.Units[j].Folded == "which" {
		return false
	}
	sentence := m.Prem.Units[j].Sentence
	for _, speaker := range SpeakersOf(m, sentence) {
		if slices.Contains(words.Stems(speaker), words.Stem(m.Hyp.Units[last].Folded)) {
			return true
		}
	}
	if sentence == 0 {
		return FirstNamed(m, last, 0, j)
	}
	return FirstNamed(m, last, sentence-1, j) || FirstNamed(m, last, sentence, j) || chained(m, last, j)
}

// maxChain is how many sentences in a row may begin with the same pronoun for it to stand for who the one before them
// begins with.
const maxChain = 3

// chained reports whether the sentences before a pronoun that begins its own begin with the same one, and the one
// before them with what the statement's unit says: "Lind sang. She had two sons. She moved to Arn."
func chained(m *match.Pair, last, j int) bool {
	w := m.Prem.Units[j].Folded
	sentence := m.Prem.Units[j].Sentence
	if p := FirstSubject(m.Prem, sentence, m.Prem.From[sentence+1]); w != "he" && w != "she" || !p.Pronoun ||
		p.Units[0] != j {
		return false
	}
	for k := sentence - 1; k >= max(0, sentence-maxChain); k-- {
		p := FirstSubject(m.Prem, k, j)
		if !p.Pronoun {
			return !p.Missing && HitAmong(m, last, p.Heads) && !namesake(m, last, &p)
		}
		if m.Prem.Units[p.Units[0]].Folded != w {
			return false
		}
	}
	return false
}

// FirstNamed reports whether a sentence's first noun phrase, ahead of the unit j, says what the statement's unit says.
func FirstNamed(m *match.Pair, i, sentence, j int) bool {
	p := FirstSubject(m.Prem, sentence, j)
	return !p.Missing && HitAmong(m, i, p.Heads) && !namesake(m, i, &p)
}

// FirstSubject is the subject of a sentence's first verb ahead of the unit j.
func FirstSubject(r *syntax.Analysis, sentence, j int) syntax.Phrase {
	for k := r.From[sentence]; k < min(r.From[sentence+1], j); k++ {
		if r.PartOf(k) == syntax.Verbal {
			return clause.SubjectOf(r, k, 0)
		}
	}
	return syntax.Phrase{Missing: true}
}

// SpeakersOf lists who speaks in a sentence of the passage, as the document resolves it.
func SpeakersOf(m *match.Pair, sentence int) []string {
	const most = 16 // no sentence has so many
	span := m.Prem.Sentences[sentence]
	var list []string
	for _, s := range m.Doc.Speeches[m.Prem.Ref] {
		if len(list) == most {
			break
		}
		if s.Named && s.Span.Start < span.End && span.Start < s.Span.End && !slices.Contains(list, s.Speaker) {
			list = append(list, s.Speaker)
		}
	}
	return list
}
