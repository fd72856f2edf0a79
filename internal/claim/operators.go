package claim

import (
	"strings"

	"pilcrow/internal/words"
)

// An operator is a word that changes what the others say.
type operator uint8

const (
	none    operator = iota
	negates          // "not", "never", "failed to"
	hedge            // "may", "plans to", "allegedly"
	amount           // "most", "some", "all"
	limits           // "only"
)

// answers begin a sentence that answers a question with yes or no.
var answers = set("yes no")

// measures before "most", "much" and "little" make them something else than an amount of what follows: "the most", "at most".
var measures = set("at the very so how too a as")

// operatorOf says whether the unit is an operator where it stands.
func operatorOf(u []unit, i int) operator {
	w := u[i].folded
	next := ""
	if i+1 < len(u) && u[i+1].sentence == u[i].sentence {
		next = u[i+1].folded
	}
	prev := ""
	if i > 0 && u[i-1].sentence == u[i].sentence {
		prev = u[i-1].folded
	}
	switch {
	case u[i].kind == name || u[i].kind == number || u[i].kind == date:
		return none
	case answers[w] && prev == "" && next != "":
		return none // "No, the missile did not explode": an answer to the question
	case negators[w] || strings.HasSuffix(w, "n't"):
		if w == "no" && next == "matter" {
			return none
		}
		if next == "only" || next == "just" || next == "least" || w == "no" && (next == "doubt" || prev == "") && next == "" {
			return none
		}
		return negates
	case denyingNouns[u[i].key]:
		return negates
	case denyingStems[u[i].key] || w == "yet" && next == "to":
		if next != "" && u[i+1].clause == u[i].clause && (next == "to" || next == "from" || strings.HasSuffix(next, "ing") || next == "of") {
			return negates
		}
	case limiters[w]:
		if prev != "not" && prev != "an" {
			return limits
		}
	case quantifiers[w] > 0:
		if (w == "most" || w == "much" || w == "little" || w == "many") && measures[prev] {
			return none
		}
		if w == "half" || w == "all" && (prev == "at" || prev == "after" || prev == "first") {
			return none
		}
		return amount
	case hedges[w]:
		if w == "may" && u[i].capital && !u[i].first {
			return none
		}
		return hedge
	case hedgeStems[u[i].key] && next == "to":
		return hedge
	case (next == "that" || next == "to") && beForms[prev] && sayingStems[words.Stem(w)]:
		return hedge // "it is believed that"
	}
	return none
}

// scopeWords is how many content words a negation or a hedge reaches.
const scopeWords = 3

// transparent verbs pass a negation on: who does not think that it is, thinks that it is not.
var transparent = stems(`mean think believe suggest imply expect suppose`)

// markScopes marks what the negations and hedges of a text reach: the content words after them in their clause, the
// nearest being its head; where none follows, the one before. None reaches further than maxClause units.
func markScopes(r *reading) {
	for i := range r.units {
		op := r.units[i].op
		if op != negates && op != hedge {
			continue
		}
		reached := 0
		for j := i + 1; j < min(len(r.units), i+maxClause) && reached < scopeWords; j++ {
			u := &r.units[j]
			if u.sentence != r.units[i].sentence || u.clause != r.units[i].clause {
				break
			}
			if u.kind == light || u.op != none || op == negates && transparent[u.key] {
				continue
			}
			if !genericWords[u.key] {
				reached++
			}
			r.mark(j, op, reached <= 1)
		}
		last := i+1 >= len(r.units) || r.units[i+1].clause != r.units[i].clause
		for j := i - 1; j >= max(0, i-maxClause) && reached == 0 && last; j-- {
			u := &r.units[j]
			if u.clause != r.units[i].clause {
				break
			}
			if u.kind != light && u.op == none {
				r.mark(j, op, true)
				break
			}
		}
	}
}

func (r *reading) mark(j int, op operator, head bool) {
	u := &r.units[j]
	if op == hedge {
		u.hedged = true
		return
	}
	u.negated = !u.negated
	u.head = u.head || head
}
