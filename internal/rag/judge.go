package rag

import (
	"context"
	"errors"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/followup"
)

// A Judge reads drafted sentences beside the passages that they cite and says of each what is wrong with it, or that
// nothing is. It returns one opinion per sentence, in their order; an error means that there is none. It is not
// trusted: what a guard forbids it cannot allow.
type Judge func(ctx context.Context, c Case) ([]Opinion, error)

// A Case is what a Judge is shown.
type Case struct {
	Question  string
	Sentences []Hypothesis
	Passages  []Premise
}

// A Hypothesis is a sentence to be judged. Cites count the passages of the Case from 1.
type Hypothesis struct {
	Text   string
	Before string   // the sentence before it in the draft; "" for none
	Cites  []int    // the passages that it cites
	Words  []string // the words of those passages on which it rests, as they stand there
	Doubts []string // what our own rules find doubtful, in words
}

// A Premise is a passage as a Judge and a writer see it.
type Premise struct {
	article.Passage
	Published time.Time // of the document; zero where it is not known
	Lead      string    // the last sentence of the paragraph before it: "Its headquarters" means nothing without
	Speakers  []string  // whom the passage calls "he" or "the spokesman", in words of ours
}

// An Opinion is what a Judge says of one sentence. The zero value is no opinion.
type Opinion struct {
	Code  claim.Code
	About string // who or what it is about, as the Judge wrote it; never shown unless it stands in the texts
}

// ErrNoJudgment is what a Judge returns that may not be asked, or cannot judge.
var ErrNoJudgment = errors.New("no judgment")

// A Repairer writes sentences of a draft again, told what is wrong with them. It is not trusted: what it writes is
// checked as the draft was. It returns one sentence per fault, in their order, with its citations; one without text
// where it has none. An error means that there are none.
type Repairer func(ctx context.Context, r Request, faults []Fault) ([]Drafted, error)

// A Fault is a sentence that cannot be shown as it is.
type Fault struct {
	Text   string
	Before string // the sentence before it in the draft; "" for none
	Code   claim.Code
	About  string // what the judge or a rule says of it; ""
}

// CodeLeans is what a fault has that is true itself but leans on one that is not shown.
const CodeLeans claim.Code = "LEANS"

// A Rewriter makes a question that leans on the conversation before it stand alone. It is not trusted: what it returns
// is asked only if followup.Faithful says that it may be. It must be safe for use by several goroutines; an error means
// that there is no rewrite.
type Rewriter func(ctx context.Context, question string, turns []followup.Turn) (string, error)
