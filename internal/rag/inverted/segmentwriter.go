package inverted

import (
	"encoding/binary"
	"slices"
	"strings"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/text"
	"pilcrow/internal/words"
)

// A segmentWriter reads passages into a new segment. What comes again with a word, its stem and its grams, is found
// out once.
type segmentWriter struct {
	segment segment
	text    []uint32            // of the segment
	stems   map[string]uint32   // ids
	list    []string            // the stems by id
	words   map[string]*spelled // by folded form
	printed map[string]*spelled // as printed
	grams   gramWriter
	ends    []uint32 // where the stems of each passage end
	of      func(printed string) *words.Token
	tokens  []words.Token // scratch: of one sentence
	content []*spelled    // scratch: those of its words that are not function words
}

// A spelled word is what the index has of each place where it stands.
type spelled struct {
	token words.Token
	stem  uint32
	grams []uint32 // ids, with repeats; nil for a function word
}

// newSegmentWriter makes a writer for about that many bytes of text.
func newSegmentWriter(bytes int) *segmentWriter {
	w := &segmentWriter{
		segment: segment{from: []uint32{0}}, text: make([]uint32, 0, bytes/8),
		stems: map[string]uint32{}, words: map[string]*spelled{}, printed: map[string]*spelled{},
		grams: gramWriter{ids: map[uint64]uint32{}},
	}
	w.of = w.word
	return w
}

// stem gives a stem its id.
func (w *segmentWriter) stem(s string) uint32 {
	id, ok := w.stems[s]
	if !ok {
		id, s = uint32(len(w.list)), strings.Clone(s) // a piece of the text would keep all of it in memory
		w.stems[s] = id
		w.list = append(w.list, s)
	}
	return id
}

// word looks a word up that stands next in the sentence that is being read.
func (w *segmentWriter) word(printed string) *words.Token {
	x := w.printed[printed]
	if x == nil {
		printed = strings.Clone(printed) // a piece of the text would keep all of it in memory
		x = w.spell(words.New(printed))
		w.printed[printed] = x
	}
	if !x.token.Stop {
		w.content = append(w.content, x)
	}
	return &x.token
}

// spell finds out what the index has of a word. Printed in several ways, it has the same stem and grams.
func (w *segmentWriter) spell(t words.Token) *spelled {
	x := &spelled{token: t}
	if t.Stop {
		return x
	}
	if same := w.words[t.Text]; same != nil {
		x.stem, x.grams = same.stem, same.grams
		return x
	}
	x.stem, x.grams = w.stem(t.Stem), w.grams.of(t.Text)
	w.words[t.Text] = x
	return x
}

// read adds a passage. A sentence has the stems of the names of those who speak in it, too.
func (w *segmentWriter) read(passage string, speech []rag.Speech) {
	s := &w.segment
	for _, span := range text.Sentences(passage) {
		from := len(w.text)
		sentenceText := span.Of(passage)
		w.content = w.content[:0]
		w.tokens = words.AppendBy(w.tokens[:0], sentenceText, w.of)
		for _, x := range w.content {
			w.text = append(w.text, x.stem)
			w.grams.count(x.grams)
		}
		for _, spoken := range rag.SpokenStems(speech, span) {
			if id := w.stem(spoken); !slices.Contains(w.text[from:], id) {
				w.text = append(w.text, id)
			}
		}
		s.sentences = append(s.sentences, sentence{uint32(from), uint32(len(w.text)),
			question.TraitsOfTokens(sentenceText, w.tokens)})
	}
	w.ends = append(w.ends, uint32(len(w.text)))
	w.grams.end()
	s.from = append(s.from, uint32(len(s.sentences)))
}

// finish orders the postings by term. The writer must not be used again.
func (w *segmentWriter) finish() *segment {
	s := w.segment
	w.words, w.printed, w.stems, w.content = nil, nil, nil, nil
	s.fields[gramField] = w.grams.finish()
	w.grams = gramWriter{}
	// as large as they are
	text := slices.Clone(w.text)
	s.text, s.sentences, s.from = newNumberList(text), slices.Clone(s.sentences), slices.Clone(s.from)
	s.setStems(w.list)
	w.list = nil
	w.text = nil
	w.index(&s, text)
	return &s
}

// index makes the postings of stems and pairs out of the text, the stems of the passages in order.
func (w *segmentWriter) index(s *segment, text []uint32) {
	passage := make([]int32, len(text)) // of each place in the text
	stems, pairs := make([]int32, 0, len(w.ends)), make([]int32, 0, len(w.ends))
	begin := uint32(0)
	places := make([]uint32, 0, len(text)) // where a pair begins
	for n, end := range w.ends {
		for at := begin; at < end; at++ {
			passage[at] = int32(n)
			if at+1 < end {
				places = append(places, at)
			}
		}
		stems = append(stems, int32(end-begin))
		pairs = append(pairs, max(int32(end-begin)-1, 0))
		begin = end
	}
	// Sorted by its second stem and then, as places of the same stay in order, by its first.
	scratch := make([]uint32, len(text))
	counts := make([]uint32, s.stems.len()+1)
	bySecond := sortPlaces(places, scratch[:len(places)], text[min(1, len(text)):], counts)
	sorted := sortPlaces(bySecond, places, text, counts)
	at := fieldIndexer{fieldWriter: fieldWriter{from: []uint32{0}, lengths: pairs}}
	for i, p := range sorted {
		key := packPair(text[p], text[p+1])
		if i == 0 || key != at.keys[len(at.keys)-1] {
			at.begin()
			at.keys = append(at.keys, key)
		}
		at.occurs(passage[p])
	}
	s.fields[pairField] = at.finish()

	all := slices.Grow(places[:0], len(text))[:len(text)]
	for i := range all {
		all[i] = uint32(i)
	}
	sorted = sortPlaces(all, scratch, text, counts)
	at = fieldIndexer{fieldWriter: fieldWriter{from: []uint32{0}, lengths: stems}}
	for i, p := range sorted {
		if i == 0 || text[p] != text[sorted[i-1]] {
			at.begin()
		}
		at.occurs(passage[p])
	}
	s.fields[stemField] = at.finish()
}

// sortPlaces puts places in the order of the keys that stand there, those of the same key in their order, into to.
// counts has a number for each key, and one more.
func sortPlaces(places, to, keys, counts []uint32) []uint32 {
	clear(counts)
	for _, p := range places {
		counts[keys[p]+1]++
	}
	for i := range counts[1:] {
		counts[i+1] += counts[i]
	}
	for _, p := range places {
		key := keys[p]
		to[counts[key]] = p
		counts[key]++
	}
	return to
}

// An fieldIndexer makes an index of occurrences that come term by term, each term's in the order of the passages.
type fieldIndexer struct {
	fieldWriter
	list []posting
}

// begin begins the next term.
func (w *fieldIndexer) begin() {
	if len(w.list) > 0 {
		w.add(w.list)
		w.list = w.list[:0]
	}
}

// occurs counts an occurrence.
func (w *fieldIndexer) occurs(passage int32) {
	if n := len(w.list); n > 0 && w.list[n-1].passage == passage {
		w.list[n-1].count++
		return
	}
	w.list = append(w.list, posting{passage, 1})
}

func (w *fieldIndexer) finish() field {
	w.begin()
	return w.fieldWriter.finish()
}

// A gramWriter gathers the postings of grams, passage by passage. Those of a gram lie in a chain of links, each twice
// as long as the one before up to a bound, so that they grow without being copied.
type gramWriter struct {
	ids     map[uint64]uint32
	terms   []gramTerm
	seen    []uint32 // ids that have a count
	lengths []int32
	links   [][]byte // pages
	used    uint32   // of the last page
	packed  []byte   // scratch
	marked  []byte   // scratch: a word with its ends marked
	found   []uint32 // scratch
}

// A gramTerm is what a gramWriter has of a gram.
type gramTerm struct {
	last, now       int32 // the last passage, and the count in the one that is being read
	many            uint32
	bytes           uint32 // of its postings
	first, at, link uint32 // where its postings begin, where the next one goes, where the place of the next link does
	size            uint32 // of the last link
}

const (
	pageBytes           = 1 << 16
	pageBits            = 16
	leastLink, mostLink = 16, 1 << 10 // bytes
	linkBytes           = 4           // at the end of each: where the next one is
)

// of returns the ids of a word's grams, cut as the function grams cuts them.
func (w *gramWriter) of(word string) []uint32 {
	w.marked = append(append(append(w.marked[:0], '_'), word...), '_')
	w.found = w.found[:0]
	for n := gramMin; n <= gramMax; n++ {
		for i := 0; i+n <= len(w.marked); i++ {
			key := packGram(w.marked[i : i+n])
			id, ok := w.ids[key]
			if !ok {
				id = uint32(len(w.terms))
				w.ids[key] = id
				w.terms = append(w.terms, gramTerm{})
			}
			w.found = append(w.found, id)
		}
	}
	return slices.Clone(w.found)
}

// count counts one occurrence of each in the passage that is being read.
func (w *gramWriter) count(ids []uint32) {
	for _, id := range ids {
		t := &w.terms[id]
		if t.now == 0 {
			w.seen = append(w.seen, id)
		}
		t.now++
	}
}

// end ends the passage that is being read.
func (w *gramWriter) end() {
	passage, length := int32(len(w.lengths)), int32(0)
	for _, id := range w.seen {
		t := &w.terms[id]
		w.packed = appendPosting(w.packed[:0], posting{passage, t.now}, t.last)
		for _, b := range w.packed {
			w.put(t, b)
		}
		length += t.now
		t.last, t.now = passage, 0
		t.many++
		t.bytes += uint32(len(w.packed))
	}
	w.seen = w.seen[:0]
	w.lengths = append(w.lengths, length)
}

// put appends a byte to a gram's postings.
func (w *gramWriter) put(t *gramTerm, b byte) {
	if t.at == t.link {
		size := min(max(2*t.size, leastLink), mostLink)
		if len(w.links) == 0 || w.used+size > pageBytes {
			w.links, w.used = append(w.links, make([]byte, pageBytes)), 0
		}
		begin := uint32(len(w.links)-1)<<pageBits | w.used
		if w.used += size; t.size == 0 {
			t.first = begin
		} else {
			binary.LittleEndian.PutUint32(w.links[t.link>>pageBits][t.link&(pageBytes-1):], begin)
		}
		t.at, t.link, t.size = begin, begin+size-linkBytes, size
	}
	w.links[t.at>>pageBits][t.at&(pageBytes-1)] = b
	t.at++
}

// finish turns it into an index. The writer must not be used again.
func (w *gramWriter) finish() field {
	f := fieldWriter{keys: make([]uint64, 0, len(w.ids)), from: make([]uint32, 1, len(w.ids)+1),
		lengths: slices.Clone(w.lengths)}
	total := 0
	for key, id := range w.ids {
		f.keys = append(f.keys, key)
		t := &w.terms[id]
		total += int(t.bytes) + len(appendPostings(w.packed[:0], int(t.many), w.begin(t))) - len(w.begin(t))
	}
	slices.Sort(f.keys)
	f.bytes = make([]byte, 0, total)
	for _, key := range f.keys {
		t := &w.terms[w.ids[key]]
		w.packed = append(w.packed[:0], w.begin(t)...)
		at, size := t.first, uint32(leastLink)
		for left := t.bytes - uint32(len(w.packed)); left > 0; {
			at = binary.LittleEndian.Uint32(w.links[at>>pageBits][at&(pageBytes-1)+size-linkBytes:])
			size = min(2*size, mostLink)
			page, begin := w.links[at>>pageBits], at&(pageBytes-1)
			n := min(left, size-linkBytes)
			w.packed = append(w.packed, page[begin:begin+n]...)
			left -= n
		}
		f.bytes = appendPostings(f.bytes, int(t.many), w.packed)
		f.from = append(f.from, uint32(len(f.bytes)))
	}
	return field{newKeys(f.keys), newOffsets(f.from), f.bytes, f.lengths}
}

// begin is the first link of a gram's postings, or all of them: a posting that is alone fits.
func (w *gramWriter) begin(t *gramTerm) []byte {
	page, begin := w.links[t.first>>pageBits], t.first&(pageBytes-1)
	return page[begin : begin+min(t.bytes, leastLink-linkBytes)]
}
