package timeline

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// A tense is what the clause around a date tells of.
type tense uint8

const (
	tenseOpen    tense = iota // no verb, or the present: the nearest date is meant
	tensePast                 // it has happened
	tenseFuture               // it is to come
	tensePresent              // only while searching: the verb is found and says nothing
)

// maxVerbDistance bounds how many tokens are searched on each side of a date for the verb that it goes with.
const maxVerbDistance = 25

// tenseAround reads the tense off the nearest verb before the date, or off the first one after it where the date
// opens the sentence. "Since December" is past whatever the verb.
func tenseAround(tokens []token, from, to int) tense {
	if at(tokens, from-1).is("since") {
		return tensePast
	}
	for i := from - 1; i >= max(0, from-maxVerbDistance); i-- {
		if t := &tokens[i]; t.is(";", "?", "!") || t.is(".") && at(tokens, i+1).capital {
			break
		}
		if found := tenseOf(tokens, i); found != tenseOpen {
			return found % tensePresent
		}
	}
	for i := to; i < min(len(tokens), to+maxVerbDistance); i++ {
		if tokens[i].is(".", ";", "?", "!") {
			break
		}
		if found := tenseOf(tokens, i); found != tenseOpen {
			return found % tensePresent
		}
	}
	return tenseOpen
}

// tenseOf reads one word of a verb group.
func tenseOf(tokens []token, i int) tense {
	t := at(tokens, i)
	if t.kind != kindWord || t.capital && i > 0 {
		return tenseOpen
	}
	before, after := at(tokens, i-1), at(tokens, i+1)
	switch {
	case t.is("will", "shall", "ll", "slated", "upcoming", "deadline", "rescheduled"):
		return tenseFuture
	case t.is("begins", "resumes", "resume", "expires", "expire", "starts", "opens", "meets"):
		return tenseFuture // the present of timetables: "talks resume Saturday"
	case t.is("scheduled", "due", "planned", "expected", "plans", "expects"):
		if before.is("an", "the", "its", "than", "as") || t.is("due") && after.is("to") && !at(tokens, i+2).is("be") {
			return tenseOpen
		}
		return tenseFuture
	case t.is("may", "can", "could", "should", "would", "might", "must"):
		if t.is("may", "should") && after.is("be") || t.is("should") && after.is("have") {
			return tenseFuture
		}
		return tensePresent
	case t.is("to") && (before.is("is", "are", "set", "likely", "going", "hopes") || decides(tokens, i)):
		return tenseFuture
	case t.is("has", "have", "had"):
		if after.is("to", "a", "an") {
			return tenseOpen
		}
		return tensePast
	case t.is("is", "are", "remains", "comes"):
		return tensePresent
	case pastForms[t.lower]:
		return tensePast
	}
	if strings.HasSuffix(t.lower, "ed") && len(t.lower) > 3 {
		for j := i - 1; j >= max(0, i-3); j-- { // "will be released", "is officially reported"
			if at(tokens, j).is("be", "is", "are") {
				return tenseOpen
			}
		}
		return tensePast
	}
	return tenseOpen
}

// deciding verbs have what is to come behind them: "agreed to open".
var deciding = lexicon.Set(`decided decide decides agreed agree agrees voted promised promises vowed vows pledged
	pledges intend intends wants proposed proposes aims`)

// decides reports whether the "to" at i follows such a verb, with a day between at most: "decided on Tuesday to open".
func decides(tokens []token, i int) bool {
	const between = 2 // words: "on Tuesday"
	for k := i - 1; k >= max(0, i-1-between); k-- {
		if t := at(tokens, k); deciding[t.lower] {
			return true
		} else if !t.is("on", "yesterday", "today") && !t.capital {
			return false
		}
	}
	return false
}

// pastForms are those of irregular verbs that are no other form of theirs, and what news prose tells the past with
// beside them.
var pastForms = func() map[string]bool {
	forms := lexicon.Set("was were been did hit says")
	for _, v := range lexicon.IrregularVerbs() {
		if v.Past != v.Lemma && v.Past != v.Ambiguous {
			forms[v.Past] = true
		}
	}
	return forms
}()
