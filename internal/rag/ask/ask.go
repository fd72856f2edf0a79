package ask

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/lang"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/evidence"
	"pilcrow/internal/rag/rank"
	"pilcrow/internal/rag/review"
)

// Ask answers a question from one edition. The documents not saying is an outcome, not an error; an error means that
// the question could not be read or the context ended.
func (e *Engine) Ask(ctx context.Context, query Query) (Answer, error) {
	edition, text, err := e.open(query)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Question: text, Edition: edition.Corpus.Digest(), By: byNobody}
	if asked, ok := paragraphAsked(edition, text, query.Documents); ok {
		asked.Question, asked.Edition = a.Question, a.Edition
		return asked, nil
	}
	p, err := e.prepare(ctx, edition, text, query)
	if err != nil {
		return Answer{}, err
	}
	a.Confidence, a.Sure = p.evidence.Probability(), p.correction == nil && p.evidence.Sure()
	p.request.Weak = a.Confidence < evidence.PairBelow
	// Asked for 1990, what a text has of 2021 is no answer, however much else it shares.
	p.covered = p.evidence.Answers() && p.correction == nil
	// A model reads other languages than English, where the evidence sees nothing, and knows which one it is.
	other := !english(text)
	worthAsking := p.covered || a.Confidence >= evidence.HopelessBelow || other
	if e.config.Generator != nil && !query.Extract && worthAsking {
		if ended, err := e.write(ctx, &a, p, other); ended || err != nil {
			return a, err
		}
	}
	if !p.covered {
		return e.refuse(ctx, a, p), nil
	}
	return e.extract(ctx, a, p)
}

// A prepared question is what its answer is made from.
type prepared struct {
	edition    *corpus.Edition
	query      Query
	request    rag.Request
	evidence   evidence.Features
	correction *evidence.Correction
	byWords    []article.Ref     // what words alone find best, for a writer: see Edition.join
	nearest    []article.Passage // to be named in a refusal, where nothing was found
	covered    bool              // the documents' own sentences may answer
}

// refuse ends a question that the documents do not answer, with the sentences that come nearest if they are worth it.
func (e *Engine) refuse(ctx context.Context, a Answer, p prepared) Answer {
	if p.correction == nil && a.Confidence >= evidence.ClosestFrom && p.evidence.ComesNear(evidence.Strange(p.request)) {
		a.Closest = e.closest(ctx, p.request)
	}
	return p.notCovered(a)
}

// notCovered ends it with the sentences that the answer has as the nearest.
func (p prepared) notCovered(a Answer) Answer {
	return notCovered(p.edition, a, slices.Concat(p.request.Passages, p.nearest), p.correction, p.query.Documents)
}

// write has the model draft the answer, and ends the question with what may be shown of it. ended is false where that
// is nothing: a note of the answer then says why. other tells that the question is in another language than English.
func (e *Engine) write(ctx context.Context, a *Answer, p prepared, other bool) (ended bool, err error) {
	r, edition := p.request, p.edition
	given := join(edition, r, p.byWords)
	given.Premises = premisesOf(edition, given.Passages)
	written := readingOrder(given)
	if other {
		written = readingOrder(fill(edition, given, p.query))
	}
	stages := review.NewStages(p.query.Progress, written, edition.Context, e.config.Judge == nil)
	stages.Found(r.Passages)
	written.Partial = stages.Partial
	draft, err := e.draft(ctx, written)
	switch {
	case ctx.Err() != nil:
		*a = Answer{}
		return false, ctx.Err()
	case err != nil:
		if !errors.Is(err, rag.ErrBudget) { // said once a day by who counts, not for every question
			e.config.Logger.Warn("no draft from the model", "error", err)
		}
		a.Notes = append(a.Notes, noteWithout(err))
		return false, nil
	case draft.NotCovered:
		a.By = draft.By
		*a = e.refuse(ctx, *a, p)
		return true, nil
	}
	a.By = draft.By
	if e.answer(ctx, a, draft, written, r, edition, stages, p.covered) {
		*a = finish(edition, dispute(edition, *a, r.Passages))
		return true, nil
	}
	if ctx.Err() != nil {
		*a = Answer{}
		return false, ctx.Err()
	}
	const nothing = "Nothing that the model wrote could be verified, so these are the sentences that fit best."
	a.Notes = append(a.Notes, lang.Say(nothing))
	return false, nil
}

// extract answers in the documents' own sentences.
func (e *Engine) extract(ctx context.Context, a Answer, p prepared) (Answer, error) {
	r, edition := p.request, p.edition
	draft, err := e.config.Extractor.Generate(ctx, r)
	if err != nil {
		return Answer{}, fmt.Errorf("extract an answer: %w", err)
	}
	kept, withheld := review.Verify(draft, r.Passages)
	a.Withheld = append(a.Withheld, withheld...)
	a.By = draft.By
	if draft.NotCovered || len(kept) == 0 {
		return e.refuse(ctx, a, p), nil
	}
	if !saysPlainly(edition, question.ParseIn(r.Question, r.Language), kept, r) {
		a.Closest = kept[:min(len(kept), closestShown)]
		return p.notCovered(a), nil
	}
	a.Sentences = kept
	if len(a.Notes) == 0 && a.Confidence < evidence.WeakBelow {
		a.Notes = append(a.Notes, lang.Say("A weak match: open the paragraph before you rely on it."))
	}
	return finish(edition, dispute(edition, a, r.Passages)), nil
}

// answer takes a draft to an answer; false if nothing of it may be shown. Where the opening sentence, which answers,
// cannot be, the documents' own best sentence opens in its place.
func (e *Engine) answer(
	ctx context.Context, a *Answer, d rag.Draft, written, r rag.Request, edition *corpus.Edition, stages *review.Stages,
	covered bool,
) bool {
	v := e.reviewer().Review(ctx, d, written, edition.Context, stages.Settled)
	a.Sentences, a.Withheld, a.Explained = v.Compose(edition.Words.Spoken)
	for _, x := range a.Explained {
		if x.Fate == review.Replaced {
			a.Replaced++
		}
		if x.Fate != review.Shown {
			e.config.Logger.Debug("a drafted sentence is not shown as it was", "fate", x.Fate, "guard", x.Guard.Signal,
				"code", x.Opinion.Code, "doubts", signals(x.Doubts))
		}
	}
	// the documents' own sentences, chosen for the question, answer better than those chosen for faulty ones
	if !v.Survived() {
		return false
	}
	if v.Opened() {
		return true
	}
	own, err := e.config.Extractor.Generate(ctx, r)
	if err == nil && covered && !own.NotCovered {
		kept, _ := review.Verify(own, r.Passages)
		kept = slices.DeleteFunc(kept, func(s review.Sentence) bool {
			return slices.ContainsFunc(a.Sentences, func(t review.Sentence) bool { return t.Text == s.Text })
		})
		if len(kept) > 0 {
			a.Sentences = slices.Concat(kept, a.Sentences)
			a.Replaced++ // all of them stand for the opening
		}
		return true
	}
	return v.Answers()
}

func signals(doubts []exam.Doubt) string {
	names := make([]string, len(doubts))
	for i, d := range doubts {
		names[i] = d.Signal
	}
	return strings.Join(names, " ")
}

// prepare finds what a draft is made from and weighs how likely it is to hold the answer.
func (e *Engine) prepare(ctx context.Context, edition *corpus.Edition, text string, query Query) (prepared, error) {
	p := prepared{edition: edition, query: query}
	language, meaning := edition.LanguageWith(text, query.Documents), edition.Meaning
	if query.Unasked && meaning.Kind == rag.SentenceKind {
		meaning = rag.WordsAlone()
	}
	q := question.ParseIn(text, language)
	if named := edition.Named(text, query.Documents); named != nil {
		language = edition.LanguageWith(text, named)
		query.Documents, q = named, question.ParseIn(corpus.WithoutFiles(text), language)
		q.Speaker = nil // a document says it, not a person
	}
	wide := widen(edition, q, query.Attached, query.Documents)
	hits, err := e.find(ctx, edition, wide, query.Documents, meaning)
	if err != nil {
		return prepared{}, err
	}
	hits = rank.Recorded(edition.Corpus, query.Passages, rank.Steer(hits, query.Near, query.Without))
	if query.Attached != "" && vague(q) { // "is this true?" is about what came with it
		q = wide
	}
	hits = hits[:min(len(hits), e.config.MaxPassages)]
	if query.Passages == nil {
		hits = withOpening(edition, q, hits, e.config.MaxPassages)
	}
	r := requestOf(edition, q, hits, query.Documents)
	r.Question, r.Language, r.Attached, r.Meaning = text, language, query.Attached, meaning
	if len(hits) == 0 && query.Passages == nil {
		p.nearest = e.nearestOfAll(ctx, edition, q.Text, query.Documents, meaning)
	}
	r.Sentences = evidence.Nearness(ctx, e.config.Embedder, q, r)
	r.NearWords = evidence.NearWords(ctx, e.config.Embedder, q, r)
	r.Headings, r.Titles = evidence.HeadingNearness(ctx, e.config.Embedder, q, r)
	p.evidence, p.correction = evidence.Weigh(q, r, edition.Context)
	p.evidence.Like = evidence.Likeness(ctx, e.config.Embedder, q, r)
	if e.config.Generator != nil && !query.Extract && edition.Meaning.Kind == rag.TableKind {
		p.byWords = byWords(edition, wide, query, e.config.MaxPassages)
	}
	p.request = r
	return p, nil
}

// Prepare returns what a draft of the question is made from, for those who measure drafts.
func (e *Engine) Prepare(ctx context.Context, query Query) (rag.Request, error) {
	edition, text, err := e.open(query)
	if err != nil {
		return rag.Request{}, err
	}
	p, err := e.prepare(ctx, edition, text, query)
	p.request.Premises = premisesOf(edition, p.request.Passages)
	return p.request, err
}

// Assess returns the evidence that is weighed for the question, too, for those who fit its weights.
func (e *Engine) Assess(ctx context.Context, query Query) (rag.Request, evidence.Features, error) {
	edition, text, err := e.open(query)
	if err != nil {
		return rag.Request{}, evidence.Features{}, err
	}
	p, err := e.prepare(ctx, edition, text, query)
	return p.request, p.evidence, err
}

// reviewer has the engine's models review what is drafted.
func (e *Engine) reviewer() review.Reviewer {
	return review.Reviewer{Judge: e.config.Judge, Repair: e.config.Repair, Logger: e.config.Logger}
}

// byNobody is the writer of an answer that needed no draft.
const byNobody = "pilcrow"

// draft has the model write, within the time that one draft may take.
func (e *Engine) draft(ctx context.Context, r rag.Request) (rag.Draft, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, e.config.GenerateTimeout, errors.New("the model took too long"))
	defer cancel()
	return e.config.Generator.Generate(ctx, r)
}

func requestOf(ed *corpus.Edition, q question.Question, hits []rag.Hit, slugs []string) rag.Request {
	r := rag.Request{Question: q.Text, Weights: ed.Words.Weigh(q.Stems), Absent: ed.Words.Absent(q.Stems, slugs)}
	r.Alone = single(ed, slugs)
	for _, h := range hits {
		p, _ := ed.Corpus.Passage(h.Ref)
		r.Passages = append(r.Passages, p)
		r.Scores, r.Cosines = append(r.Scores, h.Score), append(r.Cosines, h.Cosine)
		r.Speech, r.Fields = append(r.Speech, ed.Words.Spoken(h.Ref)), append(r.Fields, ed.Words.Field(h.Ref, q.Stems))
	}
	return r
}

// finish sets what follows from the sentences.
func finish(ed *corpus.Edition, a Answer) Answer {
	a.Outcome = Answered
	a.Sentences = together(ed, a.Sentences)
	texts := make([]string, len(a.Sentences))
	seen := map[article.Ref]bool{}
	for i, s := range a.Sentences {
		texts[i] = s.Text
		for _, ref := range s.Citations {
			if p, ok := ed.Corpus.Passage(ref); ok && !seen[ref] {
				seen[ref] = true
				a.Cited = append(a.Cited, p)
			}
		}
	}
	a.Text = joined(texts)
	return a
}

// paragraphNumber matches a paragraph named by its number.
var paragraphNumber = regexp.MustCompile(`(?i)(?:\b(?:paragraph|para)s?\.?\s*(?:no\.?|number|#)?|¶)\s*(\d{1,6})\b`)

// paragraphAsked answers a question for the text of one paragraph, named by its number, of the one document that it
// can mean.
func paragraphAsked(ed *corpus.Edition, text string, slugs []string) (Answer, bool) {
	m := paragraphNumber.FindStringSubmatch(text)
	if m == nil {
		return Answer{}, false
	}
	documents := ed.Corpus.Documents()
	if len(slugs) == 1 {
		d, _ := ed.Corpus.Document(slugs[0])
		documents = []article.Document{d}
	}
	if len(documents) != 1 {
		return Answer{}, false
	}
	d := documents[0]
	n, _ := strconv.Atoi(m[1]) // at most six digits
	p, ok := ed.Corpus.Passage(article.Ref{Slug: d.Slug, N: n})
	if !ok {
		silence := lang.Say("There is no paragraph %s: the document has %d paragraphs.", strconv.Itoa(n), len(d.Passages))
		return Answer{
			Outcome: NotCovered,
			By:      byNobody,
			Text:    silence.String(),
			Silence: []lang.Sentence{silence},
			Nearest: d.Passages[len(d.Passages)-1:],
		}, true
	}
	if rest := question.Parse(strings.Replace(text, m[0], " ", 1)); len(contentBeyond(rest.Stems)) > 0 {
		return Answer{}, false // it asks for something in the paragraph, not for the paragraph
	}
	a := Answer{By: byNobody, Confidence: 1}
	spans := article.Sentences(p.Text)
	if p.Kind == article.Code {
		spans = []article.Span{{Start: 0, End: len(p.Text)}}
	}
	for _, s := range spans {
		a.Sentences = append(a.Sentences, review.Sentence{Text: s.Of(p.Text), Citations: []article.Ref{p.Ref}})
	}
	return finish(ed, a), true
}

// contentBeyond drops the words that only ask for a paragraph to be shown.
func contentBeyond(stems []string) []string {
	var out []string
	for _, s := range stems {
		switch s {
		case "say", "cite", "show", "read", "quot", "text", "tell", "give", "state", "paragraph", "articl", "document",
			"content", "contain", "full", "print":
		default:
			out = append(out, s)
		}
	}
	return out
}
