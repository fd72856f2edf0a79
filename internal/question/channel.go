package question

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/text"
	"pilcrow/internal/words"
)

// leastStems is how many words with a meaning of their own a question has that may be answered though nobody asked: of
// fewer, a document always says something.
const leastStems = 3

// Unaddressed returns the questions of a message in a channel of people that anybody may answer; none where it asks
// nothing, or asks people something. A question mark is not enough where the language is known by its words: "so they
// bomb first and talk later?" is an opinion. It is pure, and takes no look at any document.
func Unaddressed(message string) []string {
	if strings.HasPrefix(strings.TrimSpace(message), ">") { // a quotation with a remark
		return nil
	}
	parts, more := Split(message)
	if more > 0 {
		return nil
	}
	for _, part := range parts {
		if !asks(part) || toPeople(part) || len(Parse(part).Stems) < leastStems {
			return nil
		}
	}
	return parts
}

// Asks tells whether somebody who was asked would take the message for a question.
func Asks(message string) bool {
	parts, _ := Split(message)
	return strings.ContainsAny(message, questionMarks) || slices.ContainsFunc(parts, asksByWord)
}

const questionMarks = "?？؟"

// asks tells whether the text has the form of a question.
func asks(part string) bool {
	if strings.ContainsAny(part, questionMarks) && (text.Language(part) != "en" || strings.ContainsFunc(part, arabic)) {
		return true
	}
	return asksByWord(part)
}

// arabic is the script of the languages that have no list of function words.
func arabic(r rune) bool { return unicode.Is(unicode.Arabic, r) }

// The words by which a question is put to people, not to documents: "do you think", "which of us", "qu'en penses-tu".
// Polite forms that also stand for other persons, as German "Sie", are none.
var (
	secondPersons = lexicon.Set(`you your yours yourself yourselves u ur yall we us our ours guys folks mods
		du dich dir dein deine deinen deinem deiner ihr euch euer eure wir uns
		tu toi ton vous vos votre nous nos
		tú vosotros vosotras ustedes vuestro vuestra nosotros nosotras
		تم آپ تمہارا تمہاری ہم تاسو ستاسو موږ شما ما`)
	// In "how do you mend it" nobody in particular is meant; in "what do you think" somebody is.
	generic = regexp.MustCompile(`(?i)^(?:how|what|where|when|which(?: \S+)?) (?:do|can|should|must) (?:you|we)\s+(\S+)`)
	minds   = lexicon.Set(`think believe make mean feel like love prefer want know say reckon suppose recommend suggest
		guess see hear remember agree support live do come go`)
	// What is asked for effect alone.
	rhetorical = regexp.MustCompile(`(?i)^(?:who|what) (?:would|could)(?: have|'ve|’ve)? ` +
		`(?:thought|guessed|known|imagined)\b|` +
		`^who (?:cares|knew)\b|^(?:is|was)n['’]?t (?:it|that|this) \S+ (?:how|that)\b|\bam i the only\b|` +
		`^(?:did|have) (?:anyone|anybody|someone|somebody)(?: else)? (?:hear|see|seen|watch|read|notice)\b|` +
		`\b(?:lol|rofl|lmao|haha\S*)\b`)
)

// toPeople tells whether a question is put to people.
func toPeople(part string) bool {
	if rhetorical.MatchString(part) {
		return true
	}
	if m := generic.FindStringSubmatchIndex(part); m != nil {
		if verb := strings.Trim(part[m[2]:m[3]], "?.,!"); !minds[strings.ToLower(verb)] {
			part = part[m[3]:]
		}
	}
	for _, t := range words.Tokenize(part) {
		first, _, _ := strings.Cut(t.Text, "'")
		if secondPersons[t.Text] || secondPersons[first] {
			return true
		}
	}
	return false
}
