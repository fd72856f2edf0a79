package evidence

import (
	"context"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// nearFrom is the least cosine of two words that says anything of them.
const nearFrom = 0.2

// NearWords finds, among the words of the best passages, those that are near to a word of the question by meaning: by
// stem of the question and stem of the passage, how near. It is nil where the meaning is no table's: models that read
// sentences say little of single words, and many are asked over the network.
func NearWords(ctx context.Context, e rag.Embedder, q question.Question, r rag.Request) map[string]map[string]float64 {
	if r.Meaning.Kind != rag.TableKind || len(r.Passages) == 0 || Strange(r) {
		return nil
	}
	meaningful := func(t words.Token) bool { return !t.Stop && !t.Digit }
	asked := distinctWords(func(t words.Token) bool { return meaningful(t) && r.Weights[t.Stem] > 0 }, q.Text)
	var texts []string
	for _, p := range r.Passages {
		texts = append(texts, p.Text, p.Path, p.Heading, p.Title)
	}
	theirs := distinctWords(meaningful, texts...)
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

// distinctWords returns the tokens of the texts that are kept, each word once.
func distinctWords(keep func(words.Token) bool, texts ...string) []words.Token {
	var list, tokens []words.Token
	seen := map[string]bool{}
	for _, text := range texts {
		tokens = words.Append(tokens[:0], text)
		for _, t := range tokens {
			if keep(t) && !seen[t.Text] {
				seen[t.Text] = true
				list = append(list, t)
			}
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
