package timeline

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// A distanceRule reads the word that says from where a distance is counted, and to which side.
type distanceRule struct {
	example string
	op      op
	sign    int
	length  int                                 // tokens
	match   func(tokens []token, i, w int) bool // the distance begins at i; the word is at w
}

// distanceRules are tried in order: opAgo counts from the publication, opEarlier from the date named before.
var distanceRules = []distanceRule{
	{"two days ago", opAgo, -1, 1, func(tokens []token, _, w int) bool { return at(tokens, w).is("ago") }},
	{"two days from now", opAgo, 1, 2, func(tokens []token, _, w int) bool {
		return at(tokens, w).is("from") && at(tokens, w+1).is("now", "today")
	}},
	{"two days hence", opAgo, 1, 1, func(tokens []token, _, w int) bool { return at(tokens, w).is("hence") }},
	{"two days earlier", opEarlier, -1, 1, func(tokens []token, _, w int) bool {
		return at(tokens, w).is("earlier", "previously") && !at(tokens, w+1).is("than")
	}},
	{"two days before.", opEarlier, -1, 1, func(tokens []token, _, w int) bool {
		return at(tokens, w).is("before", "prior") && closes(at(tokens, w+1))
	}},
	{"two days later", opEarlier, 1, 1, func(tokens []token, _, w int) bool {
		return at(tokens, w).is("later", "afterwards", "afterward") && !at(tokens, w+1).is("than")
	}},
	{"two days after.", opEarlier, 1, 1, func(tokens []token, _, w int) bool {
		return at(tokens, w).is("after") && closes(at(tokens, w+1))
	}},
	{"two days before that", opEarlier, -1, 2, func(tokens []token, _, w int) bool {
		return at(tokens, w).is("before") && pointsBack(tokens, w+1)
	}},
	{"two days after that", opEarlier, 1, 2, func(tokens []token, _, w int) bool {
		return at(tokens, w).is("after") && pointsBack(tokens, w+1)
	}},
	{"the move comes a day after", opAgo, -1, 1, func(tokens []token, i, w int) bool {
		return at(tokens, w).is("after") && afterNow(tokens, i, w)
	}},
}

// pointsBack tells a "that" for what was told before: "ten years after that the club folded", and not "after that
// fire", "after that she resigned had been known".
func pointsBack(tokens []token, i int) bool {
	next := at(tokens, i+1)
	return at(tokens, i).is("that") && (closes(next) || next.capital || clauseOpeners[next.lower])
}

// clauseOpeners begin the clause behind a time.
var clauseOpeners = lexicon.Union(lexicon.List("determiners"), lexicon.List("pronouns"), lexicon.Set("i there we you"))

// ago reads a distance: from the publication ("two days ago") or from the date named before ("a day earlier").
func ago(tokens []token, i int) (expr, int, bool) {
	n, next, ok := countAt(tokens, i)
	if !ok {
		return expr{}, i, false
	}
	u, next, ok := unitAt(tokens, next)
	if !ok {
		return expr{}, i, false
	}
	half := at(tokens, next).is("and") && at(tokens, next+1).is("a") && at(tokens, next+2).is("half")
	if half {
		next += 3
	}
	k := slices.IndexFunc(distanceRules, func(r distanceRule) bool { return r.match(tokens, i, next) })
	if k < 0 {
		return expr{}, i, false
	}
	r := distanceRules[k]
	e := expr{op: r.op, unit: u, n: r.sign * n}
	if at(tokens, next+r.length-1).is("that") {
		e.rel = relSame // of what was told, and never of the publication
	}
	switch before := at(tokens, i-1); {
	case half, before.is("half", "than", "least", "over", "under") || before.is("to") && at(tokens, i-2).is("up"):
		e.kind = KindVague // "more than two years ago" is not the year
	case before.is("about", "around", "nearly", "almost", "some", "roughly", "approximately"):
		e.about = true
	}
	if u == unitTime && e.op == opEarlier {
		e.kind = KindVague
	}
	return e, next + r.length, true
}

// afterNow tells that "two weeks after China devalued" is counted back from the publication, as what came after is
// told in the present: "the move comes a day after", "just two weeks after China devalued, markets are". Otherwise
// nobody knows when.
func afterNow(tokens []token, i, after int) bool {
	if at(tokens, i-1).is("comes", "come") ||
		at(tokens, i-1).is("just", "only") && at(tokens, i-2).is("comes", "come") {
		return true
	}
	if i > 1 || i == 1 && !at(tokens, 0).is("just", "only", "barely") {
		return false
	}
	comma := after
	for ; !at(tokens, comma).is(","); comma++ {
		if comma >= min(len(tokens), after+maxVerbDistance) {
			return false
		}
	}
	for j := comma; j < min(len(tokens), comma+maxVerbDistance); j++ {
		if found := tenseOf(tokens, j); found != tenseOpen {
			return found == tensePresent
		}
	}
	return false
}
