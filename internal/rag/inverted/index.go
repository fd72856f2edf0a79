// Package inverted is the inverted index of a corpus: the terms of its passages, which are stems, pairs of stems and
// runs of letters, with where they stand, and the fields around a passage, scored by BM25F. A term of a question is
// expanded by its synonyms. It knows passages by their number, from 0, in the order of their references, and documents
// by their place in the corpus.
//
// An Index is immutable and made out of those before it: what did not change is shared, with the indexes of other
// servers, too. Equal corpora score equally to the bit, whatever an index was made out of.
package inverted

import (
	"errors"
	"fmt"
	"math/bits"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
)

// A Index scores an edition's passages by the words that they share with a question. It is immutable. It knows a
// passage by its number: its place among all of the corpus, in the order of their references.
type Index struct {
	parts     []*part
	corpus    *article.Corpus
	documents []*Document // of the edition
	places    numberList  // by number: where it is indexed, the part in the upper bits
	localBits int         // of a place: the lower ones, which count the passages of a segment
	first     []int       // number of the first passage of each document, and of all
	mean      [fields]float64
	sentence  float64 // mean number of stems in a sentence
}

// Passages is how many there are.
func (l *Index) Passages() int { return l.first[len(l.first)-1] }

// Ref names the passage of a number.
func (l *Index) Ref(number int) article.Ref {
	next, _ := slices.BinarySearch(l.first, number+1)
	return article.Ref{Slug: l.corpus.Documents()[next-1].Slug, N: number - l.first[next-1] + 1}
}

// place is where the content of a passage is indexed: a part and a passage of its segment.
func (l *Index) place(number int) (part int, local int32) {
	p := l.places.at(uint32(number))
	return int(p >> l.localBits), int32(p & (1<<l.localBits - 1))
}

// HasDocument reports whether a document of the index is known by all that was read of it: it has its digest.
func (l *Index) HasDocument(d article.Document) (place int, ok bool) {
	i, ok := l.corpus.Place(d.Slug)
	return i, ok && l.documents[i].digest == d.Digest()
}

// Document is what is known of a document; nil where there is none of that name.
func (l *Index) Document(slug string) *Document {
	if i, ok := l.corpus.Place(slug); ok {
		return l.documents[i]
	}
	return nil
}

// Spoken is what is said in a passage, and by whom; nil for nothing, and where there is no such passage.
func (l *Index) Spoken(r article.Ref) []rag.Speech {
	if d := l.Document(r.Slug); d != nil && r.N >= 1 && r.N <= len(d.speech) {
		return d.speech[r.N-1]
	}
	return nil
}

// Numbers are those of the passages of the i-th document, from the first to behind the last.
func (l *Index) Numbers(i int) (first, last int) { return l.first[i], l.first[i+1] }

// Own are the documents that kin, which may be nil, does not have, in their order.
func (l *Index) Own(kin *Index) []*Document {
	if kin == nil {
		return l.documents
	}
	shared := make(map[*Document]bool, len(kin.documents))
	for _, d := range kin.documents {
		shared[d] = true
	}
	return slices.DeleteFunc(slices.Clone(l.documents), func(d *Document) bool { return shared[d] })
}

// Bytes is about how much memory the index takes beside what is kin's; nil for no kin. The texts, and what is read of
// documents later, are not in it.
func (l *Index) Bytes(kin *Index) int64 {
	shared := map[*segment]bool{}
	if kin != nil {
		for _, p := range kin.parts {
			shared[p.segment] = true
		}
	}
	n := l.places.size()
	for _, p := range l.parts {
		if n += p.number.size(); !shared[p.segment] {
			n += p.bytes()
		}
	}
	for _, d := range l.Own(kin) {
		n += d.bytes()
	}
	return n
}

// home is where the content of a passage is indexed.
func (l *Index) home(number int) home {
	part, local := l.place(number)
	return home{l.parts[part].segment, local}
}

// settled notes where the passages are, now that the parts are what they stay. It fails where there are more than
// places can name.
func (l *Index) settled() error {
	most := 0
	for _, p := range l.parts {
		most = max(most, p.passages())
	}
	if l.localBits = bits.Len(uint(most)); bits.Len(uint(len(l.parts)))+l.localBits > 32 {
		return fmt.Errorf("%d segments, %d passages in one: more than an index can hold", len(l.parts), most)
	}
	places := make([]uint32, l.Passages())
	for i, p := range l.parts {
		for local, n := range p.placed {
			if n >= 0 {
				places[n] = uint32(i)<<l.localBits | uint32(local)
			}
		}
		p.settled()
	}
	l.places = newNumberList(places)
	return nil
}

// A home is where a passage's content is indexed.
type home struct {
	segment *segment
	local   int32
}

// spokenContent is what a passage's place in a segment depends on: its text, and who says what in it.
type spokenContent struct{ text, speech string }

func contentOf(text string, speech []rag.Speech) spokenContent {
	if len(speech) == 0 {
		return spokenContent{text: text}
	}
	var b strings.Builder
	for _, s := range speech {
		b.WriteString(strconv.Itoa(s.Span.Start) + " " + strconv.Itoa(s.Span.End) + " " + s.Speaker + "\n")
	}
	return spokenContent{text, b.String()}
}

// An indexWriter makes the index of a new edition out of those before it.
type indexWriter struct {
	index    *Index
	parts    map[*segment]*part
	unplaced []spot // passages without a home
}

// A spot is where a passage stands.
type spot struct{ number, document, paragraph int } // paragraph counts from 0

// New indexes a corpus. A document that one of the earlier indexes has is taken over with all that is known of it; of
// the others, passages whose content one has are. The rest is read, by several goroutines that end before read returns.
// What belongs to kin, which may be nil, is left as it is; so may what is kept of an index before. readings is what the
// documents' contexts share.
func New(corpus *article.Corpus, readings *premise.Readings, earlier []*Index, kin *Index, kept *Kept) (
	*Index, error) {
	documents := corpus.Documents()
	l := &Index{corpus: corpus, documents: make([]*Document, len(documents))}
	w := indexWriter{index: l, parts: map[*segment]*part{}}
	passages := 0
	for _, d := range documents {
		l.first = append(l.first, passages)
		passages += len(d.Passages)
	}
	l.first = append(l.first, passages)
	var changed []int
	for i := range documents {
		if !w.takeOver(i, earlier) && !w.takeCached(i, kept, readings) {
			changed = append(changed, i)
		}
	}
	if err := inTurn(len(changed), func(k int) {
		i := changed[k]
		l.documents[i] = readDocument(documents[i], documents[i].Digest(), readings)
	}); err != nil {
		return nil, err
	}
	for _, i := range changed {
		for k := range documents[i].Passages {
			w.unplaced = append(w.unplaced, spot{l.first[i] + k, i, k})
		}
	}
	if len(w.unplaced) > 0 {
		w.placeKnown(earlier)
		if err := w.readNew(); err != nil {
			return nil, err
		}
	}
	l.settle(func(s *segment) bool {
		return kin != nil && slices.ContainsFunc(kin.parts, func(p *part) bool { return p.segment == s })
	})
	if err := l.settled(); err != nil {
		return nil, err
	}
	l.average()
	return l, nil
}

// inTurn calls do with 0 to n-1 from several goroutines and waits for all of them. A panic becomes an error: documents
// come from anywhere, and one that cannot be read must cost its own reload and not the program.
func inTurn(n int, do func(i int)) error {
	var next atomic.Int64
	var workers sync.WaitGroup
	errs := make([]error, min(n, runtime.GOMAXPROCS(0)))
	for k := range errs {
		workers.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					errs[k] = fmt.Errorf("read the documents: %v\n%s", p, debug.Stack())
				}
			}()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
	return errors.Join(errs...)
}

// takeOver gives the i-th document what the first of the earlier editions that has the same one knows of it.
func (w *indexWriter) takeOver(i int, earlier []*Index) bool {
	d := &w.index.corpus.Documents()[i]
	for _, e := range earlier {
		j, ok := e.corpus.Place(d.Slug)
		if !ok || e.documents[j].digest != d.Digest() {
			continue
		}
		w.index.documents[i] = e.documents[j]
		for k := range d.Passages {
			if n := w.index.first[i] + k; !w.place(n, e.home(e.first[j]+k)) {
				w.unplaced = append(w.unplaced, spot{n, i, k})
			}
		}
		return true
	}
	return false
}

// place gives a passage its home; false if another one lives there. The same content twice needs two places.
func (w *indexWriter) place(n int, h home) bool {
	p := w.parts[h.segment]
	if p == nil {
		p = newPart(h.segment)
		w.parts[h.segment] = p
		w.index.parts = append(w.index.parts, p)
	}
	if p.placed[h.local] >= 0 {
		return false
	}
	p.placed[h.local] = int32(n)
	p.live++
	return true
}

// placeKnown places the passages whose content an earlier edition has in a document that was not taken over.
func (w *indexWriter) placeKnown(earlier []*Index) {
	type known struct {
		home
		next int // the next home of the same content; -1 for none
	}
	var homes []known
	first := map[spokenContent]int{}
	for _, e := range slices.Backward(earlier) { // so that the first one's homes go before
		for j, d := range e.corpus.Documents() {
			if i, ok := w.index.corpus.Place(d.Slug); ok && w.index.documents[i] == e.documents[j] {
				continue
			}
			for k, p := range d.Passages {
				content, next := contentOf(p.Text, e.documents[j].speech[k]), -1
				if at, ok := first[content]; ok {
					next = at
				}
				first[content] = len(homes)
				homes = append(homes, known{e.home(e.first[j] + k), next})
			}
		}
	}
	w.unplaced = slices.DeleteFunc(w.unplaced, func(s spot) bool {
		content := contentOf(w.passage(s))
		at, ok := first[content]
		for ok && at >= 0 {
			h := homes[at]
			at = h.next
			first[content] = at
			if w.place(s.number, h.home) {
				return true
			}
		}
		return false
	})
}

// passage returns a passage's text and what is said in it.
func (w *indexWriter) passage(s spot) (string, []rag.Speech) {
	return w.index.corpus.Documents()[s.document].Passages[s.paragraph].Text,
		w.index.documents[s.document].speech[s.paragraph]
}

// readNew reads the passages that are left into new segments.
func (w *indexWriter) readNew() error {
	if len(w.unplaced) == 0 {
		return nil
	}
	readers := min(maxReaders, runtime.GOMAXPROCS(0), 1+len(w.unplaced)/readerPassages)
	shares := slices.Collect(slices.Chunk(w.unplaced, (len(w.unplaced)+readers-1)/readers))
	segments := make([]*segment, len(shares))
	err := inTurn(len(shares), func(i int) {
		bytes := 0
		for _, s := range shares[i] {
			text, _ := w.passage(s)
			bytes += len(text)
		}
		writer := newSegmentWriter(bytes)
		for _, s := range shares[i] {
			writer.read(w.passage(s))
		}
		segments[i] = writer.finish()
	})
	if err != nil {
		return err
	}
	for i, share := range shares {
		for local, s := range share {
			w.place(s.number, home{segments[i], int32(local)})
		}
	}
	return nil
}

// average sets what depends on all passages together. Its sums are of whole numbers, so their order does not matter.
func (l *Index) average() {
	var terms [fields]int
	sentences := 0
	for n := range l.Passages() {
		h := l.home(n)
		for which := range fields {
			terms[which] += int(h.segment.fields[which].lengths[h.local])
		}
		sentences += len(h.segment.of(h.local))
	}
	for which, n := range terms {
		l.mean[which] = float64(n) / float64(max(l.Passages(), 1))
	}
	l.sentence = float64(terms[stemField]) / float64(max(sentences, 1))
}
