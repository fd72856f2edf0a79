package entail

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/words"
)

// deeds are verbs whose doer is called by them ever after: who founded something is its founder.
var deeds = match.KeysOf("founded win write invent design discover build create make produce direct kill compose paint")

// agentKept reports whether the passage tells by a verb what the statement says that somebody is by the noun of who
// does it: "is the founder of Lumex" of "founded Lumex", "was a teacher of Latin" of "taught Latin".
func agentKept(m *match.Pair, sc *syntax.Clause) bool {
	if len(sc.Mood) > 0 || len(sc.Objects) != 1 || sc.Subject.Missing || len(sc.Objects[0].Heads) == 0 {
		return false
	}
	o := &sc.Objects[0]
	noun := o.Heads[len(o.Heads)-1]
	if u := &m.Hyp.Units[noun]; u.Kind != syntax.Plain || !strings.HasSuffix(u.Folded, "er") &&
		!strings.HasSuffix(u.Folded, "or") {
		return false
	}
	for _, j := range m.Hits[noun] {
		if m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, j)
		if len(pc.Mood) == 0 && !pc.Inf && sameTense(m, sc, &pc) && doneBy(m, sc, &pc) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// sameTense reports whether who does something by the passage's verb is what the statement's form of be says: who
// taught was a teacher.
func sameTense(m *match.Pair, sc, pc *syntax.Clause) bool {
	w := m.Hyp.Units[sc.Verb].Folded
	past := w == "was" || w == "were"
	return deeds[m.Prem.Units[pc.Verb].Key] || past == syntax.PastVerb(m.Prem.Units[pc.Verb].Folded)
}

// doneBy reports whether the statement's subject does what the passage's clause tells, and all else that the statement
// says stands there, what is behind "of" among its objects.
func doneBy(m *match.Pair, sc, pc *syntax.Clause) bool {
	doer, objects := pc.Subject, pc.Objects
	if pc.Passive {
		doer, objects = pc.Agent, append(slices.Clip(pc.Objects), pc.Subject)
	}
	if !mention.PhraseKept(m, &sc.Subject, &doer) {
		return false
	}
	noun := sc.Objects[0].Heads[len(sc.Objects[0].Heads)-1]
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] == 0 || i == noun {
			continue
		}
		done := clause.PrepositionOf(m.Hyp.Analysis, i) == "of" && slices.ContainsFunc(objects, func(p syntax.Phrase) bool {
			return mention.HitAmong(m, i, p.Units) || p.Pronoun &&
				mention.StandsFor(m, &syntax.Phrase{Heads: []int{i}, Units: []int{i}}, p.Units[0])
		})
		if done || clause.PrepositionOf(m.Hyp.Analysis, i) != "of" && slices.ContainsFunc(m.Hits[i], func(j int) bool {
			return j >= pc.From && j < pc.To
		}) {
			continue
		}
		return false
	}
	return true
}

// Speaks reports whether the frame of the statement names the speaker.
func Speaks(m *match.Pair, f *syntax.Frame, speaker string) bool {
	list := words.Stems(speaker)
	for _, k := range f.Names {
		u := &m.Hyp.Units[k]
		if u.Entity > 0 {
			e := m.Doc.Entities[u.Entity-1]
			if e.Label == speaker || slices.ContainsFunc(list, func(s string) bool { return e.Parts[s] && m.Doc.OnlyName[s] }) {
				return true
			}
			continue
		}
		if slices.Contains(list, u.Key) || slices.Contains(list, words.Stem(u.Folded)) {
			return true
		}
	}
	return false
}
