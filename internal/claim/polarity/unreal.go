package polarity

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
)

// A matter is what a passage says of a clause beyond the clause: whether it is so.
type matter uint8

const (
	fact      matter = iota
	said             // somebody's words or thoughts
	rumor            // it is said, nobody says by whom
	ifOnly           // under a condition
	takenBack        // it is not true that
)

// rumorWords after "it is" say that nobody in particular says what follows.
var rumorWords = lexicon.Set(`rumored said believed thought alleged reported reportedly claimed feared hoped expected
	assumed supposed suspected possible likely probable conceivable suggested unclear uncertain doubtful unlikely
	unconfirmed whispered understood estimated considered speculated`)

// rumorNouns have clauses that are only said or thought: "rumors that".
var rumorNouns = lexicon.Set(`rumor rumors claim claims allegation allegations suspicion suspicions fear fears hope
	hopes
	belief beliefs theory theories speculation idea report reports impression assumption possibility chance chances
	risk hypothesis accusation accusations suggestion suggestions view opinion hint hints warning warnings prediction
	predictions threat threats promise promises`)

// american spells as this package's lists do a word that British texts spell with -our.
func american(w string) string { return strings.Replace(w, "mour", "mor", 1) }

// falseWords take back what follows: "it is not true that", "it is false that", "a lie".
var falseWords = lexicon.Set("false untrue wrong incorrect lie myth hoax nonsense")

// matterOf tells whether the clause of the passage's verb at j is a fact of the passage. source is whose words it is,
// by position, -1 for nobody's.
func matterOf(r *syntax.Analysis, j int) (kind matter, source syntax.Phrase, at int) {
	none := syntax.Phrase{Missing: true}
	start := r.ClauseStart(j)
	if k := conditionOf(r, j); k >= 0 {
		return ifOnly, none, k
	}
	first := j
	if s := clause.SubjectOf(r, j, 0); !s.Missing && len(s.Units) > 0 && s.Units[0] < j {
		first = s.Units[0]
		for first > start && r.PartOf(first-1) == syntax.Determiner {
			first--
		}
	} else {
		for first > start && syntax.VerbOrHelp(r.PartOf(first-1)) {
			first--
		}
	}
	k := first - 1
	that := k >= start && r.Units[k].Folded == "that"
	if that {
		k--
	}
	for k >= start && r.PartOf(k) == syntax.Adverbial {
		k--
	}
	if k < start || r.Parted(k+1) && !that || speakerTold(r, k, j) {
		return fact, none, -1
	}
	return governed(r, k, that)
}

// speakerTold reports whether the verb at j tells of the speaker who follows the verb of saying at k, "said Marc Duval,
// who runs the hotel", or of whom it is said to: "informed the families, who had lost their homes".
func speakerTold(r *syntax.Analysis, k, j int) bool {
	return slices.ContainsFunc(r.Frames, func(f syntax.Frame) bool {
		return f.Verb == k && (f.Trailing && f.From > k || syntax.Addressed[r.Units[k].Folded]) && r.OfNoun(j)
	})
}

// governed tells what the word at k makes of the clause behind it.
func governed(r *syntax.Analysis, k int, that bool) (kind matter, source syntax.Phrase, at int) {
	none := syntax.Phrase{Missing: true}
	w := american(r.Units[k].Folded)
	denied := deniedHere(r, k)
	switch {
	case that && takesBack(w, denied):
		return takenBack, none, k
	case that && rumored(r, k, w):
		return rumor, none, k
	case r.PartOf(k) != syntax.Verbal, clause.FactiveVerbs[w] && !denied, !that && !clause.ThoughtForms[w] &&
		!clause.Says(w):
		return fact, none, -1
	case rumorWords[w] && clause.PassiveVerb(r, k):
		return rumor, none, k
	}
	return said, clause.SubjectOf(r, k, 0), k
}

// takesBack reports whether a word before "that" denies what follows: "it is false that", "it is not true that".
func takesBack(w string, denied bool) bool {
	switch w {
	case "true", "correct", "so", "case":
		return denied
	}
	return falseWords[w]
}

// rumored reports whether the word at k, before "that", says that nobody in particular tells what follows: "it is
// rumored", "rumors", "legend has it", "the story goes".
func rumored(r *syntax.Analysis, k int, w string) bool {
	return rumorNouns[w] && !thinks(r, k) || w == "goes" || w == "it" && syntax.HaveForms[r.PlainBefore(k)] ||
		rumorWords[w] && impersonal(r, k)
}

// thinks reports whether a word that may be a noun is the verb of who stands before it: "Farmers fear that".
func thinks(r *syntax.Analysis, k int) bool {
	return clause.ThoughtForms[r.Units[k].Folded] && (r.PartOf(k) == syntax.Verbal ||
		k > 0 && !r.Parted(k) && (syntax.HumanPlurals[r.Units[k-1].Folded] || syntax.Pronouns[r.Units[k-1].Folded]))
}

func deniedHere(r *syntax.Analysis, k int) bool {
	for q := k - 1; q >= max(r.From[r.Units[k].Sentence], k-4); q-- {
		if w := r.Units[q].Folded; w == "not" || w == "never" || syntax.Contracted(w) {
			return true
		}
	}
	return false
}

// impersonal reports whether "it is" stands before a word.
func impersonal(r *syntax.Analysis, k int) bool {
	for q := k - 1; q >= max(r.From[r.Units[k].Sentence], k-5); q-- {
		if r.Units[q].Folded == "it" {
			return true
		}
	}
	return false
}

// Unreal decides of a kept statement whether what keeps it is a fact of the passage. ok is false where it is.
func Unreal(m *match.Pair, r *claim.Result) bool {
	grounds := m.Grounds
	near := len(grounds) == 0
	if near {
		grounds = entail.NearGrounds(m)
	}
	for _, j := range grounds {
		if m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		kind, source, at := matterOf(m.Prem, j)
		if near && kind != ifOnly {
			continue // attribution decides
		}
		if kind == fact || kind == said && sourceGiven(m, &source, at) || kind == ifOnly && Conditional(m) {
			continue
		}
		r.Verdict, r.Check, r.Rule = claim.Reported, claim.CheckAttribution, claim.RuleReported
		switch kind {
		case ifOnly:
			r.Why = lang.Say("the paragraph says it under a condition only: “%s”", match.Piece(Around(m.Prem, at)))
		case rumor:
			r.Why = lang.Say("the paragraph gives it as a rumor or a guess: “%s”", match.Piece(Around(m.Prem, at)))
		default:
			who := printed(m.Prem, &source)
			if who == "" {
				r.Why = lang.Say("the paragraph gives this as somebody's words, not as a fact")
				return true
			}
			r.Why = lang.Say("the paragraph gives it as the words of %s", who)
			text := m.Hyp.Text
			if len(m.Hyp.Units) > 0 && m.Hyp.Units[0].Kind != syntax.Name {
				text = LowerFirst(text)
			}
			r.Rewritten = "According to " + who + ", " + text
		}
		return true
	}
	return false
}

// printed is a phrase as the text prints it, without its apposition; "" for a pronoun.
func printed(r *syntax.Analysis, p *syntax.Phrase) string {
	if p.Missing || p.Pronoun || len(p.Heads) == 0 {
		return ""
	}
	last := p.Heads[0]
	for _, h := range p.Heads {
		if h == last+1 {
			last = h
		}
	}
	_, from := clause.NounPhraseEnding(r, last)
	return r.Text[r.Units[from].Start:r.Units[last].End]
}

// sourceGiven reports whether the statement itself says whose words it is: it has the passage's verb, or a frame with
// the speaker.
func sourceGiven(m *match.Pair, source *syntax.Phrase, at int) bool {
	if len(m.Hyp.Frames) > 0 {
		return true
	}
	return slices.ContainsFunc(m.Hits, func(h []int) bool { return slices.Contains(h, at) })
}

// Canceled refuses what the passage says only to take it back: "it is not true that", "almost", "used to".
func Canceled(m *match.Pair) *match.Failure {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			for _, j := range entail.SameVerbs(m, sc.Verb) {
				if m.Prem.PartOf(j) != syntax.Verbal || !m.InWindow(j) {
					continue
				}
				if f := canceledAt(m, &sc, j); f != nil {
					return f
				}
			}
		}
	}
	return nil
}

func canceledAt(m *match.Pair, sc *syntax.Clause, j int) *match.Failure {
	pc := clause.At(m.Prem, j)
	if kind, _, at := matterOf(m.Prem, j); kind == takenBack && !deniesToo(m) {
		return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckPolarity,
			Why: lang.Say("the paragraph denies it: “%s”", match.Piece(Around(m.Prem, at)))}
	}
	for _, w := range pc.Mood {
		if slices.Contains(sc.Mood, w) || entail.RolesMissed(m, sc, &pc) == entail.SubjectMissed {
			continue
		}
		switch {
		case w == "almost", w == "nearly", clause.RareWords[w]:
			return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckPolarity,
				Why: lang.Say("the paragraph says “%s”", w+" "+match.Piece(m.Prem.Of(j)))}
		case strings.HasPrefix(w, "to ") && m.Prem.PlainBefore(j-1) == "used":
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckStrength,
				Why: lang.Say("the paragraph says “%s”", "used to "+match.Piece(m.Prem.Of(j)))}
		}
	}
	return nil
}

// deniesToo reports whether the statement takes back or denies something.
func deniesToo(m *match.Pair) bool {
	return slices.ContainsFunc(m.Hyp.Units,
		func(u syntax.Unit) bool { return u.Op == syntax.Negates || falseWords[u.Folded] })
}

// CrossPaired refuses a value that the passage gives to something else, where it gives another one to what the
// statement speaks of: with the same verb and subject the passage has another number of the same.
func CrossPaired(m *match.Pair) *match.Failure {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			i := numberIn(m.Hyp.Analysis, &sc)
			if i < 0 || m.Hyp.Units[i].Quantity.Bound != quantity.Exactly {
				continue
			}
			if j := otherValue(m, &sc, i); j >= 0 {
				theirs := match.Piece(m.Prem.Of(j))
				return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckNumber,
					Why: lang.Say("the paragraph says “%s”, not “%s”", theirs, match.Piece(m.Hyp.Of(i)))}
			}
		}
	}
	if i, j := joinedValue(m); i >= 0 {
		theirs := match.Piece(m.Prem.Of(j))
		return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckNumber,
			Why: lang.Say("the paragraph says “%s”, not “%s”", theirs, match.Piece(m.Hyp.Of(i)))}
	}
	return nil
}

// numberIn is the first number among the objects of a clause; -1 for none.
func numberIn(r *syntax.Analysis, c *syntax.Clause) int {
	for _, o := range c.Objects {
		for _, i := range o.Units {
			if q := r.Units[i].Quantity; r.Units[i].Kind == syntax.Number && !q.Ordinal && !q.Vague {
				return i
			}
		}
	}
	return -1
}

// otherValue finds the number that the passage gives to the statement's subject with its verb, where it is another
// one of the same kind and the statement's stands elsewhere in the sentence; -1 for none.
func otherValue(m *match.Pair, sc *syntax.Clause, i int) int {
	if sc.Subject.Missing || sc.Subject.Pronoun {
		return -1
	}
	for _, v := range entail.SameVerbs(m, sc.Verb) {
		if m.Prem.PartOf(v) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, v)
		if !slices.Equal(sc.Mood, pc.Mood) || sc.Passive != pc.Passive || !mention.PhraseKept(m, &sc.Subject, &pc.Subject) {
			continue
		}
		j := numberIn(m.Prem, &pc)
		if j < 0 || m.Hit(i, j) || m.Prem.Units[j].Quantity.Bound != quantity.Exactly {
			continue
		}
		if slices.ContainsFunc(m.Hits[i], func(h int) bool { return h >= pc.From && h < pc.To && CountedAlike(m, i, h) }) {
			continue
		}
		if CountedAlike(m, i, j) {
			return j
		}
	}
	return -1
}

// CountedAlike reports whether a number of the statement and one of the passage count the same: in the same unit, or
// with the same noun behind them, which the second number of a sentence may leave out.
func CountedAlike(m *match.Pair, i, j int) bool {
	q, p := m.Hyp.Units[i].Quantity, m.Prem.Units[j].Quantity
	if q == nil || p == nil {
		return false
	}
	if q.Unit != "" || p.Unit != "" {
		return q.Unit == p.Unit
	}
	noun := CountedNoun(m.Hyp.Analysis, i)
	if noun < 0 {
		return false
	}
	theirs := CountedNoun(m.Prem, j)
	if theirs >= 0 {
		return m.Hit(noun, theirs)
	}
	return mention.HitBefore(m, noun, j)
}

// CountedNoun is the noun behind a number, with words that describe it between; -1 for none.
func CountedNoun(r *syntax.Analysis, i int) int {
	last := -1
	for k := i + 1; k < len(r.Units) && r.Units[k].Sentence == r.Units[i].Sentence && !r.Parted(k) &&
		r.PartOf(k) == syntax.Nominal; k++ {
		if r.Units[k].Kind == syntax.Plain {
			last = k
		}
	}
	return last
}

// TitleSubject refuses to take a name from the title alone where the passage speaks of somebody else by name: the
// sentence that the statement rests on, or the one before it, has a subject with another name.
func TitleSubject(m *match.Pair) *match.Failure {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Kind != syntax.Name || u.Quoted || len(m.Hits[i]) > 0 || !m.Excused[i] || !m.Doc.Title[u.Key] &&
			!m.Doc.TitleHas(u) {
			continue
		}
		at := m.Main()
		if at < 0 {
			return nil
		}
		for k := max(0, at-1); k <= at; k++ {
			if j := firstName(m.Prem, k); j >= 0 && opens(m.Prem, j, k) && !HitByAny(m, j) && !m.Doc.Title[m.Prem.Units[j].Key] {
				theirs, mine := match.Piece(m.Prem.Of(j)), match.Piece(m.Hyp.Of(i))
				return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckName,
					Why: lang.Say("the paragraph says this of “%s”, not of “%s”", theirs, mine)}
			}
		}
	}
	return nil
}

// HitByAny reports whether some unit of the statement is found at a unit of the passage.
func HitByAny(m *match.Pair, j int) bool {
	return slices.ContainsFunc(m.Hits, func(h []int) bool { return slices.Contains(h, j) })
}

// opens reports whether nothing but function words, and a label before a colon, stands before a name in its sentence.
func opens(r *syntax.Analysis, j, sentence int) bool {
	for k := r.From[sentence]; k < j; k++ {
		if r.Units[k].Kind != syntax.Light && !strings.Contains(r.Text[r.Units[k].End:r.Units[j].Start], ":") {
			return false
		}
	}
	return true
}
