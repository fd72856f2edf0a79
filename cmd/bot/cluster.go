package main

import (
	"context"
	"fmt"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/store"
)

// cluster lists the bots that run on the database: which shards they have, and how far they are behind.
func (a *app) cluster(ctx context.Context) int {
	if a.config.database == "" {
		return a.fail(exitFailure, envDatabase+" is not set: one bot serves from the file in "+a.config.data+
			" (bot health asks it), several from one PostgreSQL")
	}
	s, err := a.storeConfig().Open(a.config.data)
	if err != nil {
		return a.failure(&configError{fmt.Errorf("%s: %w", a.envStore(), err)})
	}
	defer s.Close()
	edits, err := s.Edits(ctx)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	all, err := s.Processes(ctx)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	return a.show(clusterReply(all, edits, time.Now()))
}

// clusterReply lists processes. It is pure.
func clusterReply(all []store.Process, edits int64, now time.Time) commands.Reply {
	var r commands.Reply
	list := clusterJSON{Edits: edits, Processes: []processJSON{}}
	say := func(kind commands.BlockKind, format string, args ...any) {
		r.Blocks = append(r.Blocks, commands.Block{Kind: kind, Text: fmt.Sprintf(format, args...)})
	}
	editions := map[string]bool{}
	for _, p := range all {
		one := processJSON{Name: p.Name, Version: p.Version, Since: p.Since, Holds: store.Holding(p.Shards), Edit: p.Edit,
			Behind: max(edits-p.Edit, 0), Edition: p.Edition, LeftMS: p.Left.Milliseconds(), Shards: []int{}}
		for _, shard := range p.Shards {
			if one.Count = shard.Count; shard.Count > 0 {
				one.Shards = append(one.Shards, shard.Shard)
			}
		}
		list.Processes = append(list.Processes, one)
		documents := "has not loaded its documents"
		if p.Edition != "" {
			editions[p.Edition] = true
			documents = fmt.Sprintf("documents %.8s, %d changes behind", p.Edition, one.Behind)
		}
		say(commands.Item, "%s: shards %s; version %s, for %s; %s", p.Name, one.Holds, p.Version,
			max(now.Sub(p.Since), 0).Round(time.Second), documents)
	}
	switch {
	case len(all) == 0:
		say(commands.Para, "No bot runs on this database.")
	case len(editions) > 1:
		say(commands.Para, "They do not read the same shared documents: look at PILCROW_DOCS of each.")
	}
	r.Nothing, r.JSON = len(all) == 0, commands.Machine(list)
	return r
}

type processJSON struct {
	Name    string    `json:"name"`
	Version string    `json:"version"`
	Since   time.Time `json:"since"`
	Holds   string    `json:"holds"`
	Count   int       `json:"count"`  // of shards that there are; 0: as many as Discord says
	Shards  []int     `json:"shards"` // none where it has all that Discord says
	Edit    int64     `json:"edit"`
	Behind  int64     `json:"behind"`  // changes of documents and settings
	Edition string    `json:"edition"` // the digest of the shared documents; "" before they are loaded
	LeftMS  int64     `json:"left_ms"` // until it is taken for dead if it is not heard of
}

type clusterJSON struct {
	Edits     int64         `json:"edits"`
	Processes []processJSON `json:"processes"`
}
