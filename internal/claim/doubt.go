package claim

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
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

// signalWeights say how much of a refusal each signal is where nobody reads the sentence: in a sentence of other words than the passage's, and
// in one that is nearly the passage's own. They are measured: README.md of internal/eval/testdata/drafts has the table and the curve.
var signalWeights = map[string]struct{ far, near float64 }{
	SignalPassage: {1, 1}, SignalElsewhere: {0.7, 0.3}, SignalEvidence: {0.5, 0.5}, SignalUnnamed: {0, 0}, SignalForeign: {1, 1},
	SignalAbbreviation: {1, 1}, SignalCount: {0.1, 0.1}, SignalDerived: {1, 0.3}, SignalBound: {0.5, 0.5}, SignalRival: {1, 1},
	SignalApart: {0.3, 0.3}, SignalPairing: {0.5, 0.5}, SignalName: {0.7, 0.7}, SignalOtherName: {1, 1}, SignalSpeaker: {1, 1}, SignalSource: {1, 1},
	SignalDenied: {0.3, 1}, SignalNegation: {1, 1}, SignalOpposite: {0.3, 0.3}, SignalMost: {1, 1}, SignalAmount: {1, 0.3},
	SignalCertainty: {1, 1}, SignalCondition: {0.5, 0.5}, SignalRelation: {1, 1}, SignalCause: {0.5, 0.5}, SignalOrder: {1, 1},
	SignalCover: {0.5, 1}, SignalBrief: {1, 1}, SignalPredicate: {0.7, 0.7},
}

// An alternative is one way to read the passages against a sentence, with what is doubtful about it.
type alternative struct {
	m      *matching
	at     []int
	doubts Examination
	weight float64
}

// doubts compares the words of an English sentence with those of the passages: with each alone and with those of a document together. The
// reading that leaves the fewest doubts counts.
func (g *Given) doubts(e *Examination, w Written, list []held) {
	var all []alternative
	for _, h := range list {
		all = append(all, alternative{m: h.m, at: []int{h.at}})
	}
	for i, h := range list {
		together, at := h, []int{h.at}
		for _, o := range list[i+1:] {
			if o.m.c == h.m.c && len(at) < maxJoined {
				together.m = h.m.s.match(join(together.m.p, o.m.p), h.m.c)
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
		a.doubts.Near = a.m.near
		a.m.doubts(&a.doubts, w, list)
		for _, d := range a.doubts.Doubts {
			a.weight += d.Weight
		}
		e.Score = max(e.Score, a.m.score)
		if best < 0 || a.weight < all[best].weight-1e-9 || a.weight < all[best].weight+1e-9 && a.m.score > all[best].m.score {
			best = i
		}
	}
	e.Near = all[best].m.near
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

// barely and clearly are the shares of a sentence that a passage covers which is cited by mistake, and that another covers which should
// have been.
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
		if h.m.score < clearly || h.m.score <= e.Score {
			continue
		}
		there := Examination{Near: h.m.near}
		h.m.doubts(&there, w, more)
		if there.Doubtful() {
			continue
		}
		e.Doubts = there.Doubts
		e.doubt(SignalPassage, CodeWrongPassage, lang.Say("another paragraph says it than the one that it cites"))
		e.Cites, e.Score = []int{h.at}, h.m.score
		e.Nearest, e.Nearby = g.passages[h.at].Ref, h.m.mainFirst()
		e.Spans = []Evidence{{h.at, e.Nearby, false}}
		return
	}
}

// doubts notes what is doubtful about the statement in this reading. list is all that is cited: what one passage leaves open another may
// have.
func (m *matching) doubts(e *Examination, w Written, list []held) {
	elsewhere := func(start int) bool { // the word stands in another of the cited passages
		return slices.ContainsFunc(list, func(h held) bool { return h.m != m && h.m.hitAt(start) })
	}
	m.figures(e)
	m.pairingDoubt(e, list)
	m.nameDoubts(e, elsewhere)
	m.speakerDoubts(e, list)
	m.sourceDoubt(e, w)
	if f := m.negations(); f != nil {
		e.doubt(SignalDenied, CodeNegation, f.why)
	}
	if f := m.negatedGaps(); f != nil {
		e.doubt(SignalNegation, CodeNegation, f.why)
	}
	if f := m.oppositeWords(); f != nil {
		e.doubt(SignalOpposite, CodeNegation, f.why)
	}
	for i := range m.s.units {
		if u := &m.s.units[i]; u.op == amount && !u.quoted && !m.alignedTo(i) {
			if j := m.lesser(i, quantifiers[u.folded]); j >= 0 {
				e.doubt(SignalMost, CodeStronger, lang.Say("the paragraph says “%s”, not “%s”", piece(m.p.of(j)), piece(m.s.of(i))))
			}
		}
	}
	if f := cmp.Or(m.amounts(), m.limited()); f != nil {
		e.doubt(SignalAmount, CodeStronger, f.why)
	}
	m.certaintyDoubt(e)
	if f := m.relations(); f != nil {
		e.doubt(SignalRelation, CodeRoles, f.why)
	}
	m.causeDoubt(e)
	m.orderDoubt(e)
	m.coverDoubts(e, elsewhere)
}

// hitAt tells whether the passage has the unit that stands at a place of the statement.
func (m *matching) hitAt(start int) bool {
	for i := range m.s.units {
		if m.s.units[i].Start == start {
			return len(m.hits[i]) > 0
		}
	}
	return false
}

// figures doubts a number or a date in whose place the passage has another one, or that stands there for something else.
func (m *matching) figures(e *Examination) {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.quoted || u.kind != number && u.kind != date {
			continue
		}
		if u.kind == number && counted(u) {
			continue
		}
		if rival := m.rival(i, u.kind); rival >= 0 {
			e.doubt(SignalRival, CodeNumber, m.differs(CheckNumber, i, rival).why)
		} else if len(m.hits[i]) > 0 && (m.align == nil || m.align[i] < 0) && !m.attached(i, m.hits[i]) {
			e.doubt(SignalApart, CodeNumber, lang.Say("the paragraph has “%s”, but of something else", piece(m.s.of(i))))
		}
	}
}

// nameDoubts doubts a name that the passages do not have, or in whose place they have another one.
func (m *matching) nameDoubts(e *Examination, elsewhere func(int) bool) {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.kind != name || m.s.weights[i] == 0 || u.quoted || m.alignedTo(i) || elsewhere(u.Start) {
			continue
		}
		if rival := m.rival(i, name); rival >= 0 && m.near && !m.sameName(i, rival) {
			e.doubt(SignalOtherName, CodeRoles, m.differs(CheckName, i, rival).why)
		} else if m.otherName(i) >= 0 {
			e.doubt(SignalOtherName, CodeRoles, lang.Say("the paragraph has another name in the place of “%s”", piece(m.s.of(i))))
		} else if j := m.otherModifier(i); j >= 0 {
			e.doubt(SignalOtherName, CodeRoles, lang.Say("the paragraph says “%s”, not “%s”", piece(m.p.of(j)), piece(m.s.of(i))))
		} else if len(m.hits[i]) == 0 && !m.excused[i] {
			e.doubt(SignalName, CodeNotInText, lang.Say("“%s” is not in the paragraph", piece(m.s.of(i))))
		}
	}
}

// listed is how far before a word the first of several names may stand: "Afghan, Indian and Pakistani journalists".
const listed = 5

// otherModifier finds the name that the passage has before a word where the statement has another one before it: "an Afghan journalist" for
// "a Pakistani journalist". -1 for none.
func (m *matching) otherModifier(i int) int {
	if i+1 >= len(m.s.units) || m.s.units[i+1].kind != plain || m.s.units[i+1].clause != m.s.units[i].clause {
		return -1
	}
	other := -1
	for _, j := range m.hits[i+1] {
		if j == 0 || m.p.units[j-1].sentence != m.p.units[j].sentence {
			continue
		}
		for k := j - 1; k >= max(0, j-listed); k-- {
			if m.same(&m.s.units[i], &m.p.units[k]) {
				return -1
			}
		}
		if m.p.units[j-1].kind == name && m.inWindow(j) {
			other = j - 1
		}
	}
	return other
}

// place is a sentence of a passage.
type place struct {
	m  *matching
	at int
}

// bearing finds the sentence, over all cited passages, that has most of the statement's units [from, to). share is how much of their
// weight it has.
func bearing(list []held, from, to article.Span) (best place, share float64) {
	best.at = -1
	for _, h := range list {
		m := h.m
		sums := make([]float64, len(m.p.sentences))
		total := 0.0
		for i := range m.s.units {
			u := &m.s.units[i]
			if u.Start < from.Start || u.End > to.End || m.s.weights[i] == 0 {
				continue
			}
			total += m.s.weights[i]
			last := -1
			for _, j := range m.hits[i] {
				if k := m.p.units[j].sentence; k != last {
					sums[k] += m.s.weights[i]
					last = k
				}
			}
		}
		for k, sum := range sums {
			if total > 0 && sum/total > share+1e-9 {
				best, share = place{m, k}, sum/total
			}
		}
	}
	return best, share
}

// bears is the share of what somebody is said to say that makes a sentence the one that says it.
const bears = 0.4

// speakerDoubts holds who says something in the statement against who says it in the passages, and doubts a statement that nobody says
// where the passages have it as somebody's.
func (m *matching) speakerDoubts(e *Examination, list []held) {
	for k := range m.s.frames {
		f := &m.s.frames[k]
		if f.impersonal || f.c1 <= f.c0 {
			continue
		}
		if len(f.names) == 0 {
			m.roleDoubt(e, f, list)
			continue
		}
		last := f.c1 // "…, said A, whereas B said …": what A says ends where B comes in
		if k+1 < len(m.s.frames) && !f.trailing && m.s.frames[k+1].from > f.c0 {
			last = min(last, m.s.frames[k+1].from)
		}
		where, share := bearing(list, m.s.units[f.c0].Span, m.s.units[last-1].Span)
		if where.at < 0 || share < bears {
			continue
		}
		known, framed := where.m.speakersOf(where.at), false
		agree := slices.ContainsFunc(known, func(s string) bool { return m.speaks(f, s) })
		for g := range where.m.p.frames {
			h := &where.m.p.frames[g]
			if h.sentence != where.at || h.names == nil {
				continue
			}
			framed = true
			for b := h.from; b < h.to; b++ {
				for _, a := range f.names {
					agree = agree || where.m.p.units[b].kind != light && m.same(&m.s.units[a], &where.m.p.units[b])
				}
			}
		}
		if agree || !framed && len(known) == 0 {
			continue
		}
		if who := where.m.said(where.at); who != "" {
			e.doubt(SignalSpeaker, CodeRoles, lang.Say("the paragraph gives this to %s, not to %s", who, m.s.of(f.names[0])))
		}
	}
}

// roleDoubt doubts a quotation that is given to somebody by a role ("the insurer said") which the document never gives to whom it names as its
// speaker.
func (m *matching) roleDoubt(e *Examination, f *frame, list []held) {
	var role []string
	for k := f.from; k < f.to; k++ {
		u := &m.s.units[k]
		if pronouns[u.folded] || humanPlurals[u.folded] || nameless[u.folded] {
			return
		}
		if u.kind == plain && u.op == none {
			role = append(role, u.key)
		}
	}
	for _, mark := range m.s.marks {
		for _, h := range list {
			hay := haystack{stored: h.m.p.text}
			at, ok := hay.find(mark.Of(m.s.text))
			if !ok || len(role) == 0 {
				continue
			}
			for _, s := range h.m.c.speeches[h.m.p.ref] {
				if s.named && s.span.Start <= at[0].Start && at[0].End <= s.span.End && !h.m.c.called(s.speaker, role) {
					e.doubt(SignalSpeaker, CodeRoles, lang.Say("the paragraph gives this to %s, not to %s", s.speaker, m.s.text[m.s.units[f.from].Start:m.s.units[f.to-1].End]))
				}
			}
		}
	}
}

// called tells whether a sentence of the document has both the last part of a name and one of the words.
func (c *Context) called(name string, role []string) bool {
	parts := words.Stems(name)
	if len(parts) == 0 {
		return true
	}
	for i := range c.passages {
		if !strings.Contains(c.passages[i].Text, name[strings.LastIndex(name, " ")+1:]) {
			continue
		}
		r := c.paragraph(i)
		for k := range r.sentences {
			units := r.sentenceOf(k)
			named := slices.ContainsFunc(units, func(u unit) bool {
				return u.key == parts[len(parts)-1] || u.entity > 0 && c.entities[u.entity-1].parts[parts[len(parts)-1]]
			})
			if named && slices.ContainsFunc(units, func(u unit) bool { return slices.Contains(role, u.key) }) {
				return true
			}
		}
	}
	return false
}

// nameless are who says something without a name, beside those of humanPlurals.
var nameless = set(`expert analyst official source spokesman spokeswoman spokesperson witness report statement study survey article text author`)

// attitudes are stems of verbs by which a statement shows itself to be of what somebody thinks or wants.
var attitudes = stems(`want reject call find see regard deny oppose support welcome criticize condemn praise blame insist point agree disagree
doubt prefer refuse apologize protest object stand`)

// sourceDoubt doubts a statement that nobody says where the passage has it as somebody's. The sentence before may have said whose it is.
func (m *matching) sourceDoubt(e *Examination, w Written) {
	if len(m.s.frames) > 0 {
		return
	}
	who, f := m.attribution()
	if who == "" && f == nil {
		return
	}
	at := m.main()
	known := map[string]bool{}
	note := func(text string) {
		for _, s := range words.Stems(text) {
			known[s] = true
		}
	}
	for _, s := range m.speakersOf(at) {
		note(s)
	}
	for g := range m.p.frames {
		if h := &m.p.frames[g]; h.sentence == at {
			note(m.p.speaker(h))
		}
	}
	for _, t := range words.Tokenize(m.s.text) {
		if known[t.Stem] || humanPlurals[t.Text] || nameless[t.Text] || sayingStems[t.Stem] || attitudes[t.Stem] {
			return
		}
	}
	goesOn := len(m.s.units) > 0 && pronouns[m.s.units[0].folded]
	for _, t := range words.Tokenize(w.Before) {
		if known[t.Stem] || goesOn && (humanPlurals[t.Text] || nameless[t.Text]) {
			return
		}
	}
	e.doubt(SignalSource, CodeSourceMissing, CodeSourceMissing.Why())
}

// cautious are the words that keep a statement from saying too much, whatever the passage hedges it with.
var cautious = set(`may might could can likely unlikely possibly possible perhaps probably probable potentially potential expected reportedly provided
reported allegedly alleged apparently seem seems seemed appear appears appeared suspected if unless whether believed believe believes estimated
risk chance plan plans planned planning intend intends intended doubt doubts doubted uncertain unclear would considered considering thought`)

// guesses hedge in a passage, beside the operators.
var guesses = set("likely unlikely probable probably can")

// hedgingAdjectives hedge the noun behind them alone.
var hedgingAdjectives = set("suspected alleged possible potential apparent likely purported supposed planned proposed")

// certaintyDoubt doubts a statement without a hedge that takes most of what the passage's nearest sentence hedges.
func (m *matching) certaintyDoubt(e *Examination) {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.quoted || u.kind == name || u.kind == date {
			continue
		}
		if cautious[u.folded] || hedgeStems[u.key] && len(m.hits[i]) == 0 { // "in the hope of", where the passage has an aim
			return
		}
	}
	at := m.main()
	if at < 0 {
		return
	}
	taken := map[int]bool{}
	for i, hits := range m.hits {
		if m.s.weights[i] > 0 {
			for _, j := range hits {
				taken[j] = true
			}
		}
	}
	units, base := m.p.sentenceOf(at), m.p.from[at]
	for k := range units {
		u := &units[k]
		if u.quoted && len(m.s.marks) > 0 || u.op != hedge && !guesses[u.folded] || u.kind == name || u.kind == date || len(m.s.index[u.key]) > 0 {
			continue
		}
		if k+1 < len(units) && units[k+1].folded == "not" && u.folded == "could" {
			continue // an ability
		}
		if u.folded == "can" && (k+1 >= len(units) || units[k+1].folded != "be") || u.folded == "would" {
			continue // an ability; what was said of the future
		}
		mine, all, reached := 0.0, 0.0, 0
		for l := k + 1; l < len(units) && units[l].clause == u.clause && (!hedgingAdjectives[u.folded] || reached < scopeWords); l++ {
			if w := weight(&units[l]); w > 0 {
				reached++
				all += w
				if taken[base+l] {
					mine += w
				}
			}
		}
		if all > 0 && mine >= hedgedShare*all {
			signal := SignalCertainty
			if conditions[u.folded] {
				signal = SignalCondition
			}
			e.doubt(signal, CodeStronger, lang.Say("the paragraph says no more than “%s”", piece(m.p.around(base+k))))
			return
		}
	}
}

// conditions make what they stand before a case, not a guess. A statement may give one in other words.
var conditions = set("if unless whether")

// hedgedShare is how much of what is hedged a statement must take to be about it.
const hedgedShare = 0.5

var (
	// causes give a reason in a statement.
	causes = set(`because therefore thus hence consequently thereby caused causing causes led leads leading resulted resulting results prompted
prompting due owing`)
	// reasons may give one in a passage.
	reasons = set(`because since as due owing caused causing causes cause led leads leading lead resulted resulting results result prompted prompting
prompt reason reasons why so thus therefore hence after when thanks given explain explains explained blame blames blamed attribute attributes
attributed allow allows allowed allowing enable enables enabled enabling force forces forced forcing make makes made making drive drives drove
driven driving root source trigger triggers triggered follow follows followed following amid with for by unless contribute contributes
contributed bring brings brought mean means meant responsible`)
)

// causeDoubt doubts a cause where the passage names none.
func (m *matching) causeDoubt(e *Examination) {
	for i := range m.s.units {
		u := &m.s.units[i]
		if !causes[u.folded] || u.quoted || m.alignedTo(i) {
			continue
		}
		for k := m.first; k <= m.last && k < len(m.p.sentences); k++ {
			for _, v := range m.p.sentenceOf(k) {
				if reasons[v.folded] {
					return
				}
			}
		}
		e.doubt(SignalCause, CodeCauseAdded, CodeCauseAdded.Why())
		return
	}
}

// orderWords tell which of two things came first.
var orderWords = map[string]int{"after": 1, "since": 1, "following": 1, "once": 1, "before": -1, "until": -1, "till": -1, "prior": -1, "ahead": -1}

// orderDoubt doubts a "before" where the passage has only an "after", or the other way round.
func (m *matching) orderDoubt(e *Examination) {
	for i := range m.s.units {
		mine := orderWords[m.s.units[i].folded]
		if mine == 0 || m.s.units[i].quoted || m.alignedTo(i) {
			continue
		}
		same, other := false, false
		for k := m.first; k <= m.last && k < len(m.p.sentences); k++ {
			for _, v := range m.p.sentenceOf(k) {
				same = same || orderWords[v.folded] == mine
				other = other || orderWords[v.folded] == -mine
			}
		}
		if other && !same {
			e.doubt(SignalOrder, CodeNotInText, lang.Say("the paragraph does not say “%s”", piece(m.s.of(i))))
			return
		}
	}
}

// coverDoubts doubts a statement of whose words too many are in none of the cited passages.
func (m *matching) coverDoubts(e *Examination, elsewhere func(int) bool) {
	if i := m.predicate(); i >= 0 && !elsewhere(m.s.units[i].Start) {
		e.doubt(SignalPredicate, CodeNotInText, lang.Say("the paragraph does not speak of “%s”", piece(m.s.of(i))))
	}
	total, missing, figures := 0.0, 0.0, false
	for i := range m.s.units {
		figures = figures || m.s.units[i].kind == number || m.s.units[i].kind == date
		if w := m.s.weights[i]; w > 0 && !m.excused[i] && m.s.units[i].kind != number && m.s.units[i].kind != date {
			total += w
			if len(m.hits[i]) == 0 && !elsewhere(m.s.units[i].Start) {
				missing += w
			}
		}
	}
	if total == 0 {
		return
	}
	why := CodeNotInText.Why()
	if f := m.cover(); f != nil {
		why = f.why
	}
	if total <= brief && missing/total > uncoveredBrief && !figures { // figures have signals of their own
		e.doubt(SignalBrief, CodeNotInText, why)
	}
	if missing/total > uncovered {
		e.doubt(SignalCover, CodeNotInText, why)
	}
}

// uncovered is the share of a statement's weight that may be said in other words; uncoveredBrief that of a brief one, where one word is a good
// part of what is said.
const (
	uncovered      = 0.7
	brief          = 2.5
	uncoveredBrief = 0.3
)
