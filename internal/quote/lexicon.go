package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// gender is what a pronoun or a name says of a person.
type gender uint8

const (
	unknown gender = iota
	male
	female
	neuter // an institution
)

var givenNames = genders()

func genders() map[string]gender {
	m := make(map[string]gender, 9000)
	for n := range lexicon.List("given-names-male") {
		m[n] = male
	}
	for n := range lexicon.List("given-names-female") {
		m[n] = female
	}
	return m
}

// pronouns are the pronouns that can speak, in the languages of the marks.
var pronouns = map[string]gender{
	"he": male, "she": female, "it": neuter, "they": plural, "er": male, "il": male, "elle": female, "sie": female,
	"él": male, "ella": female,
}

// plural is the number of they: several people, an institution, or one person whose gender is not said.
const plural gender = 4

// titles stand before a name and are no part of it.
var titles = genderedTitles()

func genderedTitles() map[string]gender {
	m := map[string]gender{}
	for _, row := range lexicon.Rows("honorifics") {
		m[row[0]] = map[string]gender{"male": male, "female": female}[row[1]]
	}
	return m
}

// roleNouns say what a person is. Plurals count as well.
var roleNouns = withPlurals(lexicon.Words("roles"))

// bodyNouns say what an institution is.
var bodyNouns = withPlurals(lexicon.Words("institutions"))

// inNames are words that show an institution only inside a name: "times" alone is no newspaper.
var inNames = lexicon.List("institutions-in-names")

// documents speak for whoever issued them.
var documentNouns = withPlurals(lexicon.Words("documents"))

// countries are states and other places whose name stands for their government; with the capitals that do.
var countries = lexicon.List("states")

// governing bodies are named without their country where the text has just named it.
var governing = lexicon.Set("ministry government parliament military army cabinet presidency embassy court police navy")

// particles may stand inside a name in lower case.
var particles = lexicon.List("name-particles")

// unnamed are capitalized words that are no names, although nothing in the document shows it.
var unnamed = lexicon.List("not-names")

// quasi are words that hold the quoted words at arm's length or give them as a name.
var (
	quasiBefore = lexicon.List("terms")
	workVerbs   = lexicon.Set("sang sings sing performed performs perform recorded covered released directed wrote " +
		"written starring played watched published")
)

// withPlurals makes a set that holds the plural of each noun as well.
func withPlurals(nouns []string) map[string]bool {
	m := lexicon.SetOf(nouns)
	for _, n := range nouns {
		m[lexicon.Plural(n)] = true
	}
	return m
}

// singular cuts the plural of a role.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return strings.TrimSuffix(w, "men") + "man"
	case strings.HasSuffix(w, "ies"):
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// isPluralRole reports whether the word means several people: "experts".
func isPluralRole(w string) bool {
	s := singular(w)
	return w == "people" || w == "police" || s != w && roleNouns[s]
}
