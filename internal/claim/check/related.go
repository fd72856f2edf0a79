package check

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
func (r *Analysis) related(u *Unit, c *Context) []int {
	if r.halves != nil {
		hits := r.halves[0].related(u, c)
		shift := len(r.halves[0].Units)
		for _, j := range r.halves[1].related(u, c) {
			hits = append(slices.Clip(hits), j+shift)
		}
		return hits
	}
	r.relatives.once.Do(func() { r.relate(c) })
	var hits []int
	for _, e := range r.relatives.byPart[u.Key] {
		hits = append(hits, r.relatives.places[e]...)
	}
	if len(u.Key) < leastShared {
		slices.Sort(hits)
		return hits
	}
	prefix := u.Key[:max(leastShared, len(u.Key)-longestEnding)]
	at, _ := slices.BinarySearchFunc(r.relatives.byKey, prefix, func(i int32, prefix string) int {
		return strings.Compare(r.Units[i].Key, prefix)
	})
	keys, last := 0, ""
	for _, i := range r.relatives.byKey[at:] {
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
		if akin(u, v) {
			hits = append(hits, int(i))
		}
	}
	slices.Sort(hits)
	return hits
}

// relate sorts the words, and lists the parts of the entities.
func (r *Analysis) relate(c *Context) {
	r.relatives.places, r.relatives.byPart = map[int][]int{}, map[string][]int{}
	for i := range r.Units {
		switch u := &r.Units[i]; {
		case u.Entity > 0:
			r.relatives.places[u.Entity] = append(r.relatives.places[u.Entity], i)
		case u.Kind == plain || u.Kind == Name:
			r.relatives.byKey = append(r.relatives.byKey, int32(i))
		}
	}
	slices.SortFunc(r.relatives.byKey, func(a, b int32) int {
		return cmp.Or(strings.Compare(r.Units[a].Key, r.Units[b].Key), cmp.Compare(a, b))
	})
	for e := range r.relatives.places {
		for part := range c.Entities[e-1].Parts {
			r.relatives.byPart[part] = append(r.relatives.byPart[part], e)
		}
	}
}
