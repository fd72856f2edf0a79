package timeline

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

const (
	leadPassages  = 4   // a headline is told again within so many paragraphs
	headlineWords = 20  // a longer first paragraph is no headline
	headlineDays  = 400 // what it tells of is no further behind the publication
	spokenFor     = 5   // sentences for which a dated statement goes on

	speechWords    = 200 // how far a sentence is searched for a verb of speech
	datesPerSpeech = 4   // of a sentence, for the one that goes with the verb
	nameWords      = 8   // of a speaker
)

// A carrier gives dates to the two kinds of sentences that news text leaves without their own though it says them: the
// headline, told again with its date in the lead, and the further words of a statement that was dated when its
// speaker was introduced. All else stays undated.
type carrier struct {
	reference time.Time

	headline *sentenceWords // nil once told again, or where there is none
	begun    bool

	speaker speaker // who made the last dated statement
	spoken  Event
	left    int // sentences for which it goes on

	retellings []retelling
	before     []told // the sentences right before, oldest first
}

// sentenceWords is a sentence with its words.
type sentenceWords struct {
	ref    article.Ref
	span   article.Span
	text   string
	tokens []words.Token
}

// sentence returns what a sentence is dated by another one. tokens are its own; nil where they are not known.
func (c *carrier) sentence(p article.Passage, s article.Span, tokens []token, found []Event) []Event {
	if !c.begun {
		c.begun = true
		if h := (sentenceWords{p.Ref, s, s.Of(p.Text), nil}); isHeadline(p, h, found) {
			h.tokens = words.Tokenize(h.text)
			c.headline = &h
			return nil
		}
	}
	var carried []Event
	if c.headline != nil && p.Ref.N > c.headline.ref.N+leadPassages {
		c.headline = nil
	}
	if c.headline != nil && len(found) > 0 {
		if e, ok := c.toldAgain(s, words.Tokenize(s.Of(p.Text)), found); ok {
			carried = append(carried, carriedTo(c.headline.ref, c.headline.span, c.headline.text, e))
			c.headline = nil
		}
	}
	if e, ok := c.statement(p, s, tokens, found); ok {
		carried = append(carried, e)
	}
	return append(carried, c.retold(p, s, tokens, found)...)
}

func carriedTo(ref article.Ref, s article.Span, text string, e Event) Event {
	d := e.Date
	d.Inferred = InferredDate
	return Event{Ref: ref, Date: d, From: e.From, Sentence: s, Text: text}
}

// isHeadline tells a title that stands as the first paragraph: short, without a full stop or a date.
func isHeadline(p article.Passage, h sentenceWords, found []Event) bool {
	last, _ := utf8.DecodeLastRuneInString(h.text)
	return len(found) == 0 && h.text == strings.TrimSpace(p.Text) && !strings.ContainsRune(".!?:\"”'", last) &&
		strings.Count(h.text, " ") < headlineWords
}

// toldAgain finds the date of a sentence that shares two words with the headline, one of them no name: the date
// nearest to the first of those.
func (c *carrier) toldAgain(s article.Span, tokens []words.Token, found []Event) (Event, bool) {
	stems := map[string]bool{}
	for _, t := range c.headline.tokens {
		if !t.Stop {
			stems[t.Stem] = true
		}
	}
	shared, common := map[string]bool{}, -1
	for _, t := range tokens {
		if t.Stop || !stems[t.Stem] {
			continue
		}
		shared[t.Stem] = true
		if common < 0 && !t.Capital && !t.Digit {
			common = s.Start + t.Start
		}
	}
	if len(shared) < 2 || common < 0 {
		return Event{}, false
	}
	var best Event
	nearest := -1
	for _, e := range found {
		distance := max(e.Span.Start-common, common-e.Span.Start)
		if c.news(e.Date) && !strings.HasSuffix(e.Phrase, "after") && (nearest < 0 || distance < nearest) {
			best, nearest = e, distance
		}
	}
	return best, nearest >= 0
}

// news tells that a date is recent enough for a headline and not to come.
func (c *carrier) news(d Date) bool {
	if d.Yearless || c.reference.IsZero() {
		return !d.Yearless
	}
	return !d.Start.After(c.reference) && d.End.After(c.reference.AddDate(0, 0, -headlineDays))
}

// reports tells that the token is a verb that reports what somebody said on one occasion.
func (t *token) reports() bool {
	v, _ := lexicon.Reporting(t.lower)
	return v.Cue == lexicon.Reports && v.Clause && v.Form == lexicon.Past
}

// statement remembers a statement dated to the day, "Ford said on Tuesday", and dates the sentences that go on with it.
func (c *carrier) statement(p article.Passage, s article.Span, tokens []token, found []Event) (Event, bool) {
	text := s.Of(p.Text)
	if c.left > 0 {
		c.left--
	}
	if c.left == 0 && len(found) == 0 {
		return Event{}, false
	}
	if tokens == nil {
		tokens = scan(text)
	}
	verb, by := speechIn(tokens)
	if len(by.names) == 0 {
		return Event{}, false
	}
	for _, e := range found[:min(len(found), datesPerSpeech)] {
		if e.Precision == Day && dates(tokens, verb, e.Span.Start-s.Start, e.Span.End-s.Start) {
			c.speaker, c.spoken, c.left = by, e, spokenFor
			return Event{}, false
		}
	}
	if c.left > 0 && c.speaker.again(by) && !dayNamed(found) {
		return carriedTo(p.Ref, s, text, c.spoken), true
	}
	return Event{}, false
}

// speechIn finds the first verb of speech that has a named speaker, among the first words of a sentence.
func speechIn(tokens []token) (verb int, by speaker) {
	for i := range min(len(tokens), speechWords) {
		if tokens[i].reports() {
			if by = speakerBefore(tokens, i); len(by.names) > 0 {
				return i, by
			}
		}
	}
	return 0, speaker{}
}

func dayNamed(found []Event) bool {
	return slices.ContainsFunc(found, func(e Event) bool { return e.Precision == Day })
}

// dates tells that the date between start and end goes with the verb at i: it follows at once, or opens the sentence.
func dates(tokens []token, i, start, end int) bool {
	opening := 0
	for j := range tokens {
		t := at(tokens, j)
		if t.start == start {
			if j > i {
				return j-i <= 2 // "said Tuesday", "said on Tuesday"
			}
			opening = j
		}
		if t.end == end && j < i {
			if opening > 1 {
				return false
			}
			for k := j + 1; k < i; k++ {
				if tenseOf(tokens, k) != tenseOpen {
					return false
				}
			}
			return true
		}
	}
	return false
}

// address are the words before a name that are no part of it.
var address = lexicon.Marked("honorifics", "address")

// A speaker is known by the capitalized words of the subject, such as "Ford Motor Company", and by their initials.
type speaker struct {
	names    []string
	initials string // "" for one name
}

// speakerBefore reads the subject in front of a verb; it has no names where no capitalized word stands there.
func speakerBefore(tokens []token, verb int) speaker {
	const reach = 5 // words between a name and its verb
	i := verb - 1
	for ; i >= max(0, verb-reach) && !tokens[i].capital; i-- {
		if tokens[i].is(",", "\"", "”", ";", ":") || tokens[i].has(cWeekday|cMonth) {
			return speaker{}
		}
	}
	var s speaker
	for ; i >= max(0, verb-reach-nameWords) && tokens[i].capital && !tokens[i].has(cWeekday|cMonth); i-- {
		name := tokens[i].lower
		if len(name) > 1 && !words.IsStop(name) && !address[name] {
			s.names = append(s.names, name)
			s.initials = name[:1] + s.initials
		}
	}
	if len(s.names) < 2 {
		s.initials = ""
	}
	return s
}

// again tells that o is the same speaker: "Ford" after "Ford Motor Company", "GM" after "General Motors", and not
// "United Nations" after "United Airlines".
func (s speaker) again(o speaker) bool {
	if len(o.names) == 1 && s.initials != "" && o.names[0] == s.initials {
		return true
	}
	for _, name := range o.names {
		if !slices.Contains(s.names, name) {
			return false
		}
	}
	return len(o.names) > 0
}
