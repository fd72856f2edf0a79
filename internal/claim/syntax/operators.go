package syntax

import (
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// An Operator is a word that changes what the others say.
type Operator uint8

// What a word does to the others.
const (
	None    Operator = iota
	Negates          // "not", "never", "failed to"
	Hedge            // "may", "plans to", "allegedly"
	Amount           // "most", "some", "all"
	Limits           // "only"
)

// Answers begin a sentence that answers a question with yes or no.
var Answers = lexicon.Set("yes no")

// measures before "most", "much" and "little" make them something else than an amount of what follows: "the most", "at
// most".
var measures = lexicon.Set("at the very so how too a as")

// A wordAt is a word with its neighbors in the sentence, "" where there is none.
type wordAt struct {
	units            []Unit
	i                int
	word, prev, next string
}

func at(u []Unit, i int) wordAt {
	w := wordAt{units: u, i: i, word: u[i].Folded}
	if i+1 < len(u) && u[i+1].Sentence == u[i].Sentence {
		w.next = u[i+1].Folded
	}
	if i > 0 && u[i-1].Sentence == u[i].Sentence {
		w.prev = u[i-1].Folded
	}
	return w
}

// unit is the word's own.
func (w *wordAt) unit() *Unit { return &w.units[w.i] }

// governs reports whether what a verb of denial denies follows at once: "to", "from", "of" or a word in -ing.
func (w *wordAt) governs() bool {
	if w.next == "" || w.units[w.i+1].Clause != w.unit().Clause {
		return false
	}
	return w.next == "to" || w.next == "from" || w.next == "of" || strings.HasSuffix(w.next, "ing")
}

// An OperatorRule says what a word does to the others where it stands. The first that matches decides; a word that none
// matches does nothing.
type OperatorRule struct {
	Name    string
	Example string // operators_test.go has each with near misses
	match   func(w *wordAt) bool
	op      Operator
}

// OperatorRules are asked in this order.
var OperatorRules = []OperatorRule{
	{"name or figure", "Will, May, 40", func(w *wordAt) bool {
		k := w.unit().Kind
		return k == Name || k == Number ||
			k == Date
	}, None},
	{"answer", "No, the missile did not explode", func(w *wordAt) bool {
		return Answers[w.word] && w.prev == "" &&
			w.next != "" && w.units[w.i+1].Clause != w.unit().Clause
	}, None},
	{"no matter", "no matter how", func(w *wordAt) bool { return w.word == "no" && w.next == "matter" }, None},
	{"not only", "not only in summer, not just, not least", func(w *wordAt) bool {
		return denies(w.word) && (w.next == "only" || w.next == "just" || w.next == "least")
	}, None},
	{"no alone", "No.", func(w *wordAt) bool { return w.word == "no" && w.prev == "" && w.next == "" }, None},
	{"negator", "not, never, didn't", func(w *wordAt) bool { return denies(w.word) }, Negates},
	{"noun of denial", "denial, lack, absence", func(w *wordAt) bool { return denyingNouns[w.unit().Key] }, Negates},
	{"verb of denial", "failed to, refused to, unable to, yet to", func(w *wordAt) bool {
		return (denyingStems[w.unit().Key] || w.word == "yet" && w.next == "to") && w.governs()
	}, Negates},
	{"not only, the limit", "not only, an only child", func(w *wordAt) bool {
		return limiters[w.word] && (w.prev == "not" || w.prev == "an")
	}, None},
	{"limiter", "only, solely", func(w *wordAt) bool { return limiters[w.word] }, Limits},
	{"superlative", "the most beautiful, at most, very little", func(w *wordAt) bool {
		return (w.word == "most" || w.word == "much" || w.word == "little" || w.word == "many") && measures[w.prev]
	}, None},
	{"half", "half of them: a figure, not an amount", func(w *wordAt) bool { return w.word == "half" }, None},
	{"at all", "at all, after all, first of all", func(w *wordAt) bool {
		return w.word == "all" && (w.prev == "at" && w.next != "times" || w.prev == "after" || w.prev == "first")
	}, None},
	{"amount", "all, most, some", func(w *wordAt) bool { return Quantifiers[w.word] > 0 }, Amount},
	{"month of May", "in May", func(w *wordAt) bool { return w.word == "may" && w.unit().Capital && !w.unit().First },
		None},
	{"hedge", "may, allegedly", func(w *wordAt) bool { return Hedges[w.word] }, Hedge},
	{"plan", "plans to, hopes to", func(w *wordAt) bool { return HedgeStems[w.unit().Key] && w.next == "to" }, Hedge},
	{"it is believed that", "is believed that, was said to", func(w *wordAt) bool {
		return (w.next == "that" || w.next == "to") && BeForms[w.prev] && SayingStems[words.Stem(w.word)]
	}, Hedge},
}

// operatorWords and operatorKeys are the words and the keys that OperatorRules ask for.
var (
	operatorWords = lexicon.Union(Answers, negators, limiters, Hedges,
		lexicon.Set("no yet most much little many half all may"),
		keys(Quantifiers))
	operatorKeys = lexicon.Union(denyingNouns, denyingStems, HedgeStems)
)

func keys(m map[string]int) map[string]bool {
	all := make(map[string]bool, len(m))
	for k := range m {
		all[k] = true
	}
	return all
}

// MayOperate reports at little cost whether a rule may find an operator at a unit: nearly all words are none.
func MayOperate(u []Unit, i int) bool {
	w := &u[i]
	switch {
	case w.Kind == Name || w.Kind == Number || w.Kind == Date:
		return false
	case operatorWords[w.Folded] || operatorKeys[w.Key] || strings.HasSuffix(w.Folded, "n't"):
		return true
	}
	return i > 0 && BeForms[u[i-1].Folded] // "is believed that"
}

// denies reports whether a word is one of denial by itself.
func denies(word string) bool { return negators[word] || strings.HasSuffix(word, "n't") }

// OperatorOf says by which rule the unit is an operator where it stands; "" for none.
func OperatorOf(rules []OperatorRule, u []Unit, i int) (Operator, string) {
	w := at(u, i)
	for k := range rules {
		if rules[k].match(&w) {
			return rules[k].op, rules[k].Name
		}
	}
	return None, ""
}

// ScopeWords is how many content words a negation or a hedge reaches.
const ScopeWords = 3

// transparent verbs pass a negation on: who does not think that it is, thinks that it is not.
var transparent = Stems(`mean think believe suggest imply expect suppose`)

// MarkScopes marks what the negations and hedges of a text reach: the content words after them in their clause, the
// nearest being its head; where none follows, the one before. None reaches further than MaxClause units.
func MarkScopes(r *Analysis) {
	for i := range r.Units {
		op := r.Units[i].Op
		if op != Negates && op != Hedge {
			continue
		}
		reached := r.markBehind(i, op)
		last := i+1 >= len(r.Units) || r.Units[i+1].Clause != r.Units[i].Clause
		for j := i - 1; j >= max(0, i-MaxClause) && reached == 0 && last; j-- {
			u := &r.Units[j]
			if u.Clause != r.Units[i].Clause {
				break
			}
			if u.Kind != Light && u.Op == None {
				r.mark(j, i, true)
				break
			}
		}
	}
}

// markBehind marks what a negation or a hedge at i reaches behind it, and counts it.
func (r *Analysis) markBehind(i int, op Operator) (reached int) {
	for j := i + 1; j < min(len(r.Units), i+MaxClause) && reached < ScopeWords; j++ {
		u := &r.Units[j]
		if u.Sentence != r.Units[i].Sentence || u.Clause != r.Units[i].Clause {
			break
		}
		if reached > 0 && u.Folded != "that" && relatives3[u.Folded] {
			break // "did not name the team for which he will ride": he will
		}
		if u.Kind == Light || u.Op != None || op == Negates && transparent[u.Key] {
			continue
		}
		if !GenericWords[u.Key] {
			reached++
		}
		r.mark(j, i, reached <= 1)
	}
	return reached
}

// mark notes at j that the negation or hedge at i reaches it. Two negations are none, but "neither Ruud nor Dahl" is
// one.
func (r *Analysis) mark(j, i int, head bool) {
	u := &r.Units[j]
	if r.Units[i].Op == Hedge {
		u.Hedged = true
		return
	}
	u.Negated = !u.Negated || r.Units[i].Folded == "nor"
	u.Head = u.Head || head
}
