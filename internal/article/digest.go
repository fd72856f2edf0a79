package article

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/maphash"
)

// Digest is a hexadecimal SHA-256 over everything of the document that a reader can see. Two documents have the same
// digest exactly when their slug and content are the same; Path and Promos do not matter. Of a document in a Corpus it
// is known; of another it takes time in proportion to the text.
func (d Document) Digest() string {
	sum := d.sum()
	return hex.EncodeToString(sum[:])
}

func (d *Document) sum() (sum [sha256.Size]byte) {
	if d.seal.holds(d) {
		return d.seal.digest
	}
	h := sha256.New()
	var length []byte
	field := func(s string) { // the length in front keeps neighboring fields apart
		length = binary.AppendUvarint(length[:0], uint64(len(s)))
		h.Write(length)
		h.Write([]byte(s))
	}
	for _, s := range []string{d.Slug, d.Title, d.Author, d.Source, d.URL, d.Published.UTC().Format("2006-01-02")} {
		field(s)
	}
	h.Write(binary.AppendUvarint(nil, uint64(len(d.Passages))))
	for _, p := range d.Passages {
		field(p.Heading)
		field(p.Text)
		if p.plain() {
			continue
		}
		field(p.Path)
		field(p.Language())
		field(p.Lead())
		field(p.Link())
		h.Write([]byte{byte(p.Kind), p.Introduced, p.Behind})
		h.Write(binary.AppendVarint(nil, int64(p.Noted)))
		if p.Unsure {
			field(UnsureMark)
		}
	}
	h.Sum(sum[:0])
	return sum
}

// plain reports a paragraph of which there is no more to say than its text and the heading above it.
func (p *Passage) plain() bool {
	return p.Kind == Prose && p.Lead() == "" && p.Link() == "" && p.Behind == 0 && p.Path == p.Heading &&
		p.Language() == "" && !p.Unsure
}

// A seal remembers the digest of a document as it was. Whoever copies a document and gives the copy another title
// breaks it. It holds a hash of the document's fields instead of the fields: a folder has thousands of documents.
type seal struct {
	fields uint64 // of this process: see sealSeed
	first  *Passage
	count  int
	digest [sha256.Size]byte
}

var sealSeed = maphash.MakeSeed()

func newSeal(d *Document, digest [sha256.Size]byte) *seal {
	s := &seal{fields: d.fields(), count: len(d.Passages), digest: digest}
	if s.count > 0 {
		s.first = &d.Passages[0]
	}
	return s
}

// fields hashes what the digest covers and is not in the passages.
func (d *Document) fields() uint64 {
	return maphash.Comparable(sealSeed, struct {
		slug, title, author, source, url string
		published                        int64
	}{d.Slug, d.Title, d.Author, d.Source, d.URL, d.Published.Unix()})
}

// holds reports whether the document is still the sealed one. Passages are never written to, so the same ones have the
// same text.
func (s *seal) holds(d *Document) bool {
	return s != nil && len(d.Passages) == s.count && (s.count == 0 || &d.Passages[0] == s.first) && d.fields() == s.fields
}
