package quote

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// passTurns gives the quotations that name no speaker of their own the speaker whose turn it still is. A new speaker is always
// introduced, so whoever spoke last goes on speaking; where somebody else was spoken of in between, the speaker stays open.
func (r *reading) passTurns() {
	for i := 0; i < len(r.pieces); i++ {
		end := i
		for end+1 < len(r.pieces) && r.pieces[end].runsOn && r.pieces[end+1].continues {
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
	p := &r.paras[q.para]
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
	if i > 0 && r.pieces[i-1].para == q.para && r.turns[i-1].entity >= 0 && r.between(i-1, i) {
		t := r.turns[i-1]
		t.strength = reports
		return t
	}
	if end+1 < len(r.pieces) && r.pieces[end+1].para == r.pieces[end].para && r.turns[end+1].entity >= 0 && r.between(end, end+1) && r.turns[end+1].near {
		t := r.turns[end+1]
		t.strength = reports
		return t
	}
	if s == 0 && q.para > 0 {
		before := &r.paras[q.para-1]
		if n := len(before.starts) - 1; n > 0 {
			h := r.history[before.first+n-1]
			if h.speaker >= 0 {
				return turn{entity: h.speaker, strength: reports}
			}
			if i > 0 && r.pieces[i-1].para == q.para-1 && r.turns[i-1].entity >= 0 && r.standsAlone(i-1) {
				t := r.turns[i-1]
				t.mention = ""
				return t
			}
			if strings.HasSuffix(before.text, ":") && h.subject >= 0 {
				return turn{entity: h.subject, strength: reports}
			}
		}
	}
	if last := r.pieces[end].para; last+1 < len(r.paras) && startsLower(r.paras[last+1].text) { // "said Smith" on a line of its own
		if h := r.history[r.paras[last+1].first]; h.speaker >= 0 {
			return turn{entity: h.speaker, strength: reports}
		}
	}
	return turn{entity: -1}
}

// between reports whether only space stands between two pieces of a paragraph, or the author's words that quote nobody else.
func (r *reading) between(i, j int) bool {
	text := r.paras[r.pieces[i].para].text[r.pieces[i].to:r.pieces[j].from]
	return strings.TrimFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }) == "" || r.places[j].sentence-r.places[i].sentence <= 1
}

// standsAlone reports whether the author adds no word of his own to the sentence of a piece.
func (r *reading) standsAlone(i int) bool {
	p := &r.paras[r.pieces[i].para]
	s := r.places[i].sentence
	for k := p.starts[s]; k < p.starts[s+1]; k++ {
		if t := p.tokens[k]; t.kind == word || t.kind == number {
			return false
		}
	}
	return true
}

// isQuotation tells a quotation from a title, a nickname, a word held at arm's length.
func (r *reading) isQuotation(i int) bool {
	q, t := r.pieces[i], r.turns[i]
	p := &r.paras[q.para]
	words := p.text[q.start:q.end]
	n := wordCount(words)
	if n == 0 {
		return false
	}
	alone := r.standsAlone(i)
	if q.open && !(t.entity >= 0 && endsLike(words)) {
		return false
	}
	if q.continues || q.runsOn {
		return n > 0
	}
	if alone {
		return t.entity >= 0 && t.strength != 0 || n >= 4 && endsLike(words)
	}
	at := r.places[i].token
	s := r.places[i].sentence
	prev, next := token{kind: punct}, token{kind: punct}
	if at > p.starts[s] {
		prev = p.tokens[at-1]
	}
	if at+1 < p.starts[s+1] {
		next = p.tokens[at+1]
	}
	beside := next.kind == word && verbForms[next.lower].cue == reports && verbForms[next.lower].form >= past && strings.HasSuffix(words, ",") || t.near && t.strength == reports || prev.kind == word && verbForms[prev.lower].cue == reports && verbForms[prev.lower].form != base ||
		prev.kind == punct && (prev.lower == ":" || prev.lower == ",") && at-2 >= p.starts[s] && verbForms[p.tokens[at-2].lower].cue == reports
	ends := endsLike(words) || strings.HasSuffix(words, ",")
	titled := titleCase(words)
	if q.single && !(t.entity >= 0 && t.strength == reports && (n >= 3 || beside)) {
		return false
	}
	switch {
	case prev.kind == word && quasiBefore[prev.lower] && (n <= 8 || titled) && !(t.strength == reports && n > 3 && !titled && !strings.Contains("called named titled entitled dubbed nicknamed", prev.lower)):
		return false
	case prev.kind == punct && prev.lower == "(" && n <= 4, prev.kind == word && workVerbs[prev.lower] && titled:
		return false
	case titled && !beside:
		return false
	case titled && n > 1 && !ends:
		return false
	case (prev.capital || prev.kind == number) && n <= 2 && (next.capital || titled) && !beside:
		return false
	case beside && n >= 1:
		return true
	case t.strength == 0:
		return n >= 6 || n >= 4 && ends && startsUpper(words)
	case t.strength == reports && t.entity >= 0:
		return true
	case t.strength == names && t.entity >= 0:
		return !(prev.kind == word && verbForms[prev.lower].cue == names && n <= 2)
	}
	return n >= 4 || n >= 2 && t.entity >= 0
}

func startsLower(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(c)
}

func startsUpper(s string) bool {
	for _, c := range s {
		if unicode.IsLetter(c) {
			return unicode.IsUpper(c)
		}
	}
	return false
}

// titleCase reports whether all words that carry meaning begin with a capital, as in titles of works; a sentence does not count.
func titleCase(s string) bool {
	if r := s[len(s)-1]; r == '.' && strings.Count(s, ".") == 1 {
		return false
	}
	capitals, others := 0, 0
	for i, w := range strings.Fields(s) {
		w = strings.TrimFunc(w, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		switch {
		case w == "":
		case startsUpper(w):
			if i == 0 && functionWord(lower(w)) && lower(w) != "the" && lower(w) != "a" {
				continue
			}
			capitals++
		case !functionWord(w) && !conjunctions[w]:
			others++
		}
	}
	return capitals > 0 && others == 0
}

// statements turns the reports into the result: one for each sentence that reports more than it quotes.
func (r *reading) statements() []Statement {
	var out []Statement
	for _, x := range r.reports {
		p := &r.paras[x.para]
		a, b := p.starts[x.sentence], p.starts[x.sentence+1]
		quotedWords, own := 0, 0
		for _, t := range p.tokens[a:b] {
			switch t.kind {
			case quoted:
				quotedWords += wordCount(p.text[t.start:t.end])
			case word, number:
				own++
			}
		}
		const attribution = 4 // words that only say who speaks: "a spokesman said Monday"
		if quotedWords > 0 && own <= quotedWords+attribution {
			continue
		}
		st := Statement{Ref: r.doc.Passages[x.para].Ref, Mention: x.mention}
		st.Span.Start, st.Span.End = p.tokens[a].start, p.tokens[b-1].end
		e := r.registry.entities[x.entity]
		st.Speaker, st.Named = e.name, e.named
		out = append(out, st)
	}
	return out
}

// people turns the registry into the result.
func (r *reading) people() []Person {
	var named []entity
	for _, e := range r.registry.entities {
		if e.named && len(e.refs) > 0 {
			named = append(named, e)
		}
	}
	slices.SortFunc(named, func(a, b entity) int { return cmp.Compare(a.order, b.order) })
	var out []Person
	for _, e := range named {
		out = append(out, Person{Name: e.name, Aliases: e.aliases, Role: e.role, Institution: e.body, Refs: e.refs})
	}
	return out
}
