// Package premise reads the passages of a document, with what the whole document knows: who is called what, when it
// was published, who speaks where. A Context may be used by several goroutines.
package premise

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/quote"
	"pilcrow/internal/words"
)

// A Context is what a whole document knows: who is called what, when it was published, who speaks where. It is built
// once per document. Paragraphs are read when a sentence is checked against them, and kept for the next one.
type Context struct {
	Published time.Time
	Title     map[string]bool // keys of the title's words
	Entities  []entity
	phrases   map[string]int32 // entities by the stems of their names, from 1; 0 for what only begins a name
	OnlyName  map[string]bool  // stems that the document prints with a capital inside sentences, and never without
	common    map[string]bool  // stems that it prints without
	Passages  []article.Passage
	Position  map[article.Ref]int // in passages
	Readings  *Readings
	printed   map[string][]int32 // by stem: the passages that print it, in order
	function  map[string]bool    // stems of the function words that it prints
	joined    pairsKnown
	Speeches  map[article.Ref][]speech
	Persons   map[string]bool // stems of the names of human beings
	Foreign   bool            // it is in a language whose sentences are not analyzed
	Off       Off             // what is not asked
	Lone      bool            // there is no document around the passage: what its pronouns stand for is unknown
}

// An Off names a rule of each table that is not asked, so that a test may see what becomes of a sentence without it.
type Off struct{ Rule, Inference, TakeBack string }

// An entity is somebody or something with several names.
type entity struct {
	key   string
	Label string // the fullest name
	Parts map[string]bool
}

// maxPhrase is how many words a name may have that stands for an entity; a longer one is a headline.
const maxPhrase = 16

// A speech is a sentence with its speaker, as the document resolves pronouns.
type speech struct {
	Span    article.Span
	Speaker string
	mention string
	Named   bool
}

// New reads a document. It takes time in proportion to the document.
func New(d article.Document) *Context { return Of(d, quote.Read(nil, d), NewReadings()) }

// Of is NewContext for who has read already what the document tells of who said what, and keeps its readings
// among others'.
func Of(d article.Document, said quote.Speech, readings *Readings) *Context {
	c := &Context{
		Published: d.Published, Title: map[string]bool{}, phrases: map[string]int32{}, OnlyName: map[string]bool{},
		common: map[string]bool{}, printed: map[string][]int32{}, function: map[string]bool{},
		Passages: d.Passages, Position: map[article.Ref]int{}, Readings: readings,
		Speeches: map[article.Ref][]speech{}, Persons: map[string]bool{}, Lone: len(d.Passages) <= 1,
	}
	for _, s := range words.Stems(d.Title) {
		c.Title[s] = true
	}
	for i, p := range d.Passages {
		c.Position[p.Ref] = i
	}
	c.Foreign = c.foreignDocument()
	c.gather(c.survey(), said.People)
	c.listen(said)
	return c
}

// A printedStem is how a document prints the words of a stem.
type printedStem struct {
	passages         []int32 // that print it as more than a function word
	function, common bool    // it prints it as one; without a capital
	name             bool    // with a capital, inside a sentence
}

// survey learns which words are names only, and returns the names that stand for one another.
func (c *Context) survey() (same [][]string) {
	var tokens []words.Token
	stems := map[string]*printedStem{}
	for n, p := range c.Passages { // one after the other: the tokens of a book are many times the book
		tokens = words.Append(tokens[:0], p.Text)
		same = append(same, abbreviations(p.Text, tokens)...)
		var sentences []article.Span // nil until somebody has to know
		begins := func(t words.Token) bool {
			if sentences == nil {
				sentences = article.Sentences(p.Text)
			}
			_, found := slices.BinarySearchFunc(sentences, t.Start,
				func(s article.Span, start int) int { return cmp.Compare(s.Start, start) })
			return found
		}
		for i, t := range tokens {
			x := stems[t.Stem]
			if x == nil {
				x = &printedStem{}
				stems[t.Stem] = x
			}
			if t.Stop {
				x.function = true
				continue
			}
			if len(x.passages) == 0 || x.passages[len(x.passages)-1] != int32(n) {
				x.passages = append(x.passages, int32(n))
			}
			switch {
			case t.Digit:
			case !t.Capital:
				x.common = true
			case i > 0 && !x.name && !x.common && !syntax.LightWords[t.Text] && !begins(t):
				x.name = true
			}
		}
	}
	for s, x := range stems {
		if len(x.passages) > 0 {
			c.printed[s] = x.passages
		}
		if x.function {
			c.function[s] = true
		}
		if x.common {
			c.common[s] = true
		} else if x.name {
			c.OnlyName[s] = true
		}
	}
	return same
}

// gather collects the names that stand for one another.
func (c *Context) gather(same [][]string, people []quote.Person) {
	g := gathering{Context: c, owner: map[string]int{}, stems: map[string][]string{}}
	for _, names := range same {
		g.group(names)
	}
	for _, p := range people {
		if !p.Institution {
			for _, s := range words.Stems(p.Name) {
				c.Persons[s] = true
			}
		}
		if len(p.Aliases) > 0 && !compound.MatchString(p.Name) {
			g.group(append([]string{p.Name}, p.Aliases...))
		}
	}
	for id, list := range g.stems {
		if g.owner[id] < 0 {
			continue
		}
		c.phrases[id] = int32(g.owner[id]) + 1
		for n := 1; n < len(list); n++ {
			begins := strings.Join(list[:n], " ")
			c.phrases[begins] = max(c.phrases[begins], 0)
		}
	}
}

// A gathering is the names of a document while they are collected.
type gathering struct {
	*Context
	owner map[string]int      // phrase → entity, -1 where two share it
	stems map[string][]string // of each phrase
}

// add gives an entity a name.
func (g *gathering) add(e int, text string) {
	var list []string
	for _, t := range words.Tokenize(text) {
		list = append(list, t.Stem)
	}
	if len(list) == 0 || len(list) > maxPhrase || len(list) == 1 &&
		(words.IsStop(strings.ToLower(text)) || g.common[list[0]]) {
		return
	}
	id := strings.Join(list, " ")
	if o, taken := g.owner[id]; taken {
		if o != e {
			g.owner[id] = -1
		}
		return
	}
	g.owner[id] = e
	for _, s := range list {
		g.Entities[e].Parts[s] = true
	}
	g.stems[id] = list
}

// group makes names those of one entity: of a known one, or of a new one.
func (g *gathering) group(names []string) {
	for _, n := range names {
		// A name that is known, or an abbreviation: the same entity again. A surname may be another's.
		e, taken := g.owner[phraseID(n)]
		if taken && e >= 0 && (n == names[0] || strings.ToUpper(n) == n) {
			for _, n := range names {
				g.add(e, n)
			}
			return
		}
	}
	g.Entities = append(g.Entities, entity{key: entityMark + strings.ToLower(names[0]), Label: names[0],
		Parts: map[string]bool{}})
	for _, n := range names {
		g.add(len(g.Entities)-1, n)
	}
}

// phraseID is what equal phrases share.
func phraseID(text string) string {
	var list []string
	for _, t := range words.Tokenize(text) {
		list = append(list, t.Stem)
	}
	return strings.Join(list, " ")
}

// compound matches what is no name: "French-speaking Canada".
var compound = regexp.MustCompile(`-[a-z]{3,}`)

// listen notes who speaks in which sentence.
func (c *Context) listen(said quote.Speech) {
	for _, s := range said.Statements {
		c.Speeches[s.Ref] = append(c.Speeches[s.Ref], speech{s.Span, s.Speaker, s.Mention, s.Named})
	}
	for _, q := range said.Quotations {
		if q.Speaker != "" {
			c.Speeches[q.Ref] = append(c.Speeches[q.Ref], speech{article.Span{Start: q.Start, End: q.End}, q.Speaker, q.Mention,
				q.Named})
		}
	}
}

// entityAt finds the longest known name that the tokens begin with. n is how many tokens it takes, e the entity's
// number from 1.
func (c *Context) entityAt(tokens []words.Token, text string) (n, e int) {
	if n, e = c.phraseAt(tokens); n == 0 {
		return 0, 0
	}
	// "Tehrik-e Taliban Pakistan (TTP)" is one mention.
	if n < len(tokens) && strings.Contains(text[tokens[n-1].End:tokens[n].Start], "(") {
		if m, f := c.phraseAt(tokens[n:]); f == e && m == 1 {
			n++
		}
	}
	return n, e
}

// phraseAt is entityAt without what stands in brackets behind the name.
func (c *Context) phraseAt(tokens []words.Token) (n, e int) {
	if _, begins := c.phrases[tokens[0].Stem]; !begins {
		return 0, 0
	}
	var buffer [128]byte
	key := buffer[:0]
	for k, t := range tokens[:min(len(tokens), maxPhrase)] {
		if k > 0 {
			const most = 4 // bytes between two words of a name
			if t.Start-tokens[k-1].End > most {
				break
			}
			key = append(key, ' ')
		}
		key = append(key, t.Stem...)
		found, begins := c.phrases[string(key)]
		if !begins {
			break
		}
		if found > 0 && !(k == 0 && t.Stop) {
			n, e = k+1, int(found)
		}
	}
	return n, e
}

// Passage returns the reading of a passage of this document, or reads it.
func (c *Context) Passage(p article.Passage) *syntax.Analysis {
	if i, ok := c.Position[p.Ref]; ok && c.Passages[i].Text == p.Text {
		return c.Paragraph(i)
	}
	return c.ReadPassage(p, words.Tokenize(p.Text))
}

// Paragraph returns the reading of the i-th passage.
func (c *Context) Paragraph(i int) *syntax.Analysis {
	r := c.Readings.get(paragraph{c, i})
	if r == nil {
		r = c.ReadPassage(c.Passages[i], words.Tokenize(c.Passages[i].Text))
		c.Readings.put(paragraph{c, i}, r)
	}
	return r
}

// ReadPassage reads a passage whose tokens are known.
func (c *Context) ReadPassage(p article.Passage, tokens []words.Token) *syntax.Analysis {
	r := c.Read(p.Text, tokens)
	r.Ref, r.Unsure = p.Ref, p.Unsure
	return r
}

// Names reports whether the i-th passage has a name with the key, or one of an entity that is called so, too.
func (c *Context) Names(i int, key string) bool {
	r := c.Paragraph(i)
	for k := range r.Units {
		if u := &r.Units[k]; u.Kind == syntax.Name && (u.Key == key || u.Entity > 0 && c.Entities[u.Entity-1].Parts[key]) {
			return true
		}
	}
	return false
}
