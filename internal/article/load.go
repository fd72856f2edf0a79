package article

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// The bounds of a folder.
const (
	maxFileBytes   = 10 << 20  // a book has one or two million
	maxFolderBytes = 256 << 20 // of all files together: they are held in memory
	maxFiles       = 10_000
	maxDepth       = 16       // folders below the root
	mostBeside     = 64 << 10 // bytes of a file that is parsed beside others: of large ones one is in memory at a time
)

// convertible holds the extensions of documents that people expect to be read, with what to do about them. A file of
// any other extension (a picture, a program) is none of our business and passed over.
var convertible = map[string]string{
	".pdf": "convert it to plain text", ".doc": "save it as plain text", ".docx": "save it as plain text",
	".odt": "convert it to plain text", ".pages": "save it as plain text",
	".epub": "convert it to plain text", ".mobi": "convert it to plain text", ".djvu": "convert it to plain text",
	".html": "convert it to Markdown", ".htm": "convert it to Markdown", ".xhtml": "convert it to Markdown",
	".text": "rename it to .txt",
}

// installed holds the names of folders that hold the files of packages, which are others' documents.
var installed = lexicon.Set("node_modules bower_components site-packages __pycache__")

// A Converter makes Markdown, with front matter, of a file in another format. It looks at every file: for one that is
// text as it is, it returns nil. Its error is one sentence; the name is for its extension.
type Converter func(name string, data []byte) (markdown []byte, err error)

// converted holds the extensions of files that are loaded if there is a Converter.
var converted = lexicon.Set(".pdf .docx .odt .epub .html .htm .xhtml")

// Load reads every Markdown and .txt file of the file system, but for hidden files and folders and those of installed
// packages. A link to a file is followed as far as fsys lets it (os.Root: not out of the root), one to a folder is not.
// The corpus, never nil, holds what could be loaded; the error joins what is wrong, a *FileError each, in the order of
// paths. Without any document the error is ErrNoDocuments too.
func Load(fsys fs.FS) (*Corpus, error) { return LoadWith(fsys, nil) }

// LoadWith is Load that also reads .pdf, .docx, .odt, .epub, .html, .htm and .xhtml, and files that hold such a
// document under the name of a text, as convert makes them. A nil convert refuses them.
func LoadWith(fsys fs.FS, convert Converter) (*Corpus, error) { return NewLoader(convert).Load(fsys) }

// A Loader loads a folder again and again, and parses only files whose bytes have changed since the last time. It is
// safe for use by several goroutines, which take turns.
type Loader struct {
	convert Converter // nil for none
	turn    sync.Mutex
	parsed  map[string]parsed // by path, from the last load
	sites   string            // what SiteFile said then
}

// parsed is a document and the bytes that it was made of.
type parsed struct {
	sum      [sha256.Size]byte
	document *Document // of the corpus
}

// NewLoader returns a Loader that knows no file yet. convert may be nil.
func NewLoader(convert Converter) *Loader { return &Loader{convert: convert} }

// Load is LoadWith, with what is known from the last time. What failed then is tried again.
func (l *Loader) Load(fsys fs.FS) (*Corpus, error) {
	l.turn.Lock()
	defer l.turn.Unlock()
	w := walk{fsys: fsys, convert: l.convert, owners: map[string]string{}, known: l.parsed,
		places: make(chan struct{}, runtime.GOMAXPROCS(0))}
	sites, said, err := readSites(fsys)
	if err != nil {
		w.errs = append(w.errs, err)
	}
	if w.sites = sites; string(said) != l.sites {
		w.known = nil // every link may be another
	}
	l.sites = string(said)
	if err := fs.WalkDir(fsys, ".", w.visit); err != nil && !errors.Is(err, fs.SkipAll) {
		w.errs = append(w.errs, err)
	}
	slugs := slugsOf(w.files)
	w.documents = make([]Document, 0, len(w.files))
	w.sums = make([][sha256.Size]byte, 0, len(w.files))
	for _, file := range w.files {
		if err := w.load(file, slugs[file]); err != nil {
			break
		}
	}
	w.gather()
	slices.SortStableFunc(w.errs, byPath)
	corpus, err := NewCorpus(w.documents...)
	if err != nil {
		return &Corpus{}, err
	}
	l.parsed = make(map[string]parsed, len(w.documents))
	for i, d := range w.documents {
		at := corpus.bySlug[d.Slug]
		l.parsed[d.Path] = parsed{w.sums[i], &corpus.documents[at]} // sealed
	}
	if len(w.documents) == 0 {
		w.errs = append(w.errs, ErrNoDocuments)
	}
	return corpus, errors.Join(w.errs...)
}

// walk is one load.
type walk struct {
	fsys      fs.FS
	convert   Converter
	sites     sites
	known     map[string]parsed // from the last load
	documents []Document
	sums      [][sha256.Size]byte // of the files of the documents
	owners    map[string]string   // of each slug, the path of its document
	errs      []error
	files     []string // to be loaded, by path
	bytes     int64
	loads     []*loading
	beside    sync.WaitGroup
	places    chan struct{} // one for each file that is parsed beside others
}

// loading is a file that is being made a document.
type loading struct {
	file     string
	sum      [sha256.Size]byte // of its bytes
	document Document
	err      error
	panicked string // with its stack; "" for a file that was read
}

func (w *walk) refuse(file, msg string, cause error) {
	w.errs = append(w.errs, &FileError{Path: file, Line: 1, Msg: msg, Err: cause})
}

// visit is called for each entry of the tree. It collects what is wrong and goes on.
func (w *walk) visit(file string, entry fs.DirEntry, err error) error {
	if !utf8.ValidString(file) && entry != nil {
		w.refuse(file, "its name is not UTF-8: rename it", nil)
		return skip(entry)
	}
	if err != nil {
		w.refuse(file, "cannot be read: "+cause(err), err)
		if entry != nil && entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	}
	name := entry.Name()
	if file != "." && strings.HasPrefix(name, ".") {
		return skip(entry)
	}
	if entry.IsDir() {
		if installed[strings.ToLower(name)] {
			return fs.SkipDir
		}
		if depth(file) >= maxDepth {
			w.refuse(file, fmt.Sprintf("folders are nested deeper than %d: move it up", maxDepth), nil)
			return fs.SkipDir
		}
		return nil
	}
	switch ext := strings.ToLower(path.Ext(name)); {
	case markdownExtensions[ext] || ext == ".txt" || w.convert != nil && converted[ext]:
	default:
		if why := unread(name); why != "" {
			w.refuse(file, why, nil)
		}
		return nil
	}
	if len(w.files) == maxFiles {
		w.refuse(file, fmt.Sprintf("more than %d files: this one and those behind it are not loaded", maxFiles), nil)
		return fs.SkipAll
	}
	w.files = append(w.files, file)
	return nil
}

// byPath orders errors by the file that they are about.
func byPath(a, b error) int {
	pathOf := func(err error) string {
		if bad, ok := errors.AsType[*FileError](err); ok {
			return bad.Path
		}
		return ""
	}
	return strings.Compare(pathOf(a), pathOf(b))
}

// load loads one file as the document of that slug.
func (w *walk) load(file, slug string) error {
	data, err := read(w.fsys, file)
	if bad, ok := errors.AsType[*FileError](err); ok {
		w.errs = append(w.errs, bad)
		return nil
	}
	if err != nil {
		w.refuse(file, "cannot be read: "+cause(err), err)
		return nil
	}
	if w.bytes += int64(len(data)); w.bytes > maxFolderBytes {
		w.refuse(file, fmt.Sprintf("more than %d MiB in all: this file and those behind it are not loaded",
			maxFolderBytes>>20), nil)
		return fs.SkipAll
	}
	one := &loading{file: file, sum: sha256.Sum256(data)}
	w.loads = append(w.loads, one)
	if known, ok := w.known[file]; ok && known.sum == one.sum && known.document.Slug == slug {
		one.document = *known.document
		return nil
	}
	parse, err := w.parser(file, slug, data)
	if err != nil {
		one.err = err
		return nil
	}
	if len(data) > mostBeside {
		one.document, one.err = parse()
		return nil
	}
	w.places <- struct{}{}
	w.beside.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				one.panicked = fmt.Sprintf("%v\n%s", p, debug.Stack())
			}
			<-w.places
		}()
		one.document, one.err = parse()
	})
	return nil
}

// gather waits for the files that are parsed and takes what became of each, in the order of paths.
func (w *walk) gather() {
	w.beside.Wait()
	for _, one := range w.loads {
		if one.panicked != "" { // as if it had been parsed here: whoever loads knows what to do about it
			panic(one.panicked)
		}
		if one.err != nil {
			w.errs = append(w.errs, one.err)
			continue
		}
		slug := one.document.Slug
		if other, taken := w.owners[slug]; taken {
			w.refuse(one.file, fmt.Sprintf("it would be called %q like %s: rename one of them", slug, other), nil)
			continue
		}
		w.owners[slug] = one.file
		w.documents, w.sums = append(w.documents, one.document), append(w.sums, one.sum)
	}
}

// parser returns what parses a file, which is converted at once if it needs that: converters take turns.
func (w *walk) parser(file, slug string, data []byte) (parse func() (Document, error), err error) {
	on := w.sites.of(file)
	plain := func() (Document, error) { return parseAs(slug, file, data, on) }
	if w.convert == nil {
		return plain, nil
	}
	markdown, err := w.convert(file, data)
	switch {
	case err != nil:
		return nil, &FileError{Path: file, Line: 1, Msg: err.Error(), Err: err}
	case markdown == nil && converted[strings.ToLower(path.Ext(file))]:
		return nil, &FileError{Path: file, Line: 1, Msg: "not what its name says: if it is a text, rename it to .txt"}
	case markdown == nil:
		return plain, nil
	}
	return func() (Document, error) {
		d, err := parseAs(slug, strings.TrimSuffix(file, path.Ext(file))+".md", markdown, on)
		if bad, ok := errors.AsType[*FileError](err); ok { // the line is one that nobody can look up
			return Document{}, &FileError{Path: file, Line: 1, Msg: bad.Msg, Err: err}
		}
		d.Path = file
		return d, err
	}, nil
}

// read returns the content of a regular file within its bound.
func read(fsys fs.FS, file string) ([]byte, error) {
	info, err := fs.Stat(fsys, file) // follows a link, and a pipe is not opened
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &FileError{Path: file, Line: 1, Msg: "not a file, or a link to something that is none: take it away"}
	}
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	large := &FileError{Path: file, Line: 1, Msg: fmt.Sprintf("larger than %d MiB: part it", maxFileBytes>>20)}
	if info.Size() > maxFileBytes {
		return nil, large
	}
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead) // what grows as it reads takes thrice the memory
	if _, err := b.ReadFrom(io.LimitReader(f, maxFileBytes+1)); err != nil {
		return nil, err
	}
	if b.Len() > maxFileBytes {
		return nil, large
	}
	return b.Bytes(), nil
}

func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// cause is the reason in an error of the file system, without the path that it repeats.
func cause(err error) string {
	if bad, ok := errors.AsType[*fs.PathError](err); ok {
		return bad.Err.Error()
	}
	return err.Error()
}
