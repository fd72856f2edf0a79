package premise

import (
	"strings"
	"unicode"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// Foreign reports whether a text is in another language than English, the one that claims can be checked in: most of
// its letters are of another script, or it has the function words of another language and more of them than of
// English. When in doubt it is English, where more is checked.
func Foreign(text string) bool { return ForeignTokens(text, words.Tokenize(text)) }

// ForeignTokens is Foreign for who has the text's tokens already.
func ForeignTokens(text string, tokens []words.Token) bool {
	letters, other := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.Is(unicode.Latin, r) {
				other++
			}
		}
	}
	if other*2 > letters {
		return true
	}
	english, theirs := functionWords(tokens)
	return theirs >= 2 && theirs > english
}

// foreignStops are function words, accents folded, of languages in Latin script that English does not have.
var foreignStops = lexicon.List("foreign-function-words")

// FunctionWords counts the function words of English in a text, and those that other languages have and English has
// not.
func FunctionWords(text string) (english, other int) { return functionWords(words.Tokenize(text)) }

func functionWords(tokens []words.Token) (english, other int) {
	for _, t := range tokens {
		if foreignStops[t.Text] {
			other++
		} else if t.Stop {
			english++
		}
	}
	return english, other
}

// maxLanguageBytes is how much of a document is looked at to tell its language.
const maxLanguageBytes = 4096

// foreignDocument tells the language of a document by its first paragraphs.
func (c *Context) foreignDocument() bool {
	var b strings.Builder
	for _, p := range c.Passages {
		if b.Len() > maxLanguageBytes {
			break
		}
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return Foreign(b.String())
}

// TitleHas reports whether the document's title has a word.
func (c *Context) TitleHas(u *syntax.Unit) bool {
	if u.Entity == 0 {
		return false
	}
	for part := range c.Entities[u.Entity-1].Parts {
		if !c.Title[part] {
			return false
		}
	}
	return true
}
