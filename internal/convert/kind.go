package convert

import (
	"bytes"
	"path"
	"strings"
)

// A Kind is a family of formats that one reader reads.
type Kind string

// The kinds. Text is all that package article reads, or refuses, by itself: plain text and Markdown, and what is none.
const (
	Text    Kind = "text"
	HTML    Kind = "html"
	PDF     Kind = "pdf"
	Archive Kind = "archive" // a ZIP: DOCX, ODT or EPUB, or it is refused
)

// sniffed is how much of a file tells its kind, in bytes.
const sniffed = 1024 // PDF 1.7, appendix H: readers accept the header anywhere in the first 1024 bytes

// KindOf says how to read a file. Its first bytes decide; the name, or the media type that a server gave it, only tell
// text from HTML that begins like a text. Both may be "".
func KindOf(name, mediaType string, data []byte) Kind {
	head := data[:min(len(data), sniffed)]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return Archive
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF
	case beginsHTML(head):
		return HTML
	}
	ext := strings.ToLower(path.Ext(name))
	binary := bytes.IndexByte(head, 0) >= 0 && !bytes.HasPrefix(head, []byte("\xff\xfe")) &&
		!bytes.HasPrefix(head, []byte("\xfe\xff"))
	switch {
	case (ext == ".pdf" || mediaType == "application/pdf") && bytes.Contains(head, []byte("%PDF-")):
		return PDF
	case binary:
		return Text
	case ext == ".html", ext == ".htm", ext == ".xhtml", mediaType == "text/html", mediaType == "application/xhtml+xml":
		return HTML
	}
	return Text
}

// beginsHTML reports whether the first tag of a text that begins with a tag is one that only whole pages begin with.
func beginsHTML(head []byte) bool {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\ufeff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	text := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(string(head), "\x00", ""))) // UTF-16 has NULs between
	for {
		switch {
		case strings.HasPrefix(text, "<!--"):
			_, rest, ok := strings.Cut(text, "-->")
			if !ok {
				return false
			}
			text = strings.TrimSpace(rest)
		case strings.HasPrefix(text, "<?xml"):
			_, rest, ok := strings.Cut(text, "?>")
			if !ok {
				return false
			}
			text = strings.TrimSpace(rest)
		case strings.HasPrefix(text, "<!doctype"):
			return strings.HasPrefix(strings.TrimSpace(text[len("<!doctype"):]), "html")
		default:
			return strings.HasPrefix(text, "<html") || strings.HasPrefix(text, "<head>") || strings.HasPrefix(text, "<body")
		}
	}
}
