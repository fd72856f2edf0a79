// Package evidence weighs whether passages can answer a question at all, before any answer: the answerability features
// of a request, their fitted weights, and what the passages say instead of what the question takes for granted. It is
// pure but for Nearness, HeadingNearness, Likeness and NearWords, which ask an Embedder. Features are shares between 0
// and 1 where nothing else is said.
package evidence

import (
	"maps"
	"math"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// Features is what says whether passages can answer a question at all. Shares are between 0 and 1 and weigh a stem by
// its inverse document frequency, so that a word that no document has counts most. "Best" is the sentence, with the
// one before it, that has most of the question.
type Features struct {
	Window  float64 // share of the question's stems in the best sentence and the one before
	Held    float64 // the same, among the sentences that hold the kind of thing that is asked for
	Passage float64 // in the passage that has most of them
	Names   float64 // share of the question's names and numbers that the best sentences lack
	Missing float64 // weight of the most telling stem that they lack, beside the most telling one of the question
	Density float64 // how close together the question's stems stand in the best sentence
	Negated float64 // 1 if just one of question and best sentence is negated
	Lacks   float64 // 1 if the best sentences lack the kind of thing that is asked for
	Of      float64 // 1 if they lack what is counted or chosen from
	Granted float64 // 1 if a passage supports what the question takes for granted
	Denied  float64 // 1 if one contradicts it in a number, a date or whether it is so
	Renamed float64 // 1 if one says it of somebody or something else
	Undated float64 // 1 if the passages know its date or quotation only from elsewhere
	Few     float64 // 1 over the number of the question's stems
	Silent  float64 // 1 if it is asked what somebody says who says nothing in the passages
	Office  float64 // 1 if it is asked who held an office that stands nowhere in the documents
	// 1 if an attribute is asked for, such as a price or a birth, of which the best sentences state nothing
	Untold  float64
	Unknown float64 // 1 if a name of the question stands nowhere in the documents
	Absent  float64 // share of the question's stems that stand nowhere in the documents
	// how much nearer the best passage is by meaning than unrelated texts are: 0 as they are, 1 the same; 0 if it is not
	// known
	Near float64

	Gathered float64 // how far the best passages are one document's: see gathered
	Ahead    float64 // how far the best one is before those of other documents: see ahead
	Said     float64 // how near the nearest sentence is by meaning, as Near; 0 if it is not known
	// how near the question's words are to those of the sentence that has most of them: see Likeness; 0 if it is
	// not known
	Like float64

	Titled float64 // share of the question's stems in the title, author, source or date of the best passage's document
	Found  float64 // score of the best passage, which is a share of the question's weight
	Topic  float64 // how much nearer a heading is by meaning than the title, which says what all is about; 0 to 1

	alone bool            // one document is asked
	Kind  rag.MeaningKind // of the meaning that Near goes by
}

// Thresholds of the probability.
const (
	HopelessBelow = 0.02 // nor is it worth asking a model
	ClosestFrom   = 0.15 // the nearest sentences are shown: of wrong refusals .7, of foreign questions .1
	WeakBelow     = 0.85 // the sentences shown may not be what was asked for, and the reader is told
	PairBelow     = 0.65 // it is less sure which sentence it is, and the second best is shown with the best
)

// synonymCredit is what a synonym counts for in place of the question's own word.
const synonymCredit = 0.7

// answeringCredit is the same for a word that stands in what answers the question's own. With .4 fewer of our casual
// questions of development are answered; .6 does little more.
const answeringCredit = 0.5

// Probability turns the evidence into how likely it is that the passages answer, between 0 and 1.
func (e Features) Probability() float64 { return 1 / (1 + math.Exp(-e.Logit())) }

// Logit is the logarithm of the odds of the Probability.
func (e Features) Logit() float64 {
	w := evidenceWeights(e.Kind, e.alone)
	z := w.bias
	for i, v := range e.Values() {
		z += w.of[i] * v
	}
	return z
}

// Answers reports whether the documents' own sentences may answer: it is likely enough, or likely enough under such a
// heading. That makes it no surer which sentence does.
func (e Features) Answers() bool { return e.Logit()+topicWeight*e.Topic >= 0 }

// Weigh measures the evidence that a request's passages hold. It is pure.
func Weigh(q question.Question, r rag.Request, contexts func(slug string) *premise.Context) (Features, *Correction) {
	a := newAsking(q, r)
	var e Features
	kind, near := nearness(r)
	if Strange(r) {
		kind = rag.WordKind // what is near by meaning says nothing there
	}
	if a.total == 0 {
		return Features{Names: 1, Missing: 1, Lacks: 1, Unknown: 1, Absent: 1, Near: near, Kind: kind, alone: r.Alone}, nil
	}
	best := -1.0
	widest, held := 0.0, 0.0
	stated := map[string]bool{}
	for i, p := range r.Passages {
		a.given = r.FieldOf(i).Document
		found, all := a.window(p.Text, r.SpokenIn(i), r.FieldOf(i))
		passage := a.share(all)
		maps.Copy(stated, all)
		widest, held = max(widest, passage), max(held, found.Held)
		if score := found.Window + 0.3*passage; score > best {
			best, e = score, found
		}
	}
	e.Passage, e.Held, e.Near, e.Kind = widest, held, near, kind
	e.Few = 1 / float64(len(a.stems))
	e.Gathered, e.Ahead, e.Said, e.alone = gathered(r), ahead(r), nearestSaid(r), r.Alone
	for i, near := range r.Headings {
		e.Topic = max(e.Topic, near-max(0, r.Titles[i]))
	}
	for _, s := range r.FieldOf(0).Document {
		e.Titled += r.Weights[s] / a.total
	}
	if len(r.Scores) > 0 {
		e.Found = r.Scores[0]
	}
	correction := e.presume(q, r, contexts)
	if len(q.Speaker) > 0 && !speaks(r, q.Speaker) {
		e.Silent = 1
	}
	if question.Office(q.Of) && slices.Contains(r.Absent, q.Of) {
		e.Office = 1
	}
	for _, s := range r.Absent {
		if stated[s] {
			continue
		}
		e.Absent += r.Weights[s] / a.total
		if slices.Contains(q.Names, s) {
			e.Unknown = 1
		}
	}
	return e, correction
}

// presumed is how many of the best passages are held against what a question takes for granted.
const presumed = 2

// A Correction is what the documents say instead of what a question takes for granted.
type Correction struct {
	Passage article.Passage
	Words   string // sentences of the passage, byte for byte
}

// minDenied is the least share of what a question takes for granted that a passage must speak of to correct it.
const minDenied = 0.6

// presume holds what the question takes for granted against the best passages, and returns what contradicts it; nil
// for nothing.
func (e *Features) presume(q question.Question, r rag.Request,
	contexts func(slug string) *premise.Context) *Correction {
	if q.Several {
		return nil // "how did each respond" grants more than one sentence could say
	}
	statement := question.Statement(q.Text)
	best, passage := heldAgainst(statement, r, contexts)
	switch {
	case best.Verdict.Speaks(), best.Verdict == claim.Contradicted && q.Kind == question.YesOrNo: // yes, or no
		e.Granted = 1
	case best.Verdict == claim.Contradicted:
		return e.contradicted(q, best, passage)
	case best.Check == claim.CheckDate || best.Check == claim.CheckQuotation:
		e.Undated = 1
	}
	return nil
}

// heldAgainst holds a statement against the best passages, and returns the first that speaks of it, or else the first.
func heldAgainst(statement string, r rag.Request, contexts func(slug string) *premise.Context) (
	best claim.Result, passage article.Passage) {
	for _, p := range r.Passages[:min(presumed, len(r.Passages))] {
		if c := check.One(statement, p, contexts(p.Ref.Slug)); best.Verdict == 0 ||
			c.Verdict.Speaks() && !best.Verdict.Speaks() {
			best, passage = c, p
		}
	}
	return best, passage
}

// contradicted notes how a passage contradicts what the question takes for granted, and returns what it says instead
// if that may be shown.
func (e *Features) contradicted(q question.Question, best claim.Result, passage article.Passage) *Correction {
	switch best.Check {
	case claim.CheckName:
		e.Renamed = 1
		return nil
	case claim.CheckRelation:
		return nil // Who did it to whom is the very thing that many questions leave open: "were recorded in" has no subject.
	}
	said := ""
	if len(best.Evidence) > 0 {
		said = best.Evidence[0].Of(passage.Text)
	}
	if best.Check == claim.CheckPolarity && said != "" && negated(said) && !negated(q.Text) && !deniedBy(q, said) {
		return nil // it says "not" of something else: "The border is not the main trouble"
	}
	e.Denied = 1
	if best.Score >= minDenied && len(best.Evidence) > 0 && !passage.Unsure && corrects(q, best.Check, said) {
		return &Correction{passage, said}
	}
	return nil
}

// speaks reports whether somebody of that name says something in the passages. One word of the name is enough: "Basit".
func speaks(r rag.Request, name []string) bool {
	for i := range r.Passages {
		for _, s := range r.SpokenIn(i) {
			if slices.ContainsFunc(words.Stems(s.Speaker), func(w string) bool { return slices.Contains(name, w) }) {
				return true
			}
		}
	}
	return false
}

func negated(text string) bool {
	text = " " + strings.ToLower(text) + " "
	return slices.ContainsFunc(negations, func(n string) bool { return strings.Contains(text, n) })
}

// Count is how many numbers an Evidence has.
const Count = 26

// Values returns the numbers, in the order of the fields.
func (e Features) Values() [Count]float64 {
	return [Count]float64{e.Window, e.Held, e.Passage, e.Names, e.Missing, e.Density, e.Negated, e.Lacks, e.Of,
		e.Granted, e.Denied, e.Renamed,
		e.Undated, e.Few, e.Silent, e.Office, e.Untold, e.Unknown, e.Absent, e.Near, e.Gathered, e.Ahead, e.Said, e.Like,
		e.Titled, e.Found}
}

// nearness says how near the nearest passage is by meaning, and by which kind; WordKind and 0 where nothing is known.
func nearness(r rag.Request) (rag.MeaningKind, float64) {
	best := math.Inf(-1)
	for _, c := range r.Cosines {
		if !math.IsNaN(c) {
			best = max(best, c)
		}
	}
	if math.IsInf(best, -1) || r.Meaning.Kind == rag.WordKind || r.Meaning.Unrelated >= rag.Unmeasured {
		return rag.WordKind, 0
	}
	return r.Meaning.Kind, max(0, (best-r.Meaning.Unrelated)/(1-r.Meaning.Unrelated))
}
