package check

import (
	"slices"

	"pilcrow/internal/claim"
)

// A rule refuses a statement that a passage does not bear out. Rules are tried in their order, and the first that
// refuses names the reason, so that the rules that can show both sides come first.
type rule struct {
	Name    string // in Result.Rule, and in check --explain
	Example string // a statement that it refuses, and what the passage says
	match   func(*Pair) *failure
}

// Refusals is the table of the rules. testdata/rules has a case for each that fails without it.
var Refusals = []rule{
	{"hidden characters", "a zero-width space inside a word", (*Pair).hiddenCharacters},
	{"look-alike letters", "“Таliban” with two Cyrillic letters", (*Pair).lookAlikes},
	{"quotation", "“No city should spend”: “No city can spend”", (*Pair).quotations},
	{"cross-paired value", "Arnby had 7,000: “Arnby had 4,000 inhabitants and Belmo had 7,000”", (*Pair).crossPaired},
	{"other number", "3,400 workers: “4,300 workers”", (*Pair).otherNumber},
	{"number not there", "18 ships were diverted: “ships were diverted”", (*Pair).missingNumber},
	{"number of something else", "18 miles of cable: “18 ships … miles of cable”", (*Pair).numberApart},
	{"other date", "on 4 March: “on 3 March”", (*Pair).otherDate},
	{"date not there", "in 1987: no date", (*Pair).missingDate},
	{"date of something else", "The mill closed in 2001: “The mill closed. The weir was built in 2001 …”",
		(*Pair).dateApart},
	{"pretender", "The Harbor Board said: “He said”", (*Pair).pretenders},
	{"other speaker's role", "The senator said: “The mayor said”", (*Pair).strangers},
	{"other speaker", "Orsk said: “Tarrant said”", (*Pair).otherSpeakers},
	{"other name", "Kessum was shelled: “Verrin was shelled”", (*Pair).nameRivals},
	{"name not there", "Norlin diverted ships: “ships were diverted”", (*Pair).missingName},
	{"title's subject", "Kettle Bay lost 27 roofs: “Oakley lost 27 roofs”, under the title “Kettle Bay”",
		(*Pair).titleSubject},
	{"negation in another language", "Die Fähre wurde verkauft: “wurde nicht verkauft”", (*Pair).deniedElsewhere},
	{"denied", "The board hired guards: “denied that it had hired guards”", (*Pair).negations},
	{"negation added or lost", "never closed: “closed”", (*Pair).negatedGaps},
	{"canceled", "The mill was closed: “was almost closed”, “used to”, “it is not true that”", (*Pair).canceled},
	{"opposite", "accepted: “rejected”", (*Pair).oppositeWords},
	{"smaller amount", "all members: “most members”", (*Pair).smallerAmount},
	{"amount not said", "all members: “members”", (*Pair).unsaidAmount},
	{"amount dropped", "members agreed: “some members agreed”", (*Pair).droppedAmount},
	{"only added", "only ships: “ships”", (*Pair).limited},
	{"hedge dropped", "The slope will slide: “may slide”", (*Pair).droppedHedge},
	{"plan as fact", "raised the crest: “plans to raise the crest”", (*Pair).planAsFact},
	{"hedged verb", "the same in other words", (*Pair).hedgedVerb},
	{"hedged throughout", "all that carries the statement is hedged", (*Pair).hedgedThroughout},
	{"roles exchanged", "The office blamed the inquiry: “the inquiry blamed the office”", (*Pair).rolesExchanged},
	{"pronoun's role", "The dam was closed in 2001: “It was closed”, of the weir", (*Pair).pronounRoles},
	{"other parties", "talks between A and C: “talks between A and B”", (*Pair).parties},
	{"skipped over", "62 percent were against: “62 percent in favor and 21 percent against”", (*Pair).skips},
	{"predicate not there", "was sunk: “was diverted”", (*Pair).missingPredicate},
	{"words not there", "too little of it stands in the passage", (*Pair).uncovered},
}

// verbatimRules are those that hold for whole sentences of the passage, too: quotations need their marks.
var verbatimRules = []string{"hidden characters", "look-alike letters", "quotation"}

// refuse finds the rule that refuses the statement. A contradiction goes before a rule that only misses something,
// where the passage has nearly the statement.
func (m *Pair) refuse() (*failure, string) {
	if m.deniesAnotherTime() {
		return nil, ""
	}
	var failed *failure
	by := ""
	verbatim := m.verbatim()
	for k := range Refusals {
		r := &Refusals[k]
		if r.Name == m.c.Off.Rule || verbatim && !slices.Contains(verbatimRules, r.Name) {
			continue
		}
		f := r.match(m)
		if f == nil {
			continue
		}
		if failed == nil || f.verdict == claim.Contradicted && failed.verdict == claim.NotFound && m.near &&
			failed.check != claim.CheckScript && failed.check != claim.CheckQuotation {
			failed, by = f, r.Name
		}
	}
	return failed, by
}
