package excerpt

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/words"
)

// Attributed gives the sentences of an answer, which are the documents' own, what they lose when they are cut from
// their paragraph: quotation marks that began before or end behind, and the name of who speaks. What is added stands
// outside the marks, a name in brackets.
func Attributed(a ask.Answer, e *corpus.Edition) ask.Answer {
	sentences := make([]review.Sentence, len(a.Sentences))
	changed := false
	for i, s := range a.Sentences {
		sentences[i] = s
		if len(s.Citations) == 0 {
			continue
		}
		if p, ok := e.Corpus.Passage(s.Citations[0]); ok {
			sentences[i].Text = InItsVoice(s.Text, p, e.Said(p.Ref.Slug))
			changed = changed || sentences[i].Text != s.Text
		}
	}
	if !changed {
		return a
	}
	texts := make([]string, len(sentences))
	for i, s := range sentences {
		texts[i] = s.Text
	}
	a.Sentences, a.Text = sentences, strings.Join(texts, " ")
	return a
}

// InItsVoice is a piece of a passage as it is shown by itself: between marks and with its speaker, where it is
// somebody's words.
func InItsVoice(text string, p article.Passage, said quote.Speech) string {
	start := strings.Index(p.Text, text)
	if start < 0 {
		return text
	}
	text, speaker, inside, marked := pieceOf(text, start, p, said)
	if speaker == "" || names(text, speaker) {
		return text
	}
	if at := pronounOutside(text); at > 0 && !inside {
		return text[:at] + " (" + speaker + ")" + text[at:]
	}
	if inside || marked || startsWithMark(text) {
		return text + " (" + speaker + ")"
	}
	return text
}

// pieceOf is the piece of the passage that begins at start, with the marks that it has lost, and whose words they are,
// "" where that is open. inside reports that all of it is a quotation, marked that a mark was put.
func pieceOf(text string, start int, p article.Passage, said quote.Speech) (whole, speaker string,
	inside, marked bool) {
	end := start + len(text)
	before, after := "", ""
	for _, q := range said.Quotations {
		if q.Ref != p.Ref || q.End <= start || q.Start >= end || q.Kind == quote.Fragment {
			continue
		}
		if speaker == "" {
			speaker = q.Speaker
		}
		opening, closing := marksAround(p.Text, q)
		switch {
		case q.Start <= start && q.End >= end || strings.Trim(text,
			marks) == strings.Trim(q.Words[max(0, start-q.Start):min(len(q.Words), max(end-q.Start, 0))], marks):
			inside = true
			text = strings.Trim(text, marks)
			before, after = opening, closing
		case q.Start < start: // it began before
			before = opening
		case q.End > end: // it goes on
			after = closing
		}
	}
	if speaker == "" {
		for _, s := range said.Statements {
			if s.Ref == p.Ref && s.Span.Start < end && s.Span.End > start {
				speaker = s.Speaker
			}
		}
	}
	return before + text + after, speaker, inside, before+after != ""
}

// marks are those between which words are quoted.
const marks = "\"“”„‟«»"

// marksAround are the marks before and behind a quotation, as the document prints them; straight ones where it is not
// told.
func marksAround(text string, q quote.Quotation) (opening, closing string) {
	opening, closing = "“", "”"
	if r, size := utf8.DecodeLastRuneInString(text[:q.Start]); size > 0 && strings.ContainsRune(marks, r) {
		opening = string(r)
	}
	if r, size := utf8.DecodeRuneInString(text[q.End:]); size > 0 && strings.ContainsRune(marks, r) {
		closing = string(r)
	} else if opening == "\"" {
		closing = opening
	}
	return opening, closing
}

func startsWithMark(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune(marks, r)
}

// names reports whether a text has the last word of a name.
func names(text, name string) bool {
	stems := words.Stems(name)
	if len(stems) == 0 {
		return true
	}
	return slices.Contains(words.Stems(text), stems[len(stems)-1])
}

// pronouns stand for who speaks; besideVerb are words that may part them from their verb.
var (
	speakingPronouns = lexicon.Set("he she they")
	besideVerb       = lexicon.Set("also then later had has have do does not")
)

// pronounOutside is where, outside of quotation marks, the pronoun ends that stands for who speaks; 0 for none.
func pronounOutside(text string) int {
	outside := []byte(text)
	open := false
	for i, r := range text {
		if strings.ContainsRune(marks, r) {
			open = !open
		}
		if open || strings.ContainsRune(marks, r) {
			for k := range utf8.RuneLen(r) {
				outside[i+k] = '_'
			}
		}
	}
	tokens := words.Tokenize(string(outside))
	for i, t := range tokens {
		if !speakingPronouns[t.Text] {
			continue
		}
		next := i + 1
		for next < len(tokens) && besideVerb[tokens[next].Text] {
			next++
		}
		if next < len(tokens) && says(tokens[next].Text, next > i+1) || i > 0 && says(tokens[i-1].Text, false) {
			return t.End
		}
	}
	return 0
}

// says reports whether a word is a verb of saying or holding; in its base form only behind "does not".
func says(word string, base bool) bool {
	v, ok := lexicon.Reporting(word)
	return ok && (v.Clause || v.Cue == lexicon.Names) && (base || v.Form == lexicon.Past || v.Form == lexicon.Present)
}
