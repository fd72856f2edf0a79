package check

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// kept tells by which rule the passage keeps the statement: each clause has its verb with the same subject, the same
// objects, the same mood, and all else that it says within the clause. It is what Supported needs where the wording
// differs; a statement of which only the words are there is no more than close. The rule is "" then, and why what is
// missed.
func (m *Pair) kept() (rule string, why miss) {
	found, all, exchanged := 0, 0, false
	for k := range m.s.sentences {
		for _, sc := range m.s.Clauses(k) {
			all++
			if m.Framing(&sc) || m.s.usedTo(sc.verb) {
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
func (m *Pair) exchanged(sc *Clause) bool {
	for _, j := range m.sameVerbs(sc.verb) {
		if m.p.PartOf(j) != Verbal || m.p.Units[j].Key != m.s.Units[sc.verb].Key {
			continue
		}
		pc := m.p.At(j)
		if sc.subject.missing || sc.subject.pronoun || pc.subject.missing || pc.subject.pronoun ||
			len(sc.subject.heads) == 0 {
			continue
		}
		last := sc.subject.heads[len(sc.subject.heads)-1]
		if m.hitAmong(last, pc.subject.heads) || sc.passive != pc.passive {
			continue
		}
		if slices.ContainsFunc(m.hits[last], func(h int) bool { return m.p.Units[h].sentence == m.p.Units[j].sentence }) {
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
	for k := range m.s.frames {
		f := &m.s.frames[k]
		if f.impersonal || m.s.Units[f.verb].Folded != "according" {
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
	return slices.ContainsFunc(s.frames, func(f frame) bool {
		return s.Units[f.verb].Folded == "according" && (i >= f.from && i < f.to || i == f.verb)
	})
}

// Framing reports whether a clause of the statement only says who says the rest, and the passage has it said by the
// same.
func (m *Pair) Framing(sc *Clause) bool {
	for k := range m.s.frames {
		f := &m.s.frames[k]
		if f.verb != sc.verb || !neutralStems[words.Stem(m.s.Units[f.verb].Folded)] {
			continue
		}
		if f.impersonal {
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
func (m *Pair) saidIn(f *frame, at int) bool {
	if slices.ContainsFunc(m.speakersOf(at), func(s string) bool { return m.speaks(f, s) }) {
		return true
	}
	mine := m.s.speakerHeads(f)
	for g := range m.p.frames {
		h := &m.p.frames[g]
		if h.sentence != at {
			continue
		}
		for _, b := range m.p.speakerHeads(h) {
			for _, a := range mine {
				if m.s.Units[a].Kind != light && m.hit(a, b) || m.s.Units[a].Folded == m.p.Units[b].Folded {
					return true
				}
			}
		}
	}
	return false
}

// speakerHeads are the units that name who speaks in a frame: of "the director of the ferry board" the director.
func (r *Analysis) speakerHeads(f *frame) []int {
	var list []int
	for k := f.from; k < f.to; {
		p, next := r.phraseFrom(k, f.to)
		switch {
		case p.missing:
			k++
			continue
		case p.pronoun:
			list = append(list, p.units...)
		default:
			list = append(list, p.heads...)
		}
		for k = next; k < f.to && !r.parted(k); k++ { // what belongs to it: "of the ferry board"
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
func (m *Pair) clauseKept(sc *Clause) miss {
	if sc.copula {
		if m.copulaKept(sc) || m.inferred(sc) {
			return miss{}
		}
		return miss{part: subjectMissed, verb: sc.verb, unit: -1}
	}
	if m.lifeKept(sc) || m.converseKept(sc) || m.lightlySaid(sc) || m.inferred(sc) || m.anotherTime(sc) {
		return miss{}
	}
	least := miss{part: verbMissed, verb: sc.verb, unit: -1}
	for _, j := range m.sameVerbs(sc.verb) {
		pc, told := m.lightlyTold(j)
		if !told && m.p.PartOf(j) != Verbal {
			continue
		} else if !told {
			pc = m.p.At(j)
		}
		got := miss{verb: sc.verb, unit: -1}
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

// getForms are those of get and become, which are no content words.
var getForms = lexicon.Set("get gets got gotten become becomes became")

// sameVerbs are the units of the passage that are the same verb. Forms of be, have, do and get are no content words.
func (m *Pair) sameVerbs(v int) []int {
	w := m.s.Units[v].Folded
	var forms map[string]bool
	switch {
	case beForms[w]:
		forms = beForms
	case haveForms[w]:
		forms = haveForms
	case doForms[w]:
		forms = doForms
	case getForms[w]:
		forms = getForms
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
func (m *Pair) rolesMissed(sc, pc *Clause) missed {
	if kept, ok := m.acrossVoices(sc, pc); kept {
		return nothingMissed
	} else if ok {
		return subjectMissed
	}
	agent, patients := sc.subject, sc.objects
	theirs, objects := pc.subject, pc.objects
	if pc.passive {
		theirs, objects = pc.agent, append(slices.Clip(pc.objects), pc.subject)
	}
	if sc.passive {
		agent, patients = sc.agent, append(slices.Clip(sc.objects), sc.subject)
	}
	if !agent.missing && !m.phraseKept(&agent, &theirs) {
		return subjectMissed
	}
	for k := range patients {
		p := &patients[k]
		if p.missing || m.onlyDates(p) {
			continue
		}
		if last := len(p.heads) - 1; last >= 0 && timeNouns[m.s.Units[p.heads[last]].Folded] {
			if m.s.weights[p.heads[last]] > 0 && !m.standsIn(p.heads[last], m.p.Units[pc.verb].sentence) {
				return objectMissed
			}
			continue
		}
		if !slices.ContainsFunc(objects, func(o phrase) bool { return m.phraseKept(p, &o) || m.itStandsFor(p, &o) }) &&
			!m.givenTo(p, pc) {
			return objectMissed
		}
	}
	return nothingMissed
}

// restLeft finds what the statement's clause says beside its subject and objects and the passage does not say in the
// same clause; -1 for nothing.
func (m *Pair) restLeft(sc, pc *Clause) int {
	inside := slices.Concat(pc.subject.units, pc.agent.units)
	for _, o := range pc.objects {
		inside = append(inside, o.units...)
	}
	for j := pc.from; j < pc.to; j++ {
		inside = append(inside, j)
	}
	inside = append(inside, m.p.beyond(pc)...)
	for i := sc.from; i < sc.to; i++ {
		if i == sc.verb || m.s.weights[i] == 0 || m.s.Units[i].quoted || slices.Contains(sc.subject.units, i) ||
			sc.names(i) || m.s.sourceUnit(i) {
			continue
		}
		if !m.hitAmong(i, inside) || m.otherPreposition(i, inside) {
			return i
		}
	}
	if m.universal(sc) && slices.ContainsFunc(inside, func(j int) bool {
		return m.p.Units[j].Kind == date && !slices.ContainsFunc(m.hits, func(h []int) bool { return slices.Contains(h, j) })
	}) {
		return sc.verb
	}
	return -1
}

// names reports whether a unit stands in one of the clause's objects.
func (c *Clause) names(i int) bool {
	return slices.ContainsFunc(c.objects, func(o phrase) bool { return slices.Contains(o.units, i) })
}

// universal reports whether a clause of the statement is about all there is: what the passage restricts to a time is
// less.
func (m *Pair) universal(sc *Clause) bool {
	for i := min(sc.from, sc.verb); i < sc.to; i++ {
		switch w := m.s.Units[i].Folded; {
		case quantifiers[w] == 6, w == "no", w == "never", w == "nobody", w == "none", w == "any":
			return true
		}
	}
	return false
}

// otherPreposition reports whether a preposition stands before a phrase that says the opposite of the statement's:
// "to" for "from".
func (m *Pair) otherPreposition(i int, inside []int) bool {
	mine := m.s.prepositionOf(i)
	if mine == "" {
		return false
	}
	clash := false
	for _, j := range m.hits[i] {
		if !slices.Contains(inside, j) {
			continue
		}
		theirs := m.p.prepositionOf(j)
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

// prepositionOf is the preposition that governs the noun phrase of a unit; "" for none.
func (r *Analysis) prepositionOf(i int) string {
	_, from := r.nounPhraseEnding(i)
	if from > r.from[r.Units[i].sentence] && !r.parted(from) && r.PartOf(from-1) == preposition {
		return r.Units[from-1].Folded
	}
	return ""
}

// missedWhy says for a reader what the passage does not keep of the statement.
func (m *Pair) missedWhy(missed miss) lang.Sentence {
	switch missed.part {
	case restMissed, objectMissed, subjectMissed:
		return lang.Say("the paragraph has the words, but does not say “%s” of the same", piece(m.s.of(missed.verb)))
	case moodMissed:
		return lang.Say("the paragraph does not say “%s” in the same way", piece(m.s.of(missed.verb)))
	}
	return lang.Say("the paragraph has the words, but does not say this in one place")
}
