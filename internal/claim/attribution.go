package claim

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// speaks reports whether the frame of the statement names the speaker.
func (m *matching) speaks(f *frame, speaker string) bool {
	list := words.Stems(speaker)
	for _, k := range f.names {
		u := &m.s.units[k]
		if u.entity > 0 {
			e := m.c.entities[u.entity-1]
			if e.label == speaker || slices.ContainsFunc(list, func(s string) bool { return e.parts[s] && m.c.onlyName[s] }) {
				return true
			}
			continue
		}
		if slices.Contains(list, u.key) || slices.Contains(list, words.Stem(u.folded)) {
			return true
		}
	}
	return false
}

// main is the sentence of the passage that the statement rests on most; -1 for none.
func (m *matching) main() int {
	if m.twin >= 0 && m.near {
		return m.twin
	}
	best, at := 0.0, -1
	for k := m.first; k <= m.last && k < len(m.p.sentences); k++ {
		sum := 0.0
		for i, hits := range m.hits {
			if slices.ContainsFunc(hits, func(j int) bool { return m.p.units[j].sentence == k }) {
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
func (m *matching) speakersOf(sentence int) []string {
	const most = 16 // no sentence has so many
	span := m.p.sentences[sentence]
	var list []string
	for _, s := range m.c.speeches[m.p.ref] {
		if len(list) == most {
			break
		}
		if s.named && s.span.Start < span.End && span.Start < s.span.End && !slices.Contains(list, s.speaker) {
			list = append(list, s.speaker)
		}
	}
	return list
}

// framesHeld calls held for each frame of the statement with the main sentence of the passage, until one fails.
func (m *matching) framesHeld(held func(f *frame, at int) *failure) *failure {
	at := m.main()
	if at < 0 {
		return nil
	}
	for k := range m.s.frames {
		if f := &m.s.frames[k]; !f.impersonal {
			if failed := held(f, at); failed != nil {
				return failed
			}
		}
	}
	return nil
}

// pretenders refuses a speaker who cannot be whom the twin calls "he".
func (m *matching) pretenders() *failure {
	return m.framesHeld(func(f *frame, at int) *failure {
		if g := m.aligned(f); g != nil {
			if i := m.pretender(f, g); i >= 0 {
				return m.otherSpeaker(at, i)
			}
		}
		return nil
	})
}

// strangers refuses a word for the speaker in whose place the twin has another one.
func (m *matching) strangers() *failure {
	return m.framesHeld(func(f *frame, at int) *failure {
		if g := m.aligned(f); g != nil {
			if i := m.stranger(f, g); i >= 0 {
				return m.otherSpeaker(at, i)
			}
		}
		return nil
	})
}

// otherSpeakers requires that the passage gives a statement to whom the sentence gives it by name.
func (m *matching) otherSpeakers() *failure {
	return m.framesHeld(func(f *frame, at int) *failure {
		if len(f.names) == 0 {
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
			return m.otherSpeaker(at, f.names[0])
		case !slices.ContainsFunc(f.names, func(a int) bool { return m.inSentence(a, at) }):
			return &failure{NotFound, CheckSpeaker, lang.Say("the paragraph does not say that %s said so", m.s.of(f.names[0]))}
		}
		return nil
	})
}

// framedBy reports whether somebody says something in a sentence of the passage, and whether it is the frame's speaker.
func (m *matching) framedBy(f *frame, at int) (framed, agree bool) {
	for g := range m.p.frames {
		h := &m.p.frames[g]
		if h.sentence != at {
			continue
		}
		for b := h.from; b < h.to; b++ {
			if m.p.units[b].kind == light {
				continue
			}
			framed = true
			for _, a := range f.names {
				agree = agree || m.same(&m.s.units[a], &m.p.units[b])
			}
		}
	}
	return framed, agree
}

// aligned finds the frame of the twin whose verb is aligned with that of the statement's.
func (m *matching) aligned(f *frame) *frame {
	if !m.near || m.align[f.verb] < 0 {
		return nil
	}
	for g := range m.p.frames {
		if m.p.frames[g].verb == m.align[f.verb] {
			return &m.p.frames[g]
		}
	}
	return nil
}

// stranger finds a word for the speaker that the passage's sentence does not have, in whose place it has another; -1
// for none.
func (m *matching) stranger(f, g *frame) int {
	at := g.sentence
	free := false
	for j := g.from; j < g.to; j++ {
		if m.p.units[j].kind != light && !slices.Contains(m.align, j) {
			free = true
		}
		if pronouns[m.p.units[j].folded] {
			return -1 // whom it stands for is another question
		}
	}
	if !free {
		return -1
	}
	for i := f.from; i < f.to; i++ {
		u := &m.s.units[i]
		if u.kind == light || m.inSentence(i, at) || titles[u.folded] {
			continue
		}
		if slices.ContainsFunc(m.speakersOf(at), func(s string) bool {
			return slices.Contains(words.Stems(s),
				words.Stem(u.folded))
		}) {
			continue
		}
		return i
	}
	return -1
}

// pretender finds a name that cannot be whom the twin calls "he": one that the document does not have, or not of a
// human being. -1 for none.
func (m *matching) pretender(f, g *frame) int {
	he := false
	for j := g.from; j < g.to; j++ {
		w := m.p.units[j].folded
		he = he || w == "he" || w == "she"
	}
	if !he || m.c.lone || slices.ContainsFunc(m.speakersOf(g.sentence), func(s string) bool { return m.speaks(f, s) }) {
		return -1
	}
	for _, k := range f.names {
		u := &m.s.units[k]
		if m.align[k] >= 0 {
			continue
		}
		human := m.c.persons[words.Stem(u.folded)]
		if u.entity > 0 {
			for part := range m.c.entities[u.entity-1].parts {
				human = human || m.c.persons[part]
			}
		}
		if !human {
			return k
		}
	}
	return -1
}

func (m *matching) otherSpeaker(at, i int) *failure {
	who := m.said(at)
	if who == "" {
		return &failure{Contradicted, CheckSpeaker, lang.Say(
			"the paragraph gives this to somebody else, not to %s", m.s.of(i))}
	}
	return &failure{Contradicted, CheckSpeaker, lang.Say("the paragraph gives this to %s, not to %s", who, m.s.of(i))}
}

func (m *matching) inSentence(i, sentence int) bool {
	return slices.ContainsFunc(m.hits[i], func(j int) bool { return m.p.units[j].sentence == sentence })
}

// said names who speaks in a sentence of the passage, "" where it does not say.
func (m *matching) said(sentence int) string {
	for g := range m.p.frames {
		if h := &m.p.frames[g]; h.sentence == sentence {
			if who := m.p.speaker(h); who != "" {
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
func (r *reading) speaker(f *frame) string {
	if len(f.names) > 0 {
		from, to := f.names[0], f.names[0]+1
		for to < f.to && r.units[to].kind == name && !r.units[to].nameStart {
			to++
		}
		return r.text[r.units[from].Start:r.units[to-1].End]
	}
	from, to := f.from, f.to
	for from < to && !determiners[r.units[from].folded] && r.units[from].kind == light {
		from++
	}
	for to > from && r.units[to-1].kind == light {
		to--
	}
	if from >= to || pronouns[r.units[to-1].folded] {
		return ""
	}
	return lowerFirst(r.text[r.units[from].Start:r.units[to-1].End])
}

// attribution gives a bare statement the speaker back to whom the passage gives it. It fails where the passage gives it
// to somebody whom it does not name.
func (m *matching) attribution() (rewritten string, f *failure) {
	if len(m.s.frames) > 0 {
		return "", nil
	}
	at := m.main()
	if at < 0 {
		return "", nil
	}
	who, framed := "", false
	for g := range m.p.frames {
		h := &m.p.frames[g]
		if h.sentence != at || !m.reportedIn(h) {
			continue
		}
		framed = true
		if who = m.p.speaker(h); who == "" {
			if list := m.speakersOf(at); len(list) > 0 {
				who = list[0]
			}
		}
	}
	if !framed && m.insideMarks(at) {
		framed = true
		if list := m.speakersOf(at); len(list) > 0 {
			who = list[0]
		}
	}
	if speaker := m.reportedBeside(at); !framed && speaker != "" {
		framed, who = true, speaker
	}
	if speaker := m.borrowed(at); !framed && speaker != "" {
		framed, who = true, speaker
	}
	if !framed {
		return "", nil
	}
	if who == "" && m.s.quotes() {
		return "", nil
	}
	if who == "" {
		return "", &failure{NotFound, CheckAttribution, lang.Say(
			"the paragraph gives this as somebody's words, not as a fact")}
	}
	text := m.s.text
	if len(m.s.units) > 0 && m.s.units[0].kind != name {
		text = lowerFirst(text)
	}
	return "According to " + who + ", " + text, nil
}

// reportedBeside finds the speaker of a sentence near the main one, of which the statement takes a word that the
// passage has in what is reported there and nowhere else. "" for none.
func (m *matching) reportedBeside(at int) string {
	for i, hits := range m.hits {
		if m.s.weights[i] != weightPlain || len(hits) == 0 {
			continue
		}
		var source *frame
		for _, j := range hits {
			k := slices.IndexFunc(m.p.frames, func(h frame) bool { return h.sentence != at && j >= h.c0 && j < h.c1 })
			if k < 0 {
				source = nil
				break
			}
			source = &m.p.frames[k]
		}
		if source == nil || source.sentence < m.first || source.sentence > m.last {
			continue
		}
		if who := m.p.speaker(source); who != "" {
			return who
		}
	}
	return ""
}

// borrowed finds the speaker of a quoted fragment whose words the statement takes without marks: "The raids were a
// cruelty" where the paragraph says that somebody called them "a cruelty". "" for none.
func (m *matching) borrowed(sentence int) string {
	if len(m.s.marks) > 0 {
		return ""
	}
	for i, hits := range m.hits {
		if m.s.weights[i] < weightPlain || m.s.units[i].kind == name || len(hits) == 0 {
			continue
		}
		if slices.ContainsFunc(hits, func(j int) bool { return !m.p.units[j].quoted }) {
			continue
		}
		for _, s := range m.c.speeches[m.p.ref] {
			if u := &m.p.units[hits[0]]; s.named && u.sentence == sentence && s.span.Start <= u.Start && u.End <= s.span.End {
				return s.speaker
			}
		}
	}
	return ""
}

// quotes reports whether the statement is a quotation and shows it.
func (r *reading) quotes() bool {
	n := 0
	for i := range r.units {
		if r.units[i].quoted {
			n++
		}
	}
	return 2*n > len(r.units)
}

// reportedIn reports whether most of what the statement takes from a sentence is what somebody says in it.
func (m *matching) reportedIn(h *frame) bool {
	inside, outside := 0.0, 0.0
	for i, hits := range m.hits {
		for _, j := range hits {
			if m.p.units[j].sentence != h.sentence {
				continue
			}
			if j >= h.c0 && j < h.c1 {
				inside += m.s.weights[i]
			} else {
				outside += m.s.weights[i]
			}
			break
		}
	}
	return inside > outside
}

// insideMarks reports whether a sentence of the passage stands between quotation marks.
func (m *matching) insideMarks(sentence int) bool {
	span := m.p.sentences[sentence]
	return slices.ContainsFunc(m.p.marks, func(mark article.Span) bool {
		return mark.Start <= span.Start+len("“") && span.End <= mark.End+len("”")+1
	})
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(second) {
		return s
	}
	return strings.ToLower(string(r)) + s[size:]
}
