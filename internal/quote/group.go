package quote

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// extendLeft takes in the description before a name: "Taliban spokesman", "the veteran journalist".
func (c *chunker) extendLeft(m *mention) bool {
	k := m.first - 1
	if m.kind == byName {
		t := c.at(k)
		if t.kind != word || t.capital || !roleNouns[t.lower] && !bodyNouns[t.lower] || isPluralRole(t.lower) {
			return false
		}
		m.head = singular(t.lower)
		m.body = bodyNouns[t.lower] && !roleNouns[t.lower]
	}
	start := c.groupStart(m.first)
	if start == m.first {
		return false
	}
	for i := start; i < m.first; i++ {
		if g := titles[c.at(i).lower]; g != unknown {
			m.gender = g
		}
	}
	m.role = [2]int{start, m.name}
	if m.kind != byName {
		m.role = [2]int{start, m.end}
	}
	m.first = start
	m.definite = definites[c.at(start).lower]
	c.absorb(start)
	return true
}

// groupStart returns where the noun group begins whose words end before i.
func (c *chunker) groupStart(i int) int {
	const most = 8 // words of a noun group
	for k := i - 1; k >= c.a && k >= i-most && !c.partsGroup(k); k-- {
		if !c.determines(k) {
			continue
		}
		if k > c.a && determiners[c.at(k-1).lower] && behindArticle[c.at(k).lower] {
			return k - 1
		}
		return k
	}
	if k := c.bareStart(i, most); k < i {
		return k
	}
	if k := c.ownedStart(i); k < i {
		return k
	}
	start := i
	for start > c.a && start > i-most && c.surelyInGroup(c.tokens[start-1]) { // there is no article
		start--
	}
	if c.at(start).kind == genitive {
		start++
	}
	return start
}

// ownedStart returns where the noun group begins that a name in the genitive opens: "Lund Paper's former maintenance
// chief"; i where none does.
func (c *chunker) ownedStart(i int) int {
	const most = 5 // words behind the name
	for k := i - 1; k > c.a && k >= i-most; k-- {
		t := c.at(k)
		switch {
		case t.kind == genitive:
			for c.at(k-1).capital && k > c.a && !unnamed[c.at(k-1).lower] {
				k--
			}
			if c.at(k).capital {
				return k
			}
			return i
		case t.kind != word, c.breaksGroup(t.lower), verbForms[t.lower],
			strings.HasSuffix(t.lower, "ed") && !modifiers[t.lower]:
			return i
		}
	}
	return i
}

// behindArticle are determiners that may stand behind another one.
var behindArticle = lexicon.Set("other two three")

// determines reports whether a noun group begins with the word at k: a capital inside a sentence is of a name.
func (c *chunker) determines(k int) bool {
	t := c.tokens[k]
	return determiners[t.lower] && (!t.capital || k == c.a)
}

// partsGroup reports whether no noun group goes on over the token at k.
func (c *chunker) partsGroup(k int) bool {
	switch t := c.tokens[k]; {
	case c.determines(k):
		return false
	case t.kind == word && !t.capital:
		return c.breaksGroup(t.lower)
	default:
		return t.kind == punct || t.kind == quoted || t.capital && unnamed[t.lower]
	}
}

// surelyInGroup reports whether a token belongs to the noun group before whose noun it stands, article or not.
func (c *chunker) surelyInGroup(t token) bool {
	switch {
	case t.kind != word:
		return t.kind == genitive
	case t.capital && !unnamed[t.lower], roleNouns[t.lower], bodyNouns[t.lower], modifiers[t.lower]:
		return true
	}
	return strings.Contains(t.lower, "-") || !c.breaksGroup(t.lower) && adjective(t.lower)
}

// bareStart returns where a group without an article begins that follows "said" or a quotation: "said chief investment
// officer Tim Ghriskey".
func (c *chunker) bareStart(i, most int) int {
	k := i
	for k > c.a && k > i-most && c.at(k-1).kind != quoted && c.at(k-1).kind != punct &&
		verbOf(c.at(k-1).lower).Form != past {
		if t := c.at(k - 1); t.kind == word && c.breaksGroup(t.lower) || t.capital && unnamed[t.lower] {
			return i
		}
		k--
	}
	t := c.at(k - 1)
	if k > c.a && (t.kind == quoted || verbOf(t.lower).Form == past && verbOf(t.lower).Cue == reports) {
		return k
	}
	return i
}

func (c *chunker) breaksGroup(w string) bool {
	if functionWord(w) || w == "and" || w == "or" || w == "but" {
		return !determiners[w] || w == "that"
	}
	f, ok := lexicon.Reporting(w)
	return ok && f.Cue == reports && f.Form != base && !roleNouns[w]
}

func adjective(w string) bool {
	for _, s := range []string{"al", "an", "ic", "ive", "ary", "ior", "ese", "ish", "ous"} {
		if len(w) > len(s)+2 && strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// absorb marks the names that became part of a description that begins at start as its modifiers.
func (c *chunker) absorb(start int) {
	for i := len(c.out) - 1; i >= 0 && c.out[i].end > start; i-- {
		c.out[i].modifier = true
	}
}

// descriptionAt reads a description whose last word stands at i: "the ministry", "a top administration official",
// "experts".
func (c *chunker) descriptionAt(i int) int {
	w := c.at(i).lower
	person, body, document := c.nounAt(i)
	if !person && !body && !document || c.isNoun(i+1) || (person || body) && c.titlesName(i) {
		return i + 1
	}
	start := c.groupStart(i)
	plural := isPluralRole(w)
	owned := slices.ContainsFunc(c.tokens[start:i], func(t token) bool { return t.kind == genitive })
	if !plural && !owned && c.bareNoun(start, i) && !(body && c.office(i)) && !(person && c.listed(start, i)) {
		return i + 1 // "in office", "with force"
	}
	m := mention{kind: byDescription, first: start, end: i + 1, tail: i + 1, ext: i + 1, head: singular(w),
		body: body && !person, definite: definites[c.at(start).lower] || owned, several: plural,
		role: [2]int{start, i + 1}}
	if document && !person {
		m.kind = byDocument
	}
	c.addDescription(m)
	return i + 1
}

// nounAt tells what the noun at i says that somebody or something is.
func (c *chunker) nounAt(i int) (person, body, document bool) {
	if !c.isNoun(i) {
		return false, false, false
	}
	w := c.at(i).lower
	return roleNouns[w], bodyNouns[w] && !inNames[w], documentNouns[w]
}

// titlesName reports whether the noun at i is a part of the name behind it: "President Lund".
func (c *chunker) titlesName(i int) bool {
	next := c.at(i + 1)
	return next.capital && c.startsName(i+1)
}

// office reports whether the noun at i alone names an institution: "Parliament said".
func (c *chunker) office(i int) bool {
	return c.at(i).capital && (i > c.a || verbOf(c.at(i+1).lower).Lemma != "")
}

// listed reports whether the noun at i, whose group begins at start, is one of several, or stands in apposition.
func (c *chunker) listed(start, i int) bool { return c.is(start-1, "and") || c.is(i+1, ",") }

// bareNoun reports whether nothing beside the noun at i, whose group begins at start, shows that it means somebody.
func (c *chunker) bareNoun(start, i int) bool {
	capital := slices.ContainsFunc(c.tokens[start:i], func(t token) bool { return t.capital })
	return (start == i || !determiners[c.at(start).lower]) && !capital && !c.tailAt(i+1)
}

// addDescription adds a description of which nothing but its noun group is known.
func (c *chunker) addDescription(m mention) {
	if g := titles[m.head]; g != unknown && !m.several {
		m.gender = g
	}
	if c.is(m.first-1, "of") && partitives[c.at(m.first-2).lower] { // "one of the officials"
		m.first -= 2
		m.several, m.definite = m.several && !c.is(m.first, "one"), false
		m.role[0] = m.first
	}
	m.object = c.isObject(m.first)
	if c.at(m.end).kind == genitive {
		m.modifier = true
	} else {
		m.modifier = c.modifies(m.end)
		m.tail = c.tailEnd(m.end)
		m.ext = m.tail
	}
	c.absorb(m.first)
	c.out = append(c.out, m)
}

func (c *chunker) tailAt(i int) bool { return tails[c.at(i).lower] }

// tailEnd returns where "of the ministry", "for Force Ouvrière" ends that begins at i, or i.
func (c *chunker) tailEnd(i int) int {
	const most = 14 // words
	if !c.tailAt(i) {
		return i
	}
	if calendarWords[c.at(i+1).lower] || c.at(i+1).kind == number {
		return i
	}
	for k := i; k < c.b && k < i+most; k++ {
		t := c.at(k)
		_, verb := lexicon.Reporting(t.lower)
		verb = verb && !nounPlural(c.tokens, k, c.b)
		switch {
		case t.kind == punct && t.lower != "&", t.kind == quoted, verb && !t.capital, auxiliaries[t.lower] && t.lower != "a",
			relatives[t.lower],
			t.lower == "on" && calendarWords[c.at(k+1).lower], k > i && pronouns[t.lower] != 0 && !t.capital,
			calendarWords[t.lower] && t.capital,
			t.lower == "and" && c.verbSoon(k+1), k > i+1 && c.nameAfterNoun(k), k > i && c.pastAfterNoun(k):
			return k
		}
	}
	return min(i+most, c.b)
}

// verbSoon reports whether a verb follows at k: "a spokesman for the union and said".
func (c *chunker) verbSoon(k int) bool {
	t := c.at(k)
	verb := verbOf(t.lower).Lemma != "" && !c.isNoun(k) || strings.HasSuffix(t.lower, "ed")
	return t.kind != word || verb || auxiliaries[t.lower] || isAdverb(t.lower)
}

// nameAfterNoun reports whether a name begins at k right behind a noun: "the chief of staff Duncan McNab".
func (c *chunker) nameAfterNoun(k int) bool {
	t, before := c.at(k), c.at(k-1)
	if t.kind != word || !t.capital || before.kind != word || before.capital {
		return titles[t.lower] != unknown && before.capital && c.capitalWord(k+1)
	}
	return !functionWord(before.lower) && before.lower != "and" && !adjective(before.lower) && !modifiers[before.lower] &&
		!particles[before.lower]
}

// pastAfterNoun reports whether the word at k is a verb in the past that follows a noun: "a group of lawyers
// released".
func (c *chunker) pastAfterNoun(k int) bool {
	t, before := c.at(k), c.at(k-1)
	return !t.capital && strings.HasSuffix(t.lower, "ed") &&
		!functionWord(before.lower) && !c.isNoun(k)
}

// modifies reports whether a group that ends before i only describes the noun that follows: "Taliban takeover", "air
// strikes".
func (c *chunker) modifies(i int) bool {
	t := c.at(i)
	if t.kind != word || t.capital {
		return false
	}
	if _, verb := lexicon.Reporting(t.lower); verb || t.traits&function != 0 || relatives[t.lower] ||
		conjunctions[t.lower] {
		return false
	}
	return c.isNoun(i) || modifiers[t.lower] || strings.HasSuffix(t.lower, "-based") || strings.HasSuffix(t.lower, "-led")
}
