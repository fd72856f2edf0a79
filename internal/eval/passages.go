package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
)

// A passageRecord is a question with the one passage that it is asked of. Evidence are the lines of the passage that
// make up a good answer, counting from 1; none where the passage does not answer.
type passageRecord struct {
	place
	ID         string `json:"id"`
	Question   string `json:"question"`
	Title      string `json:"title"`
	Passage    string `json:"passage"`
	Answerable bool   `json:"answerable"`
	Evidence   []int  `json:"evidence_lines"`
}

func (p *passageRecord) check() error {
	lines := strings.Count(p.Passage, "\n") + 1
	switch {
	case strings.TrimSpace(p.Question) == "":
		return errors.New("question: there is none")
	case strings.TrimSpace(p.Passage) == "":
		return errors.New("passage: there is none")
	case p.Answerable && len(p.Evidence) == 0:
		return errors.New("evidence_lines: name at least one line that answers, counting from 1")
	case slices.ContainsFunc(p.Evidence, func(n int) bool { return n < 1 || n > lines }):
		return fmt.Errorf("evidence_lines: the passage has lines 1 to %d", lines)
	}
	return nil
}

type passageResult struct {
	refused    bool
	confidence float64
	recall     float64 // of the evidence lines, those that the answer holds
	precision  float64 // of the answer's sentences, those that are in evidence lines
	answer     string
}

func (r *run) passages(ctx context.Context, records []passageRecord, g *Group) error {
	g.Name, g.About = "passages", "questions with a passage of their own"
	results, err := each(ctx, records, r.passage)
	if err != nil {
		return err
	}
	var answerable, refused, refusals, answered, touched int
	var recall, precision float64
	var positives, negatives []float64
	for i, p := range records {
		s := results[i]
		right := s.refused != p.Answerable
		if p.Answerable {
			answerable++
			positives = append(positives, s.confidence)
			refused += one(s.refused)
			recall += s.recall
			if !s.refused {
				answered++
				precision += s.precision
				touched += one(s.recall > 0)
				right = s.recall > 0
			}
		} else {
			negatives = append(negatives, s.confidence)
			refusals += one(s.refused)
		}
		if !right {
			g.Misses = append(g.Misses, p.miss(s))
		}
	}
	g.share("evidence", "answerable questions whose answer holds some of the evidence", touched, answerable)
	g.mean("evidence-recall", "of the evidence, the share that is in the answer", recall, answerable)
	g.mean("evidence-precision", "of the answer's sentences, the share that is evidence", precision, answered)
	g.share("refusals", "unanswerable questions that are refused", refusals, len(records)-answerable)
	g.share("false-refusals", "answerable questions that are refused (less is better)", refused, answerable)
	g.area("auc", "the engine is surer of an answerable than of an unanswerable one", positives, negatives)
	return nil
}

func (r *run) passage(ctx context.Context, p passageRecord) (passageResult, error) {
	engine, err := r.single(ctx, p.Title, p.Passage)
	if err != nil {
		return passageResult{}, p.fail(err)
	}
	a, err := askAt(ctx, engine, p.place, ask.Query{Text: p.Question})
	if err != nil {
		return passageResult{}, err
	}
	s := passageResult{refused: a.Outcome == ask.NotCovered, confidence: a.Confidence, answer: a.Text}
	if s.refused || !p.Answerable {
		return s, nil
	}
	lines := strings.Split(p.Passage, "\n")
	shown := make([]bool, len(p.Evidence))
	sentences, good := 0, 0
	for _, sentence := range a.Sentences {
		for _, span := range article.Sentences(sentence.Text) {
			text := norm(span.Of(sentence.Text))
			sentences++
			hit := false
			for k, n := range p.Evidence {
				if line := norm(lines[n-1]); line != "" && (strings.Contains(line, text) || strings.Contains(text, line)) {
					shown[k], hit = true, true
				}
			}
			good += one(hit)
		}
	}
	for _, was := range shown {
		s.recall += float64(one(was)) / float64(len(shown))
	}
	s.precision = float64(good) / float64(max(sentences, 1))
	return s, nil
}

func (p passageRecord) miss(s passageResult) Miss {
	m := Miss{File: p.file, Line: p.line, ID: p.ID, What: p.Question, Got: s.answer, Wanted: "not covered",
		Why: "answered"}
	if p.Answerable {
		lines := strings.Split(p.Passage, "\n")
		m.Wanted, m.Why = strings.TrimSpace(lines[p.Evidence[0]-1]), "other sentences"
		if s.refused {
			m.Why = "refused"
		}
	}
	return m
}
