package quote

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/steps"
)

// An entity is someone whom the document speaks of, under one name or, while no name is given, one description.
type entity struct {
	name    string
	words   []string // the name in lower case
	named   bool
	body    bool // an institution or a state
	several bool
	human   bool // something shows that it is a person: a given name, a title, a role, that it spoke
	gender  gender
	heads   []string // what it is called: spokesman, ministry
	role    string   // the longest description
	aliases []string
	refs    []article.Ref
	last    int // the sentence that mentioned it last, counted over the document; -1 for not yet
	order   int // of the first mention among all mentions, from 1; 0 for none yet
}

// A nameCount gathers what the whole document shows about one printed name.
type nameCount struct {
	text         string
	words        []string
	order        int
	person, body int
	gender       gender
	acronyms     []string
	entity       int
}

// A registry knows the entities that have a name. It is filled from the whole document before anyone is resolved, so
// that a surname finds its full name even where that comes later.
type registry struct {
	names    map[string]*nameCount
	printed  map[string]*nameCount // the same, as printed
	counts   arena[nameCount]
	entities []entity
	byLast   map[string][]int
	byFirst  map[string][]int
	byTail   map[string][]int // institutions by their last word
	acronyms map[string]int
	beyond   int // mentions of names that are not counted, for there are MaxNames already
}

// nameWords returns the words of a name in lower case.
func nameWords(s string) []string {
	return strings.FieldsFunc(lower(s), func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\n' || r == '\t' })
}

// count notes a mention by name.
func (g *registry) count(m *mention) {
	n := g.printed[m.nameText]
	if n == nil {
		n = g.named(m)
	}
	if n == nil {
		return
	}
	g.printed[m.nameText] = n
	n.see(m)
}

// named finds the count of a name that is printed so for the first time, or begins one; nil where there are MaxNames
// already.
func (g *registry) named(m *mention) *nameCount {
	words := nameWords(m.nameText)
	if len(words) == 0 {
		return nil
	}
	key := words[0]
	if len(words) > 1 {
		key = strings.Join(words, " ")
	}
	n := g.names[key]
	if n == nil && len(g.names) == MaxNames {
		g.beyond++
		return nil
	}
	if n == nil {
		n = g.counts.new(nameCount{text: m.nameText, words: words, order: len(g.names), entity: -1})
		g.names[key] = n
		n.person, n.body = shape(m.nameText, words)
		n.gender = givenNames[words[0]]
		if len(words) == 1 {
			n.gender = unknown
		}
	}
	return n
}

// see notes what a mention shows of a name.
func (n *nameCount) see(m *mention) {
	if m.gender == male || m.gender == female {
		n.gender = m.gender
		n.person += 3
	}
	if m.titled && !m.body && !m.firm {
		n.person += 2
	}
	if m.body || m.firm {
		n.body += 3
	}
	if m.definite && m.first == m.name-1 {
		n.body += 2
	}
	if m.acronym != "" {
		if a := lower(m.acronym); len(n.acronyms) < MaxAliases && !slices.Contains(n.acronyms, a) {
			n.acronyms = append(n.acronyms, a)
		}
		n.body += 2
	}
}

// shape scores what a name alone shows: whether it is a person's or an institution's.
func shape(text string, words []string) (person, body int) {
	if len(words) > 1 && givenNames[words[0]] != unknown {
		person += 4
	}
	if len(words) == 2 || len(words) == 3 {
		person++
		if len(strings.TrimSuffix(words[1], ".")) == 1 && words[1] != "&" { // an initial
			person += 3
		}
	}
	return person, bodyWords(words) + bodyPrint(text, words)
}

// bodyWords scores what the words of a name show of an institution.
func bodyWords(words []string) (score int) {
	last := words[len(words)-1]
	for _, w := range words {
		if bodyNouns[w] {
			score += 4
		}
	}
	if bodyNouns[last] {
		score += 3
	}
	if countries[strings.Join(words, " ")] {
		score += 6
	}
	if len(words) > 1 && countries[last] {
		score += 3
	}
	return score
}

// bodyPrint scores what the print of a name shows of an institution.
func bodyPrint(text string, words []string) (score int) {
	acronym := len(words) == 1 && len(text) > 1 && isAcronym(text)
	holdsOne := len(words) > 1 && !countries[words[len(words)-1]] && allCapitals(text)
	if acronym || holdsOne {
		score += 3
	}
	if strings.ContainsAny(text, "0123456789") {
		score += 3
	}
	if slices.Contains(words, "of") || slices.Contains(words, "and") || slices.ContainsFunc([]string{"'s ", "’s ", "&"},
		func(sign string) bool { return strings.Contains(text, sign) }) {
		score += 4
	}
	return score
}

// allCapitals reports whether one word of several is an abbreviation: "GM Europe".
func allCapitals(text string) bool {
	for w := range strings.FieldsSeq(text) {
		upper := len(w) > 1 && !strings.Contains(w, ".") && strings.ToUpper(w) == w && strings.ToLower(w) != w
		numeral := strings.Trim(w, "IVX") == ""
		if upper && !numeral && text != strings.ToUpper(text) {
			return true
		}
	}
	return false
}

// settle makes entities of the counted names: long names first, so that short ones can join them.
func (g *registry) settle(c *steps.Counter) {
	all := make([]*nameCount, 0, len(g.names))
	for _, n := range g.names {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b *nameCount) int {
		if len(a.words) != len(b.words) {
			return len(b.words) - len(a.words)
		}
		return a.order - b.order
	})
	g.entities = slices.Grow(g.entities, len(all)+len(all)/2) // those without a name are found later
	for _, n := range all {
		if !c.Take(1 + len(n.words)) {
			return
		}
		if len(n.words) > 1 {
			if n.entity = g.same(n); n.entity >= 0 {
				g.join(n)
				continue
			}
		} else if len(g.byLast[n.words[0]])+len(g.byFirst[n.words[0]]) > 0 {
			continue // a surname: whose, is decided where it stands
		}
		g.add(n)
	}
	for _, n := range all {
		for _, a := range n.acronyms {
			if n.entity >= 0 {
				g.acronyms[a] = n.entity
			}
		}
	}
}

func (g *registry) add(n *nameCount) {
	e := entity{name: n.text, words: n.words, named: true, body: n.body > n.person, gender: n.gender, last: -1}
	if e.body {
		e.gender = neuter
		e.heads = append(e.heads, n.words[len(n.words)-1])
		if of := slices.Index(n.words, "of"); of > 0 {
			e.heads = append(e.heads, n.words[of-1])
		}
		if n.words[len(n.words)-1] != "government" && countries[strings.Join(n.words, " ")] {
			e.heads = []string{"country"}
		}
	} else if n.person == 0 && n.gender == unknown {
		e.gender = unknown
	}
	e.human = !e.body && n.person >= 2
	n.entity = len(g.entities)
	g.entities = append(g.entities, e)
	last := n.words[len(n.words)-1]
	if e.body {
		g.byTail[last] = append(g.byTail[last], n.entity)
	}
	if len(n.words) > 1 {
		if e.body {
			g.byFirst[n.words[0]] = append(g.byFirst[n.words[0]], n.entity)
			return
		}
		g.byLast[last] = append(g.byLast[last], n.entity)
		g.byFirst[n.words[0]] = append(g.byFirst[n.words[0]], n.entity)
		const most = 8 // words of a name that is called by its end; a longer one is a headline
		// "van Gogh", "bin Salman", "Garcia" of Garcia Marquez
		for i := 1; i < len(n.words)-1 && len(n.words) <= most; i++ {
			tail := strings.Join(n.words[i:], " ")
			g.byLast[tail] = append(g.byLast[tail], n.entity)
		}
	}
}

// same finds the entity whose longer name stands for the same person or institution, or -1.
func (g *registry) same(n *nameCount) int {
	last := n.words[len(n.words)-1]
	body := n.body > n.person
	for _, i := range latest(g.byLast[last]) {
		e := &g.entities[i]
		if !body && !e.body && compatible(e.words[0], n.words[0]) &&
			(e.gender == unknown || n.gender == unknown || e.gender == n.gender) {
			return i
		}
	}
	if c := g.byLast[strings.Join(n.words, " ")]; !body && len(c) == 1 { // "bin Salman"
		return c[0]
	}
	if !body {
		return -1
	}
	found := -1
	for _, i := range latest(g.byTail[last]) { // "Foreign Ministry" of "Pakistan's Foreign Ministry"
		e := &g.entities[i]
		if e.body && len(e.words) > len(n.words) && slices.Equal(e.words[len(e.words)-len(n.words):], n.words) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// compatible reports whether two given names can be one: equal, or an initial of the other.
func compatible(a, b string) bool {
	a, b = strings.TrimSuffix(a, "."), strings.TrimSuffix(b, ".")
	return a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b)
}

func (g *registry) join(n *nameCount) {
	e := &g.entities[n.entity]
	if n.gender != unknown && !e.body {
		e.gender = n.gender
	}
}

// lookup resolves a printed name at a sentence: the entity of that name, or for a surname, given name or short form
// the one that the document mentioned last; if none was mentioned yet, the first to come.
func (g *registry) lookup(m *mention) int {
	words := nameWords(m.nameText)
	if len(words) == 0 {
		return -1
	}
	n := g.names[strings.Join(words, " ")]
	if n == nil {
		return -1
	}
	if n.entity >= 0 {
		if e, ok := g.acronyms[words[0]]; ok && len(words) == 1 {
			return e
		}
		return n.entity
	}
	best := -1
	for l, list := range [][]int{g.byLast[words[0]], g.byFirst[words[0]]} {
		for _, i := range latest(list) {
			e := &g.entities[i]
			if e.calledShort(m, l == 1) && (best < 0 || e.last > g.entities[best].last) {
				best = i
			}
		}
		if best >= 0 {
			return best
		}
	}
	g.add(n)
	return n.entity
}

// calledShort reports whether a mention by one word of its name, the first one or not, may mean the entity.
func (e *entity) calledShort(m *mention, byFirst bool) bool {
	stranger := byFirst && !e.human && givenNames[e.words[0]] == unknown // "Nintendo Wii" is not called Nintendo
	if e.body && (m.titled || !suffixes(e.words[1:])) || !e.body && stranger {
		return false
	}
	return m.gender != male && m.gender != female || e.gender == unknown || e.gender == m.gender
}

// suffixes reports whether the words only say what kind of company the word before them is.
func suffixes(words []string) bool {
	for _, w := range words {
		if !corporate[w] {
			return false
		}
	}
	return true
}

var corporate = lexicon.Set(`group inc inc. corp corp. corporation company co co. ltd ltd. plc ag llc holdings
	international motors motor industries airlines airways party university and & technologies systems entertainment media
	se nv n.v. sa s.a. gmbh`)

// latest keeps the search among those who share a name short in any document.
func latest(list []int) []int {
	const most = 64
	return list[max(0, len(list)-most):]
}

// bySuffix finds the one institution whose name ends in the words, the last mentioned first; -1 for none.
func (g *registry) bySuffix(words []string) int {
	best := -1
	if len(words) == 0 {
		return best
	}
	for _, i := range latest(g.byTail[words[len(words)-1]]) {
		e := &g.entities[i]
		if e.body && e.named && len(e.words) >= len(words) && e.last >= 0 &&
			slices.Equal(e.words[len(e.words)-len(words):], words) {
			if best < 0 || e.last > g.entities[best].last {
				best = i
			}
		}
	}
	return best
}
