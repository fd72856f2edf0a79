package claim

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// place is a sentence of a passage.
type place struct {
	m  *matching
	at int
}

// bearing finds the sentence, over all cited passages, that has most of the statement's units [from, to). share is how
// much of their weight it has.
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

// speakerDoubts holds who says something in the statement against who says it in the passages, and doubts a statement
// that nobody says where the passages have it as somebody's.
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
		if m.spokenBy(f, where.m, where.at) {
			continue
		}
		if who := where.m.said(where.at); who != "" {
			e.doubt(SignalSpeaker, CodeRoles, lang.Say("the paragraph gives this to %s, not to %s", who, m.s.of(f.names[0])))
		}
	}
}

// spokenBy reports whether a sentence of a passage is said by the statement's speaker, or by nobody.
func (m *matching) spokenBy(f *frame, there *matching, at int) bool {
	known, framed := there.speakersOf(at), false
	if slices.ContainsFunc(known, func(s string) bool { return m.speaks(f, s) }) {
		return true
	}
	for g := range there.p.frames {
		h := &there.p.frames[g]
		if h.sentence != at || h.names == nil {
			continue
		}
		framed = true
		for b := h.from; b < h.to; b++ {
			if there.p.units[b].kind != light &&
				slices.ContainsFunc(f.names, func(a int) bool { return m.same(&m.s.units[a], &there.p.units[b]) }) {
				return true
			}
		}
	}
	return !framed && len(known) == 0
}

// roleDoubt doubts a quotation that is given to somebody by a role ("the insurer said") which the document never gives
// to whom it names as its speaker.
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
					given := m.s.text[m.s.units[f.from].Start:m.s.units[f.to-1].End]
					e.doubt(SignalSpeaker, CodeRoles, lang.Say("the paragraph gives this to %s, not to %s", s.speaker, given))
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
var nameless = lexicon.Set(`expert analyst official source spokesman spokeswoman spokesperson witness report statement study
survey article text author`)

// attitudes are stems of verbs by which a statement shows itself to be of what somebody thinks or wants.
var attitudes = stems(`want reject call find see regard deny oppose support welcome criticize condemn praise blame
insist point agree disagree doubt prefer refuse apologize protest object stand`)

// sourceDoubt doubts a statement that nobody says where the passage has it as somebody's. The sentence before may have
// said whose it is.
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
