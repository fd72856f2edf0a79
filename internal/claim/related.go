package claim

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// relatives find the words of a reading that come from the same as another one, and the entities that are called by it,
// without a look at all of its units. They are made when the first word is looked for that the reading does not have as
// it is.
type relatives struct {
	once   sync.Once
	byKey  []int32          // the words that are no entities, by key and place
	byPart map[string][]int // the entities that have a part of this key
	places map[int][]int    // of each entity
}

// leastShared is how many bytes two keys have in common at least where they come from one word; longestEnding is how
// many the longer one may have beyond. See akin.
const (
	leastShared   = 4
	longestEnding = 4
)

// related lists the units that say the same as a word which is not in the index, in order.
func (r *reading) related(u *unit, c *Context) []int {
	if r.halves != nil {
		hits := r.halves[0].related(u, c)
		shift := len(r.halves[0].units)
		for _, j := range r.halves[1].related(u, c) {
			hits = append(slices.Clip(hits), j+shift)
		}
		return hits
	}
	r.relatives.once.Do(func() { r.relate(c) })
	var hits []int
	for _, e := range r.relatives.byPart[u.key] {
		hits = append(hits, r.relatives.places[e]...)
	}
	if len(u.key) < leastShared {
		slices.Sort(hits)
		return hits
	}
	prefix := u.key[:max(leastShared, len(u.key)-longestEnding)]
	at, _ := slices.BinarySearchFunc(r.relatives.byKey, prefix, func(i int32, prefix string) int {
		return strings.Compare(r.units[i].key, prefix)
	})
	keys, last := 0, ""
	for _, i := range r.relatives.byKey[at:] {
		v := &r.units[i]
		if !strings.HasPrefix(v.key, prefix) {
			break
		}
		if v.key != last {
			if keys++; keys > maxHits {
				break
			}
			last = v.key
		}
		if akin(u, v) {
			hits = append(hits, int(i))
		}
	}
	slices.Sort(hits)
	return hits
}

// relate sorts the words, and lists the parts of the entities.
func (r *reading) relate(c *Context) {
	r.relatives.places, r.relatives.byPart = map[int][]int{}, map[string][]int{}
	for i := range r.units {
		switch u := &r.units[i]; {
		case u.entity > 0:
			r.relatives.places[u.entity] = append(r.relatives.places[u.entity], i)
		case u.kind == plain || u.kind == name:
			r.relatives.byKey = append(r.relatives.byKey, int32(i))
		}
	}
	slices.SortFunc(r.relatives.byKey, func(a, b int32) int {
		return cmp.Or(strings.Compare(r.units[a].key, r.units[b].key), cmp.Compare(a, b))
	})
	for e := range r.relatives.places {
		for part := range c.entities[e-1].parts {
			r.relatives.byPart[part] = append(r.relatives.byPart[part], e)
		}
	}
}
