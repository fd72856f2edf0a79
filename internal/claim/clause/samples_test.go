package clause_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/texttest"
)

var update = flag.Bool("update", false, "write testdata/samples.txt anew")

func TestSamples(t *testing.T) { texttest.Run(t, "testdata/samples.txt", *update, read) }

// tags are the letters of the parts of speech, in their order.
const tags = "ndphvaCSRP"

// read prints what stands in a text: its units with their parts of speech, who says what, and its clauses.
func read(text string) (out []string) {
	add := func(format string, values ...any) { out = append(out, fmt.Sprintf(format, values...)) }
	c := premise.New(article.Document{Slug: "text", Passages: []article.Passage{{Ref: article.Ref{Slug: "text", N: 1},
		Text: text}}})
	r := c.Passage(c.Passages[0])
	words := func(units []int) string {
		var list []string
		for _, i := range units {
			list = append(list, r.Of(i))
		}
		return strings.Join(list, " ")
	}
	span := func(from, to int) string {
		if from >= to {
			return "–"
		}
		return fmt.Sprintf("%s … %s", r.Of(from), r.Of(to-1))
	}
	phrase := func(p syntax.Phrase) string {
		switch {
		case p.Missing:
			return "–"
		case p.Pronoun:
			return "pronoun " + words(p.Units)
		}
		return fmt.Sprintf("%s of (%s)", words(p.Heads), words(p.Units))
	}
	var line []string
	for i := range r.Units {
		line = append(line, unit(r, i))
	}
	add("%s", strings.Join(line, " "))
	for _, f := range r.Frames {
		add("%s: %s says %s, trailing %v, names %s", r.Of(f.Verb), span(f.From, f.To), span(f.C0, f.C1), f.Trailing,
			words(f.Names))
	}
	for i := range r.Units {
		switch {
		case r.PartOf(i) == syntax.Verbal:
			k := clause.At(r, i)
			var objects []string
			for _, o := range k.Objects {
				objects = append(objects, phrase(o))
			}
			add("%s: subject %s, objects %s, agent %s, mood %v, %s%s", r.Of(i), phrase(k.Subject),
				strings.Join(objects, " & "), phrase(k.Agent), k.Mood, span(k.From, k.To), flags(map[string]bool{
					"copula": k.Copula, "passive": k.Passive, "infinitive": k.Inf, "definite": k.Subject.Definite}))
		case r.Units[i].NameStart:
			for _, p := range clause.Apposed(r, i) {
				add("%s = %s", r.Of(i), phrase(p))
			}
		}
	}
	return out
}

// unit prints a unit with its part of speech, its value and what reaches it.
func unit(r *syntax.Analysis, i int) string {
	u := &r.Units[i]
	s := fmt.Sprintf("%s/%c%d", strings.ReplaceAll(r.Of(i), " ", "_"), tags[r.PartOf(i)], u.Clause)
	if q := u.Quantity; q != nil {
		s += fmt.Sprintf("=%g%s", q.Value, q.Unit) + flags(map[string]bool{"ordinal": q.Ordinal, "vague": q.Vague,
			"implied": q.Implied, fmt.Sprint("bound", q.Bound): q.Bound > 0})
	}
	if u.Kind == syntax.Date {
		s += fmt.Sprintf("=%s–%s", u.Date.Start.Format("2006-01-02"), u.Date.End.Format("2006-01-02"))
	}
	return s + flags(map[string]bool{"name": u.Kind == syntax.Name, "light": u.Kind == syntax.Light, "starts": u.NameStart,
		fmt.Sprint("op", u.Op): u.Op > 0, "negated": u.Negated, "head": u.Head, "hedged": u.Hedged, "quoted": u.Quoted,
		"title": u.Title, "entity": u.Entity > 0, fmt.Sprint("life", u.Life): u.Life > 0})
}

// flags lists what holds, in order.
func flags(all map[string]bool) string {
	var list []string
	for name, holds := range all {
		if holds {
			list = append(list, name)
		}
	}
	if len(list) == 0 {
		return ""
	}
	slices.Sort(list)
	return "{" + strings.Join(list, ",") + "}"
}
