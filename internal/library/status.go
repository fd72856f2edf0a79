package library

import (
	"slices"
	"time"
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
	Problems              []string // documents of the server that could not be loaded
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
		st.Problems = slices.Clone(s.problems)
		for slug, o := range s.own {
			taken[slug] = true
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
	slices.SortFunc(st.Gone, func(a, b Gone) int { return compareStrings(a.Slug, b.Slug) })
	return st
}
