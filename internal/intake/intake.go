// Package intake brings documents into the folder that questions are answered from: out of a file or from an address,
// converted if need be, looked at first, and written whole.
//
// The folder then holds SLUG.md (or .txt), which is what is loaded and may be edited, and under .originals, which is not
// loaded, the bytes that it was made of and where they came from.
package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
)

// maxFileBytes is the largest file that is taken, as in a folder.
const maxFileBytes = 10 << 20

// An Intake serves one folder. One call at a time.
type Intake struct {
	Dir       string
	Converter *convert.Converter // nil: texts only
	Fetcher   *fetch.Fetcher
	// Load loads the folder as it is.
	Load func() (*article.Corpus, error)
	Now  func() time.Time
}

// A Request is a document to be brought in. Empty fields are taken from the document.
type Request struct {
	From      string // a path, or an address that begins with http:// or https://
	Name      string // of the file, without its extension
	Title     string
	Published time.Time
	Replace   bool // a document of the same name
}

// A Proposal is a document that is ready to be written.
type Proposal struct {
	Document article.Document
	Path     string   // of the document, below the folder
	Original string   // of what it was made of, below the folder
	Warnings []string // what was left out and what is doubtful, a sentence each
	// Of a replacement:
	Replaces       bool
	Added, Removed int  // paragraphs
	Unchanged      bool // nothing needs to be written

	file, original, origin []byte
}

// A Refusal is an error whose text says, to the person who asked, what is wrong and what to do.
type Refusal struct{ Text string }

// Error returns the text.
func (r *Refusal) Error() string { return r.Text }

func refuse(format string, args ...string) error {
	text := format
	for _, a := range args {
		text = strings.Replace(text, "%s", a, 1)
	}
	return &Refusal{text}
}

// originals is the folder of originals. Its name hides it from article.Load.
const originals = ".originals"

// An origin is what is kept about where a document came from.
type origin struct {
	From         string    `json:"from"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Fetched      time.Time `json:"fetched"`
	SHA256       string    `json:"sha256"` // of the original
	File         string    `json:"file"`   // its name
}

// A source is what was read before anything was made of it.
type source struct {
	data       []byte
	name       string // of the file, for its extension
	kind       convert.Kind
	url        string // where it was fetched, "" for a file
	charset    string
	mediaType  string
	validators fetch.Validators
}

// Prepare reads and converts a document and holds it against the folder. Nothing is written. Errors that are not a *Refusal, a
// *fetch.Error, a *convert.Error or an *article.FileError are the system's.
func (in *Intake) Prepare(ctx context.Context, q Request) (Proposal, error) {
	corpus, err := in.Load()
	if corpus == nil {
		return Proposal{}, err
	}
	s, err := in.read(ctx, q)
	if err != nil {
		return Proposal{}, err
	}
	if s.data == nil {
		return Proposal{Unchanged: true}, nil
	}
	p := Proposal{original: s.data}
	name, extension := q.Name, ".md"
	if s.kind == convert.Text {
		extension = textExtension(s)
		p.file, err = withFields(s, q)
	} else {
		p.file, name, err = in.convert(ctx, s, q, &p)
	}
	if err != nil {
		return Proposal{}, err
	}
	if name == "" {
		name = strings.TrimSuffix(s.name, path.Ext(s.name))
	}
	file := strings.NewReplacer("/", " ", `\`, " ").Replace(name) + extension
	d, err := article.Parse(file, p.file)
	if err != nil {
		return Proposal{}, err
	}
	// The slug is a name that every file system takes, and parses to itself.
	p.Path = d.Slug + extension
	if d, err = article.Parse(p.Path, p.file); err != nil {
		return Proposal{}, err
	}
	p.Document = d
	p.Original = path.Join(originals, d.Slug+originalExtension(s))
	if p.origin, err = in.originOf(q, s, p.Original); err != nil {
		return Proposal{}, err
	}
	if d.Published.IsZero() {
		p.Warnings = append(p.Warnings, "it has no date of publication: without one, years that are not printed cannot be told")
	}
	if d.Promos > 0 {
		p.Warnings = append(p.Warnings, fmt.Sprintf("promotional inserts were taken out: %d", d.Promos))
	}
	return p, in.compare(corpus, q, &p)
}

// read reads the file or fetches the address. There are no data where an address that is fetched again did not change.
func (in *Intake) read(ctx context.Context, q Request) (source, error) {
	if !isAddress(q.From) {
		return readFile(q.From)
	}
	page, err := in.Fetcher.Get(ctx, q.From, in.known(q))
	if err != nil || page.NotModified {
		return source{}, err
	}
	if len(page.Body) == 0 {
		return source{}, refuse("%s: there is nothing at this address", q.From)
	}
	s := source{data: page.Body, url: page.URL, charset: page.Charset, mediaType: page.Type, validators: page.Validators}
	if u, err := url.Parse(page.URL); err == nil {
		s.name = path.Base(u.Path)
	}
	s.kind = convert.KindOf(s.name, s.mediaType, s.data)
	return s, nil
}

func isAddress(from string) bool {
	low := strings.ToLower(strings.TrimSpace(from))
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://")
}

// readFile reads a regular file within its bound.
func readFile(file string) (source, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return source{}, refuse("%s: there is no such file; an address begins with https://", file)
	case err != nil:
		return source{}, err
	case info.IsDir():
		return source{}, refuse("%s: that is a folder; name a file", file)
	case !info.Mode().IsRegular():
		return source{}, refuse("%s: that is no regular file", file)
	}
	f, err := os.Open(file)
	if err != nil {
		return source{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err != nil {
		return source{}, err
	}
	if len(data) > maxFileBytes {
		return source{}, refuse("%s: larger than "+fmt.Sprint(maxFileBytes>>20)+" MiB: part it", file)
	}
	if len(data) == 0 {
		return source{}, refuse("%s: the file is empty", file)
	}
	name := filepath.Base(file)
	return source{data: data, name: name, kind: convert.KindOf(name, "", data)}, nil
}

// convert makes Markdown of what is no text, and proposes a name for it.
func (in *Intake) convert(ctx context.Context, s source, q Request, p *Proposal) (file []byte, name string, err error) {
	if in.Converter == nil {
		return nil, "", refuse("only texts can be added here: the program could not find its own file to convert with")
	}
	d, err := in.Converter.Convert(ctx, s.kind, s.data, convert.Source{URL: s.url, Charset: s.charset})
	if err != nil {
		if ctx.Err() != nil {
			return nil, "", err
		}
		return nil, "", fmt.Errorf("%s: %w", q.From, err)
	}
	d.URL = s.url
	if q.Title != "" {
		d.Title = q.Title
	}
	if !q.Published.IsZero() {
		d.Published = q.Published
	}
	p.Warnings = d.Notes
	if d.Published.IsZero() && !d.Made.IsZero() {
		p.Warnings = append(p.Warnings, fmt.Sprintf("the file was made on %s: if it was published then, add --published %[1]s",
			d.Made.Format(time.DateOnly)))
	}
	name = q.Name
	if name == "" && s.url != "" {
		name = d.Title
	}
	return d.Markdown(), name, nil
}

// textExtension is the extension under which a text is kept.
func textExtension(s source) string {
	switch ext := strings.ToLower(path.Ext(s.name)); ext {
	case ".md", ".markdown":
		return ".md"
	case "":
		if s.mediaType == "text/markdown" {
			return ".md"
		}
	}
	return ".txt"
}

func originalExtension(s source) string {
	switch s.kind {
	case convert.HTML:
		return ".html"
	case convert.PDF:
		return ".pdf"
	case convert.Archive:
		if ext := strings.ToLower(path.Ext(s.name)); ext == ".epub" || s.mediaType == "application/epub+zip" {
			return ".epub"
		}
		return ".docx"
	}
	return textExtension(s)
}

// withFields puts front matter in front of a text that has none and needs some.
func withFields(s source, q Request) ([]byte, error) {
	if q.Title == "" && q.Published.IsZero() && s.url == "" {
		return s.data, nil
	}
	if strings.HasPrefix(strings.TrimPrefix(string(s.data[:min(len(s.data), 16)]), "\ufeff"), "---") {
		if q.Title == "" && q.Published.IsZero() {
			return s.data, nil
		}
		return nil, refuse("%s: it has a title and date of its own in its first lines: change them there", q.From)
	}
	if len(s.data) > 1 && (s.data[0] == 0xff || s.data[0] == 0xfe) {
		return nil, refuse("%s: it is UTF-16; save it as UTF-8 to give it a title or a date", q.From)
	}
	head := convert.Document{Title: q.Title, Published: q.Published, URL: s.url}.Markdown()
	return slices.Concat(head, []byte(strings.TrimPrefix(string(s.data), "\ufeff"))), nil
}

func (in *Intake) originOf(q Request, s source, file string) ([]byte, error) {
	sum := sha256.Sum256(s.data)
	return json.MarshalIndent(origin{
		From: q.From, ETag: s.validators.ETag, LastModified: s.validators.LastModified, Fetched: in.Now().UTC().Truncate(time.Second),
		SHA256: hex.EncodeToString(sum[:]), File: path.Base(file),
	}, "", "  ")
}

// compare holds the proposal against what is loaded.
func (in *Intake) compare(corpus *article.Corpus, q Request, p *Proposal) error {
	old, taken := corpus.Document(p.Document.Slug)
	if !taken {
		if _, err := os.Lstat(filepath.Join(in.Dir, filepath.FromSlash(p.Path))); err == nil && !q.Replace {
			return refuse("there is a file %s already, which could not be loaded: add --replace, or another --name", p.Path)
		}
		return nil
	}
	if old.Path != p.Path {
		return refuse("it would be called %s like "+old.Path+": give it another --name", p.Document.Slug)
	}
	p.Replaces = true
	before, after := count(old), count(p.Document)
	for text, n := range after {
		p.Added += max(0, n-before[text])
	}
	for text, n := range before {
		p.Removed += max(0, n-after[text])
	}
	was, err := article.NewCorpus(old)
	if err != nil {
		return err
	}
	is, err := article.NewCorpus(p.Document)
	if err != nil {
		return err
	}
	p.Unchanged = was.Digest() == is.Digest()
	if !q.Replace && !p.Unchanged {
		return refuse("there is a document %s already: add --replace to put this one in its place, or another --name", p.Document.Slug)
	}
	return nil
}

// count counts each paragraph's text.
func count(d article.Document) map[string]int {
	texts := map[string]int{}
	for _, p := range d.Passages {
		texts[p.Text]++
	}
	return texts
}
