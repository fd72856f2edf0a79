package rag

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
