package static

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The layout of a table, all numbers little-endian. tools/distill/fit.py writes it.
//
//	 0  magic
//	 8  uint32 dimension, words, stems, buckets, bytes of all keys; four bytes of zero
//	32  SHA-256 of what follows
//	64  int8    [words+buckets][dimension]   the rows
//	    float32 [words+buckets]              what a row's values are multiplied by
//	    uint32  [stems]                      the row of each stem
//	    uint32  [words+stems+1]              where each key begins
//	    bytes                                keys: the words in the order of bytes, then the stems in theirs
const (
	tableMagic = "PILSTAT1"
	headBytes  = 64
)

// Bounds of a table that is read: far above ours, and small enough that no product of them overflows.
const (
	maxDimension = 1024
	maxRows      = 1 << 20
	maxKeyBytes  = 1 << 26
)

// A table is a view of the bytes that it was read from, which must not change.
type table struct {
	dimension   int
	words       int // the first rows are of words, in the order of their keys
	stems       int
	buckets     int // the last rows are of hashed letters
	rows        []byte
	scales      []byte
	stemRows    []byte
	starts      []byte
	keys        []byte
	fingerprint [sha256.Size]byte
}

var errTable = errors.New("not a table of word vectors")

// readTable checks the sizes, which costs next to nothing; check reads everything.
func readTable(data []byte) (*table, error) {
	if len(data) < headBytes || string(data[:len(tableMagic)]) != tableMagic {
		return nil, fmt.Errorf("%w: it does not begin with %s", errTable, tableMagic)
	}
	number := func(at int) int { return int(binary.LittleEndian.Uint32(data[at:])) }
	t := &table{dimension: number(8), words: number(12), stems: number(16), buckets: number(20)}
	keyBytes := number(24)
	if t.dimension < 1 || t.dimension > maxDimension || t.words > maxRows || t.stems > maxRows || t.buckets > maxRows ||
		keyBytes > maxKeyBytes {
		return nil, fmt.Errorf("%w: %d dimensions, %d words, %d stems, %d buckets, %d bytes of keys", errTable,
			t.dimension, t.words, t.stems, t.buckets, keyBytes)
	}
	copy(t.fingerprint[:], data[32:headBytes])
	rest := data[headBytes:]
	rows := t.words + t.buckets
	for _, part := range []struct {
		into *[]byte
		size int
	}{
		{&t.rows, rows * t.dimension}, {&t.scales, 4 * rows}, {&t.stemRows, 4 * t.stems},
		{&t.starts, 4 * (t.words + t.stems + 1)}, {&t.keys, keyBytes},
	} {
		if len(rest) < part.size {
			return nil, fmt.Errorf("%w: it is cut short", errTable)
		}
		*part.into, rest = rest[:part.size], rest[part.size:]
	}
	if len(rest) != 0 {
		return nil, fmt.Errorf("%w: %d bytes too many", errTable, len(rest))
	}
	return t, nil
}

// check reads a table whole: its checksum, that keys are in order, and that every scale is a finite number.
func (t *table) check(data []byte) error {
	if sum := sha256.Sum256(data[headBytes:]); sum != t.fingerprint {
		return fmt.Errorf("%w: its checksum is wrong", errTable)
	}
	for i := range t.words + t.stems + 1 {
		if at := t.uint32(t.starts, i); at > len(t.keys) || i > 0 && at < t.uint32(t.starts, i-1) {
			return fmt.Errorf("%w: key %d lies outside", errTable, i)
		}
	}
	for i := 1; i < t.words+t.stems; i++ {
		if i != t.words && bytes.Compare(t.key(i-1), t.key(i)) >= 0 {
			return fmt.Errorf("%w: key %d is out of order", errTable, i)
		}
	}
	for i := range t.stems {
		if row := t.uint32(t.stemRows, i); row >= t.words {
			return fmt.Errorf("%w: stem %d has no row", errTable, i)
		}
	}
	for i := range t.words + t.buckets {
		if s := float64(t.scale(i)); math.IsNaN(s) || math.IsInf(s, 0) || s < 0 {
			return fmt.Errorf("%w: row %d has the scale %v", errTable, i, s)
		}
	}
	return nil
}

func (t *table) uint32(of []byte, i int) int { return int(binary.LittleEndian.Uint32(of[4*i:])) }

func (t *table) scale(row int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(t.scales[4*row:]))
}

func (t *table) key(i int) []byte { return t.keys[t.uint32(t.starts, i):t.uint32(t.starts, i+1)] }

// find returns the row of a folded word.
func (t *table) find(word string) (row int, ok bool) {
	i, ok := t.search(word, 0, t.words)
	return i, ok
}

// findStem returns the row that stands for the words of a stem. A stem that is the word of that row is not listed.
func (t *table) findStem(stem string) (row int, ok bool) {
	if i, ok := t.search(stem, t.words, t.words+t.stems); ok {
		return t.uint32(t.stemRows, i-t.words), true
	}
	return t.find(stem)
}

// search finds the key among those from low to high, which are in order.
func (t *table) search(word string, low, high int) (int, bool) {
	end := high
	for low < high {
		middle := int(uint(low+high) >> 1)
		if string(t.key(middle)) < word {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < end && string(t.key(low)) == word
}

// addRow adds the row, times the factor, to the sum.
func (t *table) addRow(sum []float32, row int, factor float32) {
	addScaled(sum, t.rows[row*t.dimension:], t.scale(row)*factor)
}

// addPlainly adds bytes as addScaled does, one after the other, on any processor. The conversions keep a compiler from
// fusing the two operations, which would give other bits on other machines.
func addPlainly(sum []float32, values []byte, scale float32) {
	for i, v := range values {
		sum[i] += float32(float32(int8(v)) * scale)
	}
}
