package claim

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// A kind is what a unit of text is to the checks.
type kind uint8

// The kinds of units.
const (
	plain  kind = iota // a content word
	light              // a function word, or one that says nothing by itself
	name               // a name or a part of one
	number             // a quantity with its unit
	date               // an expression of time that has days
)

// The keys of quantities and dates, which are compared by value. No word has such a key.
const (
	numberKey = "#number"
	dateKey   = "#date"
)

// A unit is the smallest piece that is compared: a word, or a quantity, a date or a known name of several words.
type unit struct {
	article.Span
	kind      kind
	key       string // what equal units share
	folded    string // as printed, folded
	sentence  int    // index of the sentence it stands in
	clause    int    // index of the clause: counts from 0 through the text
	quoted    bool   // stands between quotation marks
	title     bool   // stands between marks that set off a title: they part no clause
	capital   bool   // printed with an upper-case letter
	first     bool   // first word of its sentence
	op        operator
	negated   bool // in reach of a negation
	head      bool // the first content word in reach of that negation
	hedged    bool // in reach of a hedge
	quantity  *quantity
	date      timeline.Date
	entity    int // index+1 in Context.entities; 0 for none
	nameStart bool
	life      life
}

// A life is what a date in "Ada Lind (3 May 1810 – 9 June 1868)" tells without words.
type life uint8

// What a date tells.
const (
	birth life = iota + 1
	death
)

// A reading is a text cut into units, with what the checks need to know of each.
type reading struct {
	ref       article.Ref
	unsure    bool // its words may be others than those of its file
	text      string
	units     []unit
	sentences []article.Span
	from      []int            // index of the first unit of each sentence, and one past the last
	index     map[string][]int // key → positions in units
	frames    []frame          // who says what, in order
	marks     []article.Span   // what stands between quotation marks, without them
	plain     string           // the text with plain marks and spaces
	pronoun   bool             // has a pronoun that may stand for somebody named before
	relatives relatives
	speech    partsOfSpeech

	clausesRead clauseCache
	halves      []*reading // the two that it was joined of; nil for one passage
}

// read cuts the text into units. tokens are the text's own.
func (c *Context) read(text string, tokens []words.Token) *reading {
	r := &reading{text: text, sentences: article.Sentences(text), marks: quoted(text),
		plain: strings.TrimSpace(foldMarks(text).text)}
	if len(r.sentences) == 0 && text != "" {
		r.sentences = []article.Span{{Start: 0, End: len(text)}}
	}
	cut := cutter{Context: c, reading: r, tokens: tokens,
		mentions: timeline.Tag(text, timeline.Context{Reference: c.published}),
		typed:    len(tokens) > 0 && !slices.ContainsFunc(tokens[1:], func(t words.Token) bool { return t.Capital })}
	cut.units()
	markNames(r)
	r.markTitles()
	r.markLives()
	for i := range r.units {
		if q := r.units[i].quantity; q != nil {
			q.bound = boundAt(boundRules, r.units, i)
			r.inheritUnit(i)
		}
	}
	r.listUnits()
	markScopes(r)
	r.frames = findFrames(r)
	return r
}

// markLives marks "(3 May 1810 – 9 June 1868)" that timeline reads as two dates. "(born 3 May 1810)" needs no rule.
func (r *reading) markLives() {
	for i := 1; i < len(r.units); i++ {
		a, b := &r.units[i-1], &r.units[i]
		if a.kind == date && b.kind == date && a.life == 0 && lifeMarks(r.text, a.Start, a.End, b.Start, b.End) {
			a.life, b.life = birth, death
		}
	}
}

// listUnits makes the index of the units, and tells what each does to the others.
func (r *reading) listUnits() {
	r.index = make(map[string][]int, len(r.units))
	for i := range r.units {
		u := &r.units[i]
		if mayOperate(r.units, i) {
			u.op, _ = operatorOf(operatorRules, r.units, i)
		}
		r.index[u.key] = append(r.index[u.key], i)
		switch u.life {
		case birth:
			r.index["born"] = append(r.index["born"], i)
		case death:
			r.index["die"] = append(r.index["die"], i)
		}
		if !u.quoted && pronouns[u.folded] {
			r.pronoun = true
		}
	}
}

// inheritUnit gives a number without a unit, and without a noun behind it, that of the number before it in the
// sentence: "paid 18 million euros, and insurers paid 52 million".
func (r *reading) inheritUnit(i int) {
	q := r.units[i].quantity
	if q.unit != "" || q.ordinal || q.vague || r.plainAfter(i) != "" && r.units[i+1].kind != light {
		return
	}
	for k := i - 1; k >= r.from[r.units[i].sentence]; k-- {
		p := r.units[k].quantity
		if p == nil || p.ordinal || p.vague {
			continue
		}
		if scale := p.value / q.value; scale < elidedScale && scale > 1/elidedScale &&
			(currencyUnits[p.unit] || p.unit == "percent") {
			q.unit, q.implied = p.unit, true
		}
		return
	}
}

// elidedScale is how many times larger one of two numbers may be that share a unit which is printed once.
const elidedScale = 100.0

// currencyUnits are the units that are left out at the second of two numbers.
var currencyUnits = lexicon.Set("dollar euro pound rupee yen yuan")

// classify says what a single word is. A text that was typed without capitals has its names without them.
func (c *Context) classify(u *unit, t words.Token, text string, rest []words.Token, typed bool) {
	switch {
	case givenName(t, text, rest) && (!u.first || opensAsName(rest)):
		u.kind = name
	case t.Stop || lightWords[t.Text] || u.first && answers[t.Text] && !goesOn(text, rest):
		u.kind = light
	case t.Digit:
		u.kind = plain
	case t.Capital && (!u.first || c.startsName(t, text, rest)), typed && c.onlyName[t.Stem]:
		u.kind = name
	}
	if s, ok := canonical[u.key]; ok && u.kind != name {
		u.key = s
	}
	if u.kind == name {
		if s, ok := demonyms[t.Text]; ok {
			u.key = s
		}
	}
}

// goesOn reports whether no mark parts a word from the next: "No decision was taken" is no answer.
func goesOn(text string, rest []words.Token) bool {
	return len(rest) > 1 && !breaks(text[rest[0].End:rest[1].Start])
}

// givenName reports whether a word that looks like a modal is a first name: "Will Gluck".
func givenName(t words.Token, text string, rest []words.Token) bool {
	return t.Capital && modalNames[t.Text] && len(rest) > 1 && rest[1].Capital && !rest[1].Stop &&
		joined(text[t.End:rest[1].Start])
}

// opensAsName reports whether a verb in a form that no modal has before it stands behind a name of two words: "May Berg
// was fined", not "May Berg come".
func opensAsName(rest []words.Token) bool {
	return len(rest) > 2 && (beForms[rest[2].Text] || haveForms[rest[2].Text] || strings.HasSuffix(rest[2].Text, "ed") ||
		strings.HasSuffix(rest[2].Text, "s"))
}

// modalNames are first names that look like modals.
var modalNames = lexicon.Set("will may")

// startsName guesses whether a capital at the beginning of a sentence is that of a name: it is one in the document,
// it is printed in capitals, the next word has one too, or it does not look like a common noun, which would have an
// article before it.
func (c *Context) startsName(t words.Token, text string, rest []words.Token) bool {
	if c.onlyName[t.Stem] {
		return true
	}
	if c.common[t.Stem] || prepositions[t.Text] || commonStarts[t.Text] || humanPlurals[t.Text] {
		return false
	}
	raw := text[t.Start:t.End]
	if len(raw) > 1 && strings.ToUpper(raw) == raw {
		return true
	}
	if len(rest) > 1 && rest[1].Capital && !rest[1].Stop && rest[1].Start-rest[0].End <= 1 {
		return true
	}
	for _, suffix := range []string{"s", "ing", "ed", "ly"} {
		if strings.HasSuffix(t.Text, suffix) {
			return false
		}
	}
	return true
}

// markNames joins what the first capital of a sentence left open, and marks where runs of name words begin.
func markNames(r *reading) {
	for i := range r.units {
		u := &r.units[i]
		if u.folded == "longer" && i > 0 && r.units[i-1].folded == "no" {
			u.kind = light // "no longer" is one negation
		}
		u.nameStart = u.kind == name && (i == 0 || r.units[i-1].kind != name || r.units[i-1].sentence != u.sentence ||
			!joined(r.text[r.units[i-1].End:u.Start]))
	}
}

// joined reports whether two capitalized words with this between them may be one name.
func joined(between string) bool {
	return between == " " || between == "-" || between == ". " || between == "'" || between == "’"
}

// breaks reports whether the text between two words ends a clause.
func breaks(between string) bool {
	for _, r := range between {
		switch r {
		case ',', ';', ':', '(', ')', '–', '—', '"', '“', '”':
			return true
		}
	}
	return strings.Contains(between, " - ")
}

// of cuts a unit from the text.
func (r *reading) of(i int) string { return r.units[i].Of(r.text) }

// sentenceOf returns the units of a sentence.
func (r *reading) sentenceOf(s int) []unit { return r.units[r.from[s]:r.from[s+1]] }
