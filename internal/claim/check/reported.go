package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// attribution gives a bare statement the speaker back to whom the passage gives it. It fails where the passage gives it
// to somebody whom it does not name.
func (m *Pair) attribution() (rewritten string, f *failure) {
	if len(m.s.Frames) > 0 {
		return "", nil
	}
	at := m.main()
	if at < 0 {
		return "", nil
	}
	who, framed := m.sourceAt(at)
	if !framed {
		return "", nil
	}
	if who == "" && quotes(m.s.Analysis) {
		return "", nil
	}
	if who == "" {
		return "", &failure{claim.NotFound, claim.CheckAttribution, lang.Say(
			"the paragraph gives this as somebody's words, not as a fact")}
	}
	text := m.s.Text
	if len(m.s.Units) > 0 && m.s.Units[0].Kind != syntax.Name {
		text = lowerFirst(text)
	}
	return "According to " + who + ", " + text, nil
}

// sourceAt finds whose words a sentence of the passage gives: who speaks in its frame or its quotation, or in those
// that it borrows from. framed is false where it is nobody's; who is "" where nobody is named.
func (m *Pair) sourceAt(at int) (who string, framed bool) {
	for g := range m.p.Frames {
		h := &m.p.Frames[g]
		if h.Sentence != at || !m.reportedIn(h) {
			continue
		}
		framed = true
		if who = speaker(m.p, h); who == "" {
			if list := m.speakersOf(at); len(list) > 0 {
				who = list[0]
			}
		}
	}
	if framed {
		return who, true
	}
	if m.insideMarks(at) {
		if list := m.speakersOf(at); len(list) > 0 {
			who = list[0]
		}
		return who, true
	}
	if who = m.reportedBeside(at); who == "" {
		who = m.borrowed(at)
	}
	return who, who != ""
}

// reportedBeside finds the speaker of a sentence near the main one, of which the statement takes a word that the
// passage has in what is reported there and nowhere else. "" for none.
func (m *Pair) reportedBeside(at int) string {
	for i, hits := range m.hits {
		if m.s.weights[i] != weightPlain || len(hits) == 0 {
			continue
		}
		var source *syntax.Frame
		for _, j := range hits {
			k := slices.IndexFunc(m.p.Frames, func(h syntax.Frame) bool { return h.Sentence != at && h.Tells(j) })
			if k < 0 {
				source = nil
				break
			}
			source = &m.p.Frames[k]
		}
		if source == nil || source.Sentence < m.first || source.Sentence > m.last {
			continue
		}
		if who := speaker(m.p, source); who != "" {
			return who
		}
	}
	return ""
}

// borrowed finds the speaker of a quoted fragment whose words the statement takes without marks: "The raids were a
// cruelty" where the paragraph says that somebody called them "a cruelty". "" for none.
func (m *Pair) borrowed(sentence int) string {
	if len(m.s.Marks) > 0 {
		return ""
	}
	for i, hits := range m.hits {
		if m.s.weights[i] < weightPlain || m.s.Units[i].Kind == syntax.Name || len(hits) == 0 {
			continue
		}
		if slices.ContainsFunc(hits, func(j int) bool { return !m.p.Units[j].Quoted }) {
			continue
		}
		for _, s := range m.c.Speeches[m.p.Ref] {
			if u := &m.p.Units[hits[0]]; s.Named && u.Sentence == sentence && s.Span.Start <= u.Start && u.End <= s.Span.End {
				return s.Speaker
			}
		}
	}
	return ""
}

// quotes reports whether the statement is a quotation and shows it.
func quotes(r *syntax.Analysis) bool {
	n := 0
	for i := range r.Units {
		if r.Units[i].Quoted {
			n++
		}
	}
	return 2*n > len(r.Units)
}

// reportedIn reports whether most of what the statement takes from a sentence is what somebody says in it.
func (m *Pair) reportedIn(h *syntax.Frame) bool {
	inside, outside := 0.0, 0.0
	for i, hits := range m.hits {
		for _, j := range hits {
			if m.p.Units[j].Sentence != h.Sentence {
				continue
			}
			if h.Tells(j) {
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
func (m *Pair) insideMarks(sentence int) bool {
	span := m.p.Sentences[sentence]
	return slices.ContainsFunc(m.p.Marks, func(mark article.Span) bool {
		return mark.Start <= span.Start+len("“") && span.End <= mark.End+len("”")+1
	})
}

// lowerFirst is a text with its first letter in lower case.
func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(second) {
		return s
	}
	return strings.ToLower(string(r)) + s[size:]
}
