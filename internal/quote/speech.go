package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// A saying is a reporting verb with who says it.
type saying struct {
	verb    int // token; of "according to", the first word
	subject int // mention of the paragraph, -1 for none
	form    lexicon.ReportingVerb
	turned  bool // the subject follows: "said Smith"
	unsaid  bool // it was not said: "never said", "if he had said"
}

// speech finds the sayings of a sentence, gives its quotations their speakers, and leaves behind who spoke.
func (r *reading) speech(i, s int) {
	p := &r.paras[i]
	sayings := r.sayings(p, s)
	if n := p.starts[s+1] - p.starts[s]; !r.steps.Take(n + len(sayings)*(p.from[s+1]-p.from[s])/mentionsPerStep) {
		return
	}
	h := &r.history[p.first+s]
	r.report(i, s, sayings)
	for k := p.starts[s]; k < p.starts[s+1]; k++ {
		if p.tokens[k].kind != quoted {
			continue
		}
		if !r.steps.Take(1 + len(sayings)/mentionsPerStep) {
			return
		}
		if r.label(i) == answerLabel {
			r.turns[p.tokens[k].piece] = turn{entity: r.answerer(i), mention: p.text[:r.labels[i].end], strength: reports,
				near: true}
			continue
		}
		if r.arabicTurn(p, s, k) {
			continue
		}
		by := r.speaker(p, s, k, sayings)
		t := &r.turns[p.tokens[k].piece]
		t.strength, t.unsaid = by.cue, by.unsaid
		if by.mention < 0 || by.unsaid {
			continue
		}
		m := &p.mentions[by.mention]
		t.entity, t.mention, t.near = m.entity, spanOf(p, m.first, max(m.end, m.tail)), by.near
		if m.kind == byName && !(m.entity >= 0 && r.registry.entities[m.entity].several) {
			t.mention = spanOf(p, m.name, m.end)
		}
		if m.entity >= 0 && by.cue == reports {
			h.speaker = m.entity
		}
	}
}

// report notes the first of the sayings that tells who said something.
func (r *reading) report(i, s int, sayings []saying) {
	p := &r.paras[i]
	for _, y := range sayings {
		if y.unsaid || y.subject < 0 || y.form.Cue != reports && y.form.Cue != names ||
			p.mentions[y.subject].entity < 0 {
			continue
		}
		m := &p.mentions[y.subject]
		r.join(p, s, y.subject)
		r.history[p.first+s].speaker = m.entity
		if e := &r.registry.entities[m.entity]; !e.body {
			e.human = true
		}
		r.reports = append(r.reports, report{i, s, m.entity, spanOf(p, m.first, m.tail), max(m.tail, m.ext) - m.first})
		return
	}
}

// join makes one speaker of two people who share a verb: "Mike Bush and Wally Haumaha told reporters".
func (r *reading) join(p *paragraph, s, n int) {
	m := &p.mentions[n]
	if m.kind == byPronoun || m.first < 2 || p.tokens[m.first-1].lower != "and" {
		return
	}
	for k := p.from[s]; k < n; k++ {
		o := &p.mentions[k]
		if o.kind == byPronoun || o.entity < 0 || o.entity == m.entity || o.object || o.modifier ||
			max(o.ext, o.tail) != m.first-1 {
			continue
		}
		a, b := &r.registry.entities[o.entity], &r.registry.entities[m.entity]
		if both := r.unnamed(&mention{several: true}, a.name+" and "+b.name); both >= 0 {
			m.entity, m.first = both, o.first
		}
		return
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
		if t.traits&(verbal|sources) == 0 {
			continue
		}
		if n := sourcePhrase(p.tokens, v, a, b); n > 0 {
			if k := r.mentionFrom(p, s, v+n); k >= 0 {
				out = append(out, saying{verb: v, subject: k, form: lexicon.ReportingVerb{Cue: reports}, turned: true})
			}
			continue
		}
		f, n, ok := reportingAt(p.tokens, v, a, b)
		if !ok || f.Form == base && !speaksInBase(p, v, a) || nounLike(p.tokens, v, a, len(p.tokens)) {
			continue
		}
		y := saying{verb: v, subject: -1, form: f}
		y.subject, y.turned = r.subjectOf(p, s, v, n, f, out)
		y.unsaid = unsaid(p.tokens, v, a) || denied(out, p.tokens, v)
		out = append(out, y)
	}
	return out
}

// sourcePhrase returns the length of "according to", "in the words of" and "selon" at v, 0 if none stands there.
func sourcePhrase(tokens []token, v, a, b int) int {
	for _, phrase := range sourcePhrases[tokens[v].lower] {
		n := 1
		for n < len(phrase) && v+n < b && tokens[v+n].lower == phrase[n] {
			n++
		}
		if n == len(phrase) {
			return n
		}
	}
	if tokens[v].lower == "in" && v+1 < b && owners[tokens[v+1].lower] != 0 && inOwnView(tokens, v+1, v, b) {
		return 1
	}
	if tokens[v].lower == "so" && behindQuotation(tokens, v, a) && v+1 < b {
		if t := tokens[v+1]; germanArticles[t.lower] || t.capital {
			return 1 // „…“, so der Landrat.
		}
	}
	return 0
}

// sourcePhrases are words after which stands who said it, by their first.
var sourcePhrases = func() map[string][][]string {
	by := map[string][][]string{}
	for _, phrase := range []string{"according to", "in the words of", "to quote", "quoting", "selon", "d'après", "laut",
		"nach angaben von", "nach angaben des", "nach angaben der", "nach ansicht von", "según", "de acuerdo con",
		"en palabras de"} {
		words := strings.Fields(phrase)
		by[words[0]] = append(by[words[0]], words)
	}
	return by
}()

// phraseStarts are the first words of sourcePhrases.
var phraseStarts = func() map[string]bool {
	set := map[string]bool{}
	for w := range sourcePhrases {
		set[w] = true
	}
	return set
}()

var germanArticles = lexicon.Set("der die das ein eine")

// behindQuotation reports whether a quotation stands right before the token at v, or a comma between.
func behindQuotation(tokens []token, v, a int) bool {
	k := v - 1
	if k >= a && tokens[k].lower == "," {
		k--
	}
	return k >= a && tokens[k].kind == quoted
}

// speaksInBase allows a base form behind a modal or for a plural subject: "analysts say", "did not say", "refused to
// say".
func speaksInBase(p *paragraph, v, a int) bool {
	if v == a {
		return false
	}
	if isMadeTo(p, v, a) {
		return false
	}
	t := p.tokens[v-1]
	return t.kind == word && !determiners[t.lower] && !prepositions[t.lower] && !modifiers[t.lower] || t.lower == "to" ||
		t.kind == quoted ||
		t.lower == ","
}

// isMadeTo reports whether the verb at v is what somebody makes others do: "to make the council think again".
func isMadeTo(p *paragraph, v, a int) bool {
	const most = 5 // words between
	for j := v - 1; j >= max(a, v-1-most) && p.tokens[j].kind == word; j-- {
		switch p.tokens[j].lower {
		case "make", "makes", "made", "making":
			return j < v-1
		}
	}
	return false
}

// nounLike reports whether a verb form at v is a noun or an attribute: "the report", "his claims", "the alleged plot".
func nounLike(tokens []token, v, a, b int) bool {
	if v == a {
		return false
	}
	if nounPlural(tokens, v, b) {
		return true
	}
	t := tokens[v-1]
	if verbOf(tokens[v].lower).Foreign && auxiliaries[t.lower] {
		return false // a déclaré
	}
	if t.kind == genitive {
		return true
	}
	pronoun := t.lower == "one" && verbOf(tokens[v].lower).Form == past // "no one said"
	article := determiners[t.lower] && t.lower != "that" && t.lower != "this" && t.lower != "l" && !pronoun
	object := prepositions[t.lower] && t.lower != "by" && t.lower != "as" && !strings.HasSuffix(tokens[v].lower, "ing")
	described := modifiers[t.lower] && !roleNouns[t.lower] && !bodyNouns[t.lower]
	return article || object || described
}

// plurals are present forms that are plurals of nouns as often.
var plurals = lexicon.Set(`states views calls notes reports claims comments remarks answers reasons estimates questions
	demands orders promises hopes fears`)

// nounPlural reports whether a word that may be either is a noun: what was said does not follow it.
func nounPlural(tokens []token, v, b int) bool {
	if !plurals[tokens[v].lower] {
		return false
	}
	if v+1 >= b {
		return true
	}
	t := tokens[v+1]
	clause := t.capital || t.lower == "that" || determiners[t.lower] || pronouns[t.lower] != 0
	return t.kind == punct && t.lower != ":" && t.lower != "," || t.kind == word && !clause
}
