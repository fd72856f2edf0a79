// Package attribution holds who says what in a hypothesis against who says it in a premise, and quotations against the
// text.
package attribution

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// framesHeld calls held for each frame of the statement with the main sentence of the passage, until one fails.
func framesHeld(m *match.Pair, held func(f *syntax.Frame, at int) *match.Failure) *match.Failure {
	at := m.Main()
	if at < 0 {
		return nil
	}
	for k := range m.Hyp.Frames {
		if f := &m.Hyp.Frames[k]; !f.Impersonal {
			if failed := held(f, at); failed != nil {
				return failed
			}
		}
	}
	return nil
}

// Pretenders refuses a speaker who cannot be whom the twin calls "he".
func Pretenders(m *match.Pair) *match.Failure {
	return framesHeld(m, func(f *syntax.Frame, at int) *match.Failure {
		if g := aligned(m, f); g != nil {
			if i := pretender(m, f, g); i >= 0 {
				return otherSpeaker(m, at, i)
			}
		}
		return nil
	})
}

// Strangers refuses a word for the speaker in whose place the twin has another one.
func Strangers(m *match.Pair) *match.Failure {
	return framesHeld(m, func(f *syntax.Frame, at int) *match.Failure {
		if g := aligned(m, f); g != nil {
			if i := stranger(m, f, g); i >= 0 {
				return otherSpeaker(m, at, i)
			}
		}
		return nil
	})
}

// OtherSpeakers requires that the passage gives a statement to whom the sentence gives it by name.
func OtherSpeakers(m *match.Pair) *match.Failure {
	return framesHeld(m, func(f *syntax.Frame, at int) *match.Failure {
		if len(f.Names) == 0 {
			return nil
		}
		known := mention.SpeakersOf(m, at)
		if slices.ContainsFunc(known, func(s string) bool { return entail.Speaks(m, f, s) }) {
			return nil
		}
		framed, agree := framedBy(m, f, at)
		switch {
		case agree:
		case framed || len(known) > 0:
			return otherSpeaker(m, at, f.Names[0])
		case goesOn(m, f, at):
		case !slices.ContainsFunc(f.Names, func(a int) bool { return m.InSentence(a, at) }):
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckSpeaker,
				Why: lang.Say("the paragraph does not say that %s said so", m.Hyp.Of(f.Names[0]))}
		}
		return nil
	})
}

// goesOn reports whether a sentence of the passage is about whoever spoke in the one before, and the frame names
// them: "…, said Moe. He expects rain."
func goesOn(m *match.Pair, f *syntax.Frame, at int) bool {
	if at == 0 || !IsPronoun(m.Prem.Units[m.Prem.From[at]].Folded) {
		return false
	}
	speakers := mention.SpeakersOf(m, at-1)
	return len(speakers) == 1 && entail.Speaks(m, f, speakers[0])
}

// framedBy reports whether somebody says something in a sentence of the passage, and whether it is the frame's speaker.
func framedBy(m *match.Pair, f *syntax.Frame, at int) (framed, agree bool) {
	for g := range m.Prem.Frames {
		h := &m.Prem.Frames[g]
		if h.Sentence != at {
			continue
		}
		for b := h.From; b < h.To; b++ {
			if m.Prem.Units[b].Kind == syntax.Light {
				continue
			}
			framed = true
			for _, a := range f.Names {
				agree = agree || m.Same(&m.Hyp.Units[a], &m.Prem.Units[b])
			}
		}
	}
	return framed, agree
}

// aligned finds the frame of the twin whose verb is aligned with that of the statement's.
func aligned(m *match.Pair, f *syntax.Frame) *syntax.Frame {
	if !m.Near || m.Align[f.Verb] < 0 {
		return nil
	}
	for g := range m.Prem.Frames {
		if m.Prem.Frames[g].Verb == m.Align[f.Verb] {
			return &m.Prem.Frames[g]
		}
	}
	return nil
}

// stranger finds a word for the speaker that the passage's sentence does not have, in whose place it has another; -1
// for none.
func stranger(m *match.Pair, f, g *syntax.Frame) int {
	at := g.Sentence
	free := false
	for j := g.From; j < g.To; j++ {
		if m.Prem.Units[j].Kind != syntax.Light && !slices.Contains(m.Align, j) {
			free = true
		}
		if syntax.Pronouns[m.Prem.Units[j].Folded] {
			return -1 // whom it stands for is another question
		}
	}
	if !free {
		return -1
	}
	for i := f.From; i < f.To; i++ {
		u := &m.Hyp.Units[i]
		if u.Kind == syntax.Light || m.InSentence(i, at) || syntax.Titles[u.Folded] {
			continue
		}
		if slices.ContainsFunc(mention.SpeakersOf(m, at), func(s string) bool {
			return slices.Contains(words.Stems(s),
				words.Stem(u.Folded))
		}) {
			continue
		}
		return i
	}
	return -1
}

// pretender finds a name that cannot be whom the twin calls "he": one that the document does not have, or not of a
// human being. -1 for none.
func pretender(m *match.Pair, f, g *syntax.Frame) int {
	he := false
	for j := g.From; j < g.To; j++ {
		w := m.Prem.Units[j].Folded
		he = he || w == "he" || w == "she"
	}
	if !he || m.Doc.Lone ||
		slices.ContainsFunc(mention.SpeakersOf(m, g.Sentence), func(s string) bool { return entail.Speaks(m, f, s) }) {
		return -1
	}
	for _, k := range f.Names {
		u := &m.Hyp.Units[k]
		if m.Align[k] >= 0 {
			continue
		}
		human := m.Doc.Persons[words.Stem(u.Folded)]
		if u.Entity > 0 {
			for part := range m.Doc.Entities[u.Entity-1].Parts {
				human = human || m.Doc.Persons[part]
			}
		}
		if !human {
			return k
		}
	}
	return -1
}

func otherSpeaker(m *match.Pair, at, i int) *match.Failure {
	who := Said(m, at)
	if who == "" {
		return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckSpeaker, Why: lang.Say(
			"the paragraph gives this to somebody else, not to %s", m.Hyp.Of(i))}
	}
	return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckSpeaker,
		Why: lang.Say("the paragraph gives this to %s, not to %s", who, m.Hyp.Of(i))}
}

// Said names who speaks in a sentence of the passage, "" where it does not say.
func Said(m *match.Pair, sentence int) string {
	for g := range m.Prem.Frames {
		if h := &m.Prem.Frames[g]; h.Sentence == sentence {
			if who := Speaker(m.Prem, h); who != "" {
				return who
			}
		}
	}
	if list := mention.SpeakersOf(m, sentence); len(list) > 0 {
		return list[0]
	}
	return ""
}

// Speaker prints who speaks in a frame as the text does; "" for a pronoun.
func Speaker(r *syntax.Analysis, f *syntax.Frame) string {
	if len(f.Names) > 0 {
		from, to := f.Names[0], f.Names[0]+1
		for to < f.To && r.Units[to].Kind == syntax.Name && !r.Units[to].NameStart {
			to++
		}
		return r.Text[r.Units[from].Start:r.Units[to-1].End]
	}
	from, to := f.From, f.To
	for from < to && !syntax.Determiners[r.Units[from].Folded] && r.Units[from].Kind == syntax.Light {
		from++
	}
	for to > from && r.Units[to-1].Kind == syntax.Light {
		to--
	}
	if from >= to || syntax.Pronouns[r.Units[to-1].Folded] {
		return ""
	}
	return polarity.LowerFirst(r.Text[r.Units[from].Start:r.Units[to-1].End])
}
