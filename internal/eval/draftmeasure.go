package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pilcrow/internal/rag/review"
)

// A ratio counts those of some that are something.
type ratio struct{ n, of int }

func (r *ratio) add(is bool) {
	r.of++
	r.n += one(is)
}

// A draftTally counts what became of the sentences of one judge's drafts.
type draftTally struct {
	falseWithholding, carelessWithholding, words, wordsFalse, letThrough, repaired ratio
	pairs, bothShown, openings, openingWords, orphans, wrong, dropped, moved       ratio
	errors, kinds                                                                  map[string]*ratio // by name
}

// count returns the ratio of that name, which begins as none of none.
func count(m map[string]*ratio, name string) *ratio {
	if m[name] == nil {
		m[name] = &ratio{}
	}
	return m[name]
}

// add counts a sentence; twins are the honest sentences of each draft, in order.
func (y *draftTally) add(s draftedResult, twins map[*labeledDraft][]draftedResult) {
	shown := s.fate == fateShown
	if label := s.sentence(); *label.True {
		y.addTrue(s, shown)
	} else {
		y.letThrough.add(!s.good())
		y.repaired.add(shown && s.repaired)
		y.wordsFalse.add(s.fate == fateReplaced)
		count(y.errors, label.Error).add(!s.good())
	}
	if s.which == honest && s.at == 0 {
		y.openings.add(!shown)
		y.openingWords.add(s.fate == fateReplaced)
	}
	if label := s.sentence(); s.which == careless && label.Twin != nil {
		twin := twins[&s.record.Honest][*label.Twin].fate == fateShown
		y.pairs.add(twin && s.good())
		y.bothShown.add(twin && !s.good())
	}
}

// addTrue counts a sentence that is true.
func (y *draftTally) addTrue(s draftedResult, shown bool) {
	if s.which == honest {
		y.falseWithholding.add(!shown)
		y.words.add(s.fate == fateReplaced)
		count(y.kinds, s.record.Kind).add(!shown)
	} else {
		y.carelessWithholding.add(!shown)
	}
	if shown {
		y.orphans.add(s.orphan)
		y.wrong.add(s.wrongly)
		y.dropped.add(s.dropped)
		y.moved.add(s.moved)
	}
}

// measure adds the measures of one judge, and what went wrong.
func (t draftsRun) measure(g *Group) {
	y := draftTally{errors: map[string]*ratio{}, kinds: map[string]*ratio{}}
	twins := map[*labeledDraft][]draftedResult{}
	for _, s := range t.sentences {
		if s.which == honest {
			twins[s.draft] = append(twins[s.draft], s)
		}
	}
	for _, s := range t.sentences {
		y.add(s, twins)
		if !s.good() || s.fate == fateShown && *s.sentence().True && (s.dropped || s.orphan || s.wrongly) {
			g.Misses = append(g.Misses, s.miss(t.judge))
		}
	}
	put := func(name, about string, r ratio) { g.share(t.judge+"."+name, about, r.n, r.of) }
	put("false-withholding", "true sentences of honest drafts that are not shown (less is better)", y.falseWithholding)
	put("in-document-words", "true sentences of honest drafts in whose place the document's own words stand; counted "+
		"above", y.words)
	put("careless-withholding", "true sentences of careless drafts that are not shown (less is better)",
		y.carelessWithholding)
	put("let-through", "false sentences that are shown (less is better)", y.letThrough)
	put("repaired", "false sentences that are shown put right", y.repaired)
	put("false-in-document-words", "false sentences in whose place the document's own words stand", y.wordsFalse)
	put("pairs", "a false sentence is not shown and its true twin is", y.pairs)
	put("pairs-both-shown", "both of a pair are shown (less is better)", y.bothShown)
	put("openings-lost", "honest answers that do not begin as drafted (less is better)", y.openings)
	put("openings-in-words", "honest answers that begin with the document's own words instead; counted above",
		y.openingWords)
	put("whole", "honest drafts of which each sentence is shown", ratio{t.whole, t.answers})
	put("orphans", "true sentences shown that lean on one that is not there (less is better)", y.orphans)
	put("wrong-attributions", "true sentences given to somebody who did not say it (less is better)", y.wrong)
	put("citations-dropped", "true sentences shown without a citation that they need (less is better)", y.dropped)
	put("citations-moved", "true sentences shown with other citations than drafted", y.moved)
	put("refusals", "drafts that say NOT_COVERED whose question ends so", ratio{t.silent, t.silences})
	put("unasked", "questions for which no draft was asked (less is better)", ratio{t.unasked, t.asked})
	put("markers-lost", "markers whose passage was not found, so that they point nowhere (less is better)",
		ratio{t.lost, t.markers})
	for _, name := range slices.Sorted(maps.Keys(y.errors)) {
		put("let-through/"+name, "", *y.errors[name])
	}
	for _, name := range slices.Sorted(maps.Keys(y.kinds)) {
		put("false-withholding/"+name, "", *y.kinds[name])
	}
}

// miss describes a sentence that was not treated as it should be, with what decided.
func (s draftedResult) miss(judge string) Miss {
	label := s.sentence()
	m := Miss{File: s.record.file, Line: s.record.line, ID: s.record.ID, What: label.Plain, Got: s.fate,
		Why: fmt.Sprintf("%s: false withholding, %s, %s", judge, s.which, s.record.Kind), Wanted: fateShown}
	switch {
	case !*label.True:
		m.Why, m.Wanted = fmt.Sprintf("%s: let through, %s", judge, label.Error), "not "+fateShown
	case s.dropped:
		m.Why, m.Wanted = fmt.Sprintf("%s: citation dropped, %s", judge, s.which), "all of its citations"
	case s.wrongly:
		m.Why, m.Wanted = fmt.Sprintf("%s: wrong attribution, %s", judge, s.which), "who said it, or nobody"
	case s.orphan && s.fate == fateShown:
		m.Why, m.Wanted = fmt.Sprintf("%s: orphan, %s", judge, s.which), "with the sentence before it"
	}
	if s.shown != "" && s.shown != label.Plain {
		m.Got += ": " + s.shown
	}
	if x := s.explain; x != nil {
		m.More = explainLines(x)
	} else {
		m.More = []string{"the draft was not looked at"}
	}
	return m
}

// explainLines says how a sentence was judged.
func explainLines(x *review.Explanation) []string {
	var lines []string
	if !x.Why.None() {
		lines = append(lines, "why      "+x.Why.String())
	}
	if !x.Guard.None() {
		lines = append(lines, fmt.Sprintf("guard    %s %s: %s", x.Guard.Signal, x.Guard.Code, x.Guard.Why))
	}
	for _, d := range x.Doubts {
		lines = append(lines, fmt.Sprintf("doubt    %s %.1f %s: %s", d.Signal, d.Weight, d.Code, d.Why))
	}
	if x.Opinion.Code != "" {
		lines = append(lines, strings.TrimSpace("judge    "+string(x.Opinion.Code)+" "+x.Opinion.About))
	}
	for _, r := range x.Rests {
		found := "looked for"
		if r.Named {
			found = "named"
		}
		lines = append(lines, fmt.Sprintf("rests on %s, %s: %s", r.Ref, found, r.Words))
	}
	return append(lines, fmt.Sprintf("covered  %.2f", x.Score))
}
