package byline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	byWord = regexp.MustCompile(
		`(?i)^\s*(?:(?:words|story|text|article|posted|published|written|reported|report|photos?)\s+)*(?:by|von|par|por|` +
			`av|af|door|di)[:\s]+|^\s*(?:authors?|written by)[:\s]+|` +
			`^\s*(?:ein|eine)\s+(?:bericht|beitrag|kommentar|porträt|reportage|text)\s+von\s+|` +
			`^\s*(?:una?|une)\s+(?:artículo|crónica|récit|reportage|reportaje|texte|texto)\s+de\s+|` +
			`^\s*(?:aut(?:or|orin|oren|ores|ora)|auteure?s?|نویسنده|نوشته|نوشتہ|مصنف|تحریر|لیکوال)\s*[:：]\s*`,
	)
	byLine = regexp.MustCompile(`\b(?i:written by|posted by|by|von|par)[:\s]+(\p{Lu}[^|•·–—0-9]{2,80})`)
	noName = regexp.MustCompile(
		`(?i)^(posted on|published|updated|admin|administrator|editor|staff|author|share|follow|read more|comments?|by|` +
			`webmaster|root|guest)\b|https?:|@|\d`,
	)
	// nameTail is what follows names: a date, a role, a paper.
	nameTail = regexp.MustCompile(
		`(?i)\s*(?:[|•·]|\s[–—-]\s|\bon\b|\bat\b|,\s*(?:staff|senior|chief|special|correspondent|reporter|editor|for|the|` +
			`published|posted|updated|` +
			`mon|tues?|wednes|thurs?|fri|satur|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|\b(?:published|` +
			`posted|updated|last)\b).*$`,
	)
)

// calendarTail is the month or the weekday of a day whose figures were cut off.
var calendarTail = regexp.MustCompile(
	`(?i)\s+(?:\d+\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|` +
		`jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?$`,
)

// Names is the names in a byline; "" where it is an address, a day, or words that only stand beside names.
func Names(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if m := byLine.FindStringSubmatch(s); m != nil && noName.MatchString(s) {
		s = m[1]
	}
	s = byWord.ReplaceAllString(s, "")
	s = strings.TrimSpace(nameTail.ReplaceAllString(s, ""))
	s = strings.TrimSpace(strings.Trim(calendarTail.ReplaceAllString(s, ""), ",;:|-–— "))
	if words := strings.Fields(s); len(words) > 0 && len(words[len(words)-1]) > 3 {
		s = strings.TrimSuffix(s, ".")
	}
	const mostWords = 14
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || noName.MatchString(s) || len(strings.Fields(s)) > mostWords || !unicode.IsLetter(first) ||
		unicode.IsLower(first) && strings.Contains(s, " ") && !particle(s) {
		return ""
	}
	return s
}

// particle reports a name that begins with a small word: van Dijk, de Gaulle.
func particle(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	return slices.Contains([]string{"van", "von", "de", "der", "di", "da", "al", "el", "bin", "ten", "le", "la"}, first)
}
