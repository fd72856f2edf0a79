package check

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// speaks reports whether the frame of the statement names the speaker.
func (m *Pair) speaks(f *syntax.Frame, speaker string) bool {
	list := words.Stems(speaker)
	for _, k := range f.Names {
		u := &m.s.Units[k]
		if u.Entity > 0 {
			e := m.c.Entities[u.Entity-1]
			if e.Label == speaker || slices.ContainsFunc(list, func(s string) bool { return e.Parts[s] && m.c.OnlyName[s] }) {
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

// main is the sentence of the passage that the statement rests on most; -1 for none.
func (m *Pair) main() int {
	if m.twin >= 0 && m.near {
		return m.twin
	}
	best, at := 0.0, -1
	for k := m.first; k <= m.last && k < len(m.p.Sentences); k++ {
		sum := 0.0
		for i, hits := range m.hits {
			if slices.ContainsFunc(hits, func(j int) bool { return m.p.Units[j].Sentence == k }) {
				sum += m.s.weights[i]
			}
		}
		if sum > best {
			best, at = sum, k
		}
	}
	return at
}

// speakersOf lists who speaks in a sentence of the passage, as the document resolves it.
func (m *Pair) speakersOf(sentence int) []string {
	const most = 16 // no sentence has so many
	span := m.p.Sentences[sentence]
	var list []string
	for _, s := range m.c.Speeches[m.p.Ref] {
		if len(list) == most {
			break
		}
		if s.Named && s.Span.Start < span.End && span.Start < s.Span.End && !slices.Contains(list, s.Speaker) {
			list = append(list, s.Speaker)
		}
	}
	return list
}

// framesHeld calls held for each frame of the statement with the main sentence of the passage, until one fails.
func (m *Pair) framesHeld(held func(f *syntax.Frame, at int) *failure) *failure {
	at := m.main()
	if at < 0 {
		return nil
	}
	for k := range m.s.Frames {
		if f := &m.s.Frames[k]; !f.Impersonal {
			if failed := held(f, at); failed != nil {
				return failed
			}
		}
	}
	return nil
}

// pretenders refuses a speaker who cannot be whom the twin calls "he".
func (m *Pair) pretenders() *failure {
	return m.framesHeld(func(f *syntax.Frame, at int) *failure {
		if g := m.aligned(f); g != nil {
			if i := m.pretender(f, g); i >= 0 {
				return m.otherSpeaker(at, i)
			}
		}
		return nil
	})
}

// strangers refuses a word for the speaker in whose place the twin has another one.
func (m *Pair) strangers() *failure {
	return m.framesHeld(func(f *syntax.Frame, at int) *failure {
		if g := m.aligned(f); g != nil {
			if i := m.stranger(f, g); i >= 0 {
				return m.otherSpeaker(at, i)
			}
		}
		return nil
	})
}

// otherSpeakers requires that the passage gives a statement to whom the sentence gives it by name.
func (m *Pair) otherSpeakers() *failure {
	return m.framesHeld(func(f *syntax.Frame, at int) *failure {
		if len(f.Names) == 0 {
			return nil
		}
		known := m.speakersOf(at)
		if slices.ContainsFunc(known, func(s string) bool { return m.speaks(f, s) }) {
			return nil
		}
		framed, agree := m.framedBy(f, at)
		switch {
		case agree:
		case framed || len(known) > 0:
			return m.otherSpeaker(at, f.Names[0])
		case m.goesOn(f, at):
		case !slices.ContainsFunc(f.Names, func(a int) bool { return m.inSentence(a, at) }):
			return &failure{claim.NotFound, claim.CheckSpeaker,
				lang.Say("the paragraph does not say that %s said so", m.s.Of(f.Names[0]))}
		}
		return nil
	})
}

// goesOn reports whether a sentence of the passage is about whoever spoke in the one before, and the frame names
// them: "…, said Moe. He expects rain."
func (m *Pair) goesOn(f *syntax.Frame, at int) bool {
	if at == 0 || !isPronoun(m.p.Units[m.p.From[at]].Folded) {
		return false
	}
	speakers := m.speakersOf(at - 1)
	return len(speakers) == 1 && m.speaks(f, speakers[0])
}

// framedBy reports whether somebody says something in a sentence of the passage, and whether it is the frame's speaker.
func (m *Pair) framedBy(f *syntax.Frame, at int) (framed, agree bool) {
	for g := range m.p.Frames {
		h := &m.p.Frames[g]
		if h.Sentence != at {
			continue
		}
		for b := h.From; b < h.To; b++ {
			if m.p.Units[b].Kind == syntax.Light {
				continue
			}
			framed = true
			for _, a := range f.Names {
				agree = agree || m.same(&m.s.Units[a], &m.p.Units[b])
			}
		}
	}
	return framed, agree
}

// aligned finds the frame of the twin whose verb is aligned with that of the statement's.
func (m *Pair) aligned(f *syntax.Frame) *syntax.Frame {
	if !m.near || m.align[f.Verb] < 0 {
		return nil
	}
	for g := range m.p.Frames {
		if m.p.Frames[g].Verb == m.align[f.Verb] {
			return &m.p.Frames[g]
		}
	}
	return nil
}

// stranger finds a word for the speaker that the passage's sentence does not have, in whose place it has another; -1
// for none.
func (m *Pair) stranger(f, g *syntax.Frame) int {
	at := g.Sentence
	free := false
	for j := g.From; j < g.To; j++ {
		if m.p.Units[j].Kind != syntax.Light && !slices.Contains(m.align, j) {
			free = true
		}
		if syntax.Pronouns[m.p.Units[j].Folded] {
			return -1 // whom it stands for is another question
		}
	}
	if !free {
		return -1
	}
	for i := f.From; i < f.To; i++ {
		u := &m.s.Units[i]
		if u.Kind == syntax.Light || m.inSentence(i, at) || syntax.Titles[u.Folded] {
			continue
		}
		if slices.ContainsFunc(m.speakersOf(at), func(s string) bool {
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
func (m *Pair) pretender(f, g *syntax.Frame) int {
	he := false
	for j := g.From; j < g.To; j++ {
		w := m.p.Units[j].Folded
		he = he || w == "he" || w == "she"
	}
	if !he || m.c.Lone || slices.ContainsFunc(m.speakersOf(g.Sentence), func(s string) bool { return m.speaks(f, s) }) {
		return -1
	}
	for _, k := range f.Names {
		u := &m.s.Units[k]
		if m.align[k] >= 0 {
			continue
		}
		human := m.c.Persons[words.Stem(u.Folded)]
		if u.Entity > 0 {
			for part := range m.c.Entities[u.Entity-1].Parts {
				human = human || m.c.Persons[part]
			}
		}
		if !human {
			return k
		}
	}
	return -1
}

func (m *Pair) otherSpeaker(at, i int) *failure {
	who := m.said(at)
	if who == "" {
		return &failure{claim.Contradicted, claim.CheckSpeaker, lang.Say(
			"the paragraph gives this to somebody else, not to %s", m.s.Of(i))}
	}
	return &failure{claim.Contradicted, claim.CheckSpeaker,
		lang.Say("the paragraph gives this to %s, not to %s", who, m.s.Of(i))}
}

// inSentence reports whether a word of the statement stands in a sentence of the passage.
func (m *Pair) inSentence(i, sentence int) bool {
	return slices.ContainsFunc(m.hits[i], func(j int) bool { return m.p.Units[j].Sentence == sentence })
}

// said names who speaks in a sentence of the passage, "" where it does not say.
func (m *Pair) said(sentence int) string {
	for g := range m.p.Frames {
		if h := &m.p.Frames[g]; h.Sentence == sentence {
			if who := speaker(m.p, h); who != "" {
				return who
			}
		}
	}
	if list := m.speakersOf(sentence); len(list) > 0 {
		return list[0]
	}
	return ""
}

// speaker prints who speaks in a frame as the text does; "" for a pronoun.
func speaker(r *syntax.Analysis, f *syntax.Frame) string {
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
	return lowerFirst(r.Text[r.Units[from].Start:r.Units[to-1].End])
}
