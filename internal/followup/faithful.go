package followup

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

const (
	// MaxFaithfulRunes is the longest question, in characters, that Faithful lets through.
	MaxFaithfulRunes = 300
	// maxNewWords is how many words a faithful rewrite may have that nobody said: "happen" for "and then?".
	maxNewWords = 2
)

// Faithful tells whether a question that somebody else made of the conversation, such as a model, may be asked in its
// place: it is one line, brings in no name and no number that is in neither the turns nor the question, hardly any
// other word, turns nothing into its opposite, and leaves out no name, number or time that the question has. It is
// strict: where it says no, StandAlone's reading is there.
func Faithful(rewritten, question string, turns []Turn) bool {
	if !oneLine(rewritten) {
		return false
	}
	said, denied := saidIn(turns)
	maps.Copy(said, stemsOf(question))
	if denies(rewritten) && !denies(question) && !denied { // "why?" of "he did not come" asks why he did not
		return false
	}
	tokens, kept, unsaid := words.Tokenize(rewritten), stemsOf(rewritten), 0
	for i, t := range tokens {
		switch {
		case t.Stop || said[t.Stem]:
		case strings.ContainsFunc(t.Text, unicode.IsNumber) || numberWords[t.Text] || t.Capital && (i > 0 || !opens[t.Text]):
			return false
		case !askingOnly[t.Text]:
			unsaid++
		}
	}
	return unsaid <= maxNewWords && len(tokens) > 1 && keeps(kept, question)
}

// oneLine tells whether a text is what somebody could have typed as one question.
func oneLine(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= MaxFaithfulRunes && utf8.ValidString(text) &&
		!strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
}

// saidIn is what the last turns have: the stems of their words, and whether somebody said no.
func saidIn(turns []Turn) (said map[string]bool, denied bool) {
	said = map[string]bool{}
	for _, t := range turns[max(0, len(turns)-maxTurns):] {
		for _, text := range []string{t.Question, clipBytes(t.Answer, maxAnswerBytes)} {
			maps.Copy(said, stemsOf(text))
			denied = denied || denies(text)
		}
	}
	return said, denied
}

// keeps tells whether what was asked is still asked: every number and name, and half of the other words.
func keeps(kept map[string]bool, question string) bool {
	if meant, ok := correction(question); ok {
		question = meant
	}
	lost, all := 0, 0
	for i, t := range words.Tokenize(question) {
		if t.Stop || askingOnly[t.Text] || courtesies[t.Text] {
			continue
		}
		all++
		if kept[t.Stem] {
			continue
		}
		if strings.ContainsFunc(t.Text, unicode.IsNumber) || t.Capital && i > 0 {
			return false
		}
		lost++
	}
	return 2*lost <= all
}

func stemsOf(text string) map[string]bool {
	m := map[string]bool{}
	for _, t := range words.Tokenize(text) {
		m[t.Stem] = true
	}
	return m
}

// denies tells whether the text has a word that turns a statement into its opposite.
func denies(text string) bool {
	for _, t := range words.Tokenize(text) {
		if denials[t.Text] || strings.HasSuffix(t.Text, "n't") {
			return true
		}
	}
	return false
}

var (
	denials = lexicon.Set("not no never none nobody nothing neither nor without didnt doesnt dont isnt wasnt wont cant " +
		"cannot")
	// opens are the words that have a capital only because they begin a question.
	opens = lexicon.Set(`describe explain list name give show tell compare summarize according did does do is are was
		were has have had can could will would should may might in on at by for from to of with about after before since
		during until between`)
	numberWords = lexicon.Set(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
		fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
		million billion trillion dozen dozens half third quarter first second fourth fifth once twice thrice double triple`)
)
