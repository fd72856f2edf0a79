package check

import (
	"pilcrow/internal/article"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// A cutter cuts a text into units, and counts sentences, quotations, mentions of dates and clauses on the way.
type cutter struct {
	*Context
	*Analysis
	tokens   []words.Token
	mentions []timeline.Mention
	typed    bool // without capitals

	sentence, mark, mention, clause int
	end                             int // of the unit before
}

// units appends the units of all tokens to the reading, and where sentences begin.
func (c *cutter) units() {
	r := c.Analysis
	r.Units = make([]Unit, 0, len(c.tokens))
	r.from = append(r.from, 0)
	for i := 0; i < len(c.tokens); {
		c.advance(c.tokens[i])
		u, n := c.unitAt(i)
		if u.Kind == date {
			u = c.apartLives(u, c.tokens[i:i+n])
		}
		u.End = c.tokens[i+n-1].End
		c.end = u.End
		r.Units = append(r.Units, u)
		i += n
	}
	for len(r.from) <= len(r.sentences) {
		r.from = append(r.from, len(r.Units))
	}
}

// advance moves on to a token.
func (c *cutter) advance(t words.Token) {
	r := c.Analysis
	for c.sentence+1 < len(r.sentences) && t.Start >= r.sentences[c.sentence+1].Start {
		c.sentence++
		r.from = append(r.from, len(r.Units))
		c.clause++
	}
	for c.mark < len(r.marks) && t.Start >= r.marks[c.mark].End {
		c.mark++
	}
	for c.mention < len(c.mentions) && c.mentions[c.mention].Span.End <= t.Start {
		c.mention++
	}
	if !c.first() && breaks(r.Text[c.end:t.Start]) || t.Stop && joinsClauses[t.Text] {
		c.clause++
	}
}

// joinsClauses are words with which another clause begins.
var joinsClauses = lexicon.Set("but although while because")

// first reports whether the next unit is the first of its sentence.
func (c *cutter) first() bool { return len(c.Units) == c.from[c.sentence] }

// unitAt is the unit that begins at a token: a known name, a date, a number, or a word. n is how many tokens it has.
func (c *cutter) unitAt(i int) (u Unit, n int) {
	t, text := c.tokens[i], c.Text
	u = Unit{Span: article.Span{Start: t.Start, End: t.End}, Key: t.Stem, Folded: t.Text, sentence: c.sentence,
		clause: c.clause, quoted: c.mark < len(c.marks) && t.Start >= c.marks[c.mark].Start,
		Capital: t.Capital, first: c.first()}
	if k, e := c.entityAt(c.tokens[i:], text); k > 0 && !(k == 1 && c.surnameOfOther(i, e)) {
		u.Entity, u.Kind, u.Key = e, Name, c.Entities[e-1].key
		return u, k
	}
	if c.mention < len(c.mentions) {
		m := &c.mentions[c.mention]
		if t.Start >= m.Span.Start && m.Kind == timeline.KindDate && !m.IsZero() {
			for n = 1; n < len(c.tokens)-i && c.tokens[i+n].Start < m.Span.End; n++ {
			}
			u.Kind, u.date, u.Key = date, m.Date, dateKey
			return u, n
		}
	}
	if q, k := quantity.At(c.tokens[i:], text); k > 0 {
		u.Kind, u.quantity, u.Key = number, q, numberKey
		return u, k
	}
	c.classify(&u, t, text, c.tokens[i:], c.typed)
	if key, k := c.phrasalAt(i); k > 0 && u.Kind != Name {
		u.Kind, u.Key = plain, key
		return u, k
	}
	return u, 1
}

// surnameOfOther reports whether a surname that stands for somebody by itself is that of another one here, who has
// another first name: "Tobin Ashe", where "Ashe" is Clara Ashe. "Mayor Ashe" is she.
func (c *cutter) surnameOfOther(i, e int) bool {
	if i == 0 || c.first() || !c.persons[c.tokens[i].Stem] {
		return false
	}
	before := c.tokens[i-1]
	return before.Capital && !before.Stop && joined(c.Text[before.End:c.tokens[i].Start]) &&
		givenNames[before.Text] && !c.Entities[e-1].Parts[before.Stem]
}

// givenNames are first names.
var givenNames = lexicon.Union(lexicon.List("given-names-female"), lexicon.List("given-names-male"))

// apartLives appends the birth of a life that is printed as one date, and returns the death.
func (c *cutter) apartLives(u Unit, tokens []words.Token) Unit {
	first, last, k := lifeSpan(c.Text, tokens, c.published)
	if k == 0 {
		return u
	}
	born := u
	born.End, born.date, born.life = tokens[k-1].End, first, birth
	c.Units = append(c.Units, born)
	u.Start, u.date, u.life, u.first = tokens[k].Start, last, death, false
	return u
}
