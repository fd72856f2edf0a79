package rag

import "math"

// A Scoring is what a Searcher is asked.
type Scoring struct {
	Question []float32
	Blocks   []int // the places of those that are asked; nil: all
	// Nearest is how many of the nearest paragraphs of these blocks are needed. A Searcher may find most of them only, and
	// it may score all others, too.
	Nearest int
	// Wanted names paragraphs of these blocks that are needed however near they are, by their places in scores, rising; a
	// Searcher that scores all does not ask. nil: none.
	Wanted func() []int
}

// Scored is what a Searcher says of the scores that it wrote. Each is the paragraph's cosine, whichever were found.
type Scored struct {
	// Least and Most are the bounds of the cosines in the blocks that were asked, those of paragraphs that were not scored
	// among them; of an approximate Searcher, about. Least is the larger one where nothing was compared.
	Least, Most float64
	// Some says that there are paragraphs with vectors that are not scored, as nobody needs them.
	Some bool
}

// NothingScored is what is scored before anything is.
func NothingScored() Scored { return Scored{Least: math.Inf(1), Most: math.Inf(-1)} }

// Add takes the scores of a block into the bounds, which are all there: each paragraph's that has a vector.
func (s *Scored) Add(b *Block, scores []float32) {
	last := -1
	for row := range b.Len() {
		if p := b.Paragraph(row); p != last {
			last = p
			c := float64(scores[p])
			s.Least, s.Most = min(s.Least, c), max(s.Most, c)
		}
	}
}
