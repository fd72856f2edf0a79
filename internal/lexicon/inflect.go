package lexicon

import "strings"

// A Form is how a verb is inflected.
type Form uint8

// The forms of a verb. Where one form serves as several it is the past tense.
const (
	Base       Form = iota // say
	Present                // says
	Past                   // said: also the participle, if it has the same form
	Participle             // spoken
	Ing                    // saying
)

// Forms are the forms of one verb.
type Forms [5]string

// irregular holds the verbs whose past forms no rule makes, and doubling those of several syllables that double their
// last letter.
var (
	irregular = irregularVerbs()
	doubling  = List("doubling-verbs")
)

// An IrregularVerb is a verb whose past tense or participle no rule makes.
type IrregularVerb struct {
	Lemma, Past, Participle string
	// Ambiguous is a form that is another word more often: "ground", "wound"; "" for none.
	Ambiguous string
}

func irregularVerbs() map[string]IrregularVerb {
	all := map[string]IrregularVerb{}
	for _, row := range Rows("irregular-verbs") {
		v := IrregularVerb{Lemma: row[0], Past: row[1], Participle: row[2]}
		if len(row) > 3 {
			v.Ambiguous = strings.TrimPrefix(row[3], "~")
		}
		all[v.Lemma] = v
	}
	return all
}

// IrregularVerbs returns the verbs of the list, in order.
func IrregularVerbs() []IrregularVerb {
	var all []IrregularVerb
	for _, row := range Rows("irregular-verbs") {
		all = append(all, irregular[row[0]])
	}
	return all
}

// Inflect returns the forms of an English verb.
func Inflect(verb string) Forms {
	forms := Forms{Base: verb, Present: plural(verb), Past: regularPast(verb), Ing: ing(verb)}
	forms[Participle] = forms[Past]
	if v, ok := irregular[verb]; ok {
		forms[Past], forms[Participle] = v.Past, v.Participle
	}
	return forms
}

// Plural returns the plural of an English noun; its last word is the one that changes.
func Plural(noun string) string {
	if strings.HasSuffix(noun, "man") && noun != "human" {
		return strings.TrimSuffix(noun, "man") + "men"
	}
	return plural(noun)
}

// plural adds the -s of nouns and of the third person.
func plural(word string) string {
	switch {
	case consonantY(word):
		return strings.TrimSuffix(word, "y") + "ies"
	case hasSuffix(word, "s", "sh", "ch", "x", "z"), word == "go", word == "do", word == "undergo", word == "veto",
		word == "echo":
		return word + "es"
	}
	return word + "s"
}

func regularPast(verb string) string {
	switch {
	case strings.HasSuffix(verb, "e"):
		return verb + "d"
	case consonantY(verb):
		return strings.TrimSuffix(verb, "y") + "ied"
	}
	return lengthened(verb) + "ed"
}

func ing(verb string) string {
	switch {
	case strings.HasSuffix(verb, "ie"):
		return strings.TrimSuffix(verb, "ie") + "ying"
	case strings.HasSuffix(verb, "e") && !hasSuffix(verb, "ee", "oe", "ye") && verb != "be":
		return strings.TrimSuffix(verb, "e") + "ing"
	}
	return lengthened(verb) + "ing"
}

// lengthened is the verb as it stands before -ed and -ing: "snapp", "panick", "admitt".
func lengthened(verb string) string {
	switch {
	case doubling[verb], oneSyllable(verb) && closed(verb):
		return verb + verb[len(verb)-1:]
	case strings.HasSuffix(verb, "ic"):
		return verb + "k"
	}
	return verb
}

// closed reports whether the word ends in one vowel and one consonant that can be doubled.
func closed(word string) bool {
	n := len(word)
	if n < 3 || isVowel(word[n-1]) || strings.IndexByte("hwxy", word[n-1]) >= 0 || !isVowel(word[n-2]) {
		return false
	}
	return !isVowel(word[n-3]) || word[n-3] == 'u' && n > 3 && word[n-4] == 'q' // "quip"
}

// oneSyllable reports whether the word has one run of vowels.
func oneSyllable(word string) bool {
	runs := 0
	for i := range len(word) {
		if isVowel(word[i]) && (i == 0 || !isVowel(word[i-1])) {
			runs++
		}
	}
	return runs == 1
}

func consonantY(word string) bool {
	n := len(word)
	return n > 1 && word[n-1] == 'y' && !isVowel(word[n-2])
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

func hasSuffix(word string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(word, s) {
			return true
		}
	}
	return false
}
