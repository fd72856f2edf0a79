package inverted

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag/packed"
)

// A Cache keeps in a folder what an engine has read of its documents: the inverted index, and who says what. The
// next start takes from there what it knows of documents of the same digest, and reads the others. It is a cache:
// what is damaged, or was written by another program, is not looked at and replaced.
//
// The folder has a file for each segment, and one that says where the passages of each document stand in them. That
// one is put in place last, at once, and names the others with their checksums. Nothing is synced: what a crash of
// the machine cuts short has another checksum.
type Cache struct {
	dir     string
	program func() (uint64, error)

	mu     sync.Mutex
	stored map[*segment]segmentFile // those that are in the folder
	digest string                   // of the corpus that the folder has; "" for none
}

// A segmentFile is where a segment is kept.
type segmentFile struct {
	name string
	sum  uint32
}

const (
	cacheEdition = "edition"
	cacheSegment = "words-"
	cacheMagic   = "Pilcrow's words, 1\n" // of the form; what is in it is the program's own, whose checksum follows
	// maxCached is how many bytes are kept at most: some hundred thousand pages.
	maxCached = 1 << 30
)

// NewCache keeps in the folder dir, which is made when something is kept.
func NewCache(dir string) *Cache {
	return &Cache{dir: dir, program: sync.OnceValues(checksumOfProgram)}
}

// checksumOfProgram tells this program from any other that would read documents otherwise.
func checksumOfProgram() (uint64, error) {
	f, err := os.Open("/proc/self/exe") // the one that runs, also where another took its place
	if err != nil {
		var name string
		if name, err = os.Executable(); err == nil {
			f, err = os.Open(name)
		}
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	sum := crc32.New(packed.Castagnoli)
	n, err := io.Copy(sum, f)
	return uint64(sum.Sum32())<<32 | uint64(n)&(1<<32-1), err
}

// A Kept is what is kept of an index. Nothing is in a nil one.
type Kept struct {
	segments  []*segment
	documents map[string]cachedDocument // by digest
}

type cachedDocument struct {
	places []cachedPlace // of its passages
	said   []byte        // packed
}

// A cachedPlace is a passage of a segment.
type cachedPlace struct{ segment, local uint32 }

// Has reports whether something is kept of a document. Nothing is in a nil one.
func (w *Kept) Has(d article.Document) bool {
	if w == nil {
		return false
	}
	_, ok := w.documents[d.Digest()]
	return ok
}

// Read returns what is kept; nil where that is nothing. What is in the folder and cannot be used is an error.
func (k *Cache) Read() (*Kept, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stored, k.digest = nil, ""
	data, err := os.ReadFile(filepath.Join(k.dir, cacheEdition))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	w, files, digest, err := k.unpack(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(k.dir, cacheEdition), err)
	}
	stored := map[*segment]segmentFile{}
	for _, file := range files {
		s, err := readSegment(filepath.Join(k.dir, file.name), file.sum)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(k.dir, file.name), err)
		}
		w.segments, stored[s] = append(w.segments, s), file
	}
	k.stored, k.digest = stored, digest
	return w, nil
}

// header is what a file of this program begins with.
func (k *Cache) header() ([]byte, error) {
	program, err := k.program()
	return binary.LittleEndian.AppendUint64([]byte(cacheMagic), program), err
}

// unpack reads the file that pack made.
func (k *Cache) unpack(data []byte) (w *Kept, files []segmentFile, digest string, err error) {
	header, err := k.header()
	switch {
	case err != nil:
		return nil, nil, "", err
	case !bytes.HasPrefix(data, header):
		return nil, nil, "", errors.New("it is another program's")
	case len(data) < len(header)+4:
		return nil, nil, "", packed.ErrDamaged
	}
	data, sum := data[:len(data)-4], binary.LittleEndian.Uint32(data[len(data)-4:])
	if crc32.Checksum(data, packed.Castagnoli) != sum {
		return nil, nil, "", fmt.Errorf("%w: another checksum", packed.ErrDamaged)
	}
	r := packed.NewReader(data[len(header):])
	digest = string(r.Cut())
	for range r.Count() {
		files = append(files, segmentFile{string(r.Cut()), uint32(r.Number())})
	}
	n := r.Count()
	w = &Kept{documents: make(map[string]cachedDocument, n)}
	for range n {
		id := string(r.Cut())
		d := cachedDocument{places: make([]cachedPlace, r.Count())}
		for i := range d.places {
			d.places[i] = cachedPlace{uint32(r.Number()), uint32(r.Number())}
		}
		d.said = r.Cut()
		w.documents[id] = d
	}
	return w, files, digest, r.Err
}

// cachedBytes is about what pack needs for a passage.
const cachedBytes = 128

// pack says where the passages of an index stand in the segments of its parts, which are in files.
func (k *Cache) pack(l *Index, files []segmentFile) ([]byte, error) {
	b, err := k.header()
	if err != nil {
		return nil, err
	}
	b = slices.Grow(b, l.corpus.Len()*cachedBytes)
	number := func(v int) { b = binary.AppendUvarint(b, uint64(v)) }
	bytes := func(s []byte) { number(len(s)); b = append(b, s...) }
	bytes([]byte(l.corpus.Digest()))
	number(len(files))
	for _, file := range files {
		bytes([]byte(file.name))
		number(int(file.sum))
	}
	number(len(l.documents))
	for i, d := range l.documents {
		bytes([]byte(d.digest))
		first, end := l.first[i], l.first[i+1]
		number(end - first)
		for n := first; n < end; n++ {
			part, local := l.place(n)
			number(part)
			number(int(local))
		}
		bytes(packed.Speech(d.Said))
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, packed.Castagnoli)), nil
}

// Write keeps an index, in the place of another.
func (k *Cache) Write(l *Index) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	size, fresh := int64(0), 0
	for _, p := range l.parts {
		size += p.bytes()
		if _, ok := k.stored[p.segment]; !ok {
			fresh++
		}
	}
	switch {
	case fresh == 0 && k.digest == l.corpus.Digest():
		return nil
	case size > maxCached:
		return fmt.Errorf("%d MiB are more than is kept, %d MiB", size>>20, maxCached>>20)
	}
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return err
	}
	var files []segmentFile
	stored := map[*segment]segmentFile{}
	for _, p := range l.parts {
		file, ok := k.stored[p.segment]
		if !ok {
			file.name = cacheSegment + rand.Text()
			err := k.create(file.name, func(f io.Writer) (err error) { file.sum, err = writeSegment(f, p.segment); return err })
			if err != nil {
				return err
			}
		}
		files, stored[p.segment] = append(files, file), file
	}
	data, err := k.pack(l, files)
	if err != nil {
		return err
	}
	temporary := cacheSegment + rand.Text()
	err = k.create(temporary, func(f io.Writer) error { _, err := f.Write(data); return err })
	if err == nil {
		err = os.Rename(filepath.Join(k.dir, temporary), filepath.Join(k.dir, cacheEdition))
	}
	if err != nil {
		return err
	}
	k.stored, k.digest = stored, l.corpus.Digest()
	return k.clean(files)
}

func (k *Cache) create(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(filepath.Join(k.dir, name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// clean removes the segments that are used no more, and what a crash left.
func (k *Cache) clean(used []segmentFile) error {
	entries, err := os.ReadDir(k.dir)
	for _, e := range entries {
		unused := !slices.ContainsFunc(used, func(f segmentFile) bool { return f.name == e.Name() })
		if strings.HasPrefix(e.Name(), cacheSegment) && unused {
			err = errors.Join(err, os.Remove(filepath.Join(k.dir, e.Name())))
		}
	}
	return err
}

// takeCached gives the i-th document what is kept of it.
func (w *indexWriter) takeCached(i int, kept *Kept, readings *premise.Readings) bool {
	if kept == nil {
		return false
	}
	d := &w.index.corpus.Documents()[i]
	k, ok := kept.documents[d.Digest()]
	if !ok || len(k.places) != len(d.Passages) {
		return false
	}
	for _, p := range k.places {
		if int(p.segment) >= len(kept.segments) || int(p.local) >= kept.segments[p.segment].passages() {
			return false
		}
	}
	said, err := packed.ReadSpeech(k.said, d)
	if err != nil {
		return false
	}
	w.index.documents[i] = newDocument(*d, d.Digest(), said, readings)
	for n, p := range k.places {
		if at := w.index.first[i] + n; !w.place(at, home{kept.segments[p.segment], int32(p.local)}) {
			w.unplaced = append(w.unplaced, spot{at, i, n})
		}
	}
	return true
}
