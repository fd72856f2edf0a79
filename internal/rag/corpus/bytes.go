package corpus

import (
	"reflect"

	"pilcrow/internal/article"
)

// IndexedEntry is what the index of vectors keeps of an entry beside the vector, once its document was searched, in
// bytes, as measured with Go 1.26 on 64 bits: see TestEditionBytes of package local.
const IndexedEntry = 350

// Dimension is the length of the edition's vectors; 0 for none.
func (ed *Edition) Dimension() int {
	for _, b := range ed.blocks {
		if b != nil && b.Len() > 0 {
			return b.Dimension()
		}
	}
	return 0
}

// Bytes is about how much memory the edition takes beside what is kin's; nil for no kin. What is read of its documents
// later is not in it.
func (ed *Edition) Bytes(kin *Edition) int64 {
	n := ed.Words.Bytes(kin.Index())
	for _, own := range ed.Words.Own(kin.Index()) {
		d := own.Text
		for _, p := range d.Passages {
			n += int64(reflect.TypeFor[article.Passage]().Size()) + int64(len(p.Text)+len(p.Heading))
		}
		i, _ := ed.Corpus.Place(d.Slug)
		if b := ed.blocks[i]; b != nil {
			if n += 4 * int64(len(b.Values())); b.Place() == 0 {
				n += int64(b.Len()) * IndexedEntry
			}
		}
	}
	return n
}
