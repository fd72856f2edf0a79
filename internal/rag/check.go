package rag

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
	"pilcrow/internal/question"
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
}

// A Dispute is a paragraph that contradicts a sentence which others support.
type Dispute struct {
	Passage article.Passage
	Why     lang.Sentence
}

// Check holds each sentence of a text against the documents, by the rules by which Verify holds a draft against them. left counts the
// sentences beyond the fortieth, which are not checked.
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
	for line := range strings.Lines(text) {
		for _, span := range article.Sentences(line) {
			if len(checked) == maxCheckSentences {
				left++
				continue
			}
			c, err := e.check(ctx, edition, span.Of(line), query.Documents)
			if err != nil {
				return nil, 0, err
			}
			checked = append(checked, c)
		}
	}
	return checked, left, nil
}

func (e *Engine) check(ctx context.Context, edition *Edition, sentence string, slugs []string) (Checked, error) {
	hits, err := e.find(ctx, edition, question.Parse(sentence), slugs)
	if err != nil {
		return Checked{}, err
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
	f := claim.CheckAll(sentence, near, edition.context)
	if len(passages) == 0 && f.Verdict != claim.NotAClaim {
		f = claim.Finding{Result: claim.Result{Verdict: claim.NotFound, Why: lang.Say("no paragraph speaks of it")}}
	}
	c := Checked{Text: sentence, Verdict: f.Verdict, Why: f.Why}
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
	return c, nil
}
