// Package claim decides whether a passage supports a sentence, and says why not.
//
// Nothing here understands language. A sentence is supported when its words, names, numbers, dates and quotations are in
// the passage, stand in the same relations there, and are neither stronger, weaker nor less attributed than there. Each
// of these checks is a rule with a name (Result.Check) and a reason in words that a reader understands (Result.Why). What
// the rules cannot see they do not admit: a true sentence may be withheld, a false one should not pass.
//
// All functions are pure and give the same result every time. A Context may be used by several goroutines.
package claim

import (
	"cmp"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
)

// Verdict is what a passage says about a sentence.
type Verdict int

// The verdicts. The zero value is not one of them.
const (
	Supported    Verdict = iota + 1
	Contradicted         // the passage says something else instead
	NotFound             // the passage does not say it
	NotAClaim            // a question, a greeting or an opinion: nothing that a document could support
)

// String returns the verdict's name in JSON output.
func (v Verdict) String() string {
	switch v {
	case Supported:
		return "supported"
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
	Check     string         // the check that failed, or that Rewritten repairs; "" for none
	Evidence  []article.Span // the sentences of the passage that the verdict rests on, in order
	Score     float64        // the share, 0 to 1, of the sentence's weight that the passage covers
	Rewritten string         // the sentence as the passage supports it, where that differs: with its speaker given back
}

// Bounds of what is examined. What lies beyond them is not supported.
const (
	MaxSentenceBytes = 4000 // as many as a Discord message of 2,000 characters of two bytes
	maxUnits         = 600  // per sentence; the longest of the SQuAD articles has 120
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
	if why := notAClaim(text); !why.None() {
		return nil, &Result{Verdict: NotAClaim, Why: why}
	}
	s := c.newStatement(text)
	if len(s.units) > maxUnits {
		return nil, &Result{Verdict: NotFound, Check: CheckCover, Why: lang.Say("the sentence is too long to check")}
	}
	return s, nil
}

// against runs the checks. The order matters for the reason alone: the first that fails is what a reader is told, so the
// checks that can name both sides come first.
func (s *statement) against(p *reading, c *Context) Result {
	m := s.match(p, c)
	checks := []func(*matching) *failure{
		(*matching).scripts,
		(*matching).quotations,
		(*matching).numbers,
		(*matching).dates,
		(*matching).speakers,
		(*matching).names,
		(*matching).polarity,
		(*matching).strength,
		(*matching).relations,
		(*matching).cover,
	}
	if m.verbatim() {
		// What the paragraph says word for word needs its quotations and its speaker, nothing else.
		checks = []func(*matching) *failure{(*matching).scripts, (*matching).quotations}
	}
	r := Result{Verdict: Supported, Score: m.score, Evidence: m.evidence()}
	if m.score < minScore {
		// About something else altogether: no other reason would help.
		f := m.cover()
		r.Verdict, r.Why, r.Check = f.verdict, f.why, f.check
		return r
	}
	var failed *failure
	for _, check := range checks {
		f := check(m)
		if f == nil {
			continue
		}
		if failed == nil || f.verdict == Contradicted && failed.verdict == NotFound && m.near &&
			failed.check != CheckScript && failed.check != CheckQuotation {
			failed = f
		}
	}
	// A contradiction needs a passage that speaks of the same: else it is about something else.
	if failed != nil {
		r.Verdict, r.Why, r.Check = failed.verdict, failed.why, failed.check
		if r.Verdict == Contradicted && (m.score < minContradiction || failed.check == CheckSpeaker && !m.near && m.score < minDispute) {
			r.Verdict = NotFound
		}
		return r
	}
	if rewritten, f := m.attribution(); f != nil {
		r.Verdict, r.Why, r.Check = f.verdict, f.why, f.check
	} else if rewritten != "" {
		r.Rewritten, r.Check = rewritten, CheckAttribution
	}
	return r
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

// better orders results: supported before contradicted before not found, then by score.
func better(a, b Result) int {
	return cmp.Or(cmp.Compare(a.Verdict, b.Verdict), cmp.Compare(b.Score, a.Score))
}
