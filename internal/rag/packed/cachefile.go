// Package packed is the form in which what was read of documents is kept in files between runs: lists of numbers with a
// checksum behind them, and who says what in a document, with each name once. The form is the program's own. What is
// damaged is told by ErrDamaged, whatever the bytes are; what reads goes on with zeros, so that errors are looked at
// once.
package packed

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
)

// ErrDamaged says that a file is not what was written.
var ErrDamaged = errors.New("it is not as it was written")

// Castagnoli is CRC-32C, which processors compute themselves.
var Castagnoli = crc32.MakeTable(crc32.Castagnoli)

// lineBytes is how much of a file is in memory at once while numbers are read or written.
const lineBytes = 32 << 10

// A FileWriter writes lists of numbers to a file, each with its length, and their checksum behind them.
type FileWriter struct {
	w    io.Writer
	sum  uint32
	err  error
	line []byte
}

// NewFileWriter writes to f, which it does not close.
func NewFileWriter(f io.Writer) *FileWriter {
	return &FileWriter{w: f, line: make([]byte, 0, lineBytes)}
}

// flush writes the line.
func (w *FileWriter) flush() {
	if w.err == nil {
		_, w.err = w.w.Write(w.line)
	}
	w.sum, w.line = crc32.Update(w.sum, Castagnoli, w.line), w.line[:0]
}

// room makes room in the line for some bytes.
func (w *FileWriter) room(n int) {
	if cap(w.line)-len(w.line) < n {
		w.flush()
	}
}

func (w *FileWriter) length(n int) {
	w.room(8)
	w.line = binary.LittleEndian.AppendUint64(w.line, uint64(n))
}

// Bytes writes some bytes with their number before them.
func (w *FileWriter) Bytes(b []byte) {
	w.length(len(b))
	for part := range slices.Chunk(b, lineBytes) {
		w.room(len(part))
		w.line = append(w.line, part...)
	}
}

// WriteUint32s writes numbers of 32 bits with how many there are before them.
func WriteUint32s[T ~uint32 | ~int32](w *FileWriter, list []T) {
	w.length(len(list))
	for _, v := range list {
		w.room(4)
		w.line = binary.LittleEndian.AppendUint32(w.line, uint32(v))
	}
}

// Finish writes the checksum and returns it.
func (w *FileWriter) Finish() (uint32, error) {
	w.flush()
	sum := w.sum
	w.line = binary.LittleEndian.AppendUint32(w.line, sum)
	w.flush()
	return sum, w.err
}

// A FileReader reads what a FileWriter wrote. After its first error it reads zeros.
type FileReader struct {
	r    *bufio.Reader
	sum  uint32
	left int64 // bytes before the checksum: no list is longer
	err  error
	line []byte
}

// NewFileReader reads f from where it stands to its end, which says how long a list may be.
func NewFileReader(f *os.File) (*FileReader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return &FileReader{r: bufio.NewReaderSize(f, lineBytes), left: info.Size() - 4, line: make([]byte, lineBytes)}, nil
}

// fill reads so many bytes, at most lineBytes, into the line.
func (r *FileReader) fill(n int) []byte {
	if r.left -= int64(n); r.err == nil && r.left < 0 {
		r.err = fmt.Errorf("%w: it is too short", ErrDamaged)
	}
	if r.err == nil {
		_, r.err = io.ReadFull(r.r, r.line[:n])
	}
	if r.err != nil {
		clear(r.line[:n])
	} else {
		r.sum = crc32.Update(r.sum, Castagnoli, r.line[:n])
	}
	return r.line[:n]
}

// length reads how many there are of something that takes so many bytes each.
func (r *FileReader) length(each int) int {
	n := binary.LittleEndian.Uint64(r.fill(8))
	if r.err == nil && n > uint64(max(r.left, 0))/uint64(each) {
		r.err = fmt.Errorf("%w: a list is longer than the file", ErrDamaged)
	}
	if r.err != nil {
		return 0
	}
	return int(n)
}

// Bytes reads what Bytes wrote.
func (r *FileReader) Bytes() []byte {
	out := make([]byte, r.length(1))
	for at := 0; at < len(out); at += lineBytes {
		part := out[at:min(at+lineBytes, len(out))]
		copy(part, r.fill(len(part)))
	}
	return out
}

// ReadUint32s reads what WriteUint32s wrote.
func ReadUint32s[T ~uint32 | ~int32](r *FileReader) []T {
	out := make([]T, r.length(4))
	for at := 0; at < len(out); at += lineBytes / 4 {
		part := out[at:min(at+lineBytes/4, len(out))]
		line := r.fill(4 * len(part))
		for i := range part {
			part[i] = T(binary.LittleEndian.Uint32(line[4*i:]))
		}
	}
	return out
}

// Finish ends the reading: it returns the first error, or compares the checksums, the one behind the lists and the one
// that is expected.
func (r *FileReader) Finish(want uint32) error {
	if r.err != nil {
		return r.err
	}
	var last [4]byte
	if r.left != 0 {
		return fmt.Errorf("%w: it is too long", ErrDamaged)
	}
	if _, err := io.ReadFull(r.r, last[:]); err != nil {
		return err
	}
	if r.sum != want || r.sum != binary.LittleEndian.Uint32(last[:]) {
		return fmt.Errorf("%w: another checksum", ErrDamaged)
	}
	return nil
}
