package quote

import (
	_ "embed" // the lists of given names
	"strings"
)

// gender is what a pronoun or a name says of a person.
type gender uint8

const (
	unknown gender = iota
	male
	female
	neuter // an institution
)

// The given names are those of the Moby word lists (public domain), as the stdlib project publishes them (CC0), without the names that are
// in both lists or are common words or places, and with names that are frequent in world news added.
var (
	//go:embed male.txt
	maleNames string
	//go:embed female.txt
	femaleNames string

	givenNames = genders()
)

//go:embed lexicon.txt
var lexicon string

// lists are the sections of lexicon.txt.
var lists = sections(lexicon)

func sections(text string) map[string][]string {
	m := map[string][]string{}
	name := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", line[0] == '#':
		case line[0] == '[':
			name = strings.Trim(line, "[]")
		default:
			m[name] = append(m[name], strings.Fields(line)...)
		}
	}
	return m
}

// set makes a set of the words of a list.
func set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, w := range list {
		m[w] = true
	}
	return m
}

// wordSet makes a set of a few words.
func wordSet(list string) map[string]bool { return set(strings.Fields(list)) }

func genders() map[string]gender {
	m := make(map[string]gender, 9000)
	for n := range strings.FieldsSeq(maleNames) {
		m[n] = male
	}
	for n := range strings.FieldsSeq(femaleNames) {
		m[n] = female
	}
	return m
}

// pronouns are the pronouns that can speak, in the languages of the marks.
var pronouns = map[string]gender{
	"he": male, "she": female, "it": neuter, "they": plural, "er": male, "il": male, "elle": female, "sie": female, "él": male, "ella": female,
}

// plural is the number of they: several people, an institution, or one person whose gender is not said.
const plural gender = 4

// titles stand before a name and are no part of it.
var titles = map[string]gender{
	"mr": male, "mr.": male, "mrs": female, "mrs.": female, "ms": female, "ms.": female, "miss": female, "sir": male, "lord": male,
	"lady": female, "dame": female, "baroness": female, "king": male, "queen": female, "prince": male, "princess": female,
	"monsieur": male, "madame": female, "mme": female, "herr": male, "frau": female, "señor": male, "señora": female, "father": male,
	"brother": male, "sister": female, "congressman": male, "congresswoman": female, "councilman": male, "councilwoman": female,
	"alderman": male, "chairman": male, "chairwoman": female, "spokesman": male, "spokeswoman": female, "mullah": male,
	"maulana": male, "sheikh": male, "imam": male, "ayatollah": male, "pope": male, "emperor": male, "empress": female,
	"duke": male, "duchess": female, "senhor": male, "begum": female, "businessman": male, "businesswoman": female,
	"actor": male, "actress": female, "policeman": male, "policewoman": female, "rabbi": male, "bishop": male, "archbishop": male,
	"cardinal": male, "husband": male, "wife": female, "son": male, "daughter": female, "mother": female, "widow": female,
	"grandfather": male, "grandmother": female, "uncle": male, "aunt": female, "boyfriend": male, "girlfriend": female,
	"salesman": male, "fisherman": male, "frontman": male, "foreman": male, "fireman": male, "gentleman": male, "man": male, "woman": female,
	"boy": male, "girl": female, "monk": male, "nun": female, "father-in-law": male, "mother-in-law": female, "emir": male,
}

// roleNouns say what a person is. Plurals count as well.
var roleNouns = merge(lists["roles"])

// bodyNouns say what an institution is.
var bodyNouns = merge(lists["institutions"])

// inNames are words that show an institution only inside a name: "times" alone is no newspaper.
var inNames = set(lists["in names"])

// documents speak for whoever issued them.
var documentNouns = merge(lists["documents"])

// countries are states and other places whose name stands for their government; with the capitals that do.
var countries = set(lists["states"])

// governing bodies are named without their country where the text has just named it.
var governing = wordSet("ministry government parliament military army cabinet presidency embassy court police navy")

// particles may stand inside a name in lower case.
var particles = wordSet("de da di do dos das du del della der den des van von vom zu zur ten ter la le el al ul ur bin ibn ben bint abu y e af av")

// unnamed are capitalized words that are no names, although nothing in the document shows it.
var unnamed = set(lists["no names"])

// quasi are words that hold the quoted words at arm's length or give them as a name.
var (
	quasiBefore = set(lists["terms"])
	workVerbs   = wordSet("sang sings sing performed performs perform recorded covered released directed wrote written starring played watched published")
)

// merge makes a set that holds the plural of each noun as well.
func merge(list []string) map[string]bool {
	m := set(list)
	for _, n := range list {
		switch {
		case strings.HasSuffix(n, "man") && n != "human":
			m[strings.TrimSuffix(n, "man")+"men"] = true
		case strings.HasSuffix(n, "y") && !strings.HasSuffix(n, "ey") && !strings.HasSuffix(n, "ay") && !strings.HasSuffix(n, "oy"):
			m[strings.TrimSuffix(n, "y")+"ies"] = true
		case strings.HasSuffix(n, "s"), strings.HasSuffix(n, "ch"), strings.HasSuffix(n, "x"):
			m[n+"es"] = true
		default:
			m[n+"s"] = true
		}
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
