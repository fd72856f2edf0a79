// Package byline reads the lines above and below a text that say who wrote it and when: "By Ann Berg, published 14
// March 2024". It is for pages of HTML, whose markup helps, and for plain texts, where the line alone must tell.
package byline

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// MaxLine is how long a line with the author or the day is, in bytes.
const MaxLine = 160

// besideWords are those that may stand beside the author and the day on a line of its own.
var besideWords = regexp.MustCompile(
	`(?i)\b(by|von|par|por|av|door|written|words|text|story|recipe|posted|published|reported|report)\b`,
)

// WithoutLabels is the text without the words that stand beside an author and a day: "posted by", "on Monday".
func WithoutLabels(text string) string {
	return dateWords.ReplaceAllString(besideWords.ReplaceAllString(text, ""), "")
}

// WithoutBy is the text without "By" or "Written by" before it.
func WithoutBy(text string) string { return byWord.ReplaceAllString(text, "") }

// HasBy reports a text that begins with "By", "Written by" or "Author:".
func HasBy(text string) bool { return byWord.MatchString(text) }

// Signature finds who is named behind "by" anywhere in the text, and whether the text begins with it.
func Signature(text string) (names string, first, ok bool) {
	at := byLine.FindStringSubmatchIndex(text)
	if at == nil {
		return "", false, false
	}
	return text[at[2]:at[3]], at[0] == 0, true
}

// Publishes reports a text that says of a day that it is the one of publication: "Posted on …".
func Publishes(text string) bool { return publishedWord.MatchString(text) }

// Updates reports a text that says of a day that something was changed then, or ends.
func Updates(text string) bool { return updated.MatchString(text) }

// besideName matches what may follow the names in a byline, apart from the day: what they are, and for whom.
var besideName = regexp.MustCompile(
	`(?i)\b(staff|senior|chief|special|guest|freelance|contributing|correspondent|reporter|editor|writer|columnist|` +
		`author|for|from|of|in|the|and|to|with|last|first|originally|on|at|updated|modified|edited|revised)\b`,
)

// Read reads a line of plain text that names the author behind "by", or the day of publication, or both, and says
// nothing else; ok is false for any other. Without a day, day is zero; without an author, names is "". A day beside an
// author is taken for that of publication, also if it says that the text was changed then: it is what there is to know.
func Read(line string) (names string, day time.Time, ok bool) {
	line = strings.Join(strings.Fields(line), " ")
	if len(line) > MaxLine {
		return "", time.Time{}, false
	}
	day, rest := Day(line)
	if day.IsZero() {
		rest = line
	}
	if names = author(strings.TrimSpace(publishedWord.ReplaceAllString(rest, ""))); names != "" {
		return names, day, true
	}
	if len(line) > 3 && strings.EqualFold(line[:3], "by ") { // what is to be done by then
		return "", time.Time{}, false
	}
	day, ok = PublicationDay(line)
	return "", day, ok
}

// behindNames matches where the names in a byline end: at a place or an employer, or at what says "published".
var behindNames = regexp.MustCompile(
	`(?i)\s+(?:in|for|from|of)\s|[\s,]+(?:publié|publicado|publicada|veröffentlicht)(?:\s|$)`,
)

// published matches the words for "published on" that stand behind names.
var published = regexp.MustCompile(`(?i)\b(?:publié|publicado|publicada|veröffentlicht)(?:\s+(?:le|el|am)\b)?`)

// author is who wrote it, by a line without its day that says nothing else; "" for any other line.
func author(line string) string {
	if !HasBy(line) {
		return ""
	}
	names := line
	if end := behindNames.FindStringIndex(WithoutBy(line)); end != nil {
		names = line[:len(line)-len(WithoutBy(line))+end[0]]
	}
	if names = Names(names); !areNames(names) {
		return ""
	}
	rest := strings.Replace(WithoutBy(line), names, "", 1)
	rest = besideName.ReplaceAllString(WithoutLabels(published.ReplaceAllString(rest, "")), "")
	for _, word := range wordsOf(rest) {
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) { // an agency, a place
			return ""
		}
	}
	return names
}

// areNames reports names of persons and nothing else: each word begins with a capital letter, but for particles and
// what joins the names, and there are at least two words, as "By Monday" is no author.
func areNames(names string) bool {
	words := wordsOf(names)
	capitals := 0
	for _, word := range words {
		switch first, _ := utf8.DecodeRuneInString(word); {
		case unicode.IsUpper(first), !unicode.IsLower(first):
			capitals++
		case !particle(word) && !joins[word]:
			return false
		}
	}
	return capitals > 1
}

// joins are the words between the names of several authors.
var joins = map[string]bool{"and": true, "und": true, "et": true, "y": true, "e": true, "og": true, "och": true,
	"en": true}

func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' })
}
