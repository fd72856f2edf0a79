package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

const (
	arabicSubject = 9 // words of a subject, with what the one is
	arabicObject  = 5 // words between a subject and its verb: to whom something was said
)

var (
	arabicVerbs   = lexicon.List("arabic-reporting-verbs")
	arabicOpeners = lexicon.List("arabic-openers")
	arabicThat    = lexicon.Set("کہ که چې")   // between a verb and what was said
	arabicNot     = lexicon.Set("نہیں نہ نه") // before a verb
	arabicTo      = lexicon.Set("به")         // before those to whom something is said
	agentMark     = "نے"                      // of Urdu, behind who does something
)

// arabicSpeaker finds who says the piece at token q of a sentence in Urdu, Dari or Pashto, where names have no
// capitals: the words before a verb of speech that stands right before the quotation, or ends the sentence behind it,
// as in "کریم بخش نے کہا" and "مریم حسینی، رئیس کتابخانه، گفت". Pronouns are left open.
func arabicSpeaker(p *paragraph, s, q int) (from, to int, ok bool) {
	a, b := p.starts[s], p.starts[s+1]
	tokens := p.tokens
	end := q // behind the verb
	if q == a {
		if a++; a < b && tokens[a].kind == punct {
			a++
		}
		for end = b; end > a && tokens[end-1].kind == punct; {
			end--
		}
	} else {
		for end > a && (tokens[end-1].kind == punct || arabicThat[tokens[end-1].lower]) {
			end--
		}
	}
	verb := arabicVerb(tokens[a:end])
	if verb == 0 || !isArabic(tokens[a].lower) || arabicOpeners[tokens[a].lower] {
		return 0, 0, false
	}
	return subjectOfArabic(tokens, a, end-verb)
}

// arabicVerb returns how many of the tokens are a verb of speech at their end.
func arabicVerb(tokens []token) int {
	n := len(tokens)
	switch {
	case n > 1 && arabicVerbs[tokens[n-1].lower]:
		return 1
	case n > 2 && arabicVerbs[tokens[n-2].lower+"_"+tokens[n-1].lower]:
		return 2
	}
	return 0
}

// subjectOfArabic reads the subject between token a and the verb at v: up to the mark of Urdu, to whom it is said, or
// a comma where another one closes what stands between.
func subjectOfArabic(tokens []token, a, v int) (from, to int, ok bool) {
	to, commas, first := v, 0, 0
	for i := a; i < v; i++ {
		t := tokens[i]
		switch {
		case t.lower == "ته", arabicNot[t.lower] || t.kind == quoted || t.kind == number:
			return 0, 0, false
		case t.kind == punct && t.lower != "،":
			return 0, 0, false
		case t.kind == punct:
			if commas++; commas == 1 {
				first = i
			}
		case (t.lower == agentMark || arabicTo[t.lower]) && to == v:
			to = i
		}
	}
	if to < v && v-to > arabicObject || commas == 1 || commas > 2 {
		return 0, 0, false
	}
	if commas == 2 {
		to = first
	}
	return a, to, to > a && to-a <= arabicSubject
}

func isArabic(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.Is(unicode.Arabic, r)
}

// arabicTurn gives a piece the speaker that such a sentence names.
func (r *reading) arabicTurn(p *paragraph, s, q int) bool {
	from, to, ok := arabicSpeaker(p, s, q)
	if !ok {
		return false
	}
	name := spanOf(p, from, to)
	e := r.arabicNames[name]
	if e == 0 {
		if e = r.unnamed(&mention{}, name) + 1; e == 0 {
			return false
		}
		if r.arabicNames == nil {
			r.arabicNames = map[string]int{}
		}
		r.arabicNames[strings.Clone(name)] = e
	}
	r.turns[p.tokens[q].piece] = turn{entity: e - 1, mention: name, strength: reports, near: true}
	return true
}
