package rag

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
)

// A Stage is how far an answer has come while a model writes it.
type Stage struct {
	Passages []article.Passage // what the draft is made from, nearest to the question first; not to be written to
	// Sentences are those verified so far, as Verify gives them. A later stage has all of an earlier one's. The answer has
	// them, too, unless a second opinion takes one away or the draft as a whole fails.
	Sentences []Sentence
}

const (
	// stageStep is how many bytes a draft grows before it is read again: less than the shortest sentence that says something.
	stageStep = 16
	// settledWords is how many words of the next sentence must be there before a sentence is taken to have ended: the rules
	// that tell a full stop from an abbreviation or a reported quotation look no farther.
	settledWords = 5
)

// stages shows the stages of one answer. It belongs to the goroutine that writes the draft. Without show it does nothing.
type stages struct {
	show     func(Stage)
	passages []article.Passage
	verifier verifier

	read    int // bytes of the draft when it was last read
	drafted int // sentences of the draft that have been verified or withheld
	kept    []Sentence
}

func newStages(show func(Stage), passages []article.Passage, contexts func(slug string) *claim.Context) *stages {
	return &stages{show: show, passages: passages, verifier: verifier{passages, contexts}}
}

// found shows what was found.
func (s *stages) found() {
	if s.show != nil {
		s.show(s.stage())
	}
}

func (s *stages) stage() Stage {
	return Stage{Passages: s.passages, Sentences: slices.Clone(s.kept)}
}

// partial reads a draft that is still being written and shows the sentences that have passed since.
func (s *stages) partial(text string) {
	if s.show == nil || len(text) < s.read+stageStep || len(text) > maxDraftBytes {
		return
	}
	s.read = len(text)
	ended := endedSentences(text)
	if len(ended) <= s.drafted {
		return
	}
	before := len(s.kept)
	for _, d := range ended[s.drafted:] {
		sentence, why := s.verifier.verify(d)
		if why.None() && !slices.ContainsFunc(s.kept, func(k Sentence) bool { return k.Text == sentence.Text }) {
			s.kept = append(s.kept, sentence)
		}
	}
	s.drafted = len(ended)
	if len(s.kept) > before {
		s.show(s.stage())
	}
}

// endedSentences are the sentences at the beginning of a draft that nothing behind them can change any more, up to the first that has
// no citation: a draft without any may yet turn out to say that the passages do not answer.
func endedSentences(text string) []Drafted {
	if strings.Contains(text, NotCoveredToken) || !validEnd(text) {
		return nil
	}
	text = text[:firstOpen(text)]
	all := parseDraft(text)
	if len(all) < 2 {
		return nil
	}
	if len(strings.Fields(all[len(all)-1].Text)) <= settledWords {
		all = all[:len(all)-1]
	}
	all = all[:len(all)-1]
	if i := slices.IndexFunc(all, func(d Drafted) bool { return len(d.Cites) == 0 }); i >= 0 {
		all = all[:i]
	}
	return all
}

// validEnd tells that the text does not end within a character.
func validEnd(text string) bool {
	return !strings.HasSuffix(strings.ToValidUTF8(text[max(0, len(text)-4):], "\x00"), "\x00")
}

// firstOpen is where the first bracket stands that is not closed yet: it may be a citation, or keep what is inside of it together. It
// is the length of the text if there is none.
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
