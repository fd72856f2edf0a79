package packed

import (
	"encoding/binary"
	"fmt"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
)

// A speechPacker packs what is said in a document: its texts, each once, and numbers. What is cut from the document
// is packed as a place.
type speechPacker struct {
	numbers []byte
	texts   []byte
	lengths []byte
	at      map[string]uint64
}

func (w *speechPacker) number(v int) { w.numbers = binary.AppendUvarint(w.numbers, uint64(v)) }

func (w *speechPacker) yes(b bool) {
	if b {
		w.number(1)
	} else {
		w.number(0)
	}
}

func (w *speechPacker) text(s string) {
	i, ok := w.at[s]
	if !ok {
		i = uint64(len(w.at))
		w.at[s] = i
		w.texts = append(w.texts, s...)
		w.lengths = binary.AppendUvarint(w.lengths, uint64(len(s)))
	}
	w.numbers = binary.AppendUvarint(w.numbers, i)
}

// Speech packs it for unpackSpeech.
func Speech(said quote.Speech) []byte {
	w := speechPacker{at: map[string]uint64{}}
	w.number(len(said.Quotations))
	for _, q := range said.Quotations {
		w.number(q.Ref.N)
		w.number(q.Start)
		w.number(q.End)
		w.text(q.Speaker)
		w.yes(q.Named)
		w.text(q.Role)
		w.text(q.Mention)
		w.yes(q.Continues)
		w.number(int(q.Kind))
	}
	w.number(len(said.Statements))
	for _, s := range said.Statements {
		w.number(s.Ref.N)
		w.number(s.Span.Start)
		w.number(s.Span.End)
		w.text(s.Speaker)
		w.yes(s.Named)
		w.text(s.Mention)
	}
	w.number(len(said.People))
	for _, p := range said.People {
		w.text(p.Name)
		w.number(len(p.Aliases))
		for _, alias := range p.Aliases {
			w.text(alias)
		}
		w.text(p.Role)
		w.yes(p.Institution)
		w.yes(p.Place)
		w.number(len(p.Refs))
		for _, r := range p.Refs {
			w.number(r.N)
		}
	}
	w.number(said.Unread.Paragraphs)
	w.number(said.Unread.Quotations)
	w.number(said.Unread.Names)
	out := binary.AppendUvarint(nil, uint64(len(w.at)))
	out = append(out, w.lengths...)
	out = append(out, w.texts...)
	return append(out, w.numbers...)
}

// A Reader reads what a speechPacker packed. After the first error it reads zeros.
type Reader struct {
	b     []byte
	texts []string
	Err   error
}

// NewReader reads what stands in b, which it keeps.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// Number reads a number below 1<<32.
func (r *Reader) Number() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v >= 1<<32 {
		r.Err, r.b = ErrDamaged, nil
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

// Count reads how many there are of something that takes at least a byte each.
func (r *Reader) Count() int {
	n := r.Number()
	if n > len(r.b) {
		r.Err, r.b = ErrDamaged, nil
		return 0
	}
	return n
}

func (r *Reader) yes() bool { return r.Number() == 1 }

func (r *Reader) text() string {
	i := r.Number()
	if i >= len(r.texts) {
		r.Err = ErrDamaged
		return ""
	}
	return r.texts[i]
}

// table reads the texts.
func (r *Reader) table() {
	lengths, total := make([]int, r.Count()), 0
	for i := range lengths {
		lengths[i] = r.Number()
		total += lengths[i]
	}
	if total > len(r.b) {
		r.Err, r.b = ErrDamaged, nil
		return
	}
	all := string(r.b[:total])
	r.b, r.texts = r.b[total:], make([]string, len(lengths))
	for i, n := range lengths {
		r.texts[i], all = all[:n], all[n:]
	}
}

// roomFor makes room for so many; nil for none, as reading a document does.
func roomFor[T any](n int) []T {
	if n == 0 {
		return nil
	}
	return make([]T, 0, n)
}

// ReadSpeech returns what packSpeech packed of the document.
func ReadSpeech(packed []byte, d *article.Document) (said quote.Speech, err error) {
	r := NewReader(packed)
	r.table()
	place := func() (ref article.Ref, start, end int, words string) {
		n := r.Number()
		start, end = r.Number(), r.Number()
		if n < 1 || n > len(d.Passages) || start > end || end > len(d.Passages[n-1].Text) {
			r.Err = fmt.Errorf("%w: a place that is not in %s", ErrDamaged, d.Slug)
			return ref, 0, 0, ""
		}
		return d.Passages[n-1].Ref, start, end, d.Passages[n-1].Text[start:end]
	}
	n := r.Count()
	said.Quotations = roomFor[quote.Quotation](n)
	for range n {
		var q quote.Quotation
		q.Ref, q.Start, q.End, q.Words = place()
		q.Speaker, q.Named, q.Role, q.Mention, q.Continues, q.Kind = r.text(), r.yes(), r.text(), r.text(), r.yes(),
			quote.Kind(r.Number())
		said.Quotations = append(said.Quotations, q)
	}
	n = r.Count()
	said.Statements = roomFor[quote.Statement](n)
	for range n {
		var s quote.Statement
		s.Ref, s.Span.Start, s.Span.End, _ = place()
		s.Speaker, s.Named, s.Mention = r.text(), r.yes(), r.text()
		said.Statements = append(said.Statements, s)
	}
	n = r.Count()
	said.People = roomFor[quote.Person](n)
	for range n {
		p := quote.Person{Name: r.text()}
		k := r.Count()
		p.Aliases = roomFor[string](k)
		for range k {
			p.Aliases = append(p.Aliases, r.text())
		}
		p.Role, p.Institution, p.Place = r.text(), r.yes(), r.yes()
		k = r.Count()
		p.Refs = roomFor[article.Ref](k)
		for range k {
			p.Refs = append(p.Refs, article.Ref{Slug: d.Slug, N: r.Number()})
		}
		said.People = append(said.People, p)
	}
	said.Unread = quote.Unread{Paragraphs: r.Number(), Quotations: r.Number(), Names: r.Number()}
	if r.Err == nil && len(r.b) > 0 {
		r.Err = ErrDamaged
	}
	return said, r.Err
}

// Cut reads bytes with their length before them, which stay where they are.
func (r *Reader) Cut() []byte {
	n := r.Count()
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}
