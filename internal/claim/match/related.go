package match

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
)

// leastShared is how many bytes two keys have in common at least where they come from one word; longestEnding is how
// many the longer one may have beyond. See akin.
const (
	leastShared   = 4
	longestEnding = 4
)

// related lists the units that say the same as a word which is not in the index, in order.
func related(r *syntax.Analysis, u *syntax.Unit, c *premise.Context) []int {
	if r.Halves != nil {
		hits := related(r.Halves[0], u, c)
		shift := len(r.Halves[0].Units)
		for _, j := range related(r.Halves[1], u, c) {
			hits = append(slices.Clip(hits), j+shift)
		}
		return hits
	}
	r.Relatives.Once.Do(func() { relate(r, c) })
	var hits []int
	for _, e := range r.Relatives.ByPart[u.Key] {
		hits = append(hits, r.Relatives.Places[e]...)
	}
	if len(u.Key) < leastShared {
		slices.Sort(hits)
		return hits
	}
	prefix := u.Key[:max(leastShared, len(u.Key)-longestEnding)]
	at, _ := slices.BinarySearchFunc(r.Relatives.ByKey, prefix, func(i int32, prefix string) int {
		return strings.Compare(r.Units[i].Key, prefix)
	})
	keys, last := 0, ""
	for _, i := range r.Relatives.ByKey[at:] {
		v := &r.Units[i]
		if !strings.HasPrefix(v.Key, prefix) {
			break
		}
		if v.Key != last {
			if keys++; keys > maxHits {
				break
			}
			last = v.Key
		}
		if Akin(u, v) {
			hits = append(hits, int(i))
		}
	}
	slices.Sort(hits)
	return hits
}

// relate sorts the words, and lists the parts of the entities.
func relate(r *syntax.Analysis, c *premise.Context) {
	r.Relatives.Places, r.Relatives.ByPart = map[int][]int{}, map[string][]int{}
	for i := range r.Units {
		switch u := &r.Units[i]; {
		case u.Entity > 0:
			r.Relatives.Places[u.Entity] = append(r.Relatives.Places[u.Entity], i)
		case u.Kind == syntax.Plain || u.Kind == syntax.Name:
			r.Relatives.ByKey = append(r.Relatives.ByKey, int32(i))
		}
	}
	slices.SortFunc(r.Relatives.ByKey, func(a, b int32) int {
		return cmp.Or(strings.Compare(r.Units[a].Key, r.Units[b].Key), cmp.Compare(a, b))
	})
	for e := range r.Relatives.Places {
		for part := range c.Entities[e-1].Parts {
			r.Relatives.ByPart[part] = append(r.Relatives.ByPart[part], e)
		}
	}
}
