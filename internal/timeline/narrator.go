package timeline

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
)

// A narrator reads sentence after sentence and keeps what dates later ones.
type narrator struct {
	published time.Time
	language  string // of the document
	order     Order
	named     []Date
	told      chronicle

	heading string
	entry   Date // what the passages under a dated heading or line of a diary are counted from; zero for the publication

	// of the paragraph
	spoken  string // its language
	year    int    // that it tells of so far, as in Context
	near    int
	line    Date // the date that it begins with, as entries of a diary do
	written Date // of the letter that it quotes
}

func newNarrator(d article.Document) narrator {
	language := documentTongue(func(yield func(string) bool) {
		for _, p := range d.Passages {
			if p.Kind != article.Code && !yield(p.Text) {
				return
			}
		}
	})
	n := narrator{
		published: midnight(d.Published),
		language:  language,
		order:     documentOrder(d.Passages, language != ""),
		told:      chronicle{},
	}
	if n.published.IsZero() {
		n.published = n.openingDay(d)
	}
	return n
}

// paragraph begins a paragraph. What a letter says goes on in the paragraphs that "…:" introduces.
func (n *narrator) paragraph(p article.Passage) {
	n.year, n.near, n.line = 0, 0, Date{}
	if p.Introduced == 0 {
		n.written = Date{}
	}
	if n.spoken = n.language; n.language != "" || mayBeForeign(p.Text) {
		n.spoken = tongue(p.Text)
	}
	if n.language != "" && len(p.Text) < shortParagraph {
		n.spoken = n.language // too few words to tell: "Il y a trois semaines" has those of Spanish, too
	}
	if p.Heading != n.heading {
		n.heading, n.entry = p.Heading, n.dateOf(p.Heading)
	}
}

// shortParagraph is the length in bytes below which a paragraph is taken to be in the language of its document.
const shortParagraph = 80

// dateOf is the day, or the year, that a line prints and nothing else.
func (n *narrator) dateOf(line string) Date {
	mentions, _ := tag(line, n.context())
	if len(mentions) != 1 || mentions[0].IsZero() || mentions[0].Inferred != "" || mentions[0].Precision > Year ||
		!onlyDate(line, mentions[0]) && !placeAndDate(line, mentions[0]) {
		return Date{}
	}
	return mentions[0].Date
}

// context is what is known when the next sentence is read.
func (n *narrator) context() Context {
	c := Context{
		Reference: n.published,
		Year:      n.year,
		Named:     n.named,
		Language:  n.spoken,
		Order:     n.order,
		near:      n.near,
		written:   n.written,
	}
	for _, d := range []Date{n.entry, n.line} {
		if !d.IsZero() {
			c.Reference, c.coarse = d.Start, d.Precision
		}
	}
	return c
}

// sentence reads a sentence of the paragraph, of which it gets the tokens.
func (n *narrator) sentence(p article.Passage, s article.Span, tokens []token) []Event {
	text := s.Of(p.Text)
	mentions, written := tagTokens(text, tokens, n.context())
	if !written.IsZero() {
		n.written = written
	}
	var events []Event
	seen := make(map[[2]time.Time]bool, len(mentions))
	for _, m := range mentions {
		if n.spoken == "" {
			m = n.told.counted(text, tokens, m)
		}
		if m.IsZero() {
			continue
		}
		if n.spoken == "" {
			n.told.add(tokens, m, len(mentions) == 1)
		}
		n.named = remember(n.named, m.Date)
		n.year = tellingOf(m, Context{Reference: n.published, Year: n.year})
		n.near = nearOf(m, n.near)
		if onlyDate(text, m) || len(text) == len(p.Text) && placeAndDate(text, m) {
			n.dateline(m)
			continue
		}
		days := [2]time.Time{m.Start, m.End}
		if seen[days] {
			continue // said twice in one sentence
		}
		seen[days] = true
		if s.Start == 0 && m.Span.Start == 0 && beginsEntry(text[m.Span.End:]) && m.Precision == Day &&
			m.Inferred == "" {
			n.line = m.Date
		}
		span := article.Span{Start: s.Start + m.Span.Start, End: s.Start + m.Span.End}
		events = append(events, Event{Ref: p.Ref, Date: m.Date, Phrase: m.Phrase, Span: span, From: p.Ref, Sentence: s,
			Text: text, Rule: m.Rule})
	}
	return events
}

// dateline takes a line that is nothing but a day for that of what follows, as in a diary. Near the publication it is
// the line that newspapers print under the title.
func (n *narrator) dateline(m Mention) {
	const newspaper = 60 * 24 * time.Hour
	apart := m.Start.Sub(n.published).Abs()
	if m.Precision == Day && m.Inferred == "" && (n.published.IsZero() || apart > newspaper) {
		n.entry = m.Date
	}
}

// beginsEntry tells that what follows a date at the head of a paragraph makes it the date of an entry: "12 June 1944:
// …".
func beginsEntry(behind string) bool {
	behind = strings.TrimLeft(behind, " ")
	return strings.HasPrefix(behind, ":") || strings.HasPrefix(behind, "–") || strings.HasPrefix(behind, "—")
}

// onlyDate tells a line that is nothing but a date, as newspapers print it under the title.
func onlyDate(text string, m Mention) bool {
	return strings.IndexFunc(text[:m.Span.Start], isWordRune) < 0 &&
		strings.IndexFunc(text[m.Span.End:], isWordRune) < 0
}

// placeAndDate tells a line that is a place and a day, as letters begin: "Tarn, 14 March 1912".
func placeAndDate(text string, m Mention) bool {
	const most = 4 // words of the place
	place, ok := strings.CutSuffix(strings.TrimRight(text[:m.Span.Start], " "), ",")
	if !ok || m.Precision != Day || strings.IndexFunc(text[m.Span.End:], isWordRune) >= 0 {
		return false
	}
	names := strings.Fields(place)
	return len(names) > 0 && len(names) <= most && !slices.ContainsFunc(names, func(w string) bool {
		r, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsUpper(r)
	})
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
