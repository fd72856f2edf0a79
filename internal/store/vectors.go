package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"pilcrow/internal/rag"
)

const (
	// maxVectors bounds the file: 1.2 GB of vectors at 1,536 dimensions. The oldest go first; what is missing is
	// embedded again.
	maxVectors = 200_000
	// lookupBatch is how many texts one query asks for; SQLite's limit of parameters is 32,766.
	lookupBatch = 500
	// lookups is how many queries of one look-up run side by side: the connections are everybody's.
	lookups = 2
)

// Lookup finds vectors that were stored under the model's name. One that does not match its checksum counts as
// missing. Many texts are looked up by several connections side by side.
func (s *Store) Lookup(ctx context.Context, model string, texts []string) ([][]float32, error) {
	found := make([][]float32, len(texts))
	parts, within := errgroup.WithContext(ctx)
	parts.SetLimit(min(runtime.GOMAXPROCS(0), lookups))
	for start := 0; start < len(texts); start += lookupBatch {
		end := min(start+lookupBatch, len(texts))
		parts.Go(func() error { return s.lookup(within, model, texts[start:end], found[start:end]) })
	}
	if err := parts.Wait(); err != nil {
		return nil, fmt.Errorf("look up %d vectors: %w", len(texts), err)
	}
	return found, ctx.Err()
}

func (s *Store) lookup(ctx context.Context, model string, texts []string, found [][]float32) error {
	at := make(map[[sha256.Size]byte][]int, len(texts)) // one text may be asked for several times
	args := []any{model}
	for i, text := range texts {
		key := sha256.Sum256([]byte(text))
		if at[key] == nil {
			args = append(args, key[:])
		}
		at[key] = append(at[key], i)
	}
	query := "SELECT text, vector, sum FROM vectors WHERE model = ? AND text IN (?" +
		strings.Repeat(",?", len(args)-2) + ")"
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key, blob sql.RawBytes // valid until the next row, which is long enough
		var sum uint32
		if err := rows.Scan(&key, &blob, &sum); err != nil {
			return err
		}
		if len(key) != sha256.Size {
			continue
		}
		vector := decode(blob, sum)
		for _, i := range at[[sha256.Size]byte(key)] {
			found[i] = vector
		}
	}
	return rows.Err()
}

// Store keeps the vectors in one transaction: all of them or, with an error, none. It takes at most 200,000 at once.
func (s *Store) Store(ctx context.Context, model string, texts []string, vectors [][]float32) error {
	if _, err := rag.UnitAll(len(texts), vectors); err != nil {
		return fmt.Errorf("store vectors: %w", err)
	}
	if int64(len(texts)) > s.maxVectors {
		return fmt.Errorf("store %d vectors: at most %d are kept", len(texts), s.maxVectors)
	}
	if len(texts) == 0 {
		return ctx.Err()
	}
	err := within(ctx, s.write, nil, func(tx *sql.Tx) error { return s.store(ctx, tx, model, texts, vectors) })
	if err != nil {
		return fmt.Errorf("store %d vectors: %w", len(texts), err)
	}
	return nil
}

func (s *Store) store(ctx context.Context, tx *sql.Tx, model string, texts []string, vectors [][]float32) error {
	// A text that is stored again gets a new id, so it counts as young.
	remove, err := tx.PrepareContext(ctx, "DELETE FROM vectors WHERE model = ? AND text = ?")
	if err != nil {
		return err
	}
	defer remove.Close()
	insert, err := tx.PrepareContext(ctx, "INSERT INTO vectors (model, text, vector, sum) VALUES (?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, text := range texts {
		key := sha256.Sum256([]byte(text))
		blob := encode(vectors[i])
		if _, err := remove.ExecContext(ctx, model, key[:]); err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, model, key[:], blob, checksum(blob)); err != nil {
			return err
		}
	}
	const forget = "DELETE FROM vectors WHERE id <= (SELECT max(id) FROM vectors) - ?"
	_, err = tx.ExecContext(ctx, forget, s.maxVectors)
	return err
}

func encode(vector []float32) []byte {
	blob := make([]byte, 0, 4*len(vector))
	for _, v := range vector {
		blob = binary.LittleEndian.AppendUint32(blob, math.Float32bits(v))
	}
	return blob
}

// decode returns nil for a blob that is damaged.
func decode(blob []byte, sum uint32) []float32 {
	if len(blob) == 0 || len(blob)%4 != 0 || checksum(blob) != sum {
		return nil
	}
	vector := make([]float32, len(blob)/4)
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(blob[4*i:]))
	}
	return vector
}

// checksum is CRC-32C, which processors compute themselves.
func checksum(blob []byte) uint32 { return crc32.Checksum(blob, crc32.MakeTable(crc32.Castagnoli)) }
