package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// What stands before a verb whose words were not said.
var (
	nots        = lexicon.Set("not never hardly nie niemals nicht jamais pas nunca jamás no")
	conditions  = lexicon.Set("if unless had should lest wish wishes wished wishing wenn falls si")
	suppositive = lexicon.Set("would should could might may")
)

// unsaid reports whether the verb at v, in a sentence that begins at a, says what was not said, or may not have been:
// "never said", "had he said", "would have said".
func unsaid(tokens []token, v, a int) bool {
	k := v - 1
	supposed, perfect := false, false
	for ; k >= a && tokens[k].kind == word; k-- {
		w := tokens[k].lower
		if !auxiliaries[w] && !isAdverb(w) && !nots[w] {
			break
		}
		if nots[w] || strings.HasSuffix(w, "n't") {
			return !(k+1 < v && (tokens[k+1].lower == "only" || tokens[k+1].lower == "just" || tokens[k+1].lower == "merely"))
		}
		supposed = supposed || suppositive[w]
		perfect = perfect || w == "have"
	}
	if supposed && perfect || kept(tokens, v, a) {
		return true
	}
	return isNobody(tokens, k, a) || conditional(tokens, v, k, a)
}

// isNobody reports whether the subject that ends with token k is nobody.
func isNobody(tokens []token, k, a int) bool {
	if k < a || nobodies[tokens[k].lower] {
		return k >= a
	}
	return tokens[k].lower == "one" && k > a && (tokens[k-1].lower == "no" || tokens[k-1].lower == "not")
}

var nobodies = lexicon.Set("nobody none neither niemand personne nadie")

// kept reports whether what the verb at v says was kept back: "refused to say", "without saying", "stopped short of
// calling".
func kept(tokens []token, v, a int) bool {
	if v-1 < a {
		return false
	}
	switch before := tokens[v-1].lower; {
	case before == "without":
		return true
	case v-2 < a:
		return false
	case before == "to":
		return keepers[tokens[v-2].lower]
	case before == "of":
		return tokens[v-2].lower == "short"
	}
	return false
}

// keepers are verbs before "to say" that tell that it was not said.
var keepers = lexicon.Set(`refuse refuses refused refusing decline declines declined declining fail fails failed failing
	hesitate hesitates hesitated hesitating forget forgets forgot omit omits omitted`)

// conditional reports whether the clause of the verb at v, whose subject ends at token k, begins as a condition.
func conditional(tokens []token, v, k, a int) bool {
	const most = 12 // words of a subject
	for j := k; j >= a && j > k-most; j-- {
		t := tokens[j]
		if t.kind == punct || t.kind == quoted {
			return false
		}
		opens := j == a || tokens[j-1].kind != word
		if opens && (t.lower == "no" || nobodies[t.lower] && tokens[j+1].lower == "of") {
			return true // "No minister ever said", "None of them said"
		}
		if t.lower == "that" && j-2 >= a && tokens[j-1].lower == "true" && tokens[j-2].lower == "not" {
			return true
		}
		if !conditions[t.lower] {
			continue
		}
		first := j == a || tokens[j-1].kind == punct
		switch t.lower {
		case "had", "should": // "Had he said"
			return first && t.capital && lexiconForm(tokens[v].lower)
		}
		return true
	}
	return false
}

// lexiconForm reports whether a verb form can stand behind "had".
func lexiconForm(w string) bool {
	f := verbOf(w).Form
	return f == past || f == lexicon.Participle || f == base
}

// denied reports whether the verb at v stands in what an earlier saying of its sentence denies: "denied that she had
// called it".
func denied(earlier []saying, tokens []token, v int) bool {
	if len(earlier) == 0 {
		return false
	}
	y := earlier[len(earlier)-1]
	if !y.form.Denies && !(y.unsaid && y.form.Cue == reports) {
		return false
	}
	for k := y.verb + 1; k < v; k++ {
		if t := tokens[k]; t.kind == punct || t.kind == quoted || t.lower == "but" || t.lower == "and" {
			return false
		}
	}
	return true
}
