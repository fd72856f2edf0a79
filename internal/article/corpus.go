package article

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// A Corpus is an immutable set of documents, ordered by slug. The zero value is an empty corpus.
type Corpus struct {
	documents []Document
	bySlug    map[string]int
	digest    string
}

// NewCorpus orders the documents by slug. It is an error if two share a slug.
func NewCorpus(documents ...Document) (*Corpus, error) {
	c := &Corpus{documents: slices.Clone(documents), bySlug: make(map[string]int, len(documents))}
	slices.SortFunc(c.documents, func(a, b Document) int { return strings.Compare(a.Slug, b.Slug) })
	for i, d := range c.documents {
		if j, taken := c.bySlug[d.Slug]; taken {
			return nil, fmt.Errorf("%s and %s would both be called %q: rename one", c.documents[j].Path, d.Path, d.Slug)
		}
		c.bySlug[d.Slug] = i
	}
	c.digest = digestOf(c.documents)
	return c, nil
}

// Documents returns the documents by slug. The slice is the corpus's own: do not write to it.
func (c *Corpus) Documents() []Document { return c.documents }

// Document finds a document by its slug.
func (c *Corpus) Document(slug string) (Document, bool) {
	i, ok := c.bySlug[slug]
	if !ok {
		return Document{}, false
	}
	return c.documents[i], true
}

// Place is where a document stands in Documents.
func (c *Corpus) Place(slug string) (int, bool) {
	i, ok := c.bySlug[slug]
	return i, ok
}

// Passage finds the paragraph that the reference names.
func (c *Corpus) Passage(ref Ref) (Passage, bool) {
	d, ok := c.Document(ref.Slug)
	if !ok || ref.N < 1 || ref.N > len(d.Passages) {
		return Passage{}, false
	}
	return d.Passages[ref.N-1], true
}

// Passages yields every paragraph, ordered by Ref.
func (c *Corpus) Passages() iter.Seq[Passage] {
	return func(yield func(Passage) bool) {
		for _, d := range c.documents {
			for _, p := range d.Passages {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// Len counts the paragraphs.
func (c *Corpus) Len() int {
	n := 0
	for _, d := range c.documents {
		n += len(d.Passages)
	}
	return n
}

// Digest is a hexadecimal SHA-256 over everything that a reader can see. Two corpora have the same digest exactly
// when their content is the same; where the files lie does not matter.
func (c *Corpus) Digest() string { return c.digest }

// digestOf seals the documents and hashes their digests.
func digestOf(documents []Document) string {
	h := sha256.New()
	for i := range documents {
		d := &documents[i]
		sum := d.sum()
		if !d.seal.holds(d) {
			d.seal = newSeal(d, sum)
		}
		fmt.Fprintf(h, "%x", sum) // all are equally long, so neighbors stay apart
	}
	return hex.EncodeToString(h.Sum(nil))
}
