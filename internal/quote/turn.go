package quote

import (
	"strings"
	"unicode"
)

// passTurns gives the quotations that name no speaker of their own the speaker whose turn it still is. A new speaker is
// always introduced, so whoever spoke last goes on speaking; where somebody else was spoken of in between, the speaker
// stays open.
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
	if !r.standsAlone(i) || !r.standsAlone(end) {
		return turn{entity: -1}
	}
	s := r.places[i].sentence
	if s > 0 {
		if h := r.history[p.first+s-1]; h.speaker >= 0 || h.subject >= 0 {
			if h.speaker >= 0 {
				return turn{entity: h.speaker, strength: reports}
			}
			if e := r.registry.entities[h.subject]; !e.body {
				return turn{entity: h.subject, strength: hints}
			}
			return turn{entity: -1}
		}
	}
	if i > 0 && r.pieces[i-1].Paragraph == q.Paragraph && r.turns[i-1].entity >= 0 && r.between(i-1, i) {
		t := r.turns[i-1]
		t.strength = reports
		return t
	}
	if next := end + 1; next < len(r.pieces) && r.pieces[next].Paragraph == r.pieces[end].Paragraph &&
		r.turns[next].entity >= 0 &&
		r.turns[next].near && r.between(end, next) {
		t := r.turns[next]
		t.strength = reports
		return t
	}
	if s == 0 && q.Paragraph > 0 {
		before := &r.paras[q.Paragraph-1]
		if n := len(before.starts) - 1; n > 0 {
			h := r.history[before.first+n-1]
			if h.speaker >= 0 {
				return turn{entity: h.speaker, strength: reports}
			}
			if i > 0 && r.pieces[i-1].Paragraph == q.Paragraph-1 && r.turns[i-1].entity >= 0 && r.standsAlone(i-1) {
				t := r.turns[i-1]
				t.mention = ""
				return t
			}
			if strings.HasSuffix(before.text, ":") && h.subject >= 0 {
				return turn{entity: h.subject, strength: reports}
			}
		}
	}
	if e := r.signedBelow(r.pieces[end].Paragraph); e >= 0 {
		return turn{entity: e, strength: reports}
	}
	// "said Smith" on a line of its own
	if last := r.pieces[end].Paragraph; last+1 < len(r.paras) && startsLower(r.paras[last+1].text) {
		if h := r.history[r.paras[last+1].first]; h.speaker >= 0 {
			return turn{entity: h.speaker, strength: reports}
		}
	}
	return turn{entity: -1}
}

// signedBelow finds who signs a quotation on a line of its own: a name, with its role, and what it was about. -1 for
// none.
func (r *reading) signedBelow(para int) int {
	const most = 16 // words of such a line
	if para+1 >= len(r.paras) {
		return -1
	}
	p := &r.paras[para+1]
	if len(p.tokens) == 0 || len(p.tokens) > most || len(p.mentions) == 0 || endsLike(p.text) {
		return -1
	}
	for _, t := range p.tokens {
		if t.kind == quoted {
			return -1
		}
	}
	for k := range p.mentions {
		m := &p.mentions[k]
		if m.first > 1 || m.first == 1 && p.tokens[0].lower != "—" && p.tokens[0].lower != "-" {
			break
		}
		if end := max(m.end, m.ext); m.kind == byName && m.end-m.name > 1 && m.entity >= 0 &&
			!r.registry.entities[m.entity].body &&
			(end == len(p.tokens) || p.tokens[end].lower == "on" || p.tokens[end].lower == "after") {
			return m.entity
		}
	}
	return -1
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
