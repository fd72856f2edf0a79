package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// naming are the terms after which even a whole sentence is a name.
var naming = lexicon.Set("called named titled entitled dubbed nicknamed")

// isQuotation tells a quotation from a title, a nickname, a word held at arm's length.
func (r *reading) isQuotation(i int) bool {
	q, t := r.pieces[i], r.turns[i]
	p := &r.paras[q.Paragraph]
	words := p.text[q.Start:q.End]
	n := wordCount(words)
	if n == 0 || t.unsaid || q.Open && !(t.entity >= 0 && endsLike(words)) {
		return false
	}
	if q.Continues || q.RunsOn {
		return true
	}
	if r.standsAlone(i) {
		return t.entity >= 0 && t.strength != 0 || n >= 4 && (endsLike(words) || r.endsOutside(i))
	}
	x := r.quotedInside(i, words, n)
	if q.Single && !(t.entity >= 0 && t.strength == reports && (n >= 3 || x.beside)) {
		return false
	}
	return !x.isName(t) && (x.beside || r.maySpeak(x, t))
}

// A insideQuote is a piece with words of the author's in its sentence.
type insideQuote struct {
	words      string
	n          int   // of words
	prev, next token // beside its marks; punctuation where there is none
	beside     bool  // a reporting verb touches it
	ends       bool  // as a sentence does, or with a comma
	titled     bool  // its words have capitals, as those of titles have
}

func (r *reading) quotedInside(i int, words string, n int) insideQuote {
	at, s, t := r.places[i].token, r.places[i].sentence, r.turns[i]
	p := &r.paras[r.pieces[i].Paragraph]
	x := insideQuote{words: words, n: n, prev: token{kind: punct}, next: token{kind: punct}}
	if at > p.starts[s] {
		x.prev = p.tokens[at-1]
	}
	if at+1 < p.starts[s+1] {
		x.next = p.tokens[at+1]
	}
	x.beside = t.near && t.strength == reports || r.verbBeside(p, p.starts[s], at, x.prev, x.next, words)
	x.ends = endsLike(words) || strings.HasSuffix(words, ",") || t.near && r.continental(i) && r.endsOutside(i)
	x.titled = titleCase(words)
	return x
}

// isName reports whether the piece is a title, a nickname or a term.
func (x *insideQuote) isName(t turn) bool {
	prev := x.prev
	return x.behindTerm(t) || prev.lower == "(" && x.n <= 4 || x.titled && x.isTitle() ||
		(prev.capital || prev.kind == number) && x.n <= 2 && (x.next.capital || x.titled) && !x.beside
}

// behindTerm reports whether the word before the piece holds it at arm's length, or gives it as a name: "so-called".
func (x *insideQuote) behindTerm(t turn) bool {
	if x.prev.kind != word || !quasiBefore[x.prev.lower] {
		return false
	}
	return x.titled || x.n <= 3 || x.n <= 8 && (t.strength != reports || naming[x.prev.lower])
}

// isTitle reports whether a piece whose words have capitals is the title of a work.
func (x *insideQuote) isTitle() bool {
	return !x.beside || x.n > 1 && !x.ends || workVerbs[x.prev.lower]
}

// maySpeak reports whether a piece that no reporting verb touches is what somebody said.
func (r *reading) maySpeak(x insideQuote, t turn) bool {
	prev, long := x.prev, x.n > 2 || endsLike(x.words)
	switch {
	case t.strength == reports && t.entity >= 0:
		e := &r.registry.entities[t.entity]
		return long || e.human || !e.body && !e.named || prev.kind == word && predicates(prev.lower)
	case t.strength == reports && t.mention != "":
		return long
	case t.strength == names && t.entity >= 0:
		return verbOf(prev.lower).Cue != names || x.n > 2
	case t.entity < 0:
		return x.n >= 6 || x.n >= 4 && x.ends && startsUpper(x.words)
	}
	return x.n >= 2
}

// predicates reports whether what stands behind a word says what somebody is: "is", "as".
func predicates(w string) bool { return auxiliaries[w] || isAdverb(w) || w == "as" }

// verbBeside reports whether a reporting verb touches the marks of the piece at token at.
func (r *reading) verbBeside(p *paragraph, start, at int, prev, next token, words string) bool {
	after, before := verbOf(next.lower), verbOf(prev.lower)
	switch {
	case after.Cue == reports && after.Form >= past && strings.HasSuffix(words, ","):
		return true
	case before.Cue == reports && before.Form != base:
		return true
	}
	introduced := prev.lower == ":" || prev.lower == ","
	return introduced && at-2 >= start && verbOf(p.tokens[at-2].lower).Cue == reports
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

// titleCase reports whether all words that carry meaning begin with a capital, as in titles of works; a sentence does
// not count.
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

// whole reports whether a piece is at least a sentence: it begins as one, and ends as one or breaks off for "he said".
func (r *reading) whole(i int) bool {
	q := r.pieces[i]
	words := r.paras[q.Paragraph].text[q.Start:q.End]
	for _, c := range words {
		if unicode.IsLetter(c) {
			if unicode.IsLower(c) && !q.Continues {
				return false
			}
			break
		}
	}
	last := words[len(words)-1]
	return q.Continues || q.RunsOn || endsLike(words) || last == ',' || r.endsOutside(i)
}

// endsOutside reports whether the stop of the sentence stands behind the closing mark, as in British print.
func (r *reading) endsOutside(i int) bool {
	q := r.pieces[i]
	rest := r.paras[q.Paragraph].text[q.To:]
	if rest == "" || rest[0] != ',' && rest[0] != '.' {
		return false
	}
	return r.continental(i) || wordCount(r.paras[q.Paragraph].text[q.Start:q.End]) > 3
}

// continental reports whether a piece ends with marks behind which the comma always stands.
func (r *reading) continental(i int) bool {
	q := r.pieces[i]
	return strings.ContainsAny(r.paras[q.Paragraph].text[q.End:q.To], "»«“›‹")
}

func wordCount(s string) int {
	n, in := 0, false
	for _, c := range s {
		is := unicode.IsLetter(c) || unicode.IsDigit(c)
		if is && !in {
			n++
		}
		in = is || in && (c == '\'' || c == '’' || c == '-')
	}
	return n
}
