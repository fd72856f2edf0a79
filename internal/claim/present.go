package claim

import "strings"

// A presentAt is a word that may be a verb in the present or a noun of the same form, with what stands around it.
type presentAt struct {
	r             *reading
	i             int
	before, after string
	subject       *unit // what stands before it
	third         bool  // it ends in the third person's s
}

// objectFollows reports whether what stands behind begins an object or an adverb.
func (p *presentAt) objectFollows() bool {
	return determiners[p.after] || prepositions[p.after] || particles[p.after] ||
		p.after != "" && p.r.units[p.i+1].kind == number
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
	{"joined", "Tarn sells boats and repairs the nets", func(p *presentAt) bool { return coordinators[p.before] },
		func(p *presentAt) bool { return p.objectFollows() || subjectPronouns[p.after] }},
	{"pronoun before", "they report, who report",
		func(p *presentAt) bool { return subjectPronouns[p.before] || relatives3[p.before] }, aVerb},
	{"no subject before", "some report, most claims, a long report",
		func(p *presentAt) bool {
			return p.subject.kind == light || p.subject.op == amount || adjectives[p.before]
		}, aNoun},
	{"before the verb", "their blood tests were, the report will",
		func(p *presentAt) bool { return beForms[p.after] || modals[p.after] }, aNoun},
	{"counted", "40 reports", func(p *presentAt) bool { return p.subject.kind == number }, aNoun},
	{"before a past form", "Heavy rain forced",
		func(p *presentAt) bool {
			return !p.third && p.subject.first && pastVerb(p.after) && !strings.HasSuffix(p.before, "s")
		}, aNoun},
	{"plural before", "the ships costs",
		func(p *presentAt) bool { return p.third && p.subject.kind == plain && strings.HasSuffix(p.before, "s") }, aNoun},
	{"singular before", "the bank close, rice farm",
		func(p *presentAt) bool {
			return !p.third && p.subject.kind == plain && !strings.HasSuffix(p.before, "s") && !humanPlurals[p.before]
		}, aNoun},
	{"at the end", "Residents claim.", func(p *presentAt) bool { return p.after == "" },
		func(p *presentAt) bool { return p.third || humanPlurals[p.before] }},
	{"with of", "the company reports of losses", func(p *presentAt) bool { return p.after == "of" }, aNoun},
	{"bare object", "Lumex supplies fans",
		func(p *presentAt) bool {
			next := &p.r.units[p.i+1]
			return p.third && next.kind == plain && next.op == none && p.subject.kind == plain
		},
		func(p *presentAt) bool { return strings.HasSuffix(p.after, "s") }},
}

// presentHere tells a verb in the present from a noun of the same form, by what stands before and behind it.
func (r *reading) presentHere(i int, before, after string) bool {
	p := presentAt{r: r, i: i, before: before, after: after, third: thirdForms[r.units[i].folded]}
	if before == "" { // behind a comma, or the first of the sentence
		return i > r.from[r.units[i].sentence] && p.objectFollows()
	}
	p.subject = &r.units[i-1]
	for k := range presentRules {
		if presentRules[k].match(&p) {
			return presentRules[k].verb(&p)
		}
	}
	return true
}
