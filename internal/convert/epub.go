package convert

import (
	"errors"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// maxChapters bounds the files that the text of a book is spread over.
const maxChapters = 5000

// readEPUB reads a book: https://www.w3.org/TR/epub-33/. Its chapters come in the order in which they are read.
func readEPUB(a *archive) (*draft, error) {
	if err := unprotected(a); err != nil {
		return nil, err
	}
	container, err := a.xml("META-INF/container.xml")
	if err != nil {
		return nil, broken(err)
	}
	file := container.child("container", "rootfiles", "rootfile").attr("full-path")
	root, err := a.xml(file)
	if err != nil {
		return nil, broken(err)
	}
	book := root.child("package")
	d := &draft{}
	bookMetadata(d, book.child("metadata"))
	type part struct{ name, properties, kind string }
	parts := map[string]part{}
	for i := range book.child("manifest").all("item") {
		href, err := url.PathUnescape(i.attr("href"))
		if err == nil {
			parts[i.attr("id")] = part{path.Join(path.Dir(file), href), i.attr("properties"), i.attr("media-type")}
		}
	}
	missing, chapters := 0, 0
	for ref := range book.child("spine").all("itemref") {
		p, ok := parts[ref.attr("idref")]
		if ref.attr("linear") == "no" || ok && (strings.Contains(p.properties, "nav") || !strings.Contains(p.kind, "html")) {
			continue
		}
		if chapters++; chapters > maxChapters {
			return nil, refuse("there are too many chapters in it")
		}
		data, err := a.read(p.name)
		if errors.Is(err, errNoPart) {
			missing++
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := d.chapter(data); err != nil {
			return nil, err
		}
	}
	if missing > 0 {
		d.notes = append(d.notes, Note{Kind: MissingChapters, N: missing})
	}
	return d, nil
}

// broken says that a part without which there is no book is not there.
func broken(err error) error {
	if errors.Is(err, errNoPart) {
		return refuse("the book has no list of its chapters: the file is damaged")
	}
	return err
}

// chapter adds the text of one chapter.
func (d *draft) chapter(data []byte) error {
	text, err := decodeHTML(data, "")
	if err != nil {
		return err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return refuse("its elements are nested too deeply to be read")
	}
	stripHidden(root, &d.left)
	plainInline(root)
	d.blocks = append(d.blocks, htmlBlocks(bodyOf(root), d.title)...)
	return nil
}

// unprotected refuses books whose text is enciphered. Fonts may be: they are not read.
func unprotected(a *archive) error {
	list, err := a.xml("META-INF/encryption.xml")
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	for e := range list.all("EncryptedData") {
		switch e.child("EncryptionMethod").attr("Algorithm") {
		case "http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC":
		default:
			return refuse("the book is protected against copying, so it cannot be read")
		}
	}
	return nil
}

func bookMetadata(d *draft, m *element) {
	if m == nil {
		return
	}
	var authors []string
	for _, e := range m.children {
		text := strings.TrimSpace(e.content())
		switch {
		case e.name == "title" && d.title == "":
			d.title = text
		case e.name == "creator" && text != "":
			authors = append(authors, text)
		case e.name == "publisher" && d.source == "":
			d.source = text
		case e.name == "date" && d.published.IsZero() && (e.attr("event") == "" || e.attr("event") == "publication"):
			d.published = parseDay(text)
		}
	}
	d.author = strings.Join(authors, ", ")
}
