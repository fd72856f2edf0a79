package timeline

import "strings"

// maxVerbDistance bounds how many tokens are searched on each side of a date for the verb that it goes with.
const maxVerbDistance = 14

// future tells whether the clause around the date tells of what is to come: the nearest verb before the date decides, or the
// first one after it where the date opens the sentence.
func future(tokens []token, from, to int) bool {
	for i := from - 1; i >= max(0, from-maxVerbDistance); i-- {
		t := tokens[i]
		if t.is(";", "?", "!") || t.is(".") && at(tokens, i+1).capital {
			break
		}
		switch verdict := tenseOf(tokens, i); verdict {
		case tensePast:
			return false
		case tenseFuture:
			return true
		}
	}
	for i := to; i < min(len(tokens), to+maxVerbDistance); i++ {
		if tokens[i].is(".", ";", "?", "!") {
			break
		}
		switch verdict := tenseOf(tokens, i); verdict {
		case tensePast:
			return false
		case tenseFuture:
			return true
		}
	}
	return false
}

type tense uint8

const (
	tenseOpen tense = iota
	tensePast
	tenseFuture
)

// tenseOf reads one word of a verb group.
func tenseOf(tokens []token, i int) tense {
	t := tokens[i]
	if t.kind != kindWord {
		return tenseOpen
	}
	if t.is("will", "shall", "ll", "scheduled", "due", "planned", "expected", "slated", "expects", "plans", "upcoming", "deadline") ||
		t.is("to") && at(tokens, i+1).is("be", "begin", "start", "take", "meet", "hold", "launch", "open", "go") && at(tokens, i-1).is("is", "are", "set", "likely") {
		return tenseFuture
	}
	if t.is("said", "says", "was", "were", "had", "has", "have", "told", "did", "began", "came", "took", "fell", "rose", "won", "lost", "made", "saw",
		"gave", "went", "held", "met", "led", "left", "sent", "became", "got", "hit", "shot", "sold", "bought", "brought", "struck", "died") {
		if t.is("has", "have", "had") && at(tokens, i+1).is("to") {
			return tenseOpen
		}
		return tensePast
	}
	if !t.capital && strings.HasSuffix(t.lower, "ed") && len(t.lower) > 3 {
		for j := i - 1; j >= max(0, i-3); j-- { // "will be released", "to be held"
			if at(tokens, j).is("be") {
				return tenseOpen
			}
		}
		return tensePast
	}
	return tenseOpen
}
