package claim_test

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
)

// given is a document of our own to write about, as a writer is given it: its paragraphs count from 0.
func given(t testing.TB) *exam.Given {
	t.Helper()
	d, err := article.Parse("mill.md", []byte(`---
title: The mill at Aarby
published: 2024-04-20
---

The mill at Aarby may be closed in 2026, Mayor Ines Holt said on March 30. The council has not agreed to sell it.

"We were too slow," Holt told the council. Karl Brandt, a Danish engineer who inspected the wheel, denied that it was unsafe.

Repairs will cost at least 4.2 million crowns, and most of the money comes from the province. The roof is 36 meters long.

After the flood of May 2023 the mill stood still for half an hour. Nobody was hurt, according to residents. In the election of 2020 Holt beat Brandt.

The bakery pays 55 crowns for a sack, and the brewery 40 crowns.

If the river freezes, the wheel is stopped. The Swedish partner of the mill bought 120 sacks in early June. The bridge was shut from May 15 to August 30, 2023.

The bridge was shut until August 30, 2023.
`))
	if err != nil {
		t.Fatal(err)
	}
	c := premise.New(d)
	return exam.NewGiven(d.Passages, func(string) *premise.Context { return c },
		"What becomes of the mill? March 30, 2024")
}

// TestExamine has a case for each guard and each signal that fails without it, and beside it a near miss: one that must
// not stir.
func TestExamine(t *testing.T) {
	g := given(t)
	type list = []string
	for _, tt := range []struct {
		name, text string
		cites      []int
		words      string // of the first cited passage, named as evidence
		guard      string
		signals    []string // that must be there
		not        []string // that must not
	}{
		{name: "plain", text: "The mill may be closed in 2026, Holt said.", cites: []int{0}, words: "may be closed in 2026",
			not: list{exam.SignalCertainty, exam.SignalSource, exam.SignalSpeaker, exam.SignalUnnamed}},
		// Guards.
		{name: "number", text: "Repairs will cost at least 4.7 million crowns.", cites: []int{2}, guard: claim.CheckNumber},
		{name: "number, in another unit", text: "The roof is 36 feet long.", cites: []int{2}, guard: claim.CheckNumber},
		{name: "number, the same in another unit", text: "The roof is 3,600 centimeters long.", cites: []int{2}},
		{name: "number, of another cited passage", text: "Repairs cost at least 4.2 million crowns, and a sack 55 crowns.",
			cites: []int{2, 4}, not: list{exam.SignalElsewhere}},
		{name: "half an hour", text: "The mill stood still for 30 minutes.", cites: []int{3}},
		{name: "a number to be counted", text: "The two of them disagree about the wheel.", cites: []int{1},
			signals: list{exam.SignalCount}},
		{name: "a sum", text: "Together the bakery and the brewery pay 95 crowns.", cites: []int{4},
			signals: list{exam.SignalDerived}},
		{name: "no sum", text: "Together the bakery and the brewery pay 96 crowns.", cites: []int{4},
			guard: claim.CheckNumber},
		{name: "a number that nobody reckons", text: "The bakery and the brewery pay 95 crowns.", cites: []int{4},
			guard: claim.CheckNumber},
		{name: "date", text: "The flood came in May 2022.", cites: []int{3}, guard: claim.CheckDate},
		{name: "date, coarser", text: "The flood came in 2023.", cites: []int{3}},
		{name: "date, finer", text: "The flood came on May 3, 2023.", cites: []int{3}, guard: claim.CheckDate},
		{name: "an end of a span", text: "The bridge was shut from August 30, 2023.", cites: []int{5}},
		{name: "the other end, without its year", text: "The bridge was open until May 15.", cites: []int{5}},
		{name: "a day within a span", text: "The bridge was shut on June 3, 2023.", cites: []int{5}, guard: claim.CheckDate},
		{name: "the day after", text: "From August 31, 2023, the bridge was open again.", cites: []int{6}},
		{name: "part of a month", text: "The Swedish partner bought the sacks in late June.", cites: []int{5},
			guard: claim.CheckDate},
		{name: "the same part", text: "The Swedish partner bought the sacks in early June.", cites: []int{5}},
		{name: "a day is in its part of the month", text: "Holt said in late March that the mill may be closed.",
			cites: []int{0}},
		{name: "a day is in no other part", text: "Holt said in mid-March that the mill may be closed.", cites: []int{0},
			guard: claim.CheckDate},
		{name: "the day of publication", text: "As of April 20, 2024, the council has not agreed to sell the mill.",
			cites: []int{0}},
		{name: "name from nowhere", text: "The province of Jutland pays most of the money.", cites: []int{2},
			guard: claim.CheckName},
		{name: "name given elsewhere", text: "Most of the money for Aarby comes from the province.", cites: []int{2}},
		{name: "country for its people", text: "Karl Brandt, an engineer from Denmark, inspected the wheel.",
			cites: []int{1}},
		{name: "capitals at the beginning and in a list", text: "Engineers inspected the wheel.", cites: []int{1}},
		{name: "a code from nowhere", text: "The wheel is a model B17.", cites: []int{1}, guard: claim.CheckName},
		{name: "quotation", text: `Holt said that they "were much too slow".`, cites: []int{1}, guard: claim.CheckQuotation},
		{name: "quotation of another", text: `"We were too slow," Karl Brandt said.`, cites: []int{1},
			guard: claim.CheckSpeaker},
		{name: "quotation in another passage", text: `"We were too slow," Holt said.`, cites: []int{0},
			signals: list{exam.SignalPassage}},
		{name: "quotation, true", text: `"We were too slow," Holt said.`, cites: []int{1},
			not: list{exam.SignalPassage, exam.SignalSpeaker}},
		{name: "link", text: "The mill may be closed, see https://mill.example/now.", cites: []int{0},
			guard: claim.CheckMarkup},
		{name: "invitation", text: "The mill may be closed, see discord.gg/mill.", cites: []int{0}, guard: claim.CheckMarkup},
		{name: "host without a scheme", text: "The mill may be closed (mill.example/now?x=1).", cites: []int{0},
			guard: claim.CheckMarkup},
		{name: "mention", text: "The mill may be closed <@123456>.", cites: []int{0}, guard: claim.CheckMarkup},
		{name: "everyone", text: "The mill may be closed @everyone.", cites: []int{0}, guard: claim.CheckMarkup},
		{name: "two alphabets", text: "The mіll may be closed in 2026.", cites: []int{0}, guard: claim.CheckScript},
		{name: "a question", text: "Will the mill be closed?", cites: []int{0}, guard: claim.CheckCover},
		{name: "no marker, and no support", text: "Otters live under the wheel.", guard: exam.SignalPassage},
		{name: "no marker", text: "The council has not agreed to sell the mill.", signals: list{exam.SignalPassage}},
		// Signals.
		{name: "evidence that is not there", text: "The mill may be closed in 2026, Holt said.", cites: []int{0},
			words: "will be closed in 2026", signals: list{exam.SignalEvidence}},
		{name: "no evidence", text: "The mill may be closed in 2026, Holt said.", cites: []int{0},
			signals: list{exam.SignalUnnamed}},
		{name: "figure of another passage", text: "The mill has a roof 36 meters long.", cites: []int{0},
			signals: list{exam.SignalElsewhere}},
		{name: "bound", text: "Repairs will cost 4.2 million crowns.", cites: []int{2}, signals: list{exam.SignalBound}},
		{name: "bound, kept in other words", text: "Repairs will cost 4.2 million crowns or more.", cites: []int{2},
			not: list{exam.SignalBound}},
		{name: "values exchanged", text: "The bakery pays 40 crowns for a sack.", cites: []int{4},
			signals: list{exam.SignalPairing}},
		{name: "values kept", text: "The brewery pays 40 crowns for a sack.", cites: []int{4}, not: list{exam.SignalPairing}},
		{name: "another modifier", text: "The Danish partner of the mill bought 120 sacks in early June.", cites: []int{5},
			signals: list{exam.SignalOtherName}},
		{name: "the modifier", text: "The Swedish partner of the mill bought 120 sacks in early June.", cites: []int{5},
			not: list{exam.SignalOtherName}},
		{name: "name of another passage", text: "Residents say that nobody was hurt in Denmark.", cites: []int{3},
			signals: list{exam.SignalName}},
		{name: "speaker", text: "Karl Brandt said that the mill may be closed in 2026.", cites: []int{0},
			signals: list{exam.SignalSpeaker}},
		{name: "a quotation by a role of another", text: `"We were too slow," the engineer said.`, cites: []int{1},
			signals: list{exam.SignalSpeaker}},
		{name: "a quotation by the speaker's role", text: `"We were too slow," the mayor said.`, cites: []int{1},
			not: list{exam.SignalSpeaker}},
		{name: "source", text: "Nobody was hurt in the flood.", cites: []int{3}, signals: list{exam.SignalSource}},
		{name: "source, in other words", text: "People who live there say that nobody was hurt.", cites: []int{3},
			not: list{exam.SignalSource}},
		{name: "negation lost", text: "The council has agreed to sell the mill.", cites: []int{0},
			signals: list{exam.SignalDenied}},
		{name: "negation put in", text: "The mill may not be closed in 2026, Holt said.", cites: []int{0},
			signals: list{exam.SignalNegation}},
		{name: "no is an answer", text: "No, the council has not agreed to sell the mill.", cites: []int{0},
			not: list{exam.SignalDenied, exam.SignalNegation, exam.SignalOpposite}},
		{name: "no matter denies nothing", text: "The wheel is stopped if the river freezes, no matter when.",
			cites: []int{5}, not: list{exam.SignalDenied, exam.SignalNegation}},
		{name: "opposite", text: "Before the flood of May 2023 the mill stood still for half an hour.", cites: []int{3},
			signals: list{exam.SignalOpposite, exam.SignalOrder}},
		{name: "all for most", text: "Repairs will cost at least 4.2 million crowns, and all of the money comes from the " +
			"province.", cites: []int{2}, signals: list{exam.SignalMost}},
		{name: "most", text: "Most of the money comes from the province.", cites: []int{2},
			not: list{exam.SignalMost, exam.SignalAmount}},
		{name: "only", text: "Only the province pays.", cites: []int{2}, signals: list{exam.SignalAmount}},
		{name: "certainty", text: "The mill will be closed in 2026, Holt said.", cites: []int{0},
			signals: list{exam.SignalCertainty}},
		{name: "caution in other words", text: "The mill is likely to be closed in 2026, Holt said.", cites: []int{0},
			not: list{exam.SignalCertainty}},
		{name: "condition", text: "The wheel is stopped on the river.", cites: []int{5}, signals: list{exam.SignalCondition}},
		{name: "roles", text: "In the election of 2020 Brandt beat Holt.", cites: []int{3},
			signals: list{exam.SignalRelation}},
		{name: "roles, kept in the passive", text: "In the election of 2020 Brandt was beaten by Holt.", cites: []int{3},
			not: list{exam.SignalRelation}},
		{name: "cause", text: "The roof is 36 meters long because most of the money comes from the province.",
			cites: []int{2}, signals: list{exam.SignalCause}},
		{name: "other words altogether", text: "Otters and herons nest along wooded banks near town.", cites: []int{2},
			signals: list{exam.SignalCover}},
		{name: "a brief sentence of another matter", text: "The mill burned.", cites: []int{0},
			signals: list{exam.SignalBrief}},
		{name: "what was done", text: "The mill was demolished in 2026, Holt said.", cites: []int{0},
			signals: list{exam.SignalPredicate}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := exam.Written{Text: tt.text, Cites: tt.cites}
			if tt.words != "" {
				w.Words = map[int][]string{tt.cites[0]: {tt.words}}
			}
			e := g.Examine(w)
			if e.Guard.Signal != tt.guard {
				t.Fatalf("the guard is %q (%s), want %q", e.Guard.Signal, e.Guard.Why, tt.guard)
			}
			if tt.guard != "" && (e.Guard.Why.None() || e.Guard.Code == "") {
				t.Errorf("the guard says %q %q", e.Guard.Why, e.Guard.Code)
			}
			var got []string
			for _, d := range e.Doubts {
				got = append(got, d.Signal)
				if d.Why.None() || d.Code == "" {
					t.Errorf("%s says %q %q", d.Signal, d.Why, d.Code)
				}
			}
			for _, s := range tt.signals {
				if !slices.Contains(got, s) {
					t.Errorf("no %s among %q", s, got)
				}
			}
			for _, s := range tt.not {
				if slices.Contains(got, s) {
					t.Errorf("%s among %q", s, got)
				}
			}
		})
	}
}

// TestExamineCites holds what is cited in the end: nothing that is needed goes, what bears nothing gives way to what
// does.
func TestExamineCites(t *testing.T) {
	g := given(t)
	for _, tt := range []struct {
		name, text string
		cites      []int
		want       []int
	}{
		{"as written", "The council has not agreed to sell the mill.", []int{0}, []int{0}},
		{"part by part", "The roof is 36 meters long, and a sack costs the bakery 55 crowns.", []int{2, 4}, []int{2, 4}},
		{"moved", "The council has not agreed to sell it.", []int{4}, []int{0}},
		{"verbatim", "The roof is 36 meters long.", []int{2}, []int{2}},
		{"one that bears nothing, where a figure shows which does", "Repairs will cost at least 4.2 million crowns.",
			[]int{4}, []int{2}},
		{"one of several that seems to bear nothing", "Repairs will cost at least 4.2 million crowns.", []int{4, 2},
			[]int{4, 2}},
		{"a number that the writer counts moves nothing", "The two of them disagree about the wheel.", []int{1}, []int{1}},
		{"out of range and twice", "Repairs will cost at least 4.2 million crowns.", []int{-1, 2, 2, 17}, []int{2}},
	} {
		if got := g.Examine(exam.Written{Text: tt.text, Cites: tt.cites}).Cites; !slices.Equal(got, tt.want) {
			t.Errorf("%s: cites %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestLocate(t *testing.T) {
	const text = "Holt said:\n“We were  too slow.” The council — all nine — agreed."
	for said, want := range map[string]string{
		"We were too slow":           "We were  too slow",
		`"we were too slow."`:        "We were  too slow",
		"The council … agreed":       "The council|agreed",
		"We were slow":               "",
		"were too":                   "were  too",
		"ere too":                    "",
		"":                           "",
		"agreed … The council":       "",
		strings.Repeat("slow ", 2e3): "",
	} {
		spans, ok := exam.Locate(said, text)
		var got []string
		for _, s := range spans {
			got = append(got, s.Of(text))
		}
		if strings.Join(got, "|") != want || ok != (want != "") {
			t.Errorf("Locate(%.40q) = %q, %t; want %q", said, got, ok, want)
		}
	}
}
