package match

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/words"
)

// ShortForm reports whether one given name is short for another: Tim for Timothy.
func ShortForm(short, long string) bool {
	return len(short) >= 3 && len(long) > len(short)+1 && strings.HasPrefix(long, short)
}

// Run finds the run of name units around one.
func Run(r *syntax.Analysis, i int) (from, to int) {
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
	u := &m.Hyp.Units[i]
	from, to := Run(m.Hyp.Analysis, i)
	// A part of a longer name whose other part is there: "Sami Yousafzai" where the passage has "Yousafzai", if the
	// document joins them.
	if to-from > 1 {
		for k := from; k < to; k++ {
			if k != i && len(m.Hits[k]) > 0 && (m.Doc.Lone || m.Doc.Together(u.Key, m.Hyp.Units[k].Key)) {
				return true
			}
		}
	}
	if m.Doc.Title[u.Key] || m.Doc.TitleHas(u) {
		return true // but see TitleSubject
	}
	if m.Doc.Lone && m.ofNamed(from) {
		return true
	}
	if m.Doc.Lone {
		return m.mayBeHe(from) && (m.Prem.Pronoun || leansBack(m.Prem))
	}
	at, ok := m.Doc.Position[m.Prem.Ref]
	if !ok || !m.Prem.Pronoun && !leansBack(m.Prem) {
		return false
	}
	for p := max(0, at-nearParagraphs); p < at; p++ {
		if m.Doc.Names(p, u.Key) {
			return true
		}
	}
	return false
}

// ofNamed reports whether a name at i stands behind "of" and another one that the passage prints: "Olaf II of Tarn"
// where it speaks of Olaf.
func (m *Pair) ofNamed(i int) bool {
	if i < 2 || m.Hyp.Units[i-1].Folded != "of" || m.Hyp.Units[i-2].Kind != syntax.Name {
		return false
	}
	from, to := Run(m.Hyp.Analysis, i-2)
	return slices.ContainsFunc(m.Hits[from:to], func(h []int) bool { return len(h) > 0 })
}

// mayBeHe reports whether a name that begins at from may be what "he" is in a passage on its own, of which nothing more
// is known: the first of the statement.
func (m *Pair) mayBeHe(from int) bool {
	first := slices.IndexFunc(m.Hyp.Units, func(u syntax.Unit) bool { return u.Kind == syntax.Name })
	if from == first || first < 0 {
		return from == first
	}
	_, to := Run(m.Hyp.Analysis, first)
	return to < len(m.Hyp.Units) && m.Hyp.Units[to].Folded == "of" && from == to+1 // "Henry II of France" is one name
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
