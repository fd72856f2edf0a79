// Package local does without a model what models do: it embeds texts as weighted, hashed words, and drafts answers by
// choosing sentences.
package local

import (
	"context"
	"hash/fnv"
	"math"

	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// Dimension is the length of the keyless vectors: one for each hashed term's places, and a spare last one.
const Dimension = 2048

// The weights of the kinds of term and the parameters of BM25 for a passage of ordinary length. They are fixed, so that
// a vector depends on its text alone and adding a document embeds nothing else again.
const (
	k1         = 0.9
	b          = 0.75
	meanTerms  = 60.0 // meaningful words in a paragraph of news or an encyclopedia
	pairWeight = 0.4
	gramWeight = 0.1
	gramBytes  = 4
)

// An Embedder makes vectors whose cosine orders passages much as BM25 does, from hashed stems, word pairs and character
// 4-grams. A passage's terms weigh as in BM25, a question's by how telling they are. It needs no key, no network and no
// state. The zero value is ready for use.
type Embedder struct{}

// NewEmbedder returns the keyless embedder.
func NewEmbedder() Embedder { return Embedder{} }

// Model names the method; it changes whenever the vectors do.
func (Embedder) Model() string { return "pilcrow-hash-1" }

// MaxBytes is 0: a text of any length is embedded whole.
func (Embedder) MaxBytes() int { return 0 }

// Embed returns one unit vector of Dimension per text. It fails only when the context has ended.
func (Embedder) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i] = embed(kind, text)
	}
	return out, nil
}

func embed(kind rag.Kind, text string) []float32 {
	var stems []string
	counts := map[string]float64{}
	order := []string{} // sums must not depend on the order of a map
	count := func(term string) {
		if counts[term] == 0 {
			order = append(order, term)
		}
		counts[term]++
	}
	for _, t := range words.Tokenize(text) {
		if t.Stop {
			continue
		}
		if len(stems) > 0 {
			count("p" + stems[len(stems)-1] + " " + t.Stem)
		}
		stems = append(stems, t.Stem)
		count("s" + t.Stem)
		for w := "_" + t.Text + "_"; len(w) >= gramBytes; w = w[1:] {
			count("g" + w[:gramBytes])
		}
	}
	vector := make([]float64, Dimension-1)
	norm := k1 * (1 - b + b*float64(len(stems))/meanTerms)
	for _, term := range order {
		n := counts[term]
		weight := 1.0
		switch term[0] {
		case 'p':
			weight = pairWeight
		case 'g':
			weight = gramWeight
		}
		if kind == rag.Passage {
			weight *= n * (k1 + 1) / (n + norm)
		} else if term[0] == 's' {
			weight *= math.Min(float64(len(term)), 8) / 8 // long words are rarer, and there is no corpus to ask
		}
		scatter(vector, term, weight)
	}
	return finish(kind, vector)
}

// scatter adds the term at two places, each with a sign of its own, so that collisions cancel out.
func scatter(vector []float64, term string, weight float64) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(term)) // a hash never fails
	x := h.Sum64()
	for range 2 {
		sign := 1.0
		if x&1 == 1 {
			sign = -1
		}
		vector[(x>>1)%uint64(len(vector))] += sign * weight
		x = x>>32 | x<<32
	}
}

// finish makes a unit vector. What a passage's terms leave of the bound goes into the spare dimension: all passages are
// then equally long, and cosine orders them as the inner product would.
func finish(kind rag.Kind, v []float64) []float32 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	length := math.Sqrt(sum)
	scale, spare := 1.0, 0.0
	switch {
	case length == 0:
		spare = 1
	case kind == rag.Question:
		scale = 1 / length
	default:
		// Bounded smoothly: a passage of any length stays inside, and longer ones are nearer to the bound.
		inside := length / math.Sqrt(sum+bound*bound)
		scale = inside / length
		spare = math.Sqrt(1 - inside*inside)
	}
	out := make([]float32, len(v)+1)
	for i, x := range v {
		out[i] = float32(x * scale)
	}
	out[len(v)] = float32(spare)
	return out
}

// bound is well above the length of a passage's vector before scaling, which keeps the scale nearly the same for all.
const bound = 60.0
