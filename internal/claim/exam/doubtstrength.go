package exam

import (
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
)

// cautious are the words that keep a statement from saying too much, whatever the passage hedges it with.
var cautious = lexicon.Set(`may might could can likely unlikely possibly possible perhaps probably probable potentially
potential expected reportedly provided reported allegedly alleged apparently seem seems seemed appear appears
appeared suspected if unless whether believed believe believes estimated risk chance plan plans planned planning
intend intends intended doubt doubts doubted uncertain unclear would considered considering thought`)

// guesses hedge in a passage, beside the operators.
var guesses = lexicon.Set("likely unlikely probable probably can")

// hedgingAdjectives hedge the noun behind them alone.
var hedgingAdjectives = lexicon.Set("suspected alleged possible potential apparent likely purported supposed " +
	"planned proposed")

// certaintyDoubt doubts a statement without a hedge that takes most of what the passage's nearest sentence hedges.
func certaintyDoubt(m *match.Pair, e *Examination) {
	if hedges(m) {
		return
	}
	at := m.Main()
	if at < 0 {
		return
	}
	taken := map[int]bool{}
	for i, hits := range m.Hits {
		if m.Hyp.Weights[i] > 0 {
			for _, j := range hits {
				taken[j] = true
			}
		}
	}
	units, base := m.Prem.SentenceOf(at), m.Prem.From[at]
	for k := range units {
		if !hedgeAt(m, units, k) {
			continue
		}
		mine, all := hedgedBy(units, k, func(l int) bool { return taken[base+l] })
		if all > 0 && mine >= hedgedShare*all {
			signal := SignalCertainty
			if conditions[units[k].Folded] {
				signal = SignalCondition
			}
			e.doubt(signal, claim.CodeStronger,
				lang.Say("the paragraph says no more than “%s”", match.Piece(polarity.Around(m.Prem, base+k))))
			return
		}
	}
}

// hedges reports whether the statement has a hedge of its own: "in the hope of", where the passage has an aim.
func hedges(m *match.Pair) bool {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if !u.Quoted && u.Kind != syntax.Name && u.Kind != syntax.Date &&
			(cautious[u.Folded] || syntax.HedgeStems[u.Key] && len(m.Hits[i]) == 0) {
			return true
		}
	}
	return false
}

// hedgeAt reports whether the unit k of a sentence of the passage hedges what follows, and the statement does not have
// it, too.
func hedgeAt(m *match.Pair, units []syntax.Unit, k int) bool {
	u, next := &units[k], ""
	if k+1 < len(units) {
		next = units[k+1].Folded
	}
	switch {
	case len(m.Hyp.Index[u.Key]) > 0 || u.Quoted && len(m.Hyp.Marks) > 0:
		return false
	case u.Op != syntax.Hedge && !guesses[u.Folded] || u.Kind == syntax.Name || u.Kind == syntax.Date:
		return false
	case u.Folded == "could" && next == "not", u.Folded == "can" && next != "be", u.Folded == "would":
		return false // an ability; what was said of the future
	}
	return true
}

// hedgedBy weighs what the hedge at k reaches in its clause, and how much of it is taken.
func hedgedBy(units []syntax.Unit, k int, taken func(l int) bool) (mine, all float64) {
	reached, narrow := 0, hedgingAdjectives[units[k].Folded]
	for l := k + 1; l < len(units) && units[l].Clause == units[k].Clause && (!narrow || reached < syntax.ScopeWords); l++ {
		if w := match.Weight(&units[l]); w > 0 {
			reached++
			all += w
			if taken(l) {
				mine += w
			}
		}
	}
	return mine, all
}

// conditions make what they stand before a case, not a guess. A statement may give one in other words.
var conditions = lexicon.Set("if unless whether")

// hedgedShare is how much of what is hedged a statement must take to be about it.
const hedgedShare = 0.5

// causes give a reason in a statement.
var causes = lexicon.Set(`because therefore thus hence consequently thereby caused causing causes led leads leading
	resulted
resulting results prompted prompting due owing`)

// reasons may give one in a passage.
var reasons = lexicon.Set(`because since as due owing caused causing causes cause led leads leading lead resulted
	resulting
results result prompted prompting prompt reason reasons why so thus therefore hence after when thanks given explain
explains explained blame blames blamed attribute attributes attributed allow allows allowed allowing enable enables
enabled enabling force forces forced forcing make makes made making drive drives drove driven driving root source
trigger triggers triggered follow follows followed following amid with for by unless contribute contributes
contributed bring brings brought mean means meant responsible`)

// causeDoubt doubts a cause where the passage names none.
func causeDoubt(m *match.Pair, e *Examination) {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if !causes[u.Folded] || u.Quoted || polarity.AlignedTo(m, i) {
			continue
		}
		for k := m.First; k <= m.Last && k < len(m.Prem.Sentences); k++ {
			for _, v := range m.Prem.SentenceOf(k) {
				if reasons[v.Folded] {
					return
				}
			}
		}
		e.doubt(SignalCause, claim.CodeCauseAdded, claim.CodeCauseAdded.Why())
		return
	}
}

// orderWords tell which of two things came first.
var orderWords = map[string]int{
	"after": 1, "since": 1, "following": 1, "once": 1, "before": -1, "until": -1, "till": -1, "prior": -1, "ahead": -1,
}

// orderDoubt doubts a "before" where the passage has only an "after", or the other way round.
func orderDoubt(m *match.Pair, e *Examination) {
	for i := range m.Hyp.Units {
		mine := orderWords[m.Hyp.Units[i].Folded]
		if mine == 0 || m.Hyp.Units[i].Quoted || polarity.AlignedTo(m, i) {
			continue
		}
		same, other := false, false
		for k := m.First; k <= m.Last && k < len(m.Prem.Sentences); k++ {
			for _, v := range m.Prem.SentenceOf(k) {
				same = same || orderWords[v.Folded] == mine
				other = other || orderWords[v.Folded] == -mine
			}
		}
		if other && !same {
			e.doubt(SignalOrder, claim.CodeNotInText, lang.Say("the paragraph does not say “%s”", match.Piece(m.Hyp.Of(i))))
			return
		}
	}
}
