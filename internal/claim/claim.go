// Package claim has the verdicts on sentences that are held against passages, and the names of what decides.
//
// It knows no rule. Nothing below it understands language. A sentence (the hypothesis) is supported when its words,
// names, numbers, dates and quotations are in a passage (the premise), stand in the same relations there, and are
// neither stronger, weaker nor less attributed than there. Each of these checks is a rule with a name (Result.Check)
// and a reason in words that a reader understands (Result.Why). What the rules cannot see they do not admit: a true
// sentence may be withheld, a false one should not pass.
//
// The packages below this folder stand on one another: quantity and when (values by themselves), syntax (units of a
// text), clause (who does what to whom), premise (documents), match (a hypothesis beside a premise), value, mention,
// inference, entail, polarity, attribution, wording and qualifier (the rules), verdict (which of them decides), check
// and exam (what the engine asks). All of their functions are pure and give the same result every time. This package
// has the tests of them all together, and their cases in testdata.
package claim

import (
	"pilcrow/internal/article"
	"pilcrow/internal/lang"
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

// MaxSentenceBytes is as many as a Discord message of 2,000 characters of two bytes.
const MaxSentenceBytes = 4000

// A Finding is the verdict on one sentence over several passages.
type Finding struct {
	Result               // of the passages of Refs; Evidence is in the text of the first
	Refs   []article.Ref // the passages that the verdict rests on, best first; none if nothing was found
	// where Verdict is Supported, Reported or Close: passages that contradict it; the documents disagree
	Against []Objection
}

// An Objection is a passage that contradicts what others support.
type Objection struct {
	Ref article.Ref
	Result
}

// CheckMarkup is the guard against links, mentions and code.
const CheckMarkup = "markup"

// The names of what is found where no rule refuses: see conclude.
const (
	RuleVerbatim = "verbatim"     // whole sentences of the passage, letter for letter
	RuleClause   = "clause kept"  // each clause of the statement stands in the passage with its roles
	RuleNear     = "near wording" // the words stand in their order with nothing between
	RuleLong     = "long and near"
	RuleParts    = "part by part" // each main clause of the statement by itself: see CheckAll
	RuleReported = "reported"
	RuleNotKept  = "clause not kept"
	RuleForeign  = "another language"
	RuleNoClaim  = "no claim"
	RuleOther    = "about something else"
)
