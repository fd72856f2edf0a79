package convert

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"
)

// smallText reads with a library of some thousand lines of Go, which needs no preparation and knows less.
func smallText(data []byte) (*pdfText, error) {
	r, err := openPDF(data)
	if err != nil {
		return nil, err
	}
	pages := r.NumPage()
	if pages > maxPages {
		return nil, refuse(fmt.Sprintf("there are more than %d pages in it", maxPages))
	}
	t := &pdfText{}
	glyphs := 0
	fonts := map[string]*pdfFont{}
	for n := 1; n <= pages; n++ {
		p, err := readPage(r.Page(n), fonts)
		if err != nil {
			t.unread++
		}
		if glyphs += len(p.glyphs); glyphs > maxGlyphs {
			return nil, refuse(fmt.Sprintf("there are more than %d letters in it", maxGlyphs))
		}
		t.left.hide(p.hidden.String())
		t.pages = append(t.pages, pdfPage{glyphs: p.glyphs})
	}
	info := r.Trailer().Key("Info")
	t.title, t.author, t.made = info.Key("Title").Text(), info.Key("Author").Text(), info.Key("CreationDate").Text()
	return t, nil
}

// openPDF opens a file whose opening may panic. An empty password is tried by the library.
func openPDF(data []byte) (r *pdf.Reader, err error) {
	defer func() {
		if recover() != nil {
			r, err = nil, refuse(damagedPDF)
		}
	}()
	if i := bytes.Index(data[:min(len(data), sniffed)], []byte("%PDF-")); i > 0 { // offsets count from the header
		data = data[i:]
	}
	r, err = pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword), err != nil && bytes.Contains(data, []byte("/Encrypt")):
		return nil, refuse("it is protected by a password: save it without")
	case err != nil:
		return nil, refuse(damagedPDF)
	}
	return r, nil
}

// readPage reads one page; with an error what was read before.
func readPage(p pdf.Page, fonts map[string]*pdfFont) (c *canvas, err error) {
	c = &canvas{fonts: fonts}
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("page: %v", cause)
		}
	}()
	if !p.V.IsNull() && p.V.Key("Contents").Kind() != pdf.Null {
		c.show(p.V.Key("Contents"), p.Resources(), identity, 0)
	}
	return c, nil
}

// fontPrograms finds the programs of Type 1 fonts by name, for those that PDFium could not load: the beginning, which
// says which letters their codes are, is often whole.
func fontPrograms(data []byte) func(name string) []byte {
	var all map[string][]byte
	return func(name string) []byte {
		if all == nil {
			all = map[string][]byte{}
			collectFonts(data, all)
		}
		return all[name]
	}
}

// collectFonts reads the fonts of the first pages. Whatever goes wrong ends it.
func collectFonts(data []byte, all map[string][]byte) {
	defer func() { _ = recover() }()
	r, err := openPDF(data)
	if err != nil {
		return
	}
	const pages, most = 50, 64 << 10 // bytes of a program that are read
	for n := 1; n <= min(r.NumPage(), pages); n++ {
		fonts := r.Page(n).Resources().Key("Font")
		for _, key := range fonts.Keys() {
			f := fonts.Key(key)
			file := f.Key("FontDescriptor").Key("FontFile")
			if name := f.Key("BaseFont").Name(); all[name] == nil && file.Kind() == pdf.Stream {
				program := file.Reader()
				head, _ := io.ReadAll(io.LimitReader(program, most))
				_ = program.Close()
				all[name] = head
			}
		}
	}
}
