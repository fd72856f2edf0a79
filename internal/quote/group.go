package quote

import (
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
	start := i
	for k := i - 1; k >= c.a && k >= i-most; k-- {
		t := c.tokens[k]
		if t.kind == word && determiners[t.lower] && !t.capital || t.kind == word && determiners[t.lower] && k == c.a {
			if k > c.a && determiners[c.at(k-1).lower] && (t.lower == "other" || t.lower == "two" || t.lower == "three") {
				return k - 1
			}
			return k
		}
		if t.kind != word && t.kind != genitive && t.kind != number ||
			t.kind == word && !t.capital && c.breaksGroup(t.lower) ||
			t.capital && unnamed[t.lower] {
			break
		}
	}
	if k := c.bareStart(i, most); k < i {
		return k
	}
	for k := i - 1; k >= c.a && k >= i-most; k-- { // no article: only what surely belongs to it
		t := c.tokens[k]
		ok := t.kind == genitive || t.kind == word && (t.capital && !unnamed[t.lower] || roleNouns[t.lower] ||
			bodyNouns[t.lower] ||
			modifiers[t.lower] || strings.Contains(t.lower, "-") || !c.breaksGroup(t.lower) && adjective(t.lower))
		if !ok {
			break
		}
		start = k
	}
	if c.at(start).kind == genitive {
		start++
	}
	return start
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
	if k > c.a && (t.kind == quoted || t.kind == word && verbOf(t.lower).Form == past && verbOf(t.lower).Cue == reports) {
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
	if !c.isNoun(i) {
		return i + 1
	}
	person, body, document := roleNouns[w], bodyNouns[w] && !inNames[w], documentNouns[w]
	if !person && !body && !document || c.isNoun(i+1) {
		return i + 1
	}
	// the name takes it in
	if next := c.at(i + 1); next.capital && next.kind == word && (person || body) && c.startsName(i+1) {
		return i + 1
	}
	start := c.groupStart(i)
	bare := start == i || !determiners[c.at(start).lower]
	plural := isPluralRole(w)
	genitiveBefore := false
	for k := start; k < i; k++ {
		genitiveBefore = genitiveBefore || c.at(k).kind == genitive
	}
	if bare && !plural && !genitiveBefore && !c.tailAt(i+1) && !c.capitalBefore(start, i) {
		office := body && c.at(i).capital && (i > c.a || verbOf(c.at(i+1).lower).Lemma != "") // "Parliament said"
		if !office && !(person && (c.is(start-1, "and") || c.is(i+1, ","))) {
			return i + 1 // "in office", "with force"
		}
	}
	m := mention{kind: byDescription, first: start, end: i + 1, tail: i + 1, ext: i + 1, head: singular(w),
		body:     body && !person,
		definite: definites[c.at(start).lower] || genitiveBefore, several: plural, role: [2]int{start, i + 1}}
	if document && !person {
		m.kind = byDocument
	}
	if g := titles[singular(w)]; g != unknown && !plural {
		m.gender = g
	}
	if c.is(start-1, "of") && partitives[c.at(start-2).lower] { // "one of the officials"
		start -= 2
		m.first, m.several, m.definite = start, m.several && !c.is(start, "one"), false
		m.role[0] = start
	}
	m.object = c.isObject(start)
	if c.at(i+1).kind == genitive {
		m.modifier = true
	} else {
		m.modifier = c.modifies(i + 1)
		m.tail = c.tailEnd(i + 1)
		m.ext = m.tail
	}
	c.absorb(start)
	c.out = append(c.out, m)
	return i + 1
}

func (c *chunker) capitalBefore(start, i int) bool {
	for k := start; k < i; k++ {
		if c.at(k).capital {
			return true
		}
	}
	return false
}

func (c *chunker) tailAt(i int) bool { return c.at(i).kind == word && tails[c.at(i).lower] }

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
	return t.kind == word && !t.capital && strings.HasSuffix(t.lower, "ed") && before.kind == word &&
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
