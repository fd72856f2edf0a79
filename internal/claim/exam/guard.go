package exam

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/verdict"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// quotes forbids a quotation that no passage has, or that is given to somebody else than who said it, and cuts the
// others from the stored text. A quotation that another passage has moves that passage in.
func (g *Given) quotes(e *Examination, list []held) []held {
	for _, h := range list[:min(1, len(list))] {
		if f := cmp.Or(verdict.HiddenCharacters(h.m), verdict.LookAlikes(h.m)); f != nil && !g.hasWord(e.Text) {
			e.Guard = guard(f, claim.CodeNotInText)
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
	text, why := attribution.CutQuotations(e.Text, cited())
	for _, n := range g.others(e.Cites) {
		if why.None() {
			break
		}
		if cut, w := attribution.CutQuotations(e.Text, append(cited(), g.passages[n])); w.None() {
			text, why = cut, w
			e.Cites = append(e.Cites, n)
			e.doubt(SignalPassage, claim.CodeWrongPassage,
				lang.Say("another paragraph has these words than the one that it cites"))
			more, _ := g.hold(e.Text, []int{n})
			list = append(list, more...)
		}
	}
	if !why.None() {
		e.Guard = Doubt{Signal: claim.CheckQuotation, Code: claim.CodeNotInText, Why: why}
		return list
	}
	for _, h := range list {
		if f := misquoted(h.m); f != nil {
			e.Guard = guard(f, claim.CodeRoles)
			return list
		}
	}
	e.Text = text
	return list
}

// hasWord tells whether each word that is not plain Latin was given as it is printed.
func (g *Given) hasWord(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if word = strings.TrimFunc(word, unicode.IsPunct); !verdict.ASCII(word) && !g.hasText(word) {
			return false
		}
	}
	return true
}

// misquoted finds a quotation that the passage gives to somebody else by name.
func misquoted(m *match.Pair) *match.Failure {
	hay := attribution.Haystack{Stored: m.Prem.Text}
	for _, span := range m.Hyp.Marks {
		at, ok := hay.Find(span.Of(m.Hyp.Text))
		if !ok || strings.TrimFunc(span.Of(m.Hyp.Text), attribution.EndMark) == "" {
			continue
		}
		if f := attribution.Spoken(m, span, at[0]); f != nil && f.Check == claim.CheckSpeaker {
			return f
		}
	}
	return nil
}

func guard(f *match.Failure, code claim.Code) Doubt {
	return Doubt{Signal: f.Check, Code: code, Why: f.Why}
}

// names forbids a name that stands nowhere in what the writer was given: it comes from elsewhere.
func (g *Given) names(e *Examination) {
	tokens := words.Tokenize(e.Text)
	marks := syntax.Quoted(e.Text)
	for i, t := range tokens {
		raw := e.Text[t.Start:t.End]
		if slices.ContainsFunc(marks, func(s article.Span) bool { return s.Start <= t.Start && t.End <= s.End }) {
			continue
		}
		code := named(t, e.Text) && !measured(t.Text)
		if !code && (!t.Capital || t.Stop || !beginsName(tokens, i, e.Text)) || syntax.Titles[t.Text] ||
			weekdaysAndMonths[t.Text] {
			continue
		}
		if syntax.LightWords[t.Text] || g.has(t, e.Text) {
			continue
		}
		e.Guard = Doubt{Signal: claim.CheckName, Code: claim.CodeNotInText,
			Why: lang.Say("“%s” stands nowhere in the paragraphs", raw)}
		return
	}
}

// measured tells whether a token is a number with its unit in one word: "5km", "17th".
func measured(folded string) bool {
	_, suffix, ok := quantity.Digits(folded)
	return ok && (numberEndings[suffix] || quantity.Magnitudes[suffix] > 0 || quantity.UnitNames[suffix] != "")
}

// numberEndings may stand behind a number in one word: "1990s", "3rd".
var numberEndings = map[string]bool{"": true, "s": true, "st": true, "nd": true, "rd": true, "th": true}

// beginsName tells whether a capital is that of a name: not the one that every sentence, every list item and every
// quotation begins with, unless the word is printed in capitals or has another capital behind it.
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
	return strings.Trim(between, " \u00a0,'’&-/") == "" || strings.HasSuffix(between, "(")
}

var weekdaysAndMonths = lexicon.Union(lexicon.English(lexicon.Weekdays(), false),
	lexicon.English(lexicon.Months(), false))

// figures holds a sentence in another language: its numbers, in whatever digits, must stand in the cited passages.
func (g *Given) figures(e *Examination) {
	here, all := g.figuresOf(e.Cites), g.figuresOf(g.others(nil))
	plain := westernDigits.Replace(e.Text)
	// "1 300" is one number in some languages, and two in others.
	grouped := digitGroups.ReplaceAllStringFunc(plain, func(s string) string {
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
			why := lang.Say("“%s” stands in another paragraph than the one that it cites", raw)
			e.doubt(SignalElsewhere, claim.CodeWrongPassage, why)
		case t.Digit:
			e.Guard = Doubt{Signal: claim.CheckNumber, Code: claim.CodeNumber,
				Why: lang.Say("“%s” is not in the paragraph", raw)}
			return
		default: // an abbreviation may be another one in another language
			e.doubt(SignalAbbreviation, claim.CodeNotInText, lang.Say("“%s” stands nowhere in the paragraphs", raw))
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
		r := g.contexts[n].Passage(p)
		for _, j := range match.Figures(r, syntax.NumberKey) {
			q := r.Units[j].Quantity
			known[strconv.FormatFloat(q.Value, 'f', -1, 64)] = true
		}
		for _, j := range match.Figures(r, syntax.DateKey) {
			d := r.Units[j].Date
			if d.Precision == timeline.Day {
				known[strconv.Itoa(d.Start.Day())] = true
			}
			if !d.Yearless {
				known[strconv.Itoa(d.Start.Year())] = true
			}
		}
		if day := g.contexts[n].Published; !day.IsZero() {
			known[strconv.Itoa(day.Year())] = true
		}
	}
	return known
}
