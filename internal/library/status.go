package library

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"pilcrow/internal/article"
)

// Status is how the documents of a server are.
type Status struct {
	Documents, Paragraphs int
	Own, Hidden           int    // of the server
	Asleep                bool   // the server's own are not in memory: the next question brings them there
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
	l.mu.RLock()
	defer l.mu.RUnlock()
	edition := l.engine(id).Edition()
	st := Status{LastReload: l.last.at, LastReloadTook: l.last.took, LastReloadError: l.last.err}
	if edition != nil {
		st.Documents, st.Paragraphs = len(edition.Corpus.Documents()), edition.Corpus.Len()
		st.Edition, st.LoadedAt = edition.Corpus.Digest(), edition.LoadedAt
	}
	if shared := l.config.Shared.Edition(); edition == nil && shared != nil {
		st.Asleep = true
		l.countAsleep(&st, shared.Corpus, l.servers[id].own)
	}
	taken := map[string]bool{}
	if s := l.servers[id]; s != nil && id != "" {
		for _, slug := range slices.Sorted(maps.Keys(s.own)) {
			o := s.own[slug]
			taken[slug] = true
			if o.problem != nil {
				st.Problems = append(st.Problems, slug+": "+o.problem.Error())
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

// countAsleep counts what will be in the edition of a server whose documents are not in memory.
func (l *Library) countAsleep(st *Status, shared *article.Corpus, own map[string]ownDocument) {
	for _, d := range shared.Documents() {
		if _, taken := own[d.Slug]; !taken {
			st.Documents, st.Paragraphs = st.Documents+1, st.Paragraphs+len(d.Passages)
		}
	}
	for _, o := range own {
		if !o.State.Hidden && o.problem == nil {
			st.Documents, st.Paragraphs = st.Documents+1, st.Paragraphs+o.State.Paragraphs
		}
	}
}

// Fingerprint names what the documents of a server are: two that differ have different ones. The documents need not be
// in memory. It is "" while the shared ones are not loaded.
func (l *Library) Fingerprint(id string) string {
	shared := l.config.Shared.Edition()
	if shared == nil {
		return ""
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	s := l.servers[id]
	if s == nil || id == "" || len(s.own) == 0 {
		return shared.Corpus.Digest()
	}
	h := sha256.New()
	fmt.Fprintln(h, shared.Corpus.Digest())
	for _, slug := range slices.Sorted(maps.Keys(s.own)) {
		o := s.own[slug]
		fmt.Fprintln(h, slug, o.State.Hidden, hex.EncodeToString(o.State.Text[:]), o.problem != nil)
	}
	return hex.EncodeToString(h.Sum(nil))
}
