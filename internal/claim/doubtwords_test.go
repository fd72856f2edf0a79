package claim_test

import (
	"slices"
	"testing"

	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
)

// TestDoubtsOfOtherWords has pairs of statements: the first says in other words what the paragraph says, and is not
// doubted for them; the second nearly so, and is.
func TestDoubtsOfOtherWords(t *testing.T) {
	given := passages("petrels",
		"The ministry in Port Aldis answered only on Saturday.",
		"The petrel breeds on the Corvane Islands and nowhere else.",
		"Both parents sit on the egg, in turns of three days.",
		"The warranty ends when somebody other than a dealer opens the housing.",
		"About half of the saving was due to the lower price of diesel.",
		"She no longer insists on a seat, provided that the data are shared at all times.",
		"The deal needs the members of the union, who will vote by mail on it.",
		"The strike began on Monday. Daal denied having received a recommendation of the union.",
		"Engines that burn fuel are not allowed in any class.",
		"Both unions accepted the offer of the board at once.",
		"The device has no pump, but the upper model has one.",
	)
	g := exam.NewGiven(given, func(string) *premise.Context { return nil })
	for _, s := range []struct {
		signal          string
		at              int
		kept, different string
	}{
		{exam.SignalNegation, 0, "The ministry in Port Aldis did not answer before Saturday.",
			"The ministry in Port Aldis did not answer on Saturday."},
		{exam.SignalAmount, 1, "The petrel breeds only on the Corvane Islands.",
			"The petrel breeds on all Corvane Islands."},
		{exam.SignalAmount, 2, "Both parents relieve each other on the egg.", "Each day both parents sit on the egg."},
		{exam.SignalAmount, 2, "Both parents sit on the egg in turns, every three days.",
			"Both parents sit on every egg, in turns."},
		{exam.SignalAmount, 3, "The warranty ends unless only a dealer opens the housing.",
			"All warranties end when somebody opens the housing."},
		{exam.SignalAmount, 4, "Not all of the saving was due to the lower price of diesel.",
			"All of the saving was due to the lower price of diesel."},
		{exam.SignalAmount, 5, "She gave up the seat, provided that the data are always shared.",
			"She gave up the seat, provided that most data are shared."},
		{exam.SignalNegation, 6, "The members of the union have yet to vote on it by mail.",
			"The members of the union will not vote on it by mail."},
		{exam.SignalNegation, 7, "Daal, of the union, denies having received a recommendation of it.",
			"The strike did not begin on Monday."},
		{exam.SignalPredicate, 8, "Engines that burn fuel are banned.", "Engines that burn fuel are taxed."},
	} {
		t.Run(s.kept, func(t *testing.T) {
			doubted := func(text string) bool {
				e := g.Examine(exam.Written{Text: text, Cites: []int{s.at}})
				return slices.ContainsFunc(e.Doubts, func(d exam.Doubt) bool {
					return d.Signal == s.signal || s.signal == exam.SignalNegation && d.Signal == exam.SignalDenied
				})
			}
			if doubted(s.kept) {
				t.Errorf("%s is doubted", s.signal)
			}
			if !doubted(s.different) {
				t.Errorf("no %s is doubted of %q", s.signal, s.different)
			}
		})
	}
}
