package inference

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
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
func nameRun(r *syntax.Analysis, k, end int) (list []string, next int) {
	for start := k; k < end && (k == start || !r.Parted(k)) &&
		(r.Units[k].Kind == syntax.Name || k > start && syntax.NameParticles[r.Units[k].Folded]); k++ {
		list = append(list, strings.Fields(strings.ToLower(r.Of(k)))...)
	}
	return list, k + min(0, end-k)
}

// namesIn reads how a sentence calls who it begins with, up to its first form of be or have.
func namesIn(r *syntax.Analysis, sentence int) (n namesOf, ok bool) {
	start, end := r.From[sentence], r.From[sentence+1]
	n.at = start
	n.printed, _ = nameRun(r, start, end)
	if len(n.printed) == 0 {
		return n, false
	}
	for k := start; k < end && !syntax.BeForms[r.Units[k].Folded] && !syntax.HaveForms[r.Units[k].Folded]; k++ {
		u := &r.Units[k]
		n.lives = n.lives || u.Life == syntax.Birth
		switch {
		case u.Folded == "born" && k+1 < end && !r.Parted(k+1):
			n.lives = n.lives || r.Units[k+1].Kind == syntax.Date
			if list, _ := nameRun(r, k+1, end); len(list) > 0 {
				n.born = list
			}
		case u.Folded == "known":
			as := k + 1
			for as < end && r.PartOf(as) == syntax.Adverbial {
				as++
			}
			if as+1 < end && r.Units[as].Folded == "as" {
				n.known, _ = nameRun(r, as+1, end)
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
func naming(r *syntax.Analysis, c *syntax.Clause) (n namingClause, ok bool) {
	end := r.ClauseEnd(c.Verb)
	subject := c.Subject
	switch {
	case subject.Missing || subject.Pronoun || len(c.Mood) > 0:
		return n, false
	case c.Copula && calledName(r, &subject) && len(c.Objects) > 0:
		for _, i := range subject.Units {
			w := r.Units[i].Folded
			n.birth, n.whole, n.stage = n.birth || birthNames[w], n.whole || wholeNames[w], n.stage || stageNames[w]
		}
		n.as, _ = nameRun(r, c.Objects[0].Units[0], end)
	case r.Units[c.Verb].Folded == "born" && c.Verb+1 < end && !r.Parted(c.Verb+1):
		n.birth = true
		n.as, _ = nameRun(r, c.Verb+1, end)
	case r.Units[c.Verb].Folded == "known" && r.PlainAfter(c.Verb) == "as":
		n.stage = true
		n.as, _ = nameRun(r, c.Verb+2, end)
	}
	n.owner = ownerIn(r, &subject)
	return n, (n.birth || n.whole || n.stage) && len(n.as) > 0 && len(n.owner) > 0
}

// calledName reports whether a phrase names a name: "her real name".
func calledName(r *syntax.Analysis, p *syntax.Phrase) bool {
	return len(p.Heads) > 0 && r.Units[p.Heads[0]].Folded == "name"
}

// ownerIn are the words of the names in a phrase, without an apostrophe and s.
func ownerIn(r *syntax.Analysis, p *syntax.Phrase) []string {
	var list []string
	for _, i := range p.Units {
		if r.Units[i].Kind == syntax.Name {
			own := strings.ToLower(r.Of(i))
			list = append(list, strings.Fields(strings.TrimSuffix(strings.TrimSuffix(own, "'s"), "’s"))...)
		}
	}
	return list
}

// nameKept reports whether a sentence of the passage begins with somebody whom the statement names, and calls him as it
// says.
func nameKept(m *match.Pair, sc *syntax.Clause) bool {
	mine, ok := naming(m.Hyp.Analysis, sc)
	if !ok {
		return false
	}
	for k := range m.Prem.Sentences {
		theirs, ok := namesIn(m.Prem, k)
		if !ok || !theirs.bears(&mine) {
			continue
		}
		m.Grounds = append(m.Grounds, theirs.at)
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
