package timeline

import (
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// A slot is what a capital letter of lexicon/date-phrases.txt stands for.
type slot uint8

const (
	slotDay       slot = iota // D
	slotMonth                 // M
	slotSolar                 // S
	slotIslamic               // I
	slotYear                  // Y
	slotOtherYear             // L
	slotSmallYear             // A
	slotCount                 // N
	slotUnit                  // U
	slotWeekday               // W
	slotSeason                // F
	slotOrdinal               // O
	slotTens                  // T
	slotDecade                // K
	slotDeictic               // H
	slotPhrase                // X
	slotCountAll              // how many there are
)

const slotLetters = "DMSIYLANUWFOTKHX" // in the order of the slots

// A sense is one thing that a word, or several, can stand for.
type sense struct {
	slot slot
	n    int
	unit unit
	rest []string // the tokens behind the first
}

// An element of a phrase is one token, or an expression that a slot stands for.
type element struct {
	words    []string
	slots    []slot
	optional bool
	behind   bool // stands before the phrase and is no part of it
}

// A phrase is a row of lexicon/date-phrases.txt.
type phrase struct {
	name     string
	n        int
	elements []element
	mean     meaning
}

// A grammar is what is known of the dates of one language. It is never written to.
type grammar struct {
	language string
	senses   map[string][]sense // by their first token
	byWord   map[string][]*phrase
	bySlot   [slotCountAll][]*phrase
	suffixes []*phrase // those that begin with a date: they go on from it

	before, after, ranges, list, future, past map[string]bool
	coming, oneDay, anyDay, feast             map[string]bool // of weekdays
	since, sinceNoun                          map[string]bool
}

// grammars holds the languages beside English, by their ISO 639-1 code.
var grammars = readGrammars()

func readGrammars() map[string]*grammar {
	all := map[string]*grammar{}
	in := func(language string) *grammar {
		if all[language] == nil {
			all[language] = &grammar{language: language, senses: map[string][]sense{}, byWord: map[string][]*phrase{}}
		}
		return all[language]
	}
	for _, row := range lexicon.Rows("date-words") {
		in(row[0]).words(row[1], row[2:])
	}
	for _, row := range lexicon.Rows("date-phrases") {
		in(row[0]).phrase(row[1], row[2:])
	}
	for s, names := range map[slot][]lexicon.CalendarWord{slotMonth: lexicon.Months(), slotWeekday: lexicon.Weekdays(),
		slotSolar: lexicon.SolarMonths(), slotIslamic: lexicon.IslamicMonths()} {
		for _, name := range names {
			if g := all[name.Language]; g != nil {
				g.sense(name.Word, sense{slot: s, n: name.N})
			}
		}
	}
	return all
}

// unitNames are the names of the units in lexicon/date-words.txt.
var unitNames = map[string]unit{
	"day":     unitDay,
	"week":    unitWeek,
	"month":   unitMonth,
	"quarter": unitQuarter,
	"year":    unitYear,
	"decade":  unitDecade,
	"century": unitCentury,
	"weekend": unitWeekend,
}

// words adds a row of lexicon/date-words.txt.
func (g *grammar) words(kind string, spellings []string) {
	kind, value, _ := strings.Cut(kind, ":")
	n, _ := strconv.Atoi(value) // a test looks at the numbers
	slots := map[string]slot{
		"unit":    slotUnit,
		"number":  slotCount,
		"ordinal": slotOrdinal,
		"season":  slotSeason,
		"tens":    slotTens,
		"day":     slotDeictic,
		"weekday": slotWeekday,
	}
	if s, ok := slots[kind]; ok {
		for _, w := range spellings {
			g.sense(w, sense{slot: s, n: n, unit: unitNames[value]})
		}
		return
	}
	set := map[string]*map[string]bool{"before": &g.before, "behind": &g.after, "range": &g.ranges, "list": &g.list,
		"future": &g.future, "past": &g.past, "coming": &g.coming, "one_day": &g.oneDay, "any_day": &g.anyDay,
		"feast": &g.feast, "since": &g.since, "since_noun": &g.sinceNoun}[kind]
	if *set == nil {
		*set = map[string]bool{}
	}
	for _, w := range spellings {
		(*set)[foldWord(w)] = true
	}
}

// sense adds a word, or several joined by underscores.
func (g *grammar) sense(word string, s sense) {
	var parts []string
	word = strings.ReplaceAll(word, "_", " ")
	for _, t := range scan(word) {
		parts = append(parts, foldWord(word[t.start:t.end]))
	}
	s.rest = parts[1:]
	g.senses[parts[0]] = append(g.senses[parts[0]], s)
}

// phrase adds a row of lexicon/date-phrases.txt.
func (g *grammar) phrase(name string, fields []string) {
	p := &phrase{}
	name, value, _ := strings.Cut(name, ":")
	p.n, _ = strconv.Atoi(value)
	p.name, p.mean = name, meanings[name]
	for _, f := range fields {
		var e element
		if inner, ok := strings.CutPrefix(f, "["); ok {
			f, e.optional = strings.TrimSuffix(inner, "]"), true
		}
		if inner, ok := strings.CutPrefix(f, "<"); ok {
			f, e.behind = inner, true
		}
		for w := range strings.SplitSeq(f, "|") {
			if s := strings.Index(slotLetters, w); len(w) == 1 && s >= 0 {
				e.slots = append(e.slots, slot(s))
			} else {
				e.words = append(e.words, foldWord(w))
			}
		}
		p.elements = append(p.elements, e)
	}
	g.index(p)
}

// index files a phrase under everything that it can begin with.
func (g *grammar) index(p *phrase) {
	for _, e := range p.elements {
		if e.behind {
			continue
		}
		for _, w := range e.words {
			g.byWord[w] = append(g.byWord[w], p)
		}
		for _, s := range e.slots {
			if s == slotPhrase {
				g.suffixes = append(g.suffixes, p)
				continue
			}
			g.bySlot[s] = append(g.bySlot[s], p)
		}
		if !e.optional {
			return
		}
	}
}

// foldWord makes the spellings of a word the same.
func foldWord(s string) string { return strings.ReplaceAll(words.Fold(s), "\u200c", "") }

// refold folds the words of a text in another language than English, whose letters lower leaves alone.
func refold(text string, tokens []token) {
	for i := range tokens {
		switch t := &tokens[i]; t.kind {
		case kindWord:
			if t.end-t.start <= maxWordBytes {
				t.lower = foldWord(text[t.start:t.end])
			}
		case kindNumber:
			t.lower = foldWord(t.lower)
		}
	}
}

// A found is what the slots of a phrase were filled with.
type found struct {
	day, day2, month, solar, islamic, year, other, small, count int
	weekday, season, ordinal, tens, decade, deictic             int
	unit                                                        unit
	filled                                                      [slotCountAll]bool
	twoDigit                                                    bool
	in, to                                                      *expr
}

// A matcher reads the tokens of one text by one grammar.
type matcher struct {
	*grammar
	tokens []token
	depth  int // of phrases in phrases
	inside bool
}

// maxPhraseDepth bounds phrases in phrases: "Ende der ersten Hälfte des 19. Jahrhunderts".
const maxPhraseDepth = 2

// longest returns the longest expression at i, as the function longest does for English.
func (m matcher) longest(i int) (expr, int, string, bool) {
	best, end, name := expr{}, i, ""
	try := func(p *phrase, from int, f found) {
		next, ok := m.match(from, p.elements, &f, false)
		if !ok || next <= end {
			return
		}
		if e, ok := p.mean(&m, &f, p.n, i, next); ok {
			best, end, name = e, next, p.name
		}
	}
	t := at(m.tokens, i)
	if t.kind != kindNumber {
		for _, p := range m.byWord[t.lower] {
			try(p, i, found{})
		}
	}
	for s := range slotPhrase {
		if len(m.bySlot[s]) == 0 || !m.canBegin(t, s) {
			continue
		}
		for _, p := range m.bySlot[s] {
			try(p, i, found{})
		}
	}
	if end > i && m.depth < maxPhraseDepth {
		best, end, name = m.goOn(i, best, end, name)
	}
	return best, end, name, end > i
}

// goOn tries the phrases that begin with a date behind the one that ends at end.
func (m matcher) goOn(i int, best expr, end int, name string) (expr, int, string) {
	base, from := best, end
	for _, p := range m.suffixes {
		f := found{in: base.kept()}
		f.filled[slotPhrase] = true
		rest := p.elements
		for len(rest) > 0 && !slices.Contains(rest[0].slots, slotPhrase) {
			rest = rest[1:]
		}
		if len(rest) != len(p.elements) {
			continue
		}
		next, ok := m.match(from, rest[1:], &f, false)
		if !ok || next <= end {
			continue
		}
		if e, ok := p.mean(&m, &f, p.n, i, next); ok {
			best, end, name = e, next, p.name
		}
	}
	return best, end, name
}

// canBegin spares the phrases that the token cannot begin.
func (m matcher) canBegin(t *token, s slot) bool {
	if t.kind == kindNumber {
		switch s {
		case slotDay, slotYear, slotOtherYear, slotSmallYear, slotCount, slotOrdinal, slotDecade:
			return true
		}
		return false
	}
	if t.kind != kindWord {
		return false
	}
	if s == slotOrdinal && roman(t.lower) > 0 {
		return true
	}
	return slices.ContainsFunc(m.senses[t.lower], func(x sense) bool {
		return x.slot == s || s == slotDay && x.slot == slotOrdinal
	})
}

// match reads the elements from i on. begun tells that a token was read, so that what must stand before is no longer
// looked for.
func (m matcher) match(i int, elements []element, f *found, begun bool) (int, bool) {
	if len(elements) == 0 {
		return i, begun
	}
	e, rest := &elements[0], elements[1:]
	t := at(m.tokens, i)
	if e.behind {
		if at(m.tokens, i-1).kind == kindNumber || !slices.Contains(e.words, at(m.tokens, i-1).lower) {
			return i, false
		}
		return m.match(i, rest, f, begun)
	}
	saved := *f
	if t.kind != kindNumber && t.kind != kindNone && slices.Contains(e.words, t.lower) {
		if next, ok := m.match(i+1, rest, f, true); ok {
			return next, true
		}
		*f = saved
	}
	for _, s := range e.slots {
		if next, ok := m.fill(i, s, f); ok {
			if end, ok := m.match(next, rest, f, true); ok {
				return end, true
			}
		}
		*f = saved
	}
	if e.optional {
		return m.match(i, rest, f, begun)
	}
	return i, false
}
