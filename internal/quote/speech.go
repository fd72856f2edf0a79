package quote

import "strings"

// A saying is a reporting verb with who says it.
type saying struct {
	verb    int // token; of "according to", the first word
	subject int // mention of the paragraph, -1 for none
	form    verbForm
	turned  bool // the subject follows: "said Smith"
}

// speech finds the sayings of a sentence, gives its quotations their speakers, and leaves behind who spoke.
func (r *reading) speech(i, s int) {
	p := &r.paras[i]
	sayings := r.sayings(p, s)
	h := &r.history[p.first+s]
	for _, y := range sayings {
		if y.subject >= 0 && p.mentions[y.subject].entity >= 0 && (y.form.cue == reports || y.form.cue == names) {
			m := &p.mentions[y.subject]
			h.speaker = m.entity
			if e := &r.registry.entities[m.entity]; !e.body {
				e.human = true
			}
			r.reports = append(r.reports, report{i, s, m.entity, spanOf(p, m.first, m.tail)})
			break
		}
	}
	for k := p.starts[s]; k < p.starts[s+1]; k++ {
		if p.tokens[k].kind != quoted {
			continue
		}
		n, strength, near := r.speaker(p, s, k, sayings)
		if n < 0 {
			r.turns[p.tokens[k].piece].strength = strength
			continue
		}
		m := &p.mentions[n]
		r.turns[p.tokens[k].piece] = turn{m.entity, spanOf(p, m.first, max(m.end, m.tail)), strength, near}
		if m.kind == byName {
			r.turns[p.tokens[k].piece].mention = spanOf(p, m.name, m.end)
		}
		if m.entity >= 0 && strength == reports {
			h.speaker = m.entity
		}
	}
}

// sayings lists the reporting verbs of a sentence and "according to" and its like, in order.
func (r *reading) sayings(p *paragraph, s int) []saying {
	var out []saying
	a, b := p.starts[s], p.starts[s+1]
	for v := a; v < b; v++ {
		t := p.tokens[v]
		if t.kind != word || t.capital && v > a {
			continue
		}
		if n := sourcePhrase(p, v, b); n > 0 {
			if k := r.mentionFrom(p, s, v+n, 0); k >= 0 {
				out = append(out, saying{verb: v, subject: k, form: verbForm{cue: reports}, turned: true})
			}
			continue
		}
		f, ok := verbForms[t.lower]
		if !ok || f.form == base && !speaksInBase(p, v, a) || nounLike(p, v, a) {
			continue
		}
		y := saying{verb: v, subject: -1, form: f}
		y.subject, y.turned = r.subjectOf(p, s, v, f, out)
		out = append(out, y)
	}
	return out
}

// sourcePhrase returns the length of "according to", "in the words of" and "selon" at v, 0 if none stands there.
func sourcePhrase(p *paragraph, v, b int) int {
	for _, phrase := range [][]string{{"according", "to"}, {"in", "the", "words", "of"}, {"to", "quote"}, {"quoting"}, {"selon"}, {"laut"}, {"según"}} {
		n := 0
		for n < len(phrase) && v+n < b && p.tokens[v+n].lower == phrase[n] {
			n++
		}
		if n == len(phrase) {
			return n
		}
	}
	return 0
}

// speaksInBase allows a base form behind a modal or for a plural subject: "analysts say", "did not say", "refused to say".
func speaksInBase(p *paragraph, v, a int) bool {
	if v == a {
		return false
	}
	t := p.tokens[v-1]
	return t.kind == word && !determiners[t.lower] && !prepositions[t.lower] && !modifiers[t.lower] || t.lower == "to" || t.kind == quoted ||
		t.kind == punct && t.lower == ","
}

// nounLike reports whether a verb form at v is a noun or an attribute: "the report", "his claims", "the alleged plot".
func nounLike(p *paragraph, v, a int) bool {
	if v == a {
		return false
	}
	t := p.tokens[v-1]
	if t.kind == genitive {
		return true
	}
	return t.kind == word && (determiners[t.lower] && t.lower != "that" && t.lower != "this" && t.lower != "l" || prepositions[t.lower] && t.lower != "by" && t.lower != "as" && !ingAfter(p, v) ||
		modifiers[t.lower] && !roleNouns[t.lower] && !bodyNouns[t.lower])
}

func ingAfter(p *paragraph, v int) bool { return strings.HasSuffix(p.tokens[v].lower, "ing") }

// mentionFrom returns the mention that begins at token i, adverbs and the like apart and at most slack words later; -1 for none.
func (r *reading) mentionFrom(p *paragraph, s, i, slack int) int {
	for i < p.starts[s+1] && p.tokens[i].kind == word && (isAdverb(p.tokens[i].lower)) {
		i++
	}
	for k := p.from[s]; k < p.from[s+1]; k++ {
		m := &p.mentions[k]
		if m.first > i+slack {
			break
		}
		if m.first <= i && i < m.end && m.kind != byPronoun && m.modifier { // "the Obama administration": the outer one follows
			continue
		}
		if m.first <= i+slack && i <= m.first || m.first <= i && i < m.end && m.first >= p.starts[s] && m.first == i {
			if !m.modifier || p.tokens[min(m.end, len(p.tokens)-1)].kind != genitive {
				return k
			}
		}
	}
	return -1
}

// subjectOf finds who does what the verb at v says.
func (r *reading) subjectOf(p *paragraph, s, v int, f verbForm, earlier []saying) (subject int, turned bool) {
	a, b := p.starts[s], p.starts[s+1]
	k, passive := v-1, false
	if p.tokens[v].lower != "saying" || k < a || p.tokens[k].lower != "as" {
		k, passive = skipBack(p, k, a)
	} else { // "was quoted as saying"
		for k >= a && p.tokens[k].kind == word && (auxiliaries[p.tokens[k].lower] || verbForms[p.tokens[k].lower].lemma != "" || p.tokens[k].lower == "as") {
			k--
		}
	}
	if passive && (f.form == past || f.form == participle) {
		if v+1 < b {
			for j := v + 1; j < min(b, v+6); j++ {
				if p.tokens[j].lower == "by" {
					return r.mentionFrom(p, s, j+1, 0), true
				}
			}
		}
		return -1, false
	}
	// "…," said Smith
	if v == a && !p.tokens[v].capital {
		if n := r.mentionFrom(p, s, v+1, 0); n >= 0 {
			return n, true
		}
	}
	if f.form != ing && f.form != base && v > a {
		before := p.tokens[v-1]
		if v-2 >= a && auxiliaries[before.lower] && f.lemma == "dire" { // a déclaré
			before = p.tokens[v-2]
		}
		if before.kind == quoted || before.kind == punct && strings.Contains(",—'", before.lower) {
			if n := r.mentionFrom(p, s, v+1, 0); n >= 0 && (before.kind == quoted || v-2 >= a && p.tokens[v-2].kind == quoted || r.closes(p, n, b)) {
				if !r.appositionEnds(p, s, v) {
					return n, true
				}
			}
		}
	}
	if n := r.mentionEnding(p, s, k+1, f.form == ing); n >= 0 {
		return n, false
	}
	if k >= a && relatives[p.tokens[k].lower] {
		j := k
		if j > a && p.tokens[j-1].lower == "," {
			j--
		}
		return r.mentionEnding(p, s, j, true), false
	}
	if k >= a && p.tokens[k].kind == punct && (p.tokens[k].lower == "," || p.tokens[k].lower == "—" || p.tokens[k].lower == ")") {
		if f.form != ing {
			if n := r.beforeComma(p, s, k); n >= 0 {
				return n, false
			}
		}
	}
	// "…, adding that …": the one who spoke before, or whom the sentence is about
	for i := len(earlier) - 1; i >= 0; i-- {
		if earlier[i].subject >= 0 && !p.mentions[earlier[i].subject].modifier && (f.form == ing || k >= a && conjunctions[p.tokens[k].lower]) {
			return earlier[i].subject, false
		}
	}
	return r.subjectLeft(p, s, v), false
}

// skipBack steps back over auxiliaries, adverbs and times before a verb; passive tells a form of "be" right before it.
func skipBack(p *paragraph, k, a int) (int, bool) {
	passive := false
	for k >= a {
		t := p.tokens[k]
		if t.kind == word && !t.capital && (auxiliaries[t.lower] || isAdverb(t.lower)) {
			if be[t.lower] {
				passive = true
			}
			k--
			continue
		}
		if j := timeBack(p, k, a); j < k {
			k = j
			continue
		}
		break
	}
	return k, passive
}

var be = set("was were is are been being")

// timeBack steps back over "on Monday", "last week", "in 2021".
func timeBack(p *paragraph, k, a int) int {
	t := p.tokens[k]
	if !(weekdays[t.lower] && t.capital || t.kind == number || t.kind == word && timeWords[t.lower] && t.lower != "and" && t.lower != "of" && len(t.lower) > 3) {
		return k
	}
	j := k
	for j >= a && (p.tokens[j].kind == number || p.tokens[j].kind == word && (weekdays[p.tokens[j].lower] || timeWords[p.tokens[j].lower])) {
		j--
	}
	return j
}

// closes reports whether a sentence ends or breaks off behind a mention: "The deal is off, said Smith."
func (r *reading) closes(p *paragraph, n, b int) bool {
	m := &p.mentions[n]
	for _, e := range []int{m.end, m.tail, m.ext} {
		if e >= b || p.tokens[e].kind != word {
			return true
		}
	}
	return false
}

// appositionEnds reports whether the comma before v closes an apposition to a mention: then the verb's subject stands before it.
func (r *reading) appositionEnds(p *paragraph, s, v int) bool {
	for k := p.from[s]; k < p.from[s+1]; k++ {
		if m := &p.mentions[k]; m.ext == v && m.ext > m.end && m.kind == byName {
			return true
		}
	}
	return false
}

// mentionEnding returns the mention that ends before token i, with its tail or apposition; the widest if there are several.
func (r *reading) mentionEnding(p *paragraph, s, i int, evenObject bool) int {
	best := -1
	for k := p.from[s]; k < p.from[s+1]; k++ {
		m := &p.mentions[k]
		if m.first >= i {
			break
		}
		if m.modifier && m.end == i && m.kind == byName {
			continue
		}
		if m.kind == byDocument && p.tokens[min(i, len(p.tokens)-1)].lower == "saying" { // "released a statement saying"
			continue
		}
		if (m.end == i || m.tail == i || m.ext == i) && (evenObject || !m.object || m.kind == byPronoun || r.conjunctionBefore(p, m)) {
			if best < 0 {
				best = k
			}
		}
	}
	return best
}

// conjunctionBefore reports whether the preposition before a mention is one that also begins a clause: "after", "before", "than".
func (r *reading) conjunctionBefore(p *paragraph, m *mention) bool {
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
		if (at.kind == punct && (at.lower == "," || at.lower == "—" || at.lower == "(") || relatives[at.lower]) && canBeSubject(p, p.starts[s], m.first) {
			return n
		}
		if t := p.tokens[min(m.tail, len(p.tokens)-1)]; t.kind == punct && (t.lower == "," || t.lower == "—") && m.tail < k && canBeSubject(p, p.starts[s], m.first) {
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
		if canBeSubject(p, p.starts[s], m.first) {
			return n
		}
	}
	return -1
}

// speaker finds who says the piece at token q, from its own sentence.
func (r *reading) speaker(p *paragraph, s, q int, sayings []saying) (mention int, strength cue, near bool) {
	a, b := p.starts[s], p.starts[s+1]
	piece := r.pieces[p.tokens[q].piece]
	words := p.text[piece.start:piece.end]
	opens := q == a || p.tokens[q-1].kind == quoted || q-1 == a && p.tokens[a].kind == punct
	if opens || strings.HasSuffix(words, ",") {
		if n, c := r.behind(p, s, q, sayings); n >= 0 && (opens || !r.fragmentOf(p, q, sayings)) {
			return n, c, true
		}
	}
	var weak saying
	for i := len(sayings) - 1; i >= 0; i-- {
		y := sayings[i]
		if y.verb > q || leavesBracket(p, y.verb, q) {
			continue
		}
		strength = max(strength, 1)
		if y.subject >= 0 && p.mentions[y.subject].first < q {
			return y.subject, y.form.cue, q-y.verb <= 3
		}
		weak = y
	}
	if q > a && p.tokens[q-1].kind == punct && p.tokens[q-1].lower == ":" {
		if n := mainSubject(p, s); n >= 0 && p.mentions[n].kind != byDocument {
			return n, reports, true
		}
	}
	for _, y := range sayings {
		if y.verb > q && y.subject >= 0 && (y.form.cue == reports || strings.Contains("citing quoting", p.tokens[max(q-1, a)].lower)) {
			return y.subject, y.form.cue, false
		}
	}
	if n := signature(p, s, q, b); n >= 0 {
		return n, reports, true
	}
	return -1, weak.form.cue, false
}

// leavesBracket reports whether a bracket that is open at token v closes before token q.
func leavesBracket(p *paragraph, v, q int) bool {
	depth := 0
	for k := v; k < q; k++ {
		if t := p.tokens[k]; t.kind == punct {
			switch t.lower {
			case "(":
				depth++
			case ")":
				if depth--; depth < 0 {
					return true
				}
			}
		}
	}
	return false
}

// fragmentOf reports whether the piece at q completes a clause of a saying before it, so that what follows does not own it alone.
func (r *reading) fragmentOf(p *paragraph, q int, sayings []saying) bool {
	for _, y := range sayings {
		if y.verb < q && y.subject >= 0 && !y.turned {
			return true
		}
	}
	return false
}

// behind finds the saying that follows the piece at q: "…," said Smith; "…," Smith, a farmer, said; "…," according to Smith.
func (r *reading) behind(p *paragraph, s, q int, sayings []saying) (int, cue) {
	b := p.starts[s+1]
	for _, y := range sayings {
		if y.verb < q || y.subject < 0 {
			continue
		}
		for k := q + 1; k < y.verb; k++ {
			if p.tokens[k].kind == quoted {
				return -1, 0
			}
		}
		m := &p.mentions[y.subject]
		if y.turned && y.verb-q <= 3 || !y.turned && m.first > q && m.first-q <= 12 && y.form.form != ing {
			return y.subject, max(y.form.cue, reports)
		}
		return -1, 0
	}
	piece := r.pieces[p.tokens[q].piece]
	if words := p.text[piece.start:piece.end]; q+1 == b && (strings.HasSuffix(words, "?") || strings.HasSuffix(words, "!")) {
		return -1, 0
	}
	return -1, 0
}

// signature finds the name behind a dash after a quotation: "…" — Jane Smith.
func signature(p *paragraph, s, q, b int) int {
	if q+2 >= b || p.tokens[q+1].lower != "—" && p.tokens[q+1].lower != "-" && p.tokens[q+1].lower != "(" {
		return -1
	}
	for k := p.from[s]; k < p.from[s+1]; k++ {
		if m := &p.mentions[k]; m.first == q+2 && m.kind == byName {
			return k
		}
	}
	return -1
}
