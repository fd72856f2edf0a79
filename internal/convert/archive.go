package convert

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The bounds of an archive.
const (
	maxInflated = 64 << 20 // bytes of all the parts that are read; the XML of a long book has a tenth
	maxEntries  = 10_000
)

// An archive is a ZIP whose parts are looked up by their exact name. A name is never a path of this machine.
type archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be inflated
}

var (
	errNoPart   = errors.New("no such part")
	errInflated = refuse(fmt.Sprintf("it inflates to more than %d MiB", maxInflated>>20))
)

// readArchive reads a DOCX, an ODT or an EPUB, whichever it is.
func readArchive(data []byte) (*draft, error) { return readArchiveWithin(data, maxInflated) }

func readArchiveWithin(data []byte, inflated int64) (*draft, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, refuse("the archive is damaged or cut short")
	}
	if len(r.File) > maxEntries {
		return nil, refuse(fmt.Sprintf("there are more than %d files in the archive", maxEntries))
	}
	a := &archive{parts: make(map[string]*zip.File, len(r.File)), left: inflated}
	for _, f := range r.File {
		// readers differ on which one counts, so there is no telling what a person saw
		if _, twice := a.parts[f.Name]; twice {
			return nil, refuse("the archive holds two files of one name")
		}
		a.parts[f.Name] = f
	}
	if mime, err := a.read("mimetype"); err == nil {
		switch kind := strings.TrimSpace(string(mime)); {
		case kind == "application/epub+zip":
			return readEPUB(a)
		case strings.HasPrefix(kind, "application/vnd.oasis.opendocument.text"):
			return readODT(a)
		case strings.HasPrefix(kind, "application/vnd.oasis.opendocument"):
			return nil, refuse("an OpenDocument file that is no text: save it as PDF")
		}
	}
	switch {
	case a.mainPart() != "":
		return readDOCX(a)
	case a.has("META-INF/container.xml"):
		return readEPUB(a)
	case a.has("xl/workbook.xml"):
		return nil, refuse("a spreadsheet: save what it says as text")
	case a.has("ppt/presentation.xml"):
		return nil, refuse("slides: save them as PDF")
	}
	return nil, refuse("a ZIP archive that is neither a DOCX nor an EPUB")
}

func (a *archive) has(name string) bool { return a.parts[name] != nil }

// read inflates a part. The error is errNoPart where there is none of that name, else an *Error.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, errNoPart
	}
	const encrypted = 1 // APPNOTE.TXT 4.4.4, bit 0 of the general purpose flag
	if f.Flags&encrypted != 0 {
		return nil, refuse("it is protected by a password: save it without")
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse("the archive is damaged, or packed in a way that is not known")
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, a.left+1))
	if a.left -= int64(len(data)); a.left < 0 {
		return nil, errInflated
	}
	if err != nil {
		return nil, refuse("the archive is damaged or cut short")
	}
	return data, nil
}
