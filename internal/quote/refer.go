package quote

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// reach is how many sentences back a pronoun may point. A wider one found more people and more wrong ones.
const reach = 8

// resolve reads one paragraph: who its names, pronouns and descriptions are, and who says what in each of its
// sentences.
func (r *reading) resolve(i int) {
	p := &r.paras[i]
	p.subjects = subjectPlaces(p)
	defer func() { p.subjects = nil }() // as long as the tokens, and of no use later
	for s := range len(p.starts) - 1 {
		if n := p.from[s+1] - p.from[s]; !r.steps.Take(1 + n + n*n/mentionsPerStep) {
			return
		}
		number := p.first + s
		r.history = append(r.history, discourse{para: i, subject: -1, by: -1, speaker: -1})
		h := &r.history[number]
		mentions := p.mentions[p.from[s]:p.from[s+1]]
		subject := mainSubject(p, s)
		h.by = subject
		for k := range mentions {
			m := &mentions[k]
			r.refer(m, i, number, mentions[:k])
			if m.kind == byDocument {
				h.document = true
			}
			if m.entity < 0 {
				continue
			}
			r.note(m, i, number)
			if !slices.Contains(h.persons, m.entity) {
				h.persons = append(h.persons, m.entity)
			}
		}
		r.issuers(p, mentions)
		if subject >= 0 {
			h.subject = p.mentions[subject].entity
		}
		r.speech(i, s)
	}
	for k := range p.inside {
		if !r.steps.Take(1) {
			return
		}
		m := &p.inside[k]
		if m.entity = r.registry.lookup(m); m.entity >= 0 {
			r.alias(m, i)
		}
	}
}

// note records a mention with its entity.
func (r *reading) note(m *mention, para, sentence int) {
	e := &r.registry.entities[m.entity]
	e.last = sentence
	if m.kind != byPronoun {
		r.alias(m, para)
	}
	e.human = e.human || m.titled && !e.body
	if m.head != "" && m.kind != byDocument && !slices.Contains(e.heads, m.head) {
		e.heads = append(e.heads, m.head)
		r.byHead[m.head] = append(r.byHead[m.head], m.entity)
	}
	if m.gender == male || m.gender == female {
		if e.gender == unknown && m.kind != byPronoun {
			e.gender = m.gender
		}
	}
	if m.kind == byName && m.roleText != "" && len(m.roleText) > len(e.role) {
		e.role = cleanRole(m.roleText)
	}
}

func (r *reading) alias(m *mention, para int) {
	e := &r.registry.entities[m.entity]
	ref := r.doc.Passages[para].Ref
	if e.order == 0 {
		r.mentioned++
		e.order = r.mentioned
	}
	if n := len(e.refs); n == 0 || e.refs[n-1] != ref {
		e.refs = append(e.refs, ref)
	}
	for _, a := range []string{m.nameText, m.acronym} {
		if a != "" && a != e.name && len(e.aliases) < MaxAliases && !slices.Contains(e.aliases, a) {
			e.aliases = append(e.aliases, a)
		}
	}
}

// cleanRole cuts the article off a role, or the pronoun, and forms of address behind it.
func cleanRole(s string) string {
	for i := strings.LastIndexByte(s, ' '); i > 0 && honorifics[lower(s[i+1:])]; i = strings.LastIndexByte(s, ' ') {
		s = s[:i] // "fire investigator Dr."
	}
	first, rest, ok := strings.Cut(s, " ")
	if ok && roleArticles[lower(first)] {
		return rest
	}
	for _, elided := range []string{"l'", "l’"} {
		if rest, ok := strings.CutPrefix(s, elided); ok {
			return rest
		}
	}
	return s
}

var roleArticles = lexicon.Set("a an the his her their its der die das ein eine le la un une el una")

// refer finds the entity of a mention, and leaves it open where the text does not settle it.
func (r *reading) refer(m *mention, para, sentence int, before []mention) {
	switch m.kind {
	case byName:
		m.entity = r.registry.lookup(m)
		if m.entity >= 0 && m.definite {
			r.giveCountry(m, sentence)
		}
	case byPronoun:
		m.entity = r.pronoun(m, sentence, before)
	case byDescription:
		m.entity = r.description(m, para, sentence, before)
	case byDocument:
		m.entity = r.document(m, para, sentence, before)
	}
}

// giveCountry completes "the Foreign Ministry" by the state that the sentence before was about, if the document never
// names it fully.
func (r *reading) giveCountry(m *mention, sentence int) {
	e := &r.registry.entities[m.entity]
	if !e.body || e.last >= 0 || len(e.words) > 2 || !governing[e.words[len(e.words)-1]] || sentence == 0 {
		return
	}
	h := r.history[sentence-1]
	if h.para != r.history[sentence].para || h.subject < 0 {
		return
	}
	if c := r.registry.entities[h.subject]; countries[lower(c.name)] {
		if !slices.Contains(e.aliases, e.name) {
			e.aliases = append(e.aliases, e.name)
		}
		e.name = c.name + "'s " + e.name
		e.words = nameWords(e.name)
	}
}

// fits reports whether an entity can be what a pronoun stands for.
func (r *reading) fits(e int, g gender) bool {
	x := &r.registry.entities[e]
	switch g {
	case male, female:
		return !x.body && !x.several && (x.gender == g || x.gender == unknown && (x.human || !x.named))
	case neuter:
		return !x.several && (x.body || x.named && !x.human && x.gender == unknown)
	case plural:
		return x.several || x.body || x.gender == unknown
	}
	return false
}

// pronoun resolves he, she, it and they: the subject of the sentence so far, then of the sentences before, the last
// first; one who spoke goes before one who did something. A sentence that offers two who fit, neither its subject,
// settles nothing and ends the search.
func (r *reading) pronoun(m *mention, sentence int, before []mention) int {
	var here []int
	for k := range before {
		b := &before[k]
		if b.entity >= 0 && r.fits(b.entity, m.gender) && !slices.Contains(here, b.entity) {
			if b.kind == byPronoun && b.gender == m.gender || !b.object && !b.modifier {
				return b.entity
			}
			here = append(here, b.entity)
		}
	}
	for n := sentence - 1; n >= 0 && n >= sentence-reach; n-- {
		h := &r.history[n]
		if m.gender == neuter && h.para < r.history[sentence].para-1 {
			break
		}
		for _, e := range []int{h.speaker, h.subject} {
			if e >= 0 && r.fits(e, m.gender) {
				return e
			}
		}
		if fit := r.fitting(h.persons, m.gender); len(fit) == 1 {
			return fit[0]
		} else if len(fit) > 1 {
			return r.bestFit(fit, m.gender)
		}
	}
	if len(here) == 1 {
		return here[0]
	}
	return -1
}

// fitting are the entities with a name that a pronoun of the gender can stand for.
func (r *reading) fitting(entities []int, g gender) (fit []int) {
	for _, e := range entities {
		if r.fits(e, g) && r.registry.entities[e].named {
			fit = append(fit, e)
		}
	}
	return fit
}

// bestFit chooses the only one whose gender is known to agree, or nobody.
func (r *reading) bestFit(fit []int, g gender) int {
	best := -1
	for _, e := range fit {
		if r.registry.entities[e].gender == g {
			if best >= 0 {
				return -1
			}
			best = e
		}
	}
	return best
}

// description resolves "the spokesman" and "the ministry" to someone who was called so before; "a resident" is someone
// new.
func (r *reading) description(m *mention, para, sentence int, before []mention) int {
	p := &r.paras[para]
	text := spanOf(p, m.first, m.tail)
	other := m.first+1 < m.end && p.tokens[m.first+1].lower == "other"
	owned := possessives[p.tokens[m.first].lower] != unknown
	if whose := r.owned(m, p, sentence, before); whose != "" {
		text = whose
	}
	if m.definite && !m.several && !other {
		if m.body {
			words := nameWords(cleanRole(spanOf(p, m.first, m.end)))
			if e := r.registry.bySuffix(words); e >= 0 {
				return e
			}
		}
		if e := r.called(m, p, sentence); e >= 0 && (!owned || r.registry.entities[e].named) {
			return e
		}
	}
	if owned {
		if e := r.calledSo(m, text); e >= 0 {
			return e
		}
	}
	for k := range before { // "experts … the experts"
		if before[k].entity >= 0 && r.registry.entities[before[k].entity].name == text {
			return before[k].entity
		}
	}
	return r.unnamed(m, text)
}

// maxEntities bounds those of a document, with and without a name.
const maxEntities = 4 * MaxNames

// unnamed adds an entity that has only a description; -1 where there are too many already.
func (r *reading) unnamed(m *mention, text string) int {
	if len(r.registry.entities) >= maxEntities {
		return -1
	}
	e := entity{name: text, body: m.body, several: m.several, gender: m.gender, last: -1}
	if m.body {
		e.gender = neuter
	}
	r.registry.entities = append(r.registry.entities, e)
	return len(r.registry.entities) - 1
}

// called finds who was called by the head of a definite description and mentioned last. Further words of the
// description that are capitalized must be part of what the one was called: "the Pakistani spokesman" is not the
// Taliban's.
func (r *reading) called(m *mention, p *paragraph, sentence int) int {
	best := -1
	const memory = 400 // entities looked at, the latest first: keeps long documents linear
	called := r.byHead[m.head]
	called = called[max(0, len(called)-memory):]
	r.steps.Take(len(called) / mentionsPerStep)
	for _, i := range slices.Backward(called) {
		e := &r.registry.entities[i]
		if e.last < 0 || e.several || e.body != m.body {
			continue
		}
		if best >= 0 && e.last <= r.registry.entities[best].last {
			continue
		}
		agrees := true
		for k := m.first; k < m.end; k++ {
			if t := p.tokens[k]; t.capital && k > m.first && !titleWord(t.lower) &&
				!strings.Contains(lower(e.role+" "+e.name), t.lower) {
				agrees = false
			}
		}
		if agrees {
			best = i
		}
	}
	return best
}

// document resolves "the statement": a definite one was issued by who spoke last; "a statement by Boeing" is Boeing's.
func (r *reading) document(m *mention, para, sentence int, before []mention) int {
	p := &r.paras[para]
	if m.definite && sentence > 0 && !inscriptions[m.head] {
		for _, b := range slices.Backward(before) { // "the ministry's statement"
			if b.first >= m.first && b.end < m.end && b.entity >= 0 {
				return b.entity
			}
		}
		if h := r.history[sentence-1]; h.document && h.speaker >= 0 {
			return h.speaker
		}
	}
	return r.unnamed(&mention{body: true}, spanOf(p, m.first, m.tail))
}

// inscriptions are documents that nobody issues anew: what was said before is not theirs.
var inscriptions = lexicon.Set("banner billboard flyer graffiti headline inscription placard plaque poster sign ticket")

// issuers gives "a statement by Boeing" and "a statement given by Boeing spokesman William Barksdale" the speaker that
// they name.
func (r *reading) issuers(p *paragraph, mentions []mention) {
	const near = 14 // words between the document and who issued it
	for i := range mentions {
		if mentions[i].kind != byDocument {
			continue
		}
		for k := i + 1; k < len(mentions) && mentions[k].first < mentions[i].end+near; k++ {
			m := &mentions[k]
			by := p.tokens[max(m.first-1, 0)].lower
			if m.entity >= 0 && !m.modifier && (by == "by" || by == "from" && m.first-1 == mentions[i].end) {
				mentions[i].entity = m.entity
				mentions[i].tail = max(mentions[i].tail, m.end)
			}
			if clauseBetween(p, mentions[i].end, m.first) {
				break
			}
		}
	}
}

// clauseBetween reports whether a reporting verb stands between two tokens.
func clauseBetween(p *paragraph, i, j int) bool {
	for k := i; k < j; k++ {
		if f := verbOf(p.tokens[k].lower); f.Cue == reports && (f.Form == past || f.Form == present) {
			return true
		}
	}
	return false
}

func spanOf(p *paragraph, i, j int) string { return p.text[p.tokens[i].start:p.tokens[j-1].end] }

// mainSubject returns the mention that the sentence is about: the first that is not behind a preposition and stands
// where a subject can stand; -1 for none.
func mainSubject(p *paragraph, s int) int {
	for k := p.from[s]; k < p.from[s+1]; k++ {
		m := &p.mentions[k]
		if m.object || m.modifier {
			continue
		}
		if p.subjects[m.first] {
			return k
		}
	}
	return -1
}

// subjectPlaces tells of each token whether a subject can begin there: nothing but function words stands between it
// and the last comma, quotation or beginning.
func subjectPlaces(p *paragraph) []bool {
	can := make([]bool, len(p.tokens))
	for s := range len(p.starts) - 1 {
		for i := p.starts[s]; i < p.starts[s+1]; i++ {
			if i == p.starts[s] {
				can[i] = true
				continue
			}
			switch t := p.tokens[i-1]; {
			case t.kind != word:
				can[i] = t.kind != genitive
			case t.capital || t.traits&(function|joining) != 0:
				can[i] = can[i-1]
			}
		}
	}
	return can
}

var conjunctions = lexicon.Set("and but or that as while when whereas because since although though if so yet " +
	"whether where how why for nor")
