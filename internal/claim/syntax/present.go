package syntax

import "strings"

// A presentAt is a word that may be a verb in the present or a noun of the same form, with what stands around it.
type presentAt struct {
	r             *Analysis
	i             int
	before, after string
	subject       *Unit // what stands before it
	third         bool  // it ends in the third person's s
}

// objectFollows reports whether what stands behind begins an object or an adverb.
func (p *presentAt) objectFollows() bool {
	return Determiners[p.after] || Prepositions[p.after] || particles[p.after] || subjectPronouns[p.after] ||
		p.after != "" && p.r.Units[p.i+1].Kind == Number
}

// bareBehindAnd reports whether a noun without a determiner follows, and no plural stands before the "and": "has
// lived in Arn and teaches music", but not "sells parts and repairs engines".
func (p *presentAt) bareBehindAnd() bool {
	return p.after != "" && p.r.Units[p.i+1].Kind == Plain && p.i > 1 && !p.r.Parted(p.i-1) &&
		!strings.HasSuffix(p.r.Units[p.i-2].Folded, "s") && p.r.Units[p.i+1].Op == None
}

// A presentRule tells verb and noun apart where it matches.
type presentRule struct {
	name    string
	example string
	match   func(*presentAt) bool
	verb    func(*presentAt) bool
}

func aVerb(*presentAt) bool { return true }
func aNoun(*presentAt) bool { return false }

// presentRules are tried in their order; what none matches is a verb.
var presentRules = []presentRule{
	{"joined", "Tarn sells boats and repairs the nets", func(p *presentAt) bool { return Coordinators[p.before] },
		func(p *presentAt) bool { return p.objectFollows() || p.third && p.bareBehindAnd() }},
	{"pronoun before", "they report, who report",
		func(p *presentAt) bool { return subjectPronouns[p.before] || relatives3[p.before] }, aVerb},
	{"no subject before", "some report, most claims, a long report",
		func(p *presentAt) bool {
			return p.subject.Kind == Light || p.subject.Op == Amount || adjectives[p.before]
		}, aNoun},
	{"before the verb", "their blood tests were, the report will",
		func(p *presentAt) bool { return BeForms[p.after] || Modals[p.after] }, aNoun},
	{"counted", "40 reports", func(p *presentAt) bool { return p.subject.Kind == Number }, aNoun},
	{"before a past form", "Heavy rain forced",
		func(p *presentAt) bool {
			return !p.third && p.subject.First && PastVerb(p.after) && !strings.HasSuffix(p.before, "s")
		}, aNoun},
	{"plural before", "the ships costs",
		func(p *presentAt) bool { return p.third && p.subject.Kind == Plain && strings.HasSuffix(p.before, "s") }, aNoun},
	{"plural before of", "The pupils of the school use the bridge",
		func(p *presentAt) bool { return !p.third && Determiners[p.after] && p.r.pluralOf(p.i) }, aVerb},
	{"singular before", "the bank close, rice farm",
		func(p *presentAt) bool {
			return !p.third && p.subject.Kind == Plain && !strings.HasSuffix(p.before, "s") && !HumanPlurals[p.before]
		}, aNoun},
	{"at the end", "Residents claim.", func(p *presentAt) bool { return p.after == "" },
		func(p *presentAt) bool { return p.third || HumanPlurals[p.before] }},
	{"verb with of", "the fleet consists of two boats",
		func(p *presentAt) bool { return p.after == "of" && p.third && takeOf[p.r.Units[p.i].Folded] }, aVerb},
	{"with of", "the company reports of losses", func(p *presentAt) bool { return p.after == "of" }, aNoun},
	{"bare object", "Lumex supplies fans",
		func(p *presentAt) bool {
			next := &p.r.Units[p.i+1]
			return p.third && next.Kind == Plain && next.Op == None && p.subject.Kind == Plain
		},
		func(p *presentAt) bool { return strings.HasSuffix(p.after, "s") }},
}

// takeOf are verbs that have "of" behind them.
var takeOf = FormsOf("tell consist speak warn dream dispose approve boast complain think")

// presentHere tells a verb in the present from a noun of the same form, by what stands before and behind it.
func (r *Analysis) presentHere(i int, before, after string) bool {
	p := presentAt{r: r, i: i, before: before, after: after, third: ThirdForms()[r.Units[i].Folded]}
	if before == "" { // behind a comma, or the first of the sentence
		return i > r.From[r.Units[i].Sentence] && p.objectFollows()
	}
	p.subject = &r.Units[i-1]
	for k := range presentRules {
		if presentRules[k].match(&p) {
			return presentRules[k].verb(&p)
		}
	}
	return true
}

// pluralOf reports whether the first noun phrase of the sentence ends at a unit, and is of a plural with "of".
func (r *Analysis) pluralOf(i int) bool {
	start := r.From[r.Units[i].Sentence]
	for k := i - 1; k > start && i-k < MaxClauseUnits && !r.Parted(k); k-- {
		u := &r.Units[k]
		if u.Folded == "of" {
			before := &r.Units[k-1]
			return before.Kind == Plain && strings.HasSuffix(before.Folded, "s") && k-1-start <= 2
		}
		if u.Kind == Light && !Determiners[u.Folded] || u.Kind == Number || u.Kind == Date {
			return false
		}
	}
	return false
}
