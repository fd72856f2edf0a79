package inverted

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/words"
)

// FuzzSegment reads two texts into one segment, and merges it away from the first: each term of a text must be counted
// as often as a plain reading of it has the term, before and after.
func FuzzSegment(f *testing.F) {
	for _, s := range []string{"", "The ferry left. The ferry came back late.", "U.S. troops \uFDFA stayed, \uFDFA said.",
		"\xff\xfe a\x00b", "1,204.5 漢字 naïve"} {
		f.Add("Nobody crossed the harbor.", s)
	}
	f.Fuzz(func(t *testing.T, gone, stays string) {
		w := newSegmentWriter(len(gone) + len(stays))
		w.read(gone, nil)
		w.read(stays, nil)
		p := newPart(w.finish())
		p.placed[1], p.live = 0, 1
		l := &Index{}
		merged := l.merge([]*part{p})
		p.settled()
		merged.settled()
		var stems, cut []string
		for _, span := range article.Sentences(stays) {
			stems = append(stems, words.Stems(span.Of(stays))...)
			cut = append(cut, grams(span.Of(stays))...)
		}
		for which, terms := range [fields][]string{stems, pairs(stems), cut} {
			if n := int(merged.fields[which].lengths[0]); n != len(terms) {
				t.Errorf("field %d: %d terms, want %d", which, n, len(terms))
			}
			slices.Sort(terms)
			for len(terms) > 0 {
				n := 1
				for n < len(terms) && terms[n] == terms[0] {
					n++
				}
				for name, part := range map[string]*part{"read": p, "merged": merged} {
					var list []posting
					for x := part.list(which, terms[0]).read(); x.next(); {
						if part.numberOf(x.passage) >= 0 {
							list = append(list, x.posting)
						}
					}
					if len(list) != 1 || int(list[0].count) != n || part.frequency(part.list(which, terms[0])) != 1 {
						t.Errorf("%s: %q is counted in %v, want %d times", name, strings.ReplaceAll(terms[0], pairMark, " "), list, n)
					}
				}
				terms = terms[n:]
			}
		}
	})
}
