package evidence

import (
	"context"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// nearFrom is the cosine from which on one word may stand for another. Of pairs of words that have nothing to do with
// one another fewer than one in a hundred are as near in the built-in table.
const nearFrom = 0.35

// NearWords finds, among the words of the best passages, those that are near to a word of the question by meaning: by
// stem of the question and stem of the passage, how near. It is nil where the meaning is no table's: models that read
// sentences say little of single words, and many are asked over the network.
func NearWords(ctx context.Context, e rag.Embedder, q question.Question, r rag.Request) map[string]map[string]float64 {
	if r.Meaning.Kind != rag.TableKind || len(r.Passages) == 0 || Strange(r) {
		return nil
	}
	meaningful := func(t words.Token) bool { return !t.Stop && !t.Digit }
	asked := distinctWords(nil, q.Text, func(t words.Token) bool { return meaningful(t) && r.Weights[t.Stem] > 0 })
	var theirs []words.Token
	for _, p := range r.Passages[:min(nearPassages, len(r.Passages))] {
		theirs = distinctWords(theirs, p.Text, meaningful)
	}
	questions, err := e.Embed(ctx, rag.Question, foldedOf(asked))
	if err != nil || len(questions) != len(asked) {
		return nil
	}
	passages, err := e.Embed(ctx, rag.Passage, foldedOf(theirs))
	if err != nil || len(passages) != len(theirs) {
		return nil
	}
	near := make(map[string]map[string]float64, len(asked))
	for i, t := range asked {
		for k, o := range theirs {
			c := rag.Cosine(questions[i], passages[k])
			if t.Stem == o.Stem || c < nearFrom {
				continue
			}
			if near[t.Stem] == nil {
				near[t.Stem] = map[string]float64{}
			}
			near[t.Stem][o.Stem] = max(near[t.Stem][o.Stem], c)
		}
	}
	return near
}

// distinctWords appends the tokens of a text that are kept, but for words that are there already.
func distinctWords(list []words.Token, text string, keep func(words.Token) bool) []words.Token {
	seen := make(map[string]bool, len(list))
	for _, t := range list {
		seen[t.Text] = true
	}
	for _, t := range words.Tokenize(text) {
		if keep(t) && !seen[t.Text] {
			seen[t.Text] = true
			list = append(list, t)
		}
	}
	return list
}

func foldedOf(tokens []words.Token) []string {
	list := make([]string, len(tokens))
	for i, t := range tokens {
		list[i] = t.Text
	}
	return list
}
