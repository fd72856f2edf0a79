package review

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
)

// A Stage is how far an answer has come while a model writes it.
type Stage struct {
	Passages []article.Passage // what the draft is made from, nearest to the question first; not to be written to
	// Sentences are the first ones of the answer that are final. A later stage has all of an earlier one's, and the
	// answer has them, unless the draft as a whole fails.
	Sentences []Sentence
}

const (
	// stageStep is how many bytes a draft grows before it is read again, less than the shortest sentence that says
	// something; and it grows by a stageShare of itself, so that reading it again and again takes time linear in its
	// length.
	stageStep  = 16
	stageShare = 8
	// settledWords is how many words of the next sentence must be there before a sentence is taken to have ended: the
	// rules that tell a full stop from an abbreviation or a reported quotation look no farther.
	settledWords = 5
)

// Stages shows the stages of one answer. It belongs to the goroutine that writes the draft. Without show it does
// nothing.
type Stages struct {
	show     func(Stage)
	passages []article.Passage
	alone    bool // no judge will read the draft: what the rules let pass is final at once
	review   *Review

	read    int  // bytes of the draft when it was last read
	drafted int  // sentences of the draft that have been looked at
	failed  bool // a sentence is not to be shown as it stands: nothing behind it is final
	kept    []Sentence
}

// NewStages shows the stages of an answer that is written from the request. alone tells that no judge will read the
// draft, so that what the rules let pass is final at once. show may be nil.
func NewStages(show func(Stage), r rag.Request, contexts func(slug string) *premise.Context, alone bool) *Stages {
	s := &Stages{show: show, alone: alone}
	if show != nil && alone {
		s.review = newReview(rag.Draft{}, r, contexts)
	}
	return s
}

// Found shows what was found.
func (s *Stages) Found(passages []article.Passage) {
	s.passages = passages
	if s.show != nil {
		s.show(s.stage())
	}
}

func (s *Stages) stage() Stage {
	return Stage{Passages: s.passages, Sentences: slices.Clone(s.kept)}
}

// Partial reads on in a draft that is still being written and shows the sentences that have become final since. With a
// judge none is before it has read them.
func (s *Stages) Partial(text string) {
	step := max(stageStep, s.read/stageShare)
	if s.show == nil || !s.alone || s.failed || len(text) < s.read+step || len(text) > prompt.MaxDraftBytes {
		return
	}
	s.read = len(text)
	ended := endedSentences(text)
	if len(ended) <= s.drafted {
		return
	}
	s.review.foreign = foreignDraft(ended, s.review.request.Passages)
	for _, d := range ended[s.drafted:] {
		s.review.add(d)
	}
	s.drafted = len(ended)
	before := len(s.kept)
	if s.settle(s.review); len(s.kept) > before {
		s.show(s.stage())
	}
}

// Settled shows what a judge let pass at the beginning of the draft, while the rest is mended.
func (s *Stages) Settled(v *Review) {
	if s.show == nil || s.alone {
		return
	}
	if s.settle(v); len(s.kept) > 0 {
		s.show(s.stage())
	}
}

// settle takes the sentences up to the first that is not to be shown as it stands: what comes behind may yet change.
func (s *Stages) settle(v *Review) {
	s.kept = s.kept[:0]
	for _, p := range v.parts {
		if s.failed = !p.passed(); s.failed {
			return
		}
		kept := Sentence{Text: p.text, Evidence: p.rests}
		for _, n := range p.cites {
			kept.Citations = append(kept.Citations, v.request.Passages[n].Ref)
		}
		s.kept = append(s.kept, kept)
	}
}

// endedSentences are the sentences at the beginning of a draft that nothing behind them can change any more, up to the
// first that has no citation: a draft without any may yet turn out to say that the passages do not answer.
func endedSentences(text string) []rag.Drafted {
	if strings.Contains(text, prompt.NotCovered) || !validEnd(text) {
		return nil
	}
	text = text[:firstOpen(text)]
	all := prompt.ParseDraft(text)
	if len(all) < 2 {
		return nil
	}
	if len(strings.Fields(all[len(all)-1].Text)) <= settledWords {
		all = all[:len(all)-1]
	}
	all = all[:len(all)-1]
	if i := slices.IndexFunc(all, func(d rag.Drafted) bool { return len(d.Cites) == 0 }); i >= 0 {
		all = all[:i]
	}
	return all
}

// validEnd tells that the text does not end within a character.
func validEnd(text string) bool {
	return !strings.HasSuffix(strings.ToValidUTF8(text[max(0, len(text)-4):], "\x00"), "\x00")
}

// firstOpen is where the first bracket stands that is not closed yet: it may be a citation, or keep what is inside of
// it together. It is the length of the text if there is none.
func firstOpen(text string) int {
	var open []int
	for i, r := range text {
		switch r {
		case '(', '[', '【', '［':
			open = append(open, i)
		case ')', ']', '】', '］':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) > 0 {
		return open[0]
	}
	return len(text)
}
