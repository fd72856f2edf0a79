package rag

import (
	"strings"
	"unicode"

	"pilcrow/internal/article"
	wordlists "pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// foreign reports whether a sentence is in another language than English, the one that claims can be checked in: most
// of its letters are of another script, or it has the function words of another language and more of them than of
// English. When in doubt it is English, where more is checked.
func foreign(text string) bool {
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
	english, theirs := functionWords(text)
	return theirs >= 2 && theirs > english
}

// foreignStops are function words, accents folded, of languages in Latin script that English does not have.
var foreignStops = wordlists.Set(`der das und nicht ein eine einen einer dem den des zu mit auf fur von wegen wurde wurden haben hatte sind auch nach
		uber beim zum zur le les une dans pour pas que qui sur avec et au aux du est sont ont ete mais plus cette ces el los las del
		por para con una como pero fue han se su al y il lo gli della delle che di non sono per con het een van niet en ook
		zijn werd naar os uma nao foi com dos das em ao och att som inte pa av ett med ve bir icin ile bu nie jest na sie z do przez`)

// english tells whether a question is in English for sure: it has function words of English, and none of another
// language that English does not have. Of a short one in another language that cannot be said, and the model is asked,
// which knows.
func english(text string) bool {
	if foreign(text) {
		return false
	}
	ours, theirs := functionWords(text)
	tokens := words.Tokenize(text)
	return ours > theirs && (ours > 1 || len(tokens) > 0 && openers[tokens[0].Text])
}

// openers are the words that questions in English begin with.
var openers = wordlists.Set(`who whom whose what when where why how which is are was were do does did can could should
will would has have had tell show give list name explain summarize describe`)

func functionWords(text string) (english, other int) {
	for _, t := range words.Tokenize(text) {
		if foreignStops[t.Text] {
			other++
		} else if t.Stop {
			english++
		}
	}
	return english, other
}

// foreignDraft tells whether a draft as a whole is in another language than English, or is made from passages that
// are: one sentence may be too short to tell.
func foreignDraft(sentences []Drafted, passages []article.Passage) bool {
	var all strings.Builder
	for _, s := range sentences {
		all.WriteString(s.Text + "\n")
	}
	if foreign(all.String()) {
		return true
	}
	others := 0
	for _, p := range passages {
		if foreign(p.Text) {
			others++
		}
	}
	return others > 0 && 2*others >= len(passages)
}
