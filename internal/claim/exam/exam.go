// Package exam looks at the sentences of a draft: guards that forbid to show one, doubts that are for somebody to
// weigh who can read, and where its evidence stands.
package exam

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/verdict"
	"pilcrow/internal/claim/wording"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// A Written is one sentence of a draft as its writer gave it.
type Written struct {
	Text    string
	Cites   []int            // passages of the Given, from 0; others are not looked at
	Words   map[int][]string // the words of a passage that the writer names as evidence, by its number from 0
	Before  string           // the sentence of the draft before it; "" for none
	Foreign bool             // it is in another language than English, or its passages are: words cannot be compared
}

// An Examination is what can be found out about a sentence without understanding it: a guard that forbids to show it,
// doubts that are for somebody to weigh who can read, and where its evidence stands. The zero value of Guard means
// that no guard has a say.
type Examination struct {
	Text     string         // the sentence with its quotations cut from the stored text; as written if a guard forbids it
	Guard    Doubt          // the first guard that forbids to show it, whoever may support it
	Doubts   []Doubt        // heaviest first
	Spans    []Evidence     // in the order of Cites
	Cites    []int          // what to cite: as written, what is missing added, what bears nothing replaced
	Verbatim bool           // it is a sentence of a cited passage, letter for letter
	Kept     bool           // by the rules a cited passage says it, and whose words it is: see Supported
	Nearest  article.Ref    // the cited passage that has most of it
	Nearby   []article.Span // the sentences of Nearest that have most of it
	Near     bool           // it is nearly a sentence of Nearest
	Score    float64        // the share, 0 to 1, of the sentence's weight that the cited passages cover
}

// Evidence is where the words stand on which a sentence rests.
type Evidence struct {
	Passage int // of the Given, from 0
	Spans   []article.Span
	Named   bool // the writer named these words; else they were looked for
}

// A Doubt is a reason to look twice. Weight is how much of a refusal it is, 0 to 1, where nobody reads the sentence:
// see Doubtful.
type Doubt struct {
	Signal string // one of the Signal constants, or of the Check constants for a guard
	Code   claim.Code
	Why    lang.Sentence
	Weight float64
}

// None tells that there is no doubt.
func (d Doubt) None() bool { return d.Signal == "" }

// Doubtful tells whether the doubts together are enough to keep a sentence back that nobody has read.
func (e Examination) Doubtful() bool {
	sum := 0.0
	for _, d := range e.Doubts {
		sum += d.Weight
	}
	return sum >= 1-1e-9
}

// held is a sentence held against one of the passages.
type held struct {
	at int
	m  *match.Pair
}

// Examine looks at one sentence of a draft. It is pure.
func (g *Given) Examine(w Written) Examination {
	text := strings.ToValidUTF8(strings.TrimSpace(w.Text), "\uFFFD")
	e := Examination{Text: text}
	for _, n := range w.Cites {
		if n >= 0 && n < len(g.passages) && !slices.Contains(e.Cites, n) {
			e.Cites = append(e.Cites, n)
		}
	}
	if e.Guard = g.shape(text); !e.Guard.None() {
		return e
	}
	if len(e.Cites) == 0 {
		e.Cites = g.best(text, w.Foreign)
		if len(e.Cites) == 0 {
			why := lang.Say("it cites no paragraph, and none that was found supports it")
			e.Guard = Doubt{Signal: SignalPassage, Code: claim.CodeWrongPassage, Why: why}
			return e
		}
		e.doubt(SignalPassage, claim.CodeWrongPassage, lang.Say("it cites no paragraph"))
	}
	if n, ok := g.verbatim(text, e.Cites); ok {
		e.Verbatim, e.Cites, e.Score = true, []int{n}, 1
		e.Nearest = g.passages[n].Ref
		at := strings.Index(g.passages[n].Text, text)
		e.Nearby = []article.Span{{Start: at, End: at + len(text)}}
		e.Spans = []Evidence{{n, e.Nearby, false}}
		return e
	}
	list, guard := g.hold(text, e.Cites)
	if !guard.None() {
		e.Guard = guard
		return e
	}
	list = g.quotes(&e, list)
	if e.Guard.None() {
		if w.Foreign {
			g.figures(&e)
		} else {
			list = g.values(&e, list)
			g.names(&e)
		}
	}
	g.locate(&e, w, list)
	if !e.Guard.None() {
		return e
	}
	if !w.Foreign {
		g.doubts(&e, w, list)
		e.leaveOut(w, list)
		e.Kept = slices.ContainsFunc(list, func(h held) bool {
			return wording.SourcesAgree(h.m) && verdict.Result(h.m).Verdict == claim.Supported
		})
	}
	slices.SortStableFunc(e.Doubts, func(a, b Doubt) int { return cmp.Compare(b.Weight, a.Weight) })
	return e
}

func (e *Examination) doubt(signal string, code claim.Code, why lang.Sentence) {
	for _, d := range e.Doubts {
		if d.Signal == signal {
			return
		}
	}
	e.Doubts = append(e.Doubts, Doubt{signal, code, why, weightOf(signal, e.Near)})
}

func weightOf(signal string, near bool) float64 {
	if near {
		return signalWeights[signal].near
	}
	return signalWeights[signal].far
}

// shape forbids what is no sentence to be shown, whatever the passages say.
func (g *Given) shape(text string) Doubt {
	switch {
	case len(text) > claim.MaxSentenceBytes:
		return Doubt{Signal: claim.CheckCover, Code: claim.CodeNotInText, Why: lang.Say("the sentence is too long to check")}
	case g.markup(text) != "":
		why := lang.Say("it has a link, a mention or a code that the documents do not have")
		return Doubt{Signal: claim.CheckMarkup, Code: claim.CodeNotInText, Why: why}
	}
	if why := verdict.NotAClaim(text); !why.None() {
		return Doubt{Signal: claim.CheckCover, Code: claim.CodeOffQuestion, Why: why}
	}
	return Doubt{}
}

// verbatim finds the cited passage that has the sentence as one of its own.
func (g *Given) verbatim(text string, cites []int) (int, bool) {
	for _, n := range cites {
		p := g.passages[n].Text
		if !strings.Contains(p, text) || !g.passages[n].Shows(text) {
			continue
		}
		for _, span := range article.Sentences(p) {
			if span.Of(p) == text {
				return n, true
			}
		}
	}
	return 0, false
}

// hold holds the sentence against each of the passages.
func (g *Given) hold(text string, at []int) ([]held, Doubt) {
	statements := map[*premise.Context]*match.Hypothesis{}
	var list []held
	for _, n := range at {
		c := g.contexts[n]
		s := statements[c]
		if s == nil {
			s = match.NewStatement(c, text)
			if len(s.Units) > match.MaxUnits {
				return nil,
					Doubt{Signal: claim.CheckCover, Code: claim.CodeNotInText, Why: lang.Say("the sentence is too long to check")}
			}
			statements[c] = s
		}
		list = append(list, held{n, s.Match(c.Passage(g.passages[n]), c)})
	}
	return list, Doubt{}
}

// others are the passages that are not among these, in order.
func (g *Given) others(cites []int) []int {
	var out []int
	for n := range g.passages {
		if !slices.Contains(cites, n) {
			out = append(out, n)
		}
	}
	return out
}

// enough is the share of a sentence that a passage must cover to be cited for it by us.
const enough = 0.5

// best finds the passage to cite for a sentence that cites none: the one that covers most of it, if it covers enough.
func (g *Given) best(text string, foreign bool) []int {
	if foreign {
		return nil
	}
	list, _ := g.hold(text, g.others(nil))
	at, most := -1, enough
	for _, h := range list {
		if h.m.Score > most {
			at, most = h.at, h.m.Score
		}
	}
	if at < 0 {
		return nil
	}
	return []int{at}
}

// locate finds the words that bear the sentence out: those that the writer named, else the sentences of the passage
// that have most of it.
func (g *Given) locate(e *Examination, w Written, list []held) {
	best := -1.0
	for _, n := range e.Cites {
		found := Evidence{Passage: n}
		for _, named := range w.Words[n] {
			spans, ok := Locate(named, g.passages[n].Text)
			if ok && (len(words.Stems(named)) >= minEvidenceStems || !w.Foreign) {
				found.Spans, found.Named = append(found.Spans, spans...), true
			} else {
				e.doubt(SignalEvidence, claim.CodeNotInText, lang.Say("it rests on words that the paragraph does not have"))
			}
		}
		i := slices.IndexFunc(list, func(h held) bool { return h.at == n })
		if i >= 0 && found.Spans == nil && !w.Foreign {
			found.Spans = list[i].m.Evidence()
		}
		if found.Spans != nil {
			e.Spans = append(e.Spans, found)
		}
		if i < 0 {
			continue
		}
		score := list[i].m.Score
		if found.Named {
			score++
		}
		if score > best {
			best, e.Nearest = score, g.passages[n].Ref
			e.Nearby = mainFirst(list[i].m)
			if found.Named {
				e.Nearby = sentencesAt(g.passages[n].Text, found.Spans)
			}
		}
	}
	if !slices.ContainsFunc(e.Spans, func(s Evidence) bool { return s.Named }) {
		signal := SignalUnnamed
		if w.Foreign {
			signal = SignalForeign
		}
		e.doubt(signal, claim.CodeNotInText, lang.Say("it names no words of the paragraph as evidence"))
	}
}

// leaveOut drops a citation that bears nothing of a sentence, where we added one that bears most of it. What the writer
// cites beside others stays: a sentence may need it for what it does not repeat.
func (e *Examination) leaveOut(w Written, list []held) {
	score := func(n int) float64 {
		i := slices.IndexFunc(list, func(h held) bool { return h.at == n })
		if i < 0 {
			return 1
		}
		return list[i].m.Score
	}
	added := func(n int) bool { return !slices.Contains(w.Cites, n) && score(n) >= enough }
	if len(w.Cites) != 1 || !slices.ContainsFunc(e.Cites, added) {
		return
	}
	nothing := func(n int) bool {
		named := slices.ContainsFunc(e.Spans, func(s Evidence) bool { return s.Passage == n && s.Named })
		return score(n) < barely && !named
	}
	e.Cites = slices.DeleteFunc(e.Cites, nothing)
	e.Spans = slices.DeleteFunc(e.Spans, func(s Evidence) bool { return nothing(s.Passage) })
}

// mainFirst are the sentences of the passage that have most of the statement, the one with most of all first.
func mainFirst(m *match.Pair) []article.Span {
	spans := m.Evidence()
	at := m.Main()
	if at < 0 {
		return spans
	}
	first := m.Prem.Sentences[at]
	return append([]article.Span{first}, slices.DeleteFunc(spans, func(s article.Span) bool { return s == first })...)
}

// minEvidenceStems is how many meaningful words make evidence for a sentence that cannot be compared itself: fewer
// stand somewhere in any paragraph.
const minEvidenceStems = 2

// sentencesAt are the sentences of a text that the spans stand in.
func sentencesAt(text string, spans []article.Span) []article.Span {
	var out []article.Span
	for _, s := range article.Sentences(text) {
		if slices.ContainsFunc(spans, func(t article.Span) bool { return t.Start < s.End && s.Start < t.End }) {
			out = append(out, s)
		}
	}
	return out
}
