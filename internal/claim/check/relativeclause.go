package check

// stepBackSubject is stepBackNoun where the noun may belong to a clause that tells of the noun before it.
func (r *Analysis) stepBackSubject(k, start, v int, beside *[]int) (p phrase, next int, done bool) {
	passed := len(*beside)
	p, next, done = r.stepBackNoun(k, start, beside)
	if !done || p.missing {
		return p, next, done
	}
	_, from := r.nounPhraseEnding(k)
	before, who, ok := r.besideRelative(from, v, start)
	if !ok {
		return p, next, done
	}
	*beside = (*beside)[:passed]
	if who >= 0 {
		return r.antecedent(who), 0, true
	}
	return phrase{missing: true}, before, false
}

// besideRelative is where to look on for the subject of the verb at v, if the noun phrase that begins at from belongs
// to a clause that tells of the noun before it: "the soldier who killed the king fled", "the guard watching the king
// slept", "the attempt to save the king failed". who is the relative pronoun, -1 for none; next the last unit before
// that clause.
func (r *Analysis) besideRelative(from, v, start int) (next, who int, ok bool) {
	k := from - 1
	for k >= start && !r.parted(k+1) && !r.doing(k, start) && (r.PartOf(k) == nominal || r.PartOf(k) == determiner ||
		r.PartOf(k) == preposition || r.PartOf(k) == adverbial || r.PartOf(k) == pronominal) {
		k--
	}
	if k <= start || r.PartOf(k) != Verbal && !r.doing(k, start) || r.parted(k+1) || k == from-1 && r.tellsClause(k) {
		return 0, -1, false
	}
	verb := k
	next, who = r.tellingFrom(verb, start), -1
	if next < start {
		return 0, -1, false
	}
	if r.PartOf(next+1) == relativizer {
		who = next + 1
	}
	// "bought the chair that replaced the bench built in 1900": a participle tells of the bench
	if r.reduced(v) && r.mainVerbBeside(next, v, start) {
		return 0, -1, false
	}
	return next, who, true
}

// doing reports whether a word in -ing at k tells of the noun before it what that does: "the guard watching the king".
func (r *Analysis) doing(k, start int) bool {
	return k > start && ingForms[r.Units[k].Folded] && !r.parted(k) && r.PartOf(k-1) == nominal &&
		determiners[r.plainAfter(k)]
}

// tellsClause reports whether a clause may follow a verb at once: "said the king fled".
func (r *Analysis) tellsClause(k int) bool {
	w := r.Units[k].Folded
	return says(w) || thoughtForms[w] || factiveVerbs[w]
}

// tellingFrom is the last unit before the clause of a verb that tells of a noun: before its relative pronoun, its
// "to" or its participle. It is before start where the verb is none of these.
func (r *Analysis) tellingFrom(verb, start int) int {
	k := verb - 1
	for k > start && !r.parted(k+1) && (r.PartOf(k) == helping || r.PartOf(k) == adverbial) && r.Units[k].Folded != "to" {
		k--
	}
	switch {
	case k <= start || r.parted(k+1) || r.parted(k):
		return start - 1
	case r.PartOf(k) == relativizer || r.Units[k].Folded == "to" && r.PartOf(k) == helping:
		k--
	case k != verb-1 || !ingForms[r.Units[verb].Folded]:
		return start - 1
	}
	if r.PartOf(k) != nominal {
		return start - 1
	}
	if r.Units[k+1].Folded == "to" && r.hasVerb(start, k) { // "asked the man to sell the house"
		return start - 1
	}
	return k
}

// mainVerbBeside reports whether the sentence has another verb than that at v for its main one: one before the noun
// that ends at k, or one behind v that nothing joins to it.
func (r *Analysis) mainVerbBeside(k, v, start int) bool {
	if r.hasVerb(start, k+1) {
		return true
	}
	for q := v + 1; q < r.clauseEnd(v) && !r.parted(q); q++ {
		if verbOrHelp(r.PartOf(q)) {
			return r.Units[q].Folded != "to" && r.PartOf(q-1) != coordinator && r.PartOf(q-1) != relativizer &&
				!r.subordinate(q)
		}
	}
	return false
}

// startsBeside reports whether the noun phrase at j of the passage, with which near wording begins, belongs to a clause
// that tells of the noun before it, and the verb of the statement does not.
func (m *Pair) startsBeside(j int) bool {
	verbs := m.nearGrounds()
	if len(verbs) == 0 || verbs[0] <= j {
		return false
	}
	_, from := m.p.nounPhraseEnding(j)
	_, _, ok := m.p.besideRelative(from, verbs[0], m.p.clauseStart(verbs[0]))
	return ok
}
