package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pilcrow/internal/rag"
)

// A ratio counts those of some that are something.
type ratio struct{ n, of int }

func (r *ratio) add(is bool) {
	r.of++
	r.n += one(is)
}

// measure adds the measures of one judge, and what went wrong.
func (t draftsRun) measure(g *Group) {
	var falseWithholding, carelessWithholding, words, wordsFalse, letThrough, repaired, pairs, bothShown, openings,
		openingWords ratio
	var orphans, wrong, dropped, moved ratio
	errors, kinds := map[string]*ratio{}, map[string]*ratio{}
	of := func(m map[string]*ratio, name string) *ratio {
		if m[name] == nil {
			m[name] = &ratio{}
		}
		return m[name]
	}
	twins := map[*labeledDraft][]draftedResult{}
	for _, s := range t.sentences {
		if s.which == honest {
			twins[s.draft] = append(twins[s.draft], s)
		}
	}
	for _, s := range t.sentences {
		label, shown := s.sentence(), s.fate == fateShown
		if *label.True {
			if s.which == honest {
				falseWithholding.add(!shown)
				words.add(s.fate == fateReplaced)
				of(kinds, s.record.Kind).add(!shown)
			} else {
				carelessWithholding.add(!shown)
			}
			if shown {
				orphans.add(s.orphan)
				wrong.add(s.wrongly)
				dropped.add(s.dropped)
				moved.add(s.moved)
			}
		} else {
			letThrough.add(!s.good())
			repaired.add(shown && s.repaired)
			wordsFalse.add(s.fate == fateReplaced)
			of(errors, label.Error).add(!s.good())
		}
		if s.which == honest && s.at == 0 {
			openings.add(!shown)
			openingWords.add(s.fate == fateReplaced)
		}
		if s.which == careless && label.Twin != nil {
			twin := twins[&s.record.Honest][*label.Twin].fate == fateShown
			pairs.add(twin && s.good())
			bothShown.add(twin && !s.good())
		}
		if !s.good() || s.fate == fateShown && *label.True && (s.dropped || s.orphan || s.wrongly) {
			g.Misses = append(g.Misses, s.miss(t.judge))
		}
	}
	put := func(name, about string, r ratio) { g.share(t.judge+"."+name, about, r.n, r.of) }
	put("false-withholding", "true sentences of honest drafts that are not shown (less is better)", falseWithholding)
	put("in-document-words", "true sentences of honest drafts in whose place the document's own words stand; counted "+
		"above", words)
	put("careless-withholding", "true sentences of careless drafts that are not shown (less is better)",
		carelessWithholding)
	put("let-through", "false sentences that are shown (less is better)", letThrough)
	put("repaired", "false sentences that are shown put right", repaired)
	put("false-in-document-words", "false sentences in whose place the document's own words stand", wordsFalse)
	put("pairs", "a false sentence is not shown and its true twin is", pairs)
	put("pairs-both-shown", "both of a pair are shown (less is better)", bothShown)
	put("openings-lost", "honest answers that do not begin as drafted (less is better)", openings)
	put("openings-in-words", "honest answers that begin with the document's own words instead; counted above",
		openingWords)
	put("whole", "honest drafts of which each sentence is shown", ratio{t.whole, t.answers})
	put("orphans", "true sentences shown that lean on one that is not there (less is better)", orphans)
	put("wrong-attributions", "true sentences given to somebody who did not say it (less is better)", wrong)
	put("citations-dropped", "true sentences shown without a citation that they need (less is better)", dropped)
	put("citations-moved", "true sentences shown with other citations than drafted", moved)
	put("refusals", "drafts that say NOT_COVERED whose question ends so", ratio{t.silent, t.silences})
	put("unasked", "questions for which no draft was asked (less is better)", ratio{t.unasked, t.asked})
	put("markers-lost", "markers whose passage was not found, so that they point nowhere (less is better)",
		ratio{t.lost, t.markers})
	for _, name := range slices.Sorted(maps.Keys(errors)) {
		put("let-through/"+name, "", *errors[name])
	}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		put("false-withholding/"+name, "", *kinds[name])
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
func explainLines(x *rag.Explanation) []string {
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
