package review

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
)

// An examination is made of pairs of sentences over one passage each: one that it supports, and one that differs in
// what matters. A judge that cannot tell them apart is no judge: it would show what is false, or keep back what is
// true.
const (
	ExamPairs = 12 // in all
	ExamPass  = 9  // of them a judge must tell apart
)

// examTimeout bounds an examination: one call over all pairs.
const examTimeout = 60 * time.Second

// An examPair is a passage, a sentence that it supports and one that it does not.
type examPair struct{ passage, supported, unsupported string }

// examPairs are invented: what a model may have read elsewhere does not help with them.
var examPairs = [ExamPairs]examPair{
	{
		"The ferry to Lund island may be replaced by a bridge, the harbor board said on Monday.",
		"According to the harbor board, a bridge might take the place of the ferry.",
		"A bridge will take the place of the ferry, according to the harbor board.",
	},
	{
		"Councilor Vera Toft accused the mill of spilling dye into the Aar. The mill denies it.",
		"Vera Toft has accused the mill of letting dye run into the Aar.",
		"The mill has let dye run into the Aar.",
	},
	{
		"Of the 48 boats in the race, 31 reached Haven Point before the storm.",
		"Thirty-one of the boats got to Haven Point ahead of the storm.",
		"All of the boats got to Haven Point ahead of the storm.",
	},
	{
		"The library of Ostby lent 12,400 books in 2019 and 9,800 in 2021.",
		"In 2021 the library of Ostby lent 9,800 books.",
		"In 2021 the library of Ostby lent 12,400 books.",
	},
	{
		"Nora Brandt sold the lighthouse to Emil Skov in 1988.",
		"Emil Skov bought the lighthouse from Nora Brandt.",
		"Nora Brandt bought the lighthouse from Emil Skov.",
	},
	{
		"The council has not agreed to lengthen the runway.",
		"The council has so far given no consent to a longer runway.",
		"The council has given its consent to a longer runway.",
	},
	{
		"The pool was closed in June. In the same month the town raised the price of parking.",
		"In June the pool was closed and parking became dearer.",
		"Parking became dearer because the pool was closed.",
	},
	{
		"Most of the teachers voted for the plan, and a fifth of them did not vote.",
		"A majority of the teachers voted for the plan.",
		"Every teacher voted for the plan.",
	},
	{
		"The cheese ripens for at least 60 days in the caves of Morn.",
		"The cheese is ripened for 60 days or longer.",
		"The cheese is ripened for no more than 60 days.",
	},
	{
		"\"We were too slow,\" said Ida Lang, who led the rescue. The minister, Per Holm, made no comment.",
		"The leader of the rescue, Ida Lang, admitted that they had been too slow.",
		"The minister, Per Holm, admitted that they had been too slow.",
	},
	{
		"The museum reopened in March after the roof had been repaired.",
		"The roof was mended before the museum opened again.",
		"The museum opened again before the roof was mended.",
	},
	{
		"If the well runs dry, the village is supplied by tanker.",
		"Should the well run dry, a tanker brings water to the village.",
		"The well has run dry, and a tanker brings water to the village.",
	},
}

// examCase puts both sentences of each pair, one of a pair far from the other.
func examCase() rag.Case {
	c := rag.Case{Question: "What is reported?"}
	for i, p := range examPairs {
		ref := article.Ref{Slug: "examination", N: i + 1}
		passage := article.Passage{Ref: ref, Title: "Notes " + strconv.Itoa(i+1), Text: p.passage}
		c.Passages = append(c.Passages, rag.Premise{Passage: passage})
	}
	for i := range 2 * ExamPairs {
		text := examPairs[i%ExamPairs].supported
		if examFalse(i) {
			text = examPairs[i%ExamPairs].unsupported
		}
		c.Sentences = append(c.Sentences, rag.Hypothesis{Text: text, Cites: []int{i%ExamPairs + 1}})
	}
	return c
}

// examFalse tells whether the i-th sentence of the examination is not supported: the second of every other pair comes
// first.
func examFalse(i int) bool { return (i < ExamPairs) == (i%ExamPairs%2 == 1) }

// Examine puts the pairs to a judge and counts those that it tells apart: the one supported, the other not.
func Examine(ctx context.Context, judge rag.Judge) (told int, err error) {
	ctx, cancel := context.WithTimeout(ctx, examTimeout)
	defer cancel()
	opinions, err := judge(ctx, examCase())
	if err != nil {
		return 0, fmt.Errorf("examine the judge: %w", err)
	}
	right := [ExamPairs]int{}
	for i, o := range opinions[:min(len(opinions), 2*ExamPairs)] {
		if o.Code != "" && (o.Code == claim.CodeSupported) != examFalse(i) {
			right[i%ExamPairs]++
		}
	}
	for _, n := range right {
		if n == 2 {
			told++
		}
	}
	return told, nil
}

// Examined makes a judge that is examined at its first use, once. One that does not pass is not asked again: it
// returns ErrNoJudgment. report, if not nil, is told how many pairs were told apart.
func Examined(judge rag.Judge, logger *slog.Logger, report func(told int)) rag.Judge {
	turn := make(chan struct{}, 1) // a lock that waits no longer than its context
	known, passed := false, false
	return func(ctx context.Context, c rag.Case) ([]rag.Opinion, error) {
		select {
		case turn <- struct{}{}:
		case <-ctx.Done():
			return nil, fmt.Errorf("%w: %w", rag.ErrNoJudgment, ctx.Err())
		}
		if !known {
			told, err := Examine(ctx, judge)
			if err != nil {
				<-turn
				return nil, err // it may be away: the next question examines it again
			}
			known, passed = true, told >= ExamPass
			if passed {
				logger.Info("the judge was examined", "told apart", told, "of", ExamPairs)
			} else {
				logger.Warn("the judge cannot judge and is not used: name another model, or none",
					"told apart", told, "of", ExamPairs, "wanted", ExamPass)
			}
			if report != nil {
				report(told)
			}
		}
		ok := passed
		<-turn
		if !ok {
			return nil, rag.ErrNoJudgment
		}
		return judge(ctx, c)
	}
}
