package quote

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// subjectOf finds who does what the verb at v says.
func (r *reading) subjectOf(p *paragraph, s, v, words int, f lexicon.ReportingVerb, earlier []saying) (subject int,
	turned bool) {
	a, b := p.starts[s], p.starts[s+1]
	k, passive := v-1, false
	if as := quotedAs(p.tokens, v, a); as < 0 {
		k, passive = skipBack(p.tokens, k, a)
	} else if n := r.quotedByName(p, s, as); n >= 0 {
		return n, false
	} else {
		k = beforeQuoting(p.tokens, as, a)
	}
	if passive && (f.Form == past || f.Form == lexicon.Participle) {
		return r.agent(p, s, v, b)
	}
	if n, turned := r.besideVerb(p, s, v, words, f); n >= 0 {
		return n, turned
	}
	if n := r.mentionEnding(p, s, k+1, f.Form == ing); n >= 0 {
		return n, false
	}
	var before token
	if k >= a {
		before = p.tokens[k]
	}
	if relatives[before.lower] {
		if k > a && p.tokens[k-1].lower == "," {
			k--
		}
		return r.mentionEnding(p, s, k, true), false
	}
	if insertionEnds[before.lower] && f.Form != ing {
		if n := r.beforeComma(p, s, k); n >= 0 {
			return n, false
		}
	}
	if f.Form == ing || conjunctions[before.lower] { // "…, adding that …": who spoke before, or whom the sentence is about
		if n := lastSubject(p, earlier); n >= 0 {
			return n, false
		}
	}
	return r.subjectLeft(p, s, v), false
}

// lastSubject is that of the last saying whose subject is somebody; -1 for none.
func lastSubject(p *paragraph, earlier []saying) int {
	for _, y := range slices.Backward(earlier) {
		if y.subject >= 0 && !p.mentions[y.subject].modifier {
			return y.subject
		}
	}
	return -1
}

// agent finds by whom is done what the passive verb at v says.
func (r *reading) agent(p *paragraph, s, v, b int) (subject int, turned bool) {
	const most = 6 // words behind the verb
	for j := v + 1; j < min(b, v+most); j++ {
		if p.tokens[j].lower == "by" {
			return r.mentionFrom(p, s, j+1), true
		}
	}
	return -1, false
}

// insertionEnds stand behind what is put between a subject and its verb.
var insertionEnds = lexicon.Set(", — )")

// beforeQuoting returns the token before the verb of "was quoted as saying" and "was quoted by the agency as saying",
// whose "as" is given.
func beforeQuoting(tokens []token, as, a int) int {
	const most = 8 // words between
	for j := as - 1; j >= a && j >= as-most; j-- {
		if quoting[tokens[j].lower] {
			k, _ := skipBack(tokens, j-1, a)
			return k
		}
	}
	return as
}

// besideVerb finds the subject of an inverted verb, "…," said Smith, or the one that an insertion parts from the verb;
// -1 for neither.
func (r *reading) besideVerb(p *paragraph, s, v, words int, f lexicon.ReportingVerb) (subject int, turned bool) {
	a := p.starts[s]
	if v == a && !p.tokens[v].capital {
		if n := r.mentionFrom(p, s, v+words); n >= 0 {
			return n, true
		}
	}
	if f.Form == ing || f.Form == base || v == a {
		return -1, false
	}
	before := p.tokens[v-1]
	if f.Foreign {
		before = p.tokens[max(a, beforeForeign(p.tokens, v, a))]
	}
	if before.lower == "," {
		if n, turned := r.afterComma(p, s, v, words, f); n >= 0 {
			return n, turned
		}
	}
	if before.kind == quoted || breaks[before.lower] && f.Cue == reports {
		return r.inverted(p, s, v, words, before.kind == quoted || v-2 >= a && p.tokens[v-2].kind == quoted), true
	}
	return -1, false
}

// beforeForeign steps back from the verb at v over its auxiliary and pronouns: "a déclaré", "lui a lancé", "se queja".
func beforeForeign(tokens []token, v, a int) int {
	k := v - 1
	if k > a && auxiliaries[tokens[k].lower] {
		k--
	}
	if k > a && toWhom[tokens[k].lower] {
		k--
	}
	return k
}

// toWhom are pronouns of French and Spanish between a quotation and its verb.
var toWhom = lexicon.List("foreign-addressees")

// afterComma finds the subject of a verb behind a comma that ends an insertion or what was said; -1 for none.
func (r *reading) afterComma(p *paragraph, s, v, words int, f lexicon.ReportingVerb) (subject int, turned bool) {
	if n := r.mentionEnding(p, s, v, false); n >= 0 {
		return n, false
	}
	if f.Lemma == "say" { // "Farmers, who lost cattle, need help, said Smith": nobody is said
		if n := r.inverted(p, s, v, words, false); n >= 0 && p.mentions[n].kind == byName {
			return n, true
		}
	}
	return r.beforeComma(p, s, v-1), false
}

// inverted finds the subject behind the verb at v, which stands beside a quotation or not; -1 for none.
func (r *reading) inverted(p *paragraph, s, v, words int, beside bool) int {
	n := r.mentionFrom(p, s, v+words)
	if n >= 0 && (beside || closes(p, n, p.starts[s+1])) && !appositionEnds(p, s, v) {
		return n
	}
	return -1
}

// quoting are the verbs of who gives somebody's words.
var quoting = lexicon.Set("quoted cited reported quotes cites quote cite")

// quotedAs returns the place of "as" in "as saying" and "as having said", whose verb stands at v; -1 for others.
func quotedAs(tokens []token, v, a int) int {
	k := v - 1
	if k > a && tokens[k].lower == "having" {
		k--
	} else if tokens[v].lower != "saying" {
		return -1
	}
	if k < a || tokens[k].lower != "as" {
		return -1
	}
	return k
}

// quotedByName returns who stands between a verb of quoting and the "as" at a token: "The paper quotes Lund as
// saying". -1 for nobody.
func (r *reading) quotedByName(p *paragraph, s, as int) int {
	n := r.mentionEnding(p, s, as, true)
	if n < 0 {
		return -1
	}
	m := &p.mentions[n]
	if m.first == 0 || !quoting[p.tokens[m.first-1].lower] {
		return -1
	}
	return n
}

// breaks stand between the words of a speaker and "said", besides the marks.
var breaks = lexicon.Set(", — '")

// skipBack steps back over auxiliaries, adverbs and times before a verb; passive tells a form of "be" right before it.
func skipBack(tokens []token, k, a int) (int, bool) {
	passive := false
	for k >= a {
		t := tokens[k]
		if t.kind == word && !t.capital && (auxiliaries[t.lower] || isAdverb(t.lower)) {
			if be[t.lower] {
				passive = true
			}
			k--
			continue
		}
		if j := timeBack(tokens, k, a); j < k {
			k = j
			continue
		}
		break
	}
	return k, passive
}

var be = lexicon.Set("be was were is are been being")

// timeBack steps back over "on Monday", "last week", "in 2021".
func timeBack(tokens []token, k, a int) int {
	t := tokens[k]
	day := calendarWords[t.lower] && t.capital
	if !day && t.kind != number && !(timeWords[t.lower] && len(t.lower) > 3) {
		return k
	}
	j := k
	for j >= a && (tokens[j].kind == number || tokens[j].kind == word &&
		(calendarWords[tokens[j].lower] || timeWords[tokens[j].lower])) {
		j--
	}
	return j
}

// closes reports whether a sentence ends or breaks off behind a mention: "The deal is off, said Smith."
func closes(p *paragraph, n, b int) bool {
	m := &p.mentions[n]
	for _, e := range []int{m.end, m.tail, m.ext} {
		if e >= b || p.tokens[e].kind != word {
			return true
		}
	}
	return m.kind == byName && tailCloses(p.tokens[m.end:b])
}

// tailCloses reports whether what belongs to a name reaches the end of the sentence or a mark: "said Smith of the
// sports office", "said Smith on Monday". The tokens begin behind the name.
func tailCloses(tokens []token) bool {
	const most = 10 // words
	if !tails[tokens[0].lower] {
		return false
	}
	for i, t := range tokens {
		switch {
		case t.kind == punct || t.kind == quoted:
			return true
		case i == most || relatives[t.lower] || conjunctions[t.lower] ||
			auxiliaries[t.lower] && !determiners[t.lower]: // "a" is a verb in French
			return false
		}
	}
	return true
}

// appositionEnds reports whether the comma before v closes an apposition to a mention: then the verb's subject stands
// before it.
func appositionEnds(p *paragraph, s, v int) bool {
	for k := p.from[s]; k < p.from[s+1]; k++ {
		if m := &p.mentions[k]; m.ext == v && m.ext > m.end && m.kind == byName {
			return true
		}
	}
	return false
}

// mentionEnding returns the mention that ends before token i, with its tail or apposition; the widest if there are
// several.
func (r *reading) mentionEnding(p *paragraph, s, i int, evenObject bool) int {
	best := -1
	for k := p.from[s]; k < p.from[s+1]; k++ {
		m := &p.mentions[k]
		if m.first >= i {
			continue
		}
		if m.modifier && m.end == i && m.kind == byName {
			continue
		}
		if m.kind == byDocument && p.tokens[min(i, len(p.tokens)-1)].lower == "saying" { // "released a statement saying"
			continue
		}
		if (m.end == i || m.tail == i || m.ext == i) && (evenObject || !m.object || m.kind == byPronoun ||
			conjunctionBefore(p, m)) {
			if best < 0 {
				best = k
			}
		}
	}
	return best
}

// conjunctionBefore reports whether the preposition before a mention is one that also begins a clause: "after",
// "before", "than".
func conjunctionBefore(p *paragraph, m *mention) bool {
	if m.first == 0 {
		return false
	}
	switch p.tokens[m.first-1].lower {
	case "after", "before", "as", "than":
		return true
	}
	return false
}

// beforeComma finds the subject before an insertion that ends with the comma at k: "Smith, speaking in Kabul, said".
func (r *reading) beforeComma(p *paragraph, s, k int) int {
	for n := p.from[s+1] - 1; n >= p.from[s]; n-- {
		m := &p.mentions[n]
		if m.end >= k || m.object || m.modifier {
			continue
		}
		at := p.tokens[m.end]
		if ((at.lower == "," || at.lower == "—" || at.lower == "(") || relatives[at.lower]) &&
			p.subjects[m.first] {
			return n
		}
		t := p.tokens[min(m.tail, len(p.tokens)-1)]
		parted := (t.lower == "," || t.lower == "—") && m.tail < k
		if parted && p.subjects[m.first] {
			return n
		}
	}
	return -1
}

// subjectLeft finds the nearest group left of the verb that stands where a subject can stand.
func (r *reading) subjectLeft(p *paragraph, s, v int) int {
	for n := p.from[s+1] - 1; n >= p.from[s]; n-- {
		m := &p.mentions[n]
		if m.end > v || m.object || m.modifier {
			continue
		}
		if p.subjects[m.first] {
			return n
		}
	}
	return -1
}

// mentionFrom returns the mention that begins at token i, adverbs apart; -1 for none.
func (r *reading) mentionFrom(p *paragraph, s, i int) int {
	i = skipAside(p.tokens, i, p.starts[s+1])
	for i < p.starts[s+1] && p.tokens[i].kind == word && isAdverb(p.tokens[i].lower) {
		i++
	}
	if n := r.afterGenitive(p, s, i); n >= 0 {
		return n
	}
	for k := p.from[s]; k < p.from[s+1]; k++ {
		if m := &p.mentions[k]; m.first == i && (!m.modifier || m.kind == byPronoun) {
			return k
		}
	}
	return -1
}

// afterGenitive returns the description of somebody that begins with an institution's name at i and lists what the one
// is responsible for: "GM's sales, service, and marketing vice president".
func (r *reading) afterGenitive(p *paragraph, s, i int) int {
	const most = 8 // words of the list
	owner := -1
	for k := p.from[s]; k < p.from[s+1]; k++ {
		m := &p.mentions[k]
		switch {
		case m.first == i && m.modifier && m.end < len(p.tokens) && p.tokens[m.end].kind == genitive:
			owner = k
		case owner >= 0 && m.first > i && m.first < i+most && m.kind == byDescription && !m.object && !m.body:
			for j := p.mentions[owner].end + 1; j < m.first; j++ {
				if t := p.tokens[j]; t.kind == punct && t.lower != "," ||
					functionWord(t.lower) && t.lower != "and" {
					return -1
				}
			}
			m.first = i
			if m.entity >= 0 && !r.registry.entities[m.entity].named {
				r.registry.entities[m.entity].name = spanOf(p, i, m.tail)
			}
			return k
		}
	}
	return -1
}
