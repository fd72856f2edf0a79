package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// nameAt reads the name that begins at i, adds it, and returns where reading goes on.
func (c *chunker) nameAt(i int) int {
	j := c.nameEnd(i)
	if j == i {
		return i + 1
	}
	m := mention{kind: byName, first: i, name: i, end: j, tail: j, ext: j}
	c.splitLetters(&m)
	c.splitTitles(&m)
	if m.kind == byName {
		c.splitNoun(&m)
	}
	if m.kind == byName && c.extendLeft(&m) {
		m.titled = true
	}
	if c.is(m.first-1, "the") {
		m.first--
		m.definite = true
	}
	next := c.at(j)
	m.object = c.isObject(m.first)
	m.modifier = next.kind == genitive || c.modifies(j)
	if m.modifier && next.kind != genitive && c.isNoun(j) && !documentNouns[next.lower] && m.kind == byName {
		// "TTP fighters", "the Obama administration": the description that follows takes the name in
		m.nameText = c.span(m.name, m.end)
		c.out = append(c.out, m)
		return j
	}
	if m.kind == byName {
		if c.isPerson(&m) {
			c.surnames[c.at(m.end-1).lower] = true
		}
		m.nameText = c.span(m.name, m.end)
		c.noteFamily(m)
	}
	if c.is(j, "(") && c.at(j+1).kind == word && c.is(j+2, ")") && isAcronym(c.span(j+1, j+2)) {
		m.acronym = c.span(j+1, j+2)
		m.ext = j + 3
		j += 3
	}
	c.out = append(c.out, m)
	return j
}

// splitLetters takes from a name the letters behind it that are no part of it. Some are what one is: "Runa Melk MP".
func (c *chunker) splitLetters(m *mention) {
	last := m.end - 1
	if last-m.first < 2 || !postNominals[c.at(last).lower] {
		return
	}
	m.end, m.titled = last, true
	if letters := c.at(last).lower; roleNouns[letters] {
		m.role, m.head = [2]int{last, last + 1}, letters
	}
}

// postNominals are letters behind a name that are no part of it: "Ann Berg KC".
var postNominals = lexicon.List("post-nominals")

// nameEnd returns where the name ends that begins at i.
func (c *chunker) nameEnd(i int) int {
	j := i + c.particlesAt(i)
	for j < c.b {
		n := c.namePart(i, j)
		if n == 0 {
			break
		}
		j += n
	}
	return j
}

// namePart returns how many words at j go on with the name that begins at i.
func (c *chunker) namePart(i, j int) int {
	t := c.tokens[j]
	switch {
	case t.capital:
		if !unnamed[t.lower] || j == i || t.end-t.start == 1 || months[t.lower] && c.isSurname(i, j) {
			return 1
		}
	case j > i && c.particlesAt(j) > 0 && !c.thing(j-1):
		return c.particlesAt(j)
	case c.prefixed(j):
		return 1
	}
	if j > i && c.joins(i, j) {
		if (t.lower == "of" || t.lower == "for") && c.is(j+1, "the") {
			return 2
		}
		return 1
	}
	return 0
}

// thing reports whether an article of another language makes the word at i a noun and no part of a name: "das Freibad
// von Arnby", "la Universidad de León".
func (c *chunker) thing(i int) bool {
	return i > 0 && foreignArticles[c.at(i-1).lower] && givenNames[c.at(i).lower] == unknown
}

// foreignArticles stand before nouns, which German writes with a capital.
var foreignArticles = lexicon.List("foreign-articles")

// joins reports whether the word at j joins what follows to the name that begins at i.
func (c *chunker) joins(i, j int) bool {
	switch t := c.tokens[j]; {
	case t.kind == genitive:
		return c.joinsGenitive(j)
	case t.lower == "&": // "Lund & Sons", and not "Tom Berg & Ann Dale"
		return c.at(j+1).capital && (givenNames[c.at(i).lower] == unknown || givenNames[c.at(j+1).lower] == unknown)
	case t.kind != word:
		return false
	case t.lower == "of", t.lower == "for":
		return c.joinsOf(i, j)
	case t.lower == "and":
		return c.joinsAnd(i, j)
	}
	return false
}

func isAcronym(s string) bool { return len(s) >= 2 && len(s) <= 10 && strings.ToUpper(s) == s }

// isSurname reports whether the name of a month at j ends a person's name that begins at i.
func (c *chunker) isSurname(i, j int) bool {
	return j > i && givenNames[c.at(j-1).lower] != unknown || j == i && c.surnames[c.at(j).lower]
}

// joinsOf allows "Ministry of Defense", "University of the Arts", "Chief of Staff".
func (c *chunker) joinsOf(i, j int) bool {
	next := j + 1
	if c.is(next, "the") {
		next++
	}
	w := c.at(j - 1).lower
	t := c.at(next)
	return t.capital && !calendarWords[t.lower] && (bodyNouns[w] || roleNouns[w] || w == "chief")
}

// joinsAnd allows "Food and Drug Administration", "President and Chief Executive", and keeps two people apart.
func (c *chunker) joinsAnd(i, j int) bool {
	if givenNames[c.at(i).lower] != unknown || !c.capitalWord(j+1) {
		return false
	}
	if roleNouns[c.at(j-1).lower] || officeTitles[c.at(j-1).lower] {
		return titleWord(c.at(j + 1).lower)
	}
	k := j + 1
	for k < c.b && k < j+5 && c.at(k).kind == word && c.at(k).capital {
		k++
	}
	return k > j+2 && bodyNouns[c.at(k-1).lower] && c.at(k-1).lower != "taliban"
}

// joinsGenitive allows "Pakistan's Foreign Ministry", "People's Party", and keeps "Boeing's Scott Carson" apart.
func (c *chunker) joinsGenitive(j int) bool {
	k := j + 1
	for k < c.b && k < j+8 && c.at(k).kind == word && (c.at(k).capital || c.is(k, "of") && c.at(k+1).capital) {
		k++
	}
	return k > j+1 && (bodyNouns[c.at(k-1).lower] || c.is(j-1, "people")) && !c.modifies(k)
}

// splitTitles parts titles and roles from a name: "Alabama Governor Bob Riley". A group that is nothing but a role
// ("the Prime Minister") becomes a description.
func (c *chunker) splitTitles(m *mention) {
	split := c.titlesEnd(m)
	if split < 0 {
		return
	}
	for k := m.first; k < split; k++ {
		if g := titles[c.at(k).lower]; g != unknown {
			m.gender = g
		}
	}
	m.head = singular(c.at(split - 1).lower)
	if split < m.end && c.is(split, "of") || split == m.end { // Prime Minister; Secretary of State [John Kerry]
		m.describe(c, split)
		return
	}
	for split < m.end && c.at(split).kind != word {
		split++
	}
	m.titled = true
	m.name = split
	m.role = [2]int{m.first, split}
	first := c.at(m.first).lower
	if split-m.first == 1 && !roleNouns[first] && (titles[first] != unknown || strings.TrimSuffix(first, ".") == "dr") {
		m.role = [2]int{} // neither Mr. nor Dr. is a role
	}
}

// titlesEnd is behind the last title of a name; -1 where it has none, or where they are of an institution's.
func (c *chunker) titlesEnd(m *mention) int {
	split := -1
	for k := m.first; k < m.end; k++ {
		surname := c.surname(m.first, k) || m.end-m.first == 1 && c.surnames[c.at(k).lower]
		body := k > m.first && bodyNouns[c.at(m.end-1).lower] // "Prime Minister's Office"
		if titleWord(c.at(k).lower) && !surname && !body {
			split = k + 1
		}
	}
	for k := m.first + 1; k < m.end; k++ { // "Court of Justice", "Lund & Sons"
		if c.is(k, "of") && bodyNouns[c.at(k-1).lower] || c.is(k, "&") {
			return -1
		}
	}
	if bodyNouns[c.at(m.end-1).lower] && split < m.end { // "Chief Justice's Court", "Prime Minister's Office"
		return -1
	}
	return split
}

// surname reports whether a word that may be a title ends a person's name: "Amy Hunter", "J. Baker".
func (c *chunker) surname(first, k int) bool {
	if k == first {
		return false
	}
	before := c.at(k - 1).lower
	return givenNames[before] != unknown && titles[before] == unknown
}

// describe makes a description of a group that ends in a role. "Secretary of State John Kerry" still has a name: the
// words behind the office, of which one is a given name.
func (m *mention) describe(c *chunker, split int) {
	if split < m.end {
		for k := split + 1; k < m.end; k++ {
			if givenNames[c.at(k).lower] != unknown && k+1 < m.end {
				m.name, m.titled = k, true
				m.role = [2]int{m.first, k}
				return
			}
		}
	}
	m.kind = byDescription
	m.role = [2]int{m.first, m.end}
	m.several = c.is(split-1, "police")
	m.definite = true
	c.extendLeft(m)
}

// mostParticles are before one family name: "von und zu".
const mostParticles = 3

// particlesAt counts the particles of a family name that stand at i, with a capital behind them: "van den" Berg.
func (c *chunker) particlesAt(i int) int {
	if c.at(i).traits&particle == 0 {
		return 0
	}
	n := 0
	for n <= mostParticles {
		t := c.at(i + n)
		joins := n > 0 && (t.lower == "und" || t.lower == "y")
		if t.kind != word || t.capital || t.traits&particle == 0 && !joins {
			break
		}
		n++
	}
	next := c.at(i + n)
	if n == 0 || n > mostParticles || !(next.capital && !unnamed[next.lower] || c.prefixed(i+n)) {
		return 0
	}
	if first := c.at(i).lower; n > 1 && first == "y" || n == 1 && loneArticles[first] {
		return 0 // "López y la Dra. Ruiz", "hat Maas den Wolf gesehen"
	}
	return n
}

// loneArticles are particles that are articles as well where no other one stands beside them.
var loneArticles = lexicon.Set("der den")

// prefixed reports whether the word at i is a part of a name that begins in lower case: "al-Rashid", "ul-Haq",
// "dell'Orto".
func (c *chunker) prefixed(i int) bool {
	t := c.at(i)
	if t.kind != word || t.capital || t.traits&jointed == 0 {
		return false
	}
	head, rest, ok := strings.Cut(strings.ReplaceAll(c.text[t.start:t.end], "’", "'"), "-")
	if !ok {
		head, rest, ok = strings.Cut(head, "'")
		ok = ok && i > c.a && c.at(i-1).capital
	}
	return ok && namePrefixes[head] && startsUpper(rest)
}

// longestPrefix is that of namePrefixes, in bytes.
const longestPrefix = 4

// namePrefixes are joined to a name by a hyphen or an apostrophe.
var namePrefixes = lexicon.Set("al el ul ud ad ar as ash at az an ibn bin abu d dal dall dell nell")

// noteFamily notes how somebody is called whose family name begins with particles: "de la Cruz".
func (c *chunker) noteFamily(m mention) {
	for k := m.name + 1; k < m.end; k++ {
		if c.particlesAt(k) > 0 {
			c.surnames[lower(c.span(k, m.end))] = true
			return
		}
	}
}

// startsFamilyName reports whether a family name begins at i in lower case: "de la Cruz said", "al-Rashid said".
func (c *chunker) startsFamilyName(i int) bool {
	if c.tokens[i].capital {
		return false
	}
	if c.prefixed(i) {
		return true
	}
	if c.tokens[i].traits&particle == 0 {
		return false
	}
	n := c.particlesAt(i)
	return n > 0 && c.surnames[lower(c.span(i, i+n+1))]
}

// splitNoun parts a noun that only its language prints with a capital from a name: "die Wirtin Heike Brandt", "Imker
// Otto Maas". Behind an article a noun alone names nobody: "der Landrat".
func (c *chunker) splitNoun(m *mention) {
	if m.titled || bodyNouns[c.at(m.end-1).lower] {
		return
	}
	article := germanArticles[c.at(m.first-1).lower]
	words, first := m.end-m.name, c.at(m.name).lower
	switch {
	case article && words == 1 && !isAcronym(c.span(m.name, m.end)) && !countries[first] && !c.surnames[first]:
		m.kind, m.first, m.definite = byDescription, m.first-1, true
		m.head = first
		m.role = [2]int{m.first, m.end}
	case words > 2 && givenNames[first] == unknown && (article || m.name == c.a && c.common[first] ||
		tradeLike(first) && (givenNames[c.at(m.name+1).lower] != unknown || verbOf(c.at(m.name-1).lower).Foreign)):
		m.role, m.head, m.titled = [2]int{m.name, m.name + 1}, first, true
		m.name++
		if article {
			m.first--
		}
	}
}

// tradeLike reports whether a word is built like what somebody is: Bürgermeister, Forester.
func tradeLike(w string) bool {
	for _, ending := range []string{"er", "erin", "or", "orin", "ist", "istin", "rat", "rätin", "chef", "chefin",
		"mann", "frau", "wart", "wartin", "ende", "man", "woman", "eur", "euse", "trice", "ière", "aire", "ista", "dora",
		"ero", "era"} {
		if len(w) > len(ending)+2 && strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}
