package check

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// namesOf lists the names of the statement that the twin does not have at their place.
func (m *Pair) namesOf() []int {
	var list []int
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.Kind == syntax.Name && m.s.weights[i] != 0 && !u.Quoted && !m.alignedTo(i) {
			list = append(list, i)
		}
	}
	return list
}

// nameRivals refuses a name in whose place the passage has another one.
func (m *Pair) nameRivals() *failure {
	for _, i := range m.namesOf() {
		if rival := m.rival(i, syntax.Name); rival >= 0 && m.near && !m.sameName(i, rival) && !m.spokenOfAsIt(i) {
			f := m.differs(claim.CheckName, i, rival)
			if m.foreign() || m.sharedBy(i) {
				f.verdict = claim.NotFound // a capital makes no name of a German noun; another one lives there, too
			}
			return f
		}
	}
	return nil
}

// spokenOfAsIt reports whether the twin has "it" or "they" as its subject, and a sentence before begins with what the
// unit names.
func (m *Pair) spokenOfAsIt(i int) bool {
	if m.twin < 1 {
		return false
	}
	p := firstSubject(m.p, m.twin, m.p.From[m.twin+1])
	for k := m.twin - 1; k >= 0 && p.Pronoun; k-- {
		if m.firstNamed(i, k, p.Units[0]) {
			return true
		}
	}
	return false
}

// missingName requires every name of the statement in the passage, or introduced near it in the document as what the
// passage speaks of.
func (m *Pair) missingName() *failure {
	for _, i := range m.namesOf() {
		if len(m.hits[i]) == 0 && !m.excused[i] {
			return &failure{claim.NotFound, claim.CheckName, lang.Say("“%s” is not in the paragraph", piece(m.s.Of(i)))}
		}
	}
	return nil
}

// otherName finds a name of the twin that shares a part with the name that the unit is of, while both have a part of
// their own: "Henry IV" for "Louis IV". -1 for none.
func (m *Pair) otherName(i int) int {
	if !m.near || syntax.Titles[m.s.Units[i].Folded] {
		return -1
	}
	from, to := run(m.s.Analysis, i)
	mine := m.keys(m.s.Units[from:to])
	for k := from; k < to; k++ {
		j := m.align[k]
		if j < 0 || m.p.Units[j].Kind != syntax.Name {
			continue
		}
		a, b := run(m.p, j)
		theirs := m.keys(m.p.Units[a:b])
		if m.inKeys(&m.s.Units[i], theirs) || m.c.Together(m.s.Units[i].Key, m.s.Units[k].Key) {
			continue
		}
		for _, u := range theirs {
			if !syntax.Titles[u.Folded] && !m.inKeys(u, mine) {
				return j
			}
		}
	}
	return -1
}

// shortForm reports whether one given name is short for another: Tim for Timothy.
func shortForm(short, long string) bool {
	return len(short) >= 3 && len(long) > len(short)+1 && strings.HasPrefix(long, short)
}

// keys lists the words of a run of names, with those that an entity is called by.
func (m *Pair) keys(run []syntax.Unit) []*syntax.Unit {
	var list []*syntax.Unit
	for i := range run {
		u := &run[i]
		if u.Entity == 0 {
			list = append(list, u)
			continue
		}
		for part := range m.c.Entities[u.Entity-1].Parts {
			list = append(list, &syntax.Unit{Kind: syntax.Name, Key: part, Folded: part})
		}
	}
	return list
}

func (m *Pair) inKeys(u *syntax.Unit, list []*syntax.Unit) bool {
	if u.Entity > 0 {
		for part := range m.c.Entities[u.Entity-1].Parts {
			if slices.ContainsFunc(list, func(v *syntax.Unit) bool { return v.Key == part }) {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(list, func(v *syntax.Unit) bool {
		return m.same(u, v) || shortForm(u.Key, v.Key) ||
			shortForm(v.Key, u.Key)
	})
}

// sameName reports whether a name of the statement may stand where the passage has another one because both are parts
// of one name or a title takes the place of the first one: "President Duval" and "Anne Duval".
func (m *Pair) sameName(i, j int) bool {
	s0, s1 := run(m.s.Analysis, i)
	p0, p1 := run(m.p, j)
	u := &m.s.Units[i]
	for a := s0; a < s1; a++ {
		for b := p0; b < p1; b++ {
			if a == i || b == j || !m.same(&m.s.Units[a], &m.p.Units[b]) {
				continue
			}
			v := &m.p.Units[j]
			if shortForm(u.Key, v.Key) || shortForm(v.Key, u.Key) || syntax.Titles[u.Folded] && !syntax.Titles[v.Folded] ||
				m.c.Together(u.Key, m.s.Units[a].Key) {
				return true
			}
		}
	}
	return false
}

// run finds the run of name units around one.
func run(r *syntax.Analysis, i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && !r.Units[from].NameStart && r.Units[from-1].Kind == syntax.Name {
		from--
	}
	for to < len(r.Units) && r.Units[to].Kind == syntax.Name && !r.Units[to].NameStart {
		to++
	}
	return from, to
}

// nearParagraphs is how far back a name may have been introduced that a passage speaks of as "he" or "the group".
const nearParagraphs = 3

// knownFor reports whether a name that the passage does not print may still be of what it speaks.
func (m *Pair) knownFor(i int) bool {
	u := &m.s.Units[i]
	from, to := run(m.s.Analysis, i)
	// A part of a longer name whose other part is there: "Sami Yousafzai" where the passage has "Yousafzai", if the
	// document joins them.
	if to-from > 1 {
		for k := from; k < to; k++ {
			if k != i && len(m.hits[k]) > 0 && (m.c.Lone || m.c.Together(u.Key, m.s.Units[k].Key)) {
				return true
			}
		}
	}
	if m.c.Title[u.Key] || m.c.TitleHas(u) {
		return true // but see titleSubject
	}
	if m.c.Lone && m.ofNamed(from) {
		return true
	}
	if m.c.Lone {
		return m.mayBeHe(from) && (m.p.Pronoun || leansBack(m.p))
	}
	at, ok := m.c.Position[m.p.Ref]
	if !ok || !m.p.Pronoun && !leansBack(m.p) {
		return false
	}
	for p := max(0, at-nearParagraphs); p < at; p++ {
		if m.c.Names(p, u.Key) {
			return true
		}
	}
	return false
}

// ofNamed reports whether a name at i stands behind "of" and another one that the passage prints: "Olaf II of Tarn"
// where it speaks of Olaf.
func (m *Pair) ofNamed(i int) bool {
	if i < 2 || m.s.Units[i-1].Folded != "of" || m.s.Units[i-2].Kind != syntax.Name {
		return false
	}
	from, to := run(m.s.Analysis, i-2)
	return slices.ContainsFunc(m.hits[from:to], func(h []int) bool { return len(h) > 0 })
}

// mayBeHe reports whether a name that begins at from may be what "he" is in a passage on its own, of which nothing more
// is known: the first of the statement.
func (m *Pair) mayBeHe(from int) bool {
	first := slices.IndexFunc(m.s.Units, func(u syntax.Unit) bool { return u.Kind == syntax.Name })
	if from == first || first < 0 {
		return from == first
	}
	_, to := run(m.s.Analysis, first)
	return to < len(m.s.Units) && m.s.Units[to].Folded == "of" && from == to+1 // "Henry II of France" is one name
}

// leansBack reports whether the passage begins with words that speak of something named before: "The film …".
func leansBack(r *syntax.Analysis) bool {
	for k := range r.Sentences {
		units := r.SentenceOf(k)
		if len(units) > 1 && (units[0].Folded == "the" || units[0].Folded == "this" || units[0].Folded == "these") &&
			units[1].Kind == syntax.Plain {
			return true
		}
		if len(units) > 0 && (strings.HasSuffix(units[0].Folded, "ed") || strings.HasSuffix(units[0].Folded, "ing") ||
			units[0].Folded == "born") &&
			!words.IsStop(units[0].Folded) {
			return true
		}
	}
	return false
}

// firstName is the first name of a sentence; -1 for none.
func firstName(r *syntax.Analysis, sentence int) int {
	for i := r.From[sentence]; i < r.From[sentence+1]; i++ {
		if r.Units[i].Kind == syntax.Name {
			return i
		}
	}
	return -1
}
