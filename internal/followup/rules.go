package followup

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/words"
)

// substitute puts a fragment into the last question, in place of what is of its kind: a time for a time, a name for a
// name, a thing for a thing, a phrase for one with the same preposition. Where there is none it goes to the end.
func (t talk) substitute(fragment string) string {
	text := t.substituted(fragment)
	if strings.HasSuffix(strings.TrimSpace(t.last.Question), ")") { // its own question mark stands before
		text = strings.TrimSuffix(text, "?")
	}
	return text
}

func (t talk) substituted(fragment string) string {
	fragment = strings.TrimRight(strings.TrimSpace(fragment), "?.! ")
	question := strings.TrimRight(t.last.Question, "?.! ")
	prepose := leadPrepose.FindString(fragment)
	thing := fragment[len(prepose):]
	if year.MatchString(fragment) || monthWords.MatchString(fragment) {
		return substituteTime(question, fragment, prepose)
	}
	if prepose != "" && !strings.EqualFold(strings.TrimSpace(prepose), "about") {
		if i := lastWord(question, strings.TrimSpace(prepose)); i >= 0 {
			return question[:i] + fragment + "?"
		}
		return question + " " + fragment + "?"
	}
	if at, ok := t.sameKind(question, thing); ok {
		from := at.start
		if tokens := words.Tokenize(thing); len(tokens) > 0 && !articles[tokens[0].Text] && !at.name {
			from = at.bare
		}
		return capital(question[:from] + thing + question[at.end:] + "?")
	}
	return question + " (" + thing + ")?"
}

// substituteTime puts a time in the place of the last question's.
func substituteTime(question, fragment, prepose string) string {
	if prepose != "" {
		if m := prepYear.FindStringIndex(question); m != nil {
			return question[:m[0]] + fragment + question[m[1]:] + "?"
		}
		return question + " " + fragment + "?"
	}
	if m := year.FindStringIndex(question); m != nil && year.MatchString(fragment) {
		return question[:m[0]] + fragment + question[m[1]:] + "?"
	}
	if m := monthWords.FindStringIndex(question); m != nil {
		return question[:m[0]] + fragment + question[m[1]:] + "?"
	}
	return question + " in " + fragment + "?"
}

func lastWord(text, word string) int {
	for _, t := range slices.Backward(words.Tokenize(text)) {
		if strings.EqualFold(text[t.Start:t.End], word) {
			return t.Start
		}
	}
	return -1
}

// sameKind finds the phrase of the question that thing can stand for: a person for a person, a name for a name, a thing
// for a thing.
func (t talk) sameKind(question, thing string) (phrase, bool) {
	all := phrases(question)
	if len(all) == 0 {
		return phrase{}, false
	}
	person := t.isPerson(thing)
	name := person || slices.ContainsFunc(words.Tokenize(thing), func(t words.Token) bool { return t.Capital })
	for _, p := range slices.Backward(all) {
		if person && t.isPerson(p.of(question)) {
			return p, true
		}
	}
	for _, p := range slices.Backward(all) {
		if name == p.name {
			return p, true
		}
	}
	return phrase{}, false
}

func (t talk) isPerson(text string) bool { return t.personIn(text) != "" }

// personIn returns the person whom the text names first, by the full name or the last word of it.
func (t talk) personIn(text string) string { return firstNamed(text, t.names.People, true) }

// bodyIn returns the institution that the text names first.
func (t talk) bodyIn(text string) string { return firstNamed(text, t.names.Bodies, false) }

// firstNamed returns the name that stands first in the text, the longest of several.
func firstNamed(text string, names []string, byLast bool) string {
	best, at := "", len(text)
	tokens := words.Tokenize(text)
	for _, name := range names {
		parts := words.Tokenize(name)
		if len(parts) == 0 {
			continue
		}
		if byLast {
			parts = parts[len(parts)-1:]
		}
		for i := 0; i+len(parts) <= len(tokens); i++ {
			same := slices.EqualFunc(tokens[i:i+len(parts)], parts, func(a, b words.Token) bool { return a.Text == b.Text })
			if start := tokens[i].Start; same && (start < at || start == at && len(name) > len(best)) {
				best, at = name, start
				break
			}
		}
	}
	return best
}

// transform asks the last question with another question word: "why?" behind "When did the truce end?".
func (t talk) transform(asked string) string {
	asked = strings.TrimRight(asked, "?.! ")
	last := strings.TrimRight(t.last.Question, "?.! ")
	low := strings.ToLower(asked)
	plain := !strings.Contains(low, "not") && !strings.Contains(low, "how") && !strings.Contains(low, "come")
	if at, ok := helper(last); ok && plain && !identity(last, at) {
		return capital(asked + " " + lowerFirst(last[at:]) + "?")
	}
	return t.attach(asked + "?")
}

// helper finds the verb that helps in a question that begins with it or with question words alone.
func helper(question string) (at int, ok bool) {
	for _, t := range words.Tokenize(question) {
		if doVerbs[t.Text] || beVerbs[t.Text] {
			return t.Start, true
		}
		if t.Stop && !asking[t.Text] && !prepose[t.Text] {
			return 0, false
		}
		if !t.Stop && t.Start == 0 {
			return 0, false
		}
	}
	return 0, false
}

// identity tells whether the question from the helping verb on has nothing but one phrase: "what is the TTP".
func identity(question string, at int) bool {
	rest := question[at:]
	all := phrases(rest)
	return len(all) == 0 || len(all) == 1 && all[0].end == len(strings.TrimRight(rest, " ")) && all[0].subject
}

func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// dummyIt matches the "it" that stands for nothing.
var dummyIt = regexp.MustCompile(`(?i)\b(?:did|does|will|would|is|was|has|how\s+long)\s+it\s+` +
	`(?:take|takes|took|taken|true|known|possible|likely|clear|correct|right|certain|said|thought|believed|called|mean)\b`)

// pronouns puts names in the place of "he", "it" and "they" where what they stand for was said before, and returns ""
// where there is no such word, or nothing to put there.
func (t talk) pronouns(question string) string {
	tokens := words.Tokenize(question)
	var b strings.Builder
	end, used := 0, ""
	for i, token := range tokens {
		w := token.Text
		he, it, they := hePronouns[w], itPronouns[w] && !dummyIt.MatchString(question), theyWords[w]
		if !he && !it && !they || used == "" && inside(tokens[:i], articles[w]) {
			continue
		}
		var stands string
		if he {
			stands = t.person()
		} else {
			stands = t.thing(they, acts(tokens, i), used)
		}
		if stands == "" {
			continue
		}
		raw := question[token.Start:token.End]
		b.WriteString(question[end:token.Start] + stands + ending(raw, i+1 < len(tokens) && !tokens[i+1].Stop))
		end, used = token.End, stands
	}
	if used == "" {
		return ""
	}
	return capital(b.String() + question[end:])
}

// acts tells whether the pronoun at i is who or what does something, and not to which it is done.
func acts(tokens []words.Token, i int) bool {
	if i == 0 || articles[tokens[i].Text] { // "their plan": of whoever acts
		return true
	}
	before := tokens[i-1].Text
	passive := beVerbs[before] && i+1 < len(tokens) && participle(tokens[i+1].Text) &&
		!strings.HasSuffix(tokens[i+1].Text, "ing")
	return (doVerbs[before] || beVerbs[before]) && !passive
}

// ending is what a name needs in the place of a pronoun. owns tells whether a thing follows.
func ending(pronoun string, owns bool) string {
	switch strings.ReplaceAll(strings.ToLower(pronoun), "’", "'") {
	case "his", "hers", "its", "their", "theirs":
		return "'s"
	case "her":
		if owns {
			return "'s"
		}
	case "he's", "she's", "it's":
		return " is"
	case "they're":
		return " are"
	}
	return ""
}

// person is whom the last question or its answer names first.
func (t talk) person() string {
	if name := t.personIn(t.last.Question); name != "" {
		return name
	}
	return t.personIn(t.last.Answer)
}

// thing is what the last question is about, or what answered it: for a pronoun that acts who acted there, for another
// what it was done to. used has been taken for another pronoun of the question.
func (t talk) thing(they, acts bool, used string) string {
	question := strings.TrimRight(t.last.Question, "?.! ")
	if acts && asksForActor(question) {
		if name := t.bodyIn(firstSentence(t.last.Answer)); name != "" {
			return name
		}
	}
	all := slices.DeleteFunc(phrases(question), func(p phrase) bool { return t.isPerson(p.of(question)) && !they })
	rank := func(p phrase) int {
		switch {
		case p.subject == acts && (acts || p.asked):
			return 0
		case p.subject == acts:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b phrase) int { return cmp.Or(rank(a)-rank(b), b.start-a.start) })
	for _, p := range all {
		text := definite(p.of(question))
		plural := strings.HasSuffix(text, "s") && !strings.HasSuffix(text, "ss") && !p.name
		if text != used && (they || !plural) {
			return text
		}
	}
	return ""
}

// asksForActor tells whether the question asks who did something.
func asksForActor(question string) bool {
	tokens := words.Tokenize(question)
	return len(tokens) > 1 && (tokens[0].Text == "who" || tokens[0].Text == "what") && !tokens[1].Stop
}

// definite makes "a fence" "the fence".
func definite(text string) string {
	for _, indefinite := range []string{"a ", "an ", "A ", "An "} {
		if rest, ok := strings.CutPrefix(text, indefinite); ok {
			return "the " + rest
		}
	}
	return text
}
