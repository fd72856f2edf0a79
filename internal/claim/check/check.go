// Package check holds a sentence against passages.
package check

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/verdict"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// pairsTried is how many of the best passages are tried two by two.
const pairsTried = 3

// All finds the passages that support the sentence, at most two together, or else the best that can be said of it.
// contexts gives the Context of a document; it may return nil. Passages are taken in the order given: the first of
// equals wins. A sentence of several main clauses may rest part by part on different passages.
func All(sentence string, passages []article.Passage, contexts func(slug string) *premise.Context) claim.Finding {
	f, s := checkWhole(sentence, passages, contexts)
	if s == nil || f.Verdict == claim.Supported || f.Verdict == claim.Reported {
		return f
	}
	if parts := mainClauses(s); len(parts) > 1 {
		return checkParts(f, parts, passages, contexts)
	}
	return f
}

// checkParts finds what the passages say of each part of a sentence: the sentence is supported if all are, and nothing
// contradicts it that contradicts none of them.
func checkParts(whole claim.Finding, parts []string, passages []article.Passage,
	contexts func(slug string) *premise.Context) claim.Finding {
	worst := claim.Finding{}
	var refs []article.Ref
	for i, part := range parts {
		f, _ := checkWhole(part, passages, contexts)
		if i == 0 || verdict.Better(worst.Result, f.Result) < 0 {
			worst = f
		}
		if f.Verdict == claim.Contradicted || f.Verdict == claim.NotAClaim {
			return whole
		}
		for _, ref := range f.Refs {
			if !slices.Contains(refs, ref) {
				refs = append(refs, ref)
			}
		}
	}
	if worst.Verdict == claim.Supported {
		worst.Rule, worst.Refs = claim.RuleParts, refs
		return worst
	}
	if whole.Verdict == claim.Contradicted {
		return worst
	}
	return whole
}

// A compared passage has been compared with a sentence.
type compared struct {
	passage article.Passage
	context *premise.Context
	result  claim.Result
}

// checkWhole is CheckAll for a sentence in one piece. The statement is that of the best passage; nil where the sentence
// is none.
func checkWhole(
	sentence string, passages []article.Passage, contexts func(slug string) *premise.Context,
) (claim.Finding, *match.Hypothesis) {
	var list []compared
	statements := map[*premise.Context]*match.Hypothesis{}
	for _, p := range passages {
		c := contexts(p.Ref.Slug)
		if c == nil {
			c = premise.New(article.Document{Slug: p.Ref.Slug, Title: p.Title, Passages: []article.Passage{p}})
		}
		s := statements[c]
		if s == nil {
			var refused *claim.Result
			if s, refused = Sentence(c, sentence); refused != nil {
				return claim.Finding{Result: *refused}, nil
			}
			statements[c] = s
		}
		list = append(list, compared{p, c, verdict.Against(s, c.Passage(p), c)})
	}
	if len(list) == 0 {
		return claim.Finding{Result: claim.Result{Verdict: claim.NotFound, Check: claim.CheckCover,
			Why: lang.Say("there is no paragraph to check " +
				"it against")}}, nil
	}
	slices.SortStableFunc(list, func(a, b compared) int { return verdict.Better(a.result, b.result) })
	best := list[0]
	s := statements[best.context]
	f := claim.Finding{Result: best.result, Refs: []article.Ref{best.passage.Ref}}
	if best.result.Verdict.Speaks() {
		f.Against = objections(list)
		if best.result.Verdict != claim.Close {
			return f, s
		}
	}
	slices.SortStableFunc(list, func(a, b compared) int { return cmp.Compare(b.result.Score, a.result.Score) })
	// Who says what has to stand in one place.
	if len(s.Marks) == 0 && len(s.Frames) == 0 {
		if both, ok := inTwo(list[:min(pairsTried, len(list))], statements); ok {
			return both, s
		}
	}
	if best.result.Verdict == claim.NotFound && best.result.Score == 0 {
		f.Refs = nil
	}
	if printed := inAnother(s, best, list, statements); printed != "" {
		f.Why = lang.Say("“%s” stands in another paragraph, which does not say this of it", printed)
	}
	return f, s
}

// lackingRules refuse what a passage does not have, by the kind of unit that it lacks.
var lackingRules = map[string]syntax.Kind{"date not there": syntax.Date, "number not there": syntax.Number,
	"name not there": syntax.Name}

// inAnother is the date, number or name of a statement for which the best passage was refused, as that lacks it, where
// one of the next best has it; "" for none.
func inAnother(s *match.Hypothesis, best compared, list []compared,
	statements map[*premise.Context]*match.Hypothesis) string {
	k, lacks := lackingRules[best.result.Rule]
	if !lacks {
		return ""
	}
	m := s.Match(best.context.Passage(best.passage), best.context)
	i := slices.IndexFunc(s.Units, func(u syntax.Unit) bool { return u.Kind == k && !u.Quoted })
	for i >= 0 && i < len(s.Units) && (s.Units[i].Kind != k || s.Units[i].Quoted || len(m.Hits[i]) > 0 || m.Excused[i]) {
		i++
	}
	if i < 0 || i == len(s.Units) {
		return ""
	}
	for _, other := range list[:min(pairsTried, len(list))] {
		t := statements[other.context]
		if other.passage.Ref == best.passage.Ref || i >= len(t.Units) || t.Units[i].Span != s.Units[i].Span {
			continue // another document's names may cut the sentence otherwise
		}
		r := other.context.Passage(other.passage)
		if printed := match.Piece(s.Of(i)); len(t.Match(r, other.context).Hits[i]) > 0 || match.HoldsWord(r.Plain, printed) {
			return printed
		}
	}
	return ""
}

// objections lists the passages that contradict what others support.
func objections(list []compared) (against []claim.Objection) {
	for _, h := range list {
		if h.result.Verdict == claim.Contradicted && h.result.Score >= verdict.MinDispute && firm[h.result.Check] {
			against = append(against, claim.Objection{Ref: h.passage.Ref, Result: h.result})
		}
	}
	return against
}

// inTwo finds two passages of a document that support or report the statement together.
func inTwo(top []compared, statements map[*premise.Context]*match.Hypothesis) (claim.Finding, bool) {
	for i := range top {
		for j := i + 1; j < len(top); j++ {
			if top[i].context != top[j].context || top[i].result.Verdict == claim.Contradicted ||
				top[j].result.Verdict == claim.Contradicted {
				continue
			}
			c := top[i].context
			both := match.Join(c.Passage(top[i].passage), c.Passage(top[j].passage))
			r := verdict.Against(statements[c], both, c)
			if r.Verdict != claim.Supported && r.Verdict != claim.Reported {
				continue
			}
			r.Evidence = top[i].result.Evidence
			return claim.Finding{Result: r, Refs: []article.Ref{top[i].passage.Ref, top[j].passage.Ref}}, true
		}
	}
	return claim.Finding{}, false
}

// firm are the checks whose contradiction is one of facts.
var firm = map[string]bool{claim.CheckNumber: true, claim.CheckDate: true, claim.CheckPolarity: true,
	claim.CheckRelation: true}

// One decides whether the passage supports the sentence. c is the Context of the passage's document; nil stands for a
// document of this one passage. The sentence has no citation markers.
func One(sentence string, p article.Passage, c *premise.Context) claim.Result {
	if c == nil {
		c = premise.New(article.Document{Slug: p.Ref.Slug, Title: p.Title, Passages: []article.Passage{p}})
	}
	s, refused := Sentence(c, sentence)
	if refused != nil {
		return *refused
	}
	return verdict.Against(s, c.Passage(p), c)
}

// Sentence reads a sentence for checking, or refuses it.
func Sentence(c *premise.Context, text string) (*match.Hypothesis, *claim.Result) {
	if len(text) > claim.MaxSentenceBytes {
		return nil,
			&claim.Result{Verdict: claim.NotFound, Check: claim.CheckCover, Why: lang.Say("the sentence is too long to check")}
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	tokens := words.Tokenize(text)
	if why := verdict.AssertsNothing(text, tokens); !why.None() {
		return nil, &claim.Result{Verdict: claim.NotAClaim, Why: why, Rule: claim.RuleNoClaim}
	}
	s := match.StatementOf(c, text, tokens)
	if len(s.Units) > match.MaxUnits {
		return nil,
			&claim.Result{Verdict: claim.NotFound, Check: claim.CheckCover, Why: lang.Say("the sentence is too long to check")}
	}
	if verdict.Fragment(s) {
		return nil, &claim.Result{Verdict: claim.NotAClaim, Why: lang.Say("this is no statement"), Rule: claim.RuleNoClaim}
	}
	return s, nil
}
