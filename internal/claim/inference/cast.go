package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// A part that somebody plays: who, and what behind "as"; missing for none.
type castMember struct{ who, as syntax.Phrase }

var (
	starring = syntax.FormsOf("star feature")
	appears  = syntax.FormsOf("star appear act play")
	portrays = syntax.FormsOf("play portray")
)

// castAt lists who is named behind "starring" or "stars" at j of a passage.
func castAt(r *syntax.Analysis, j int) []castMember {
	var cast []castMember
	end := r.ClauseEnd(j)
	for k := j + 1; k < end; {
		p, next := r.PhraseFrom(k, end)
		if p.Missing || p.Pronoun || r.Units[p.Heads[len(p.Heads)-1]].Kind != syntax.Name {
			break
		}
		member := castMember{who: p, as: syntax.Phrase{Missing: true}}
		if next+1 < end && !r.Parted(next) && r.Units[next].Folded == "as" {
			member.as, next = r.PhraseFrom(next+1, end)
		}
		cast = append(cast, member)
		switch {
		case next < end && r.PartOf(next) == syntax.Coordinator:
			next++
		case next >= end || !r.Parted(next):
			return cast
		}
		k = next
	}
	return cast
}

// castKept reports whether the passage names among those who star in a work who the statement says that plays in it,
// or what.
func castKept(m *match.Pair, sc *syntax.Clause) bool {
	verb := m.Hyp.Units[sc.Verb].Folded
	if len(sc.Mood) > 0 || sc.Passive || sc.Subject.Missing || sc.Subject.Pronoun ||
		!starring[verb] && !appears[verb] && !portrays[verb] {
		return false
	}
	for j := range m.Prem.Units {
		if !starring[m.Prem.Units[j].Folded] || m.Prem.Units[j].Kind != syntax.Plain {
			continue
		}
		work := mention.FirstSubject(m.Prem, m.Prem.Units[j].Sentence, j+1)
		if work.Missing {
			continue
		}
		if slices.ContainsFunc(castAt(m.Prem, j), func(c castMember) bool { return playedBy(m, sc, verb, &work, &c) }) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// playedBy reports whether the statement's clause says what a member of the cast of a work does in it.
func playedBy(m *match.Pair, sc *syntax.Clause, verb string, work *syntax.Phrase, c *castMember) bool {
	if starring[verb] && len(sc.Objects) > 0 { // "Grey Water features Eva Tarn"
		return mention.PhraseKept(m, &sc.Subject, work) && mention.PhraseKept(m, &sc.Objects[0], &c.who) &&
			len(sc.Objects) == 1 &&
			restIn(m, sc, sc.Objects[0].Units, c.who.Units[0], c.who.Units[0])
	}
	if !mention.PhraseKept(m, &sc.Subject, &c.who) {
		return false
	}
	var done []int
	if len(sc.Objects) > 0 {
		if !portrays[verb] || c.as.Missing || !mention.PhraseKept(m, &sc.Objects[0], &c.as) {
			return false
		}
		done = sc.Objects[0].Units
	} else if !appears[verb] {
		return false
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] > 0 && !slices.Contains(done, i) &&
			(clause.PrepositionOf(m.Hyp.Analysis, i) != "in" || !mention.HitAmong(m, i, work.Units)) {
			return false
		}
	}
	return len(sc.Objects) > 0 || sc.To > sc.Verb+1
}
