package rank

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
)

// asidePrior is what a paragraph of a changelog, a license or an index counts beside one of a page that is as near to
// the question. On the folders of seeds 2 to 4 (local's TestFolder measures that of seed 1) each of .3, .5, .6 and .7
// found 34 of 40, .8 the very paragraph once less, and none at all 31.
const asidePrior = 0.6

// asksFor are the stems of a question that asks for such a document itself.
var asksFor = map[article.Role][]string{
	article.Changelog: {"changelog", "chang", "releas", "version", "histori", "new", "added", "fix"},
	article.License:   {"licens", "licenc", "copyright", "permiss", "warranti", "redistribut"},
	article.Index:     {"api", "function", "method", "refer", "index", "list"},
}

// prior is what the paragraphs of a document count for a question.
func prior(d article.Document, q question.Question) float64 {
	role := d.Role()
	if role == article.Page || slices.ContainsFunc(asksFor[role],
		func(s string) bool { return slices.Contains(q.Stems, s) }) {
		return 1
	}
	return asidePrior
}

// Demote puts the paragraphs of documents that are not there to be read behind those that are as near, unless the
// question asks for one: it sets the Prior of each hit and multiplies its Score by it. hits are changed and returned.
func Demote(corpus *article.Corpus, q question.Question, hits []rag.Hit) []rag.Hit {
	known := map[string]float64{}
	changed := false
	for i, h := range hits {
		factor, ok := known[h.Ref.Slug]
		if !ok {
			d, _ := corpus.Document(h.Ref.Slug)
			factor = prior(d, q)
			known[h.Ref.Slug] = factor
		}
		hits[i].Prior = factor
		if factor < 1 {
			hits[i].Score *= factor
			changed = true
		}
	}
	if changed {
		rag.SortHits(hits)
	}
	return hits
}
