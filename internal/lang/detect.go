package lang

import (
	"strings"
	"unicode"
)

// Detect tells the language of a question, where it can be told safely: by the letters that one language has and by its
// frequent words. ok is false for what is too short, mixed, or of a language that there is no catalog for.
func Detect(text string) (locale string, ok bool) {
	scores := map[string]int{}
	arabic, latin := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
			arabic++
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			return "", false
		}
	}
	clues := latinClues
	if arabic > latin { // names of the documents stand in Latin letters in any question
		clues = arabicClues
	}
	tokens := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && r != '\u200c'
	})
	for locale, c := range clues {
		for _, t := range tokens {
			if c.words[t] {
				scores[locale]++
			}
			if strings.ContainsAny(t, c.letters) {
				scores[locale]++
			}
		}
	}
	best, second := 0, 0
	for l, n := range scores {
		switch {
		case n > best:
			locale, best, second = l, n, best
		case n > second:
			second = n
		}
	}
	if best < minClues || best < 2*second {
		return "", false
	}
	return known(locale) // those that are there to be told apart are not
}

// minClues is how many words must speak for a language: one may be a name, or stand in another language too.
const minClues = 2

// clues tell a language from its neighbors.
type clues struct {
	words   map[string]bool
	letters string // a word with one of them counts
}

func clue(letters, words string) clues {
	c := clues{words: map[string]bool{}, letters: letters}
	for w := range strings.FieldsSeq(words) {
		c.words[w] = true
	}
	return c
}

// latinClues and arabicClues are by language. Portuguese, Italian, Dutch, Arabic and the like have no catalog: they
// keep what is written in them from being taken for a neighbor.
var latinClues = map[string]clues{
	"en": clue("", `the what who when where why how which did does do is are were was has have had of and to by with
		about it its they that this said say tell me for from from there been on at not can could would you please`),
	"de": clue("äöüß", `der die das den dem des ein eine einen einem einer und wer wann wo warum wieso wie viel viele
		welche welcher welches ist sind war waren wurde wurden hat haben hatte mit von über für zum zur nicht auf bei nach
		sagt sagte sagen es gibt dass im am werden kann bitte mir`),
	"fr": clue("çœêèàùâîï", `le la les des du un une et qui quand où pourquoi comment combien quel quelle quels quelles
		est sont était étaient ont été avec pour dans sur au aux ce cette ces il elle que dit disent ne pas quoi se fait
		selon par de moi parle`),
	"es": clue("ñ¿¡áíóú", `el la los las del un una y qué quién quiénes cuándo dónde cómo cuánto cuántos cuántas cuál
		cuáles porqué por es son fue fueron era ha han con para en sobre al que dijo dice no se su sus según de lo está hay
		me`),
	"pt": clue("ãõç", `o os as do da dos das um uma e quem quando onde como porque quanto quantos qual quais é são foi
		foram com para em no na sobre ao que disse não se seu sua você está`),
	"it": clue("ìò", `il lo la gli le del della dei delle un una e chi quando dove come perché quanto quanti quale quali
		è sono era stato con per nel nella su al che ha detto non si suo sua di`),
	"nl": clue("", `de het een en wie wanneer waar waarom hoe hoeveel welke is zijn was waren werd werden heeft hebben
		met van over voor niet op bij naar zei dat er wat`),
}

var arabicClues = map[string]clues{
	"ur": clue("ٹڈڑںےہھ", `کیا کیوں کب کہاں کون کس کیسے کتنے کتنا کتنی کا کے میں نے سے پر اور ہے ہیں تھا تھے تھی گیا `+
		`گئی کو بارے`),
	"ps": clue("ټډړږښګڼېۍځڅۀ",
		`څه څوک چا کله چېرته چیرته ولې څنګه څومره کوم کومه د په کې له سره او چې دی ده دي وو شو شوه وې کړ ته نه`),
	"fa-AF": clue("پچژگ", `چه چی کی که کجا چرا چگونه چطور چند چقدر کدام آیا است هست بود بودند شد شده شدند کرد کرده را در
		از با این آن برای درباره`+"درباره\u200cی"+` مورد گفت گفته `+"می\u200cگوید"+` کسی و به`),
	"ar": clue("ةكيىأإ", `ما ماذا من متى أين لماذا كيف كم هل هو هي في على عن إلى التي الذي كان كانت هذا هذه قال ولا لم`),
}
