package question

import (
	"regexp"
	"slices"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// Plainly reports whether the text says the kind of thing that the question asks for: a measure with its unit, a
// number, a time, an attribute such as a price. It is as generous as a text can be that does: what it denies, the text
// does not say, however many words of the question stand there.
func (q Question) Plainly(text string) bool {
	if q.Unstated(text) {
		return false
	}
	tokens := words.Tokenize(text)
	switch q.Kind {
	case Number:
		return q.How != "" || slices.ContainsFunc(tokens, countsAny)
	case Time:
		return q.HoldsTokens(text, tokens) || TraitsOfTokens(text, tokens).Time || tells.MatchString(text)
	}
	return true
}

// countsAny reports whether a token says how many or how much there is, be it none.
func countsAny(t words.Token) bool { return t.Digit || numberWords[t.Text] || amounts[t.Text] }

var amounts = lexicon.Set(`one a an another no none nobody nothing nowhere never free few several many most some all
	every each more less fewer only percent whole entire entirely`)

// tells matches ways of saying when without a date: by the clock, or by what else happens then.
var tells = regexp.MustCompile(`(?i)\b(?:when|whenever|after|before|as soon as|as long as|once|while|until|till|` +
	`by the time|at (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|night|dawn|dusk|` +
	`sunrise|sunset|first|last)|o'clock|[ap]\.?m\b|b\.?c\b|a\.?d\b|early|late|later|now|then|soon|immediately|` +
	`always|never|daily|weekly|monthly|yearly|recently|eventually|war|era|period|age|season|reign|times?|dynasty|` +
	`beginning|start|end|onset|opening|close|birth|childhood|puberty|death|spring|summer|autumn|winter|` +
	`easter|christmas|ramadan|eid|nowruz)\b`)
