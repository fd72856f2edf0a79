package exam

import (
	"cmp"
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/value"
	"pilcrow/internal/claim/verdict"
	"pilcrow/internal/lang"
)

// The signals of doubts, beside the names of the checks.
const (
	SignalPassage      = "passage"      // the marker is missing or points elsewhere
	SignalElsewhere    = "elsewhere"    // a figure stands in another of the passages
	SignalEvidence     = "evidence"     // the words that the writer named are not in the passage
	SignalUnnamed      = "unnamed"      // the writer named none
	SignalForeign      = "foreign"      // the writer named none, and words cannot be compared
	SignalAbbreviation = "abbreviation" // of another language, and nowhere in what was given
	SignalCount        = "count"        // a number that the writer counted
	SignalDerived      = "derived"      // a sum or a difference
	SignalBound        = "bound"        // the same number, bounded in another way
	SignalRival        = "rival"        // in its place the passage has another number or date
	SignalPairing      = "pairing"      // the passages pair it with something else
	SignalApart        = "apart"        // the number or date stands there among other words
	SignalName         = "name"         // a name that the cited passages do not have
	SignalOtherName    = "other name"   // in its place the passage has another name
	SignalSpeaker      = "speaker"      // the passage gives it to somebody else
	SignalSource       = "source"       // somebody says it in the passage, nobody in the sentence
	SignalDenied       = "denied"       // one of them denies a word, in nearly the same sentence
	SignalDeniedFar    = "denied far"   // the same, in a sentence of other words
	SignalNegation     = "negation"     // one of two nearly equal sentences has a negation more
	SignalOpposite     = "opposite"     // a word in whose place the passage has its opposite
	SignalMost         = "most"         // a smaller amount stands in its place: "most" for "all"
	SignalAmount       = "amount"       // "all", "most", "only", which the passage does not say so
	SignalCertainty    = "certainty"    // the passage hedges it
	SignalCondition    = "condition"    // the passage says it under a condition
	SignalRelation     = "relation"
	SignalCause        = "cause"
	SignalOrder        = "order" // before and after
	SignalCover        = "cover" // words that the passage does not have
	SignalBrief        = "brief" // the same, of a statement of few words
	SignalPredicate    = "predicate"
)

// signalWeights say how much of a refusal each signal is where nobody reads the sentence: in a sentence of other words
// than the passage's, and in one that is nearly the passage's own. They are as go run ./tools/fit doubts prints them
// for the drafts with odd ids (seed 1); README.md of internal/eval/testdata/drafts has the table and the curve.
var signalWeights = map[string]struct{ far, near float64 }{
	// Not fitted, since no draft of the development half has them: there is nothing to cite, or nothing to compare.
	SignalPassage: {1, 1}, SignalForeign: {1, 1}, SignalAbbreviation: {1, 1}, SignalEvidence: {0.5, 0.5},
	SignalMost:     {1, 1},
	SignalRelation: {1, 1},

	SignalAmount: {1, 0.4}, SignalApart: {0.4, 0.4}, SignalBound: {0.7, 0.7}, SignalBrief: {1, 1},
	SignalCause: {0.7, 0.7}, SignalCertainty: {1, 1}, SignalCondition: {0.7, 0.7}, SignalCount: {0.1, 0.1},
	SignalCover: {0.7, 1}, SignalDenied: {0.4, 1}, SignalDerived: {1, 0.4}, SignalElsewhere: {0.9, 0.4},
	SignalName: {0.9, 0.9}, SignalNegation: {1, 1}, SignalOpposite: {0.4, 0.4}, SignalOrder: {1, 1},
	SignalOtherName: {1, 1}, SignalPairing: {0.7, 0.7}, SignalPredicate: {0.9, 0.9}, SignalRival: {1, 1},
	SignalSource: {1, 1}, SignalSpeaker: {1, 1}, SignalUnnamed: {0, 0},
}

// An alternative is one way to read the passages against a sentence, with what is doubtful about it.
type alternative struct {
	m      *match.Pair
	at     []int
	doubts Examination
	weight float64
}

// doubts compares the words of an English sentence with those of the passages: with each alone and with those of a
// document together. The reading that leaves the fewest doubts counts.
func (g *Given) doubts(e *Examination, w Written, list []held) {
	var all []alternative
	for _, h := range list {
		all = append(all, alternative{m: h.m, at: []int{h.at}})
	}
	for i, h := range list {
		together, at := h, []int{h.at}
		for _, o := range list[i+1:] {
			if o.m.Doc == h.m.Doc && len(at) < maxJoined {
				together.m = h.m.Hyp.Match(match.Join(together.m.Prem, o.m.Prem), h.m.Doc)
				at = append(at, o.at)
			}
		}
		if len(at) > 1 {
			all = append(all, alternative{m: together.m, at: at})
			break
		}
	}
	if len(all) == 0 {
		return
	}
	best := -1
	for i := range all {
		a := &all[i]
		a.doubts.Near = a.m.Near
		doubts(a.m, &a.doubts, w, list)
		for _, d := range a.doubts.Doubts {
			a.weight += d.Weight
		}
		e.Score = max(e.Score, a.m.Score)
		if best < 0 || a.weight < all[best].weight-1e-9 || a.weight < all[best].weight+1e-9 && a.m.Score > all[best].m.Score {
			best = i
		}
	}
	e.Near = all[best].m.Near
	for i, d := range e.Doubts { // what was found before it was known
		e.Doubts[i].Weight = weightOf(d.Signal, e.Near)
	}
	for _, d := range all[best].doubts.Doubts {
		e.doubt(d.Signal, d.Code, d.Why)
	}
	g.move(e, w)
}

// maxJoined is how many passages of a document may bear a sentence out together.
const maxJoined = 4

// barely and clearly are the shares of a sentence that a passage covers which is cited by mistake, and that another
// covers which should have been.
const (
	barely  = 0.25
	clearly = 0.6
)

// move replaces a citation that bears nothing by the passage that bears the sentence: with better evidence only.
func (g *Given) move(e *Examination, w Written) {
	if e.Score >= barely || slices.ContainsFunc(e.Spans, func(s Evidence) bool { return s.Named }) || len(e.Cites) != 1 {
		return
	}
	more, _ := g.hold(e.Text, g.others(e.Cites))
	for _, h := range more {
		if h.m.Score < clearly || h.m.Score <= e.Score {
			continue
		}
		there := Examination{Near: h.m.Near}
		doubts(h.m, &there, w, more)
		if there.Doubtful() {
			continue
		}
		e.Doubts = there.Doubts
		e.doubt(SignalPassage, claim.CodeWrongPassage, lang.Say("another paragraph says it than the one that it cites"))
		e.Cites, e.Score = []int{h.at}, h.m.Score
		e.Nearest, e.Nearby = g.passages[h.at].Ref, mainFirst(h.m)
		e.Spans = []Evidence{{h.at, e.Nearby, false}}
		return
	}
}

// doubts notes what is doubtful about the statement in this reading. list is all that is cited: what one passage
// leaves open another may have.
func doubts(m *match.Pair, e *Examination, w Written, list []held) {
	elsewhere := func(start int) bool { // the word stands in another of the cited passages
		return slices.ContainsFunc(list, func(h held) bool { return h.m != m && hitAt(h.m, start) })
	}
	figures(m, e)
	pairingDoubt(m, e, list)
	nameDoubts(m, e, elsewhere)
	speakerDoubts(m, e, list)
	sourceDoubt(m, e, w)
	if f := polarity.Negations(m); f != nil {
		e.doubt(SignalDenied, claim.CodeNegation, f.Why)
	}
	if f := polarity.NegatedGaps(m); f != nil {
		e.doubt(SignalNegation, claim.CodeNegation, f.Why)
	}
	if f := polarity.OppositeWords(m); f != nil {
		e.doubt(SignalOpposite, claim.CodeNegation, f.Why)
	}
	for i := range m.Hyp.Units {
		if u := &m.Hyp.Units[i]; u.Op == syntax.Amount && !u.Quoted && !polarity.AlignedTo(m, i) {
			if j := polarity.Lesser(m, i, syntax.Quantifiers[u.Folded]); j >= 0 {
				e.doubt(SignalMost, claim.CodeStronger,
					lang.Say("the paragraph says “%s”, not “%s”", match.Piece(m.Prem.Of(j)), match.Piece(m.Hyp.Of(i))))
			}
		}
	}
	if f := cmp.Or(polarity.Amounts(m), polarity.Limited(m)); f != nil {
		e.doubt(SignalAmount, claim.CodeStronger, f.Why)
	}
	certaintyDoubt(m, e)
	if f := verdict.Relations(m); f != nil {
		e.doubt(SignalRelation, claim.CodeRoles, f.Why)
	}
	causeDoubt(m, e)
	orderDoubt(m, e)
	coverDoubts(m, e, elsewhere)
}

// hitAt tells whether the passage has the unit that stands at a place of the statement.
func hitAt(m *match.Pair, start int) bool {
	for i := range m.Hyp.Units {
		if m.Hyp.Units[i].Start == start {
			return len(m.Hits[i]) > 0
		}
	}
	return false
}

// figures doubts a number or a date in whose place the passage has another one, or that stands there for something
// else.
func figures(m *match.Pair, e *Examination) {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Quoted || u.Kind != syntax.Number && u.Kind != syntax.Date {
			continue
		}
		if u.Kind == syntax.Number && counted(u) {
			continue
		}
		if rival := value.Rival(m, i, u.Kind); rival >= 0 {
			e.doubt(SignalRival, claim.CodeNumber, value.Differs(m, claim.CheckNumber, i, rival).Why)
		} else if len(m.Hits[i]) > 0 && (m.Align == nil || m.Align[i] < 0) && !m.Attached(i, m.Hits[i]) {
			e.doubt(SignalApart, claim.CodeNumber,
				lang.Say("the paragraph has “%s”, but of something else", match.Piece(m.Hyp.Of(i))))
		}
	}
}

// nameDoubts doubts a name that the passages do not have, or in whose place they have another one.
func nameDoubts(m *match.Pair, e *Examination, elsewhere func(int) bool) {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Kind != syntax.Name || m.Hyp.Weights[i] == 0 || u.Quoted || polarity.AlignedTo(m, i) || elsewhere(u.Start) {
			continue
		}
		if rival := value.Rival(m, i, syntax.Name); rival >= 0 && m.Near && !verdict.SameName(m, i, rival) {
			e.doubt(SignalOtherName, claim.CodeRoles, value.Differs(m, claim.CheckName, i, rival).Why)
		} else if verdict.OtherName(m, i) >= 0 {
			e.doubt(SignalOtherName, claim.CodeRoles, lang.Say("the paragraph has another name in the place of “%s”",
				match.Piece(m.Hyp.Of(i))))
		} else if j := otherModifier(m, i); j >= 0 {
			e.doubt(SignalOtherName, claim.CodeRoles, lang.Say("the paragraph says “%s”, not “%s”", match.Piece(m.Prem.Of(j)),
				match.Piece(m.Hyp.Of(i))))
		} else if len(m.Hits[i]) == 0 && !m.Excused[i] {
			e.doubt(SignalName, claim.CodeNotInText, lang.Say("“%s” is not in the paragraph", match.Piece(m.Hyp.Of(i))))
		}
	}
}

// listed is how far before a word the first of several names may stand: "Afghan, Indian and Pakistani journalists".
const listed = 5

// otherModifier finds the name that the passage has before a word where the statement has another one before it: "an
// Afghan journalist" for "a Pakistani journalist". -1 for none.
func otherModifier(m *match.Pair, i int) int {
	if i+1 >= len(m.Hyp.Units) || m.Hyp.Units[i+1].Kind != syntax.Plain ||
		m.Hyp.Units[i+1].Clause != m.Hyp.Units[i].Clause {
		return -1
	}
	other := -1
	for _, j := range m.Hits[i+1] {
		if j == 0 || m.Prem.Units[j-1].Sentence != m.Prem.Units[j].Sentence {
			continue
		}
		for k := j - 1; k >= max(0, j-listed); k-- {
			if m.Same(&m.Hyp.Units[i], &m.Prem.Units[k]) {
				return -1
			}
		}
		if m.Prem.Units[j-1].Kind == syntax.Name && m.InWindow(j) {
			other = j - 1
		}
	}
	return other
}

// coverDoubts doubts a statement of whose words too many are in none of the cited passages.
func coverDoubts(m *match.Pair, e *Examination, elsewhere func(int) bool) {
	if i := polarity.Predicate(m); i >= 0 && !elsewhere(m.Hyp.Units[i].Start) {
		e.doubt(SignalPredicate, claim.CodeNotInText,
			lang.Say("the paragraph does not speak of “%s”", match.Piece(m.Hyp.Of(i))))
	}
	total, missing, figures := 0.0, 0.0, false
	for i := range m.Hyp.Units {
		figures = figures || m.Hyp.Units[i].Kind == syntax.Number || m.Hyp.Units[i].Kind == syntax.Date
		if w := m.Hyp.Weights[i]; w > 0 && !m.Excused[i] && m.Hyp.Units[i].Kind != syntax.Number &&
			m.Hyp.Units[i].Kind != syntax.Date {
			total += w
			if len(m.Hits[i]) == 0 && !elsewhere(m.Hyp.Units[i].Start) {
				missing += w
			}
		}
	}
	if total == 0 {
		return
	}
	why := claim.CodeNotInText.Why()
	if f := polarity.Cover(m); f != nil {
		why = f.Why
	}
	if total <= brief && missing/total > uncoveredBrief && !figures { // figures have signals of their own
		e.doubt(SignalBrief, claim.CodeNotInText, why)
	}
	if missing/total > uncovered {
		e.doubt(SignalCover, claim.CodeNotInText, why)
	}
}

// uncovered is the share of a statement's weight that may be said in other words; uncoveredBrief that of a brief one,
// where one word is a good part of what is said.
const (
	uncovered      = 0.7
	brief          = 2.5
	uncoveredBrief = 0.3
)
