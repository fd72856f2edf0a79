package value

import (
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// OtherDate refuses a date in whose place the passage has another one.
func OtherDate(m *match.Pair) *match.Failure { return otherFigure(m, syntax.Date, claim.CheckDate) }

// MissingDate refuses a date that does not follow from any of the passage.
func MissingDate(m *match.Pair) *match.Failure {
	for _, i := range figuresOf(m, syntax.Date) {
		if len(m.Hits[i]) == 0 {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckDate,
				Why: lang.Say("the date “%s” is not in the paragraph", match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// DateApart refuses a date that the passage has among other words.
func DateApart(m *match.Pair) *match.Failure {
	for _, i := range figuresOf(m, syntax.Date) {
		if (m.Align == nil || m.Align[i] < 0) && !m.Attached(i, m.Hits[i]) {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckDate,
				Why: lang.Say("the paragraph has the date “%s”, but for something else",
					match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}
