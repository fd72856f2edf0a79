package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// appose joins a name and the description beside it: "Sami Yousafzai, a veteran journalist," and "the firm's chief,
// Alan Mulally,".
func (c *chunker) appose() {
	for i := range c.out {
		m := &c.out[i]
		switch m.kind {
		case byName:
			c.apposeAfter(m)
		case byDescription:
			if i+1 < len(c.out) && !m.several && !m.modifier {
				c.apposeName(m, c.out[i+1:])
			}
		case byPronoun, byDocument:
		}
		m.roleText = c.span(m.role[0], m.role[1])
	}
}

// apposeAfter takes in a description that follows a name between commas, or an age.
func (c *chunker) apposeAfter(m *mention) {
	k := m.ext
	if !c.is(k, ",") {
		return
	}
	k++
	if c.at(k).kind == number && (c.is(k+1, ",") || k+1 == c.b) { // the age
		m.ext = min(k+2, c.b)
		k += 2
	}
	head, end, ok := c.apposition(k)
	switch {
	case !ok:
		return
	case head < 0:
		c.apposeNoun(m, k)
		return
	case end == k || !c.apposes(k, end):
		return
	}
	noun := c.at(head).lower
	if !m.titled {
		m.role = [2]int{k, end}
		m.head = singular(noun)
		m.body = bodyNouns[noun] && !roleNouns[noun]
	}
	if g := titles[singular(noun)]; g != unknown && m.gender == unknown {
		m.gender = g
	}
	m.titled = m.titled || !m.body
	m.firm = c.isFirm(m, singular(noun))
	c.takeIn(m, k, end)
}

// apposition reads what may be one from token k: where the noun stands that says what somebody is, -1 for none, and
// where it ends. ok is false where it surely is none.
func (c *chunker) apposition(k int) (head, end int, ok bool) {
	const most = 30 // words of an apposition
	head = -1
	for end = k; end < min(k+most, c.b); end++ {
		t := c.at(end)
		if c.endsApposition(end, head) {
			break
		}
		says := roleNouns[t.lower] || bodyNouns[t.lower]
		switch {
		case head >= 0:
		case says && c.at(end+1).kind != genitive && !c.isNoun(end+1):
			head = end
		case prepositions[t.lower] && end == k || end-k > 9:
			return -1, end, false
		}
	}
	return head, end, true
}

// endsApposition reports whether no apposition goes on at token end. head is where its noun stands, -1 while none was
// found.
func (c *chunker) endsApposition(end, head int) bool {
	t := c.at(end)
	switch t.kind {
	case quoted:
		return true
	case punct:
		return t.lower != "-" && t.lower != "&" && t.lower != "/"
	case word:
	default:
		return false
	}
	f, verb := lexicon.Reporting(t.lower)
	switch {
	case relatives[t.lower], t.lower == "and" && head < 0 && !c.headSoon(end), auxiliaries[t.lower] && t.lower != "a":
		return true
	case t.capital:
		return false
	}
	return pronouns[t.lower] != 0 ||
		verb && f.Cue == reports && (f.Form != base || !c.isNoun(end)) && !roleNouns[t.lower]
}

// apposes reports whether the words from token k to end, which have a noun that may say what somebody is, do so.
func (c *chunker) apposes(k, end int) bool {
	first := c.at(k)
	opens := determiners[first.lower] || first.capital || roleNouns[first.lower] || modifiers[first.lower] ||
		adjective(first.lower)
	if first.kind == word && !opens {
		return false
	}
	if first.capital && c.startsName(k) && c.personNameAt(k) {
		return false // a list of people
	}
	last := c.at(end)
	goesOn := !c.is(end, ",") && end < c.b && last.kind == word && !relatives[last.lower] && last.lower != "and"
	return !goesOn // "On Monday, the minister said"
}

// takeIn makes the tokens from k to end the apposition of a mention.
func (c *chunker) takeIn(m *mention, k, end int) {
	m.ext = end
	if c.is(end, ",") {
		m.ext++
	}
	for i := range c.out {
		if c.out[i].first >= k && c.out[i].end <= end {
			c.out[i].object, c.out[i].apposed = true, true
		}
	}
}

// apposeNoun takes in what follows a name between commas where no list knows its noun: "Ida Frost, a glassblower from
// the upper valley,".
func (c *chunker) apposeNoun(m *mention, k int) {
	start := k
	article := determiners[c.at(k).lower] || strings.HasPrefix(c.at(k).lower, "l'")
	if determiners[c.at(k).lower] {
		k++
	}
	head, end := c.nounGroup(k)
	if head < k {
		return
	}
	noun := c.at(head).lower
	closed := end >= c.b || c.at(end).kind == punct && c.at(end).lower != ":" && c.at(end).lower != "'"
	if !closed || !c.isHead(head) || timeWords[noun] || !article && !tradeLike(noun) {
		return
	}
	if !m.titled {
		m.role, m.head = [2]int{start, end}, singular(noun)
	}
	m.titled = m.titled || tradeLike(noun)
	c.takeIn(m, start, end)
}

// nounGroup reads a noun from token k with what belongs to it, "glassblower from the upper valley", and returns where
// the noun stands and where it ends; a head before k where other words stand there.
func (c *chunker) nounGroup(k int) (head, end int) {
	const most = 8 // words
	head = -1
	for end = k; end < c.b && end-k < most && c.at(end).kind == word; end++ {
		t := c.at(end)
		switch {
		case tails[t.lower] || foreignTails[t.lower]:
			if head < 0 {
				head = end - 1
			}
		case head >= 0 && (t.capital || determiners[t.lower]):
		case t.capital || !c.inGroup(end):
			return -1, end
		}
	}
	if head < 0 {
		head = end - 1
	}
	return head, end
}

// foreignTails are prepositions behind a noun in the languages of the marks.
var foreignTails = lexicon.Set("à aus bei vom zum zur im du des en para por con desde")

// headSoon reports whether a role still follows: "a counterterrorism and security expert".
func (c *chunker) headSoon(k int) bool {
	for i := k + 1; i < min(k+5, c.b) && c.at(i).kind == word && !functionWord(c.at(i).lower); i++ {
		if roleNouns[c.at(i).lower] {
			return true
		}
	}
	return false
}

func (c *chunker) personNameAt(k int) bool {
	for i := range c.out {
		if c.out[i].first == k && c.out[i].kind == byName && (givenNames[c.at(c.out[i].name).lower] != unknown) {
			return true
		}
	}
	return false
}

// apposeName gives a description the name that follows it: "the firm's chief executive officer, Alan Mulally".
func (c *chunker) apposeName(m *mention, later []mention) {
	k := c.secondNoun(m)
	if !c.is(k, ",") && !c.is(k, "named") && !c.is(k, ":") {
		k-- // nothing between: "the chief of staff Duncan McNab"
	}
	for i := range later {
		n := &later[i]
		if n.first < k+1 {
			continue
		}
		if n.first != k+1 || !c.namedBy(m, n, k) {
			return
		}
		n.role, n.head, n.titled = [2]int{m.first, max(m.tail, min(k, n.name))}, m.head, true
		n.firm = m.body || c.isFirm(n, m.head)
		if n.gender == unknown {
			n.gender = m.gender
		}
		n.first, n.object = m.first, m.object
		n.tail = c.tailEnd(n.end)
		n.ext = max(n.ext, n.tail)
		if c.is(n.ext, ",") {
			n.ext++
		}
		m.modifier = true
		return
	}
}

// secondNoun returns where a description ends that says two things of one person whose name follows: "her apprentice
// and successor, Nina Dahl". Else it is where the description ends.
func (c *chunker) secondNoun(m *mention) int {
	const most = 4 // words of the second
	if !c.is(m.tail, "and") || !m.definite {
		return m.tail
	}
	for k := m.tail + 1; k <= m.tail+1+most; k++ {
		switch {
		case k > m.tail+1 && (c.is(k, ",") || c.at(k).capital) && c.isHead(k-1):
			return k
		case c.at(k).kind != word || c.at(k).capital || !c.inGroup(k) && !determiners[c.at(k).lower]:
			return m.tail
		}
	}
	return m.tail
}

// isFirm reports whether a name is that of a firm, by a noun for what persons are, too: "the dam's operator, Tarn
// Water", where the text also speaks of water.
func (c *chunker) isFirm(m *mention, noun string) bool {
	return firmRoles[noun] && c.common[c.at(m.end-1).lower]
}

// firmName reports whether a name says of itself that it is a firm's: "Lund & Sons".
func (c *chunker) firmName(n *mention) bool {
	for k := n.name; k < n.end; k++ {
		if c.is(k, "&") {
			return true
		}
	}
	return false
}

// firmRoles are what persons and firms may be.
var firmRoles = lexicon.List("firm-roles")

// namedBy reports whether n, which stands behind the token k that ends the description m, is the name of whom m
// describes.
func (c *chunker) namedBy(m, n *mention, k int) bool {
	between := c.is(k, ",") && c.is(n.ext, ",") // "Her chief, Colonel Albrecht Stahl, …"
	if n.kind != byName || n.titled && !between || m.body && !c.firmName(n) || m.apposed {
		return false
	}
	whole := n.end-n.name > 1 || m.definite && givenNames[c.at(n.name).lower] != unknown // "his wife, Clara,"
	list := c.is(n.ext, ",") && c.moreNames(n.ext+1)
	clause := c.is(k, ",") && c.finite(n.ext) // "Citing the mayor, Ann Dale said": the comma ends no apposition
	return whole && !list && !clause && c.endsName(n.ext)
}

// endsName reports whether what stands at i is no part of the name before it.
func (c *chunker) endsName(i int) bool {
	t := c.at(i)
	switch {
	case i >= c.b || t.kind == punct || t.kind == quoted:
		return true
	case t.kind != word || t.capital:
		return false
	}
	return verbOf(t.lower).Lemma != "" || relatives[t.lower] || auxiliaries[t.lower] || tails[t.lower]
}

// finite reports whether a verb stands at i whose subject is the name right before it.
func (c *chunker) finite(i int) bool {
	for c.at(i).kind == word && isAdverb(c.at(i).lower) {
		i++
	}
	t := c.at(i)
	f := verbOf(t.lower)
	verb := f.Lemma != "" && (f.Form == past || f.Form == present)
	return !t.capital && (auxiliaries[t.lower] || verb)
}

// moreNames reports whether a list of people goes on at i.
func (c *chunker) moreNames(i int) bool {
	return c.at(i).capital && givenNames[c.at(i).lower] != unknown && c.at(i+1).capital
}
