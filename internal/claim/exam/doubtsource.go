package exam

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// place is a sentence of a passage.
type place struct {
	m  *match.Pair
	at int
}

// bearing finds the sentence, over all cited passages, that has most of the statement's units [from, to). share is how
// much of their weight it has.
func bearing(list []held, from, to article.Span) (best place, share float64) {
	best.at = -1
	for _, h := range list {
		m := h.m
		sums := make([]float64, len(m.Prem.Sentences))
		total := 0.0
		for i := range m.Hyp.Units {
			u := &m.Hyp.Units[i]
			if u.Start < from.Start || u.End > to.End || m.Hyp.Weights[i] == 0 {
				continue
			}
			total += m.Hyp.Weights[i]
			last := -1
			for _, j := range m.Hits[i] {
				if k := m.Prem.Units[j].Sentence; k != last {
					sums[k] += m.Hyp.Weights[i]
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

// speakerDoubts holds who says something in the statement against who says it in the passages, and doubts a statement
// that nobody says where the passages have it as somebody's.
func speakerDoubts(m *match.Pair, e *Examination, list []held) {
	for k := range m.Hyp.Frames {
		f := &m.Hyp.Frames[k]
		if f.Impersonal || f.C1 <= f.C0 {
			continue
		}
		if len(f.Names) == 0 {
			roleDoubt(m, e, f, list)
			continue
		}
		last := f.C1 // "…, said A, whereas B said …": what A says ends where B comes in
		if k+1 < len(m.Hyp.Frames) && !f.Trailing && m.Hyp.Frames[k+1].From > f.C0 {
			last = min(last, m.Hyp.Frames[k+1].From)
		}
		where, share := bearing(list, m.Hyp.Units[f.C0].Span, m.Hyp.Units[last-1].Span)
		if where.at < 0 || share < bears {
			continue
		}
		if spokenBy(m, f, where.m, where.at) {
			continue
		}
		if who := attribution.Said(where.m, where.at); who != "" {
			e.doubt(SignalSpeaker, claim.CodeRoles,
				lang.Say("the paragraph gives this to %s, not to %s", who, m.Hyp.Of(f.Names[0])))
		}
	}
}

// spokenBy reports whether a sentence of a passage is said by the statement's speaker, or by nobody.
func spokenBy(m *match.Pair, f *syntax.Frame, there *match.Pair, at int) bool {
	known, framed := mention.SpeakersOf(there, at), false
	if slices.ContainsFunc(known, func(s string) bool { return entail.Speaks(m, f, s) }) {
		return true
	}
	for g := range there.Prem.Frames {
		h := &there.Prem.Frames[g]
		if h.Sentence != at || h.Names == nil {
			continue
		}
		framed = true
		for b := h.From; b < h.To; b++ {
			if there.Prem.Units[b].Kind != syntax.Light &&
				slices.ContainsFunc(f.Names, func(a int) bool { return m.Same(&m.Hyp.Units[a], &there.Prem.Units[b]) }) {
				return true
			}
		}
	}
	return !framed && len(known) == 0
}

// roleDoubt doubts a quotation that is given to somebody by a role ("the insurer said") which the document never gives
// to whom it names as its speaker.
func roleDoubt(m *match.Pair, e *Examination, f *syntax.Frame, list []held) {
	var role []string
	for k := f.From; k < f.To; k++ {
		u := &m.Hyp.Units[k]
		if syntax.Pronouns[u.Folded] || syntax.HumanPlurals[u.Folded] || nameless[u.Folded] {
			return
		}
		if u.Kind == syntax.Plain && u.Op == syntax.None {
			role = append(role, u.Key)
		}
	}
	for _, mark := range m.Hyp.Marks {
		for _, h := range list {
			hay := attribution.Haystack{Stored: h.m.Prem.Text}
			at, ok := hay.Find(mark.Of(m.Hyp.Text))
			if !ok || len(role) == 0 {
				continue
			}
			for _, s := range h.m.Doc.Speeches[h.m.Prem.Ref] {
				if s.Named && s.Span.Start <= at[0].Start && at[0].End <= s.Span.End && !called(h.m.Doc, s.Speaker, role) {
					given := m.Hyp.Text[m.Hyp.Units[f.From].Start:m.Hyp.Units[f.To-1].End]
					e.doubt(SignalSpeaker, claim.CodeRoles, lang.Say("the paragraph gives this to %s, not to %s", s.Speaker, given))
				}
			}
		}
	}
}

// called tells whether a sentence of the document has both the last part of a name and one of the words.
func called(c *premise.Context, name string, role []string) bool {
	parts := words.Stems(name)
	if len(parts) == 0 {
		return true
	}
	for i := range c.Passages {
		if !strings.Contains(c.Passages[i].Text, name[strings.LastIndex(name, " ")+1:]) {
			continue
		}
		r := c.Paragraph(i)
		for k := range r.Sentences {
			units := r.SentenceOf(k)
			named := slices.ContainsFunc(units, func(u syntax.Unit) bool {
				return u.Key == parts[len(parts)-1] || u.Entity > 0 && c.Entities[u.Entity-1].Parts[parts[len(parts)-1]]
			})
			if named && slices.ContainsFunc(units, func(u syntax.Unit) bool { return slices.Contains(role, u.Key) }) {
				return true
			}
		}
	}
	return false
}

// nameless are who says something without a name, beside those of HumanPlurals.
var nameless = lexicon.Set(`expert analyst official source spokesman spokeswoman spokesperson witness report statement
	study
survey article text author`)

// attitudes are stems of verbs by which a statement shows itself to be of what somebody thinks or wants.
var attitudes = syntax.Stems(`want reject call find see regard deny oppose support welcome criticize condemn praise
	blame
insist point agree disagree doubt prefer refuse apologize protest object stand`)

// sourceDoubt doubts a statement that nobody says where the passage has it as somebody's. The sentence before may have
// said whose it is.
func sourceDoubt(m *match.Pair, e *Examination, w Written) {
	if len(m.Hyp.Frames) > 0 {
		return
	}
	who, f := attribution.Attribution(m)
	if who == "" && f == nil {
		return
	}
	at := m.Main()
	known := map[string]bool{}
	note := func(text string) {
		for _, s := range words.Stems(text) {
			known[s] = true
		}
	}
	for _, s := range mention.SpeakersOf(m, at) {
		note(s)
	}
	for g := range m.Prem.Frames {
		if h := &m.Prem.Frames[g]; h.Sentence == at {
			note(attribution.Speaker(m.Prem, h))
		}
	}
	for _, t := range words.Tokenize(m.Hyp.Text) {
		if known[t.Stem] || syntax.HumanPlurals[t.Text] || nameless[t.Text] || syntax.SayingStems[t.Stem] ||
			attitudes[t.Stem] {
			return
		}
	}
	goesOn := len(m.Hyp.Units) > 0 && syntax.Pronouns[m.Hyp.Units[0].Folded]
	for _, t := range words.Tokenize(w.Before) {
		if known[t.Stem] || goesOn && (syntax.HumanPlurals[t.Text] || nameless[t.Text]) {
			return
		}
	}
	e.doubt(SignalSource, claim.CodeSourceMissing, claim.CodeSourceMissing.Why())
}
