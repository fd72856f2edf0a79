package convert

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
			`av|af|door|di)[:\s]+|^\s*(?:authors?|written by)[:\s]+`,
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

// firstAuthor is the first candidate with names of persons in it.
func firstAuthor(candidates ...string) string {
	for _, c := range candidates {
		if name := personal(c); name != "" {
			return name
		}
	}
	return ""
}

// personal is the names in a byline; "" where it is an address, a day, or words that only stand beside names.
func personal(s string) string {
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

// nicknames are the names that the writers of a forum go by, in the order of their posts.
type nicknames struct{ all []string }

// nickClass matches the classes of elements that hold one, and userClass those that nothing but forums have.
var (
	nickClass = regexp.MustCompile(`(?i)(^|[\s_-])(user-?name|nick(?:name)?|poster|post-?author|creator|author)([\s_-]|$)`)
	userClass = regexp.MustCompile(`(?i)(^|[\s_-])(user-?name|nick(?:name)?|poster|post-?author)([\s_-]|$)`)
)

// see looks at an element with a line of text.
func (n *nicknames) see(class, text string) {
	const most = 20
	if len(n.all) == most || !nickClass.MatchString(class) {
		return
	}
	name := ""
	if said := strings.Fields(byWord.ReplaceAllString(text, "")); len(said) > 0 && nickname(said[0]) {
		name = said[0]
	} else if userClass.MatchString(class) {
		name = personal(text)
	}
	if name != "" && !slices.Contains(n.all, name) {
		n.all = append(n.all, name)
	}
}

// first is who began, where there are several; or the only one, if that may be a name.
func (n *nicknames) first() string {
	if len(n.all) == 0 || len(n.all) == 1 && (personal(n.all[0]) == "" || !nickname(n.all[0])) {
		return ""
	}
	return n.all[0]
}

// nickname reports a word that people choose for themselves: in small letters, or with figures in it.
func nickname(text string) bool {
	const longest = 30
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(first) && utf8.RuneCountInString(text) <= longest && !strings.ContainsAny(text, " :/@") &&
		(unicode.IsLower(first) || strings.ContainsAny(text, "0123456789_"))
}
