package library

import (
	"maps"
	"slices"
	"time"

	"pilcrow/internal/rag"
)

// Status is how the documents of a server are.
type Status struct {
	Documents, Paragraphs int
	Own, Hidden           int    // of the server
	Edition               string // the digest; "" while nothing is loaded
	LoadedAt              time.Time
	LastReload            time.Time // of the shared documents; zero: not yet by a library
	LastReloadTook        time.Duration
	LastReloadError       string
	Problems              []string // documents of the server that are not answered from, each with why
	Gone                  []Gone   // documents whose address gives nothing any more
}

// Status returns how the documents of a server are; of "" those of the shared ones.
func (l *Library) Status(id string) Status {
	edition := l.Engine(id).Edition()
	l.mu.RLock()
	defer l.mu.RUnlock()
	st := Status{LastReload: l.last.at, LastReloadTook: l.last.took, LastReloadError: l.last.err}
	if edition != nil {
		st.Documents, st.Paragraphs = len(edition.Corpus.Documents()), edition.Corpus.Len()
		st.Edition, st.LoadedAt = edition.Corpus.Digest(), edition.LoadedAt
	}
	taken := map[string]bool{}
	if s := l.servers[id]; s != nil && id != "" {
		for _, slug := range slices.Sorted(maps.Keys(s.own)) {
			o := s.own[slug]
			taken[slug] = true
			if problem := o.trouble(edition); problem != "" {
				st.Problems = append(st.Problems, slug+": "+problem)
			}
			switch {
			case o.State.Hidden:
				st.Hidden++
			default:
				st.Own++
				if !o.Visit.GoneSince.IsZero() {
					st.Gone = append(st.Gone, Gone{slug, o.Visit.GoneSince, o.Visit.GoneWhy})
				}
			}
		}
	}
	for slug, o := range l.origins {
		if !o.GoneSince.IsZero() && !taken[slug] {
			st.Gone = append(st.Gone, Gone{slug, o.GoneSince, o.GoneWhy})
		}
	}
	slices.SortFunc(st.Gone, bySlug)
	return st
}

// trouble is why a document is not in the edition that answers; "" where all is well.
func (o own) trouble(edition *rag.Edition) string {
	if o.problem != nil {
		return o.problem.Error()
	}
	if o.loaded() && edition != nil {
		if _, ok := edition.Corpus.Document(o.document.Slug); !ok {
			return "it could not be embedded; a reload tries again"
		}
	}
	return ""
}
