package ask

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/question"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/words"
)

const (
	maxAttachedRead  = 64 << 10 // bytes of an attached text in which telling words are looked for
	maxAttachedWords = 8        // words that it adds to what is looked for: as many as a long question has
)

// widen adds the most telling words of an attached text to a question: those that stand in the documents that are
// asked, the rarest first.
func widen(ed *corpus.Edition, q question.Question, attached string, slugs []string) question.Question {
	if strings.TrimSpace(attached) == "" {
		return q
	}
	type word struct {
		text, stem string
		weight     float64
		times      int
	}
	at := map[string]int{}
	var all []word
	for _, t := range words.Tokenize(attached[:min(len(attached), maxAttachedRead)]) {
		if t.Stop || slices.Contains(q.Stems, t.Stem) {
			continue
		}
		i, known := at[t.Stem]
		if !known {
			i = len(all)
			at[t.Stem] = i
			all = append(all, word{text: t.Text, stem: t.Stem})
		}
		all[i].times++
	}
	stems := make([]string, len(all))
	for i, w := range all {
		stems[i] = w.stem
	}
	weights := ed.Words.Weigh(stems)
	for i, w := range all {
		all[i].weight = weights[w.stem]
	}
	// What is said more often is more likely what the text is about.
	slices.SortStableFunc(all, func(a, b word) int {
		return cmp.Or(cmp.Compare(b.weight*float64(min(b.times, 3)), a.weight*float64(min(a.times, 3))),
			cmp.Compare(a.stem, b.stem))
	})
	var added []string
	for _, w := range all {
		if len(added) == maxAttachedWords {
			break
		}
		if ed.Words.Has(w.stem, slugs) {
			added = append(added, w.text)
		}
	}
	if len(added) == 0 {
		return q
	}
	return question.Parse(strings.TrimRight(q.Text, "?!. ") + " " + strings.Join(added, " ") + "?")
}

// vague tells whether a question has no word of its own that says what it is about.
func vague(q question.Question) bool {
	for _, s := range q.Stems {
		if !pointers[s] {
			return false
		}
	}
	return true
}

// pointers are stems of words that point at something without naming it.
var pointers = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("true right wrong correct false accurate real fake support confirm say said claim " +
		"think mean file text attached " +
		"attachment this article happened happen check know document summary summarize about mention anything something") {
		m[words.Stem(w)] = true
	}
	return m
}()
