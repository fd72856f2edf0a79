package article

import (
	"cmp"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pilcrow/internal/lexicon"
)

// noName is the slug of a file whose name has neither letter nor digit.
const noName = "document"

// slugOf makes a slug from a file's name: small letters, digits and hyphens, accents folded, at most MaxSlugBytes. A
// name without letter or digit is "document".
func slugOf(file string) string {
	return cmp.Or(cutSlug(slugText(stem(file)), MaxSlugBytes), noName)
}

// slugText makes a slug of any length from a text, "" for one without letter or digit.
func slugText(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
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
	return strings.Trim(norm.NFC.String(b.String()), "-") // Korean syllables whole again
}

// cutSlug shortens a slug to at most limit bytes.
func cutSlug(slug string, limit int) string {
	if len(slug) > limit {
		for !utf8.RuneStart(slug[limit]) {
			limit--
		}
		slug = slug[:limit]
	}
	return strings.Trim(slug, "-")
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

// postFolders are those where generators of pages look for posts, whose files have their day in front of their name.
var postFolders = lexicon.Set("_posts blog posts news")

// takePath takes from the file's path what the text does not say: the day of a post or of a daily note, and the version
// of pages that Docusaurus keeps for older ones, "versioned_docs/version-1.0/…", which are called as today's are.
func (d *Document) takePath() {
	name, day := stem(d.Path), time.Time{}
	if len(name) >= len(time.DateOnly) {
		day, _ = time.Parse(time.DateOnly, name[:len(time.DateOnly)])
	}
	rest := name[min(len(name), len(time.DateOnly)):]
	if d.Published.IsZero() && (rest == "" || rest[0] == '-' && postFolders[path.Base(path.Dir(d.Path))]) {
		d.Published = day
	}
	folders := strings.Split(d.Path, "/")
	for i := range len(folders) - 1 {
		version, ok := strings.CutPrefix(folders[i+1], "version-")
		if ok && strings.HasSuffix(folders[i], "versioned_docs") && i+2 < len(folders) &&
			!strings.Contains(d.Title, version) {
			d.Title = cut(d.Title+" ("+clean(version)+")", maxFieldRunes)
		}
	}
}

// stem is the name of the file without folders and extension.
func stem(file string) string {
	name := path.Base(strings.ToValidUTF8(file, "-"))
	return strings.TrimSuffix(name, path.Ext(name))
}

// SlugOf is the slug that a file of that name is given, unless another has it.
func SlugOf(file string) string { return slugOf(file) }
