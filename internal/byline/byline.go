// Package byline reads the lines above and below a text that say who wrote it and when: "By Ann Berg, published 14
// March 2024". It is for pages of HTML, whose markup helps, and for plain texts, where the line alone must tell.
package byline

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
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

// Read reads a line of plain text that names the author behind "by", or says on which day it was published, or both,
// and nothing else; ok is false for any other. Without a day, day is zero; without an author, names is "". A day beside
// an author is taken for that of publication, also if it says that the text was changed then: it is what there is to
// know. A day alone is none: something may happen then.
func Read(line string) (names string, day time.Time, ok bool) {
	line = strings.Join(strings.Fields(line), " ")
	if len(line) > MaxLine || byPicture.MatchString(line) {
		return "", time.Time{}, false
	}
	if at := memoHead.FindStringIndex(line); at != nil {
		day, _ = Day(line[at[1]:])
		return "", day, !day.IsZero()
	}
	if at := laterPublished.FindStringIndex(line); at != nil && Updates(line[:at[0]]) {
		line = line[at[0]:]
	}
	day, rest := Day(line)
	if day.IsZero() {
		rest = line
	}
	if names = Author(strings.TrimSpace(published.ReplaceAllString(rest, "")), !day.IsZero()); names != "" {
		return names, day, true
	}
	if names = withoutBy(rest); names != "" && !day.IsZero() {
		return names, day, true
	}
	if !published.MatchString(line) || addressed.MatchString(line) {
		return "", time.Time{}, false
	}
	day, ok = PublicationDay(line)
	return "", day, ok
}

var (
	// byPicture matches who made a picture and not the text.
	byPicture = regexp.MustCompile(`(?i)^\W*(?:photos?|photograph|pictures?|image|illustrations?|video|map)\b`)
	// published matches what says that a day is that of publication, as a whole text says it of itself.
	published = regexp.MustCompile(`(?i)^\W*(?:first\s+)?(?:date\s+)?(?:published|posted|publication\s+date|` +
		`date\s+of\s+publication|publicad[oa]|publiée?|veröffentlicht|date\s*:|datum\s*:|fecha\s*:)` +
		`(?:\s+(?:on|le|el|am|den)\b)?`)
	// memoHead matches the lines with which a memorandum begins, up to its day.
	memoHead = regexp.MustCompile(`(?i)^(?:to|an|de|von|from|para|à)\s*:\s.*\s` +
		`(?:from|to|von|an|de|para|à)\s*:\s.*\b(?:date|sent|datum|fecha)\s*:\s`)
	laterPublished = regexp.MustCompile(`(?i)\b(?:published|posted)\b`)
	// addressed matches a day on which somebody got something.
	addressed = regexp.MustCompile(`(?i)\bto\b`)
	// behindNames matches where the names in a byline end: at a place or an employer, or at what says a day.
	behindNames = regexp.MustCompile(`(?i)\s+(?:in|for|from|of)\s|[\s,|·]+(?:publiée?|publicad[oa]|veröffentlicht|` +
		`date|datum|fecha|stand)(?:[:\s]|$)|,\s*(?:le|el|am|den)\s*$`)
	// dayWords are those of them that are left where the names and the day are taken away.
	dayWords = regexp.MustCompile(`(?i)(?:publiée?|publicad[oa]|veröffentlicht|\bdate|\bdatum|\bfecha|\bstand)` +
		`(?:[:\s]|$)|\b(?:le|el|am|den)\b`)
)

// Author is who wrote it, by a line without its day that says nothing else; "" for any other line. Where no day stands
// beside it, its words must not be everyday ones: "By Popular Demand".
func Author(line string, dated bool) string {
	if !HasBy(line) {
		return ""
	}
	bare := WithoutBy(line)
	names := line
	if end := behindNames.FindStringIndex(bare); end != nil {
		names = line[:len(line)-len(bare)+end[0]]
	}
	names = Names(names)
	if first, _, several := strings.Cut(names, ","); several && !joined.MatchString(names) { // whom they write for
		names = first
	}
	if !(areNames(names) || dated && isGivenName(names)) || !dated && everyday(names) {
		return ""
	}
	rest := strings.Replace(bare, names, "", 1)
	rest = besideName.ReplaceAllString(WithoutLabels(dayWords.ReplaceAllString(rest, "")), "")
	for _, word := range wordsOf(rest) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) { // an agency or a place is written large
			return ""
		}
	}
	return names
}

// isGivenName reports one name that people sign with alone: "Tilly", and not "April".
func isGivenName(name string) bool {
	name = strings.ToLower(name)
	_, month := months[name]
	return given[name] && !month && !everydayWords[name]
}

// besideDay matches what parts a name from a day without "by": "Ann Berg | 14 March 2024".
var besideDay = regexp.MustCompile(`^\s*[|·•]\s*|\s*[|·•]\s*$`)

// withoutBy is the author whom a line names beside a day and nothing else, parted from it by a sign; "" for any other.
func withoutBy(rest string) string {
	names := strings.TrimSpace(besideDay.ReplaceAllString(rest, ""))
	first, _, _ := strings.Cut(strings.ToLower(names), " ")
	if names == strings.TrimSpace(rest) || !areNames(names) || !given[first] || strings.ContainsAny(names, ",.;:|·•") {
		return ""
	}
	return names
}

// joined matches what joins the last of several names to the others.
var joined = regexp.MustCompile(`(?i)\s(?:and|und|et|y|e|og|och|en|و|او|اور)\s|&`)

// areNames reports names of persons and nothing else: each has at least two words, which begin with a capital letter,
// but for particles. "By Monday" is no author, nor is "By Country and Year".
func areNames(names string) bool {
	for _, name := range strings.FieldsFunc(joined.ReplaceAllString(names, ","), func(r rune) bool { return r == ',' }) {
		capitals := 0
		for _, word := range wordsOf(name) {
			switch first, _ := utf8.DecodeRuneInString(word); {
			case !unicode.IsLower(first):
				capitals++
			case !particle(word):
				return false
			}
		}
		if capitals < 2 {
			return false
		}
	}
	return names != ""
}

// everyday reports names with a word that names days, places, groups, or how things are.
func everyday(names string) bool {
	all := wordsOf(strings.ToLower(names))
	return !given[all[0]] &&
		slices.ContainsFunc(all, func(word string) bool { return len(word) > 1 && everydayWords[word] })
}

var (
	everydayWords = lexicon.Union(lexicon.List("weekdays"), lexicon.List("time-nouns"), lexicon.List("place-nouns"),
		lexicon.List("name-adjectives"), lexicon.List("everyday-words"), lexicon.List("not-names"), lexicon.List("labels"),
		lexicon.List("institutions"), lexicon.List("function-words"), lexicon.List("counted-things"),
		lexicon.List("no-authors"))
	given = lexicon.Union(lexicon.List("given-names-female"), lexicon.List("given-names-male"))
)

func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' })
}
