package check

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// kept tells by which rule the passage keeps the statement: each clause has its verb with the same subject, the same
// objects, the same mood, and all else that it says within the clause. It is what Supported needs where the wording
// differs; a statement of which only the words are there is no more than close. The rule is "" then, and why what is
// missed.
func (m *Pair) kept() (rule string, why miss) {
	found, all, exchanged := 0, 0, false
	for k := range m.s.Sentences {
		for _, sc := range m.s.Clauses(k) {
			all++
			if m.Framing(&sc) || usedTo(m.s.Analysis, sc.Verb) {
				found++
				continue
			}
			missed := m.clauseKept(&sc)
			exchanged = exchanged || missed.part != nothingMissed && m.exchanged(&sc)
			if missed.part == nothingMissed {
				found++
			} else if why.part == nothingMissed {
				why = missed
			}
		}
	}
	if !m.sourcesKept() || m.conditionAdded() {
		return "", miss{part: verbMissed}
	}
	moved := m.movedClause()
	switch {
	case moved && (found == all || !m.Long()):
		return "", miss{part: verbMissed}
	case all > 0 && found == all:
		return claim.RuleClause, miss{}
	case m.nearWording():
		return claim.RuleNear, miss{}
	}
	if !exchanged && m.Long() && m.longKept() {
		return claim.RuleLong, miss{}
	}
	return "", why
}

// exchanged reports whether a clause with the verb has the statement's subject in another role, or another's role for
// its object.
func (m *Pair) exchanged(sc *syntax.Clause) bool {
	for _, j := range m.sameVerbs(sc.Verb) {
		if m.p.PartOf(j) != syntax.Verbal || m.p.Units[j].Key != m.s.Units[sc.Verb].Key {
			continue
		}
		pc := clause.At(m.p, j)
		if sc.Subject.Missing || sc.Subject.Pronoun || pc.Subject.Missing || pc.Subject.Pronoun ||
			len(sc.Subject.Heads) == 0 {
			continue
		}
		last := sc.Subject.Heads[len(sc.Subject.Heads)-1]
		if m.hitAmong(last, pc.Subject.Heads) || sc.Passive != pc.Passive {
			continue
		}
		if slices.ContainsFunc(m.hits[last], func(h int) bool { return m.p.Units[h].Sentence == m.p.Units[j].Sentence }) {
			return true
		}
	}
	return false
}

// A miss is the part of a clause of the statement that no clause of the passage keeps, in the one that keeps most.
type miss struct {
	part missed
	verb int // of the statement
	unit int // of the statement, -1 for none
}

type missed uint8

// What may be missed, from the clause that keeps most to the one that keeps least.
const (
	nothingMissed missed = iota
	restMissed           // what stands beside subject, verb and objects
	objectMissed
	subjectMissed
	moodMissed // a modal or a negation
	verbMissed
)

// sourcesKept reports whether the passage has the same source as each "according to" of the statement.
func (m *Pair) sourcesKept() bool {
	for k := range m.s.Frames {
		f := &m.s.Frames[k]
		if f.Impersonal || m.s.Units[f.Verb].Folded != "according" {
			continue
		}
		if at := m.main(); at < 0 || !m.saidIn(f, at) {
			return false
		}
	}
	return true
}

// sourceUnit reports whether a unit of the statement names the source of an "according to".
func (s *statement) sourceUnit(i int) bool {
	return slices.ContainsFunc(s.Frames, func(f syntax.Frame) bool {
		return s.Units[f.Verb].Folded == "according" && (i >= f.From && i < f.To || i == f.Verb)
	})
}

// Framing reports whether a clause of the statement only says who says the rest, and the passage has it said by the
// same.
func (m *Pair) Framing(sc *syntax.Clause) bool {
	for k := range m.s.Frames {
		f := &m.s.Frames[k]
		if f.Verb != sc.Verb || !syntax.NeutralStems[words.Stem(m.s.Units[f.Verb].Folded)] {
			continue
		}
		if f.Impersonal {
			return true
		}
		at := m.main()
		if at < 0 {
			return false
		}
		return m.saidIn(f, at)
	}
	return false
}

// saidIn reports whether the speaker of the statement's frame speaks in a sentence of the passage.
func (m *Pair) saidIn(f *syntax.Frame, at int) bool {
	if slices.ContainsFunc(m.speakersOf(at), func(s string) bool { return m.speaks(f, s) }) {
		return true
	}
	mine := speakerHeads(m.s.Analysis, f)
	for g := range m.p.Frames {
		h := &m.p.Frames[g]
		if h.Sentence != at {
			continue
		}
		for _, b := range speakerHeads(m.p, h) {
			for _, a := range mine {
				if m.s.Units[a].Kind != syntax.Light && m.hit(a, b) || m.s.Units[a].Folded == m.p.Units[b].Folded {
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

// hit reports whether the passage's unit j says what the statement's unit i says.
func (m *Pair) hit(i, j int) bool { return slices.Contains(m.hits[i], j) }

// hitAmong reports whether one of the passage's units says what the statement's unit says.
func (m *Pair) hitAmong(i int, list []int) bool {
	return slices.ContainsFunc(list, func(j int) bool { return m.hit(i, j) })
}

// clauseKept looks for a clause of the passage that says what the statement's does.
func (m *Pair) clauseKept(sc *syntax.Clause) miss {
	if sc.Copula {
		if m.copulaKept(sc) || m.inferred(sc) {
			return miss{}
		}
		return miss{part: subjectMissed, verb: sc.Verb, unit: -1}
	}
	if m.lifeKept(sc) || m.converseKept(sc) || m.lightlySaid(sc) || m.inferred(sc) || m.anotherTime(sc) {
		return miss{}
	}
	least := miss{part: verbMissed, verb: sc.Verb, unit: -1}
	for _, j := range m.sameVerbs(sc.Verb) {
		pc, told := m.lightlyTold(j)
		if !told && m.p.PartOf(j) != syntax.Verbal {
			continue
		} else if !told {
			pc = clause.At(m.p, j)
		}
		got := miss{verb: sc.Verb, unit: -1}
		if !m.moodKept(sc, &pc) {
			got.part = moodMissed
		} else if got.part = m.rolesMissed(sc, &pc); got.part == nothingMissed {
			if got.unit = m.restLeft(sc, &pc); got.unit >= 0 {
				got.part = restMissed
			}
		}
		if got.part < least.part {
			least = got
		}
		if got.part == nothingMissed {
			m.grounds = append(m.grounds, j)
			return got
		}
	}
	return least
}

// sameVerbs are the units of the passage that are the same verb. Forms of be, have, do and get are no content words.
func (m *Pair) sameVerbs(v int) []int {
	w := m.s.Units[v].Folded
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
		return m.hits[v]
	}
	var list []int
	for j := range m.p.Units {
		if forms[m.p.Units[j].Folded] {
			list = append(list, j)
		}
	}
	return list
}

// rolesMissed compares who does it and to whom.
func (m *Pair) rolesMissed(sc, pc *syntax.Clause) missed {
	if kept, ok := m.acrossVoices(sc, pc); kept {
		return nothingMissed
	} else if ok {
		return subjectMissed
	}
	agent, patients := sc.Subject, sc.Objects
	theirs, objects := pc.Subject, pc.Objects
	if pc.Passive {
		theirs, objects = pc.Agent, append(slices.Clip(pc.Objects), pc.Subject)
	}
	if sc.Passive {
		agent, patients = sc.Agent, append(slices.Clip(sc.Objects), sc.Subject)
	}
	if !agent.Missing && !m.phraseKept(&agent, &theirs) {
		return subjectMissed
	}
	for k := range patients {
		p := &patients[k]
		if p.Missing || m.onlyDates(p) {
			continue
		}
		if last := len(p.Heads) - 1; last >= 0 && clause.TimeNouns[m.s.Units[p.Heads[last]].Folded] {
			if m.s.weights[p.Heads[last]] > 0 && !m.standsIn(p.Heads[last], m.p.Units[pc.Verb].Sentence) {
				return objectMissed
			}
			continue
		}
		if !slices.ContainsFunc(objects, func(o syntax.Phrase) bool { return m.phraseKept(p, &o) || m.itStandsFor(p, &o) }) &&
			!m.givenTo(p, pc) {
			return objectMissed
		}
	}
	return nothingMissed
}

// restLeft finds what the statement's clause says beside its subject and objects and the passage does not say in the
// same clause; -1 for nothing.
func (m *Pair) restLeft(sc, pc *syntax.Clause) int {
	inside := slices.Concat(pc.Subject.Units, pc.Agent.Units)
	for _, o := range pc.Objects {
		inside = append(inside, o.Units...)
	}
	for j := pc.From; j < pc.To; j++ {
		inside = append(inside, j)
	}
	inside = append(inside, beyond(m.p, pc)...)
	for i := sc.From; i < sc.To; i++ {
		if i == sc.Verb || m.s.weights[i] == 0 || m.s.Units[i].Quoted || slices.Contains(sc.Subject.Units, i) ||
			names(sc, i) || m.s.sourceUnit(i) {
			continue
		}
		if !m.hitAmong(i, inside) || m.otherPreposition(i, inside) {
			return i
		}
	}
	if m.universal(sc) && slices.ContainsFunc(inside, func(j int) bool {
		return m.p.Units[j].Kind == syntax.Date &&
			!slices.ContainsFunc(m.hits, func(h []int) bool { return slices.Contains(h, j) })
	}) {
		return sc.Verb
	}
	return -1
}

// names reports whether a unit stands in one of the clause's objects.
func names(c *syntax.Clause, i int) bool {
	return slices.ContainsFunc(c.Objects, func(o syntax.Phrase) bool { return slices.Contains(o.Units, i) })
}

// universal reports whether a clause of the statement is about all there is: what the passage restricts to a time is
// less.
func (m *Pair) universal(sc *syntax.Clause) bool {
	for i := min(sc.From, sc.Verb); i < sc.To; i++ {
		switch w := m.s.Units[i].Folded; {
		case syntax.Quantifiers[w] == 6, w == "no", w == "never", w == "nobody", w == "none", w == "any":
			return true
		}
	}
	return false
}

// otherPreposition reports whether a preposition stands before a phrase that says the opposite of the statement's:
// "to" for "from".
func (m *Pair) otherPreposition(i int, inside []int) bool {
	mine := clause.PrepositionOf(m.s.Analysis, i)
	if mine == "" {
		return false
	}
	clash := false
	for _, j := range m.hits[i] {
		if !slices.Contains(inside, j) {
			continue
		}
		theirs := clause.PrepositionOf(m.p, j)
		if theirs == "" || theirs == mine || !contraryPrepositions[[2]string{mine, theirs}] &&
			!contraryPrepositions[[2]string{theirs, mine}] {
			return false
		}
		clash = true
	}
	return clash
}

// contraryPrepositions cannot stand for one another.
var contraryPrepositions = map[[2]string]bool{{"to", "from"}: true, {"before", "after"}: true,
	{"with", "without"}: true, {"over", "under"}: true,
	{"for", "against"}: true, {"into", "from"}: true, {"above", "below"}: true, {"inside", "outside"}: true,
	{"since", "until"}: true,
	{"by", "for"}:      true, {"by", "to"}: true, {"to", "for"}: false, {"like", "unlike"}: true}

// missedWhy says for a reader what the passage does not keep of the statement.
func (m *Pair) missedWhy(missed miss) lang.Sentence {
	switch missed.part {
	case restMissed, objectMissed, subjectMissed:
		return lang.Say("the paragraph has the words, but does not say “%s” of the same", piece(m.s.Of(missed.verb)))
	case moodMissed:
		return lang.Say("the paragraph does not say “%s” in the same way", piece(m.s.Of(missed.verb)))
	}
	return lang.Say("the paragraph has the words, but does not say this in one place")
}
