package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/fetch"
)

// An Origin is where a document of the folder came from.
type Origin struct {
	From      string    // the address or path
	SHA256    string    // of what it gave, in hexadecimal
	Fetched   time.Time // when it last gave it, or said that it had not changed
	GoneSince time.Time // since when there is no such page; zero while there is
	GoneWhy   string
}

// maxOrigins bounds the documents of a folder whose origin is read.
const maxOrigins = 10_000

// Origins returns the origins of the folder's documents by slug. What cannot be read is left out.
func (in *Intake) Origins() map[string]Origin {
	all := map[string]Origin{}
	root, err := os.OpenRoot(in.Dir)
	if err != nil {
		return all
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), Originals)
	if err != nil {
		return all
	}
	for _, e := range entries[:min(len(entries), maxOrigins)] {
		slug, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok {
			continue
		}
		if o, ok := readOrigin(root, path.Join(Originals, e.Name())); ok {
			all[slug] = o.public()
		}
	}
	return all
}

func (o origin) public() Origin {
	p := Origin{From: o.From, SHA256: o.SHA256, Fetched: o.Fetched, GoneWhy: o.GoneWhy}
	if o.GoneSince != nil {
		p.GoneSince = *o.GoneSince
	}
	return p
}

// A Visit is what asking an address again came to.
type Visit int

// The visits.
const (
	Left        Visit = iota // not asked: it came from no address, or somebody edited the document since
	NotModified              // the page is as it was
	Rewritten                // the document was written anew
)

// Gone reports whether an error of a fetch means that the page, or its host, is there no longer.
func Gone(err error) bool {
	dns, ok := errors.AsType[*net.DNSError](err)
	return errors.Is(err, fetch.ErrGone) || ok && dns.IsNotFound
}

// Refresh asks the address of a document of the folder again, and writes the document anew if the page changed. A
// document that was edited since it was written is left alone. Where the page is gone, the error satisfies Gone; the
// document stays, and when that was found first is kept beside it.
func (in *Intake) Refresh(ctx context.Context, slug string) (Visit, error) {
	root, err := os.OpenRoot(in.Dir)
	if err != nil {
		return Left, err
	}
	defer root.Close()
	o, ok := readOrigin(root, originFile(slug))
	if !ok || !IsAddress(o.From) || o.Written == "" {
		return Left, nil
	}
	file, text, ok := copyOf(root, slug)
	if sum := checksum(text); !ok || sum != o.Written && sum != o.Before {
		return Left, nil
	}
	whole := checksum(text) == o.Written // else the program ended between the two files: the page is read anew
	q, ok := o.again(slug, whole)
	if !ok {
		return Left, nil
	}
	m, err := in.reader().Make(ctx, q)
	now := in.Now().UTC().Truncate(time.Second)
	if err != nil {
		if Gone(err) && o.GoneSince == nil {
			o.GoneSince, o.GoneWhy = &now, err.Error()
			err = errors.Join(err, keepOrigin(root, slug, o))
		}
		return NotModified, err
	}
	if m.NotModified || whole && checksum(m.Original) == o.SHA256 {
		o.Fetched, o.GoneSince, o.GoneWhy = now, nil, ""
		if !m.NotModified {
			o.ETag, o.LastModified = m.Validators.ETag, m.Validators.LastModified
		}
		return NotModified, keepOrigin(root, slug, o)
	}
	p, err := in.proposal(m, q)
	if err != nil {
		return NotModified, err
	}
	if p.Path != file {
		return NotModified, fmt.Errorf("what %s gives now would be %s, not %s: take %[3]s away and add it again", o.From,
			p.Path, file)
	}
	if bytes.Equal(p.file, text) {
		err = writeOrigin(root, p)
		return NotModified, err
	}
	return Rewritten, in.Write(p)
}

// again is the request for the page of a document; known tells that what the document was made of need not be sent
// again. ok is false where somebody edited the origin: it is theirs now.
func (o origin) again(slug string, known bool) (q Request, ok bool) {
	q = Request{From: o.From, Name: slug, Title: o.Title, Replace: true}
	if o.Published != "" {
		day, err := time.Parse(time.DateOnly, o.Published)
		if err != nil {
			return q, false
		}
		q.Published = day
	}
	if known {
		q.Known = fetch.Validators{ETag: o.ETag, LastModified: o.LastModified}
	}
	return q, true
}

// copyOf reads the document of the slug where Write puts it.
func copyOf(root *os.Root, slug string) (file string, text []byte, ok bool) {
	for _, ext := range []string{".md", ".mdx", ".txt"} {
		info, err := root.Stat(slug + ext)
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxFileBytes {
			continue
		}
		if text, err = root.ReadFile(slug + ext); err == nil {
			return slug + ext, text, true
		}
	}
	return "", nil, false
}

func keepOrigin(root *os.Root, slug string, o origin) error {
	data, err := o.json()
	if err != nil {
		return err
	}
	return WriteWhole(root, originFile(slug), data)
}

// writeOrigin keeps what is known of where a document came from, and the original, where the document itself is the
// same.
func writeOrigin(root *os.Root, p Proposal) error {
	if err := WriteWhole(root, p.Original, p.original); err != nil {
		return err
	}
	return WriteWhole(root, originFile(p.Document.Slug), p.origin)
}

// Addresses returns the slugs of the folder's documents that came from an address, in order.
func (in *Intake) Addresses() []string {
	var slugs []string
	for slug, o := range in.Origins() {
		if IsAddress(o.From) {
			slugs = append(slugs, slug)
		}
	}
	slices.Sort(slugs)
	return slugs
}
