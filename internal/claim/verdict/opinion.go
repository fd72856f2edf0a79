package verdict

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// NotAClaim says why a sentence makes no claim that a document could support; nothing where it makes one.
func NotAClaim(sentence string) lang.Sentence {
	return AssertsNothing(sentence, words.Tokenize(sentence))
}

// AssertsNothing is NotAClaim for who has the sentence's tokens already.
func AssertsNothing(sentence string, tokens []words.Token) lang.Sentence {
	text := strings.TrimSpace(sentence)
	if len(tokens) == 0 {
		return lang.Say("there are no words in it")
	}
	end := strings.TrimRight(text, "\"'”’)» ")
	if strings.HasSuffix(end, "?") {
		return lang.Say("this is a question")
	}
	if greetings[tokens[0].Text] && len(tokens) <= 4 && !namedHello(tokens) {
		return lang.Say("this is a greeting")
	}
	if len(tokens) > 1 && (tokens[0].Text == "i" || tokens[0].Text == "we") {
		for _, t := range tokens[1:min(4, len(tokens))] {
			if feelings[t.Stem] {
				return lang.Say("this is an opinion")
			}
		}
	}
	lower := strings.ToLower(text)
	for _, start := range opinionStarts {
		rest, ok := strings.CutPrefix(lower, start)
		if next, _ := utf8.DecodeRuneInString(rest); ok && !unicode.IsLetter(next) { // Imhof's first letters are no "imho"
			return lang.Say("this is an opinion")
		}
	}
	return lang.Sentence{}
}

// namedHello reports whether a greeting is part of a name about which something is said: "Hello Fresh lost money".
func namedHello(tokens []words.Token) bool {
	return len(tokens) > 2 && tokens[1].Capital && slices.ContainsFunc(tokens[2:], func(t words.Token) bool {
		return !t.Capital &&
			(syntax.PastVerb(t.Text) || syntax.BeForms[t.Text] || syntax.HaveForms[t.Text] || syntax.Modals[t.Text] ||
				syntax.ThirdForms()[t.Text])
	})
}

var greetings = lexicon.Set("hi hello hey thanks thank thx welcome bye goodbye greetings cheers")

var feelings = syntax.Stems("think believe feel hope guess wish love like hate suppose doubt prefer wonder")

var opinionStarts = []string{"in my opinion", "in my view", "imo", "imho", "personally", "to me,", "if you ask me",
	"frankly", "honestly"}
