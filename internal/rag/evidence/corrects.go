package evidence

import (
	"regexp"
	"slices"
	"strings"

	"pilcrow/internal/claim"
	wordlists "pilcrow/internal/lexicon"
	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

// corrects reports whether a sentence that contradicts what a question takes for granted may be shown as what the
// documents say otherwise: in a number, a date, or because it says in so many words that it is not so. Where the
// question says "not" itself, or "fail" or "lack", a sentence may be its answer in other words, and opposites are
// often no more than two sides of one thing.
func corrects(q question.Question, check, said string) bool {
	switch check {
	case claim.CheckNumber, claim.CheckDate: // of one that the question has
		traits := question.TraitsOf(q.Text)
		return (traits.Number || traits.Time) && !hasFigures(said, q.Text) && !countsOther(said, q.Text)
	case claim.CheckPolarity:
		return !negated(q.Text) && !lackingIn.MatchString(q.Text) && !contrasts.MatchString(said) && deniedBy(q, said)
	}
	return false
}

// hasFigures reports whether a sentence has all figures of the question, of which there are some: "early in 1757" and
// "throughout the first half of 1757" are no two years.
func hasFigures(said, asked string) bool {
	own, figures := words.Tokenize(said), false
	for _, t := range words.Tokenize(asked) {
		if !t.Digit {
			continue
		}
		figures = true
		if !slices.ContainsFunc(own, func(o words.Token) bool { return o.Text == t.Text }) {
			return false
		}
	}
	return figures
}

// countsOther reports whether the only numbers of the question are words that count something which the sentence does
// not speak of: "the two forms" and "three waves" are no two numbers of one thing, nor is "one" of them a number. A
// century is none either: years say which it is.
func countsOther(said, asked string) bool {
	own, counts := words.Tokenize(said), false
	tokens := words.Tokenize(asked)
	for i, t := range tokens {
		if t.Digit && i+1 < len(tokens) && tokens[i+1].Stem == centuryStem {
			counts = true
			continue
		}
		if t.Digit {
			return false
		}
		if !question.TraitsOf(t.Text).Number {
			continue
		}
		counts = true
		if t.Text == "one" || i+1 == len(tokens) {
			continue
		}
		counted := tokens[i+1]
		if slices.ContainsFunc(own, func(o words.Token) bool { return o.Stem == counted.Stem }) {
			return false
		}
	}
	return counts
}

var centuryStem = words.Stem("century")

// lackingIn matches ways of asking for what is not, beside those of negated.
var lackingIn = regexp.MustCompile(`(?i)\b(?:absen(?:ce|t)|rather than|instead of|in place of|only|apart from|` +
	`aside from|besides|until|before|un(?:able|like|til)|prevent\w*|avoid\w*|stop(?:s|ped)?|forb\w+|ban(?:s|ned)?|` +
	`prohibit\w*|` +
	`(?:keep|kept|protect|save|spare)\w*\b.{1,40}\bfrom)\b`)

// contrasts matches sentences that say "not" of one thing to say something of another, of a time up to which it was so,
// of a case that may be, or of what somebody believes: "unlike the western khanates, the dynasty never converted", "was
// not completed until 1769", "could not do so without it", "not whether, only that", "not improved for 300 years", "if
// they refuse to pay", "it is believed that it is not".
var contrasts = regexp.MustCompile(`(?i)\b(?:unlike|except|only|until|till|before|without|rather|instead|unless|but|` +
	`other|others|although|though|while|whereas|however|yet|no longer|if|` +
	`(?:believe|think|assume|suppose)s?|believed|thought|assumed|supposed|` +
	`for (?:[\w-]+ ){0,3}(?:days|weeks|months|years|decades|centuries)|not (?:just|merely|all|every|always|necessarily|` +
	`entirely|fully|completely|yet))\b`)

// between are the words that may stand between a "not" and what it denies.
var between = wordlists.Set(`be been being yet ever even to have had`)

// deniedBy reports whether the sentence says "not" of something that the question asks about: of "was never repaired"
// the repair, of "is not the main trouble" nothing.
func deniedBy(q question.Question, said string) bool {
	tokens := words.Tokenize(said)
	for i, t := range tokens {
		switch {
		case t.Text == "not", t.Text == "never", strings.HasSuffix(t.Text, "n't"), refusing[t.Stem]:
		default:
			continue
		}
		for _, next := range tokens[i+1:] {
			if slices.Contains(q.Stems, next.Stem) {
				return true
			}
			if !between[next.Text] {
				break
			}
		}
	}
	return false
}

// refusing are stems of verbs that deny what stands behind them.
var refusing = map[string]bool{"refus": true, "fail": true, "deni": true, "declin": true}
