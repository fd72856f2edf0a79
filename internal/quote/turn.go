package quote

import (
	"strings"
	"unicode"

	"pilcrow/internal/lexicon"
)

// passTurns gives the quotations that name no speaker of their own the speaker whose turn it still is. A new speaker
// is always introduced, so whoever spoke last goes on speaking; where somebody else was spoken of in between, the
// speaker stays open.
func (r *reading) passTurns() {
	for i := 0; i < len(r.pieces); i++ {
		end := i
		for end+1 < len(r.pieces) && r.pieces[end].RunsOn && r.pieces[end+1].Continues {
			end++
		}
		t := turn{entity: -1}
		for k := i; k <= end; k++ { // the parts of one quotation have one speaker
			if r.turns[k].entity >= 0 && t.entity < 0 {
				t = r.turns[k]
			}
		}
		if t.entity < 0 {
			t = r.inherited(i, end)
		}
		for k := i; k <= end; k++ {
			if r.turns[k].entity < 0 && t.entity >= 0 {
				mention := r.turns[k].mention
				r.turns[k] = t
				r.turns[k].mention = mention
			}
		}
		i = end
	}
}

// inherited finds whose turn it is at pieces i to end, which have no reporting verb.
func (r *reading) inherited(i, end int) turn {
	q := r.pieces[i]
	p := &r.paras[q.Paragraph]
	if e := r.saidBelow(end); e >= 0 {
		return turn{entity: e, strength: reports}
	}
	if !r.standsAlone(i) || !r.standsAlone(end) {
		return r.answered(i)
	}
	if e := r.signed(end); e >= 0 {
		return turn{entity: e, strength: reports}
	}
	s := r.places[i].sentence
	if s > 0 {
		if h := r.history[p.first+s-1]; h.speaker >= 0 || h.subject >= 0 {
			return r.goesOn(h)
		}
	}
	if i > 0 && r.pieces[i-1].Paragraph == q.Paragraph && r.turns[i-1].entity >= 0 && r.between(i-1, i) {
		t := r.turns[i-1]
		t.strength = reports
		return t
	}
	if t, settled := r.introducedLater(end); settled {
		return t
	}
	if s == 0 && q.Paragraph > 0 {
		if t := r.carriedOver(i); !r.anotherActs(end, t.entity) {
			return t
		}
	}
	return turn{entity: -1}
}

// anotherActs reports whether the sentence behind piece end, in its paragraph, is about a person of another name: "…"
// Ida Frost left.
func (r *reading) anotherActs(end, entity int) bool {
	p, s := &r.paras[r.pieces[end].Paragraph], r.places[end].sentence+1
	if s >= len(p.starts)-1 {
		return false
	}
	n := r.history[p.first+s].by
	if n < 0 || p.mentions[n].kind != byName {
		return false
	}
	e := p.mentions[n].entity
	return e >= 0 && e != entity && r.registry.entities[e].human && !r.registry.entities[e].body
}

// goesOn gives a quotation to who spoke in the sentence before it, or acted there.
func (r *reading) goesOn(h discourse) turn {
	if h.speaker >= 0 {
		return turn{entity: h.speaker, strength: reports}
	}
	if e := r.registry.entities[h.subject]; !e.body {
		return turn{entity: h.subject, strength: hints}
	}
	return turn{entity: -1}
}

// carriedOver gives the quotation with which a paragraph begins at piece i to who spoke last in the paragraph before,
// or is announced there.
func (r *reading) carriedOver(i int) turn {
	para := r.pieces[i].Paragraph - 1
	before := &r.paras[para]
	n := len(before.starts) - 1
	if n == 0 {
		return turn{entity: -1}
	}
	h := r.history[before.first+n-1]
	switch {
	case h.speaker >= 0:
		return turn{entity: h.speaker, strength: reports}
	case i > 0 && r.pieces[i-1].Paragraph == para && r.turns[i-1].entity >= 0 && r.standsAlone(i-1):
		t := r.turns[i-1]
		t.mention = ""
		return t
	case strings.HasSuffix(before.text, ":"):
		first := before.tokens[0].lower
		if e := r.announced(para); e >= 0 && (h.subject < 0 || prepositions[first] || documentNouns[first]) {
			h.subject = e
		}
		return turn{entity: h.subject, strength: reports}
	}
	return turn{entity: -1}
}

// saidBelow finds who speaks on the line below a quotation: "said Smith" stands there by itself. -1 for nobody.
func (r *reading) saidBelow(end int) int {
	below := r.pieces[end].Paragraph + 1
	if below >= len(r.paras) || !startsLower(r.paras[below].text) || !r.standsAlone(end) {
		return -1
	}
	return r.history[r.paras[below].first].speaker
}

// introducedLater looks for who speaks behind piece end in its paragraph: a new speaker is introduced there, so that
// nobody of the paragraph before speaks here. Who it is, is settled where only the same one acts between: "…" He
// folded the letter. "…," said Vik.
func (r *reading) introducedLater(end int) (t turn, settled bool) {
	para := r.pieces[end].Paragraph
	for next := end + 1; next < len(r.pieces) && r.pieces[next].Paragraph == para; next++ {
		if r.turns[next].entity < 0 || r.turns[next].strength == 0 {
			continue
		}
		t = r.turns[next]
		if t.near && next == end+1 && (r.between(end, next) || r.sameActs(end, next, t.entity)) {
			t.strength = reports
			return t, true
		}
		return turn{entity: -1}, true
	}
	return turn{entity: -1}, false
}

// sameActs reports whether each sentence between two pieces is about the entity, or about him or her.
func (r *reading) sameActs(i, j, entity int) bool {
	const most = 3 // sentences
	from, to := r.places[i].sentence+1, r.places[j].sentence
	if to-from > most {
		return false
	}
	p := &r.paras[r.pieces[i].Paragraph]
	for s := from; s < to; s++ {
		n := r.history[p.first+s].by
		if n < 0 || p.mentions[n].kind != byPronoun && p.mentions[n].entity != entity {
			return false
		}
		if g := p.mentions[n].gender; p.mentions[n].kind == byPronoun && !r.fits(entity, g) {
			return false
		}
	}
	return true
}

// answered finds who gives an answer that the author calls one: Smith shook his head. "No," was the answer.
func (r *reading) answered(i int) turn {
	p, at, s := &r.paras[r.pieces[i].Paragraph], r.places[i].token, r.places[i].sentence
	if s == 0 || at != p.starts[s] || at+3 >= p.starts[s+1] {
		return turn{entity: -1}
	}
	verb, reply := p.tokens[at+1], p.tokens[at+3].lower
	h := r.history[p.first+s-1]
	called := (verb.lower == "was" || verb.lower == "came") && replies[reply]
	if e := h.subject; called && e >= 0 && !r.registry.entities[e].body {
		return turn{entity: e, strength: reports}
	}
	return turn{entity: -1}
}

var replies = lexicon.Set("answer reply response verdict retort comment explanation message")

const mostSigned = 16 // words of a signature, or of a line that announces a speaker

// signed finds who signs the quotation that ends with a piece: behind a dash or in brackets in its paragraph, or on a
// line of its own below. -1 for nobody.
func (r *reading) signed(end int) int {
	para, at := r.pieces[end].Paragraph, r.places[end].token
	p := &r.paras[para]
	if rest := p.tokens[at+1:]; len(rest) > 1 {
		switch rest[0].lower {
		case "—", "-", "(":
			return r.signature(p, at+2)
		}
		// The line below, joined to it as Markdown joins lines: a whole name, and no sentence.
		if e := r.signature(p, at+1); e >= 0 && !endsLike(p.text) && len(r.registry.entities[e].words) > 1 {
			return e
		}
		return -1
	}
	if para+1 >= len(r.paras) || len(r.paras[para+1].tokens) == 0 || endsLike(r.paras[para+1].text) {
		return -1
	}
	p = &r.paras[para+1]
	if first := p.tokens[0].lower; first == "—" || first == "-" {
		return r.signature(p, 1)
	}
	return r.signature(p, 0)
}

// signature returns who is named from token i of a paragraph to its end, where that is a signature: a name, with what
// the one is, or what it was about. -1 for nobody.
func (r *reading) signature(p *paragraph, i int) int {
	if len(p.tokens)-i > mostSigned {
		return -1
	}
	for k := i; k < len(p.tokens); k++ {
		if t := p.tokens[k]; t.kind == quoted || auxiliaries[t.lower] && !determiners[t.lower] {
			return -1
		}
	}
	for k := range p.mentions {
		m := &p.mentions[k]
		if m.kind != byName || m.name < i || m.entity < 0 || r.registry.entities[m.entity].body {
			continue
		}
		end := max(m.end, m.ext)
		whole := m.end-m.name > 1 || m.titled || i > 0
		ends := end >= len(p.tokens) || p.tokens[end].kind == punct || p.tokens[end-1].lower == "," ||
			about[p.tokens[end].lower]
		if m.name-i > 3 || !whole || !ends {
			continue
		}
		return m.entity
	}
	return -1
}

// about are words before what a signed quotation was about: "Ruth Kim on their defeat".
var about = lexicon.Set("on after")

// announced is the person whom a line names that ends with a colon: "From the office of Karl Nyberg, analyst, Vik
// Savings Bank:". -1 for nobody, or several.
func (r *reading) announced(para int) int {
	p := &r.paras[para]
	if len(p.tokens) > mostSigned+mostSigned {
		return -1
	}
	who := -1
	for k := range p.mentions {
		m := &p.mentions[k]
		if m.kind != byName || m.entity < 0 || r.registry.entities[m.entity].body || m.entity == who {
			continue
		}
		if who >= 0 && p.tokens[max(m.first-1, 0)].lower == "," {
			continue // for whom the one works
		}
		if who >= 0 {
			return -1
		}
		who = m.entity
	}
	return who
}

// between reports whether only space stands between two pieces of a paragraph, or the author's words that quote nobody
// else.
func (r *reading) between(i, j int) bool {
	text := r.paras[r.pieces[i].Paragraph].text[r.pieces[i].To:r.pieces[j].From]
	return strings.TrimFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }) == "" ||
		r.places[j].sentence-r.places[i].sentence <= 1
}

// standsAlone reports whether the author adds no word of his own to the sentence of a piece.
func (r *reading) standsAlone(i int) bool {
	p := &r.paras[r.pieces[i].Paragraph]
	s := r.places[i].sentence
	for k := p.starts[s]; k < p.starts[s+1]; k++ {
		if t := p.tokens[k]; t.kind == word || t.kind == number {
			return false
		}
	}
	return true
}
