// Package review takes a draft to what may be shown of it. Guards of package claim forbid, a judge decides where there
// is one and doubts where there is none, what fails is written again once, and what still fails gives way to the
// document's own sentence or is left out. Nothing is shown because a model wrote it. All but a Reviewer's asking is
// pure.
package review

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
)

// A Fate is what became of a sentence of a draft.
type Fate string

// The fates.
const (
	Shown     Fate = "shown"
	Rewritten Fate = "rewritten" // the writer wrote it again, and that is shown
	Replaced  Fate = "replaced"  // the document's own sentence stands in its place
	Kept      Fate = "withheld"
)

// An Explanation is how one sentence of a draft was judged: which guard, which doubts, which evidence, which opinion.
type Explanation struct {
	Text    string // as it was drafted
	Rule    string // of a sentence of a text to check: the rule that gave the verdict, see claim.Result
	Fate    Fate
	Shown   string // what stands in the answer instead; "" where that is Text, or nothing
	Guard   exam.Doubt
	Doubts  []exam.Doubt
	Near    bool    // the sentence is nearly one of the passage
	Score   float64 // the share of the sentence's words that its passages have
	Rests   []Rest
	Opinion rag.Opinion // zero without a judge, or where it said nothing clear
	Why     lang.Sentence
}

// A Rest is a piece of a passage on which a sentence rests.
type Rest struct {
	Ref   article.Ref
	Words string
	Named bool // by the writer; else it was looked for
}

// A reviewed is a sentence of a draft on its way.
type reviewed struct {
	drafted rag.Drafted
	exam    exam.Examination
	opinion rag.Opinion
	code    claim.Code // why it may not be shown; CodeSupported if it may
	why     lang.Sentence
	first   *reviewed // what it was before it was written again; nil if it was not
	fate    Fate
	text    string // shown in its place
	cites   []int
	rests   []string // the words that a sentence in another language rests on
}

func (p *reviewed) passed() bool { return p.code == claim.CodeSupported }

// A Review takes a draft to what may be shown of it. Its waiting is done by judge and repair; all else is pure.
type Review struct {
	request rag.Request // in reading order: markers count its passages
	given   *exam.Given
	foreign bool // the draft as a whole is in another language than English, or its passages are
	parts   []*reviewed
}

// newReview reads a draft and looks at each of its sentences.
func newReview(d rag.Draft, r rag.Request, contexts func(slug string) *premise.Context) *Review {
	v := &Review{request: r}
	var speakers []string
	for i := range r.Passages {
		p := r.Premise(i)
		speakers = append(speakers, p.Speakers...)
		if !p.Published.IsZero() {
			speakers = append(speakers, p.Published.Format("January 2, 2006 2006-01-02"))
		}
	}
	v.given = exam.NewGiven(r.Passages, contexts, append(speakers, r.Question, r.Attached)...)
	sentences := d.Sentences
	if sentences == nil {
		sentences = prompt.ParseDraft(d.Text)
	}
	v.foreign = foreignDraft(sentences, r.Passages)
	for _, s := range sentences {
		v.add(s)
	}
	return v
}

// add looks at the next sentence of the draft. Models repeat themselves: what was said before is left out.
func (v *Review) add(s rag.Drafted) {
	if slices.ContainsFunc(v.parts, func(p *reviewed) bool { return p.drafted.Text == s.Text }) {
		return
	}
	p := &reviewed{drafted: s}
	v.parts = append(v.parts, p)
	v.examine(len(v.parts) - 1)
}

// written is a sentence as claim reads it: there passages count from 0.
func (v *Review) written(i int) exam.Written {
	s := v.parts[i].drafted
	w := exam.Written{Text: s.Text, Before: v.textBefore(i), Words: map[int][]string{}}
	w.Foreign = v.foreign || premise.Foreign(s.Text)
	for _, n := range s.Cites {
		w.Cites = append(w.Cites, n-1)
		if len(s.Evidence[n]) > 0 {
			w.Words[n-1] = s.Evidence[n]
		}
	}
	return w
}

func (v *Review) textBefore(i int) string {
	if i == 0 {
		return ""
	}
	return v.parts[i-1].drafted.Text
}

// examine decides a sentence as long as no judge has read it.
func (v *Review) examine(i int) {
	p := v.parts[i]
	p.exam, p.opinion = v.given.Examine(v.written(i)), rag.Opinion{}
	p.cites, p.text = p.exam.Cites, p.exam.Text
	p.rests = nil
	for _, e := range p.exam.Spans {
		if e.Named && v.foreign {
			for _, s := range e.Spans {
				p.rests = append(p.rests, s.Of(v.request.Passages[e.Passage].Text))
			}
		}
	}
	v.decide(p)
}

// decide says whether a sentence may be shown: a guard forbids, a judge decides, and where nobody has read it the
// doubts do.
func (v *Review) decide(p *reviewed) {
	p.code, p.why = claim.CodeSupported, lang.Sentence{}
	switch {
	case !p.exam.Guard.None():
		p.code, p.why = p.exam.Guard.Code, p.exam.Guard.Why
	case p.exam.Verbatim && p.opinion.Code != claim.CodeOffQuestion:
	case p.upheld():
	case p.opinion.Code == claim.CodeSupported:
	case p.opinion.Code != "":
		p.code, p.why = p.opinion.Code, p.opinion.Code.Why()
	case p.exam.Doubtful():
		p.code, p.why = p.exam.Doubts[0].Code, p.exam.Doubts[0].Why
	}
}

// upheld reports whether a judge that refuses the sentence without a reason of its own is outvoted: by the rules a
// passage says it clause by clause, and whose words it is, and nothing is doubtful. Where the writer named the words
// that bear it out, the judge had them before it, and it stands. On the labeled drafts 18 true
// sentences are so and one false.
func (p *reviewed) upheld() bool {
	bare := p.opinion.Code == claim.CodeUnsupported || p.opinion.Code == claim.CodeNotInText
	return bare && p.exam.Kept && !p.exam.Doubtful() && !leans(p.text) && !p.named()
}

// open are the sentences that a judge is to read: those that no guard forbids and nobody has read yet.
func (v *Review) open() []int {
	var list []int
	for i, p := range v.parts {
		if p.exam.Guard.None() && p.opinion.Code == "" {
			list = append(list, i)
		}
	}
	return list
}

// caseOf renders sentences for a judge.
func (v *Review) caseOf(list []int) rag.Case {
	c := rag.Case{Question: v.request.Question}
	for i := range v.request.Passages {
		c.Passages = append(c.Passages, v.request.Premise(i))
	}
	for _, i := range list {
		p := v.parts[i]
		h := rag.Hypothesis{Text: p.text, Before: v.textBefore(i)}
		for _, n := range p.cites {
			h.Cites = append(h.Cites, n+1)
		}
		for _, e := range p.exam.Spans {
			for _, s := range e.Spans {
				h.Words = append(h.Words, s.Of(v.request.Passages[e.Passage].Text))
			}
		}
		for _, d := range p.exam.Doubts {
			if d.Weight > 0 {
				h.Doubts = append(h.Doubts, d.Why.String())
			}
		}
		c.Sentences = append(c.Sentences, h)
	}
	return c
}

// hear takes the judge's opinions on the listed sentences.
func (v *Review) hear(list []int, opinions []rag.Opinion) {
	for k, i := range list {
		v.parts[i].opinion = opinions[k]
		v.decide(v.parts[i])
	}
}

// repairable are the codes that a writer who is told can mend without another idea of what to say.
var repairable = []claim.Code{claim.CodeSourceMissing, claim.CodeStronger, claim.CodeNumber, claim.CodeWrongPassage}

// faults are the sentences to be written again, with their places: those that can be mended, the opening one whatever
// is wrong with it, and those that lean on one that cannot be mended.
func (v *Review) faults() (faults []rag.Fault, at []int) {
	gone := false // the sentence before will not be shown as it is
	for i, p := range v.parts {
		f := rag.Fault{Text: p.drafted.Text, Before: v.textBefore(i), Code: p.code}
		switch {
		case p.passed() && gone && leans(p.text):
			f.Code = rag.CodeLeans
		case p.passed(), i > 0 && !slices.Contains(repairable, p.code):
			gone = !p.passed()
			continue
		default:
			f.About = p.why.String()
			if about := v.trusted(p.opinion.About); about != "" {
				f.About += ": " + about
			}
		}
		gone = false
		faults, at = append(faults, f), append(at, i)
	}
	return faults, at
}

// trusted returns what a judge added to its code if its words stand in the texts: it is a model's, and nothing else of
// it is passed on.
func (v *Review) trusted(about string) string {
	if about == "" {
		return ""
	}
	for _, p := range v.request.Passages {
		if strings.Contains(strings.ToLower(p.Text), strings.ToLower(about)) {
			return about
		}
	}
	return ""
}

// rewritten puts the writer's second attempts in the places of the first. What has none, or fails at the guards again,
// stays as it was.
func (v *Review) rewritten(at []int, again []rag.Drafted) (changed []int) {
	for k, i := range at {
		if again[k].Text == "" || again[k].Text == v.parts[i].drafted.Text {
			continue
		}
		old := *v.parts[i]
		p := v.parts[i]
		p.drafted = again[k]
		v.examine(i)
		if !p.exam.Guard.None() {
			*p = old
			continue
		}
		p.drafted.Text = old.drafted.Text // what an explanation calls it
		p.first = &old
		changed = append(changed, i)
	}
	return changed
}

// A Reviewer asks the models that a review needs.
type Reviewer struct {
	Judge  rag.Judge    // nil: guards and doubts decide
	Repair rag.Repairer // nil: faulty sentences are not written again
	Logger *slog.Logger
}

// judge has the judge read the listed sentences. Without an opinion the doubts decide.
func (w Reviewer) judge(ctx context.Context, v *Review, list []int) {
	if w.Judge == nil || len(list) == 0 {
		return
	}
	if opinions, ok := w.Opinions(ctx, v.caseOf(list)); ok {
		v.hear(list, opinions)
	}
}

// Opinions asks the judge, within the time that a judgment may take. ok is false where there is none.
func (w Reviewer) Opinions(ctx context.Context, c rag.Case) (opinions []rag.Opinion, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, judgeTimeout)
	defer cancel()
	opinions, err := w.Judge(ctx, c)
	if err == nil && len(opinions) != len(c.Sentences) {
		err = fmt.Errorf("%d opinions on %d sentences", len(opinions), len(c.Sentences))
	}
	if err != nil {
		if !errors.Is(err, rag.ErrBudget) && !errors.Is(err, rag.ErrNoJudgment) {
			w.Logger.Warn("no judgment", "error", err)
		}
		return nil, false
	}
	return opinions, true
}

// Review takes a draft through guards, judge and one rewrite. It asks the models three times at the most. judged is
// called when the draft was judged and before it is mended.
func (w Reviewer) Review(ctx context.Context, d rag.Draft, r rag.Request, contexts func(slug string) *premise.Context,
	judged func(*Review)) *Review {
	v := newReview(d, r, contexts)
	w.judge(ctx, v, v.open())
	judged(v)
	faults, at := v.faults()
	if w.Repair == nil || len(faults) == 0 || ctx.Err() != nil {
		return v
	}
	limited, cancel := context.WithTimeout(ctx, repairTimeout)
	defer cancel()
	again, err := w.Repair(limited, r, faults)
	if err == nil && len(again) != len(faults) {
		err = fmt.Errorf("%d sentences for %d", len(again), len(faults))
	}
	if err != nil {
		if !errors.Is(err, rag.ErrBudget) {
			w.Logger.Warn("the draft was not mended", "error", err)
		}
		return v
	}
	w.judge(ctx, v, v.rewritten(at, again))
	return v
}

// judgeTimeout bounds a judgment: a reader waits for it.
const judgeTimeout = 20 * time.Second

// repairTimeout bounds a rewrite: a reader waits for it.
const repairTimeout = 20 * time.Second
