// Package followup makes a question that leans on the conversation before it stand alone: "and in 2021?", "why?", "who
// said that?", "no, I meant the drone", "yes".
//
// It works by rule, for English. A rule puts words of the conversation in place of what is missing, so that the result
// reads as a question and can be shown to the asker; where no rule fits, the words that the last question was about are
// named behind the new one. A question that stands alone already comes back as it is.
//
// Everything here is pure and safe for use by several goroutines.
package followup

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/words"
)

// Bounds of what is read.
const (
	maxTurns        = 8    // turns of the conversation, the last ones
	maxQuestionRune = 2000 // characters of a question, as in a Discord message; a longer one stands alone
	maxAnswerBytes  = 4000 // of an answer
	maxQuotedRunes  = 160  // characters of an answer that "who said that?" repeats
)

// A Turn is a question of the conversation and what was said to it.
type Turn struct {
	Question string
	Answer   string        // the sentences that were shown, without markers; "" where the documents did not say
	Cited    []article.Ref // the paragraphs that the answer cites or, without one, those that came nearest
}

// A Rewrite is a question that stands alone.
type Rewrite struct {
	Text    string        // the question as given where Changed is false
	Changed bool          // something was carried over
	Near    []article.Ref // where Changed: the paragraphs that the conversation is at
	More    bool          // it asks for more than what Near says

	Paragraph bool // it asks for the first paragraph of Near, by its number
}

// Names are whom the documents know.
type Names struct {
	People []string // human beings, each by the fullest name
	Bodies []string // institutions, by every name
}

// StandAlone rewrites a question by the turns before it, oldest first.
func StandAlone(question string, turns []Turn, names Names) Rewrite {
	turns = turns[max(0, len(turns)-maxTurns):]
	t := talk{names: names}
	for _, turn := range turns {
		turn.Question = t.rewrite(turn.Question).Text
		turn.Answer = clipBytes(turn.Answer, maxAnswerBytes)
		if strings.TrimSpace(turn.Question) != "" {
			t.last, t.any = turn, true
		}
	}
	return t.rewrite(question)
}

// talk is a conversation up to a question. last stands alone.
type talk struct {
	names Names
	last  Turn
	any   bool
}

func (t talk) rewrite(question string) Rewrite {
	question = strings.TrimSpace(question)
	r := Rewrite{Text: question}
	if !t.any || utf8.RuneCountInString(question) > maxQuestionRune ||
		utf8.RuneCountInString(t.last.Question) > maxQuestionRune {
		return r
	}
	text, more := t.rules(question)
	if text == "" || text == question || utf8.RuneCountInString(text) > maxQuestionRune {
		return r
	}
	named := len(t.last.Cited) > 0 && text == showNearest(t.last.Cited[0])
	return Rewrite{Text: text, Changed: true, Near: t.last.Cited, More: more, Paragraph: named}
}

// rules returns the question rewritten by the first rule that knows it, or "" where it stands alone.
func (t talk) rules(question string) (text string, more bool) {
	if isMore(question) {
		if t.last.Answer == "" && len(t.last.Cited) > 0 { // "yes" to the paragraphs that came nearest
			return showNearest(t.last.Cited[0]), false
		}
		if about := cmp.Or(things(t.last.Question), topic(t.last.Question, "")); about != "" {
			return "What else about " + about + "?", true
		}
		return "", false
	}
	if meant, ok := correction(question); ok {
		if fragment(meant) {
			return t.substitute(meant), false
		}
		if text, _ := t.rules(meant); text != "" {
			return text, false
		}
		return capital(meant), false
	}
	rest, led := strip(question)
	switch {
	case whoSaid.MatchString(rest):
		return t.whoSaidThat(rest), false
	case bareAsking(rest):
		return t.transform(rest), false
	case fragment(rest) && (led || len(words.Tokenize(rest)) <= maxFragment):
		return t.substitute(rest), false
	}
	if text := t.pronouns(rest); text != "" {
		if pointing(text) {
			text = cmp.Or(t.attach(text), text)
		}
		return text, false
	}
	if pointing(rest) || lacksSubject(rest, led) {
		return t.attach(rest), false
	}
	return "", false
}

// whoSaid matches the questions for the speaker of what was just shown.
var whoSaid = regexp.MustCompile(`(?i)^\s*(?:who\s+(?:said|says|claimed|claims|told\s+\w+|wrote|reported|thinks|` +
	`believes)\s+` +
	`(?:that|this|so|it)|who(?:\s+is|'s|’s)\s+(?:saying|claiming)\s+(?:that|this|so|it)|says\s+who|` +
	`according\s+to\s+whom|whose\s+words\s+` +
	`(?:are|were)\s+(?:that|those|these|they))\s*[?.!]*\s*$`)

// whoSaidThat repeats what was said.
func (t talk) whoSaidThat(question string) string {
	said := strings.TrimSpace(t.last.Answer)
	if said == "" {
		return t.attach(question)
	}
	if spans := article.Sentences(said); len(spans) > 0 {
		said = spans[0].Of(said)
	}
	if from, to := strings.IndexAny(said, "\"“"), strings.LastIndexAny(said, "\"”"); from >= 0 && to > from+8 {
		said = said[from:to]
	}
	said = strings.Trim(said, "\"“”. ")
	if utf8.RuneCountInString(said) > maxQuotedRunes {
		said = string([]rune(said)[:maxQuotedRunes])
		said = strings.TrimRight(said[:max(strings.LastIndexByte(said, ' '), 1)], " ,;") + " …"
	}
	return "Who said “" + said + "”?"
}

// attach names behind the question what the last one was about.
func (t talk) attach(question string) string {
	about := topic(t.last.Question, question)
	if len(content(t.last.Question)) < 2 {
		if more := topic(firstSentence(t.last.Answer), question+" "+about); more != "" {
			about = strings.TrimPrefix(about+", "+more, ", ")
		}
	}
	if about == "" {
		return ""
	}
	return capital(strings.TrimSpace(question)) + " (" + about + ")"
}

func firstSentence(text string) string {
	if spans := article.Sentences(text); len(spans) > 0 {
		return spans[0].Of(text)
	}
	return text
}

func clipBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// capital makes the first letter a capital one.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || r == utf8.RuneError {
		return s
	}
	return strings.ToUpper(string(r)) + s[size:]
}

// Leans tells whether a question would be rewritten behind another one: whether it is worth reading what was said
// before.
func Leans(question string) bool {
	example := Turn{Question: "What did the example do?", Answer: "It did so.", Cited: []article.Ref{{}}}
	return StandAlone(question, []Turn{example}, Names{}).Changed
}
