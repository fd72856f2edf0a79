package check

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// A takeBack keeps a statement from being supported whose clauses the passage has, where a small word, or what stands
// beside it, makes of them something else.
type takeBack struct {
	Name    string
	Example string          // a statement that it takes back, and what the passage says
	find    func(*Pair) int // the unit of the statement that is not so; -1 for none
}

// TakeBacks is the table of them. testdata/takenback has a case for each that is supported without it.
var TakeBacks = []takeBack{
	{"excepted", "Nobody has a key: “Nobody except the keeper has a key”", (*Pair).excepted},
	{"qualified", "the chair: “the former chair”", (*Pair).qualified},
	{"qualifier added", "The former chair was Lind: “The chair is Lind”", (*Pair).qualifierAdded},
	{"nearly all", "all rooms: “nearly all rooms”", (*Pair).nearlyAll},
	{"other step", "a day before: “a day after”", (*Pair).otherStep},
	{"listed apart", "Lind from Arn: “Lind and Berg from Arn and Tarn respectively”", (*Pair).listedApart},
	{"other pronoun", "She taught: “He taught, and she …”", (*Pair).otherPronoun},
	{"other count", "three students: “two students … three maps”", (*Pair).countedOtherwise},
	{"other side of rather than", "in Arn rather than in Tarn: “in Tarn rather than in Arn”", (*Pair).chosenOtherwise},
	{"joined apart", "from May in Oslo: “from May in Rome and from June in Oslo”", (*Pair).joinedApart},
	{"limit dropped", "the largest: “the largest since 2019”", (*Pair).limitDropped},
	{"both added", "two offers, both from Oslo: “two offers, one from Oslo”", (*Pair).bothAdded},
	{"apposed apart", "Nair, the leader: “Nair … Bright, the leader”", (*Pair).apposedApart},
	{"verb not read", "The lamp turns orange when …: “blinks orange and turns white when …”", (*Pair).unread},
}

// takenBack is the unit of the statement for which it is not supported though it was found kept, by what; -1 for none.
func (m *Pair) takenBack(kept string) int {
	if kept == "" || kept == claim.RuleVerbatim {
		return -1
	}
	for k := range TakeBacks {
		if TakeBacks[k].Name == m.c.Off.TakeBack {
			continue
		}
		if i := TakeBacks[k].find(m); i >= 0 {
			return i
		}
	}
	return -1
}

// ground reports whether a statement that was found kept rests on a sentence of the passage.
func (m *Pair) ground(sentence int) bool {
	if len(m.grounds) == 0 {
		return sentence >= m.first && sentence <= m.last
	}
	return slices.ContainsFunc(m.grounds, func(j int) bool { return m.p.Units[j].Sentence == sentence })
}

// groundHits are the places of a unit in the sentences that the statement rests on, or else all.
func (m *Pair) groundHits(i int) []int {
	var list []int
	for _, j := range m.hits[i] {
		if m.ground(m.p.Units[j].Sentence) {
			list = append(list, j)
		}
	}
	if len(list) == 0 {
		return m.hits[i]
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
func (m *Pair) qualified() int {
	past := slices.ContainsFunc(m.s.Units, func(u syntax.Unit) bool {
		return u.Folded == "was" || u.Folded == "were" || u.Folded == "used" || u.Folded == "longer" ||
			officeVerbs[u.Folded] != (officeVerb{}) || u.Folded == "became"
	})
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.Quoted || m.s.PartOf(i) != syntax.Nominal || u.Kind != syntax.Plain && !syntax.Titles[u.Folded] ||
			qualifiedBy(m.s.Analysis, i) != "" || qualifiers[u.Folded] {
			continue
		}
		all := m.groundHits(i)
		free := slices.ContainsFunc(all, func(j int) bool {
			w := qualifiedBy(m.p, j)
			return w == "" || has(m.s.Analysis, w) || has(m.s.Analysis, w+"-"+u.Folded) ||
				past && pastQualifies[w] && m.complement(i)
		})
		if len(all) > 0 && !free {
			return i
		}
	}
	return -1
}

// complement reports whether a unit of the statement stands in what a clause says that its subject is.
func (m *Pair) complement(i int) bool {
	for _, c := range m.s.Clauses(m.s.Units[i].Sentence) {
		if slices.Contains(objectUnits(&c), i) || c.To > i && c.Verb < i && !slices.Contains(c.Subject.Units, i) {
			return true
		}
	}
	return false
}
