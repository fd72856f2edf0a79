package commands

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/followup"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag"
)

// ReadAs stands before a question as it was understood, in the small print of its answer. What reads a conversation back finds
// the question behind it.
const ReadAs = "Read as: "

// standAlone makes the question of a conversation stand alone. Nothing of the conversation is kept.
func (t *Table) standAlone(v view, question string, turns []followup.Turn) followup.Rewrite {
	if len(turns) == 0 {
		return followup.Rewrite{Text: question}
	}
	var names followup.Names
	for _, k := range t.cast.take(v.edition, v.documents) {
		if k.Institution {
			names.Bodies = append(append(names.Bodies, k.Name), k.Aliases...)
		} else {
			names.People = append(names.People, k.Name)
		}
	}
	return followup.StandAlone(question, turns, names)
}

// query is what the engine is asked for a question of the conversation, and how the question was read; "" for as it is.
func (t *Table) query(v view, question string, turns []followup.Turn) (q rag.Query, readAs string) {
	q = rag.Query{Text: question, Documents: v.slugs()}
	r := t.standAlone(v, question, turns)
	if !r.Changed {
		return q, ""
	}
	q.Text = r.Text
	if r.More {
		q.Without = r.Near
		return q, r.Text
	}
	q.Near = r.Near
	if slug := oneSlug(r.Near); slug != "" && q.Documents == nil && r.Paragraph {
		if _, ok := v.edition.Corpus.Document(slug); ok {
			q.Documents = []string{slug}
		}
	}
	return q, r.Text
}

func oneSlug(refs []article.Ref) string {
	if len(refs) == 0 || slices.ContainsFunc(refs, func(r article.Ref) bool { return r.Slug != refs[0].Slug }) {
		return ""
	}
	return refs[0].Slug
}

// A cast keeps who is known to the documents, by slug.
type cast struct{ perEdition[[]quote.Known] }

// take returns who the documents, which are the edition's, know; by document, then in the order in which they appear.
func (c *cast) take(edition *rag.Edition, documents []article.Document) []quote.Known {
	var out []quote.Known
	for _, d := range documents {
		out = append(out, c.of(edition, d.Slug, func() []quote.Known { return quote.Who(d) })...)
	}
	return out
}
