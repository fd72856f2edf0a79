package main

import (
	"context"
	"time"

	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/library"
)

// openLibrary opens the documents of the servers, which come on top of the engine's own. Nothing is loaded yet.
func (a *app) openLibrary(ctx context.Context, p *parts) (*library.Library, error) {
	converter, fetcher := newConverter(), fetch.New(fetch.Config{Hosts: a.config.fetchHosts})
	if converter != nil { // so that who adds the first PDF does not wait for the reader to be compiled
		preparing, stop := context.WithCancel(ctx)
		p.prepared.Go(func() {
			if err := converter.Prepare(preparing); err != nil && preparing.Err() == nil {
				a.logger.Warn("the reader of PDF could not be compiled; a smaller one reads", "error", err)
			}
		})
		p.stopPreparing = stop
	}
	var folder *intake.Intake
	if p.source.name != "" {
		folder = &intake.Intake{Dir: p.source.dir, Converter: converter, Fetcher: fetcher, Load: p.source.load, Now: time.Now}
	}
	return library.Open(ctx, library.Config{
		Store: p.store, Shared: p.engine, Engine: p.config, Converter: converter, Fetcher: fetcher, Folder: folder,
		Mirrors: newMirrors(p.source, converter, fetcher),
		Logger:  a.logger,
		Budget:  p.budget,
		Cluster: p.store.Shared(),
	})
}
