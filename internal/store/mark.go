package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// MarkName is a file beside the database that says which one belongs there. A database that is gone, empty, another, or
// the same as it was before its last changes, is thus noticed: what an admin had hidden would be seen again.
const MarkName = "pilcrow.id"

// How a folder can be found that has a mark, besides well. The operator says so where that is meant: Config.New.
var (
	ErrMissing = errors.New("the database that was here is gone")
	ErrOther   = errors.New("this is not the database that was here")
)

// A mark says which database belongs into a folder.
type mark struct {
	ID    string `json:"id"`
	Edits int64  `json:"edits"` // see Store.Apply; the database has as many or more
	// Open tells that the database was opened and not closed in order since: there is a write-ahead log then.
	Open bool `json:"open"`
}

// readMark returns the mark of a folder; the zero mark where there is none.
func readMark(dir, name string) (mark, error) {
	text, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return mark{}, nil
	}
	if err != nil {
		return mark{}, err
	}
	var m mark
	if err := json.Unmarshal(text, &m); err != nil || m.ID == "" {
		return mark{}, fmt.Errorf("%w: %s cannot be read, and so nobody knows which database belongs here", ErrOther,
			name)
	}
	return m, nil
}

// write writes the mark whole: after a crash it is the one of before or this one.
func (m mark) write(dir, name string) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	temporary := filepath.Join(dir, "."+name+"-"+rand.Text())
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(temporary, filepath.Join(dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return syncDir(dir)
}

// syncDir makes what happened in a folder last. Some systems cannot, and then it is left to them.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// Fresh reports whether a folder has no database, and no mark of one.
func Fresh(dir string) bool {
	m, err := readMark(dir, MarkName)
	info, errFile := os.Stat(filepath.Join(dir, FileName))
	return err == nil && m.ID == "" && (errors.Is(errFile, fs.ErrNotExist) || errFile == nil && info.Size() == 0)
}

// look finds out, before anything is made, whether a database is where the mark says that one is.
func (m mark) look(path string) error {
	info, err := os.Stat(path)
	switch {
	case m.ID == "" || err == nil && info.Size() > 0:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return ErrMissing
	case err != nil:
		return err
	}
	return fmt.Errorf("%w: the file is empty", ErrMissing)
}

// logged reports whether the write-ahead log is beside the database: where the index of the log is there, one that is
// as long as that says. SQLite makes an empty one in the place of a log that was taken away.
func logged(path string) bool {
	for range 8 { // between the two looks others may have emptied the log, and the index then says so, too
		log, err := os.Lstat(path + "-wal")
		if err != nil {
			return false
		}
		if log.Size() >= indexed(path) {
			return true
		}
	}
	return false
}

// indexed is how many bytes a write-ahead log has at least, by its index; 0 where that says nothing.
func indexed(path string) int64 {
	// https://www.sqlite.org/walformat.html#the_wal_index_file_format: two copies of a header, numbers in the order of
	// this machine.
	const header, logHeader, frameHeader = 48, 32, 24
	f, err := os.Open(path + "-shm")
	if err != nil {
		return 0
	}
	defer f.Close()
	both := make([]byte, 2*header)
	// being written, or not begun
	if _, err := io.ReadFull(f, both); err != nil || !bytes.Equal(both[:header], both[header:]) || both[12] == 0 {
		return 0
	}
	page, frames := int64(binary.NativeEndian.Uint16(both[14:])), int64(binary.NativeEndian.Uint32(both[16:]))
	if page == 1 {
		page = 1 << 16
	}
	if frames == 0 {
		return 0
	}
	return logHeader + frames*(frameHeader+page)
}

// identify compares the database with the mark, and gives it an id if it has none. Where anew is set, it is taken as it
// is.
func (m mark) identify(ctx context.Context, tx *sql.Tx, anew bool) (mark, error) {
	if _, err := tx.ExecContext(ctx, "INSERT INTO installation (one, id, edits) VALUES (1, ?, 0) ON CONFLICT DO NOTHING",
		rand.Text()); err != nil {
		return mark{}, err
	}
	found := mark{Open: true}
	if err := tx.QueryRowContext(ctx, "SELECT id, edits FROM installation").Scan(&found.ID, &found.Edits); err != nil {
		return mark{}, err
	}
	switch {
	case m.ID == "" || anew:
	case found.ID != m.ID:
		return mark{}, ErrOther
	case found.Edits < m.Edits:
		return mark{}, fmt.Errorf("%w: it is older, and the last %d changes of documents and settings are not in it",
			ErrOther, m.Edits-found.Edits)
	}
	return found, nil
}

// Identity is what tells the database from others, and how many changes of documents and settings it has seen.
func (s *Store) Identity() (id string, edits int64) {
	s.marking.Lock()
	defer s.marking.Unlock()
	return s.mark.ID, s.mark.Edits
}

// markEdits writes down how many edits are known to be in the database. An error is no loss: the mark then says less
// than it could.
func (s *Store) markEdits(count int64) {
	s.marking.Lock()
	defer s.marking.Unlock()
	if count <= s.mark.Edits {
		return
	}
	s.mark.Edits = count
	_ = s.mark.write(s.dir, s.markName)
}
