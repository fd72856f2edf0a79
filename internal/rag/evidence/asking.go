package evidence

import (
	"maps"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// asking is a question with the weights of its words.
type asking struct {
	question.Question
	stems      []string // distinct, sorted
	weights    map[string]float64
	total, top float64
	given      []string // stems that the document's own title has: in it they need not be said again
}

func newAsking(q question.Question, r rag.Request) asking {
	weights := r.Weights
	stems := slices.Compact(slices.Sorted(slices.Values(q.Stems)))
	a := asking{Question: q, stems: stems, weights: weights}
	for _, s := range a.stems {
		a.total += weights[s]
		a.top = max(a.top, weights[s])
	}
	return a
}

// window finds the sentence of a passage that, with the one before it, has most of the question, and returns all the
// passage's stems.
func (a asking) window(text string, speech []rag.Speech, field rag.Field) (Features, map[string]bool) {
	var e Features
	all, before := map[string]bool{}, map[string]bool{}
	heldBefore, chosen, most, last := false, false, 0.0, ""
	var tokens []words.Token
	for _, span := range article.Sentences(text) {
		s := span.Of(text)
		tokens = words.Append(tokens[:0], s)
		list := append(words.StemsOf(tokens), rag.SpokenStems(speech, span)...)
		own := make(map[string]bool, len(list))
		for _, stem := range list {
			own[stem], all[stem] = true, true
		}
		held := a.HoldsTokens(s, tokens)
		both := maps.Clone(own)
		maps.Copy(both, before)
		if stated := a.States(last + " " + s); stated != "" { // "2,700-kilometer" is how long it is
			both[stated], all[stated] = true, true
		}
		if held && a.CountsPersons(tokens) { // "340 deckhands" are people
			both[a.Of], all[a.Of] = true, true
		}
		for _, s := range field.Section {
			both[s], all[s] = true, true
		}
		share := a.share(both)
		if held || heldBefore || a.Kind == question.Anything || a.Kind == question.YesOrNo {
			most = max(most, share)
		}
		if share > e.Window || share == e.Window && held && !chosen { // of equal ones the first that holds it
			chosen = held
			e = a.features(s, last, list, both, held || heldBefore)
			e.Window = share
		}
		before, heldBefore, last = own, held, s
	}
	e.Held = most
	return e, all
}

// features are what a sentence, with the one before it, shows of the question: list are its own stems in order, both
// those of the two, and held tells that one of them holds the kind of thing that is asked for.
func (a asking) features(s, before string, list []string, both map[string]bool, held bool) Features {
	e := Features{Density: a.density(list)}
	e.Names, e.Missing = a.lacking(both)
	if negated(s) != negated(a.Text) {
		e.Negated = 1
	}
	if !held && a.Kind != question.Anything {
		e.Lacks = 1
	}
	if a.Of != "" && !both[a.Of] {
		e.Of = 1
	}
	if a.Unstated(before+" "+s) && !strings.HasSuffix(s, ":") { // what a list tells stands below
		e.Untold = 1
	}
	return e
}

// share says how much of the question's weight is in the set, by the word itself, a synonym or a word that answers it.
func (a asking) share(set map[string]bool) float64 {
	sum, total := 0.0, a.total
	for _, s := range a.stems {
		switch {
		case set[s]:
			sum += a.weights[s]
		case slices.ContainsFunc(words.Synonyms(s), func(o string) bool { return set[o] }):
			sum += synonymCredit * a.weights[s]
		case slices.ContainsFunc(words.Answering(s), func(o string) bool { return set[o] }):
			sum += answeringCredit * a.weights[s]
		case slices.Contains(a.given, s):
			total -= a.weights[s]
		}
	}
	if total <= 1e-9 { // the title is all that is asked about
		return 1
	}
	return sum / total
}

// lacking returns the share of the names that the set lacks, and the weight of the most telling stem that it lacks.
func (a asking) lacking(set map[string]bool) (names, missing float64) {
	for _, n := range a.Names {
		if !set[n] && !slices.Contains(a.given, n) {
			names++
		}
	}
	for _, s := range a.stems {
		if !set[s] && !slices.Contains(a.given, s) {
			missing = max(missing, a.weights[s]/a.top)
		}
	}
	return names / float64(max(len(a.Names), 1)), missing
}

// density is the share of the question's stems among the words from the first to the last of them; 0 for fewer than
// two.
func (a asking) density(list []string) float64 {
	first, last, n := -1, -1, 0
	for k, s := range list {
		if slices.Contains(a.stems, s) {
			if first < 0 {
				first = k
			}
			last = k
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return float64(n) / float64(last-first+1)
}

// negations are the ways of saying that something is not so, as they stand in lower-case text between spaces or at a
// word's start.
var negations = []string{" not ", "n't ", "n’t ", " never ", " no ", " without ", " neither ", " unlike ", " except ",
	" other than ", " fail", " lack", " refus",
	" deny", " denie", " unable", " unwilling"}
