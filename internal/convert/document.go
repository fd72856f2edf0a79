package convert

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Document is a converted file. Any field but the Body may be empty.
type Document struct {
	Title     string
	Author    string
	Source    string // the site or publisher
	URL       string // for the caller to set
	Published time.Time
	Made      time.Time // when the file says it was made: often, but not surely, the day of publication
	Notes     []Note    // what was left out and what is doubtful
	Body      string    // Markdown without front matter
}

// Markdown is the document as package article reads it: front matter, then the body.
func (d Document) Markdown() []byte {
	var b strings.Builder
	b.WriteString("---\n")
	for _, f := range []struct{ key, value string }{
		{"title", field(d.Title)}, {"author", field(d.Author)}, {"source", field(d.Source)}, {"url", d.URL},
		{"published", formatDay(d.Published)},
	} {
		if f.value != "" {
			b.WriteString(f.key + ": " + yamlString(f.value) + "\n")
		}
	}
	b.WriteString("---\n\n")
	b.WriteString(d.Body)
	return []byte(b.String())
}

// yamlString quotes a text for YAML, which reads strings of JSON.
func yamlString(s string) string {
	text, err := json.Marshal(s)
	if err != nil { // a string can always be written
		return `""`
	}
	return string(text)
}

// maxFieldRunes is what front matter takes of a title, an author, a source.
const maxFieldRunes = 300

// field makes a text fit for front matter: one line, not too long.
func field(s string) string {
	s = visible(strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "), nil)
	if utf8.RuneCountInString(s) > maxFieldRunes {
		s = strings.TrimSpace(string([]rune(s)[:maxFieldRunes-1])) + "…"
	}
	return s
}

func formatDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// parseDay reads the day in front of a date as machines write it: 2022-04-28, 2022-04-28T23:00:00+02:00, 20220428. The
// day is the author's, whatever the zone. Zero for what is none, or cannot be true.
func parseDay(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.DateOnly, "2006/01/02", "20060102"} {
		if len(s) < len(layout) || len(s) > len(layout) && s[len(layout)] >= '0' && s[len(layout)] <= '9' &&
			layout != "20060102" {
			continue
		}
		if t, err := time.Parse(layout, s[:len(layout)]); err == nil && t.Year() >= 1000 {
			return t
		}
	}
	return time.Time{}
}

// A draft is a document as a reader makes it.
type draft struct {
	title, author, source string
	published, made       time.Time
	blocks                []block
	left                  leftOut
	notes                 []Note
}

// words counts the blocks that say something.
func (d *draft) words() int {
	n := 0
	for _, b := range d.blocks {
		if b.kind != heading && (hasWord(b.text) || len(b.rows) > 1) {
			n++
		}
	}
	return n
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// leftOut counts what no reader of the original sees.
type leftOut struct {
	passages  int // stretches of hidden text
	words     int // in them
	comments  int
	pictures  int // descriptions of pictures
	invisible int // characters
	deletions int // words that a tracked change took out
	struck    int // words that a line goes through
	turned    int // words that stand across a page
	asides    int // comments of reviewers
}

func (l leftOut) notes() []Note {
	var all []Note
	for _, n := range []Note{
		{HiddenText, l.passages, l.words}, {Kind: InvisibleCharacters, N: l.invisible}, {Kind: SourceComments, N: l.comments},
		{Kind: PictureTexts, N: l.pictures}, {Kind: DeletedWords, N: l.deletions}, {Kind: StruckWords, N: l.struck},
		{Kind: TurnedWords, N: l.turned}, {Kind: ReviewComments, N: l.asides},
	} {
		if n.N > 0 {
			all = append(all, n)
		}
	}
	return all
}

// hide counts a stretch of hidden text.
func (l *leftOut) hide(text string) {
	if n := len(strings.Fields(text)); n > 0 && hasWord(text) {
		l.passages++
		l.words += n
	}
}

// visible drops characters that have no width and those that turn the direction of writing, and counts them unless
// count is nil. The joiners stay, for words of many scripts need them; package article drops those that do nothing.
func visible(s string, count *int) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad': // the soft hyphen, an honest one
			return -1
		case r == '\u200b', r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069',
			r == '\ufeff', r >= 0xe0000 && r <= 0xe007f, r >= 0xe0100 && r <= 0xe01ef:
			if count != nil {
				*count++
			}
			return -1
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			return ' '
		}
		return r
	}, s)
}

// plural writes a number with its word.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
