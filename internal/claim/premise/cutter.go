package premise

import (
	"strings"
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// A cutter cuts a text into units, and counts sentences, quotations, mentions of dates and clauses on the way.
type cutter struct {
	*Context
	*syntax.Analysis
	tokens   []words.Token
	mentions []timeline.Mention
	typed    bool // without capitals

	sentence, mark, mention, clause int
	end                             int // of the unit before
}

// units appends the units of all tokens to the reading, and where sentences begin.
func (c *cutter) units() {
	r := c.Analysis
	r.Units = make([]syntax.Unit, 0, len(c.tokens))
	r.From = append(r.From, 0)
	for i := 0; i < len(c.tokens); {
		c.advance(c.tokens[i])
		u, n := c.unitAt(i)
		if u.Kind == syntax.Date {
			u = c.apartLives(u, c.tokens[i:i+n])
		}
		u.End = c.tokens[i+n-1].End
		c.end = u.End
		r.Units = append(r.Units, u)
		i += n
	}
	for len(r.From) <= len(r.Sentences) {
		r.From = append(r.From, len(r.Units))
	}
}

// advance moves on to a token.
func (c *cutter) advance(t words.Token) {
	r := c.Analysis
	for c.sentence+1 < len(r.Sentences) && t.Start >= r.Sentences[c.sentence+1].Start {
		c.sentence++
		r.From = append(r.From, len(r.Units))
		c.clause++
	}
	for c.mark < len(r.Marks) && t.Start >= r.Marks[c.mark].End {
		c.mark++
	}
	for c.mention < len(c.mentions) && c.mentions[c.mention].Span.End <= t.Start {
		c.mention++
	}
	if !c.first() && syntax.Breaks(r.Text[c.end:t.Start]) || t.Stop && joinsClauses[t.Text] {
		c.clause++
	}
}

// joinsClauses are words with which another clause begins.
var joinsClauses = lexicon.Set("but although while because")

// first reports whether the next unit is the first of its sentence.
func (c *cutter) first() bool { return len(c.Units) == c.From[c.sentence] }

// unitAt is the unit that begins at a token: a known name, a date, a number, or a word. n is how many tokens it has.
func (c *cutter) unitAt(i int) (u syntax.Unit, n int) {
	t, text := c.tokens[i], c.Text
	u = syntax.Unit{Span: article.Span{Start: t.Start, End: t.End}, Key: t.Stem, Folded: t.Text, Sentence: c.sentence,
		Clause: c.clause, Quoted: c.mark < len(c.Marks) && t.Start >= c.Marks[c.mark].Start,
		Capital: t.Capital, First: c.first()}
	if k, e := c.entityAt(c.tokens[i:], text); k > 0 && !(k == 1 && c.surnameOfOther(i, e)) {
		u.Entity, u.Kind, u.Key = e, syntax.Name, c.Entities[e-1].key
		return u, k
	}
	if c.mention < len(c.mentions) {
		m := &c.mentions[c.mention]
		if t.Start >= m.Span.Start && m.Kind == timeline.KindDate && !m.IsZero() {
			for n = 1; n < len(c.tokens)-i && c.tokens[i+n].Start < m.Span.End; n++ {
			}
			u.Kind, u.Date, u.Key = syntax.Date, m.Date, syntax.DateKey
			return u, n
		}
	}
	if q, k := quantity.At(c.tokens[i:], text); k > 0 && !(i == 0 && numbersRule(text, t)) {
		u.Kind, u.Quantity, u.Key = syntax.Number, q, syntax.NumberKey
		return u, k
	}
	c.classify(&u, t, text, c.tokens[i:], c.typed)
	if key, k := c.phrasalAt(i); k > 0 && u.Kind != syntax.Name {
		u.Kind, u.Key = syntax.Plain, key
		return u, k
	}
	return u, 1
}

// numbersRule reports whether a text begins with the number of a rule or an item, which is no figure of it: "10. If".
func numbersRule(text string, t words.Token) bool {
	const most = 3 // digits
	mark := text[t.End:]
	return t.Digit && t.Start == 0 && t.End <= most && (strings.HasPrefix(mark, ". ") || strings.HasPrefix(mark, ") "))
}

// surnameOfOther reports whether a surname that stands for somebody by itself is that of another one here, who has
// another first name: "Tobin Ashe", where "Ashe" is Clara Ashe. "Mayor Ashe" is she.
func (c *cutter) surnameOfOther(i, e int) bool {
	if i == 0 || c.first() || !c.Persons[c.tokens[i].Stem] {
		return false
	}
	before := c.tokens[i-1]
	return before.Capital && !before.Stop && syntax.Joined(c.Text[before.End:c.tokens[i].Start]) &&
		GivenName(before.Text) && !c.Entities[e-1].Parts[before.Stem]
}

// FemaleNames and MaleNames are first names. They are read when the first is asked for: they are long, and a program
// that checks nothing does without.
var (
	FemaleNames = sync.OnceValue(func() map[string]bool { return lexicon.List("given-names-female") })
	MaleNames   = sync.OnceValue(func() map[string]bool { return lexicon.List("given-names-male") })
)

// GivenName reports whether a word, in lower case, is a first name.
func GivenName(word string) bool { return FemaleNames()[word] || MaleNames()[word] }

// apartLives appends the birth of a life that is printed as one date, and returns the death.
func (c *cutter) apartLives(u syntax.Unit, tokens []words.Token) syntax.Unit {
	first, last, k := lifeSpan(c.Text, tokens, c.Published)
	if k == 0 {
		return u
	}
	born := u
	born.End, born.Date, born.Life = tokens[k-1].End, first, syntax.Birth
	c.Units = append(c.Units, born)
	u.Start, u.Date, u.Life, u.First = tokens[k].Start, last, syntax.Death, false
	return u
}

// Possessives stand before what is somebody's.
var Possessives = lexicon.Set("its their his her whose")
