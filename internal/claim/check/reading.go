package check

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/quantity"
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
	Name               // a name or a part of one
	number             // a quantity with its unit
	date               // an expression of time that has days
)

// The keys of quantities and dates, which are compared by value. No word has such a key.
const (
	numberKey = "#number"
	dateKey   = "#date"
)

// A Unit is the smallest piece that is compared: a word, or a quantity, a date or a known name of several words.
type Unit struct {
	article.Span
	Kind      kind
	Key       string // what equal units share
	Folded    string // as printed, folded
	sentence  int    // index of the sentence it stands in
	clause    int    // index of the clause: counts from 0 through the text
	quoted    bool   // stands between quotation marks
	title     bool   // stands between marks that set off a title: they part no clause
	Capital   bool   // printed with an upper-case letter
	first     bool   // first word of its sentence
	op        Operator
	negated   bool // in reach of a negation
	head      bool // the first content word in reach of that negation
	hedged    bool // in reach of a hedge
	quantity  *quantity.Quantity
	date      timeline.Date
	Entity    int // index+1 in Context.entities; 0 for none
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

// An Analysis is a text cut into units, with what the checks need to know of each.
type Analysis struct {
	ref       article.Ref
	unsure    bool // its words may be others than those of its file
	Text      string
	Units     []Unit
	sentences []article.Span
	from      []int            // index of the first unit of each sentence, and one past the last
	Index     map[string][]int // key → positions in units
	frames    []frame          // who says what, in order
	marks     []article.Span   // what stands between quotation marks, without them
	plain     string           // the text with plain marks and spaces
	pronoun   bool             // has a pronoun that may stand for somebody named before
	relatives relatives
	speech    partsOfSpeech

	ClausesRead clauseCache
	halves      []*Analysis // the two that it was joined of; nil for one passage
}

// Read cuts the text into units. tokens are the text's own.
func (c *Context) Read(text string, tokens []words.Token) *Analysis {
	r := &Analysis{Text: text, sentences: article.Sentences(text), marks: Quoted(text),
		plain: strings.TrimSpace(foldMarks(text).text)}
	if len(r.sentences) == 0 && text != "" {
		r.sentences = []article.Span{{Start: 0, End: len(text)}}
	}
	cut := cutter{Context: c, Analysis: r, tokens: tokens,
		mentions: timeline.Tag(text, timeline.Context{Reference: c.published}),
		typed:    len(tokens) > 0 && !slices.ContainsFunc(tokens[1:], func(t words.Token) bool { return t.Capital })}
	cut.units()
	markNames(r)
	r.markTitles()
	r.markLives()
	for i := range r.Units {
		if q := r.Units[i].quantity; q != nil {
			q.Bound = BoundAt(BoundRules, r.Units, i)
			r.inheritUnit(i)
		}
	}
	r.listUnits()
	markScopes(r)
	r.frames = findFrames(r)
	return r
}

// markLives marks "(3 May 1810 – 9 June 1868)" that timeline reads as two dates. "(born 3 May 1810)" needs no rule.
func (r *Analysis) markLives() {
	for i := 1; i < len(r.Units); i++ {
		a, b := &r.Units[i-1], &r.Units[i]
		if a.Kind == date && b.Kind == date && a.life == 0 && lifeMarks(r.Text, a.Start, a.End, b.Start, b.End) {
			a.life, b.life = birth, death
		}
	}
}

// listUnits makes the index of the units, and tells what each does to the others.
func (r *Analysis) listUnits() {
	r.Index = make(map[string][]int, len(r.Units))
	for i := range r.Units {
		u := &r.Units[i]
		if MayOperate(r.Units, i) {
			u.op, _ = OperatorOf(OperatorRules, r.Units, i)
		}
		r.Index[u.Key] = append(r.Index[u.Key], i)
		switch u.life {
		case birth:
			r.Index["born"] = append(r.Index["born"], i)
		case death:
			r.Index["die"] = append(r.Index["die"], i)
		}
		if !u.quoted && pronouns[u.Folded] {
			r.pronoun = true
		}
	}
}

// inheritUnit gives a number without a unit, and without a noun behind it, that of the number before it in the
// sentence: "paid 18 million euros, and insurers paid 52 million".
func (r *Analysis) inheritUnit(i int) {
	q := r.Units[i].quantity
	if q.Unit != "" || q.Ordinal || q.Vague || r.plainAfter(i) != "" && r.Units[i+1].Kind != light {
		return
	}
	for k := i - 1; k >= r.from[r.Units[i].sentence]; k-- {
		p := r.Units[k].quantity
		if p == nil || p.Ordinal || p.Vague {
			continue
		}
		if scale := p.Value / q.Value; scale < elidedScale && scale > 1/elidedScale &&
			(currencyUnits[p.Unit] || p.Unit == "percent") {
			q.Unit, q.Implied = p.Unit, true
		}
		return
	}
}

// elidedScale is how many times larger one of two numbers may be that share a unit which is printed once.
const elidedScale = 100.0

// currencyUnits are the units that are left out at the second of two numbers.
var currencyUnits = lexicon.Set("dollar euro pound rupee yen yuan")

// classify says what a single word is. A text that was typed without capitals has its names without them.
func (c *Context) classify(u *Unit, t words.Token, text string, rest []words.Token, typed bool) {
	switch {
	case givenName(t, text, rest) && (!u.first || opensAsName(rest)):
		u.Kind = Name
	case t.Stop || lightWords[t.Text] || u.first && answers[t.Text] && !goesOn(text, rest):
		u.Kind = light
	case t.Digit:
		u.Kind = plain
	case t.Capital && (!u.first || c.startsName(t, text, rest)), typed && c.onlyName[t.Stem]:
		u.Kind = Name
	}
	if s, ok := canonical[u.Key]; ok && u.Kind != Name {
		u.Key = s
	}
	if u.Kind == Name {
		if s, ok := demonyms[t.Text]; ok {
			u.Key = s
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
func markNames(r *Analysis) {
	for i := range r.Units {
		u := &r.Units[i]
		if u.Folded == "longer" && i > 0 && r.Units[i-1].Folded == "no" {
			u.Kind = light // "no longer" is one negation
		}
		u.nameStart = u.Kind == Name && (i == 0 || r.Units[i-1].Kind != Name || r.Units[i-1].sentence != u.sentence ||
			!joined(r.Text[r.Units[i-1].End:u.Start]))
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
func (r *Analysis) of(i int) string { return r.Units[i].Of(r.Text) }

// sentenceOf returns the units of a sentence.
func (r *Analysis) sentenceOf(s int) []Unit { return r.Units[r.from[s]:r.from[s+1]] }
