package exam

import (
	"math"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/value"
	"pilcrow/internal/claim/when"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// values forbids a number or a date that does not follow from one of the cited passages. One that another passage has
// moves that passage in.
func (g *Given) values(e *Examination, list []held) []held {
	if len(list) == 0 {
		return list
	}
	text, units := list[0].m.Hyp.Text,
		list[0].m.Hyp.Units // as written: in e.Text quotations are cut anew, and places differ
	var elsewhere []held
	for i := range units {
		u := &units[i]
		if u.Quoted || u.Kind != syntax.Number && u.Kind != syntax.Date {
			continue
		}
		if slices.ContainsFunc(list, func(h held) bool { return follows(h.m, u.Span) }) {
			continue
		}
		if u.Kind == syntax.Number && counted(u) {
			e.doubt(SignalCount, claim.CodeNumber, lang.Say("“%s” is not in the paragraph", match.Piece(u.Of(e.Text))))
			continue
		}
		if elsewhere == nil {
			elsewhere, _ = g.hold(text, g.others(e.Cites))
		}
		f := replaced(u, list)
		if at := slices.IndexFunc(elsewhere, func(h held) bool { return follows(h.m, u.Span) }); at >= 0 && f == nil {
			why := lang.Say("“%s” stands in another paragraph than the one that it cites", match.Piece(u.Of(text)))
			e.doubt(SignalElsewhere, claim.CodeWrongPassage, why)
			if elsewhere[at].m.Score >= match.MinScore {
				e.Cites = append(e.Cites, elsewhere[at].at)
				list = append(list, elsewhere[at])
				elsewhere = slices.Delete(elsewhere, at, at+1)
			}
			continue
		} else if f != nil && (at >= 0 || u.Kind == syntax.Number && !bounded(u, list)) {
			e.Guard = Doubt{Signal: f.Check, Code: claim.CodeNumber, Why: f.Why}
			return list
		}
		if all := slices.Concat(list, elsewhere); u.Kind == syntax.Date {
			g.dateAway(e, u, match.Piece(u.Of(text)), all)
		} else {
			numberAway(e, u, match.Piece(u.Of(text)), list, all)
		}
		if e.Guard.Signal != "" {
			return list
		}
	}
	return list
}

// dateAway forbids a date that follows from no passage, or doubts it where it is reckoned of what they have.
func (g *Given) dateAway(e *Examination, u *syntax.Unit, printed string, all []held) {
	switch {
	case g.published(u.Date, printed) || beside(u.Date, printed, all):
	case when.Relative(printed) && !onCalendar(printed) && g.hasText(afterFirst(printed)):
		// "would last six weeks"
		e.doubt(SignalDerived, claim.CodeNumber, lang.Say("the date “%s” is not in the paragraph", printed))
	case u.Date.Precision == timeline.Range && endsGiven(u.Date, all):
		e.doubt(SignalDerived, claim.CodeNumber, lang.Say("“%s” is not in the paragraph", printed))
	default:
		why := lang.Say("the date “%s” is not in the paragraph", printed)
		e.Guard = Doubt{Signal: claim.CheckDate, Code: claim.CodeNumber, Why: why}
	}
}

// numberAway is dateAway for a number.
func numberAway(e *Examination, u *syntax.Unit, printed string, list, all []held) {
	switch {
	case bounded(u, all):
		e.doubt(SignalBound, claim.CodeStronger, lang.Say("the paragraph gives “%s” with another bound", printed))
	case slices.ContainsFunc(list, func(h held) bool { return value.SaysBare(h.m.Prem, u.Quantity) }):
		e.doubt(SignalCount, claim.CodeNumber, lang.Say("“%s” is not in the paragraph", printed))
	case derived(u.Quantity, list[0].m.Hyp, all):
		e.doubt(SignalDerived, claim.CodeNumber, lang.Say("“%s” is not in the paragraph", printed))
	default:
		e.Guard = Doubt{Signal: claim.CheckNumber, Code: claim.CodeNumber,
			Why: lang.Say("“%s” is not in the paragraph", printed)}
	}
}

// replaced says what number or date a cited passage has in the place of the statement's, in nearly the same sentence
// and where that is not reckoned of the numbers there: that it stands elsewhere, or may be reckoned of what does, is
// chance. nil for none.
func replaced(u *syntax.Unit, list []held) *match.Failure {
	for _, h := range list {
		m := h.m
		i := unitAt(m, u.Start)
		if i < 0 || !m.Near {
			continue
		}
		j := value.Rival(m, i, u.Kind)
		switch {
		case j < 0 || numbered(m.Prem, j):
		case u.Kind == syntax.Date && m.Prem.Units[j].Kind == syntax.Date && m.Prem.Units[j].Date.Precision != timeline.Range:
			return value.Differs(m, claim.CheckDate, i, j)
		case u.Kind == syntax.Number && !value.DerivedHere(m, u.Quantity) && !value.SaysBare(m.Prem, u.Quantity):
			return value.Differs(m, claim.CheckNumber, i, j)
		}
	}
	return nil
}

// numbered reports whether a number only says which of several it is: "Pier 7".
func numbered(r *syntax.Analysis, j int) bool {
	return r.PlainBefore(j) != "" && r.Units[j-1].Capital && r.Units[j-1].Kind != syntax.Light &&
		r.Units[j].Kind == syntax.Number
}

// follows tells whether the number or date that stands at a place of the statement follows from the passage.
func follows(m *match.Pair, at article.Span) bool {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Start != at.Start {
			continue
		}
		return plainly(m, i) || spelledOut(m, u) || sameDays(m, i)
	}
	return true
}

// plainly tells whether a number or date follows from the passage in a way that a reader sees at once: it is printed
// there, or it is the rounder end of a bound. "More than 283" follows from "at least 300", too, but nobody who had read
// that would write it.
func plainly(m *match.Pair, i int) bool {
	q := m.Hyp.Units[i].Quantity
	if q == nil || q.Bound == quantity.Exactly || q.Bound == quantity.About || q.Vague {
		return len(m.Hits[i]) > 0
	}
	return slices.ContainsFunc(m.Hits[i], func(j int) bool {
		p := m.Prem.Units[j].Quantity
		if p == nil {
			return true
		}
		converted, slack, _ := p.In(q.Unit)
		return quantity.Near(q.Value, converted.Value, slack) || q.Bound != quantity.AtMost && q.Bound != p.Bound &&
			quantity.Rounder(q.Value, p.Value)
	})
}

// sameDays tells whether the passage has the days of a date, if behind another preposition: "until 4 March" for
// "before 4 March". Whether that is the same is no matter of figures.
func sameDays(m *match.Pair, i int) bool {
	u := &m.Hyp.Units[i]
	if u.Kind != syntax.Date || when.WithPart(u.Date, m.Hyp.Of(i)).IsPart() {
		return false
	}
	return slices.ContainsFunc(match.Figures(m.Prem, syntax.DateKey), func(j int) bool {
		return match.LimitOf(m.Hyp.Analysis, i) != match.LimitOf(m.Prem, j) &&
			when.DateEntailed(u.Date, m.Prem.Units[j].Date, m.Hyp.Of(i))
	})
}

// spelledOut tells whether the passage has the number as a part of something else: the day of a date, or "half" for 50
// percent.
func spelledOut(m *match.Pair, u *syntax.Unit) bool {
	q := u.Quantity
	if q == nil || q.Vague {
		return false
	}
	for _, j := range match.Figures(m.Prem, syntax.NumberKey) {
		if p := m.Prem.Units[j].Quantity; q.Unit != p.Unit && q.Unit != "" && q.EntailedBy(*p) {
			return true
		}
	}
	if part, ok := fractions[q.Value]; ok && q.Unit == "percent" {
		return slices.ContainsFunc(m.Prem.Units, func(v syntax.Unit) bool { return slices.Contains(part, v.Folded) })
	}
	return false
}

// fractions are the shares that have words of their own.
var fractions = map[float64][]string{50: {"half", "halved", "halves"}, 25: {"quarter"},
	100: {"all", "doubled", "twice"}}

// counted tells whether a number is one that a writer counts and no text prints: a small one in words, without a unit
// ("two of them", "for three reasons"), or a place in an order.
func counted(u *syntax.Unit) bool {
	q := u.Quantity
	if q.Unit != "" || q.Vague || q.Bound != quantity.Exactly {
		return false
	}
	small := q.Value == math.Trunc(q.Value) && q.Value <= value.MaxCounted
	return small && (q.Ordinal || strings.Trim(u.Folded, "0123456789") != "")
}

// beside tells whether a day is the one before or after one that was given ("from June 7" where entries close on June
// 6), or a weekday of one.
func beside(d timeline.Date, phrase string, list []held) bool {
	weekday := weekdays[strings.ToLower(strings.TrimSpace(phrase))]
	for _, h := range list {
		for _, j := range match.Figures(h.m.Prem, syntax.DateKey) {
			p := h.m.Prem.Units[j].Date
			if d.Precision != timeline.Day {
				continue
			}
			if p.Precision != timeline.Day {
				first, last := p, p
				first.End, last.Start = p.Start, p.End
				first.Precision, last.Precision = timeline.Day, timeline.Day
				if p.Precision == timeline.Range && (when.DateEntailed(d, first, phrase) || when.DateEntailed(d, last, phrase)) {
					return true
				}
				continue
			}
			if weekday && (p.Start.Weekday() == d.Start.Weekday() && !p.Yearless) {
				return true
			}
			for _, step := range []int{-1, 1} {
				next := p
				next.Start, next.End = p.Start.AddDate(0, 0, step), p.End.AddDate(0, 0, step)
				if when.DateEntailed(d, next, phrase) {
					return true
				}
			}
		}
	}
	return false
}

// onCalendar tells whether a phrase names a month or a day of the week.
func onCalendar(phrase string) bool {
	return slices.ContainsFunc(words.Tokenize(phrase), func(t words.Token) bool { return weekdaysAndMonths[t.Text] })
}

// afterFirst is a phrase without its first word.
func afterFirst(phrase string) string {
	_, rest, _ := strings.Cut(phrase, " ")
	if rest == "" {
		return phrase
	}
	return rest
}

// endsGiven tells whether both ends of a range were given, if in two places.
func endsGiven(d timeline.Date, list []held) bool {
	first, last := false, false
	for _, h := range list {
		for _, j := range match.Figures(h.m.Prem, syntax.DateKey) {
			p := h.m.Prem.Units[j].Date
			first = first || p.Start.Equal(d.Start)
			last = last || p.End.Equal(d.End)
		}
	}
	return first && last
}

var weekdays = lexicon.Set("monday tuesday wednesday thursday friday saturday sunday")

// bounded tells whether a passage has the same value, in whatever unit, only with other words of bound or precision.
func bounded(u *syntax.Unit, list []held) bool {
	q := *u.Quantity
	q.Bound = quantity.Exactly
	for _, h := range list {
		for _, j := range match.Figures(h.m.Prem, syntax.NumberKey) {
			p := *h.m.Prem.Units[j].Quantity
			p.Bound = quantity.Exactly
			if q.EntailedBy(p) {
				return true
			}
		}
	}
	return false
}

// published tells whether a date is that of one of the documents, which the writer was told.
func (g *Given) published(d timeline.Date, phrase string) bool {
	for _, c := range g.contexts {
		day := timeline.Date{Start: c.Published, End: c.Published, Precision: timeline.Day}
		if !c.Published.IsZero() && when.DateEntailed(d, day, phrase) {
			return true
		}
	}
	return false
}

// derived tells whether a number is reckoned from two that were given: their sum, difference, product or quotient, or
// the share of one in the other. One of the two may stand in the statement itself, which must say that it reckons. A
// number that was given in another unit was not reckoned, but taken with the wrong one: "ten days" for "ten weeks".
func derived(q *quantity.Quantity, s *match.Hypothesis, list []held) bool {
	if !slices.ContainsFunc(s.Units, func(u syntax.Unit) bool { return value.Reckoning[u.Folded] }) {
		return false
	}
	r := value.Reckoned{Quantity: q}
	for _, h := range list {
		if value.SaysBare(h.m.Prem, q) {
			return true
		}
		for _, j := range match.Figures(h.m.Prem, syntax.NumberKey) {
			r.Note(h.m.Prem.Units[j].Quantity, false)
		}
	}
	return r.Found(s)
}
