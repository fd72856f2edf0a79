package match

import (
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// interchangeable lists for a stem those that say the same in one of its senses. Both sides are stems, no keys: in a
// passage, only the word itself counts, not what same-words hold for the same as that in another sense.
var interchangeable = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, row := range lexicon.Rows("interchangeable-words") {
		for _, a := range row {
			for _, b := range row {
				if s := words.Stem(b); a != b && !slices.Contains(m[words.Stem(a)], s) {
					m[words.Stem(a)] = append(m[words.Stem(a)], s)
				}
			}
		}
	}
	return m
})

// kindsOf lists for the stem of a word those of what it may be.
var kindsOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, row := range lexicon.Rows("broader-words") {
		for _, w := range row[1:] {
			m[words.Stem(row[0])] = append(m[words.Stem(row[0])], words.Stem(w))
		}
	}
	return m
})

// otherwise lists the positions in the passage that say in other words what a word of the statement says, in order.
func (m *Pair) otherwise(i int) []int {
	u := &m.Hyp.Units[i]
	if u.Kind != syntax.Plain {
		return nil
	}
	var hits []int
	for _, other := range m.Hyp.othersFor(i) {
		for _, j := range m.Prem.Index[other.key] {
			if m.Prem.Units[j].Kind == syntax.Plain && wordOf(m.Prem, j) == other.stem {
				hits = append(hits, j)
			}
		}
	}
	hits = append(hits, compoundsOf(m.Prem, u)...)
	slices.Sort(hits)
	return slices.Compact(hits)
}

// noKinds begin words for somebody who is not what the rest says: a vice-president is no president, a stepfather no
// father.
var noKinds = lexicon.Set("anti ex fore god grand great half mid non pre step sub super under vice")

// compoundsOf lists the positions of words for somebody that end in the word: a schoolteacher is a teacher.
func compoundsOf(r *syntax.Analysis, u *syntax.Unit) []int {
	if !clause.PersonNouns[u.Folded] || len(u.Folded) < leastCompound {
		return nil
	}
	var hits []int
	for j := range r.Units {
		v := &r.Units[j]
		before, ok := strings.CutSuffix(v.Folded, u.Folded)
		if ok && v.Kind == syntax.Plain && len(before) > 2 && !noKinds[strings.TrimSuffix(before, "-")] {
			hits = append(hits, j)
		}
	}
	return hits
}

// leastCompound is how many letters a word has at least that others end in as their kind: "teacher", not "man".
const leastCompound = 5

// An otherWord may stand for another one: its stem, and the key that units have for it.
type otherWord struct{ stem, key string }

// othersFor lists what may stand for a word of the statement. They are looked up once.
func (s *Hypothesis) othersFor(i int) []otherWord {
	if s.others == nil {
		s.others = make([][]otherWord, len(s.Units))
	}
	if s.others[i] == nil {
		stem := wordOf(s.Analysis, i)
		list := slices.Concat(interchangeable()[stem], sidesOf()[stem])
		if toldToBe(s.Analysis, i) {
			list = slices.Concat(list, kindsOf()[stem])
		}
		s.others[i] = []otherWord{}
		for _, other := range list {
			w := otherWord{other, other}
			if key, ok := syntax.Canonical[other]; ok {
				w.key = key
			}
			s.others[i] = append(s.others[i], w)
		}
	}
	return s.others[i]
}

// wordOf is the stem of a word, and the key of a verb of several words.
func wordOf(r *syntax.Analysis, i int) string {
	if strings.Contains(r.Of(i), " ") {
		return r.Units[i].Key
	}
	return words.Stem(r.Units[i].Folded)
}

// toldToBe reports whether a noun says what somebody or something is, with nothing that makes it one of several: "is a
// writer", not "is the only writer", "no writer".
func toldToBe(r *syntax.Analysis, i int) bool {
	if r.Units[i].Negated {
		return false
	}
	for k := i - 1; k > r.From[r.Units[i].Sentence] && k >= i-4 && !r.Parted(k+1); k-- {
		if w := r.Units[k].Folded; w == "a" || w == "an" {
			return syntax.BeForms[r.Units[k-1].Folded]
		}
	}
	return false
}

// Dimensions are the adjectives behind a measure, and the noun that names what was measured.
var Dimensions = map[string]string{
	"long": "length", "high": "height", "tall": "height", "wide": "width", "deep": "depth", "thick": "thickness",
	"heavy": "weight", "old": "age",
}

// KeysOf are the keys of words, as units have them.
func KeysOf(list string) map[string]bool {
	all := syntax.Stems(list)
	for w := range syntax.Stems(list) {
		if key, ok := syntax.Canonical[w]; ok {
			all[key] = true
		}
	}
	return all
}

// A Change is told from its two sides: by who undergoes it, and by what is done to him.
type Change struct {
	Undergone, Done map[string]bool // stems of both
	both            bool            // the one tells the other, too: what took place was held; who died was not killed
}

// Changes are verbs that tell of the same, by the stems of either: who was killed died.
var Changes = []Change{
	{syntax.Stems("die"), syntax.Stems("kill slay murder assassinate execute drown"), false},
	{KeysOf("happen"), syntax.Stems("hold stage"), true},
}

// sidesOf lists for a stem of one side of a change those of the other, where that tells it.
var sidesOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, c := range Changes {
		for a := range c.Undergone {
			for b := range c.Done {
				m[a] = append(m[a], b)
				if c.both {
					m[b] = append(m[b], a)
				}
			}
		}
	}
	for _, list := range m {
		slices.Sort(list)
	}
	return m
})
