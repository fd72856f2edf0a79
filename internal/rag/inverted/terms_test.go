package inverted

import (
	"slices"
	"testing"
)

// FuzzTerms packs keys and offsets, and finds in them what was packed, and nothing else.
func FuzzTerms(f *testing.F) {
	f.Add([]byte{}, uint64(1)<<32)
	f.Add([]byte{1, 2, 3, 250, 0, 7, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9}, uint64(1))
	f.Add([]byte{1, 200, 200, 200, 0, 7, 255, 1}, uint64(1)<<31)
	f.Fuzz(func(t *testing.T, steps []byte, scale uint64) {
		scale %= 1 << 40
		var keys []uint64
		from := []uint32{0}
		for _, step := range steps {
			last := uint64(0)
			if len(keys) > 0 {
				last = keys[len(keys)-1]
			}
			keys = append(keys, last+1+uint64(step)*scale)
			from = append(from, from[len(from)-1]+uint32(step)*uint32(1+scale%3))
		}
		packed, offsets := newKeys(keys), newOffsets(slices.Clone(from))
		var all []uint64
		packed.all(func(id uint32, key uint64) {
			if int(id) != len(all) {
				t.Fatalf("id %d after %d keys", id, len(all))
			}
			all = append(all, key)
		})
		if !slices.Equal(all, keys) {
			t.Fatalf("%v, want %v", all, keys)
		}
		for id, key := range keys {
			if got, ok := packed.find(key); !ok || int(got) != id {
				t.Errorf("%d is found at %d, %v; want %d", key, got, ok, id)
			}
			for _, other := range []uint64{key - 1, key + 1, key + 1<<32, key ^ 1<<32} {
				if _, ok := packed.find(other); ok != slices.Contains(keys, other) {
					t.Errorf("%d: %v", other, ok)
				}
			}
		}
		if !slices.Equal(offsets.list(), from) || offsets.len() != len(from) {
			t.Errorf("%v, want %v", offsets.list(), from)
		}
		if list := newNumberList(from); !slices.Equal(list.list(), from) || list.len() != len(from) {
			t.Errorf("%v, want %v", list.list(), from)
		}
		for i, want := range from {
			if got := offsets.at(uint32(i)); got != want {
				t.Errorf("offset %d is %d, want %d", i, got, want)
			}
		}
	})
}

// TestOffsetsAreSmall: what a server has of its own takes a byte and a quarter for each term; a list that is long takes
// four.
func TestOffsetsAreSmall(t *testing.T) {
	var even, uneven []uint32
	for i := range uint32(160) {
		even, uneven = append(even, i*200), append(uneven, i*300)
	}
	for _, tt := range []struct {
		list []uint32
		want int64
	}{{even, 160 + 4*10}, {uneven, 4 * 160}} {
		if o := newOffsets(tt.list); o.size() != tt.want {
			t.Errorf("%d bytes, want %d", o.size(), tt.want)
		}
	}
}

// TestNumberListsAreSmall: numbers below 65,536 take two bytes, and a list with a greater one is as it was.
func TestNumberListsAreSmall(t *testing.T) {
	for _, tt := range []struct {
		list []uint32
		want int64
	}{{nil, 0}, {[]uint32{7, 0, 65_535}, 6}, {[]uint32{7, 0, 65_536}, 12}} {
		list := newNumberList(tt.list)
		if list.size() != tt.want {
			t.Errorf("%v takes %d bytes, want %d", tt.list, list.size(), tt.want)
		}
		for i, want := range tt.list {
			if got := list.at(uint32(i)); got != want {
				t.Errorf("number %d of %v is %d", i, tt.list, got)
			}
		}
	}
}

// FuzzPostings packs postings, and reads them again; what is alone takes no byte for how many there are.
func FuzzPostings(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0})
	f.Add([]byte{31, 0})
	f.Add([]byte{32, 1, 255, 255, 1, 0})
	f.Fuzz(func(t *testing.T, steps []byte) {
		w := fieldWriter{from: []uint32{0}}
		var list []posting
		last := int32(0)
		for i := 0; i+1 < len(steps); i += 2 {
			last += int32(steps[i])<<(i%12) + min(int32(i), 1)
			list = append(list, posting{last, 1 + int32(steps[i+1])})
		}
		w.add(list)
		w.add(list[:min(len(list), 1)])
		field := w.finish()
		for id, want := range [][]posting{list, list[:min(len(list), 1)]} {
			p := field.of(uint32(id))
			var got []posting
			for x := p.read(); x.next(); {
				got = append(got, x.posting)
			}
			if !slices.Equal(got, want) || p.len() != len(want) {
				t.Errorf("%d: %v, want %v", p.len(), got, want)
			}
		}
		if len(list) == 1 && list[0].passage < 32 && list[0].count == 1 && len(field.of(0)) != 1 {
			t.Errorf("%v takes %d bytes, want 1", list, len(field.of(0)))
		}
	})
}
