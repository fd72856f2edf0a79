package library

import (
	"context"

	"pilcrow/internal/mirror"
)

// askSources reads the sources of the shared documents again, or the one that the document of the slug is kept from,
// one after another: each has a site of its own, and time is shared by all. What of them could not be read is told by
// their names.
func (l *Library) askSources(ctx context.Context, slug string, r *Reloaded) {
	if l.config.Mirrors == nil {
		return
	}
	file := ""
	if shared := l.config.Shared.Edition(); slug != "" && shared != nil {
		d, _ := shared.Corpus.Document(slug)
		file = d.Path
	}
	for _, s := range l.config.Mirrors.List() {
		if slug != "" && !s.Has(file) {
			continue
		}
		report, err := l.config.Mirrors.Refresh(ctx, s.Name)
		switch {
		case err != nil && ctx.Err() != nil:
			return // the time is up, which the next reload has again
		case err != nil:
			r.Failed = append(r.Failed, Gone{Slug: s.Name, Why: err.Error()})
			continue
		}
		r.add(report)
	}
}

// add counts what reading a source did.
func (r *Reloaded) add(report mirror.Report) {
	if r.NotModified += report.Same; !report.Unchanged {
		r.Fetched = append(r.Fetched, report.Source.Name)
	}
	for _, f := range report.Source.Failed {
		if f.Path != "" {
			r.Failed = append(r.Failed, Gone{Slug: f.Path, Why: f.Why})
		}
	}
}
