package question

import (
	"regexp"
	"slices"
	"strings"

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
		if bare := itemNumber.ReplaceAllString(text, "$1"); bare != text {
			tokens = words.Tokenize(bare)
		}
		return q.How != "" || q.countsIn(tokens)
	case Time:
		return q.HoldsTokens(text, tokens) || TraitsOfTokens(text, tokens).Time || tells.MatchString(text)
	}
	return true
}

// itemNumber matches the number of an item of a list or of a rule at the front of a sentence.
var itemNumber = regexp.MustCompile(`((?:^|[.!?:;]\s))\d{1,3}[.)]\s`)

// countsIn reports whether a token says how many or how much there is, be it none. A number right before another thing
// counts that: "a member may have five tools, of which one may be new" does not say how many members there are; nor do
// the article and the "one", unless that stands before what is counted, too.
func (q Question) countsIn(tokens []words.Token) bool {
	var counted []int
	if howMany.MatchString(q.Text) { // "a number of dunes" are not counted
		counted = q.countedIn(tokens)
	}
	for i, t := range tokens {
		switch {
		case articles[t.Text]:
			if counted == nil || t.Text == "one" && within(counted, i) {
				return true
			}
		case amounts[t.Text]:
			return true
		case t.Digit || numberWords[t.Text]:
			if counted == nil || !countsOther(tokens, i, counted) {
				return true
			}
		}
	}
	return false
}

var howMany = regexp.MustCompile(`(?i)\bhow many\b`)

// countedReach is how many words a number stands before its noun at most: "one much older second lock".
const countedReach = 4

// within reports whether one of the places is soon behind the i-th token.
func within(counted []int, i int) bool {
	return slices.ContainsFunc(counted, func(k int) bool { return k > i && k <= i+countedReach })
}

// countsOther reports whether the number that is the i-th token stands right before a plural that is not what is
// counted.
func countsOther(tokens []words.Token, i int, counted []int) bool {
	if i+1 >= len(tokens) {
		return false
	}
	next := tokens[i+1]
	return !next.Stop && !next.Digit && !numberWords[next.Text] && len(next.Text) > 3 &&
		strings.HasSuffix(next.Text, "s") && !strings.HasSuffix(next.Text, "ss") && !within(counted, i)
}

var (
	articles = lexicon.Set(`a an one another`)
	amounts  = lexicon.Set(`no none nobody nothing nowhere never free few several many most some all every each more less
		fewer only percent whole entire entirely`)
)

// tells matches ways of saying when without a date: by the clock, or by what else happens then.
var tells = regexp.MustCompile(`(?i)\b(?:when|whenever|after|before|beforehand|ahead|in advance|ago|within|` +
	`as soon as|as long as|once|while|until|till|` +
	`by the time|at (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|night|dawn|dusk|` +
	`sunrise|sunset|first|last)|o'clock|[ap]\.?m\b|b\.?c\b|a\.?d\b|early|late|later|now|then|soon|immediately|` +
	`always|never|daily|weekly|monthly|yearly|recently|eventually|war|era|period|age|season|reign|times?|dynasty|` +
	`beginning|start|end|onset|opening|close|birth|childhood|puberty|death|spring|summer|autumn|winter|` +
	`easter|christmas|ramadan|eid|nowruz)\b`)
