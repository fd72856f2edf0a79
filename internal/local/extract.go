package local

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// An Extractor drafts without a model: it chooses the one or two sentences that answer best, three at most, verbatim, in
// reading order. The zero value is ready for use.
type Extractor struct{}

// NewExtractor returns the extractive generator.
func NewExtractor() Extractor { return Extractor{} }

// ExtractName is whom an extracted draft names as its writer.
const ExtractName = "extract"

// The odds beside the best sentence from which on another is shown beside it, where they are known. Of what tools/fit
// rank shows for each, between .3 and .15 one in ten has what the first lacks, and below .15 one in forty. Of questions
// why there are too few to choose by: theirs is by hand.
const (
	asLikely       = 0.2
	gainAsLikely   = 0.15 // with gainAtLeast
	reasonAsLikely = 0.1  // where it is asked why and the sentence goes on from one that is shown
)

// The weights of what makes a sentence a good answer beside the question's words in it. Measured on 2,910 questions:
// see TestSentences.
const (
	beforeShare      = 0.15 // of the score of the sentence before: a sentence often leans on it
	afterShare       = 0.1
	pairShare        = 0.15 // for two words of the question that stand side by side
	synonymShare     = 0.3
	nearShare        = 0.5 // of a word that is near by meaning, times how near it is
	kindBonus        = 0.6
	maxExtracted     = 3    // where the question asks for several things, or why and the third goes on from the second
	maxSentences     = 2    // of any other answer: a third one has what was asked for in 1 of 90
	statedShare      = 0.6  // of the word for an attribute that the sentence states without it: "(4 May 1869 – …)"
	subjectBonus     = 0.15 // for a sentence that begins with what the question is about
	codeless         = 0.3  // of the score of a sentence without the code that is asked for, where others have it
	strayShare       = 0.8  // of the score of what is about "it", where the sentence before has nothing of the question
	fragmentShare    = 0.6  // of the score of what is no sentence: a piece of a list
	headingShare     = 0.5  // of a word that stands in the heading above the sentence, beside one in it
	questionShare    = 0.8  // of the score of a question right before the sentence, which answers it
	besideHeld       = 0.86 // the same where the best one has the kind of thing that is asked for
	continuesFrom    = 0.2  // of the question's weight that the best sentence lacks, to be shown with the one behind it
	secondAtLeast    = 0.8  // of the best sentence's score, to be shown beside it
	reasonAtLeast    = 0.65 // the same where it is asked why and the sentence goes on from one that is shown
	gainAtLeast      = 0.2  // of the question's weight that the sentences before it lack, to be shown with
	gainWorth        = 1.5  // of what a sentence brings in, beside its own score
	gainScoreSeveral = 0.25 // the same where the question asks for several things
	gainScore        = 0.5  // of the best sentence's score
)

// Shares are what counts of a sentence beside the words of the question in it, as shares of the question's weight.
// tools/fit measured them.
type Shares struct {
	Passage float64 // standing in a passage as good as the best
	Meaning float64 // being the same by meaning
}

func sharesOf(kind rag.MeaningKind) Shares {
	switch kind { // cosines leave less between the best passages than words do
	case rag.SentenceKind:
		return Shares{Passage: 2.4}
	case rag.TableKind:
		return Shares{Passage: 1.2, Meaning: 0.25}
	}
	return Shares{Passage: 1.2}
}

// Generate chooses sentences from the passages. It says "not covered" only when no sentence shares a word with the
// question.
func (Extractor) Generate(ctx context.Context, r rag.Request) (rag.Draft, error) {
	if err := ctx.Err(); err != nil {
		return rag.Draft{}, err
	}
	ranked := slices.DeleteFunc(Rank(r), func(c Candidate) bool { return !r.Passages[c.Passage].Shows(c.Text) })
	draft := rag.Draft{By: ExtractName}
	if len(ranked) == 0 || ranked[0].Score <= 0 {
		draft.NotCovered = true
		return draft, nil
	}
	chosen := choose(ranked, question.ParseIn(r.Question, r.Language), r)
	for _, c := range chosen {
		cites := []int{c.Passage + 1}
		if answer := c.explains(); answer != "" && !has(chosen, *c.before) {
			draft.Sentences = append(draft.Sentences, rag.Drafted{Text: answer, Cites: cites})
		}
		draft.Sentences = append(draft.Sentences, rag.Drafted{Text: c.Text, Cites: cites})
	}
	return draft, nil
}

// A Candidate is a sentence that may answer.
type Candidate struct {
	Passage int // index in the request
	Index   int // of the sentence in its passage
	Text    string
	Score   float64
	shared  map[string]bool // stems of the question in it
	near    map[string]bool // stems of the question of which it has a synonym
	leans   bool            // it begins with a word that points back
	holds   bool            // the kind of thing that is asked for is in it
	adds    bool            // it says that it adds to what stands before it: "also"
	turns   bool            // it turns against what stands before it: "but", "it was disproved"
	headed  map[string]bool // stems of the question in the heading above it
	before  *Candidate

	Features Features // zero where the weights are not for the request
}

// Rank scores every sentence of the request's passages, best first; equal ones keep their order.
func Rank(r rag.Request) []Candidate { return RankBy(r, sharesOf(r.Meaning.Kind)) }

// RankBy is Rank with other shares, for those who fit them.
func RankBy(r rag.Request, shares Shares) []Candidate {
	q := question.ParseIn(r.Question, r.Language)
	pairs := map[[2]string]bool{}
	for i := 1; i < len(q.Stems); i++ {
		pairs[[2]string{q.Stems[i-1], q.Stems[i]}] = true
	}
	total := 0.0
	for _, s := range distinct(q.Stems) {
		total += r.Weights[s]
	}
	var all []Candidate
	asked := slices.Sorted(maps.Keys(r.Weights)) // one order, so that sums are the same bits each time
	var tokens []words.Token
	for pi, p := range r.Passages {
		spans := article.Sentences(p.Text)
		own := make([]float64, len(spans))
		group := make([]Candidate, len(spans))
		covers := make([]cover, len(spans))
		heading := map[string]bool{}
		for _, h := range words.Stems(p.Heading) {
			heading[h] = true
		}
		for si, span := range spans {
			text := span.Of(p.Text)
			c := Candidate{Passage: pi, Index: si, Text: text, shared: map[string]bool{}, near: map[string]bool{},
				leans: leans(text), adds: adds(text), turns: turns(text), headed: heading}
			tokens = words.Append(tokens[:0], text)
			c.turns = c.turns || c.leans && overturns(tokens) || overturnsIt(tokens)
			stems := words.StemsOf(tokens)
			if pi < len(r.Speech) {
				stems = append(stems, rag.SpokenStems(r.Speech[pi], span)...)
			}
			for k, s := range stems {
				for _, o := range words.Synonyms(s) {
					if w := r.Weights[o]; w > 0 && !c.near[o] {
						c.near[o] = true
						own[si] += synonymShare * w
					}
				}
				if w := r.Weights[s]; w > 0 && !c.shared[s] {
					c.shared[s] = true
					own[si] += w
				}
				if k > 0 && pairs[[2]string{stems[k-1], s}] {
					own[si] += pairShare * (r.Weights[stems[k-1]] + r.Weights[s])
				}
			}
			if fitted(r) {
				covers[si] = coverOf(r, asked, stems)
				own[si] += c.align(r, asked, covers[si])
			}
			for h := range heading {
				if w := r.Weights[h]; w > 0 && !c.shared[h] && !c.near[h] {
					own[si] += headingShare * w
				}
			}
			if pi < len(r.Fields) { // higher headings, and what introduces the paragraph
				for _, s := range r.Fields[pi].Section {
					if !heading[s] && !c.shared[s] && !c.near[s] {
						own[si] += headingShare * r.Weights[s]
					}
					c.shared[s] = true
				}
			}
			if q.Kind != question.YesOrNo && subject(tokens, q.Stems) {
				own[si] *= 1 + subjectBonus
			}
			if fragment(text, tokens) {
				own[si] *= fragmentShare
			}
			if q.HoldsTokens(text, tokens) || q.Said && pi < len(r.Speech) && says(r.Speech[pi], span, q.Stems) {
				if s := q.States(text); s != "" && !c.shared[s] {
					own[si] += statedShare * r.Weights[s]
				}
				own[si] *= 1 + kindBonus
				c.holds = true
			}
			group[si] = c
		}
		if fitted(r) {
			paragraph{r, q, pi, asked, max(total, 1e-9), covers}.describe(group)
		}
		for si := range group {
			score := own[si]
			switch {
			case asks(group[si].Text), si == 0 && len(group) > 1 && labels(group[si].Text), formula(group[si].Text):
				// it answers nothing
				continue
			case si > 0 && (asks(group[si-1].Text) || si == 1 && labels(group[0].Text)):
				score += questionShare * own[si-1]
			case si > 0:
				score += beforeShare * own[si-1]
				if own[si-1] == 0 && pointsBack(group[si].Text) && !group[si].holds {
					score *= strayShare
				}
			}
			if si+1 < len(own) {
				score += afterShare * own[si+1]
			}
			if pi < len(r.Sentences) && si < len(r.Sentences[pi]) {
				score += shares.Meaning * total * max(0, r.Sentences[pi][si])
			}
			if score > 0 && len(r.Scores) > pi && r.Scores[0] > 0 {
				score += shares.Passage * total * r.Scores[pi] / r.Scores[0]
			}
			group[si].Score = score
			if fitted(r) {
				group[si].Features.Words = score / max(total, 1e-9)
				group[si].Score = total * group[si].Features.score(tableWeights)
			}
			if si > 0 {
				group[si].before = &group[si-1]
			}
		}
		all = append(all, group...)
	}
	coded(all, q.Stems)
	slices.SortStableFunc(all, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return all
}
