package feedback

import (
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands/access"
)

func FuzzReadIDs(f *testing.F) {
	f.Add("1.zz.-3")
	f.Fuzz(func(t *testing.T, written string) {
		ids := readIDs(written)
		if again := readIDs(writeIDs(ids, 20*len(written)+20)); !slices.Equal(ids, again) {
			t.Errorf("%v, then %v", ids, again)
		}
	})
}

func FuzzReadVoted(f *testing.F) {
	f.Add("0123456789ab ferry#1,2 mill#3")
	f.Fuzz(func(t *testing.T, written string) {
		v := access.View{Documents: []article.Document{{Slug: "ferry", Passages: make([]article.Passage, 2)}}}
		key, cites, ok := readVoted(written, v)
		if ok && len(key) != 12 || len(cites) > maxVoteCites {
			t.Errorf("%q, %v", key, cites)
		}
		for _, ref := range cites {
			if ref.Slug != "ferry" || ref.N < 1 || ref.N > 2 {
				t.Errorf("%v", ref)
			}
		}
	})
}

// What a button says was voted on comes from outside: only paragraphs that are there are kept, each once.
func TestReadVoted(t *testing.T) {
	v := access.View{Documents: []article.Document{{Slug: "ferry", Passages: make([]article.Passage, 2)},
		{Slug: "lighthouse", Passages: make([]article.Passage, 1)}}}
	key, cites, ok := readVoted("0123456789ab ferry#1,1,99,0 nowhere#1 lighthouse#1", v)
	if !ok || key != "0123456789ab" || !slices.Equal(cites,
		[]article.Ref{{Slug: "ferry", N: 1}, {Slug: "lighthouse", N: 1}}) {
		t.Errorf("%q %v %v", key, cites, ok)
	}
}
