package article

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// slugOf makes a slug from a file's name: small letters, digits and hyphens, accents folded, at most MaxSlugBytes. A
// name without letter or digit is "document".
func slugOf(file string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(stem(file))) {
		switch {
		case plain[r] != "":
			b.WriteString(plain[r])
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsMark(r) || r == '\'' || r == '’': // an accent, or nothing that parts words
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := norm.NFC.String(b.String()) // Korean syllables whole again
	if len(slug) > MaxSlugBytes {
		cut := MaxSlugBytes
		for !utf8.RuneStart(slug[cut]) {
			cut--
		}
		slug = slug[:cut]
	}
	if slug = strings.Trim(slug, "-"); slug == "" {
		return "document"
	}
	return slug
}

// plain spells letters that decomposition does not reach.
var plain = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i",
}

// titleOf makes a title from a file's name.
func titleOf(file string) string {
	title := strings.Join(strings.FieldsFunc(clean(stem(file)), func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if title == "" {
		return "Untitled"
	}
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(first)) + title[size:]
}

// stem is the name of the file without folders and extension.
func stem(file string) string {
	name := path.Base(strings.ToValidUTF8(file, "-"))
	return strings.TrimSuffix(name, path.Ext(name))
}
