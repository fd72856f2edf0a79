package claim

import "slices"

// A rule refuses a statement that a passage does not bear out. Rules are tried in their order, and the first that
// refuses names the reason, so that the rules that can show both sides come first.
type rule struct {
	name    string // in Result.Rule, and in check --explain
	example string // a statement that it refuses, and what the passage says
	match   func(*matching) *failure
}

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

// refusals is the table of the rules. testdata/rules has a case for each that fails without it.
var refusals = []rule{
	{"hidden characters", "a zero-width space inside a word", (*matching).hiddenCharacters},
	{"look-alike letters", "“Таliban” with two Cyrillic letters", (*matching).lookAlikes},
	{"quotation", "“No city should spend”: “No city can spend”", (*matching).quotations},
	{"cross-paired value", "Arnby had 7,000: “Arnby had 4,000 inhabitants and Belmo had 7,000”", (*matching).crossPaired},
	{"other number", "3,400 workers: “4,300 workers”", (*matching).otherNumber},
	{"number not there", "18 ships were diverted: “ships were diverted”", (*matching).missingNumber},
	{"number of something else", "18 miles of cable: “18 ships … miles of cable”", (*matching).numberApart},
	{"other date", "on 4 March: “on 3 March”", (*matching).otherDate},
	{"date not there", "in 1987: no date", (*matching).missingDate},
	{"date of something else", "The mill closed in 2001: “The mill closed. The weir was built in 2001 …”",
		(*matching).dateApart},
	{"pretender", "The Harbor Board said: “He said”", (*matching).pretenders},
	{"other speaker's role", "The senator said: “The mayor said”", (*matching).strangers},
	{"other speaker", "Orsk said: “Tarrant said”", (*matching).otherSpeakers},
	{"other name", "Kessum was shelled: “Verrin was shelled”", (*matching).nameRivals},
	{"name not there", "Norlin diverted ships: “ships were diverted”", (*matching).missingName},
	{"title's subject", "Kettle Bay lost 27 roofs: “Oakley lost 27 roofs”, under the title “Kettle Bay”",
		(*matching).titleSubject},
	{"negation in another language", "Die Fähre wurde verkauft: “wurde nicht verkauft”", (*matching).deniedElsewhere},
	{"denied", "The board hired guards: “denied that it had hired guards”", (*matching).negations},
	{"negation added or lost", "never closed: “closed”", (*matching).negatedGaps},
	{"canceled", "The mill was closed: “was almost closed”, “used to”, “it is not true that”", (*matching).canceled},
	{"opposite", "accepted: “rejected”", (*matching).oppositeWords},
	{"smaller amount", "all members: “most members”", (*matching).smallerAmount},
	{"amount not said", "all members: “members”", (*matching).unsaidAmount},
	{"amount dropped", "members agreed: “some members agreed”", (*matching).droppedAmount},
	{"only added", "only ships: “ships”", (*matching).limited},
	{"hedge dropped", "The slope will slide: “may slide”", (*matching).droppedHedge},
	{"plan as fact", "raised the crest: “plans to raise the crest”", (*matching).planAsFact},
	{"hedged verb", "the same in other words", (*matching).hedgedVerb},
	{"hedged throughout", "all that carries the statement is hedged", (*matching).hedgedThroughout},
	{"roles exchanged", "The office blamed the inquiry: “the inquiry blamed the office”", (*matching).rolesExchanged},
	{"pronoun's role", "The dam was closed in 2001: “It was closed”, of the weir", (*matching).pronounRoles},
	{"other parties", "talks between A and C: “talks between A and B”", (*matching).parties},
	{"skipped over", "62 percent were against: “62 percent in favor and 21 percent against”", (*matching).skips},
	{"predicate not there", "was sunk: “was diverted”", (*matching).missingPredicate},
	{"words not there", "too little of it stands in the passage", (*matching).uncovered},
}

// verbatimRules are those that hold for whole sentences of the passage, too: quotations need their marks.
var verbatimRules = []string{"hidden characters", "look-alike letters", "quotation"}

// refuse finds the rule that refuses the statement. A contradiction goes before a rule that only misses something,
// where the passage has nearly the statement.
func (m *matching) refuse() (*failure, string) {
	if m.deniesAnotherTime() {
		return nil, ""
	}
	var failed *failure
	by := ""
	verbatim := m.verbatim()
	for k := range refusals {
		r := &refusals[k]
		if r.name == m.c.off.rule || verbatim && !slices.Contains(verbatimRules, r.name) {
			continue
		}
		f := r.match(m)
		if f == nil {
			continue
		}
		if failed == nil || f.verdict == Contradicted && failed.verdict == NotFound && m.near &&
			failed.check != CheckScript && failed.check != CheckQuotation {
			failed, by = f, r.name
		}
	}
	return failed, by
}
