package corpus

import (
	"context"
	"slices"

	"pilcrow/internal/rag"
)

// undeposited takes over what the depot has of some documents, and returns the others.
func (p *packer) undeposited(ctx context.Context, documents []int) []int {
	if p.depot == nil || p.stranger || len(documents) == 0 {
		return documents
	}
	keys := make([]rag.BlockKey, len(documents))
	for n, i := range documents {
		keys[n].Texts = p.maker.Key(p.edition.Corpus.Documents()[i])
	}
	kept, err := p.depot.Kept(ctx, p.edition.Model, keys)
	if err != nil {
		p.depotFailed(ctx, err)
		return documents
	}
	var others []int
	for n, i := range documents {
		d := p.edition.Corpus.Documents()[i]
		texts, plain := []string{}, true
		for _, passage := range d.Passages {
			cut := p.maker.Pieces(passage)
			plain = plain && slices.Equal(cut, p.maker.PlainPieces(passage))
			texts = append(texts, cut...)
		}
		b := kept[n]
		if b == nil || b.Len() != len(texts) || p.dimension != 0 && b.Dimension() != p.dimension {
			others = append(others, i)
			continue
		}
		if plain {
			texts = nil
		}
		p.edition.blocks[i], p.edition.rows[i] = b, rows{texts: texts}
		p.tally.Reused += b.Len()
	}
	return others
}

// deposit brings the vectors of a document into the depot, if all are there. Where that fails they stay here.
func (p *packer) deposit(ctx context.Context, i int) {
	b := p.edition.blocks[i]
	if p.depot == nil || b.Len() == 0 || b.Place() != 0 || p.edition.rows[i].lacking > 0 {
		return
	}
	kept, err := p.depot.Keep(ctx, p.edition.Model, rag.BlockKey{Texts: p.maker.Key(p.edition.Corpus.Documents()[i])}, b)
	if err != nil {
		p.depotFailed(ctx, err)
		return
	}
	p.edition.blocks[i] = kept
}

// depositAll brings what was taken over into the depot, but for what kin has in memory anyway.
func (p *packer) depositAll(ctx context.Context) {
	shared := map[*rag.Block]bool{}
	if p.kin != nil {
		for _, b := range p.kin.blocks {
			shared[b] = true
		}
	}
	for i, b := range p.edition.blocks {
		if !shared[b] {
			p.deposit(ctx, i)
		}
	}
}

// depotFailed says so, once for an edition: the depot is not tried again before the next.
func (p *packer) depotFailed(ctx context.Context, err error) {
	p.depot = nil
	if ctx.Err() == nil {
		p.logger.WarnContext(ctx, "vectors stay in memory, as they cannot be kept elsewhere", "error", err)
	}
}

// DepositedBeside are the blocks of the edition in the depot that another one does not have; nil is no edition.
func (ed *Edition) DepositedBeside(other *Edition) []*rag.Block {
	if ed == nil {
		return nil
	}
	has := map[int64]bool{}
	if other != nil {
		for _, b := range other.blocks {
			has[b.Place()] = true
		}
	}
	var beside []*rag.Block
	for _, b := range ed.blocks {
		if b.Place() != 0 && !has[b.Place()] {
			beside = append(beside, b)
		}
	}
	return beside
}

// Deposited is how many vectors of the edition are in the depot.
func (ed *Edition) Deposited() int {
	n := 0
	for _, b := range ed.DepositedBeside(nil) {
		n += b.Len()
	}
	return n
}
