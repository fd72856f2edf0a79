package ask

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/lang"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/review"
)

// Bounds of a text to check.
const (
	MaxCheckRunes     = 4000 // as long as the longest message that Discord lets anybody write
	maxCheckSentences = 40   // the rest is not checked, and Check says so
)

// Errors of Check.
var (
	ErrNoText   = errors.New("there is nothing to check: give the text")
	ErrLongText = fmt.Errorf("the text is too long to check: at most %d characters", MaxCheckRunes)
)

// A Checked sentence is one sentence of a text, held against the documents.
type Checked struct {
	Text    string
	Verdict claim.Verdict
	Why     lang.Sentence     // for a reader; nothing where it is supported
	Cited   []article.Passage // the paragraphs that the verdict rests on
	Against []Dispute         // paragraphs that say otherwise than those that support it: the documents disagree
	// Explained is how the sentence was looked at: its guard, doubts, evidence, and with a judge its opinion.
	Explained review.Explanation

	rule string // of the table of claim, that gave the verdict
}

// A Dispute is a paragraph that contradicts a sentence which others support.
type Dispute struct {
	Passage article.Passage
	Why     lang.Sentence
}

// Check holds each sentence of a text against the documents: by rules alone, or where there is a judge as a draft is,
// so that it reads what they doubt. left counts the sentences beyond the fortieth, which are not checked.
func (e *Engine) Check(ctx context.Context, query Query) (checked []Checked, left int, err error) {
	text := strings.TrimSpace(strings.ToValidUTF8(query.Text, "\uFFFD"))
	switch {
	case text == "":
		return nil, 0, ErrNoText
	case utf8.RuneCountInString(text) > MaxCheckRunes:
		return nil, 0, ErrLongText
	}
	edition, err := e.serving(query)
	if err != nil {
		return nil, 0, err
	}
	var open []judging
	before := ""
	for line := range strings.Lines(text) {
		line = assertion(line)
		for _, span := range article.Sentences(line) {
			if len(checked) == maxCheckSentences {
				left++
				continue
			}
			c, j, err := e.check(ctx, edition, span.Of(line), before, query.Documents)
			if err != nil {
				return nil, 0, err
			}
			if j != nil {
				j.at = len(checked)
				open = append(open, *j)
			}
			checked = append(checked, c)
			before = c.Text
		}
	}
	if e.config.Judge != nil {
		e.judgeChecked(ctx, edition, checked, open)
	}
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	return checked, left, nil
}

// markers are citations as Pilcrow prints them: "[¶3]", "[harbor ¶3, ¶4]".
var markers = regexp.MustCompile(`[ \t]*\[[^\[\]\n]{0,80}¶[^\[\]\n]{0,80}\]`)

// assertion is what a line of a text asserts, without the marks of quotations and lists, and without citations. Small
// print asserts nothing.
func assertion(line string) string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "-# ") {
		return ""
	}
	for _, mark := range []string{">>> ", "> ", "│ ", "• ", "* ", "- "} {
		line = strings.TrimPrefix(line, mark)
	}
	return strings.TrimSpace(markers.ReplaceAllString(line, ""))
}

// check holds one sentence against the documents by rules. j is nil where a judge has nothing to read.
func (e *Engine) check(
	ctx context.Context, edition *corpus.Edition, sentence, before string, slugs []string,
) (c Checked, j *judging, err error) {
	said := sentence
	if named := edition.Named(sentence, slugs); named != nil {
		slugs, said = named, corpus.Unsourced(sentence)
	}
	hits, err := e.find(ctx, edition, question.Parse(said), slugs, edition.Meaning)
	if err != nil {
		return Checked{}, nil, err
	}
	var passages []article.Passage
	for _, h := range hits[:min(len(hits), e.config.MaxPassages)] {
		p, _ := edition.Corpus.Passage(h.Ref)
		passages = append(passages, p)
	}
	near := passages
	if len(near) == 0 {
		near = []article.Passage{{}} // there is nothing like it, but it may be no claim at all
	}
	f := check.All(said, near, edition.Context)
	if len(passages) == 0 && f.Verdict != claim.NotAClaim {
		f = claim.Finding{Result: claim.Result{Verdict: claim.NotFound, Why: lang.Say("no paragraph speaks of it")}}
	}
	c = Checked{Text: sentence, Verdict: f.Verdict, Why: f.Why, rule: f.Rule}
	for _, ref := range f.Refs {
		if p, ok := edition.Corpus.Passage(ref); ok {
			c.Cited = append(c.Cited, p)
		}
	}
	for _, o := range f.Against {
		if p, ok := edition.Corpus.Passage(o.Ref); ok {
			c.Against = append(c.Against, Dispute{p, o.Why})
		}
	}
	if len(passages) > 0 && f.Verdict != claim.NotAClaim {
		j = e.look(edition, &c, before, passages, f.Refs)
	}
	return c, j, nil
}

// checkedPassages is how many paragraphs a sentence of a text is judged by: the nearest ones.
const checkedPassages = 3

// look examines a sentence of a text as one of a draft that cites the paragraphs that support it, or else the nearest.
func (e *Engine) look(
	edition *corpus.Edition, c *Checked, before string, passages []article.Passage, refs []article.Ref,
) *judging {
	cites := []int{}
	for i, p := range passages {
		supported := c.Verdict.Speaks()
		if supported && slices.Contains(refs, p.Ref) || !supported && i < checkedPassages {
			cites = append(cites, i)
		}
	}
	r := rag.Request{Question: c.Text, Passages: passages}
	for _, p := range passages {
		r.Premises = append(r.Premises, premiseOf(edition, p))
	}
	s := review.NewStatement(c.Text, before, cites, r, edition.Context)
	c.Explained = s.Explained(c.rule)
	if s.Forbidden() {
		return nil
	}
	return &judging{statement: s}
}

// A judging is a sentence of a text that a judge is to read.
type judging struct {
	at        int // of the checked
	statement *review.Statement
}

// Bounds of the judging of a text.
const (
	judgedAtOnce = 10 // sentences in one call
	judgeCalls   = 4  // for one text; the rules decide the rest
)

// judgeChecked has a judge read the sentences of a text, and takes its opinion where it has one.
func (e *Engine) judgeChecked(ctx context.Context, edition *corpus.Edition, checked []Checked, open []judging) {
	for calls := 0; len(open) > 0 && calls < judgeCalls && ctx.Err() == nil; calls++ {
		batch := open[:min(judgedAtOnce, len(open))]
		open = open[len(batch):]
		c := rag.Case{Question: "Which of these statements do the passages bear out?"}
		at := map[article.Ref]int{}
		for _, j := range batch {
			h, cited := j.statement.Hypothesis()
			for _, premise := range cited {
				if at[premise.Ref] == 0 {
					c.Passages = append(c.Passages, premise)
					at[premise.Ref] = len(c.Passages)
				}
				h.Cites = append(h.Cites, at[premise.Ref])
			}
			c.Sentences = append(c.Sentences, h)
		}
		opinions, ok := e.reviewer().Opinions(ctx, c)
		if !ok {
			return
		}
		for k, j := range batch {
			checked[j.at].judged(opinions[k], j.statement, edition)
		}
	}
}

// judged takes a judge's opinion of the sentence. Where the documents disagree they still do.
func (c *Checked) judged(o rag.Opinion, s *review.Statement, edition *corpus.Edition) {
	if o.Code == "" {
		return
	}
	s.Judged(o)
	c.Explained = s.Explained(c.rule)
	switch o.Code {
	case claim.CodeSupported:
		c.Verdict, c.Why = claim.Supported, lang.Sentence{}
	case claim.CodeNumber, claim.CodeNegation, claim.CodeRoles:
		c.Verdict, c.Why, c.Against = claim.Contradicted, o.Code.Why(), nil
	case claim.CodeOffQuestion, claim.CodeWrongPassage: // there is no question, and we chose the passage
		return
	default:
		c.Verdict, c.Why, c.Against = claim.NotFound, o.Code.Why(), nil
	}
	nearest, ok := edition.Corpus.Passage(s.Nearest())
	if ok && (c.Verdict != claim.Supported || len(c.Cited) == 0 || s.Cites() > 1) {
		c.Cited = []article.Passage{nearest}
	}
}
