package claim

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
)

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

// pairsTried is how many of the best passages are tried two by two.
const pairsTried = 3

// CheckAll finds the passages that support the sentence, at most two together, or else the best that can be said of it.
// contexts gives the Context of a document; it may return nil. Passages are taken in the order given: the first of
// equals wins. A sentence of several main clauses may rest part by part on different passages.
func CheckAll(sentence string, passages []article.Passage, contexts func(slug string) *Context) Finding {
	f, s := checkWhole(sentence, passages, contexts)
	if s == nil || f.Verdict == Supported || f.Verdict == Reported {
		return f
	}
	if parts := s.mainClauses(); len(parts) > 1 {
		return checkParts(f, parts, passages, contexts)
	}
	return f
}

// checkParts finds what the passages say of each part of a sentence: the sentence is supported if all are, and nothing
// contradicts it that contradicts none of them.
func checkParts(whole Finding, parts []string, passages []article.Passage,
	contexts func(slug string) *Context) Finding {
	worst := Finding{}
	var refs []article.Ref
	for i, part := range parts {
		f, _ := checkWhole(part, passages, contexts)
		if i == 0 || better(worst.Result, f.Result) < 0 {
			worst = f
		}
		if f.Verdict == Contradicted || f.Verdict == NotAClaim {
			return whole
		}
		for _, ref := range f.Refs {
			if !slices.Contains(refs, ref) {
				refs = append(refs, ref)
			}
		}
	}
	if worst.Verdict == Supported {
		worst.Rule, worst.Refs = RuleParts, refs
		return worst
	}
	if whole.Verdict == Contradicted {
		return worst
	}
	return whole
}

// holdsWord reports whether a text has a word, or several, and not as a part of others.
func holdsWord(text, word string) bool {
	for at := 0; ; {
		k := strings.Index(text[at:], word)
		if k < 0 {
			return false
		}
		from, to := at+k, at+k+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[to:])
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after) {
			return true
		}
		at = to
	}
}

// A compared passage has been compared with a sentence.
type compared struct {
	passage article.Passage
	context *Context
	result  Result
}

// checkWhole is CheckAll for a sentence in one piece. The statement is that of the best passage; nil where the sentence
// is none.
func checkWhole(
	sentence string, passages []article.Passage, contexts func(slug string) *Context,
) (Finding, *statement) {
	var list []compared
	statements := map[*Context]*statement{}
	for _, p := range passages {
		c := contexts(p.Ref.Slug)
		if c == nil {
			c = NewContext(article.Document{Slug: p.Ref.Slug, Title: p.Title, Passages: []article.Passage{p}})
		}
		s := statements[c]
		if s == nil {
			var refused *Result
			if s, refused = c.sentence(sentence); refused != nil {
				return Finding{Result: *refused}, nil
			}
			statements[c] = s
		}
		list = append(list, compared{p, c, s.against(c.passage(p), c)})
	}
	if len(list) == 0 {
		return Finding{Result: Result{Verdict: NotFound, Check: CheckCover, Why: lang.Say("there is no paragraph to check " +
			"it against")}}, nil
	}
	slices.SortStableFunc(list, func(a, b compared) int { return better(a.result, b.result) })
	best := list[0]
	s := statements[best.context]
	f := Finding{Result: best.result, Refs: []article.Ref{best.passage.Ref}}
	if best.result.Verdict.Speaks() {
		f.Against = objections(list)
		if best.result.Verdict != Close {
			return f, s
		}
	}
	slices.SortStableFunc(list, func(a, b compared) int { return cmp.Compare(b.result.Score, a.result.Score) })
	// Who says what has to stand in one place.
	if len(s.marks) == 0 && len(s.frames) == 0 {
		if both, ok := inTwo(list[:min(pairsTried, len(list))], statements); ok {
			return both, s
		}
	}
	if best.result.Verdict == NotFound && best.result.Score == 0 {
		f.Refs = nil
	}
	if printed := s.inAnother(best, list, statements); printed != "" {
		f.Why = lang.Say("“%s” stands in another paragraph, which does not say this of it", printed)
	}
	return f, s
}

// lackingRules refuse what a passage does not have, by the kind of unit that it lacks.
var lackingRules = map[string]kind{"date not there": date, "number not there": number, "name not there": name}

// inAnother is the date, number or name of a statement for which the best passage was refused, as that lacks it, where
// one of the next best has it; "" for none.
func (s *statement) inAnother(best compared, list []compared, statements map[*Context]*statement) string {
	k, lacks := lackingRules[best.result.Rule]
	if !lacks {
		return ""
	}
	m := s.match(best.context.passage(best.passage), best.context)
	i := slices.IndexFunc(s.units, func(u unit) bool { return u.kind == k && !u.quoted })
	for i >= 0 && i < len(s.units) && (s.units[i].kind != k || s.units[i].quoted || len(m.hits[i]) > 0 || m.excused[i]) {
		i++
	}
	if i < 0 || i == len(s.units) {
		return ""
	}
	for _, other := range list[:min(pairsTried, len(list))] {
		t := statements[other.context]
		if other.passage.Ref == best.passage.Ref || i >= len(t.units) || t.units[i].Span != s.units[i].Span {
			continue // another document's names may cut the sentence otherwise
		}
		r := other.context.passage(other.passage)
		if printed := piece(s.of(i)); len(t.match(r, other.context).hits[i]) > 0 || holdsWord(r.plain, printed) {
			return printed
		}
	}
	return ""
}

// objections lists the passages that contradict what others support.
func objections(list []compared) (against []Objection) {
	for _, h := range list {
		if h.result.Verdict == Contradicted && h.result.Score >= minDispute && firm[h.result.Check] {
			against = append(against, Objection{h.passage.Ref, h.result})
		}
	}
	return against
}

// inTwo finds two passages of a document that support or report the statement together.
func inTwo(top []compared, statements map[*Context]*statement) (Finding, bool) {
	for i := range top {
		for j := i + 1; j < len(top); j++ {
			if top[i].context != top[j].context || top[i].result.Verdict == Contradicted ||
				top[j].result.Verdict == Contradicted {
				continue
			}
			c := top[i].context
			both := join(c.passage(top[i].passage), c.passage(top[j].passage))
			r := statements[c].against(both, c)
			if r.Verdict != Supported && r.Verdict != Reported {
				continue
			}
			r.Evidence = top[i].result.Evidence
			return Finding{Result: r, Refs: []article.Ref{top[i].passage.Ref, top[j].passage.Ref}}, true
		}
	}
	return Finding{}, false
}

// minDispute is the least share of a sentence that a passage must cover to be said to dispute what another supports.
const minDispute = 0.75

// firm are the checks whose contradiction is one of facts.
var firm = map[string]bool{CheckNumber: true, CheckDate: true, CheckPolarity: true, CheckRelation: true}

// join reads two passages of a document as one text. What is known of the document's speakers stands for the first
// alone.
func join(a, b *reading) *reading {
	shift, units, clauses := len(a.text)+1, len(a.units), 0
	if units > 0 {
		clauses = a.units[units-1].clause + 1
	}
	r := &reading{ref: a.ref, text: a.text + "\n" + b.text, plain: a.plain + " " + b.plain,
		pronoun: a.pronoun || b.pronoun,
		halves:  []*reading{a, b}}
	r.units = slices.Concat(a.units, b.units)
	for i := units; i < len(r.units); i++ {
		u := &r.units[i]
		u.Start += shift
		u.End += shift
		u.sentence += len(a.sentences)
		u.clause += clauses
	}
	moved := func(list, more []article.Span) []article.Span {
		all := slices.Concat(list, more)
		for i := len(list); i < len(all); i++ {
			all[i].Start += shift
			all[i].End += shift
		}
		return all
	}
	r.sentences, r.marks = moved(a.sentences, b.sentences), moved(a.marks, b.marks)
	r.from = slices.Clone(a.from[:len(a.from)-1])
	for _, at := range b.from {
		r.from = append(r.from, at+units)
	}
	r.frames = slices.Concat(a.frames, findFramesFrom(r, units))
	r.index = make(map[string][]int, len(a.index)+len(b.index))
	maps.Copy(r.index, a.index)
	for key, at := range b.index {
		list := slices.Clone(r.index[key])
		for _, i := range at {
			list = append(list, i+units)
		}
		r.index[key] = list
	}
	return r
}
