package check

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// namesOf are what a sentence that begins with somebody's name calls him: the name that it begins with, the one that he
// was born with, and the one that he is known by, each in lower case, by words.
type namesOf struct {
	at                   int // the first unit
	printed, born, known []string
	lives                bool // a date of birth stands behind the first name
}

// What a name is called.
var (
	birthNames = lexicon.Set("birth real original maiden legal")
	wholeNames = lexicon.Set("full complete birth real legal")
	stageNames = lexicon.Set("stage pen professional artist artistic")
)

// nameRun are the words of the names that begin at k, and the unit behind them.
func (r *Analysis) nameRun(k, end int) (list []string, next int) {
	for start := k; k < end && (k == start || !r.parted(k)) &&
		(r.Units[k].Kind == Name || k > start && nameParticles[r.Units[k].Folded]); k++ {
		list = append(list, strings.Fields(strings.ToLower(r.of(k)))...)
	}
	return list, k + min(0, end-k)
}

// namesIn reads how a sentence calls who it begins with, up to its first form of be or have.
func (r *Analysis) namesIn(sentence int) (n namesOf, ok bool) {
	start, end := r.from[sentence], r.from[sentence+1]
	n.at = start
	n.printed, _ = r.nameRun(start, end)
	if len(n.printed) == 0 {
		return n, false
	}
	for k := start; k < end && !beForms[r.Units[k].Folded] && !haveForms[r.Units[k].Folded]; k++ {
		u := &r.Units[k]
		n.lives = n.lives || u.life == birth
		switch {
		case u.Folded == "born" && k+1 < end && !r.parted(k+1):
			n.lives = n.lives || r.Units[k+1].Kind == date
			if list, _ := r.nameRun(k+1, end); len(list) > 0 {
				n.born = list
			}
		case u.Folded == "known":
			as := k + 1
			for as < end && r.PartOf(as) == adverbial {
				as++
			}
			if as+1 < end && r.Units[as].Folded == "as" {
				n.known, _ = r.nameRun(as+1, end)
			}
		}
	}
	return n, true
}

// A namingClause says how somebody is called.
type namingClause struct {
	owner, as    []string // words in lower case
	birth, whole bool
	stage        bool
}

// naming reads a clause that says how somebody is called: "her real name is", "was born", "is known as".
func (r *Analysis) naming(c *Clause) (n namingClause, ok bool) {
	end := r.clauseEnd(c.verb)
	subject := c.subject
	switch {
	case subject.missing || subject.pronoun || len(c.mood) > 0:
		return n, false
	case c.copula && r.calledName(&subject) && len(c.objects) > 0:
		for _, i := range subject.units {
			w := r.Units[i].Folded
			n.birth, n.whole, n.stage = n.birth || birthNames[w], n.whole || wholeNames[w], n.stage || stageNames[w]
		}
		n.as, _ = r.nameRun(c.objects[0].units[0], end)
	case r.Units[c.verb].Folded == "born" && c.verb+1 < end && !r.parted(c.verb+1):
		n.birth = true
		n.as, _ = r.nameRun(c.verb+1, end)
	case r.Units[c.verb].Folded == "known" && r.plainAfter(c.verb) == "as":
		n.stage = true
		n.as, _ = r.nameRun(c.verb+2, end)
	}
	n.owner = r.ownerIn(&subject)
	return n, (n.birth || n.whole || n.stage) && len(n.as) > 0 && len(n.owner) > 0
}

// calledName reports whether a phrase names a name: "her real name".
func (r *Analysis) calledName(p *phrase) bool {
	return len(p.heads) > 0 && r.Units[p.heads[0]].Folded == "name"
}

// ownerIn are the words of the names in a phrase, without an apostrophe and s.
func (r *Analysis) ownerIn(p *phrase) []string {
	var list []string
	for _, i := range p.units {
		if r.Units[i].Kind == Name {
			own := strings.ToLower(r.of(i))
			list = append(list, strings.Fields(strings.TrimSuffix(strings.TrimSuffix(own, "'s"), "’s"))...)
		}
	}
	return list
}

// nameKept reports whether a sentence of the passage begins with somebody whom the statement names, and calls him as it
// says.
func (m *Pair) nameKept(sc *Clause) bool {
	mine, ok := m.s.naming(sc)
	if !ok {
		return false
	}
	for k := range m.p.sentences {
		theirs, ok := m.p.namesIn(k)
		if !ok || !theirs.bears(&mine) {
			continue
		}
		m.grounds = append(m.grounds, theirs.at)
		return true
	}
	return false
}

// bears reports whether who is called so is called as a clause says.
func (n *namesOf) bears(c *namingClause) bool {
	within := func(list []string) bool {
		return !slices.ContainsFunc(c.owner, func(w string) bool { return !slices.Contains(list, w) })
	}
	switch {
	case !within(n.printed) && !within(n.known) && !within(n.born):
		return false
	case c.stage:
		return slices.Equal(c.as, n.known) && within(n.printed)
	case c.birth && len(n.born) > 0:
		return slices.Equal(c.as, n.born) && !within(n.born)
	}
	return c.whole && n.lives && (len(n.born) == 0 || !c.birth) && slices.Equal(c.as, n.printed)
}
