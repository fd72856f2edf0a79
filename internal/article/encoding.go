package article

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// magic holds the first bytes of files that are no text, with what people call them.
var magic = []struct{ prefix, name string }{
	{"%PDF-", "a PDF"},
	{"PK\x03\x04", "a ZIP archive or an Office document"},
	{"PK\x05\x06", "a ZIP archive"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"},
	{"{\\rtf", "a rich-text document"},
	{"%!PS", "a PostScript file"},
	{"\x7fELF", "a program"},
	{"MZ\x90\x00", "a program"},
	{"\xcf\xfa\xed\xfe", "a program"},
	{"\xca\xfe\xba\xbe", "a program"},
	{"\x00asm", "a program"},
	{"\x89PNG\r\n", "a picture"},
	{"\xff\xd8\xff", "a picture"},
	{"GIF87a", "a picture"},
	{"GIF89a", "a picture"},
	{"\x1f\x8b", "a compressed file"},
	{"BZh9", "a compressed file"},
	{"\xfd7zXZ\x00", "a compressed file"},
	{"\x28\xb5\x2f\xfd", "a compressed file"},
	{"7z\xbc\xaf\x27\x1c", "an archive"},
	{"Rar!\x1a\x07", "an archive"},
	{"SQLite format 3\x00", "a database"},
	{"OggS", "a recording"},
	{"ID3", "a recording"},
}

// decode returns the text of a file as UTF-8 with "\n" between its lines: UTF-8 with or without a byte order mark,
// UTF-16 with one, or Windows-1252. Valid UTF-8 is never taken for anything else. A file that is none of these is
// refused with the line and the byte offset, counting from 0, of what cannot be read.
func decode(path string, data []byte) (string, *FileError) {
	refuse := func(at int, msg string) *FileError {
		return &FileError{Path: path, Line: lineOf(data[:at]), Msg: fmt.Sprintf("byte %d: %s", at, msg)}
	}
	for _, m := range magic {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return "", &FileError{Path: path, Line: 1, Msg: fmt.Sprintf(
				"not a text but %s: convert it to plain text or Markdown", m.name)}
		}
	}
	var text string
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return "", refuse(0, "UTF-32 is not read: save the file as UTF-8")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		s, at, ok := decodeUTF16(data, binary.LittleEndian)
		if !ok {
			return "", &FileError{Path: path, Line: 1 + strings.Count(lineBreaks.Replace(s), "\n"),
				Msg: fmt.Sprintf("byte %d: broken UTF-16: save the file as UTF-8", at)}
		}
		text = s
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		s, at, ok := decodeUTF16(data, binary.BigEndian)
		if !ok {
			return "", &FileError{Path: path, Line: 1 + strings.Count(lineBreaks.Replace(s), "\n"),
				Msg: fmt.Sprintf("byte %d: broken UTF-16: save the file as UTF-8", at)}
		}
		text = s
	default:
		if at := bytes.IndexByte(data, 0); at >= 0 {
			return "", refuse(at, "a NUL byte, so this is not a text, or UTF-16 without a byte order mark: save it as UTF-8")
		}
		if utf8.Valid(data) {
			text = strings.TrimPrefix(string(data), "\ufeff")
			break
		}
		s, at, why := decode1252(data)
		if why != "" {
			return "", refuse(at, why)
		}
		text = s
	}
	if at := strings.IndexByte(text, 0); at >= 0 {
		return "", &FileError{Path: path, Line: 1 + strings.Count(lineBreaks.Replace(text[:at]), "\n"),
			Msg: "a NUL character, so this is not a text: convert it to plain text or Markdown"}
	}
	return unixLines(text), nil
}

// unixLines has "\n" at the end of each line. A text that has it already is not copied.
func unixLines(text string) string {
	for _, end := range []string{"\r", "\v", "\f", "\u0085", "\u2028", "\u2029"} {
		if strings.Contains(text, end) {
			return lineBreaks.Replace(text)
		}
	}
	return text
}

// lineBreaks turns every line break that Unicode knows into "\n".
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n",
	"\u2029", "\n")

// lineOf is the line behind the bytes, counting from 1.
func lineOf(before []byte) int {
	return 1 + bytes.Count(before, []byte("\n")) + bytes.Count(before, []byte("\r")) - bytes.Count(before, []byte("\r\n"))
}

// decodeUTF16 decodes what follows the byte order mark. Where that breaks off it returns the text so far and the
// offset.
func decodeUTF16(data []byte, order binary.ByteOrder) (text string, at int, ok bool) {
	var b strings.Builder
	b.Grow(sizeOf(data, order)) // and not twice as much by growing
	for i := 2; i < len(data); i += 2 {
		if i+1 == len(data) {
			return b.String(), i, false
		}
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) {
			if i+3 >= len(data) {
				return b.String(), i, false
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(data[i+2:]))); r == unicode.ReplacementChar {
				return b.String(), i, false
			}
			i += 2
		}
		b.WriteRune(r)
	}
	return b.String(), 0, true
}

// sizeOf is how many bytes UTF-16 takes as UTF-8, or a few more.
func sizeOf(data []byte, order binary.ByteOrder) (n int) {
	for i := 2; i+1 < len(data); i += 2 {
		if r := rune(order.Uint16(data[i:])); utf16.IsSurrogate(r) {
			n += 2 // one of a pair, which takes four
		} else {
			n += utf8.RuneLen(r)
		}
	}
	return n
}

// sequences counts the bytes that are not UTF-8 and the characters of several bytes; first is the first of the former,
// -1 for none.
func sequences(data []byte) (broken, multi, first int) {
	first = -1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if broken++; first < 0 {
				first = i
			}
		case size > 1:
			multi++
		}
		i += size
	}
	return broken, multi, first
}

// oddWithin reports whether the byte at i, r in Windows-1252, is ¿, ³ or ¹ between two letters: an encoding that has
// letters there.
func oddWithin(data []byte, i int, r rune) bool {
	return !unicode.IsLetter(r) && !strings.ContainsRune("’‘'–—…·-\u00ad\u00a0“”«»", r) &&
		i > 0 && i+1 < len(data) && letter1252(data[i-1]) && letter1252(data[i+1])
}

// decode1252 reads bytes that are not UTF-8 as Windows-1252, unless they are more likely something else; then it says
// why not, and where.
func decode1252(data []byte) (text string, at int, why string) {
	const advice = "save the file as UTF-8"
	broken, multi, first := sequences(data)
	if multi > broken { // by chance, Windows-1252 text hardly ever holds a valid sequence
		return "", first, "not UTF-8, though the rest of the file is: " + advice
	}
	var b strings.Builder
	size := len(data)
	for _, c := range data {
		if c >= utf8.RuneSelf {
			size += utf8.RuneLen(charmap.Windows1252.DecodeByte(c)) - 1
		}
	}
	b.Grow(size)
	high, odd, letters := 0, 0, 0
	for i, c := range data {
		r := charmap.Windows1252.DecodeByte(c)
		if r == unicode.ReplacementChar || r > 0x7f && r < 0xa0 {
			return "", i, "neither UTF-8 nor Windows-1252: " + advice
		}
		if unicode.IsLetter(r) {
			letters++
		}
		if c >= 0x80 {
			high++
			if oddWithin(data, i, r) {
				odd++
			}
		}
		b.WriteRune(r)
	}
	// No language of Western Europe has more than about one accented letter in eight; Cyrillic, Greek, Arabic, Chinese or
	// Japanese read as Windows-1252 has little else.
	const maxHighShare, maxOddShare = 3, 10
	if letters > 0 && high*maxHighShare > letters+high || odd*maxOddShare > high {
		return "", first, "neither UTF-8 nor Windows-1252 by the look of it: " + advice
	}
	return b.String(), 0, ""
}

func letter1252(c byte) bool { return unicode.IsLetter(charmap.Windows1252.DecodeByte(c)) }
