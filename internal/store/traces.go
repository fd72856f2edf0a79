package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// SQLite overwrites what is deleted (secure_delete), but not what it leaves behind when it moves rows from page to
// page: copies of them stay in what is unused of a page, between the list of its cells and their content. Here that is
// overwritten with zeros, in the pages of the tables that may hold something of a person, and of nothing else: the file
// is not written anew, as VACUUM would.
//
// The layout is that of https://www.sqlite.org/fileformat2.html#b_tree_pages. Free blocks and free pages need nothing:
// SQLite clears them when they become free.

// Kinds of a b-tree page, its first byte.
const (
	interiorIndex = 0x02
	interiorTable = 0x05
	leafIndex     = 0x0a
	leafTable     = 0x0d
)

const (
	leafHeader     = 8  // bytes before the list of cells
	interiorHeader = 12 // there are four more, for the last child
	childBytes     = 4  // of the number of a page, at the start of an interior cell
)

// An extent is what is unused of a page: [start, end).
type extent struct{ start, end int }

// unused reads a b-tree page that is not the first of the file. children are the pages below it.
func unused(page []byte) (gap extent, children []uint32, err error) {
	if len(page) < interiorHeader {
		return extent{}, nil, fmt.Errorf("%w: a page of %d bytes", ErrDamaged, len(page))
	}
	header := leafHeader
	switch page[0] {
	case leafIndex, leafTable:
	case interiorIndex, interiorTable:
		header = interiorHeader
	default:
		return extent{}, nil, fmt.Errorf("%w: a page of the kind %#x", ErrDamaged, page[0])
	}
	cells := int(binary.BigEndian.Uint16(page[3:]))
	content := int(binary.BigEndian.Uint16(page[5:]))
	if content == 0 { // the file format's way to write what has no room in two bytes
		content = 1 << 16
	}
	gap = extent{header + 2*cells, content}
	if gap.start > gap.end || gap.end > len(page) {
		return extent{}, nil, fmt.Errorf("%w: %d cells and content from %d in a page of %d bytes", ErrDamaged, cells, content,
			len(page))
	}
	if header == leafHeader {
		return gap, nil, nil
	}
	for list := page[header:gap.start]; len(list) > 0; list = list[2:] {
		at := int(binary.BigEndian.Uint16(list))
		if at < gap.end || at+childBytes > len(page) {
			return extent{}, nil, fmt.Errorf("%w: a cell at %d of a page of %d bytes", ErrDamaged, at, len(page))
		}
		children = append(children, binary.BigEndian.Uint32(page[at:]))
	}
	return gap, append(children, binary.BigEndian.Uint32(page[leafHeader:])), nil
}

// walk calls do with each page of the tables and their indices, as the transaction sees them. do may change nothing but
// the page that it is given, which is its own until it returns.
func walk(ctx context.Context, tx *sql.Tx, tables []string,
	do func(number uint32, page []byte, gap extent) error) error {
	list, err := json.Marshal(tables)
	if err != nil {
		return err
	}
	var pages int
	var joined sql.NullString
	err = tx.QueryRowContext(ctx, `SELECT page_count, (SELECT json_group_array(rootpage) FROM sqlite_schema
		WHERE rootpage > 1 AND tbl_name IN (SELECT value FROM json_each(?))) FROM pragma_page_count`,
		string(list)).Scan(&pages, &joined)
	if err != nil {
		return err
	}
	var left []uint32
	if err := json.Unmarshal([]byte(joined.String), &left); err != nil {
		return err
	}
	read, err := tx.PrepareContext(ctx, "SELECT data FROM sqlite_dbpage WHERE pgno = ?")
	if err != nil {
		return err
	}
	defer read.Close()
	for seen := 0; len(left) > 0; seen++ {
		if seen > pages { // they lead in a circle
			return fmt.Errorf("%w: more than %d pages", ErrDamaged, pages)
		}
		number := left[len(left)-1]
		left = left[:len(left)-1]
		var page []byte
		if err := read.QueryRowContext(ctx, number).Scan(&page); err != nil {
			return fmt.Errorf("page %d: %w", number, err)
		}
		gap, children, err := unused(page)
		if err == nil {
			err = do(number, page, gap)
		}
		if err != nil {
			return fmt.Errorf("page %d: %w", number, err)
		}
		left = append(left, children...)
	}
	return nil
}

// clearTraces overwrites what is unused of the tables' pages where there is anything, and returns how many pages that
// were. The transaction must be one of a connection that may write pages; see guard.connectPages.
func clearTraces(ctx context.Context, tx *sql.Tx, tables []string) (cleared int, err error) {
	const overwrite = "UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?"
	write, err := tx.PrepareContext(ctx, overwrite) //nolint:sqlclosecheck // it is, below
	if err != nil {
		return 0, err
	}
	defer write.Close()
	err = walk(ctx, tx, tables, func(number uint32, page []byte, gap extent) error {
		rest := page[gap.start:gap.end]
		if empty(rest) {
			return nil
		}
		clear(rest)
		cleared++
		_, err := write.ExecContext(ctx, page, number)
		return err
	})
	return cleared, err
}

// tracesOf tells whether what is unused of the tables' pages holds one of the parts.
func tracesOf(ctx context.Context, tx *sql.Tx, tables []string, parts [][]byte) (bool, error) {
	err := walk(ctx, tx, tables, func(_ uint32, page []byte, gap extent) error {
		rest := page[gap.start:gap.end]
		if !empty(rest) && slices.ContainsFunc(parts, func(part []byte) bool { return bytes.Contains(rest, part) }) {
			return errTrace
		}
		return nil
	})
	if errors.Is(err, errTrace) {
		return true, nil
	}
	return false, err
}

// empty tells whether all bytes are zero.
func empty(b []byte) bool { return len(b) == 0 || b[0] == 0 && bytes.Equal(b[1:], b[:len(b)-1]) }

// errTrace ends a walk that has found what it looks for.
var errTrace = errors.New("a trace")

// traceBytes is how much of an id must be there to be one: a copy may be overwritten in part.
const traceBytes = 8

// partsOf are the parts of an id by which a copy of it is known, however much of it has been overwritten.
func partsOf(id string) [][]byte {
	if len(id) <= traceBytes {
		return [][]byte{[]byte(id)}
	}
	return [][]byte{[]byte(id[:traceBytes]), []byte(id[len(id)-traceBytes:])}
}
