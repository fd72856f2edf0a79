package ask

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
	"pilcrow/internal/claim"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag"
)

// A lexicon scores an edition's passages by the words that they share with a question. It is immutable. It knows a
// passage by its number: its place among all of the corpus, in the order of their references.
type lexicon struct {
	parts     []*part
	corpus    *article.Corpus
	documents []*document // of the edition
	places    numberList  // by number: where it is indexed, the part in the upper bits
	localBits int         // of a place: the lower ones, which count the passages of a segment
	first     []int       // number of the first passage of each document, and of all
	mean      [fields]float64
	sentence  float64 // mean number of stems in a sentence
}

// passages is how many there are.
func (l *lexicon) passages() int { return l.first[len(l.first)-1] }

// ref names the passage of a number.
func (l *lexicon) ref(number int) article.Ref {
	next, _ := slices.BinarySearch(l.first, number+1)
	return article.Ref{Slug: l.corpus.Documents()[next-1].Slug, N: number - l.first[next-1] + 1}
}

// place is where the content of a passage is indexed: a part and a passage of its segment.
func (l *lexicon) place(number int) (part int, local int32) {
	p := l.places.at(uint32(number))
	return int(p >> l.localBits), int32(p & (1<<l.localBits - 1))
}

// home is where the content of a passage is indexed.
func (l *lexicon) home(number int) home {
	part, local := l.place(number)
	return home{l.parts[part].segment, local}
}

// settled notes where the passages are, now that the parts are what they stay. It fails where there are more than
// places can name.
func (l *lexicon) settled() error {
	most := 0
	for _, p := range l.parts {
		most = max(most, p.passages())
	}
	if l.localBits = bits.Len(uint(most)); bits.Len(uint(len(l.parts)))+l.localBits > 32 {
		return fmt.Errorf("%d segments, %d passages in one: more than an index can hold", len(l.parts), most)
	}
	places := make([]uint32, l.passages())
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

// A document is what an edition knows of one of its documents beside the text. Editions share it.
type document struct {
	digest   string
	said     quote.Speech
	speech   [][]rag.Speech // by paragraph
	text     article.Document
	readings *claim.Readings
	labels   []label

	mu    sync.Mutex
	known *claim.Context // nil until it is first needed, and again when its memory is
}

// context reads the document, or returns what was read.
func (d *document) context() *claim.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		d.known = claim.ContextOf(d.text, d.said, d.readings)
	}
	return d.known
}

// forget drops what context keeps.
func (d *document) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known = nil
}

// contextBytes is about what context keeps.
func (d *document) contextBytes() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		return 0
	}
	return d.known.Bytes()
}

// readDocument reads who speaks; the context is read when it is first needed.
func readDocument(d article.Document, digest string, readings *claim.Readings) *document {
	return newDocument(d, digest, quote.Read(nil, d), readings)
}

// newDocument is a document of which it is known who speaks.
func newDocument(d article.Document, digest string, said quote.Speech, readings *claim.Readings) *document {
	speech := make([][]rag.Speech, len(d.Passages))
	byRef := speeches(said)
	for i, p := range d.Passages {
		speech[i] = byRef[p.Ref]
	}
	return &document{digest: digest, said: said, speech: speech, text: d, readings: readings, labels: labelsOf(d)}
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

// A lexiconWriter makes the lexicon of a new edition out of those before it.
type lexiconWriter struct {
	edition  *Edition
	lexicon  *lexicon
	parts    map[*segment]*part
	unplaced []spot // passages without a home
}

// A spot is where a passage stands.
type spot struct{ number, document, paragraph int } // paragraph counts from 0

// read indexes the edition's corpus. A document that one of the earlier editions has is taken over with all that is
// known of it; of the others, passages whose content one has are. The rest is read, by several goroutines that end
// before read returns. What belongs to kin, which may be nil, is left as it is; so may what is kept of an edition
// before.
func (ed *Edition) read(earlier []*Edition, kin *Edition, kept *cachedWords) error {
	documents := ed.Corpus.Documents()
	w := lexiconWriter{edition: ed, lexicon: &lexicon{corpus: ed.Corpus, documents: ed.documents},
		parts: map[*segment]*part{}}
	l, passages := w.lexicon, 0
	for _, d := range documents {
		l.first = append(l.first, passages)
		passages += len(d.Passages)
	}
	l.first = append(l.first, passages)
	var changed []int
	for i := range documents {
		if !w.takeOver(i, earlier) && !w.takeCached(i, kept) {
			changed = append(changed, i)
		}
	}
	if err := inTurn(len(changed), func(k int) {
		i := changed[k]
		ed.documents[i] = readDocument(documents[i], documents[i].Digest(), ed.readings)
	}); err != nil {
		return err
	}
	for _, i := range changed {
		for k := range documents[i].Passages {
			w.unplaced = append(w.unplaced, spot{l.first[i] + k, i, k})
		}
	}
	if len(w.unplaced) > 0 {
		w.placeKnown(earlier)
		if err := w.readNew(); err != nil {
			return err
		}
	}
	l.settle(func(s *segment) bool {
		return kin != nil && slices.ContainsFunc(kin.words.parts, func(p *part) bool { return p.segment == s })
	})
	if err := l.settled(); err != nil {
		return err
	}
	l.average()
	ed.words = l
	return nil
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
func (w *lexiconWriter) takeOver(i int, earlier []*Edition) bool {
	d := &w.edition.Corpus.Documents()[i]
	for _, e := range earlier {
		j, ok := e.index(d.Slug)
		if !ok || e.documents[j].digest != d.Digest() {
			continue
		}
		w.edition.documents[i] = e.documents[j]
		for k := range d.Passages {
			if n := w.lexicon.first[i] + k; !w.place(n, e.words.home(e.words.first[j]+k)) {
				w.unplaced = append(w.unplaced, spot{n, i, k})
			}
		}
		return true
	}
	return false
}

// place gives a passage its home; false if another one lives there. The same content twice needs two places.
func (w *lexiconWriter) place(n int, h home) bool {
	p := w.parts[h.segment]
	if p == nil {
		p = newPart(h.segment)
		w.parts[h.segment] = p
		w.lexicon.parts = append(w.lexicon.parts, p)
	}
	if p.placed[h.local] >= 0 {
		return false
	}
	p.placed[h.local] = int32(n)
	p.live++
	return true
}

// placeKnown places the passages whose content an earlier edition has in a document that was not taken over.
func (w *lexiconWriter) placeKnown(earlier []*Edition) {
	type known struct {
		home
		next int // the next home of the same content; -1 for none
	}
	var homes []known
	first := map[spokenContent]int{}
	for _, e := range slices.Backward(earlier) { // so that the first one's homes go before
		for j, d := range e.Corpus.Documents() {
			if i, ok := w.edition.index(d.Slug); ok && w.edition.documents[i] == e.documents[j] {
				continue
			}
			for k, p := range d.Passages {
				content, next := contentOf(p.Text, e.documents[j].speech[k]), -1
				if at, ok := first[content]; ok {
					next = at
				}
				first[content] = len(homes)
				homes = append(homes, known{e.words.home(e.words.first[j] + k), next})
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
func (w *lexiconWriter) passage(s spot) (string, []rag.Speech) {
	return w.edition.Corpus.Documents()[s.document].Passages[s.paragraph].Text,
		w.edition.documents[s.document].speech[s.paragraph]
}

// readNew reads the passages that are left into new segments.
func (w *lexiconWriter) readNew() error {
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
func (l *lexicon) average() {
	var terms [fields]int
	sentences := 0
	for n := range l.passages() {
		h := l.home(n)
		for which := range fields {
			terms[which] += int(h.segment.fields[which].lengths[h.local])
		}
		sentences += len(h.segment.of(h.local))
	}
	for which, n := range terms {
		l.mean[which] = float64(n) / float64(max(l.passages(), 1))
	}
	l.sentence = float64(terms[stemField]) / float64(max(sentences, 1))
}
