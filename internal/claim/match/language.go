package match

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

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

// Foreign reports whether the statement or the document is in a language whose sentences are not analyzed.
func (m *Pair) Foreign() bool { return m.Doc.Foreign || m.Hyp.Foreign }

// DeniedElsewhere refuses a statement in another language that denies what nearly the same sentence of the passage
// says, or the other way round.
func (m *Pair) DeniedElsewhere() *Failure {
	at := m.Main()
	if at < 0 || !m.Near || !m.Foreign() {
		return nil
	}
	theirs := m.Prem.Sentences[at].Of(m.Prem.Text)
	s, p := foreignDenials(m.Hyp.Text), foreignDenials(theirs)
	if m.prefixed(theirs, m.Hyp.Text) {
		p++
	}
	if m.prefixed(m.Hyp.Text, theirs) {
		s++
	}
	switch {
	case s == 0 && p > 0:
		return &Failure{claim.Contradicted, claim.CheckPolarity, lang.Say("the paragraph denies it: “%s”", Piece(theirs))}
	case s > 0 && p == 0:
		return &Failure{claim.Contradicted, claim.CheckPolarity, lang.Say(
			"the sentence denies what the paragraph says: “%s”", Piece(theirs))}
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
