// Package verdict asks the rules in their order, and concludes what a premise says of a hypothesis. Each rule that
// refuses is a row of a table, with a case in testdata/rules.
package verdict

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/value"
)

// A rule refuses a statement that a passage does not bear out. Rules are tried in their order, and the first that
// refuses names the reason, so that the rules that can show both sides come first.
type rule struct {
	Name    string // in Result.Rule, and in check --explain
	Example string // a statement that it refuses, and what the passage says
	match   func(*match.Pair) *match.Failure
}

// Refusals is the table of the rules. testdata/rules has a case for each that fails without it.
var Refusals = []rule{
	{"hidden characters", "a zero-width space inside a word", HiddenCharacters},
	{"look-alike letters", "“Таliban” with two Cyrillic letters", LookAlikes},
	{"quotation", "“No city should spend”: “No city can spend”", attribution.Quotations},
	{"cross-paired value", "Arnby had 7,000: “Arnby had 4,000 inhabitants and Belmo had 7,000”", polarity.CrossPaired},
	{"other number", "3,400 workers: “4,300 workers”", value.OtherNumber},
	{"number not there", "18 ships were diverted: “ships were diverted”", value.MissingNumber},
	{"number of something else", "18 miles of cable: “18 ships … miles of cable”", value.NumberApart},
	{"other date", "on 4 March: “on 3 March”", value.OtherDate},
	{"date not there", "in 1987: no date", value.MissingDate},
	{"date of something else", "The mill closed in 2001: “The mill closed. The weir was built in 2001 …”",
		value.DateApart},
	{"pretender", "The Harbor Board said: “He said”", attribution.Pretenders},
	{"other speaker's role", "The senator said: “The mayor said”", attribution.Strangers},
	{"other speaker", "Orsk said: “Tarrant said”", attribution.OtherSpeakers},
	{"other name", "Kessum was shelled: “Verrin was shelled”", nameRivals},
	{"name not there", "Norlin diverted ships: “ships were diverted”", missingName},
	{"title's subject", "Kettle Bay lost 27 roofs: “Oakley lost 27 roofs”, under the title “Kettle Bay”",
		polarity.TitleSubject},
	{"negation in another language", "Die Fähre wurde verkauft: “wurde nicht verkauft”", (*match.Pair).DeniedElsewhere},
	{"denied", "The board hired guards: “denied that it had hired guards”", polarity.Negations},
	{"negation added or lost", "never closed: “closed”", polarity.NegatedGaps},
	{"canceled", "The mill was closed: “was almost closed”, “used to”, “it is not true that”", polarity.Canceled},
	{"opposite", "accepted: “rejected”", polarity.OppositeWords},
	{"smaller amount", "all members: “most members”", polarity.SmallerAmount},
	{"amount not said", "all members: “members”", polarity.UnsaidAmount},
	{"amount dropped", "members agreed: “some members agreed”", polarity.DroppedAmount},
	{"only added", "only ships: “ships”", polarity.Limited},
	{"hedge dropped", "The slope will slide: “may slide”", polarity.DroppedHedge},
	{"plan as fact", "raised the crest: “plans to raise the crest”", polarity.PlanAsFact},
	{"hedged verb", "the same in other words", polarity.HedgedVerb},
	{"hedged throughout", "all that carries the statement is hedged", polarity.HedgedThroughout},
	{"roles exchanged", "The office blamed the inquiry: “the inquiry blamed the office”", rolesExchanged},
	{"pronoun's role", "The dam was closed in 2001: “It was closed”, of the weir", pronounRoles},
	{"other parties", "talks between A and C: “talks between A and B”", parties},
	{"skipped over", "62 percent were against: “62 percent in favor and 21 percent against”", skips},
	{"predicate not there", "was sunk: “was diverted”", polarity.MissingPredicate},
	{"words not there", "too little of it stands in the passage", polarity.Uncovered},
}

// verbatimRules are those that hold for whole sentences of the passage, too: quotations need their marks.
var verbatimRules = []string{"hidden characters", "look-alike letters", "quotation"}

// refuse finds the rule that refuses the statement. A contradiction goes before a rule that only misses something,
// where the passage has nearly the statement.
func refuse(m *match.Pair) (*match.Failure, string) {
	if polarity.DeniesAnotherTime(m) {
		return nil, ""
	}
	var failed *match.Failure
	by := ""
	verbatim := m.Verbatim()
	for k := range Refusals {
		r := &Refusals[k]
		if r.Name == m.Doc.Off.Rule || verbatim && !slices.Contains(verbatimRules, r.Name) {
			continue
		}
		f := r.match(m)
		if f == nil {
			continue
		}
		if failed == nil || f.Verdict == claim.Contradicted && failed.Verdict == claim.NotFound && m.Near &&
			failed.Check != claim.CheckScript && failed.Check != claim.CheckQuotation {
			failed, by = f, r.Name
		}
	}
	return failed, by
}

// MinDispute is the least share of a sentence that a passage must cover to be said to dispute what another supports.
const MinDispute = 0.75
