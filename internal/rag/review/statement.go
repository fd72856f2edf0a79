package review

import (
	"pilcrow/internal/article"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
)

// A Statement is a sentence of a text that is no draft, looked at as one of a draft would be.
type Statement struct {
	review *Review
	before string
}

// NewStatement looks at a sentence, with the one before it in its text, as one that cites passages of the request:
// cites counts them from 0.
func NewStatement(text, before string, cites []int, r rag.Request,
	contexts func(slug string) *premise.Context) *Statement {
	v := newReview(rag.Draft{Sentences: []rag.Drafted{}}, r, contexts)
	v.foreign = foreignDraft([]rag.Drafted{{Text: text}}, r.Passages)
	p := &reviewed{drafted: rag.Drafted{Text: text}}
	v.parts = []*reviewed{p}
	p.exam = v.given.Examine(exam.Written{Text: text, Cites: cites, Before: before, Foreign: v.foreign})
	p.text, p.cites = p.exam.Text, p.exam.Cites
	return &Statement{review: v, before: before}
}

// Explained is how the sentence was looked at; rule is that of the table of claim that gave its verdict.
func (s *Statement) Explained(rule string) Explanation {
	x := s.review.explain(s.review.parts[0])
	x.Rule = rule
	return x
}

// Forbidden reports whether a guard forbids the sentence, so that a judge has nothing to read.
func (s *Statement) Forbidden() bool { return !s.review.parts[0].exam.Guard.None() }

// Hypothesis is the sentence for a judge, without the numbers of what it cites, and what it cites.
func (s *Statement) Hypothesis() (h rag.Hypothesis, cited []rag.Premise) {
	h = s.review.caseOf([]int{0}).Sentences[0]
	h.Before, h.Cites = s.before, nil
	for _, n := range s.review.parts[0].cites {
		cited = append(cited, s.review.request.Premise(n))
	}
	return h, cited
}

// Judged takes a judge's opinion of the sentence.
func (s *Statement) Judged(o rag.Opinion) {
	p := s.review.parts[0]
	p.opinion = o
	s.review.decide(p)
}

// Nearest is the passage that has most of the sentence.
func (s *Statement) Nearest() article.Ref { return s.review.parts[0].exam.Nearest }

// Cites is how many passages the sentence is judged by.
func (s *Statement) Cites() int { return len(s.review.parts[0].cites) }
