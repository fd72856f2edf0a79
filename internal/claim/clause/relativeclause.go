package clause

import (
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// stepBackSubject is stepBackNoun where the noun may belong to a clause that tells of the noun before it.
func stepBackSubject(r *syntax.Analysis, k, start, v int, beside *[]int) (p syntax.Phrase, next int, done bool) {
	passed := len(*beside)
	p, next, done = stepBackNoun(r, k, start, beside)
	if !done || p.Missing {
		return p, next, done
	}
	_, from := NounPhraseEnding(r, k)
	before, who, ok := BesideRelative(r, from, v, start)
	if !ok {
		return p, next, done
	}
	*beside = (*beside)[:passed]
	if who >= 0 {
		return Antecedent(r, who), 0, true
	}
	return syntax.Phrase{Missing: true}, before, false
}

// BesideRelative is where to look on for the subject of the verb at v, if the noun phrase that begins at from belongs
// to a clause that tells of the noun before it: "the soldier who killed the king fled", "the guard watching the king
// slept", "the attempt to save the king failed". who is the relative pronoun, -1 for none; next the last unit before
// that clause.
func BesideRelative(r *syntax.Analysis, from, v, start int) (next, who int, ok bool) {
	k := from - 1
	for k >= start && !r.Parted(k+1) && !doing(r, k, start) &&
		(r.PartOf(k) == syntax.Nominal || r.PartOf(k) == syntax.Determiner ||
			r.PartOf(k) == syntax.Preposition || r.PartOf(k) == syntax.Adverbial || r.PartOf(k) == syntax.Pronominal) {
		k--
	}
	if k <= start || r.PartOf(k) != syntax.Verbal && !doing(r, k, start) || r.Parted(k+1) || k == from-1 &&
		TellsClause(r, k) {
		return 0, -1, false
	}
	verb := k
	next, who = tellingFrom(r, verb, start), -1
	if next < start {
		return 0, -1, false
	}
	if r.PartOf(next+1) == syntax.Relativizer {
		who = next + 1
	}
	// "bought the chair that replaced the bench built in 1900": a participle tells of the bench
	if r.Reduced(v) && mainVerbBeside(r, next, v, start) {
		return 0, -1, false
	}
	return next, who, true
}

// doing reports whether a word in -ing at k tells of the noun before it what that does: "the guard watching the king".
func doing(r *syntax.Analysis, k, start int) bool {
	return k > start && syntax.IngForms()[r.Units[k].Folded] && !r.Parted(k) && r.PartOf(k-1) == syntax.Nominal &&
		syntax.Determiners[r.PlainAfter(k)]
}

// TellsClause reports whether a clause may follow a verb at once: "said the king fled".
func TellsClause(r *syntax.Analysis, k int) bool {
	w := r.Units[k].Folded
	return Says(w) || ThoughtForms[w] || FactiveVerbs[w]
}

// tellingFrom is the last unit before the clause of a verb that tells of a noun: before its relative pronoun, its
// "to" or its participle. It is before start where the verb is none of these.
func tellingFrom(r *syntax.Analysis, verb, start int) int {
	k := verb - 1
	for k > start && !r.Parted(k+1) && (r.PartOf(k) == syntax.Helping || r.PartOf(k) == syntax.Adverbial) &&
		r.Units[k].Folded != "to" {
		k--
	}
	switch {
	case k <= start || r.Parted(k+1) || r.Parted(k):
		return start - 1
	case r.PartOf(k) == syntax.Relativizer || r.Units[k].Folded == "to" && r.PartOf(k) == syntax.Helping:
		k--
	case k != verb-1 || !syntax.IngForms()[r.Units[verb].Folded]:
		return start - 1
	}
	if r.PartOf(k) != syntax.Nominal {
		return start - 1
	}
	if r.Units[k+1].Folded == "to" && r.HasVerb(start, k) { // "asked the man to sell the house"
		return start - 1
	}
	return k
}

// mainVerbBeside reports whether the sentence has another verb than that at v for its main one: one before the noun
// that ends at k, or one behind v that nothing joins to it.
func mainVerbBeside(r *syntax.Analysis, k, v, start int) bool {
	if r.HasVerb(start, k+1) {
		return true
	}
	for q := v + 1; q < r.ClauseEnd(v) && !r.Parted(q); q++ {
		if syntax.VerbOrHelp(r.PartOf(q)) {
			return r.Units[q].Folded != "to" && r.PartOf(q-1) != syntax.Coordinator && r.PartOf(q-1) != syntax.Relativizer &&
				!Subordinate(r, q)
		}
	}
	return false
}

// FactiveVerbs have clauses that are so, whoever the subject is; the other verbs with clauses of their own say what
// somebody says or thinks.
var FactiveVerbs = lexicon.Set(`know knows knew known find finds found discover discovers discovered show shows showed
	shown
	prove proves proved proven confirm confirms confirmed realize realizes realized establish establishes established
	demonstrate demonstrates demonstrated mean means meant ensure ensures ensured cause causes caused see sees saw seen
	notice notices noticed forget forgot regret regrets regretted remember remembers remembered note notes noted`)

// ThoughtForms are verbs of thinking and saying in forms that a clause may follow without "that".
var ThoughtForms = lexicon.Set(`believe believes believed think thinks thought suspect suspects suspected fear fears
	feared
	hope hopes hoped doubt doubts doubted guess guesses guessed expect expects expected claim claims claimed allege
	alleges alleged suppose supposes supposed imagine imagines imagined assume assumes assumed say says said predict
	predicts predicted insist insists insisted argue argues argued warn warns warned worry worries worried feel feels
	felt suggest suggests suggested`)

// Says reports whether a word is a form of a verb that reports speech.
func Says(word string) bool {
	v, ok := lexicon.Reporting(word)
	return ok && v.Clause
}
