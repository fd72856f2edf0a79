package inverted

import (
	"cmp"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// The fields of a passage beside its text: they are its document's or its section's, so they are kept once for a run
// of paragraphs. Nothing of them is ever quoted.
const (
	titleLabel   = iota // of the document
	headingLabel        // those that it stands under, and what introduces it
	matterLabel         // who wrote the document, where it is from, and when it was published
	labelKinds
)

// labelWeights is what a word in a field counts for beside one in a text of ordinary length: BM25F (Robertson,
// Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004). Measured by tools/fit.
var labelWeights = [labelKinds]float64{titleLabel: 1, headingLabel: 1, matterLabel: 0.2}

// A label is a word in a field of the paragraphs from first up to, not including, last, counted from 0.
type label struct {
	stem        uint64 // its fingerprint
	first, last int32
	kind        uint8
}

// labelsOf reads the fields of a document, ordered by stem, then by paragraph.
func labelsOf(d article.Document) []label {
	var out []label
	add := func(text string, kind uint8, first, last int) {
		for _, s := range words.Stems(text) {
			out = append(out, label{stemHash(s), int32(first), int32(last), kind})
		}
	}
	add(d.Title, titleLabel, 0, len(d.Passages))
	add(d.Author+"\n"+d.Source, matterLabel, 0, len(d.Passages))
	if !d.Published.IsZero() {
		add(d.Published.Format("January 2006"), matterLabel, 0, len(d.Passages))
	}
	for first := 0; first < len(d.Passages); {
		last, p := first+1, d.Passages[first]
		for last < len(d.Passages) && d.Passages[last].Path == p.Path && d.Passages[last].Heading == p.Heading &&
			d.Passages[last].Lead() == p.Lead() {
			last++
		}
		add(p.Path+"\n"+p.Heading+"\n"+p.Lead(), headingLabel, first, last)
		first = last
	}
	slices.SortFunc(out, func(a, b label) int {
		return cmp.Or(cmp.Compare(a.stem, b.stem), cmp.Compare(a.first, b.first), cmp.Compare(a.kind, b.kind))
	})
	return slices.Clip(slices.Compact(out))
}

// stemHash is FNV-1a of 64 bits.
func stemHash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// A Labeled range is what fields add to a stem's frequency in the passages from first up to, not including, last, by
// number.
type Labeled struct {
	First, last int
	weight      float64
}

// Labeled finds the fields that have the stems: one look at all of them.
func (l *Index) Labeled(stems []string) map[string][]Labeled {
	if len(stems) == 0 {
		return nil
	}
	var mask uint64
	by := make(map[uint64]string, len(stems))
	for _, s := range stems {
		f := stemHash(s)
		by[f] = s
		mask |= 1 << (f & 63)
	}
	var found map[string][]Labeled
	for i, d := range l.documents {
		for _, x := range d.labels {
			if mask&(1<<(x.stem&63)) == 0 {
				continue
			}
			s, ok := by[x.stem]
			if !ok {
				continue
			}
			if found == nil {
				found = map[string][]Labeled{}
			}
			found[s] = append(found[s], Labeled{l.first[i] + int(x.first), l.first[i] + int(x.last), labelWeights[x.kind]})
		}
	}
	return found
}

// Field returns what of the stems stands in the fields of a passage.
func (l *Index) Field(ref article.Ref, stems []string) rag.Field {
	var f rag.Field
	d := l.Document(ref.Slug)
	if d == nil {
		return f
	}
	labels, at := d.labels, int32(ref.N-1)
	for _, s := range stems {
		hash := stemHash(s)
		k, _ := slices.BinarySearchFunc(labels, hash, func(l label, hash uint64) int { return cmp.Compare(l.stem, hash) })
		document, section := false, false
		for ; k < len(labels) && labels[k].stem == hash; k++ {
			if l := labels[k]; l.first <= at && at < l.last {
				document, section = document || l.kind != headingLabel, section || l.kind == headingLabel
			}
		}
		if document {
			f.Document = append(f.Document, s)
		}
		if section {
			f.Section = append(f.Section, s)
		}
	}
	return f
}
