// Package syntax cuts a text into units and tells what each is: its kind and part of speech, what it negates, hedges
// or bounds, and whose words it stands in. It knows one text at a time, and no document.
package syntax

import (
	"strings"
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// A Kind is what a unit of text is to the checks.
type Kind uint8

// The kinds of units.
const (
	Plain  Kind = iota // a content word
	Light              // a function word, or one that says nothing by itself
	Name               // a name or a part of one
	Number             // a quantity with its unit
	Date               // an expression of time that has days
)

// The keys of quantities and dates, which are compared by value. No word has such a key.
const (
	NumberKey = "#number"
	DateKey   = "#date"
)

// A Unit is the smallest piece that is compared: a word, or a quantity, a date or a known name of several words.
type Unit struct {
	article.Span
	Kind      Kind
	Key       string // what equal units share
	Folded    string // as printed, folded
	Sentence  int    // index of the sentence it stands in
	Clause    int    // index of the clause: counts from 0 through the text
	Quoted    bool   // stands between quotation marks
	Title     bool   // stands between marks that set off a title: they part no clause
	Capital   bool   // printed with an upper-case letter
	First     bool   // first word of its sentence
	Op        Operator
	Negated   bool // in reach of a negation
	Head      bool // the first content word in reach of that negation
	Hedged    bool // in reach of a hedge
	Quantity  *quantity.Quantity
	Date      timeline.Date
	Entity    int // index+1 in Context.entities; 0 for none
	NameStart bool
	Life      life
}

// A life is what a date in "Ada Lind (3 May 1810 – 9 June 1868)" tells without words.
type life uint8

// What a date tells.
const (
	Birth life = iota + 1
	Death
)

// An Analysis is a text cut into units, with what the checks need to know of each.
type Analysis struct {
	Ref       article.Ref
	Unsure    bool // its words may be others than those of its file
	Text      string
	Units     []Unit
	Sentences []article.Span
	From      []int            // index of the first unit of each sentence, and one past the last
	Index     map[string][]int // key → positions in units
	Frames    []Frame          // who says what, in order
	Marks     []article.Span   // what stands between quotation marks, without them
	Plain     string           // the text with plain marks and spaces
	Pronoun   bool             // has a pronoun that may stand for somebody named before
	Relatives relatives
	speech    partsOfSpeech

	ClausesRead ClauseCache
	Halves      []*Analysis // the two that it was joined of; nil for one passage
}

// MarkLives marks "(3 May 1810 – 9 June 1868)" that timeline reads as two dates. "(born 3 May 1810)" needs no rule.
func (r *Analysis) MarkLives() {
	for i := 1; i < len(r.Units); i++ {
		a, b := &r.Units[i-1], &r.Units[i]
		if a.Kind == Date && b.Kind == Date && a.Life == 0 && LifeMarks(r.Text, a.Start, a.End, b.Start, b.End) {
			a.Life, b.Life = Birth, Death
		}
	}
}

// ListUnits makes the index of the units, and tells what each does to the others.
func (r *Analysis) ListUnits() {
	r.Index = make(map[string][]int, len(r.Units))
	for i := range r.Units {
		u := &r.Units[i]
		if MayOperate(r.Units, i) {
			u.Op, _ = OperatorOf(OperatorRules, r.Units, i)
		}
		r.Index[u.Key] = append(r.Index[u.Key], i)
		switch u.Life {
		case Birth:
			r.Index["born"] = append(r.Index["born"], i)
		case Death:
			r.Index["die"] = append(r.Index["die"], i)
		}
		if !u.Quoted && Pronouns[u.Folded] {
			r.Pronoun = true
		}
	}
}

// InheritUnit gives a number without a unit, and without a noun behind it, that of the number before it in the
// sentence: "paid 18 million euros, and insurers paid 52 million".
func (r *Analysis) InheritUnit(i int) {
	q := r.Units[i].Quantity
	if q.Unit != "" || q.Ordinal || q.Vague || r.PlainAfter(i) != "" && r.Units[i+1].Kind != Light {
		return
	}
	for k := i - 1; k >= r.From[r.Units[i].Sentence]; k-- {
		p := r.Units[k].Quantity
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

// GoesOn reports whether no mark parts a word from the next: "No decision was taken" is no answer.
func GoesOn(text string, rest []words.Token) bool {
	return len(rest) > 1 && !Breaks(text[rest[0].End:rest[1].Start])
}

// GivenName reports whether a word that looks like a modal is a first name: "Will Gluck".
func GivenName(t words.Token, text string, rest []words.Token) bool {
	return t.Capital && modalNames[t.Text] && len(rest) > 1 && rest[1].Capital && !rest[1].Stop &&
		Joined(text[t.End:rest[1].Start])
}

// OpensAsName reports whether a verb in a form that no modal has before it stands behind a name of two words: "May Berg
// was fined", not "May Berg come".
func OpensAsName(rest []words.Token) bool {
	return len(rest) > 2 && (BeForms[rest[2].Text] || HaveForms[rest[2].Text] || strings.HasSuffix(rest[2].Text, "ed") ||
		strings.HasSuffix(rest[2].Text, "s"))
}

// modalNames are first names that look like modals.
var modalNames = lexicon.Set("will may")

// MarkNames joins what the first capital of a sentence left open, and marks where runs of name words begin.
func MarkNames(r *Analysis) {
	for i := range r.Units {
		u := &r.Units[i]
		if u.Folded == "longer" && i > 0 && r.Units[i-1].Folded == "no" {
			u.Kind = Light // "no longer" is one negation
		}
		u.NameStart = u.Kind == Name && (i == 0 || r.Units[i-1].Kind != Name || r.Units[i-1].Sentence != u.Sentence ||
			!Joined(r.Text[r.Units[i-1].End:u.Start]))
	}
}

// Joined reports whether two capitalized words with this between them may be one name.
func Joined(between string) bool {
	return between == " " || between == "-" || between == ". " || between == "'" || between == "’"
}

// Breaks reports whether the text between two words ends a clause.
func Breaks(between string) bool {
	for _, r := range between {
		switch r {
		case ',', ';', ':', '(', ')', '–', '—', '"', '“', '”':
			return true
		}
	}
	return strings.Contains(between, " - ")
}

// Of cuts a unit from the text.
func (r *Analysis) Of(i int) string { return r.Units[i].Of(r.Text) }

// SentenceOf returns the units of a sentence.
func (r *Analysis) SentenceOf(s int) []Unit { return r.Units[r.From[s]:r.From[s+1]] }

// relatives find the words of a reading that come from the same as another one, and the entities that are called by it,
// without a look at all of its units. They are made when the first word is looked for that the reading does not have as
// it is.
type relatives struct {
	Once   sync.Once
	ByKey  []int32          // the words that are no entities, by key and place
	ByPart map[string][]int // the entities that have a part of this key
	Places map[int][]int    // of each entity
}
