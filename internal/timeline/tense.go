package timeline

import (
	"slices"
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

// A tenseRule reads one word of a verb group.
type tenseRule struct {
	example string
	tense   tense
	match   func(tokens []token, i int) bool
}

// tenseRules are tried in order; the first that matches decides.
var tenseRules = []tenseRule{
	{"it will open", tenseFuture, anyOf("will", "shall", "ll", "slated", "upcoming", "deadline", "rescheduled")},
	{"talks resume Saturday", tenseFuture, // the present of timetables
		anyOf("begins", "resumes", "resume", "expires", "expire", "starts", "opens", "meets", "reopens", "reopen")},
	{"the school closes on Friday", tenseFuture, func(tokens []token, i int) bool {
		// but "the index closes below 9,000 Friday"
		return at(tokens, i).is("closes", "ends", "returns") && at(tokens, i+1).is("on", "in", "next", "tomorrow")
	}},
	{"she retires from the bench on Friday", tenseFuture, func(tokens []token, i int) bool {
		const most = 4 // words between
		if !timetabled[at(tokens, i).lower] {
			return false
		}
		for k := i + 1; k <= i+1+most && at(tokens, k).kind != kindPunct; k++ {
			if next := at(tokens, k+1); at(tokens, k).is("on") && (next.has(cWeekday|cMonth) || next.kind == kindNumber) {
				return true
			}
		}
		return false
	}},
	{"runs until 11 January", tenseFuture, func(tokens []token, i int) bool {
		return at(tokens, i).is("runs", "run") && at(tokens, i+1).is("until", "till", "through", "to")
	}},
	{"was postponed to the meeting on 14 October", tenseFuture, func(tokens []token, i int) bool {
		return postponing[at(tokens, i).lower] && at(tokens, i+1).is("to", "until", "till", "from")
	}},
	{"put the vote off until 14 October", tenseFuture, func(tokens []token, i int) bool {
		put := func(t token) bool { return t.is("put", "pushed", "puts", "moved") }
		return at(tokens, i).is("off", "back") && at(tokens, i+1).is("to", "until", "till") &&
			slices.ContainsFunc(tokens[max(0, i-maxPutOff):i], put)
	}},
	{"than expected; the scheduled talks; its plans; due to rain", tenseOpen, func(tokens []token, i int) bool {
		return planned(tokens, i) && (at(tokens, i-1).is("an", "the", "its", "than", "as") ||
			at(tokens, i).is("due") && at(tokens, i+1).is("to") && !dueToDo(tokens, i))
	}},
	{"talks are planned", tenseFuture, planned},
	{"it may be; it should have", tenseFuture, func(tokens []token, i int) bool {
		return at(tokens, i).is("may", "should") && at(tokens, i+1).is("be") ||
			at(tokens, i).is("should") && at(tokens, i+1).is("have")
	}},
	{"he said it would open", tenseFuture, promised},
	{"it may", tensePresent, anyOf("may", "can", "could", "should", "would", "might", "must")},
	{"it is to open; they agreed to open", tenseFuture, func(tokens []token, i int) bool {
		return at(tokens, i).is("to") &&
			(at(tokens, i-1).is("is", "are", "set", "likely", "going", "hopes") || decides(tokens, i))
	}},
	{"they have until Friday", tenseFuture, func(tokens []token, i int) bool {
		return at(tokens, i).is("has", "have") && at(tokens, skip(tokens, i+1, "only", "just")).is("until", "till")
	}},
	{"it has to; it has a", tenseOpen, func(tokens []token, i int) bool {
		return at(tokens, i).is("has", "have", "had") && at(tokens, i+1).is("to", "a", "an")
	}},
	{"it has opened", tensePast, anyOf("has", "have", "had")},
	{"it is", tensePresent, anyOf("is", "are", "remains", "comes")},
	{"are caught", tenseOpen, func(tokens []token, i int) bool {
		return at(tokens, i-1).is("be", "is", "are") && participles[at(tokens, i).lower]
	}},
	{"it fell", tensePast, func(tokens []token, i int) bool { return pastForms[at(tokens, i).lower] }},
	{"is officially reported", tenseOpen, func(tokens []token, i int) bool {
		return endsInEd(tokens, i) && slices.ContainsFunc(tokens[max(0, i-3):i], func(t token) bool {
			return t.is("be", "is", "are")
		})
	}},
	{"it opened", tensePast, endsInEd},
}

// tenseOf reads one word of a verb group.
func tenseOf(tokens []token, i int) tense {
	if t := at(tokens, i); t.kind != kindWord || t.capital && i > 0 {
		return tenseOpen
	}
	for _, r := range tenseRules {
		if r.match(tokens, i) {
			return r.tense
		}
	}
	return tenseOpen
}

// promised reports whether the "would" at i tells what somebody said is to come.
func promised(tokens []token, i int) bool {
	const between = 12 // words
	return at(tokens, i).is("would") &&
		slices.ContainsFunc(tokens[max(0, i-between):i], func(t token) bool { return t.reports() })
}

// maxPutOff is how many words may stand between "put" and "off": "put a vote on the school off until Friday".
const maxPutOff = 8

// anyOf matches any of the words.
func anyOf(list ...string) func(tokens []token, i int) bool {
	return func(tokens []token, i int) bool { return at(tokens, i).is(list...) }
}

// timetabled are verbs, and no nouns, whose present announces what a day will bring.
var timetabled = lexicon.List("timetabled-verbs")

// postponing verbs have behind "to" and "until" a time that is to come.
var postponing = lexicon.Set(`postponed postpones postpone adjourned adjourns adjourn deferred defers defer rescheduled
	delayed delays delay`)

func planned(tokens []token, i int) bool {
	return at(tokens, i).is("scheduled", "due", "planned", "expected", "plans", "expects")
}

// dueToDo reports whether a verb follows the "due to" at i, "due to hear from", and no noun, "due to rain on Monday".
func dueToDo(tokens []token, i int) bool {
	return at(tokens, i+2).is("be") || at(tokens, i-1).is("is", "are", "was", "were") && lemmas[at(tokens, i+2).lower]
}

// lemmas are those of irregular verbs, and of others that programs name.
var lemmas = func() map[string]bool {
	all := lexicon.Union(lexicon.List("scheduled-verbs"))
	for _, v := range lexicon.IrregularVerbs() {
		all[v.Lemma] = true
	}
	return all
}()

func endsInEd(tokens []token, i int) bool {
	word := at(tokens, i).lower
	return strings.HasSuffix(word, "ed") && len(word) > 3
}

// deciding verbs have what is to come behind them: "agreed to open".
var deciding = lexicon.List("deciding-verbs")

var determiners = lexicon.List("determiners")

// betweenDecision are words between a decision and what is decided: when, where and how.
var betweenDecision = lexicon.List("decision-circumstances")

// decides reports whether the "to" at i follows such a verb, with no more between than when and how that was decided:
// "voted 14 to 3 late on Tuesday to open".
func decides(tokens []token, i int) bool {
	const between = 8 // words
	if next := at(tokens, i+1); next.kind != kindWord || next.capital || determiners[next.lower] {
		return false // "voted 14 to 9 on Monday", "agreed to a deal on Monday"
	}
	for k := i - 1; k >= max(0, i-1-between); k-- {
		switch t := at(tokens, k); {
		case deciding[t.lower]:
			return true
		case t.kind == kindWord && !t.capital && !betweenDecision[t.lower] && !strings.HasSuffix(t.lower, "ly"):
			return false
		}
	}
	return false
}

// participles are those of irregular verbs.
var participles = func() map[string]bool {
	all := map[string]bool{}
	for _, v := range lexicon.IrregularVerbs() {
		all[v.Participle] = true
	}
	return all
}()

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
