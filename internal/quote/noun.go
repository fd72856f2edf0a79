package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// mostGroup is how many words a noun group has before its name, and how many behind its head belong to it.
const mostGroup = 10

// speakers finds the subjects of reporting verbs that no list of roles knows: "said the beekeeper", "foreman Tor Aune
// said", "the bakery replied". Who stands beside such a verb speaks, whatever the noun is.
func (c *chunker) speakers() {
	quotes := false
	for i := c.a; i < c.b && !quotes; i++ {
		quotes = c.tokens[i].kind == quoted
	}
	c.opening()
	for v := c.a; v < c.b; v++ {
		t := c.tokens[v]
		if t.kind == quoted && v-2 >= c.a && c.is(v-1, ":") {
			c.introducing(v - 1)
		}
		if t.traits&(verbal|sources) == 0 || t.capital && v > c.a {
			continue
		}
		if n := sourcePhrase(c.tokens, v, c.a, c.b); n > 0 {
			if k, named := c.group(v + n); named >= 0 || k > c.a && (t.lower != "according" || personLike(c.at(k-1).lower)) {
				c.nounBehind(v + n)
			}
			continue
		}
		c.subjects(v, quotes)
	}
}

// subjects finds the subject of the verb at v, behind it or before, in a sentence with quotations or without.
func (c *chunker) subjects(v int, quotes bool) {
	f, n, ok := reportingAt(c.tokens, v, c.a, c.b)
	if !ok || f.Cue == hints && !quotes || f.Form == ing || nounLike(c.tokens, v, c.a, c.b) || !c.steps.Take(1) {
		return
	}
	if inverted, beside := c.inverts(v, f); inverted && f.Form != base {
		k, _ := c.group(v + n)
		if tail := c.tailEnd(k); beside || tail >= c.b || c.at(tail).kind != word {
			c.nounBehind(v + n)
		}
	}
	if quotes || f.States {
		c.nounBefore(v, f)
	}
}

// opening takes in what the sentence says of somebody before the name that it begins with: "Quarry foreman Jon Lie
// came last".
func (c *chunker) opening() {
	if first := c.at(c.a); !first.capital || first.traits&function != 0 || len(c.out) == 0 || c.out[0].first <= c.a {
		return
	}
	if k, named := c.group(c.a); named >= 0 && k > c.a+1 && c.out[named].end-c.out[named].name > 1 && c.isHead(k-1) &&
		!isAdverb(c.at(c.a).lower) && verbOf(c.at(c.a).lower).Lemma == "" {
		c.lead(named, c.a)
	}
}

// inverts reports whether the subject of the verb at v can stand behind it: the verb follows a quotation, or a comma,
// which may end the clause that it reports. beside tells that a quotation is there.
func (c *chunker) inverts(v int, f lexicon.ReportingVerb) (inverted, beside bool) {
	k := v - 1
	if f.Foreign {
		k = beforeForeign(c.tokens, v, c.a)
	}
	t := c.at(k)
	if k < c.a || t.kind == quoted {
		return true, true
	}
	return breaks[t.lower], k > c.a && c.at(k-1).kind == quoted
}

// nounBehind adds who is described from token i on, where no other rule found anybody: "the tired beekeeper", "foreman
// Tor Aune".
func (c *chunker) nounBehind(i int) {
	for i = skipAside(c.tokens, i, c.b); i < c.b && c.at(i).kind == word && isAdverb(c.at(i).lower); {
		i++
	}
	k, named := c.group(i)
	if named >= 0 {
		c.lead(named, i)
		return
	}
	for n := range c.out {
		if c.out[n].first == i && !c.out[n].modifier {
			return
		}
	}
	if k > i && c.isHead(k-1) {
		c.describeAs(i, k, c.tailEnd(k))
	}
}

// group reads a noun group that begins at i: its words, as far as they are in lower case, and the name that they stand
// before, as an index of c.out; -1 for none.
func (c *chunker) group(i int) (end, named int) {
	k := c.groupWords(i)
	for ; k < c.b && k-i < mostGroup; k++ {
		t := c.at(k)
		if t.capital || titles[t.lower] != unknown && c.capitalWord(k+1) {
			if n := c.endsGroup(k, i); n >= 0 {
				return k, n
			}
		}
		inside := t.kind == genitive || t.capital
		if inside && k > i {
			continue
		}
		if t.kind != word && t.kind != number || inside || !c.inGroup(k) {
			break // an age is a part of it: "80-year-old"
		}
	}
	for k > i && (c.at(k-1).kind == genitive || c.at(k-1).capital && k-1 > i) {
		k--
	}
	return k, -1
}

// groupWords returns where the words of a noun group begin behind "one of" and its article.
func (c *chunker) groupWords(i int) int {
	if partitives[c.at(i).lower] && c.is(i+1, "of") {
		i += 2
	}
	if first := c.at(i); determiners[first.lower] || i == c.a && first.capital &&
		!c.at(i+1).capital {
		i++
	}
	return i
}

// endsGroup returns the name at k with which a noun group ends that begins at from; -1 where a noun follows, or no
// name is there.
func (c *chunker) endsGroup(k, from int) int {
	for n := range c.out {
		m := &c.out[n]
		if m.kind != byName || m.first != k && m.name != k || m.modifier || m.first < from {
			continue
		}
		next := c.at(m.end)
		verb := verbForms[next.lower] || strings.HasSuffix(next.lower, "ed")
		if next.kind != word || next.capital || verb || !c.inGroup(m.end) || c.isPerson(m) {
			return n
		}
	}
	return -1
}

// isPerson reports whether a name begins with a given name.
func (c *chunker) isPerson(m *mention) bool {
	return m.end-m.name > 1 && givenNames[c.at(m.name).lower] != unknown
}

// inGroup reports whether a word in lower case can be part of a noun group, behind its article.
func (c *chunker) inGroup(k int) bool {
	w := c.at(k).lower
	if (c.at(k).traits&function != 0 || timeWords[w]) && w != "late" || relatives[w] || conjunctions[w] ||
		pronouns[w] != 0 {
		return false
	}
	f, verb := lexicon.Reporting(w)
	return !verb || f.Form == base || f.Form == ing || f.Noun
}

// isHead reports whether the word at k can be what somebody is.
func (c *chunker) isHead(k int) bool {
	t := c.at(k)
	return t.kind == word && len(t.lower) > 2 && t.traits&function == 0 && !isAdverb(t.lower) && !pronounLike[t.lower]
}

// pronounLike are words that stand for things, or for nobody.
var pronounLike = lexicon.Set(`everything something anything nothing nobody everybody somebody anybody everyone someone
	anyone what which much more`)

// lead makes the words from i on, before a name, part of its mention: what the one is, if they say that.
func (c *chunker) lead(n, i int) {
	m := &c.out[n]
	if m.first <= i {
		return
	}
	from, to := i, m.first
	if determiners[c.at(from).lower] {
		from++
	}
	for to > from && honorifics[c.at(to-1).lower] {
		to--
	}
	m.definite = m.definite || definites[c.at(i).lower]
	m.first, m.object = i, c.isObject(i)
	c.absorbBefore(n, i)
	if from == to || !c.saysWhat(to-1) || foreignTails[c.at(from).lower] { // "por su bien Salas"
		return
	}
	m.titled = true
	if m.role[1] == 0 {
		m.role, m.head = [2]int{from, to}, singular(c.at(to-1).lower)
	}
}

// saysWhat reports whether the word before a name says what somebody is, and not how: "foreman", not "tired".
func (c *chunker) saysWhat(k int) bool {
	w := c.at(k).lower
	if c.at(k).kind != word || howPeopleAre[w] || modifiers[w] && !roleNouns[w] {
		return false
	}
	for _, ending := range []string{"ing", "ed", "ful", "ous", "less", "y"} {
		if strings.HasSuffix(w, ending) && !roleNouns[w] {
			return false
		}
	}
	return !adjective(w) || strings.HasSuffix(w, "man") || roleNouns[w] || strings.HasSuffix(w, "ian")
}

// honorifics are forms of address before a name, which are no role.
var honorifics = lexicon.Marked("honorifics", "address")

var howPeopleAre = lexicon.List("name-adjectives")

// absorbBefore marks what a mention took in as its modifiers.
func (c *chunker) absorbBefore(n, start int) {
	for i := range c.out {
		if i != n && c.out[i].first >= start && c.out[i].end <= c.out[n].name {
			c.out[i].modifier = true
		}
	}
}

// describeAs adds a description: its words, and behind them what belongs to it.
func (c *chunker) describeAs(start, end, tail int) {
	last := c.at(end - 1).lower
	m := mention{kind: byDescription, first: start, end: end, tail: tail, ext: tail, head: singular(last),
		body: bodyLike(last), definite: definites[c.at(start).lower], role: [2]int{start, end},
		several: severalLike(last) && !singles[c.at(start).lower]}
	if g := titles[m.head]; g != unknown && !m.several {
		m.gender = g
	}
	m.object = c.isObject(start)
	for i := range c.out {
		if c.out[i].first >= start && c.out[i].end <= tail {
			c.out[i].modifier = true
		}
	}
	c.out = append(c.out, m)
}

var singles = lexicon.Set("a an one another the his her its my our this that un une ein eine una el der")

// bodyLike reports whether a noun, which no list has, names a place or a body by its ending: bakery, department.
func bodyLike(w string) bool {
	for _, ending := range []string{"ery", "ory", "ment", "tion", "ship", "shop", "mill", "works", "house", "yard"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return bodyNouns[w] && !roleNouns[w]
}

func severalLike(w string) bool {
	plural := strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us")
	return plural || strings.HasSuffix(w, "men") || isPluralRole(w)
}

// nounBefore adds who stands before the verb at v, where no other rule found anybody.
func (c *chunker) nounBefore(v int, f lexicon.ReportingVerb) {
	end, passive := skipBack(c.tokens, v-1, c.a)
	end++
	if passive && f.Form == past || end <= c.a || c.at(end-1).kind != word {
		return
	}
	own, taken := c.endingAt(end)
	if taken {
		return
	}
	start := c.subjectStart(end)
	if start < 0 || start == end {
		return
	}
	if own >= 0 {
		if k, named := c.group(start); named == own && k == c.out[own].first && k > start {
			c.lead(named, start)
		}
		return
	}
	head := start
	for head+1 < end && !(head > start && tails[c.at(head+1).lower]) {
		head++
	}
	if c.isHead(head) && !(c.at(head).capital && head > start) && c.speaksAs(start, head, end, v, f) {
		c.describeAs(start, head+1, end)
	}
}

// endingAt returns the name that ends before token end, -1 for none, and whether somebody else is found there already.
func (c *chunker) endingAt(end int) (own int, taken bool) {
	own = -1
	for n := range c.out {
		m := &c.out[n]
		switch {
		case m.end != end && m.tail != end && m.ext != end:
		case m.kind == byName && m.end == end:
			own = n
		case !m.modifier && !m.object:
			return -1, true
		}
	}
	return own, false
}

// speaksAs reports whether a noun group with this head can be the subject of the verb at v. What no person is must
// stand close to a quotation: "the dispute explains why", "a member state".
func (c *chunker) speaksAs(start, head, end, v int, f lexicon.ReportingVerb) bool {
	noun := c.at(head).lower
	article, several := determiners[c.at(start).lower], severalLike(noun)
	weak := f.Acts || f.Cue != reports || f.Form == base || !c.quotedNear(v)
	switch {
	case pronouns[noun] != 0, article && head == start, !article && !several:
		return false
	case weak && !personLike(noun) && c.at(start-1).kind != quoted:
		return false
	case f.Form == base && end == v && !several: // "an intelligence estimate"
		return false
	}
	return true
}

// quotedNear reports whether a quotation follows the verb at v within a few words.
func (c *chunker) quotedNear(v int) bool {
	const most = 3 // words between
	for k := v + 1; k <= v+1+most; k++ {
		if c.at(k).kind == quoted {
			return true
		}
	}
	return false
}

// personLike reports whether a noun says what a person is: one of the list, or one that is built like them.
func personLike(w string) bool {
	w = singular(w)
	return roleNouns[w] || titles[w] != unknown || tradeLike(w)
}

// subjectStart returns where the noun group begins that ends before token end and is the subject of a clause; -1 for
// none.
func (c *chunker) subjectStart(end int) int {
	for k := end - 1; k >= c.a && k > end-mostGroup; k-- {
		t := c.at(k)
		before := c.at(k - 1)
		boundary := k == c.a || before.kind == punct || before.kind == quoted || conjunctions[before.lower]
		switch {
		case t.kind == genitive:
		case t.kind != word:
			return -1
		case determiners[t.lower]:
			if boundary || partitives[t.lower] {
				return k
			}
			if !prepositions[before.lower] {
				return k // behind a verb: "adding the baker said" is none, but "he knew the baker said" is
			}
		case tails[t.lower] && k > c.a && k < end-1:
		case !t.capital && !c.inGroup(k), t.capital && t.traits&function != 0:
			return -1
		case boundary:
			return k
		}
	}
	return -1
}

// introducing adds who is the subject of a sentence whose verb reports nothing, before the colon at token i and a
// quotation: "The ferryman shook his head: “…”".
func (c *chunker) introducing(i int) {
	if !determiners[c.at(c.a).lower] {
		return
	}
	for n := range c.out {
		if !c.out[n].object && !c.out[n].modifier && c.out[n].first <= c.a+1 {
			return
		}
	}
	for k := c.a + 1; k < i && k-c.a < mostGroup; k++ {
		if t := c.at(k); t.kind != word || t.capital {
			return
		}
		if c.maybeVerb(k+1) || k+1 == i {
			if c.isHead(k) {
				c.describeAs(c.a, k+1, k+1)
			}
			return
		}
	}
}
