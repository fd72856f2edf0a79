package claim

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// quotes forbids a quotation that no passage has, or that is given to somebody else than who said it, and cuts the others from the stored
// text. A quotation that another passage has moves that passage in.
func (g *Given) quotes(e *Examination, list []held) []held {
	for _, h := range list[:min(1, len(list))] {
		if f := h.m.scripts(); f != nil && !g.hasWord(e.Text) {
			e.Guard = guard(f, CodeNotInText)
			return list
		}
	}
	cited := func() []article.Passage {
		out := make([]article.Passage, len(e.Cites))
		for i, n := range e.Cites {
			out[i] = g.passages[n]
		}
		return out
	}
	text, why := CutQuotations(e.Text, cited())
	for _, n := range g.others(e.Cites) {
		if why.None() {
			break
		}
		if cut, w := CutQuotations(e.Text, append(cited(), g.passages[n])); w.None() {
			text, why = cut, w
			e.Cites = append(e.Cites, n)
			e.doubt(SignalPassage, CodeWrongPassage, lang.Say("another paragraph has these words than the one that it cites"))
			more, _ := g.hold(e.Text, []int{n})
			list = append(list, more...)
		}
	}
	if !why.None() {
		e.Guard = Doubt{Signal: CheckQuotation, Code: CodeNotInText, Why: why}
		return list
	}
	for _, h := range list {
		if f := h.m.misquoted(); f != nil {
			e.Guard = guard(f, CodeRoles)
			return list
		}
	}
	e.Text = text
	return list
}

// hasWord tells whether each word that is not plain Latin was given as it is printed.
func (g *Given) hasWord(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if word = strings.TrimFunc(word, unicode.IsPunct); !ascii(word) && !g.hasText(word) {
			return false
		}
	}
	return true
}

// misquoted finds a quotation that the passage gives to somebody else by name.
func (m *matching) misquoted() *failure {
	hay := haystack{stored: m.p.text}
	for _, span := range m.s.marks {
		at, ok := hay.find(span.Of(m.s.text))
		if !ok || strings.TrimFunc(span.Of(m.s.text), endMark) == "" {
			continue
		}
		if f := m.spoken(span, at[0]); f != nil && f.check == CheckSpeaker {
			return f
		}
	}
	return nil
}

func guard(f *failure, code Code) Doubt { return Doubt{Signal: f.check, Code: code, Why: f.why} }

// values forbids a number or a date that does not follow from one of the cited passages. One that another passage has moves that passage in.
func (g *Given) values(e *Examination, list []held) []held {
	if len(list) == 0 {
		return list
	}
	units := list[0].m.s.units
	var elsewhere []held
	for i := range units {
		u := &units[i]
		if u.quoted || u.kind != number && u.kind != date {
			continue
		}
		if slices.ContainsFunc(list, func(h held) bool { return h.m.follows(u.Span) }) {
			continue
		}
		if elsewhere == nil {
			elsewhere, _ = g.hold(e.Text, g.others(e.Cites))
		}
		printed := piece(u.Of(e.Text))
		at := slices.IndexFunc(elsewhere, func(h held) bool { return h.m.follows(u.Span) })
		if at >= 0 {
			e.doubt(SignalElsewhere, CodeWrongPassage, lang.Say("“%s” stands in another paragraph than the one that it cites", printed))
			if elsewhere[at].m.score >= minScore {
				e.Cites = append(e.Cites, elsewhere[at].at)
				list = append(list, elsewhere[at])
				elsewhere = slices.Delete(elsewhere, at, at+1)
			}
			continue
		}
		all := slices.Concat(list, elsewhere)
		switch {
		case u.kind == date && (g.published(u.date, printed) || beside(u.date, printed, all)):
		case u.kind == date && relative(printed) && !onCalendar(printed) && g.hasText(afterFirst(printed)):
			e.doubt(SignalDerived, CodeNumber, lang.Say("the date “%s” is not in the paragraph", printed)) // "would last six weeks"
		case u.kind == date && u.date.Precision == timeline.Range && endsGiven(u.date, all):
			e.doubt(SignalDerived, CodeNumber, lang.Say("“%s” is not in the paragraph", printed))
		case u.kind == date:
			e.Guard = Doubt{Signal: CheckDate, Code: CodeNumber, Why: lang.Say("the date “%s” is not in the paragraph", printed)}
			return list
		case counted(u):
			e.doubt(SignalCount, CodeNumber, lang.Say("“%s” is not in the paragraph", printed))
		case bounded(u, all):
			e.doubt(SignalBound, CodeStronger, lang.Say("the paragraph gives “%s” with another bound", printed))
		case derived(u.quantity, list[0].m.s, all):
			e.doubt(SignalDerived, CodeNumber, lang.Say("“%s” is not in the paragraph", printed))
		default:
			e.Guard = Doubt{Signal: CheckNumber, Code: CodeNumber, Why: lang.Say("“%s” is not in the paragraph", printed)}
			return list
		}
	}
	return list
}

// follows tells whether the number or date that stands at a place of the statement follows from the passage.
func (m *matching) follows(at article.Span) bool {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.Start != at.Start {
			continue
		}
		return len(m.hits[i]) > 0 || m.spelledOut(u)
	}
	return true
}

// spelledOut tells whether the passage has the number as a part of something else: the day of a date, or "half" for 50 percent.
func (m *matching) spelledOut(u *unit) bool {
	q := u.quantity
	if q == nil || q.vague {
		return false
	}
	for _, j := range m.p.figures(numberKey) {
		if p := m.p.units[j].quantity; sameMeasure(*q, *p) {
			return true
		}
	}
	if part, ok := fractions[q.value]; ok && q.unit == "percent" {
		return slices.ContainsFunc(m.p.units, func(v unit) bool { return slices.Contains(part, v.folded) })
	}
	return false
}

// fractions are the shares that have words of their own.
var fractions = map[float64][]string{50: {"half", "halved", "halves"}, 25: {"quarter"}, 100: {"all", "doubled", "twice"}}

// counted tells whether a number is one that a writer counts and no text prints: a small one in words, without a unit ("two of them",
// "for three reasons"), or a place in an order.
func counted(u *unit) bool {
	q := u.quantity
	if q.unit != "" || q.vague || q.bound != exactly {
		return false
	}
	small := q.value == math.Trunc(q.value) && q.value <= maxCounted
	return small && (q.ordinal || strings.Trim(u.folded, "0123456789") != "")
}

// maxCounted is the largest number that a reader checks by counting.
const maxCounted = 10

// reckoning are the words with which a writer gives what was reckoned.
var reckoning = set(`together total altogether all combined sum makes make making comes come adds add up down more less fewer difference twice double half
third quarter times percent average remain remains remaining left leaves leave each apart between longer shorter later earlier another further
extra worth heavier lighter higher lower louder quieter dearer cheaper by lost gained`)

// derived tells whether a number is reckoned from two that were given: their sum, difference, product or quotient, or the share of one in the
// other. One of the two may stand in the statement itself, which must say that it reckons.
func derived(q *quantity, s *statement, list []held) bool {
	if !slices.ContainsFunc(s.units, func(u unit) bool { return reckoning[u.folded] }) {
		return false
	}
	var measures, counts []float64 // with the unit of q, and without one
	note := func(r *reading) {
		for _, j := range r.figures(numberKey) {
			p := r.units[j].quantity
			if p.ordinal || p.vague || p == q || p.value == q.value || len(measures)+len(counts) == maxSummands {
				continue
			}
			if p.unit == q.unit {
				measures = append(measures, p.value)
			} else if p.unit == "" || q.unit == "percent" {
				counts = append(counts, p.value)
			}
		}
	}
	for _, h := range list {
		note(h.m.p)
	}
	note(s.reading)
	near := func(v float64) bool {
		if q.bound == about || q.bound == lessThan || q.bound == moreThan {
			return math.Abs(v-q.value) <= roundTo*math.Abs(v)
		}
		return math.Abs(v-q.value) <= 1e-9*math.Max(1, math.Abs(v)) || math.Round(v) == q.value && v > maxCounted
	}
	for i, a := range measures {
		for _, b := range measures[i+1:] {
			if near(a+b) || near(math.Abs(a-b)) || q.unit == "" && near(a*b) || q.unit == "percent" && (near(100*a/b) || near(100*b/a)) {
				return true
			}
		}
		for _, b := range counts {
			if b > 1 && (near(a*b) || near(a/b)) {
				return true
			}
		}
	}
	for i, a := range counts {
		for _, b := range counts[i+1:] {
			if q.unit == "percent" && (near(100*a/b) || near(100*b/a)) {
				return true
			}
		}
	}
	return false
}

// maxSummands bounds the numbers of which sums are tried.
const maxSummands = 60

// beside tells whether a day is the one before or after one that was given ("from June 7" where entries close on June 6), or a weekday of
// one.
func beside(d timeline.Date, phrase string, list []held) bool {
	weekday := weekdays[strings.ToLower(strings.TrimSpace(phrase))]
	for _, h := range list {
		for _, j := range h.m.p.figures(dateKey) {
			p := h.m.p.units[j].date
			if d.Precision != timeline.Day || p.Yearless != d.Yearless {
				continue
			}
			if p.Precision != timeline.Day {
				if p.Precision == timeline.Range && (p.Start.Equal(d.Start) || p.End.Equal(d.End)) {
					return true
				}
				continue
			}
			if weekday && (p.Start.Weekday() == d.Start.Weekday() && !p.Yearless) {
				return true
			}
			for _, step := range []int{-1, 1} {
				next := p
				next.Start, next.End = p.Start.AddDate(0, 0, step), p.End.AddDate(0, 0, step)
				if dateEntailed(d, next, phrase) {
					return true
				}
			}
		}
	}
	return false
}

// onCalendar tells whether a phrase names a month or a day of the week.
func onCalendar(phrase string) bool {
	return slices.ContainsFunc(words.Tokenize(phrase), func(t words.Token) bool { return weekdaysAndMonths[t.Text] })
}

// afterFirst is a phrase without its first word.
func afterFirst(phrase string) string {
	_, rest, _ := strings.Cut(phrase, " ")
	if rest == "" {
		return phrase
	}
	return rest
}

// endsGiven tells whether both ends of a range were given, if in two places.
func endsGiven(d timeline.Date, list []held) bool {
	first, last := false, false
	for _, h := range list {
		for _, j := range h.m.p.figures(dateKey) {
			p := h.m.p.units[j].date
			first = first || p.Start.Equal(d.Start)
			last = last || p.End.Equal(d.End)
		}
	}
	return first && last
}

var weekdays = set("monday tuesday wednesday thursday friday saturday sunday")

// bounded tells whether a passage has the same value, in whatever unit, only with other words of bound or precision.
func bounded(u *unit, list []held) bool {
	q := *u.quantity
	q.bound = exactly
	for _, h := range list {
		for _, j := range h.m.p.figures(numberKey) {
			p := *h.m.p.units[j].quantity
			p.bound = exactly
			if q.entailedBy(p) || sameMeasure(q, p) {
				return true
			}
		}
	}
	return false
}

// published tells whether a date is that of one of the documents, which the writer was told.
func (g *Given) published(d timeline.Date, phrase string) bool {
	for _, c := range g.contexts {
		if day := c.published; !day.IsZero() && dateEntailed(d, timeline.Date{Start: day, End: day, Precision: timeline.Day}, phrase) {
			return true
		}
	}
	return false
}

// measures are units of one kind with their size in the smallest of them (BIPM, The International System of Units; a week and a decade
// are exact, a month is not).
var measureSizes = map[string]struct {
	kind string
	size float64
}{
	"kilometer": {"length", 1e6}, "meter": {"length", 1e3}, "centimeter": {"length", 10}, "millimeter": {"length", 1},
	"tonne": {"mass", 1e6}, "kilogram": {"mass", 1e3}, "gram": {"mass", 1},
	"week": {"time", 7 * 86400}, "day": {"time", 86400}, "hour": {"time", 3600}, "minute": {"time", 60}, "second": {"time", 1},
	"century": {"years", 1200}, "decade": {"years", 120}, "year": {"years", 12}, "month": {"years", 1},
	"gigawatt": {"power", 1e9}, "megawatt": {"power", 1e6}, "kilowatt": {"power", 1e3}, "watt": {"power", 1},
	"hectare": {"area", 1e4}, "square kilometer": {"area", 1e6}, "square meter": {"area", 1},
}

// sameMeasure tells whether two quantities are one, printed in different units: 7.5 kilometers and 7,500 meters.
func sameMeasure(a, b quantity) bool {
	x, ok := measureSizes[a.unit]
	y, known := measureSizes[b.unit]
	if !ok || !known || x.kind != y.kind || a.unit == b.unit || a.ordinal || b.ordinal || a.vague || b.vague {
		return false
	}
	b.value *= y.size / x.size
	b.unit = a.unit
	return a.entailedBy(b)
}

// names forbids a name that stands nowhere in what the writer was given: it comes from elsewhere.
func (g *Given) names(e *Examination) {
	tokens := words.Tokenize(e.Text)
	marks := quoted(e.Text)
	for i, t := range tokens {
		raw := e.Text[t.Start:t.End]
		if slices.ContainsFunc(marks, func(s article.Span) bool { return s.Start <= t.Start && t.End <= s.End }) {
			continue
		}
		code := named(t, e.Text) && !measured(t.Text)
		if !code && (!t.Capital || t.Stop || !beginsName(tokens, i, e.Text)) || titles[t.Text] || weekdaysAndMonths[t.Text] {
			continue
		}
		if lightWords[t.Text] || g.has(t, e.Text) {
			continue
		}
		e.Guard = Doubt{Signal: CheckName, Code: CodeNotInText, Why: lang.Say("“%s” stands nowhere in the paragraphs", raw)}
		return
	}
}

// measured tells whether a token is a number with its unit in one word: "5km", "17th".
func measured(folded string) bool {
	_, suffix, ok := digits(folded)
	return ok && (suffix == "" || suffix == "s" || suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th" || magnitudes[suffix] > 0 ||
		unitNames[suffix] != "")
}

// beginsName tells whether a capital is that of a name: not the one that every sentence, every list item and every quotation begins with,
// unless the word is printed in capitals or has another capital behind it.
func beginsName(tokens []words.Token, i int, text string) bool {
	t := tokens[i]
	raw := text[t.Start:t.End]
	if len(raw) > 1 && strings.ToUpper(raw) == raw && strings.ContainsFunc(raw, unicode.IsLetter) {
		return true
	}
	if i == 0 {
		return false
	}
	between := text[tokens[i-1].End:t.Start]
	return strings.Trim(between, " \u00a0") == "" || strings.Trim(between, " \u00a0,'’&-/") == "" || strings.HasSuffix(between, "(")
}

var weekdaysAndMonths = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december`)

// figures holds a sentence in another language: its numbers, in whatever digits, must stand in the cited passages.
func (g *Given) figures(e *Examination) {
	here, all := g.figuresOf(e.Cites), g.figuresOf(g.others(nil))
	plain := westernDigits.Replace(e.Text)
	grouped := digitGroups.ReplaceAllStringFunc(plain, func(s string) string { // "1 300" is one number in some languages, and two in others
		joined := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
		if here[joined] || all[joined] {
			return joined
		}
		return s
	})
	for _, t := range words.Tokenize(grouped) {
		raw := grouped[t.Start:t.End]
		has := func(known map[string]bool) bool {
			if t.Digit {
				return slices.ContainsFunc(numberReadings(t.Text), func(s string) bool { return known[s] })
			}
			return known[t.Text]
		}
		if !t.Digit && !abbreviated(raw) || has(here) {
			continue
		}
		switch {
		case has(all):
			e.doubt(SignalElsewhere, CodeWrongPassage, lang.Say("“%s” stands in another paragraph than the one that it cites", raw))
		case t.Digit:
			e.Guard = Doubt{Signal: CheckNumber, Code: CodeNumber, Why: lang.Say("“%s” is not in the paragraph", raw)}
			return
		default: // an abbreviation may be another one in another language
			e.doubt(SignalAbbreviation, CodeNotInText, lang.Say("“%s” stands nowhere in the paragraphs", raw))
		}
	}
}

// digitGroups are numbers whose groups are parted by spaces.
var digitGroups = regexp.MustCompile("\\b\\d{1,3}(?:[ \u00a0\u202f]\\d{3})+\\b")

// figuresOf are the numbers of passages in one way of writing, and their words.
func (g *Given) figuresOf(at []int) map[string]bool {
	known := map[string]bool{}
	for _, n := range at {
		p := g.passages[n]
		for _, text := range []string{p.Text, p.Title, p.Heading} {
			plain := westernDigits.Replace(text)
			for _, t := range words.Tokenize(plain) {
				known[t.Text] = true
				if t.Digit {
					known[decimal(strings.ReplaceAll(t.Text, ",", ""), '.')] = true
				}
			}
		}
		r := g.contexts[n].passage(p)
		for _, j := range r.figures(numberKey) {
			q := r.units[j].quantity
			known[strconv.FormatFloat(q.value, 'f', -1, 64)] = true
		}
		for _, j := range r.figures(dateKey) {
			d := r.units[j].date
			if d.Precision == timeline.Day {
				known[strconv.Itoa(d.Start.Day())] = true
			}
			if !d.Yearless {
				known[strconv.Itoa(d.Start.Year())] = true
			}
		}
		if day := g.contexts[n].published; !day.IsZero() {
			known[strconv.Itoa(day.Year())] = true
		}
	}
	return known
}
