package local

import (
	"math"
	"slices"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// Features are what tells a sentence that answers from others. All but Words are known where a table of word vectors
// says how near words are.
type Features struct {
	Words   float64 // its score by the words of the question, as a share of the question's weight
	Covered float64 // share of the question's weight that it has, with the sentence before and what they stand under
	Lifted  float64 // what the headings above add to what the sentence itself has
	Near    float64 // how near it is to the question by meaning
	Topic   float64 // how near the heading above it is
	Holds   float64 // 1 if the kind of thing that is asked for is in it
	Counts  float64 // 1 if that is a number
}

// FeatureCount is how many numbers Features has.
const FeatureCount = 7

// Values returns the numbers, in the order of the fields.
func (f Features) Values() [FeatureCount]float64 {
	return [FeatureCount]float64{f.Words, f.Covered, f.Lifted, f.Near, f.Topic, f.Holds, f.Counts}
}

// tableWeights are those of a conditional logistic regression, as go run ./tools/fit -embedder table rank printed them:
// that of all sentences of a request, one is the answer.
var tableWeights = [FeatureCount]float64{2.69, 3.66, 1.35, 3.03, 2.51, 1.41, 1.33}

// fitted reports whether what the weights are for is known of a request.
func fitted(r rag.Request) bool { return r.Meaning.Kind == rag.TableKind && r.NearWords != nil }

// score is what a sentence is worth, on the scale of its score by words.
func (f Features) score(weights [FeatureCount]float64) float64 {
	sum := 0.0
	for i, v := range f.Values() {
		sum += weights[i] * v
	}
	return sum / weights[0]
}

// beside is how likely a sentence answers, beside how likely another does: by the odds where they are known, and else
// by its share of the other's score. total is the question's weight.
func beside(c, best Candidate, total float64, r rag.Request) float64 {
	if !fitted(r) {
		return c.Score / best.Score
	}
	return math.Exp(tableWeights[0] * (c.Score - best.Score) / max(total, 1e-9))
}

// answeringShare is what a word counts for that stands in what answers the question's own, be it nearer or not by
// meaning.
const answeringShare = 0.5

// A cover says how far each stem of the question, by its place in a list, is in a text: 1 where the text has it, else
// how near the nearest word of the text is, at least answeringShare for one that answers it.
type cover []float64

func coverOf(r rag.Request, asked, stems []string) cover {
	c := make(cover, len(asked))
	for i, a := range asked {
		if slices.Contains(stems, a) {
			c[i] = 1
			continue
		}
		near, answering := r.NearWords[a], words.Answering(a)
		for _, s := range stems {
			c[i] = max(c[i], near[s])
			if slices.Contains(answering, s) {
				c[i] = max(c[i], answeringShare)
			}
		}
	}
	return c
}

// A paragraph is a passage whose sentences are compared with a question.
type paragraph struct {
	request  rag.Request
	question question.Question
	at       int      // in the request
	asked    []string // stems of the question
	total    float64  // weight of the question
	covers   []cover  // of the sentences
}

// describe sets the features of its sentences.
func (p paragraph) describe(sentences []Candidate) {
	passage := p.request.Passages[p.at]
	heading := coverOf(p.request, p.asked, words.Stems(passage.Path+"\n"+passage.Heading))
	title := coverOf(p.request, p.asked, words.Stems(passage.Title))
	for i := range sentences {
		c := &sentences[i]
		var before cover
		if i > 0 {
			before = p.covers[i-1]
		}
		f := &c.Features
		f.Covered = p.share(p.covers[i], before, heading, title)
		f.Lifted = p.share(p.covers[i], heading) - p.share(p.covers[i])
		if p.at < len(p.request.Sentences) && i < len(p.request.Sentences[p.at]) {
			f.Near = p.request.Sentences[p.at][i]
		}
		if p.at < len(p.request.Headings) {
			f.Topic = p.request.Headings[p.at]
		}
		if c.holds {
			f.Holds = 1
			if p.question.Kind == question.Number {
				f.Counts = 1
			}
		}
	}
}

// share is the share of the question's weight that at least one of the covers has; nil has nothing.
func (p paragraph) share(covers ...cover) float64 {
	sum := 0.0
	for i, a := range p.asked {
		most := 0.0
		for _, c := range covers {
			if c != nil {
				most = max(most, c[i])
			}
		}
		sum += p.request.Weights[a] * most
	}
	return sum / p.total
}
