package main

import (
	"context"
	"fmt"

	"pilcrow/internal/commands"
	"pilcrow/internal/store"
)

// openDepot has the vectors of large editions kept and searched in the database, where that is wanted. Where it
// cannot be they are in memory, as without it, and that is said.
func (a *app) openDepot(ctx context.Context, p *parts) {
	if a.config.vectorsFrom == 0 || p.store == nil || a.config.embedding.none() {
		return
	}
	depot, err := p.store.Depot(ctx, a.logger)
	if err != nil {
		a.logger.Warn("all vectors are in memory", "error", err)
		p.vitals.depot = func() (commands.Deposited, string) {
			return commands.Deposited{}, envDatabaseFrom + " has no effect, and all vectors are in memory: the log and " +
				"bot doctor say what to do."
		}
		return
	}
	p.depot, p.config.Depot, p.config.DepotFrom = depot, depot, a.config.vectorsFrom
	p.vitals.depot = func() (commands.Deposited, string) { return deposited(depot.Status()) }
}

// deposited is how the depot does, and what is wrong with it.
func deposited(s store.DepotStatus) (d commands.Deposited, trouble string) {
	if s.Lost > 0 {
		trouble = fmt.Sprintf("The vectors of %d documents are not in the database any more: they are found by their words. "+
			"A new start embeds them.", s.Lost)
	}
	return commands.Deposited{Vectors: s.Vectors, Indexed: s.Indexed, Recall: s.Recall, Samples: s.Samples, Lost: s.Lost},
		trouble
}

// vectors says where those of large editions are to be, and whether they can be there. Nothing is made.
func (c *checkup) vectors(ctx context.Context) {
	const what = "vectors"
	from := c.app.config.vectorsFrom
	switch {
	case from == 0:
		c.none(what, "in memory; "+envDatabaseFrom+"=N has those of N paragraphs and more in the database")
		return
	case c.app.config.embedding.none():
		c.warn(what, envDatabaseFrom+" has no effect: nothing makes vectors ("+envEmbeddingModel+"="+noModel+")")
		return
	}
	err := c.app.storeConfig().TryPgvector(ctx)
	c.report(what, fmt.Sprintf("from %d paragraphs on in the database, which has pgvector for it", from), err)
}
