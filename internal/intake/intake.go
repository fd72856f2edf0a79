// Package intake makes documents of files and of what addresses give, converted if need be and looked at first. A
// Reader makes them; an Intake brings them into the folder that questions are answered from, each file written whole.
//
// The folder then holds SLUG.md (or .txt), which is what is loaded and may be edited, and under .originals, which is
// not loaded, the bytes that it was made of and where they came from.
package intake

import (
	"context"
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

// A Reader makes documents of files and of what addresses give. It is safe for use by several goroutines.
type Reader struct {
	Converter *convert.Converter // nil: texts only
	Fetcher   *fetch.Fetcher     // nil: no addresses
}

// A File is a file in memory. Nothing about it is trusted.
type File struct {
	Name      string // with its extension
	MediaType string // as somebody said; "" for unknown
	Data      []byte // at most 10 MiB
}

// A Request is a document to be brought in. Empty fields are taken from the document.
type Request struct {
	From      string // a path, or an address that begins with http:// or https://; "" with a File
	File      *File  // in place of From
	Name      string // of the document, without an extension
	Title     string
	Published time.Time
	Replace   bool // a document of the same name
	// Known is what the server of the address said about a copy that is there: Made.NotModified may come back.
	Known fetch.Validators
}

// Made is a document with all that it was made of, not yet kept anywhere.
type Made struct {
	Document     article.Document
	Path         string // the file's name that the text is parsed by: SLUG.md or SLUG.txt
	Text         []byte // what is parsed
	Original     []byte
	OriginalName string // SLUG.pdf
	From         string // the address, as it was asked for; "" for a file
	At           string // where that was in the end
	Validators   fetch.Validators
	Warnings     []Warning // what was left out and what is doubtful
	NotModified  bool      // the copy that is there still holds; there is nothing else
}

// A source is what was read before anything was made of it.
type source struct {
	data       []byte
	shown      string // what errors call it
	name       string // of the file, for its extension
	kind       convert.Kind
	url        string // where it was fetched, "" for a file
	charset    string
	mediaType  string
	validators fetch.Validators
}

// Make reads and converts a document. Errors that are not a *Refusal, a *fetch.Error, a *convert.Error or an
// *article.FileError are the system's, or the context's.
func (r Reader) Make(ctx context.Context, q Request) (Made, error) {
	s, err := r.read(ctx, q)
	if err != nil {
		return Made{}, err
	}
	m := Made{Original: s.data, At: s.url, Validators: s.validators, NotModified: s.data == nil}
	if IsAddress(q.From) {
		m.From = q.From
	}
	if m.NotModified {
		return m, nil
	}
	name, extension := q.Name, ".md"
	if s.kind == convert.Text {
		if format, command := article.Markup(s.name); format != "" && s.mediaType != "text/markdown" {
			return Made{}, &Refusal{Why: OtherMarkup, Format: format, Command: command, Text: s.shown + ": it is " + format +
				", which is not read here: convert it to Markdown (" + command + ")"}
		}
		extension = textExtension(s)
		m.Text, err = withFields(s, q)
		m.Warnings = unseen(s.data)
	} else {
		m.Text, name, m.Warnings, err = r.convert(ctx, s, q)
	}
	if err != nil {
		return Made{}, err
	}
	if name == "" {
		name = strings.TrimSuffix(s.name, path.Ext(s.name))
	}
	d, err := parse(s, name, extension, m.Text)
	if err != nil {
		return Made{}, err
	}
	// The slug is a name that every file system takes, and parses to itself.
	m.Path, m.OriginalName = d.Slug+extension, d.Slug+originalExtension(s)
	if m.Document, err = parse(s, d.Slug, extension, m.Text); err != nil {
		return Made{}, err
	}
	m.Warnings = append(m.Warnings, doubts(m.Document)...)
	return m, nil
}

// parse parses what is to be a file of the name. In what was converted nobody can look a line up.
func parse(s source, name, extension string, text []byte) (article.Document, error) {
	d, err := article.Parse(strings.NewReplacer("/", " ", `\`, " ").Replace(name)+extension, text)
	if bad, ok := errors.AsType[*article.FileError](err); ok {
		at := *bad
		at.Path = s.shown
		if s.kind != convert.Text {
			at.Line = 1
		}
		return article.Document{}, &at
	}
	return d, err
}

// read reads the file or fetches the address. There are no data where an address that is asked again did not change.
func (r Reader) read(ctx context.Context, q Request) (source, error) {
	switch {
	case q.File != nil:
		return fromMemory(*q.File)
	case !IsAddress(q.From):
		return readFile(q.From)
	case r.Fetcher == nil:
		return source{}, refuse(NoAddresses, q.From+": nothing is fetched from addresses here")
	}
	page, err := r.Fetcher.Get(ctx, strings.TrimSpace(q.From), q.Known)
	if err != nil {
		return source{}, err
	}
	s := source{shown: q.From, url: page.URL, charset: page.Charset, mediaType: page.Type, validators: page.Validators}
	if page.NotModified {
		return s, nil
	}
	if len(page.Body) == 0 {
		return source{}, refuse(Empty, q.From+": there is nothing at this address")
	}
	s.data = page.Body
	if u, err := url.Parse(page.URL); err == nil {
		s.name = path.Base(u.Path)
	}
	s.kind = convert.KindOf(s.name, s.mediaType, s.data)
	return s, nil
}

// IsAddress tells an address from a path.
func IsAddress(from string) bool {
	low := strings.ToLower(strings.TrimSpace(from))
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://")
}

func fromMemory(f File) (source, error) {
	name := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
	if name == "." || name == "/" {
		name = "document.txt"
	}
	return fromBytes(name, Printable(name), f.MediaType, f.Data)
}

// readFile reads a regular file within its bound.
func readFile(file string) (source, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return source{}, refuse(NoFile, file+": there is no such file; an address begins with https://")
	case err != nil:
		return source{}, err
	case info.IsDir():
		return source{}, refuse(NoFile, file+": that is a folder; name a file")
	case !info.Mode().IsRegular():
		return source{}, refuse(NoFile, file+": that is no regular file")
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
	return fromBytes(filepath.Base(file), file, "", data)
}

func fromBytes(name, shown, mediaType string, data []byte) (source, error) {
	if len(data) > maxFileBytes {
		return source{}, refuse(TooLarge, fmt.Sprintf("%s: larger than %d MiB: part it", shown, maxFileBytes>>20))
	}
	if len(data) == 0 {
		return source{}, refuse(Empty, shown+": the file is empty")
	}
	return source{data: data, shown: shown, name: name, mediaType: mediaType, kind: convert.KindOf(name, mediaType, data)},
		nil
}

// convert makes Markdown of what is no text, and proposes a name for it.
func (r Reader) convert(ctx context.Context, s source, q Request) (text []byte, name string, warnings []Warning,
	err error) {
	if r.Converter == nil {
		return nil, "", nil, refuse(OnlyTexts, "only texts can be added here: the program could not find its own file to "+
			"convert with")
	}
	d, err := r.Converter.Convert(ctx, s.kind, s.data, convert.Source{URL: s.url, Charset: s.charset})
	if err != nil {
		if ctx.Err() != nil {
			return nil, "", nil, err
		}
		return nil, "", nil, fmt.Errorf("%s: %w", s.shown, err)
	}
	d.URL = s.url
	if q.Title != "" {
		d.Title = q.Title
	}
	if !q.Published.IsZero() {
		d.Published = q.Published
	}
	for _, note := range d.Notes {
		if note.Kind == convert.Untold { // counted in the document itself, as of a text
			continue
		}
		warnings = append(warnings, Warning{Kind: Note, Note: note})
	}
	if d.Published.IsZero() && !d.Made.IsZero() {
		warnings = append(warnings, Warning{Kind: MadeOn, Day: d.Made})
	}
	name = q.Name
	if name == "" && s.url != "" {
		name = d.Title
	}
	return d.Markdown(), name, warnings, nil
}

// textExtension is the extension under which a text is kept.
func textExtension(s source) string {
	switch ext := strings.ToLower(path.Ext(s.name)); ext {
	case ".md", ".markdown", ".mkd", ".mdown":
		return ".md"
	case ".mdx":
		return ext
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
		} else if ext == ".odt" || strings.HasPrefix(s.mediaType, "application/vnd.oasis.opendocument.text") {
			return ".odt"
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
		return nil, refuse(OwnFields, s.shown+": it has a title and date of its own in its first lines: change them there")
	}
	if len(s.data) > 1 && (s.data[0] == 0xff || s.data[0] == 0xfe) {
		return nil, refuse(UTF16, s.shown+": it is UTF-16; save it as UTF-8 to give it a title or a date")
	}
	head := convert.Document{Title: q.Title, Published: q.Published, URL: s.url}.Markdown()
	return slices.Concat(head, []byte(strings.TrimPrefix(string(s.data), "\ufeff"))), nil
}
