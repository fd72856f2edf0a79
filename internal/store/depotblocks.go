package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"weak"

	"pilcrow/internal/rag"
)

// Kept implements rag.Depot. What nobody uses is not removed for a while then.
func (h *Depot) Kept(ctx context.Context, model string, keys []rag.BlockKey) ([]*rag.Block, error) {
	blocks := make([]*rag.Block, len(keys))
	if len(keys) == 0 {
		return blocks, ctx.Err()
	}
	at := make(map[rag.BlockKey][]int, len(keys))
	servers, texts := make([]string, len(keys)), make([]string, len(keys))
	for i, key := range keys {
		at[key] = append(at[key], i)
		servers[i], texts[i] = cleanText(key.Server), fmt.Sprintf(`\x%x`, key.Texts)
	}
	of := map[rag.BlockKey]int{} // the model of what was found
	err := h.change(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `UPDATE depot_blocks b
			SET unused = CASE WHEN unused IS NULL THEN NULL ELSE now() END
			FROM depot_models m WHERE m.id = b.model AND m.name = ? AND (b.server, b.key) IN
				(SELECT server, key FROM unnest(CAST(? AS text[]), CAST(? AS bytea[])) AS k (server, key))
			RETURNING b.server, b.key, b.id, b.model, b.paragraphs, m.dimension, b.vectors, b.layout`,
			cleanText(model), pgTexts(servers), pgTexts(texts))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var key, layout []byte
			var found rag.BlockKey
			var place depotPlace
			var paragraphs, dimension, vectors int
			if err := rows.Scan(&found.Server, &key, &place.block, &place.model, &paragraphs, &dimension, &vectors,
				&layout); err != nil {
				return err
			}
			paragraph := laidOut(vectors, layout)
			// A name may stand for vectors of several dimensions: whoever kept others under it has a newer model.
			if copy(found.Texts[:], key); len(paragraph) != vectors || place.model < of[found] {
				continue
			}
			of[found] = place.model
			for _, i := range at[found] {
				blocks[i] = h.block(place, paragraphs, dimension, paragraph)
			}
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("look up the vectors of %d documents: %w", len(keys), err)
	}
	return blocks, nil
}

// block makes a block, and keeps in mind that it is used as long as somebody has it.
func (h *Depot) block(place depotPlace, paragraphs, dimension int, paragraph []int32) *rag.Block {
	b := rag.DepositedBlock(place.block, paragraphs, dimension, paragraph)
	key := weak.Make(b)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.live[key] = place
	runtime.AddCleanup(b, h.drop, key)
	return b
}

func (h *Depot) drop(key weak.Pointer[rag.Block]) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.live, key)
}

// layout is what is kept of the paragraphs of rows; nil where each paragraph has one.
func layout(b *rag.Block) []byte {
	plain := b.Len() == b.Paragraphs()
	out := make([]byte, 0, 4*b.Len())
	for row := range b.Len() {
		p := b.Paragraph(row)
		plain = plain && p == row
		out = binary.LittleEndian.AppendUint32(out, uint32(p))
	}
	if plain {
		return nil
	}
	return out
}

func laidOut(vectors int, layout []byte) []int32 {
	if layout == nil {
		out := make([]int32, vectors)
		for i := range out {
			out[i] = int32(i)
		}
		return out
	}
	out := make([]int32, len(layout)/4)
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32(layout[4*i:]))
	}
	return out
}

// Keep implements rag.Depot.
func (h *Depot) Keep(ctx context.Context, model string, key rag.BlockKey, b *rag.Block) (*rag.Block, error) {
	if b.Dimension() > maxDepotDimension {
		return nil, fmt.Errorf("vectors of %d dimensions: PostgreSQL searches at most %d", b.Dimension(), maxDepotDimension)
	}
	var place depotPlace
	err := h.change(ctx, func(tx *sql.Tx) error {
		var err error
		if place.model, err = depotModel(ctx, tx, cleanText(model), b.Dimension()); err != nil {
			return err
		}
		var anew bool // what another process writes at the same time is waited for
		err = tx.QueryRowContext(ctx, `INSERT INTO depot_blocks (model, server, key, paragraphs, vectors, layout)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (model, server, key)
			DO UPDATE SET unused = CASE WHEN depot_blocks.unused IS NULL THEN NULL ELSE now() END
			RETURNING id, xmax = 0`, place.model, cleanText(key.Server), key.Texts[:], b.Paragraphs(), b.Len(), layout(b)).
			Scan(&place.block, &anew)
		if err != nil || !anew {
			return err
		}
		return h.insert(ctx, tx, place, b)
	})
	if err != nil {
		return nil, fmt.Errorf("keep the vectors of a document of %d paragraphs: %w", b.Paragraphs(), err)
	}
	paragraph := make([]int32, b.Len())
	for row := range paragraph {
		paragraph[row] = int32(b.Paragraph(row))
	}
	return h.block(place, b.Paragraphs(), b.Dimension(), paragraph), nil
}

// depotModel is the number of a model.
func depotModel(ctx context.Context, tx *sql.Tx, name string, dimension int) (id int, err error) {
	const known = "SELECT id FROM depot_models WHERE name = ? AND dimension = ?"
	if err = tx.QueryRowContext(ctx, known, name, dimension).Scan(&id); !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO depot_models (name, dimension) VALUES (?, ?) ON CONFLICT DO NOTHING",
		name, dimension); err == nil {
		err = tx.QueryRowContext(ctx, known, name, dimension).Scan(&id)
	}
	return id, err
}

func (h *Depot) insert(ctx context.Context, tx *sql.Tx, place depotPlace, b *rag.Block) error {
	piece, last := 0, -1
	for first := 0; first < b.Len(); first += depotRows {
		var query strings.Builder
		query.WriteString("INSERT INTO depot_vectors (block, paragraph, piece, model, near, exact, sum) VALUES ")
		var args []any
		for row := first; row < min(first+depotRows, b.Len()); row++ {
			if row > first {
				query.WriteByte(',')
			}
			if piece++; b.Paragraph(row) != last {
				piece, last = 0, b.Paragraph(row)
			}
			exact := encode(b.Row(row))
			query.WriteString("(?, ?, ?, ?, CAST(CAST(? AS text) AS " + h.schema + ".halfvec), ?, ?)")
			args = append(args, place.block, last, piece, place.model, vectorText(b.Row(row)), exact, int64(checksum(exact)))
		}
		if _, err := tx.ExecContext(ctx, query.String(), args...); err != nil {
			return err
		}
	}
	return nil
}

// vectorText is a vector as pgvector reads it.
func vectorText(vector []float32) string {
	out := make([]byte, 0, 12*len(vector)+2)
	for i, v := range vector {
		out = append(out, "[,"[min(i, 1)])
		out = strconv.AppendFloat(out, float64(v), 'g', -1, 32)
	}
	return string(append(out, ']'))
}

// Take implements rag.Depot.
func (h *Depot) Take(ctx context.Context, b *rag.Block) (*rag.Block, error) {
	rows, err := h.db.QueryContext(ctx,
		"SELECT paragraph, exact, sum FROM depot_vectors WHERE block = ? ORDER BY paragraph, piece", b.Place())
	if err != nil {
		return nil, fmt.Errorf("fetch vectors: %w", err)
	}
	defer rows.Close()
	var paragraph []int32
	var vectors [][]float32
	for rows.Next() {
		var p int32
		var blob sql.RawBytes
		var sum int64
		if err := rows.Scan(&p, &blob, &sum); err != nil {
			return nil, fmt.Errorf("fetch vectors: %w", err)
		}
		paragraph, vectors = append(paragraph, p), append(vectors, decode(blob, uint32(sum)))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("fetch vectors: %w", err)
	}
	if len(vectors) != b.Len() {
		return nil, fmt.Errorf("fetch vectors: %d where there were %d", len(vectors), b.Len())
	}
	return rag.NewBlock(b.Paragraphs(), paragraph, vectors)
}

// Leave implements rag.Depot.
func (h *Depot) Leave(ctx context.Context, blocks []*rag.Block) error {
	places := make([]int64, len(blocks))
	for i, b := range blocks {
		places[i] = b.Place()
	}
	err := h.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE depot_blocks SET unused = now() WHERE id = ANY(CAST(? AS bigint[])) "+
			"AND unused IS NULL", pgArray(places))
		return err
	})
	if err != nil {
		return fmt.Errorf("note that %d documents have gone: %w", len(blocks), err)
	}
	return nil
}
