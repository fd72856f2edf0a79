package quote

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/steps"
)

// A mentionKind is the form in which a text speaks of someone.
type mentionKind uint8

const (
	byName        mentionKind = iota
	byPronoun                 // he, it
	byDescription             // the spokesman, a resident, analysts
	byDocument                // the statement, a report
)

// A mention is a noun group or pronoun that may be somebody who speaks. All positions are indices of tokens of its
// paragraph.
type mention struct {
	kind     mentionKind
	sentence int
	first    int // where it begins, with article and description
	end      int // behind its last word, without what follows in apposition
	tail     int // behind "of the ministry" or "for the union", which belongs to a description
	ext      int // behind what stands in apposition, with its comma; end where nothing does
	name     int // where the name begins, for byName
	role     [2]int
	head     string // of a description, or of the description beside a name: "spokesman"
	gender   gender
	body     bool // an institution
	firm     bool // by its name and what it is called
	definite bool // the, this
	several  bool // plural
	object   bool // behind a preposition
	modifier bool // stands before another noun: "Taliban fighters", "Basit's colleagues"
	entity   int  // index of the entity, -1 while unknown
	titled   bool // a title or role stands before the name
	apposed  bool // stands in apposition to a name
	acronym  string
	nameText string
	roleText string
}

var (
	determiners  = lexicon.List("determiners")
	partitives   = lexicon.Set("one some two three several many most all none few each both")
	definites    = lexicon.Set("the this that these those his her their its der die das le la les el los las l")
	prepositions = lexicon.List("prepositions")
	tails        = lexicon.Set("of for at from in with on")
	modifiers    = lexicon.List("role-modifiers")
)

// A chunker finds the mentions of one sentence.
type chunker struct {
	text     string
	tokens   []token
	a, b     int // the sentence
	sentence int
	common   map[string]bool // words that the document also prints in lower case
	surnames map[string]bool // of the people named so far, some of which are also trades: "Hunter"
	out      []mention
	steps    *steps.Counter
}

// find returns the mentions in order; none once the counter has stopped.
func (c *chunker) find() []mention {
	if !c.steps.Take(c.b - c.a) {
		return nil
	}
	for i := c.a; i < c.b; {
		t := c.tokens[i]
		pronoun := t.traits&leads != 0
		switch {
		case t.kind != word:
			i++
		case pronoun && c.pronounAt(i):
			i++
		case t.traits&sources != 0 && sourcePhrase(c.tokens, i, c.a, c.b) > 1:
			i += sourcePhrase(c.tokens, i, c.a, c.b)
		case c.startsName(i), c.startsFamilyName(i):
			i = c.nameAt(i)
		case !t.capital || c.isNoun(i):
			i = c.descriptionAt(i)
		default:
			i++
		}
	}
	c.speakers()
	slices.SortStableFunc(c.out, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.first, b.first),
			cmp.Compare(b.end, a.end))
	})
	if !c.steps.Take(len(c.out) * len(c.out) / mentionsPerStep) {
		return nil
	}
	c.appose()
	for i := range c.out {
		c.out[i].sentence, c.out[i].entity = c.sentence, -1
	}
	return c.out
}

// pronounAt adds the pronoun at i, or what stands for one; it reports whether there is one.
func (c *chunker) pronounAt(i int) bool {
	t := c.tokens[i]
	m := mention{kind: byPronoun, first: i, end: i + 1, tail: i + 1, ext: i + 1, definite: true}
	switch {
	case pronouns[t.lower] != 0 && (!t.capital || i == c.a || len(t.lower) > 2 || c.afterPunct(i)):
		m.gender, m.object = pronouns[t.lower], c.isObject(i)
	case owners[t.lower] != 0 && inOwnView(c.tokens, i, c.a, c.b):
		m.gender = owners[t.lower]
	case someone[t.lower] && c.afterSaid(i):
		m.kind, m.definite, m.several, m.role = byDescription, false, t.lower == "others", [2]int{i, i + 1}
	default:
		return false
	}
	c.out = append(c.out, m)
	return true
}

// mentionsPerStep is how many mentions of a sentence are looked at within one step, where all are looked at for each
// of them.
const mentionsPerStep = 8

// owners are the pronouns of whose view something is.
var owners = map[string]gender{"his": male, "her": female, "their": plural}

// inOwnView reports whether the pronoun at i stands in "in his view" or "in her words", which name who speaks.
func inOwnView(tokens []token, i, a, b int) bool {
	return i > a && i+1 < b && tokens[i-1].lower == "in" && (tokens[i+1].lower == "view" || tokens[i+1].lower == "words")
}

// someone are words that stand for a person nobody names: shouted one, said another.
var someone = lexicon.Set("one another others")

// afterSaid reports whether a reporting verb stands before i and the clause ends behind it.
func (c *chunker) afterSaid(i int) bool {
	f := verbOf(c.at(i - 1).lower)
	return f.Cue == reports && f.Form == past && (i+1 >= c.b || c.at(i+1).kind == punct)
}

func (c *chunker) at(i int) token {
	if i < c.a || i >= c.b {
		return token{kind: punct}
	}
	return c.tokens[i]
}

func (c *chunker) is(i int, s string) bool { return c.at(i).lower == s && i >= c.a && i < c.b }

func (c *chunker) afterPunct(i int) bool { k := c.at(i - 1).kind; return k == punct || k == quoted }

func (c *chunker) isNoun(i int) bool {
	return c.at(i).traits&nominal != 0
}

// ordinary are words that begin names, but are none alone: "New York".
var ordinary = lexicon.Set("new old first second third great big little north south east west northern southern " +
	"eastern western central upper lower")

// months are also surnames.
var months = lexicon.Set("may march august june april")

// proper are institutions whose name is one word.
var proper = lexicon.List("one-word-institutions")

// startsName reports whether a name begins at i: a capitalized word that is not capitalized only because a sentence
// begins.
func (c *chunker) startsName(i int) bool {
	t := c.at(i)
	if t.kind != word || !t.capital {
		return false
	}
	month, surname := months[t.lower], c.surnames[t.lower]
	switch {
	case i == c.a && c.beforeName(i):
		return false
	case month && surname && !c.isObject(i), c.isPer(i):
		return true // Theresa May
	case unnamed[t.lower], calendarWords[t.lower] && t.lower != "may":
		return false
	case surname && !month:
		return true
	case saysKind(t.lower):
		return c.capitalWord(i+1) || c.is(i+1, "of") && c.joinsOf(i, i+1)
	case c.capitalWord(i + 1):
		return true
	case ordinary[t.lower], i == c.a && verbOf(t.lower).Lemma != "":
		return false
	}
	return i > c.a && !c.afterPunct(i) || c.namesAlone(i)
}

// beforeName reports whether the word at i, with which a sentence begins, only stands before a name: "Laut Berg" and
// "Der Imker Berg" name Berg alone.
func (c *chunker) beforeName(i int) bool {
	return c.beginsSource(i) || germanArticles[c.at(i).lower] && c.german()
}

// german reports whether the document prints words that only German has.
func (c *chunker) german() bool {
	return c.common["und"] || c.common["sagte"] || c.common["sagt"] || c.common["der"] && !c.common["the"]
}

// beginsSource reports whether "according to" or the like begins at i.
func (c *chunker) beginsSource(i int) bool {
	return c.tokens[i].traits&sources != 0 && sourcePhrase(c.tokens, i, c.a, c.b) > 0
}

// saysKind reports whether a word says what somebody or something is, so that it is no name alone.
func saysKind(w string) bool {
	return titles[w] != 0 || titleWord(w) || documentNouns[w] || bodyNouns[w] && !proper[w]
}

// isPer tells the given name from the word: Per Dahl.
func (c *chunker) isPer(i int) bool {
	next := c.at(i + 1)
	return c.at(i).lower == "per" && c.capitalWord(i+1) && !isAcronym(c.text[next.start:next.end])
}

// namesAlone reports whether a single word names somebody that has a capital for the place where it stands, too.
func (c *chunker) namesAlone(i int) bool {
	t := c.at(i)
	switch {
	case isAcronym(c.text[t.start:t.end]):
		return true
	case c.participle(i), c.cameWords(i), foreignPossessives[t.lower] && c.at(i+1).kind == word:
		return false
	case c.common[t.lower]:
		return givenNames[t.lower] != unknown
	}
	return !isAdverb(t.lower) && !c.isNoun(i) && t.traits&function == 0 &&
		(!strings.HasSuffix(t.lower, "ing") || c.acts(i+1))
}

// participle reports whether a sentence begins with one: "Flanked by", "Armed with".
func (c *chunker) participle(i int) bool {
	w := c.at(i).lower
	form := strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "en") || verbForms[w]
	next := c.at(i + 1)
	foreign := foreignParticiple(w) && next.kind == word && !next.capital &&
		(foreignTails[next.lower] || participleTails[next.lower])
	return (form && prepositions[next.lower] || foreign) && givenNames[w] == unknown
}

// cameWords reports whether the word at i, with which a sentence begins, is words that came from somebody who is then
// quoted: "Kritik kam von Jens Orth: “…”".
func (c *chunker) cameWords(i int) bool {
	if !came[c.at(i+1).lower] || !origins[c.at(i+2).lower] {
		return false
	}
	for k := i + 3; k < c.b; k++ {
		next := c.at(k + 1)
		switch {
		case c.tokens[k].kind == quoted:
			return c.is(k-1, ":")
		case conjunctions[c.at(k).lower] && next.kind == word && !next.capital && !determiners[next.lower]:
			return false // "Dahl came from Lund and shook his head: “…”"
		}
	}
	return false
}

// foreignPossessives begin a sentence of German, French or Spanish with a capital, before whom somebody has: "Su
// mujer".
var foreignPossessives = lexicon.List("foreign-possessives")

// foreignParticiple reports whether a word is built like a participle of French or Spanish: "Fermé depuis", "Apagado
// desde".
func foreignParticiple(w string) bool {
	for _, ending := range []string{"é", "ée", "és", "ées", "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"} {
		if len(w) > len(ending)+2 && strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// participleTails are words of those languages behind a participle, besides the prepositions behind nouns.
var participleTails = lexicon.List("participle-tails")

// acts reports whether a verb stands at i whose subject the word before it must be: "Boeing said", and not "Saying
// so".
func (c *chunker) acts(i int) bool {
	t := c.at(i)
	f := verbOf(t.lower)
	verb := f.Lemma != "" && (f.Form == past || f.Form == present)
	return verb || t.kind == genitive || t.lower == "has" || t.lower == "was" || t.lower == "had" || t.lower == "will"
}

func functionWord(w string) bool { return functionWords[w] }

// titleWord reports whether a capitalized word names an office rather than a person.
func titleWord(w string) bool { return titleWords[w] }

var officeTitles = lexicon.List("offices")

// Sets of several lists, as most words are in none and each list is a look-up for each word of a document.
var (
	functionWords = lexicon.Union(determiners, prepositions, auxiliaries, adverbs, unnamed)
	titleWords    = lexicon.Union(keysOf(titles), roleNouns, officeTitles)
	nouns         = lexicon.Union(roleNouns, bodyNouns, documentNouns)
	leading       = lexicon.Union(keysOf(pronouns), keysOf(owners), someone) // what find looks for
)

// keysOf are the words whose gender is known.
func keysOf(genders map[string]gender) map[string]bool {
	set := map[string]bool{}
	for w, g := range genders {
		if g != unknown {
			set[w] = true
		}
	}
	return set
}

func (c *chunker) capitalWord(i int) bool {
	t := c.at(i)
	named := t.capital && !unnamed[t.lower] && !calendarWords[t.lower]
	return named || c.particlesAt(i) > 0 || c.prefixed(i)
}

var relatives = lexicon.Set("who which that whose whom")

// isObject reports whether a group that begins at i stands behind a preposition.
func (c *chunker) isObject(i int) bool {
	t := c.at(i - 1)
	return prepositions[t.lower] || foreignPrepositions[t.lower]
}

var foreignPrepositions = lexicon.List("foreign-prepositions")

func (c *chunker) span(i, j int) string {
	if i >= j {
		return ""
	}
	return c.text[c.tokens[i].start:c.tokens[j-1].end]
}
