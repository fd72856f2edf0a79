package rag

import (
	"fmt"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/words"
)

// readingOrder is the request as a reader would have its passages: document by document, the nearest first, and within one in the order of the
// text. What is said of each passage goes with it.
func (r Request) readingOrder() Request {
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
	out.Passages, out.Scores, out.Cosines, out.Premises, out.Speech = nil, nil, nil, nil, nil
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
	}
	return out
}

// premise is a passage of the edition with what else a reader of its document has.
func (ed *Edition) premise(p article.Passage) Premise {
	out := Premise{Passage: p, Speakers: speakerNotes(p.Text, ed.said(p.Ref))}
	if d, ok := ed.Corpus.Document(p.Ref.Slug); ok {
		out.Published = d.Published
	}
	if before, ok := ed.Corpus.Passage(article.Ref{Slug: p.Ref.Slug, N: p.Ref.N - 1}); ok {
		if sentences := article.Sentences(before.Text); len(sentences) > 0 {
			out.Lead = clipRunes(sentences[len(sentences)-1].Of(before.Text), maxLeadRunes)
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
func speakerNotes(text string, speeches []Speech) []string {
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
