package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pilcrow/internal/local"
	"pilcrow/internal/question"
	"pilcrow/internal/rag/ask"
)

// A questionRecord is a question about a loaded document. Paragraphs are the ones that answer, all of which should be
// cited; Also may be cited besides. An answer is right if it has one of Answers or, where there are Groups, one of
// each; and has nothing of MustNot. A question that the documents do not answer ends right if the answer has one of
// Answers, which are the ways to say so and to set a false premise right; where there are none, if it is refused.
type questionRecord struct {
	place
	ID         string     `json:"id"`
	Question   string     `json:"question"`
	Text       string     `json:"text"` // another name of Question
	Document   string     `json:"document"`
	Type       string     `json:"type"`
	Answerable bool       `json:"answerable"`
	Paragraphs []int      `json:"gold_paragraphs"`
	Also       []int      `json:"alt_paragraphs"`
	Answers    []string   `json:"gold_answer_strings"`
	Groups     [][]string `json:"answer_groups"`
	MustNot    []string   `json:"must_not"`
}

// kindNames are the types of questions that do not say theirs.
var kindNames = map[question.Kind]string{
	question.Anything: "other", question.Person: "who", question.Time: "when", question.Place: "where",
	question.Number: "number", question.Reason: "why", question.Quotation: "quote", question.YesOrNo: "yes or no",
}

func (q *questionRecord) check() error {
	q.Question = strings.TrimSpace(cmp.Or(q.Question, q.Text))
	switch {
	case q.Type != "":
	case q.Answerable:
		q.Type = kindNames[question.Parse(q.Question).Kind]
	default:
		q.Type = "unanswerable"
	}
	switch {
	case q.Question == "":
		return errors.New("question: there is none")
	case q.Answerable && len(q.Paragraphs) == 0:
		return errors.New("gold_paragraphs: name at least one paragraph that answers, counting from 1")
	case q.Answerable && len(q.Answers)+len(q.Groups) == 0:
		return errors.New("gold_answer_strings: give at least one string that a right answer has")
	case slices.ContainsFunc(slices.Concat(q.Paragraphs, q.Also), func(n int) bool { return n < 1 }):
		return errors.New("gold_paragraphs: paragraphs are counted from 1")
	}
	return nil
}

const (
	ranked        = 50 // paragraphs among which the one that answers is looked for; as many as the engine ranks
	bestSentences = 3
)

// within are the depths of hit@k.
var within = [...]int{1, 3, 5}

// questionResult is what one question came to.
type questionResult struct {
	rank       int                 // of the first paragraph that answers, counting from 1; 0 for not found
	sentences  [bestSentences]bool // the best k+1 sentences hold the answer
	right      bool
	refused    bool
	confidence float64
	cited      bool
	recall     float64 // of the paragraphs that answer, those that are cited
	precision  float64 // of the paragraphs that are cited, those that answer
	fabricated []string
	banned     []string
	answer     string
	shown      int // sentences of the answer

	elsewhere, refusedElsewhere bool // asked of another document; refused there
}

func (r *run) questions(ctx context.Context, records []questionRecord, g *Group) error {
	g.Name, g.About = "questions", "questions about the documents"
	results, err := each(ctx, records, r.question)
	if err != nil {
		return err
	}
	var n, answerable, right, refused, refusals, citing, complete, fabricated, banned, elsewhere, refusedElsewhere, single,
		long int
	var reciprocal, recall, precision float64
	var hits [len(within)]int
	var sentences [bestSentences]int
	var positives, negatives []float64
	var kinds tally
	for i, q := range records {
		s := results[i]
		n++
		kinds.add(q.Type, s.right)
		fabricated += one(len(s.fabricated) > 0)
		banned += one(len(s.banned) > 0)
		elsewhere += one(s.elsewhere)
		refusedElsewhere += one(s.refusedElsewhere)
		if !s.right {
			g.Misses = append(g.Misses, q.miss(s))
		}
		if !q.Answerable {
			refusals += one(s.right)
			negatives = append(negatives, s.confidence)
			continue
		}
		answerable++
		single += one(s.shown == 1)
		long += one(s.shown > 2)
		positives = append(positives, s.confidence)
		right += one(s.right)
		refused += one(s.refused)
		recall += s.recall
		complete += one(s.right && s.recall == 1)
		if s.cited {
			citing++
			precision += s.precision
		}
		if s.rank > 0 {
			reciprocal += 1 / float64(s.rank)
		}
		for k, depth := range within {
			hits[k] += one(s.rank > 0 && s.rank <= depth)
		}
		for k, held := range s.sentences {
			sentences[k] += one(held)
		}
	}
	for k, depth := range within {
		about := fmt.Sprintf("a paragraph that answers is found within the first %d", depth)
		g.share(fmt.Sprintf("hit@%d", depth), about, hits[k], answerable)
	}
	g.mean("mrr", "mean reciprocal rank of the first paragraph that answers", reciprocal, answerable)
	for k := range sentences {
		about := fmt.Sprintf("the answer is within the best %d extracted sentences", k+1)
		g.share(fmt.Sprintf("sentences@%d", k+1), about, sentences[k], answerable)
	}
	g.share("answers", "answerable questions that are answered right", right, answerable)
	g.share("refusals", "unanswerable questions that are refused or set right", refusals, n-answerable)
	g.share("false-refusals", "answerable questions that are refused (less is better)", refused, answerable)
	g.area("auc", "the engine is surer of an answerable than of an unanswerable one", positives, negatives)
	g.share("elsewhere", "questions asked of another document that are refused", refusedElsewhere, elsewhere)
	g.mean("citation-recall", "of the paragraphs that answer, those that are cited", recall, answerable)
	g.mean("citation-precision", "of the paragraphs that are cited, those that answer", precision, citing)
	g.share("single", "answers of one sentence", single, answerable-refused)
	g.share("long", "answers of three sentences and more", long, answerable-refused)
	g.share("right-and-cited", "answered right with all paragraphs that answer cited", complete, answerable)
	g.share("fabricated", "answers with a quotation that is not in the text (less is better)", fabricated, n)
	g.share("must-not", "answers with a string that they must not have (less is better)", banned, n)
	kinds.kinds(g)
	return nil
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// question puts one question to the engine and holds the answer against the record.
func (r *run) question(ctx context.Context, q questionRecord) (questionResult, error) {
	var s questionResult
	query := ask.Query{Text: q.Question, K: ranked}
	about := strings.Join(slices.Sorted(maps.Values(r.texts)), " ")
	if q.Answerable || q.Document != "" || r.Document != "" {
		d, err := r.document(q.place, q.Document)
		if err != nil {
			return s, err
		}
		if last := slices.Max(append(slices.Concat(q.Paragraphs, q.Also), 0)); last > len(d.Passages) {
			return s, q.fail(fmt.Errorf("gold_paragraphs: %d is beyond the %d paragraphs of %s", last, len(d.Passages), d.Slug))
		}
		query.Documents, about = []string{d.Slug}, r.texts[d.Slug]
	}
	a, err := askAt(ctx, r.Engine, q.place, query)
	if err != nil {
		return s, err
	}
	s.answer, s.refused, s.confidence, s.shown = a.Text, a.Outcome == ask.NotCovered, a.Confidence, len(a.Sentences)
	s.fabricated = fabricated(a.Text, about, q.Question)
	text := norm(a.Text)
	for _, m := range q.MustNot {
		if contains(text, m) {
			s.banned = append(s.banned, m)
		}
	}
	s.right = q.answeredBy(text, s.refused) && len(s.banned)+len(s.fabricated) == 0
	if !q.Answerable {
		return s, nil
	}
	var cited []int
	for _, p := range a.Cited {
		cited = append(cited, p.Ref.N)
	}
	s.cited = len(cited) > 0
	s.recall, s.precision = overlap(q.Paragraphs, cited), overlap(cited, slices.Concat(q.Paragraphs, q.Also))
	if err := r.find(ctx, q, query, &s); err != nil {
		return s, err
	}
	return s, r.askElsewhere(ctx, q, query, &s)
}

// answeredBy reports whether the normed text is a right answer.
func (q questionRecord) answeredBy(text string, refused bool) bool {
	switch {
	case !q.Answerable && len(q.Answers)+len(q.Groups) == 0:
		return refused
	case len(q.Groups) > 0:
		return !slices.ContainsFunc(q.Groups, func(group []string) bool { return !containsAny(text, group) })
	}
	return containsAny(text, q.Answers)
}

// overlap is the share of the distinct numbers of a that are in b.
func overlap(a, b []int) float64 {
	a = slices.Compact(slices.Sorted(slices.Values(a)))
	in := 0
	for _, n := range a {
		in += one(slices.Contains(b, n))
	}
	return float64(in) / float64(max(len(a), 1))
}

// find looks at what the answer was made from: the ranking of the paragraphs, and of the sentences in the best of them.
func (r *run) find(ctx context.Context, q questionRecord, query ask.Query, s *questionResult) error {
	found, err := r.Engine.Find(ctx, query)
	if err != nil {
		return q.fail(err)
	}
	s.rank = 1 + slices.IndexFunc(found, func(f ask.Found) bool { return slices.Contains(q.Paragraphs, f.Passage.Ref.N) })
	request, err := r.Engine.Prepare(ctx, query)
	if err != nil {
		return q.fail(err)
	}
	answers := slices.Concat(append(q.Groups, q.Answers)...)
	best, held := local.Rank(request), false
	for k := range s.sentences {
		held = held || k < len(best) && containsAny(norm(best[k].Text), answers)
		s.sentences[k] = held
	}
	return nil
}

// askElsewhere asks the question of another document, which surely does not answer it: which one depends on the line
// alone.
func (r *run) askElsewhere(ctx context.Context, q questionRecord, query ask.Query, s *questionResult) error {
	documents := r.edition.Corpus.Documents()
	if len(documents) < 2 {
		return nil
	}
	for i, d := range documents {
		if d.Slug == query.Documents[0] {
			query.Documents = []string{documents[(i+1+q.line%(len(documents)-1))%len(documents)].Slug}
			break
		}
	}
	a, err := askAt(ctx, r.Engine, q.place, query)
	s.elsewhere, s.refusedElsewhere = true, a.Outcome == ask.NotCovered
	return err
}

// miss describes a record that went wrong.
func (q questionRecord) miss(s questionResult) Miss {
	m := Miss{File: q.file, Line: q.line, ID: q.ID, What: q.Question, Got: s.answer, Wanted: "not covered",
		Why: "answered"}
	if q.Answerable {
		m.Wanted = strings.Join(q.Answers, " | ")
		m.Why = "wrong answer"
		if s.refused {
			m.Why = "refused"
		}
	}
	switch {
	case len(s.fabricated) > 0:
		m.Why = "not in the text: “" + s.fabricated[0] + "”"
	case len(s.banned) > 0:
		m.Why = "must not say: " + s.banned[0]
	}
	return m
}
