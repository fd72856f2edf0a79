package ask

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/prompt"
	"pilcrow/internal/rag/rank"
	"pilcrow/internal/words"
)

// readingOrder is the request as a reader would have its passages: document by document, the nearest first, and within
// one in the order of the text. What is said of each passage goes with it.
func readingOrder(r rag.Request) rag.Request {
	rank := map[string]int{}
	for _, p := range r.Passages {
		if _, ok := rank[p.Ref.Slug]; !ok {
			rank[p.Ref.Slug] = len(rank)
		}
	}
	order := make([]int, len(r.Passages))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		p, q := r.Passages[a].Ref, r.Passages[b].Ref
		if p.Slug != q.Slug {
			return rank[p.Slug] - rank[q.Slug]
		}
		return p.N - q.N
	})
	out := r
	out.Sentences = nil // they are the extractor's, which has the nearest first
	out.Passages, out.Scores, out.Cosines, out.Premises, out.Speech, out.Fields = nil, nil, nil, nil, nil, nil
	for _, i := range order {
		out.Passages = append(out.Passages, r.Passages[i])
		if i < len(r.Scores) {
			out.Scores = append(out.Scores, r.Scores[i])
		}
		if i < len(r.Cosines) {
			out.Cosines = append(out.Cosines, r.Cosines[i])
		}
		if i < len(r.Premises) {
			out.Premises = append(out.Premises, r.Premises[i])
		}
		if i < len(r.Speech) {
			out.Speech = append(out.Speech, r.Speech[i])
		}
		if i < len(r.Fields) {
			out.Fields = append(out.Fields, r.Fields[i])
		}
	}
	return out
}

// filledPassages is how many passages a question in another language than the documents' is answered from: its words
// find few or none, or the wrong ones.
const filledPassages = 16

// fill adds the beginnings of the documents that are asked to what was found, the first paragraph of each, then the
// second, and so on: most texts say there what they are about. It takes what the query leaves out into account.
func fill(ed *corpus.Edition, r rag.Request, query Query) rag.Request {
	var documents []article.Document
	for _, d := range ed.Corpus.Documents() {
		if query.Documents == nil || slices.Contains(query.Documents, d.Slug) {
			documents = append(documents, d)
		}
	}
	for n, more := 0, true; more && len(r.Passages) < filledPassages; n++ {
		more = false
		for _, d := range documents {
			if n >= len(d.Passages) || len(r.Passages) >= filledPassages {
				continue
			}
			more = true
			p := d.Passages[n]
			known := slices.ContainsFunc(r.Passages, func(q article.Passage) bool { return q.Ref == p.Ref })
			if known || slices.Contains(query.Without, p.Ref) {
				continue
			}
			r.Passages, r.Scores = append(slices.Clip(r.Passages), p), append(slices.Clip(r.Scores), 0)
			r.Speech = append(slices.Clip(r.Speech), ed.Words.Spoken(p.Ref))
			r.Premises = append(slices.Clip(r.Premises), premiseOf(ed, p))
			r.Fields = append(slices.Clip(r.Fields), rag.Field{})
		}
	}
	return r
}

// byWords are the passages that words alone find best.
func byWords(ed *corpus.Edition, q question.Question, query Query, most int) []article.Ref {
	if query.Passages != nil {
		return nil
	}
	hits := rank.Steer(ed.ByWords(q, query.Documents).Hits(nil, rag.WordsAlone()), query.Near, query.Without)
	refs := make([]article.Ref, min(len(hits), most))
	for i := range refs {
		refs[i] = hits[i].Ref
	}
	return refs
}

// join adds to what was found by words and meaning what words alone find best: a writer reads a few paragraphs more and
// chooses better than a table of word vectors does.
func join(ed *corpus.Edition, r rag.Request, byWords []article.Ref) rag.Request {
	for _, ref := range byWords {
		p, ok := ed.Corpus.Passage(ref)
		if !ok || slices.ContainsFunc(r.Passages, func(q article.Passage) bool { return q.Ref == ref }) {
			continue
		}
		r.Passages, r.Scores = append(slices.Clip(r.Passages), p), append(slices.Clip(r.Scores), 0)
		r.Cosines = append(slices.Clip(r.Cosines), math.NaN())
		r.Speech, r.Fields = append(slices.Clip(r.Speech), ed.Words.Spoken(ref)), append(slices.Clip(r.Fields), rag.Field{})
	}
	return r
}

// premisesOf are the passages for a model that writes from them; nobody else reads what goes with them.
func premisesOf(ed *corpus.Edition, passages []article.Passage) []rag.Premise {
	out := make([]rag.Premise, len(passages))
	for i, p := range passages {
		out[i] = premiseOf(ed, p)
	}
	return out
}

// premiseOf is a passage of the edition with what else a reader of its document has.
func premiseOf(ed *corpus.Edition, p article.Passage) rag.Premise {
	out := rag.Premise{Passage: p, Speakers: speakerNotes(p.Text, ed.Words.Spoken(p.Ref))}
	if d, ok := ed.Corpus.Document(p.Ref.Slug); ok {
		out.Published = d.Published
	}
	if before, ok := ed.Corpus.Passage(article.Ref{Slug: p.Ref.Slug, N: p.Ref.N - 1}); ok {
		if sentences := article.Sentences(before.Text); len(sentences) > 0 {
			out.Lead = prompt.Clip(sentences[len(sentences)-1].Of(before.Text), maxLeadRunes)
		}
	}
	return out
}

const (
	maxLeadRunes    = 300 // of the sentence before a passage
	maxSpeakerNotes = 4   // of one passage
	noteWords       = 6   // of what somebody says, enough to find it in the passage
)

// speakerNotes say who speaks where the passage itself does not name him.
func speakerNotes(text string, speeches []rag.Speech) []string {
	var notes []string
	printed := map[string]bool{}
	for _, s := range words.Stems(text) {
		printed[s] = true
	}
	for _, s := range speeches {
		stems := words.Stems(s.Speaker)
		if len(stems) == 0 || printed[stems[len(stems)-1]] || len(notes) == maxSpeakerNotes {
			continue
		}
		said := strings.Fields(s.Span.Of(text))
		note := fmt.Sprintf("%s … is said by %s", strings.Join(said[:min(len(said), noteWords)], " "), s.Speaker)
		if !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}
