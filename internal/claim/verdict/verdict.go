package verdict

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/qualifier"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/value"
	"pilcrow/internal/claim/wording"
	"pilcrow/internal/lang"
)

// fragmentUnits is how many units a line without a verb and without a full stop has at most that is no statement: a
// heading, a name, a number.
const fragmentUnits = 6

// Fragment reports whether a text asserts nothing: names and numbers alone, or a short line without a verb that no
// mark ends.
func Fragment(s *match.Hypothesis) bool {
	bare, verbs := true, false
	for i := range s.Units {
		bare = bare && (s.Units[i].Kind != syntax.Plain || s.Units[i].Quoted)
		verbs = verbs || s.PartOf(i) == syntax.Verbal || s.PartOf(i) == syntax.Helping
	}
	if verbs || !ASCII(s.Text) && s.Foreign {
		return false
	}
	ended := strings.ContainsAny(s.Text[max(0, len(s.Text)-len("”)")-1):], ".!…:;")
	return bare && len(s.Marks) == 0 || !ended && len(s.Units) <= fragmentUnits && len(s.Marks) == 0
}

// Against holds the statement against a passage: a rule refuses it, or it is concluded what the passage says.
func Against(s *match.Hypothesis, p *syntax.Analysis, c *premise.Context) claim.Result {
	return Result(s.Match(p, c))
}

// Result decides what the passage says of the statement: a rule refuses it, or it is concluded.
func Result(m *match.Pair) claim.Result {
	r := claim.Result{Verdict: claim.Supported, Score: m.Score, Evidence: m.Evidence()}
	if m.Score < match.MinScore {
		// About something else altogether: no other reason would help.
		f := polarity.Cover(m)
		r.Verdict, r.Why, r.Check, r.Rule = f.Verdict, f.Why, f.Check, claim.RuleOther
		return r
	}
	failed, by := refuse(m)
	if failed == nil {
		conclude(m, &r)
		return r
	}
	r.Verdict, r.Why, r.Check, r.Rule = failed.Verdict, failed.Why, failed.Check, by
	// A contradiction needs a passage that speaks of the same: else it is about something else.
	if r.Verdict == claim.Contradicted && failed.Check == claim.CheckPolarity && ofAnother(m, by) {
		r.Verdict, r.Check, r.Rule, r.Why = claim.Close, claim.CheckRelation, claim.RuleNotKept,
			entail.MissedWhy(m, entail.Miss{})
		return r
	}
	if r.Verdict == claim.Contradicted && (m.Score < minContradiction ||
		failed.Check == claim.CheckSpeaker && !m.Near && m.Score < MinDispute) {
		r.Verdict = claim.NotFound
	}
	return r
}

// ofAnother reports whether a statement and a passage of which one denies something, by the rule, do so of something
// else each, or both.
func ofAnother(m *match.Pair, by string) bool {
	return qualifier.SpeaksOfExcepted(m) || qualifier.AboutOthers(m) ||
		by != "opposite" && !saysUndenied(m)
}

// saysUndenied reports whether the passage says what a statement denies, or says it with a pronoun: "Ruud did not
// resign" without its denial. Of a statement that denies nothing, or not by one word, it is not asked.
func saysUndenied(m *match.Pair) bool {
	texts := polarity.Undenied(m)
	return len(texts) == 0 || slices.ContainsFunc(texts, func(text string) bool {
		positive := match.NewStatement(m.Doc, text).Match(m.Prem, m.Doc)
		switch Result(positive).Verdict {
		case claim.Supported, claim.Reported:
			return true
		case claim.Close:
			return !qualifier.Otherwise(positive) && entail.Told(positive)
		}
		return false
	})
}

// conclude decides of a statement that nothing speaks against: whether the passage says it, reports it, or only has
// its words.
func conclude(m *match.Pair, r *claim.Result) {
	kept, missed := claim.RuleVerbatim, entail.Miss{}
	if !m.Verbatim() {
		if m.Foreign() {
			r.Verdict, r.Check, r.Rule = claim.Close, claim.CheckRelation, claim.RuleForeign
			r.Why = lang.Say("the words are there, but Pilcrow does not read this language closely enough to tell")
			return
		}
		kept, missed = wording.Kept(m)
	}
	r.Rule = kept
	if kept != "" && kept != claim.RuleVerbatim && value.Looser(m) >= 0 {
		i := value.Looser(m)
		r.Verdict, r.Check, r.Rule = claim.Close, claim.CheckStrength, claim.RuleNotKept
		r.Why = lang.Say("the paragraph gives “%s” with another bound", match.Piece(m.Hyp.Of(i)))
		return
	}
	if i := qualifier.TakenBack(m, kept); i >= 0 {
		r.Verdict, r.Check, r.Rule = claim.Close, claim.CheckStrength, claim.RuleNotKept
		r.Why = lang.Say("the paragraph does not say “%s” in the same way", match.Piece(m.Hyp.Of(i)))
		return
	}
	if kept != "" && polarity.Unreal(m, r) || kept != "" && len(m.Grounds) > 0 &&
		!slices.ContainsFunc(m.Grounds, func(j int) bool { return reportedAt(m, j) }) {
		return
	}
	attribute(m, r, kept, missed)
}

// attribute decides whose word a statement is that the passage has: somebody's, if he says it there, clause by clause.
// Of whom only the words are found is not told that he said so.
func attribute(m *match.Pair, r *claim.Result, kept string, missed entail.Miss) {
	quoted := len(m.Hyp.Marks) == 0 && (len(m.Hyp.Frames) == 0 || !wording.SourcesAgree(m)) &&
		slices.ContainsFunc(m.Grounds, func(j int) bool { return m.Prem.Units[j].Quoted })
	rewritten, f := attribution.Attribution(m)
	reported := f != nil || rewritten != "" || quoted || partlyReported(m)
	switch {
	case kept == "" && !(reported && entail.Told(m)):
		r.Verdict, r.Check, r.Why, r.Rule = claim.Close, claim.CheckRelation, entail.MissedWhy(m, missed), claim.RuleNotKept
	case f != nil:
		r.Verdict, r.Why, r.Check, r.Rule = f.Verdict, f.Why, f.Check, claim.RuleReported
	case reported:
		r.Verdict, r.Rewritten, r.Check, r.Rule = claim.Reported, rewritten, claim.CheckAttribution, claim.RuleReported
		r.Why = lang.Say("the paragraph gives this as somebody's words, not as a fact")
	}
}

// partlyReported reports whether a statement that names no source was found kept in what somebody says.
func partlyReported(m *match.Pair) bool {
	return len(m.Hyp.Frames) == 0 && slices.ContainsFunc(m.Grounds, func(j int) bool {
		return slices.ContainsFunc(m.Prem.Frames, func(f syntax.Frame) bool { return !f.Impersonal && f.Tells(j) })
	})
}

// reportedAt reports whether what stands at a unit of the passage is what somebody says.
func reportedAt(m *match.Pair, j int) bool {
	return m.Prem.Units[j].Quoted || attribution.InsideMarks(m, m.Prem.Units[j].Sentence) ||
		slices.ContainsFunc(m.Prem.Frames, func(f syntax.Frame) bool { return f.Tells(j) })
}

// minContradiction is the least share of a sentence that a passage must cover to be said to contradict it; below, it
// speaks of something else.
const minContradiction = 0.45

// Better orders results: supported, reported, what speaks of the same, not found; then by score. Of what speaks of
// the same and has the same score, what contradicts comes first.
func Better(a, b claim.Result) int {
	rank := func(v claim.Verdict) claim.Verdict {
		if v == claim.Contradicted {
			return claim.Close
		}
		return v
	}
	return cmp.Or(cmp.Compare(rank(a.Verdict), rank(b.Verdict)), cmp.Compare(b.Score, a.Score),
		cmp.Compare(b.Verdict, a.Verdict))
}
