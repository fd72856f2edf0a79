package intake

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
)

// A Why tells refusals apart.
type Why int

// The reasons of a Refusal.
const (
	NoFile      Why = iota + 1 // there is no such file, or it is none
	NoAddresses                // nothing is fetched here
	Empty                      // the file, or what the address gave
	TooLarge                   // more than 10 MiB
	OnlyTexts                  // nothing can be converted here
	OtherMarkup                // it is text with the marks of a format that is not read
	OwnFields                  // a title or day is given, and the text has front matter of its own
	UTF16                      // a title or day is given, and the text is UTF-16
	Exists                     // there is a document of that name
	Elsewhere                  // there is one of that name, in another file
	Broken                     // there is a file of that name, which could not be loaded
)

// A Refusal is an error whose text says, to a person at a terminal, what is wrong and what to do. Elsewhere Why tells.
type Refusal struct {
	Why  Why
	Text string
	Slug string // of the document that is in the way

	Format, Command string // of OtherMarkup: as article.Markup has them
}

// Error returns the text.
func (r *Refusal) Error() string { return r.Text }

func refuse(why Why, text string) error { return &Refusal{Why: why, Text: text} }

// A Doubt says what a Warning is about.
type Doubt int

// The doubts.
const (
	Note     Doubt = iota + 1 // Note says what was left out when the file was converted, or what is doubtful about it
	NoDate                    // it has no day of publication
	MadeOn                    // the file was made on Day, which may be the day of publication
	Promos                    // N promotional inserts were taken out
	Unseen                    // N characters that a reader does not see were taken out
	OverLong                  // N paragraphs are longer than LongRunes
)

// LongRunes is how many characters a paragraph has that fits one message of Discord.
const LongRunes = 2000

// A Warning is one thing to look at before a document is kept.
type Warning struct {
	Kind Doubt
	N    int
	Day  time.Time
	Note convert.Note
}

// String is the warning for a person at a terminal.
func (w Warning) String() string {
	switch w.Kind {
	case NoDate:
		return "it has no date of publication: without one, years that are not printed cannot be told"
	case MadeOn:
		return fmt.Sprintf("the file was made on %s: if it was published then, add --published %[1]s",
			w.Day.Format(time.DateOnly))
	case Promos:
		return fmt.Sprintf("promotional inserts were taken out: %d", w.N)
	case Unseen:
		return fmt.Sprintf("left out: characters that readers do not see: %d", w.N)
	case OverLong:
		return fmt.Sprintf("paragraphs longer than %d characters, which are shown in part: %d", LongRunes, w.N)
	}
	return w.Note.String()
}

// doubts are those that the document itself gives rise to.
func doubts(d article.Document) []Warning {
	var all []Warning
	if d.Published.IsZero() {
		all = append(all, Warning{Kind: NoDate})
	}
	if n := untold(d); n > 0 {
		all = append(all, Warning{Kind: Note, Note: convert.Note{Kind: convert.Untold, N: n}})
	}
	if n := unquoted(d); n > 0 {
		all = append(all, Warning{Kind: Note, Note: convert.Note{Kind: convert.Unquoted, N: n}})
	}
	if d.Promos > 0 {
		all = append(all, Warning{Kind: Promos, N: d.Promos})
	}
	long := 0
	for _, p := range d.Passages {
		if utf8.RuneCountInString(p.Text) > LongRunes {
			long++
		}
	}
	if long > 0 {
		all = append(all, Warning{Kind: OverLong, N: long})
	}
	return all
}

// untold counts the letters of a document that could not be told.
func untold(d article.Document) int {
	n := 0
	for _, p := range d.Passages {
		n += strings.Count(p.Text, string(utf8.RuneError))
	}
	return n
}

// unquoted counts the paragraphs of a document whose words are not sure.
func unquoted(d article.Document) int {
	n := 0
	for _, p := range d.Passages {
		if p.Unsure {
			n++
		}
	}
	return n
}

// unseen counts the characters of a text that have no width or turn the direction of writing: nobody writes them by
// accident more than now and then, and package article takes them out.
func unseen(text []byte) []Warning {
	n := 0
	for _, r := range strings.TrimPrefix(string(text), "\ufeff") {
		if hidden(r) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []Warning{{Kind: Unseen, N: n}}
}

func hidden(r rune) bool {
	return r == '\u200b' || r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' ||
		r >= '\u2060' && r <= '\u2069' ||
		r == '\ufeff' || r >= 0xe0000 && r <= 0xe007f
}

// maxShownName is how much of a file's name an error repeats, in characters.
const maxShownName = 60

// Printable is the name of a file that somebody sent as errors may show it: one short line, without what turns it
// around.
func Printable(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f || r == utf8.RuneError:
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.Join(strings.Fields(name), " ")
	if runes := []rune(name); len(runes) > maxShownName {
		name = string(runes[:maxShownName-1]) + "…"
	}
	if name == "" {
		return "the file"
	}
	return name
}
