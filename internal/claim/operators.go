package claim

import (
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// An operator is a word that changes what the others say.
type operator uint8

// What a word does to the others.
const (
	none    operator = iota
	negates          // "not", "never", "failed to"
	hedge            // "may", "plans to", "allegedly"
	amount           // "most", "some", "all"
	limits           // "only"
)

// answers begin a sentence that answers a question with yes or no.
var answers = lexicon.Set("yes no")

// measures before "most", "much" and "little" make them something else than an amount of what follows: "the most", "at
// most".
var measures = lexicon.Set("at the very so how too a as")

// A wordAt is a word with its neighbors in the sentence, "" where there is none.
type wordAt struct {
	units            []unit
	i                int
	word, prev, next string
}

func at(u []unit, i int) wordAt {
	w := wordAt{units: u, i: i, word: u[i].folded}
	if i+1 < len(u) && u[i+1].sentence == u[i].sentence {
		w.next = u[i+1].folded
	}
	if i > 0 && u[i-1].sentence == u[i].sentence {
		w.prev = u[i-1].folded
	}
	return w
}

// unit is the word's own.
func (w *wordAt) unit() *unit { return &w.units[w.i] }

// governs reports whether what a verb of denial denies follows at once: "to", "from", "of" or a word in -ing.
func (w *wordAt) governs() bool {
	if w.next == "" || w.units[w.i+1].clause != w.unit().clause {
		return false
	}
	return w.next == "to" || w.next == "from" || w.next == "of" || strings.HasSuffix(w.next, "ing")
}

// An operatorRule says what a word does to the others where it stands. The first that matches decides; a word that none
// matches does nothing.
type operatorRule struct {
	name    string
	example string // operators_test.go has each with near misses
	match   func(w *wordAt) bool
	op      operator
}

// operatorRules are asked in this order.
var operatorRules = []operatorRule{
	{"name or figure", "Will, May, 40", func(w *wordAt) bool {
		k := w.unit().kind
		return k == name || k == number ||
			k == date
	}, none},
	{"answer", "No, the missile did not explode", func(w *wordAt) bool {
		return answers[w.word] && w.prev == "" &&
			w.next != "" && w.units[w.i+1].clause != w.unit().clause
	}, none},
	{"no matter", "no matter how", func(w *wordAt) bool { return w.word == "no" && w.next == "matter" }, none},
	{"not only", "not only in summer, not just, not least", func(w *wordAt) bool {
		return denies(w.word) && (w.next == "only" || w.next == "just" || w.next == "least")
	}, none},
	{"no alone", "No.", func(w *wordAt) bool { return w.word == "no" && w.prev == "" && w.next == "" }, none},
	{"negator", "not, never, didn't", func(w *wordAt) bool { return denies(w.word) }, negates},
	{"noun of denial", "denial, lack, absence", func(w *wordAt) bool { return denyingNouns[w.unit().key] }, negates},
	{"verb of denial", "failed to, refused to, unable to, yet to", func(w *wordAt) bool {
		return (denyingStems[w.unit().key] || w.word == "yet" && w.next == "to") && w.governs()
	}, negates},
	{"not only, the limit", "not only, an only child", func(w *wordAt) bool {
		return limiters[w.word] && (w.prev == "not" || w.prev == "an")
	}, none},
	{"limiter", "only, solely", func(w *wordAt) bool { return limiters[w.word] }, limits},
	{"superlative", "the most beautiful, at most, very little", func(w *wordAt) bool {
		return (w.word == "most" || w.word == "much" || w.word == "little" || w.word == "many") && measures[w.prev]
	}, none},
	{"half", "half of them: a figure, not an amount", func(w *wordAt) bool { return w.word == "half" }, none},
	{"at all", "at all, after all, first of all", func(w *wordAt) bool {
		return w.word == "all" && (w.prev == "at" && w.next != "times" || w.prev == "after" || w.prev == "first")
	}, none},
	{"amount", "all, most, some", func(w *wordAt) bool { return quantifiers[w.word] > 0 }, amount},
	{"month of May", "in May", func(w *wordAt) bool { return w.word == "may" && w.unit().capital && !w.unit().first },
		none},
	{"hedge", "may, allegedly", func(w *wordAt) bool { return hedges[w.word] }, hedge},
	{"plan", "plans to, hopes to", func(w *wordAt) bool { return hedgeStems[w.unit().key] && w.next == "to" }, hedge},
	{"it is believed that", "is believed that, was said to", func(w *wordAt) bool {
		return (w.next == "that" || w.next == "to") && beForms[w.prev] && sayingStems[words.Stem(w.word)]
	}, hedge},
}

// operatorWords and operatorKeys are the words and the keys that operatorRules ask for.
var (
	operatorWords = lexicon.Union(answers, negators, limiters, hedges, lexicon.Set("no yet most much little many half all may"),
		keys(quantifiers))
	operatorKeys = lexicon.Union(denyingNouns, denyingStems, hedgeStems)
)

func keys(m map[string]int) map[string]bool {
	all := make(map[string]bool, len(m))
	for k := range m {
		all[k] = true
	}
	return all
}

// mayOperate reports at little cost whether a rule may find an operator at a unit: nearly all words are none.
func mayOperate(u []unit, i int) bool {
	w := &u[i]
	switch {
	case w.kind == name || w.kind == number || w.kind == date:
		return false
	case operatorWords[w.folded] || operatorKeys[w.key] || strings.HasSuffix(w.folded, "n't"):
		return true
	}
	return i > 0 && beForms[u[i-1].folded] // "is believed that"
}

// denies reports whether a word is one of denial by itself.
func denies(word string) bool { return negators[word] || strings.HasSuffix(word, "n't") }

// operatorOf says by which rule the unit is an operator where it stands; "" for none.
func operatorOf(rules []operatorRule, u []unit, i int) (operator, string) {
	w := at(u, i)
	for k := range rules {
		if rules[k].match(&w) {
			return rules[k].op, rules[k].name
		}
	}
	return none, ""
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
		reached := r.markBehind(i, op)
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

// markBehind marks what a negation or a hedge at i reaches behind it, and counts it.
func (r *reading) markBehind(i int, op operator) (reached int) {
	for j := i + 1; j < min(len(r.units), i+maxClause) && reached < scopeWords; j++ {
		u := &r.units[j]
		if u.sentence != r.units[i].sentence || u.clause != r.units[i].clause {
			break
		}
		if reached > 0 && u.folded != "that" && relatives3[u.folded] {
			break // "did not name the team for which he will ride": he will
		}
		if u.kind == light || u.op != none || op == negates && transparent[u.key] {
			continue
		}
		if !genericWords[u.key] {
			reached++
		}
		r.mark(j, op, reached <= 1)
	}
	return reached
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
