package check

import (
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// Foreign reports whether a text is in another language than English, the one that claims can be checked in: most of
// its letters are of another script, or it has the function words of another language and more of them than of
// English. When in doubt it is English, where more is checked.
func Foreign(text string) bool { return foreignTokens(text, words.Tokenize(text)) }

// foreignTokens is Foreign for who has the text's tokens already.
func foreignTokens(text string, tokens []words.Token) bool {
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

// foreignNegators deny in German, French, Spanish, Urdu, Pashto and Dari, accents folded.
var foreignNegators = lexicon.List("foreign-negators")

// foreignDenials counts the words that deny in a text: "no" is one in Spanish alone, and "n'" begins one in French.
func foreignDenials(text string) int {
	n := 0
	for _, t := range words.Tokenize(text) {
		if foreignNegators[t.Text] || strings.HasPrefix(t.Text, "n'") || strings.HasPrefix(t.Text, "نمی") || t.Text == "no" {
			n++
		}
	}
	return n
}

// foreign reports whether the statement or the document is in a language whose sentences are not analyzed.
func (m *Pair) foreign() bool { return m.c.foreign || m.s.foreign }

// deniedElsewhere refuses a statement in another language that denies what nearly the same sentence of the passage
// says, or the other way round.
func (m *Pair) deniedElsewhere() *failure {
	at := m.main()
	if at < 0 || !m.near || !m.foreign() {
		return nil
	}
	theirs := m.p.Sentences[at].Of(m.p.Text)
	s, p := foreignDenials(m.s.Text), foreignDenials(theirs)
	if m.prefixed(theirs, m.s.Text) {
		p++
	}
	if m.prefixed(m.s.Text, theirs) {
		s++
	}
	switch {
	case s == 0 && p > 0:
		return &failure{claim.Contradicted, claim.CheckPolarity, lang.Say("the paragraph denies it: “%s”", piece(theirs))}
	case s > 0 && p == 0:
		return &failure{claim.Contradicted, claim.CheckPolarity, lang.Say(
			"the sentence denies what the paragraph says: “%s”", piece(theirs))}
	}
	return nil
}

// prefixed reports whether one text has a verb of the other with the ن before it that denies in Dari: نشد for شد.
func (m *Pair) prefixed(one, other string) bool {
	tokens := words.Tokenize(other)
	return slices.ContainsFunc(words.Tokenize(one), func(t words.Token) bool {
		bare, ok := strings.CutPrefix(t.Text, "ن")
		return ok && len(bare) > len("ش") && slices.ContainsFunc(tokens, func(u words.Token) bool { return u.Text == bare })
	})
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
