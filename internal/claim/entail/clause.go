// Package entail says whether each clause of a hypothesis stands in a premise: its verb in the same voice, with the
// same subject, objects, modals and negations, and all else that it says.
package entail

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// Exchanged reports whether a clause with the verb has the statement's subject in another role, or another's role for
// its object.
func Exchanged(m *match.Pair, sc *syntax.Clause) bool {
	for _, j := range SameVerbs(m, sc.Verb) {
		if m.Prem.PartOf(j) != syntax.Verbal || m.Prem.Units[j].Key != m.Hyp.Units[sc.Verb].Key {
			continue
		}
		pc := clause.At(m.Prem, j)
		if sc.Subject.Missing || sc.Subject.Pronoun || pc.Subject.Missing || pc.Subject.Pronoun ||
			len(sc.Subject.Heads) == 0 {
			continue
		}
		last := sc.Subject.Heads[len(sc.Subject.Heads)-1]
		if mention.HitAmong(m, last, pc.Subject.Heads) || sc.Passive != pc.Passive {
			continue
		}
		if slices.ContainsFunc(m.Hits[last],
			func(h int) bool { return m.Prem.Units[h].Sentence == m.Prem.Units[j].Sentence }) {
			return true
		}
	}
	return false
}

// A Miss is the part of a clause of the statement that no clause of the passage keeps, in the one that keeps most.
type Miss struct {
	Part missed
	verb int // of the statement
	unit int // of the statement, -1 for none
}

type missed uint8

// What may be missed, from the clause that keeps most to the one that keeps least.
const (
	NothingMissed missed = iota
	restMissed           // what stands beside subject, verb and objects
	objectMissed
	SubjectMissed
	moodMissed // a modal or a negation
	VerbMissed
)

// SourcesKept reports whether the passage has the same source as each "according to" of the statement.
func SourcesKept(m *match.Pair) bool {
	for k := range m.Hyp.Frames {
		f := &m.Hyp.Frames[k]
		if f.Impersonal || m.Hyp.Units[f.Verb].Folded != "according" {
			continue
		}
		if at := m.Main(); at < 0 || !SaidIn(m, f, at) {
			return false
		}
	}
	return true
}

// Framing reports whether a clause of the statement only says who says the rest, and the passage has it said by the
// same.
func Framing(m *match.Pair, sc *syntax.Clause) bool {
	for k := range m.Hyp.Frames {
		f := &m.Hyp.Frames[k]
		if f.Verb != sc.Verb || !syntax.NeutralStems[words.Stem(m.Hyp.Units[f.Verb].Folded)] {
			continue
		}
		if f.Impersonal {
			return true
		}
		at := m.Main()
		if at < 0 {
			return false
		}
		return SaidIn(m, f, at)
	}
	return false
}

// SaidIn reports whether the speaker of the statement's frame speaks in a sentence of the passage.
func SaidIn(m *match.Pair, f *syntax.Frame, at int) bool {
	if slices.ContainsFunc(mention.SpeakersOf(m, at), func(s string) bool { return Speaks(m, f, s) }) {
		return true
	}
	mine := speakerHeads(m.Hyp.Analysis, f)
	for g := range m.Prem.Frames {
		h := &m.Prem.Frames[g]
		if h.Sentence != at {
			continue
		}
		for _, b := range speakerHeads(m.Prem, h) {
			for _, a := range mine {
				if m.Hyp.Units[a].Kind != syntax.Light && m.Hit(a, b) || m.Hyp.Units[a].Folded == m.Prem.Units[b].Folded {
					return true
				}
			}
		}
	}
	return false
}

// speakerHeads are the units that name who speaks in a frame: of "the director of the ferry board" the director.
func speakerHeads(r *syntax.Analysis, f *syntax.Frame) []int {
	var list []int
	for k := f.From; k < f.To; {
		p, next := r.PhraseFrom(k, f.To)
		switch {
		case p.Missing:
			k++
			continue
		case p.Pronoun:
			list = append(list, p.Units...)
		default:
			list = append(list, p.Heads...)
		}
		for k = next; k < f.To && !r.Parted(k); k++ { // what belongs to it: "of the ferry board"
		}
	}
	return list
}

// ClauseKept looks for a clause of the passage that says what the statement's does.
func ClauseKept(m *match.Pair, sc *syntax.Clause) Miss {
	if sc.Copula {
		if copulaKept(m, sc) || inference.Inferred(m, sc) {
			return Miss{}
		}
		return Miss{Part: SubjectMissed, verb: sc.Verb, unit: -1}
	}
	if inference.LifeKept(m, sc) || inference.ConverseKept(m, sc) || lightlySaid(m, sc) || inference.Inferred(m, sc) ||
		AnotherTime(m, sc) {
		return Miss{}
	}
	least := Miss{Part: VerbMissed, verb: sc.Verb, unit: -1}
	for _, j := range SameVerbs(m, sc.Verb) {
		pc, told := lightlyTold(m, j)
		if !told && m.Prem.PartOf(j) != syntax.Verbal {
			continue
		} else if !told {
			pc = clause.At(m.Prem, j)
		}
		got := Miss{verb: sc.Verb, unit: -1}
		if !moodKept(m, sc, &pc) {
			got.Part = moodMissed
		} else if got.Part = RolesMissed(m, sc, &pc); got.Part == NothingMissed {
			if got.unit = inference.RestLeft(m, sc, &pc); got.unit >= 0 {
				got.Part = restMissed
			}
		}
		if got.Part < least.Part {
			least = got
		}
		if got.Part == NothingMissed {
			m.Grounds = append(m.Grounds, j)
			return got
		}
	}
	return least
}

// SameVerbs are the units of the passage that are the same verb. Forms of be, have, do and get are no content words.
func SameVerbs(m *match.Pair, v int) []int {
	w := m.Hyp.Units[v].Folded
	var forms map[string]bool
	switch {
	case syntax.BeForms[w]:
		forms = syntax.BeForms
	case syntax.HaveForms[w]:
		forms = syntax.HaveForms
	case syntax.DoForms[w]:
		forms = syntax.DoForms
	case syntax.GetForms[w]:
		forms = syntax.GetForms
	default:
		return m.Hits[v]
	}
	var list []int
	for j := range m.Prem.Units {
		if forms[m.Prem.Units[j].Folded] {
			list = append(list, j)
		}
	}
	return list
}

// RolesMissed compares who does it and to whom.
func RolesMissed(m *match.Pair, sc, pc *syntax.Clause) missed {
	if kept, ok := acrossVoices(m, sc, pc); kept {
		return NothingMissed
	} else if ok {
		return SubjectMissed
	}
	agent, patients := sc.Subject, sc.Objects
	theirs, objects := pc.Subject, pc.Objects
	if pc.Passive {
		theirs, objects = pc.Agent, append(slices.Clip(pc.Objects), pc.Subject)
	}
	if sc.Passive {
		agent, patients = sc.Agent, append(slices.Clip(sc.Objects), sc.Subject)
	}
	if !agent.Missing && !mention.PhraseKept(m, &agent, &theirs) {
		return SubjectMissed
	}
	for k := range patients {
		p := &patients[k]
		if p.Missing || mention.OnlyDates(m, p) {
			continue
		}
		if last := len(p.Heads) - 1; last >= 0 && clause.TimeNouns[m.Hyp.Units[p.Heads[last]].Folded] {
			if m.Hyp.Weights[p.Heads[last]] > 0 && !m.StandsIn(p.Heads[last], m.Prem.Units[pc.Verb].Sentence) {
				return objectMissed
			}
			continue
		}
		if !slices.ContainsFunc(objects,
			func(o syntax.Phrase) bool { return mention.PhraseKept(m, p, &o) || mention.ItStandsFor(m, p, &o) }) &&
			!mention.GivenTo(m, p, pc) {
			return objectMissed
		}
	}
	return NothingMissed
}

// MissedWhy says for a reader what the passage does not keep of the statement.
func MissedWhy(m *match.Pair, missed Miss) lang.Sentence {
	switch missed.Part {
	case restMissed, objectMissed, SubjectMissed:
		return lang.Say("the paragraph has the words, but does not say “%s” of the same", match.Piece(m.Hyp.Of(missed.verb)))
	case moodMissed:
		return lang.Say("the paragraph does not say “%s” in the same way", match.Piece(m.Hyp.Of(missed.verb)))
	}
	return lang.Say("the paragraph has the words, but does not say this in one place")
}
