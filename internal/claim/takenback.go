package claim

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// A takeBack keeps a statement from being supported whose clauses the passage has, where a small word, or what stands
// beside it, makes of them something else.
type takeBack struct {
	name    string
	example string              // a statement that it takes back, and what the passage says
	find    func(*matching) int // the unit of the statement that is not so; -1 for none
}

// takeBacks is the table of them. testdata/takenback has a case for each that is supported without it.
var takeBacks = []takeBack{
	{"excepted", "Nobody has a key: “Nobody except the keeper has a key”", (*matching).excepted},
	{"qualified", "the chair: “the former chair”", (*matching).qualified},
	{"qualifier added", "The former chair was Lind: “The chair is Lind”", (*matching).qualifierAdded},
	{"nearly all", "all rooms: “nearly all rooms”", (*matching).nearlyAll},
	{"other step", "a day before: “a day after”", (*matching).otherStep},
	{"listed apart", "Lind from Arn: “Lind and Berg from Arn and Tarn respectively”", (*matching).listedApart},
	{"other pronoun", "She taught: “He taught, and she …”", (*matching).otherPronoun},
	{"other count", "three students: “two students … three maps”", (*matching).countedOtherwise},
	{"other side of rather than", "in Arn rather than in Tarn: “in Tarn rather than in Arn”", (*matching).chosenOtherwise},
	{"joined apart", "from May in Oslo: “from May in Rome and from June in Oslo”", (*matching).joinedApart},
	{"limit dropped", "the largest: “the largest since 2019”", (*matching).limitDropped},
	{"both added", "two offers, both from Oslo: “two offers, one from Oslo”", (*matching).bothAdded},
	{"apposed apart", "Nair, the leader: “Nair … Bright, the leader”", (*matching).apposedApart},
	{"verb not read", "The lamp turns orange when …: “blinks orange and turns white when …”", (*matching).unread},
}

// takenBack is the unit of the statement for which it is not supported though it was found kept, by what; -1 for none.
func (m *matching) takenBack(kept string) int {
	if kept == "" || kept == RuleVerbatim {
		return -1
	}
	for k := range takeBacks {
		if takeBacks[k].name == m.c.off.takeBack {
			continue
		}
		if i := takeBacks[k].find(m); i >= 0 {
			return i
		}
	}
	return -1
}

// ground reports whether a statement that was found kept rests on a sentence of the passage.
func (m *matching) ground(sentence int) bool {
	if len(m.grounds) == 0 {
		return sentence >= m.first && sentence <= m.last
	}
	return slices.ContainsFunc(m.grounds, func(j int) bool { return m.p.units[j].sentence == sentence })
}

// groundHits are the places of a unit in the sentences that the statement rests on, or else all.
func (m *matching) groundHits(i int) []int {
	var list []int
	for _, j := range m.hits[i] {
		if m.ground(m.p.units[j].sentence) {
			list = append(list, j)
		}
	}
	if len(list) == 0 {
		return m.hits[i]
	}
	return list
}

// has reports whether a text has a word.
func (r *reading) has(word string) bool {
	return slices.ContainsFunc(r.units, func(u unit) bool { return u.folded == word })
}

// qualifiers before a noun say that somebody is not, or not fully, what it names; behindNouns stand behind it.
var (
	qualifiers = lexicon.Set(`former ex onetime one-time erstwhile deputy vice acting assistant interim fake bogus mock would-be
		so-called self-styled self-proclaimed aspiring honorary non alleged supposed purported pretend`)
	behindNouns   = lexicon.Set("designate elect emeritus")
	pastQualifies = lexicon.Set("former ex onetime one-time erstwhile")
)

// qualifiedBy is the word that makes of the noun at j less than it names: "former", "deputy", "-elect"; "" for none.
func (r *reading) qualifiedBy(j int) string {
	if r.partOf(j) != nominal {
		return ""
	}
	if before, _, ok := strings.Cut(r.units[j].folded, "-"); ok && qualifiers[before] {
		return before
	}
	end := r.from[r.units[j].sentence+1]
	if j+1 < end && !r.parted(j+1) && behindNouns[r.units[j+1].folded] {
		return r.units[j+1].folded
	}
	if _, behind, ok := strings.Cut(r.units[j].folded, "-"); ok && behindNouns[behind] {
		return behind
	}
	const reach = 4
	for k := j - 1; k >= max(r.from[r.units[j].sentence], j-reach) && !r.parted(k+1) && !r.possessive(k); k-- {
		if qualifiers[r.units[k].folded] {
			return r.units[k].folded
		}
		if r.partOf(k) != nominal {
			return ""
		}
	}
	return ""
}

// qualified finds a noun of the statement that the passage has with a word that makes less of it alone: "the chair" for
// "the former chair". What somebody was he is called a former one for.
func (m *matching) qualified() int {
	past := slices.ContainsFunc(m.s.units, func(u unit) bool {
		return u.folded == "was" || u.folded == "were" || u.folded == "used" || u.folded == "longer" ||
			officeVerbs[u.folded] != (officeVerb{}) || u.folded == "became"
	})
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.quoted || m.s.partOf(i) != nominal || u.kind != plain && !titles[u.folded] ||
			m.s.qualifiedBy(i) != "" || qualifiers[u.folded] {
			continue
		}
		all := m.groundHits(i)
		free := slices.ContainsFunc(all, func(j int) bool {
			w := m.p.qualifiedBy(j)
			return w == "" || m.s.has(w) || m.s.has(w+"-"+u.folded) ||
				past && pastQualifies[w] && m.complement(i)
		})
		if len(all) > 0 && !free {
			return i
		}
	}
	return -1
}

// complement reports whether a unit of the statement stands in what a clause says that its subject is.
func (m *matching) complement(i int) bool {
	for _, c := range m.s.clauses(m.s.units[i].sentence) {
		if slices.Contains(c.objectUnits(), i) || c.to > i && c.verb < i && !slices.Contains(c.subject.units, i) {
			return true
		}
	}
	return false
}
