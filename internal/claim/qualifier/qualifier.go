// Package qualifier takes back what was found kept: a limit, an exception or a small word makes it another statement.
// Each rule is a row of a table, with a case in testdata/takenback.
package qualifier

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// A takeBack keeps a statement from being supported whose clauses the passage has, where a small word, or what stands
// beside it, makes of them something else.
type takeBack struct {
	Name    string
	Example string                // a statement that it takes back, and what the passage says
	find    func(*match.Pair) int // the unit of the statement that is not so; -1 for none
}

// TakeBacks is the table of them. testdata/takenback has a case for each that is supported without it.
var TakeBacks = []takeBack{
	{"excepted", "Nobody has a key: “Nobody except the keeper has a key”", excepted},
	{"qualified", "the chair: “the former chair”", qualified},
	{"qualifier added", "The former chair was Lind: “The chair is Lind”", qualifierAdded},
	{"nearly all", "all rooms: “nearly all rooms”", nearlyAll},
	{"other step", "a day before: “a day after”", otherStep},
	{"other preposition", "sold to Lund: “sold in Lund”", otherPreposition},
	{"somebody else's", "their house: “her house”", somebodyElses},
	{"listed apart", "Lind from Arn: “Lind and Berg from Arn and Tarn respectively”", listedApart},
	{"other pronoun", "She taught: “He taught, and she …”", otherPronoun},
	{"other count", "three students: “two students … three maps”", countedOtherwise},
	{"other side of rather than", "in Arn rather than in Tarn: “in Tarn rather than in Arn”", chosenOtherwise},
	{"joined apart", "from May in Oslo: “from May in Rome and from June in Oslo”", joinedApart},
	{"limit dropped", "the largest: “the largest since 2019”", limitDropped},
	{"ranked lower", "the largest: “the third-largest”", rankedLower},
	{"other condition", "unless it rains: “if it rains”", otherCondition},
	{"ended", "owns the mill: “owned the mill until 2019”", ended},
	{"of some", "90 members in Tarn: “90 members, of whom 60 live in Tarn”", ofSome},
	{"other particle", "is on by default: “is off by default”", otherParticle},
	{"other order", "before the quay was built: “after the quay was built”", otherOrder},
	{"only of another", "Only divers open it: “Divers open only it”", onlyOfAnother},
	{"both added", "two offers, both from Oslo: “two offers, one from Oslo”", bothAdded},
	{"apposed apart", "Nair, the leader: “Nair … Bright, the leader”", apposedApart},
	{"verb not read", "The lamp turns orange when …: “blinks orange and turns white when …”", unread},
}

// TakenBack is the unit of the statement for which it is not supported though it was found kept, by what; -1 for none.
func TakenBack(m *match.Pair, kept string) int {
	if kept == "" || kept == claim.RuleVerbatim {
		return -1
	}
	for k := range TakeBacks {
		if TakeBacks[k].Name == m.Doc.Off.TakeBack {
			continue
		}
		if i := TakeBacks[k].find(m); i >= 0 {
			return i
		}
	}
	return -1
}

// ground reports whether a statement that was found kept rests on a sentence of the passage.
func ground(m *match.Pair, sentence int) bool {
	if len(m.Grounds) == 0 {
		return sentence >= m.First && sentence <= m.Last
	}
	return slices.ContainsFunc(m.Grounds, func(j int) bool { return m.Prem.Units[j].Sentence == sentence })
}

// groundHits are the places of a unit in the sentences that the statement rests on, or else all.
func groundHits(m *match.Pair, i int) []int {
	var list []int
	for _, j := range m.Hits[i] {
		if ground(m, m.Prem.Units[j].Sentence) {
			list = append(list, j)
		}
	}
	if len(list) == 0 {
		return m.Hits[i]
	}
	return list
}

// has reports whether a text has a word.
func has(r *syntax.Analysis, word string) bool {
	return slices.ContainsFunc(r.Units, func(u syntax.Unit) bool { return u.Folded == word })
}

// qualifiers before a noun say that somebody is not, or not fully, what it names; behindNouns stand behind it.
var (
	qualifiers = lexicon.Set(`former ex onetime one-time erstwhile deputy vice acting assistant interim fake bogus mock
		would-be
		so-called self-styled self-proclaimed aspiring honorary non alleged supposed purported pretend`)
	behindNouns   = lexicon.Set("designate elect emeritus")
	pastQualifies = lexicon.Set("former ex onetime one-time erstwhile")
)

// qualifiedBy is the word that makes of the noun at j less than it names: "former", "deputy", "-elect"; "" for none.
func qualifiedBy(r *syntax.Analysis, j int) string {
	if r.PartOf(j) != syntax.Nominal {
		return ""
	}
	if before, _, ok := strings.Cut(r.Units[j].Folded, "-"); ok && qualifiers[before] {
		return before
	}
	end := r.From[r.Units[j].Sentence+1]
	if j+1 < end && !r.Parted(j+1) && behindNouns[r.Units[j+1].Folded] {
		return r.Units[j+1].Folded
	}
	if _, behind, ok := strings.Cut(r.Units[j].Folded, "-"); ok && behindNouns[behind] {
		return behind
	}
	const reach = 4
	for k := j - 1; k >= max(r.From[r.Units[j].Sentence], j-reach) && !r.Parted(k+1) && !r.Possessive(k); k-- {
		if qualifiers[r.Units[k].Folded] {
			return r.Units[k].Folded
		}
		if r.PartOf(k) != syntax.Nominal {
			return ""
		}
	}
	return ""
}

// qualified finds a noun of the statement that the passage has with a word that makes less of it alone: "the chair" for
// "the former chair". What somebody was he is called a former one for.
func qualified(m *match.Pair) int {
	past := slices.ContainsFunc(m.Hyp.Units, func(u syntax.Unit) bool {
		return u.Folded == "was" || u.Folded == "were" || u.Folded == "used" || u.Folded == "longer" ||
			inference.OfficeVerbs[u.Folded] != (inference.OfficeVerb{}) || u.Folded == "became"
	})
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Quoted || m.Hyp.PartOf(i) != syntax.Nominal || u.Kind != syntax.Plain && !syntax.Titles[u.Folded] ||
			qualifiedBy(m.Hyp.Analysis, i) != "" || qualifiers[u.Folded] {
			continue
		}
		all := groundHits(m, i)
		free := slices.ContainsFunc(all, func(j int) bool {
			w := qualifiedBy(m.Prem, j)
			return w == "" || has(m.Hyp.Analysis, w) || has(m.Hyp.Analysis, w+"-"+u.Folded) ||
				past && pastQualifies[w] && complement(m, i)
		})
		if len(all) > 0 && !free {
			return i
		}
	}
	return -1
}

// complement reports whether a unit of the statement stands in what a clause says that its subject is.
func complement(m *match.Pair, i int) bool {
	for _, c := range m.Hyp.Clauses(m.Hyp.Units[i].Sentence) {
		if slices.Contains(inference.ObjectUnits(&c), i) || c.To > i && c.Verb < i && !slices.Contains(c.Subject.Units, i) {
			return true
		}
	}
	return false
}
