// Package claim decides whether a passage supports a sentence, and says why not.
//
// Nothing here understands language. A sentence is supported when its words, names, numbers, dates and quotations are
// in the passage, stand in the same relations there, and are neither stronger, weaker nor less attributed than there.
// Each of these checks is a rule with a name (Result.Check) and a reason in words that a reader understands
// (Result.Why). What the rules cannot see they do not admit: a true sentence may be withheld, a false one should not
// pass.
//
// All functions are pure and give the same result every time. A Context may be used by several goroutines.
package claim

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// Verdict is what a passage says about a sentence.
type Verdict int

// The verdicts. The zero value is not one of them.
const (
	Supported    Verdict = iota + 1
	Reported             // the passage has it as somebody's words, a rumor or a condition, not as a fact
	Close                // the words are there, but not said of one another as the sentence says them: to be read
	Contradicted         // the passage says something else instead
	NotFound             // the passage does not say it
	NotAClaim            // a question, a greeting or an opinion: nothing that a document could support
)

// Speaks reports whether a passage has the words of a sentence and nothing in it speaks against them: supported,
// reported or close.
func (v Verdict) Speaks() bool { return v == Supported || v == Reported || v == Close }

// String returns the verdict's name in JSON output.
func (v Verdict) String() string {
	switch v {
	case Supported:
		return "supported"
	case Reported:
		return "reported"
	case Close:
		return "close"
	case Contradicted:
		return "contradicted"
	case NotFound:
		return "not_found"
	case NotAClaim:
		return "not_a_claim"
	}
	return "unknown"
}

// The names of the checks, as Result.Check has them.
const (
	CheckNumber      = "number"
	CheckDate        = "date"
	CheckName        = "name"
	CheckQuotation   = "quotation"
	CheckSpeaker     = "speaker"
	CheckPolarity    = "polarity"
	CheckStrength    = "strength"
	CheckAttribution = "attribution"
	CheckCover       = "cover"
	CheckRelation    = "relation"
	CheckScript      = "script"
)

// A Result is the verdict on one sentence.
type Result struct {
	Verdict   Verdict
	Why       lang.Sentence  // for a reader: the paragraph says “294”, not “249”; nothing where it is supported
	Rule      string         // the rule that decided: one of the table's, or one of the Rule constants
	Check     string         // the check that failed, or that Rewritten repairs; "" for none
	Evidence  []article.Span // the sentences of the passage that the verdict rests on, in order
	Score     float64        // the share, 0 to 1, of the sentence's weight that the passage covers
	Rewritten string         // the sentence as the passage supports it, where that differs: with its speaker given back
}

// Bounds of what is examined. What lies beyond them is not supported.
const (
	// MaxSentenceBytes is as many as a Discord message of 2,000 characters of two bytes.
	MaxSentenceBytes = 4000
	// maxUnits is per sentence; the longest of the SQuAD articles has 120.
	maxUnits = 600
)

// Check decides whether the passage supports the sentence. c is the Context of the passage's document; nil stands for a
// document of this one passage. The sentence has no citation markers.
func Check(sentence string, p article.Passage, c *Context) Result {
	if c == nil {
		c = NewContext(article.Document{Slug: p.Ref.Slug, Title: p.Title, Passages: []article.Passage{p}})
	}
	s, refused := c.sentence(sentence)
	if refused != nil {
		return *refused
	}
	return s.against(c.passage(p), c)
}

// sentence reads a sentence for checking, or refuses it.
func (c *Context) sentence(text string) (*statement, *Result) {
	if len(text) > MaxSentenceBytes {
		return nil, &Result{Verdict: NotFound, Check: CheckCover, Why: lang.Say("the sentence is too long to check")}
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	tokens := words.Tokenize(text)
	if why := assertsNothing(text, tokens); !why.None() {
		return nil, &Result{Verdict: NotAClaim, Why: why, Rule: RuleNoClaim}
	}
	s := c.statementOf(text, tokens)
	if len(s.units) > maxUnits {
		return nil, &Result{Verdict: NotFound, Check: CheckCover, Why: lang.Say("the sentence is too long to check")}
	}
	if s.fragment() {
		return nil, &Result{Verdict: NotAClaim, Why: lang.Say("this is no statement"), Rule: RuleNoClaim}
	}
	return s, nil
}

// fragmentUnits is how many units a line without a verb and without a full stop has at most that is no statement: a
// heading, a name, a number.
const fragmentUnits = 6

// fragment reports whether a text asserts nothing: names and numbers alone, or a short line without a verb that no
// mark ends.
func (s *statement) fragment() bool {
	bare, verbs := true, false
	for i := range s.units {
		bare = bare && (s.units[i].kind != plain || s.units[i].quoted)
		verbs = verbs || s.partOf(i) == verbal || s.partOf(i) == helping
	}
	if verbs || !ascii(s.text) && s.foreign {
		return false
	}
	ended := strings.ContainsAny(s.text[max(0, len(s.text)-len("”)")-1):], ".!…:;")
	return bare && len(s.marks) == 0 || !ended && len(s.units) <= fragmentUnits && len(s.marks) == 0
}

// against holds the statement against a passage: a rule refuses it, or it is concluded what the passage says.
func (s *statement) against(p *reading, c *Context) Result {
	return s.match(p, c).result()
}

// result decides what the passage says of the statement: a rule refuses it, or it is concluded.
func (m *matching) result() Result {
	r := Result{Verdict: Supported, Score: m.score, Evidence: m.evidence()}
	if m.score < minScore {
		// About something else altogether: no other reason would help.
		f := m.cover()
		r.Verdict, r.Why, r.Check, r.Rule = f.verdict, f.why, f.check, RuleOther
		return r
	}
	failed, by := m.refuse()
	if failed == nil {
		m.conclude(&r)
		return r
	}
	r.Verdict, r.Why, r.Check, r.Rule = failed.verdict, failed.why, failed.check, by
	// A contradiction needs a passage that speaks of the same: else it is about something else.
	if r.Verdict == Contradicted && failed.check == CheckPolarity && (m.speaksOfExcepted() || m.aboutOthers()) {
		r.Verdict, r.Check, r.Rule, r.Why = Close, CheckRelation, RuleNotKept, m.missedWhy(miss{})
		return r
	}
	if r.Verdict == Contradicted && (m.score < minContradiction ||
		failed.check == CheckSpeaker && !m.near && m.score < minDispute) {
		r.Verdict = NotFound
	}
	return r
}

// conclude decides of a statement that nothing speaks against: whether the passage says it, reports it, or only has
// its words.
func (m *matching) conclude(r *Result) {
	kept, missed := RuleVerbatim, miss{}
	if !m.verbatim() {
		if m.foreign() {
			r.Verdict, r.Check, r.Rule = Close, CheckRelation, RuleForeign
			r.Why = lang.Say("the words are there, but Pilcrow does not read this language closely enough to tell")
			return
		}
		kept, missed = m.kept()
	}
	r.Rule = kept
	if kept != "" && kept != RuleVerbatim && m.looser() >= 0 {
		i := m.looser()
		r.Verdict, r.Check, r.Rule = Close, CheckStrength, RuleNotKept
		r.Why = lang.Say("the paragraph gives “%s” with another bound", piece(m.s.of(i)))
		return
	}
	if i := m.takenBack(kept); i >= 0 {
		r.Verdict, r.Check, r.Rule = Close, CheckStrength, RuleNotKept
		r.Why = lang.Say("the paragraph does not say “%s” in the same way", piece(m.s.of(i)))
		return
	}
	if kept != "" && m.unreal(r) || kept != "" && len(m.grounds) > 0 && !slices.ContainsFunc(m.grounds, m.reportedAt) {
		return
	}
	quoted := len(m.s.marks) == 0 && (len(m.s.frames) == 0 || !m.sourcesAgree()) &&
		slices.ContainsFunc(m.grounds, func(j int) bool { return m.p.units[j].quoted })
	rewritten, f := m.attribution()
	switch {
	case f != nil:
		r.Verdict, r.Why, r.Check, r.Rule = f.verdict, f.why, f.check, RuleReported
	case rewritten != "" || quoted || m.partlyReported():
		r.Verdict, r.Rewritten, r.Check, r.Rule = Reported, rewritten, CheckAttribution, RuleReported
		r.Why = lang.Say("the paragraph gives this as somebody's words, not as a fact")
	case kept == "":
		r.Verdict, r.Check, r.Why, r.Rule = Close, CheckRelation, m.missedWhy(missed), RuleNotKept
	}
}

// partlyReported reports whether a statement that names no source was found kept in what somebody says.
func (m *matching) partlyReported() bool {
	return len(m.s.frames) == 0 && slices.ContainsFunc(m.grounds, func(j int) bool {
		return slices.ContainsFunc(m.p.frames, func(f frame) bool { return !f.impersonal && f.tells(j) })
	})
}

// reportedAt reports whether what stands at a unit of the passage is what somebody says.
func (m *matching) reportedAt(j int) bool {
	return m.p.units[j].quoted || m.insideMarks(m.p.units[j].sentence) ||
		slices.ContainsFunc(m.p.frames, func(f frame) bool { return f.tells(j) })
}

// minContradiction is the least share of a sentence that a passage must cover to be said to contradict it; below, it
// speaks of something else.
const minContradiction = 0.45

// minScore is the share of a sentence below which a passage is not examined further.
const minScore = 0.2

// A failure is why a check refuses a sentence.
type failure struct {
	verdict Verdict
	check   string
	why     lang.Sentence
}

// better orders results: supported, reported, what speaks of the same, not found; then by score. Of what speaks of
// the same and has the same score, what contradicts comes first.
func better(a, b Result) int {
	rank := func(v Verdict) Verdict {
		if v == Contradicted {
			return Close
		}
		return v
	}
	return cmp.Or(cmp.Compare(rank(a.Verdict), rank(b.Verdict)), cmp.Compare(b.Score, a.Score),
		cmp.Compare(b.Verdict, a.Verdict))
}
