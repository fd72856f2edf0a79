package convert

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"
)

// The bounds of a PDF. Memory and time bound it, too.
const (
	maxPages  = 5000
	maxGlyphs = 10_000_000
)

// readPDF rebuilds the text of a PDF, which knows neither words nor paragraphs, from where its letters stand.
func readPDF(data []byte) (*draft, error) {
	r, err := openPDF(data)
	if err != nil {
		return nil, err
	}
	d := &draft{}
	pages := r.NumPage()
	if pages > maxPages {
		return nil, refuse(fmt.Sprintf("there are more than %d pages in it", maxPages))
	}
	var all []page
	glyphs, unread := 0, 0
	fonts := map[string]*pdfFont{}
	for n := 1; n <= pages; n++ {
		p, err := readPage(r.Page(n), fonts)
		if err != nil {
			unread++
		}
		if glyphs += len(p.glyphs); glyphs > maxGlyphs {
			return nil, refuse(fmt.Sprintf("there are more than %d letters in it", maxGlyphs))
		}
		d.left.hide(p.hidden.String())
		all = append(all, page{lines: linesOf(p.glyphs)})
	}
	if unread > 0 {
		d.notes = append(d.notes, plural(unread, "page is damaged and was", "pages are damaged and were")+" not read to the end")
	}
	info := r.Trailer().Key("Info")
	d.author, d.made = info.Key("Author").Text(), pdfDay(info.Key("CreationDate").Text())
	layOut(d, all)
	if title := strings.TrimSpace(info.Key("Title").Text()); hasWord(title) && !junkTitle.MatchString(title) {
		d.title = title
	}
	if d.words() == 0 && pages > 0 {
		return nil, refuse("there is no text in it: its pages are pictures, perhaps scanned; run a text recognition over it")
	}
	if unknown, letters := unreadable(d.blocks); unknown*10 > letters {
		return nil, refuse("its letters cannot be told: its fonts do not say which they are; save it anew or as text")
	} else if unknown > 0 {
		d.notes = append(d.notes, plural(unknown, "letter", "letters")+" could not be told and became �")
	}
	return d, nil
}

// openPDF opens a file whose opening may panic. An empty password is tried by the library.
func openPDF(data []byte) (r *pdf.Reader, err error) {
	defer func() {
		if recover() != nil {
			r, err = nil, refuse("the PDF is damaged or cut short")
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
		return nil, refuse("the PDF is damaged or cut short")
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

var (
	junkTitle = regexp.MustCompile(`(?i)^(untitled|document\d*|microsoft word|powerpoint|slide \d)\b` +
		`|\.(docx?|tex|dvi|indd|qxd|pdf|rtf|odt|html?)$`)
	dayInPDF = regexp.MustCompile(`^(?:D:)?(\d{8})`) // PDF 1.7, 7.9.4
)

func pdfDay(s string) (day time.Time) {
	if m := dayInPDF.FindStringSubmatch(s); m != nil {
		day = parseDay(m[1])
	}
	return day
}

// unreadable counts the letters that could not be told, and all.
func unreadable(blocks []block) (unknown, letters int) {
	for _, b := range blocks {
		unknown += strings.Count(b.text, "�")
		letters += len(b.text)
	}
	return unknown, letters
}
