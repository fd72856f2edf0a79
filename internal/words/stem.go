package words

import (
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"pilcrow/internal/lexicon"
)

// Stem reduces a folded word to its English Snowball stem (https://snowballstem.org/algorithms/english/stemmer.html).
// Words of other scripts come back unchanged.
func Stem(word string) string {
	if len(word) < 3 || word[0] >= utf8.RuneSelf || word[0] < 'a' {
		return word
	}
	if s, ok := irregular[word]; ok {
		return s
	}
	return snowball(word)
}

func snowball(word string) string {
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// irregular forms share the stem of the word they belong to; the Snowball rules see suffixes only.
var irregular = irregularForms()

func irregularForms() map[string]string {
	forms := map[string]string{}
	for _, v := range lexicon.IrregularVerbs() {
		for _, form := range []string{v.Past, v.Participle} {
			if form != v.Lemma && form != v.Ambiguous {
				forms[form] = snowball(v.Lemma)
			}
		}
	}
	for _, row := range lexicon.Rows("stems") {
		for _, word := range row[1:] {
			forms[word] = row[0]
		}
	}
	return forms
}
