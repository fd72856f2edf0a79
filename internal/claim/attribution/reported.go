package attribution

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// Attribution gives a bare statement the speaker back to whom the passage gives it. It fails where the passage gives it
// to somebody whom it does not name.
func Attribution(m *match.Pair) (rewritten string, f *match.Failure) {
	if len(m.Hyp.Frames) > 0 {
		return "", nil
	}
	at := m.Main()
	if at < 0 {
		return "", nil
	}
	who, framed := sourceAt(m, at)
	if !framed {
		return "", nil
	}
	if who == "" && quotes(m.Hyp.Analysis) {
		return "", nil
	}
	if who == "" {
		return "", &match.Failure{Verdict: claim.NotFound, Check: claim.CheckAttribution, Why: lang.Say(
			"the paragraph gives this as somebody's words, not as a fact")}
	}
	text := m.Hyp.Text
	if len(m.Hyp.Units) > 0 && m.Hyp.Units[0].Kind != syntax.Name {
		text = polarity.LowerFirst(text)
	}
	return "According to " + who + ", " + text, nil
}

// sourceAt finds whose words a sentence of the passage gives: who speaks in its frame or its quotation, or in those
// that it borrows from. framed is false where it is nobody's; who is "" where nobody is named.
func sourceAt(m *match.Pair, at int) (who string, framed bool) {
	for g := range m.Prem.Frames {
		h := &m.Prem.Frames[g]
		if h.Sentence != at || !reportedIn(m, h) {
			continue
		}
		framed = true
		if who = Speaker(m.Prem, h); who == "" {
			if list := mention.SpeakersOf(m, at); len(list) > 0 {
				who = list[0]
			}
		}
	}
	if framed {
		return who, true
	}
	if InsideMarks(m, at) {
		if list := mention.SpeakersOf(m, at); len(list) > 0 {
			who = list[0]
		}
		return who, true
	}
	if who = reportedBeside(m, at); who == "" {
		who = borrowed(m, at)
	}
	return who, who != ""
}

// reportedBeside finds the speaker of a sentence near the main one, of which the statement takes a word that the
// passage has in what is reported there and nowhere else. "" for none.
func reportedBeside(m *match.Pair, at int) string {
	for i, hits := range m.Hits {
		if m.Hyp.Weights[i] != match.WeightPlain || len(hits) == 0 {
			continue
		}
		var source *syntax.Frame
		for _, j := range hits {
			k := slices.IndexFunc(m.Prem.Frames, func(h syntax.Frame) bool { return h.Sentence != at && h.Tells(j) })
			if k < 0 {
				source = nil
				break
			}
			source = &m.Prem.Frames[k]
		}
		if source == nil || source.Sentence < m.First || source.Sentence > m.Last {
			continue
		}
		if who := Speaker(m.Prem, source); who != "" {
			return who
		}
	}
	return ""
}

// borrowed finds the speaker of a quoted fragment whose words the statement takes without marks: "The raids were a
// cruelty" where the paragraph says that somebody called them "a cruelty". "" for none.
func borrowed(m *match.Pair, sentence int) string {
	if len(m.Hyp.Marks) > 0 {
		return ""
	}
	for i, hits := range m.Hits {
		if m.Hyp.Weights[i] < match.WeightPlain || m.Hyp.Units[i].Kind == syntax.Name || len(hits) == 0 {
			continue
		}
		if slices.ContainsFunc(hits, func(j int) bool { return !m.Prem.Units[j].Quoted }) {
			continue
		}
		for _, s := range m.Doc.Speeches[m.Prem.Ref] {
			if u := &m.Prem.Units[hits[0]]; s.Named && u.Sentence == sentence && s.Span.Start <= u.Start && u.End <= s.Span.End {
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
func reportedIn(m *match.Pair, h *syntax.Frame) bool {
	inside, outside := 0.0, 0.0
	for i, hits := range m.Hits {
		for _, j := range hits {
			if m.Prem.Units[j].Sentence != h.Sentence {
				continue
			}
			if h.Tells(j) {
				inside += m.Hyp.Weights[i]
			} else {
				outside += m.Hyp.Weights[i]
			}
			break
		}
	}
	return inside > outside
}

// InsideMarks reports whether a sentence of the passage stands between quotation marks.
func InsideMarks(m *match.Pair, sentence int) bool {
	span := m.Prem.Sentences[sentence]
	return slices.ContainsFunc(m.Prem.Marks, func(mark article.Span) bool {
		return mark.Start <= span.Start+len("“") && span.End <= mark.End+len("”")+1
	})
}

// IsPronoun reports whether a word stands for what was named before.
func IsPronoun(folded string) bool {
	switch folded {
	case "it", "he", "she", "they":
		return true
	}
	return false
}
