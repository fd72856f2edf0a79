package convert

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/byline"
)

// firstAuthor is the first candidate with names of persons in it.
func firstAuthor(candidates ...string) string {
	for _, c := range candidates {
		if name := byline.Names(c); name != "" {
			return name
		}
	}
	return ""
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
	if said := strings.Fields(byline.WithoutBy(text)); len(said) > 0 && nickname(said[0]) {
		name = said[0]
	} else if userClass.MatchString(class) {
		name = byline.Names(text)
	}
	if name != "" && !slices.Contains(n.all, name) {
		n.all = append(n.all, name)
	}
}

// first is who began, where there are several; or the only one, if that may be a name.
func (n *nicknames) first() string {
	if len(n.all) == 0 || len(n.all) == 1 && (byline.Names(n.all[0]) == "" || !nickname(n.all[0])) {
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
