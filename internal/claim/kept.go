package claim

import (
	"slices"

	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// kept tells by which rule the passage keeps the statement: each clause has its verb with the same subject, the same
// objects, the same mood, and all else that it says within the clause. It is what Supported needs where the wording
// differs; a statement of which only the words are there is no more than close. The rule is "" then, and why what is
// missed.
func (m *matching) kept() (rule string, why miss) {
	found, all, exchanged := 0, 0, false
	for k := range m.s.sentences {
		for _, sc := range m.s.clauses(k) {
			all++
			if m.framing(&sc) {
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
	if !m.sourcesKept() {
		return "", miss{part: verbMissed}
	}
	switch {
	case all > 0 && found == all:
		return RuleClause, miss{}
	case m.nearWording():
		return RuleNear, miss{}
	}
	if m.s.total >= longWeight && m.score >= longScore && !exchanged && (m.near || m.pairShare() >= longPairs) {
		return RuleLong, miss{}
	}
	return "", why
}

// exchanged reports whether a clause with the verb has the statement's subject in another role, or another's role for
// its object.
func (m *matching) exchanged(sc *clause) bool {
	for _, j := range m.sameVerbs(sc.verb) {
		if m.p.partOf(j) != verbal {
			continue
		}
		pc := m.p.clauseAt(j)
		if sc.subject.missing || sc.subject.pronoun || pc.subject.missing || pc.subject.pronoun || len(sc.subject.heads) == 0 {
			continue
		}
		last := sc.subject.heads[len(sc.subject.heads)-1]
		if m.hitAmong(last, pc.subject.heads) || sc.passive != pc.passive {
			continue
		}
		if slices.ContainsFunc(m.hits[last], func(h int) bool { return m.p.units[h].sentence == m.p.units[j].sentence }) {
			return true
		}
	}
	return false
}

// A long statement says several things, and rarely all in the clauses of the passage. It is kept where nearly all of
// its words stand there as near to each other as in the statement, and nobody's role is another's. Measured on
// claims.dev (WiCE): of 37 borne out 10 are kept so, of 51 others none.
const (
	longWeight = 9.0
	longScore  = 0.8
	longPairs  = 0.45
)

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
func (m *matching) sourcesKept() bool {
	for k := range m.s.frames {
		f := &m.s.frames[k]
		if f.impersonal || m.s.units[f.verb].folded != "according" {
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
		return s.units[f.verb].folded == "according" && (i >= f.from && i < f.to || i == f.verb)
	})
}

// framing reports whether a clause of the statement only says who says the rest, and the passage has it said by the
// same.
func (m *matching) framing(sc *clause) bool {
	for k := range m.s.frames {
		f := &m.s.frames[k]
		if f.verb != sc.verb || !neutralStems[words.Stem(m.s.units[f.verb].folded)] {
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
func (m *matching) saidIn(f *frame, at int) bool {
	if slices.ContainsFunc(m.speakersOf(at), func(s string) bool { return m.speaks(f, s) }) {
		return true
	}
	for g := range m.p.frames {
		h := &m.p.frames[g]
		if h.sentence != at {
			continue
		}
		for b := h.from; b < h.to; b++ {
			if m.p.units[b].kind == light && !pronouns[m.p.units[b].folded] {
				continue
			}
			for a := f.from; a < f.to; a++ {
				if m.s.units[a].kind != light && m.hit(a, b) || m.s.units[a].folded == m.p.units[b].folded {
					return true
				}
			}
		}
	}
	return false
}

// hit reports whether the passage's unit j says what the statement's unit i says.
func (m *matching) hit(i, j int) bool { return slices.Contains(m.hits[i], j) }

// hitAmong reports whether one of the passage's units says what the statement's unit says.
func (m *matching) hitAmong(i int, list []int) bool {
	return slices.ContainsFunc(list, func(j int) bool { return m.hit(i, j) })
}

// clauseKept looks for a clause of the passage that says what the statement's does.
func (m *matching) clauseKept(sc *clause) miss {
	if sc.copula {
		if m.copulaKept(sc) {
			return miss{}
		}
		return miss{part: subjectMissed, verb: sc.verb, unit: -1}
	}
	if m.lifeKept(sc) {
		return miss{}
	}
	least := miss{part: verbMissed, verb: sc.verb, unit: -1}
	for _, j := range m.sameVerbs(sc.verb) {
		if m.p.partOf(j) != verbal {
			continue
		}
		pc := m.p.clauseAt(j)
		got := miss{verb: sc.verb, unit: -1}
		if !slices.Equal(sc.mood, pc.mood) {
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

// lifeKept reports whether brackets behind a name tell that somebody was born or died on a day: "Ada Lind (3 May 1810
// – 9 June 1868)".
func (m *matching) lifeKept(sc *clause) bool {
	for _, j := range m.hits[sc.verb] {
		if m.p.units[j].life == 0 {
			continue
		}
		named := sc.subject.pronoun || slices.ContainsFunc(sc.subject.heads, func(i int) bool { return m.hitBefore(i, j) || m.excused[i] })
		for i := sc.from; i < sc.to && named; i++ {
			named = m.s.weights[i] == 0 || i == sc.verb || slices.Contains(sc.subject.units, i) || m.hit(i, j)
		}
		if named {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

func (m *matching) hitBefore(i, j int) bool {
	return slices.ContainsFunc(m.hits[i], func(h int) bool { return h < j && m.p.units[h].sentence == m.p.units[j].sentence })
}

// getForms are those of get and become, which are no content words.
var getForms = set("get gets got gotten become becomes became")

// sameVerbs are the units of the passage that are the same verb. Forms of be, have, do and get are no content words.
func (m *matching) sameVerbs(v int) []int {
	w := m.s.units[v].folded
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
	for j := range m.p.units {
		if forms[m.p.units[j].folded] {
			list = append(list, j)
		}
	}
	return list
}

// rolesMissed compares who does it and to whom.
func (m *matching) rolesMissed(sc, pc *clause) missed {
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
		if last := len(p.heads) - 1; last >= 0 && timeNouns[m.s.units[p.heads[last]].folded] {
			if m.s.weights[p.heads[last]] > 0 && !m.standsIn(p.heads[last], m.p.units[pc.verb].sentence) {
				return objectMissed
			}
			continue
		}
		if !slices.ContainsFunc(objects, func(o phrase) bool { return m.phraseKept(p, &o) || m.itStandsFor(p, &o) }) && !m.givenTo(p, pc) {
			return objectMissed
		}
	}
	return nothingMissed
}

// itStandsFor reports whether an object is "it" or "them" and the sentence, or the one before, has the thing before it.
func (m *matching) itStandsFor(s, o *phrase) bool {
	if !o.pronoun || len(s.heads) == 0 {
		return false
	}
	j, last := o.units[0], s.heads[len(s.heads)-1]
	return m.s.units[last].kind == plain && slices.ContainsFunc(m.hits[last], func(h int) bool {
		return h < j && m.p.units[h].sentence >= m.p.units[j].sentence-1
	})
}

// givenTo reports whether the passage has an object of the statement behind "to": "paid the victims", "paid … to the
// victims".
func (m *matching) givenTo(s *phrase, pc *clause) bool {
	if len(s.heads) == 0 {
		return false
	}
	for _, j := range m.hits[s.heads[len(s.heads)-1]] {
		if j > pc.verb && j < pc.to && m.p.prepositionOf(j) == "to" {
			return true
		}
	}
	return false
}

// onlyDates reports whether a phrase is an adverb of time, that looks like an object: "left last week".
func (m *matching) onlyDates(p *phrase) bool {
	return !slices.ContainsFunc(p.units, func(i int) bool { return m.s.units[i].kind != date })
}

// phraseKept reports whether a phrase of the passage is about the same as one of the statement, and says no less of it.
func (m *matching) phraseKept(s, p *phrase) bool {
	switch {
	case p.missing:
		return false
	case s.pronoun:
		return true
	case p.pronoun:
		return m.standsFor(s, p.units[0])
	case len(s.heads) == 0:
		return true
	}
	last := s.heads[len(s.heads)-1]
	if !m.hitAmong(last, p.heads) {
		if m.elided(s, p) {
			return true
		}
		return m.c.lone && m.excusedAll(s) && p.definite && !slices.ContainsFunc(p.units, func(j int) bool { return m.p.units[j].kind == name })
	}
	for _, i := range s.units {
		if i == last || m.hitAmong(i, p.units) || m.s.weights[i] == 0 || titles[m.s.units[i].folded] {
			continue
		}
		if m.s.units[i].kind == name && (m.excused[i] || m.possessed(p) && len(m.hits[i]) > 0) {
			continue
		}
		if slices.Contains(s.heads, i) && m.sameRunHit(i, p) {
			continue
		}
		return false
	}
	return true
}

// elided reports whether a phrase of the passage is a bare number whose noun the sentence has before: "4,000
// inhabitants and Belmo had 7,000".
func (m *matching) elided(s, p *phrase) bool {
	if len(p.heads) == 0 {
		return false
	}
	j := p.heads[len(p.heads)-1]
	if m.p.units[j].kind != number || m.p.units[j].quantity.unit != "" {
		return false
	}
	counted := false
	for _, i := range s.units {
		switch {
		case m.s.units[i].kind == number:
			if !m.hit(i, j) {
				return false
			}
			counted = true
		case !m.hitBefore(i, j):
			return false
		}
	}
	return counted
}

// sameRunHit reports whether a unit is part of a name of which the passage's phrase has another part.
func (m *matching) sameRunHit(i int, p *phrase) bool {
	if m.s.units[i].kind != name {
		return len(m.hits[i]) > 0
	}
	from, to := m.s.run(i)
	for k := from; k < to; k++ {
		if k != i && m.hitAmong(k, p.heads) {
			return true
		}
	}
	return false
}

func (m *matching) excusedAll(s *phrase) bool {
	return !slices.ContainsFunc(s.heads, func(i int) bool { return !m.excused[i] })
}

// possessed reports whether a phrase begins with "its" or "their": whose it is was said before.
func (m *matching) possessed(p *phrase) bool {
	for j := p.units[0] - 1; j >= max(0, p.units[0]-2); j-- {
		switch m.p.units[j].folded {
		case "its", "his", "her", "their":
			return true
		}
	}
	return false
}

// standsFor reports whether the pronoun at j of the passage may stand for a phrase of the statement: one that is
// known from before, or that the sentence before or the same one names first.
func (m *matching) standsFor(s *phrase, j int) bool {
	if len(s.heads) == 0 {
		return true
	}
	last := s.heads[len(s.heads)-1]
	if m.excused[last] {
		return true
	}
	if m.p.units[j].folded == "who" || m.p.units[j].folded == "which" {
		return false
	}
	sentence := m.p.units[j].sentence
	for _, speaker := range m.speakersOf(sentence) {
		if slices.Contains(words.Stems(speaker), words.Stem(m.s.units[last].folded)) {
			return true
		}
	}
	if sentence == 0 {
		return m.firstNamed(last, 0, j)
	}
	return m.firstNamed(last, sentence-1, j) || m.firstNamed(last, sentence, j)
}

// firstNamed reports whether a sentence's first noun phrase, ahead of the unit j, says what the statement's unit says.
func (m *matching) firstNamed(i, sentence, j int) bool {
	for k := m.p.from[sentence]; k < min(m.p.from[sentence+1], j); k++ {
		if m.p.partOf(k) != verbal {
			continue
		}
		p := m.p.subjectOf(k, 0)
		return !p.missing && m.hitAmong(i, p.heads)
	}
	return false
}

// restLeft finds what the statement's clause says beside its subject and objects and the passage does not say in the
// same clause; -1 for nothing.
func (m *matching) restLeft(sc, pc *clause) int {
	inside := slices.Concat(pc.subject.units, pc.agent.units)
	for _, o := range pc.objects {
		inside = append(inside, o.units...)
	}
	for j := pc.from; j < pc.to; j++ {
		inside = append(inside, j)
	}
	for i := sc.from; i < sc.to; i++ {
		if i == sc.verb || m.s.weights[i] == 0 || m.s.units[i].quoted || slices.Contains(sc.subject.units, i) || sc.names(i) || m.s.sourceUnit(i) {
			continue
		}
		if !m.hitAmong(i, inside) || m.otherPreposition(i, inside) {
			return i
		}
	}
	if m.universal(sc) && slices.ContainsFunc(inside, func(j int) bool {
		return m.p.units[j].kind == date && !slices.ContainsFunc(m.hits, func(h []int) bool { return slices.Contains(h, j) })
	}) {
		return sc.verb
	}
	return -1
}

// names reports whether a unit stands in one of the clause's objects.
func (c *clause) names(i int) bool {
	return slices.ContainsFunc(c.objects, func(o phrase) bool { return slices.Contains(o.units, i) })
}

// universal reports whether a clause of the statement is about all there is: what the passage restricts to a time is
// less.
func (m *matching) universal(sc *clause) bool {
	for i := min(sc.from, sc.verb); i < sc.to; i++ {
		switch w := m.s.units[i].folded; {
		case quantifiers[w] == 6, w == "no", w == "never", w == "nobody", w == "none", w == "any":
			return true
		}
	}
	return false
}

// otherPreposition reports whether a preposition stands before a phrase that says the opposite of the statement's:
// "to" for "from".
func (m *matching) otherPreposition(i int, inside []int) bool {
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
		if theirs == "" || theirs == mine || !contraryPrepositions[[2]string{mine, theirs}] && !contraryPrepositions[[2]string{theirs, mine}] {
			return false
		}
		clash = true
	}
	return clash
}

// contraryPrepositions cannot stand for one another.
var contraryPrepositions = map[[2]string]bool{{"to", "from"}: true, {"before", "after"}: true, {"with", "without"}: true, {"over", "under"}: true,
	{"for", "against"}: true, {"into", "from"}: true, {"above", "below"}: true, {"inside", "outside"}: true, {"since", "until"}: true,
	{"by", "for"}: true, {"by", "to"}: true, {"to", "for"}: false, {"like", "unlike"}: true}

// prepositionOf is the preposition that governs the noun phrase of a unit; "" for none.
func (r *reading) prepositionOf(i int) string {
	_, from := r.nounPhraseEnding(i)
	if from > r.from[r.units[i].sentence] && !r.parted(from) && r.partOf(from-1) == preposition {
		return r.units[from-1].folded
	}
	return ""
}

// nearWording reports whether the words of the statement stand in one sentence of the passage in their order, with
// nothing left out between them but what stands between commas or in brackets.
func (m *matching) nearWording() bool {
	if !m.near {
		return false
	}
	first, last := -1, -1
	for i, j := range m.align {
		if m.s.weights[i] == 0 && m.s.units[i].op == none || m.s.units[i].op == negates {
			continue
		}
		if j < 0 {
			return false
		}
		if first < 0 {
			first = j
		} else if !m.nothingBetween(last, j) {
			return false
		}
		last = j
	}
	return first >= 0 && (m.startsClause(first) || m.startsAlike(first))
}

// startsAlike reports whether the same words stand before the first content word of the statement and before where
// the passage has it.
func (m *matching) startsAlike(j int) bool {
	i := slices.Index(m.align, j)
	return i > 0 && j > 0 && m.s.units[i-1].folded == m.p.units[j-1].folded && (i == 1 || m.align[i-1] == j-1)
}

// nothingBetween reports whether the passage has nothing between two of its units but function words and parentheses.
func (m *matching) nothingBetween(last, j int) bool {
	for k := last + 1; k < j; k++ {
		if m.p.parted(k) {
			end := k + 1
			for end < j && !m.p.parted(end) {
				end++
			}
			if m.p.parted(end) { // all that stands between two marks
				k = end - 1
				continue
			}
		}
		if u := &m.p.units[k]; (u.kind != light || u.op != none) && u.op != negates {
			return false
		}
	}
	return true
}

// startsClause reports whether nothing governs the noun phrase at j of the passage: no preposition, no possessor, no
// verb before it.
func (m *matching) startsClause(j int) bool {
	from := j
	for from > m.p.from[m.p.units[j].sentence] && !m.p.parted(from) && m.p.partOf(from-1) == nominal {
		return false // the statement begins inside a noun phrase
	}
	if from > m.p.from[m.p.units[j].sentence] && m.p.partOf(from-1) == determiner {
		from--
	}
	if from == m.p.from[m.p.units[j].sentence] || m.p.parted(from) {
		return true
	}
	q := m.p.partOf(from - 1)
	return q != preposition && q != verbal
}

// missedWhy says for a reader what the passage does not keep of the statement.
func (m *matching) missedWhy(missed miss) lang.Sentence {
	switch missed.part {
	case restMissed, objectMissed, subjectMissed:
		return lang.Say("the paragraph has the words, but does not say “%s” of the same", piece(m.s.of(missed.verb)))
	case moodMissed:
		return lang.Say("the paragraph does not say “%s” in the same way", piece(m.s.of(missed.verb)))
	}
	return lang.Say("the paragraph has the words, but does not say this in one place")
}

// pairShare is the share of the statement's neighboring content words that stand as near to each other in a sentence
// of the passage.
func (m *matching) pairShare() float64 {
	const slack = 3
	last, pairs, near := -1, 0, 0
	for i := range m.s.units {
		if m.s.weights[i] < weightPlain {
			continue
		}
		if last >= 0 {
			pairs++
			if m.stepBetween(last, i) <= i-last+slack {
				near++
			}
		}
		last = i
	}
	if pairs == 0 {
		return 0
	}
	return float64(near) / float64(pairs)
}

// stepBetween is the least distance between two words of the statement in one sentence of the passage.
func (m *matching) stepBetween(a, b int) int {
	best := maxClauseUnits
	for _, i := range m.hits[a] {
		for _, j := range m.hits[b] {
			if m.p.units[i].sentence == m.p.units[j].sentence {
				best = min(best, max(i-j, j-i))
			}
		}
	}
	return best
}
