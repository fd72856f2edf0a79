package article

import (
	"html"
	"strings"

	"pilcrow/internal/lexicon"
)

// htmlParagraphs keeps the text of a piece of HTML and drops its tags, comments and what no reader sees. Tags that
// begin a block part paragraphs. It takes linear time.
func htmlParagraphs(raw string) []string {
	var b strings.Builder
	hidden := "" // the tag whose content is being dropped
	for raw != "" {
		text, rest, found := strings.Cut(raw, "<")
		if hidden == "" {
			b.WriteString(strings.ReplaceAll(text, "\n", " "))
		}
		if !found {
			break
		}
		tag, behind, ok := cutTag(rest)
		if !ok {
			if hidden == "" {
				b.WriteByte('<')
			}
			raw = rest
			continue
		}
		raw = behind
		name, closing := tagName(tag)
		switch {
		case hidden != "":
			if closing && name == hidden {
				hidden = ""
			}
		case unseen[name] && !closing:
			hidden = name
		case blockTags[name]:
			b.WriteByte('\n')
		}
	}
	var paragraphs []string
	for p := range strings.SplitSeq(b.String(), "\n") {
		if p = oneLine(html.UnescapeString(p)); hasWord(p) {
			paragraphs = append(paragraphs, p)
		}
	}
	return paragraphs
}

// cutTag cuts a tag, comment or declaration from the text behind a "<". One that is not closed within its bound is
// none, but a comment without an end hides all that follows.
func cutTag(text string) (tag, rest string, ok bool) {
	const maxTag = 10_000 // bytes; attributes can hold a picture
	if strings.HasPrefix(text, "!--") {
		_, rest, _ = strings.Cut(text[3:], "-->")
		return "", rest, true
	}
	start := strings.TrimPrefix(text, "/")
	if start == "" || !isASCIILetter(start[0]) && start[0] != '!' && start[0] != '?' {
		return "", "", false
	}
	quote := byte(0)
	for i := range min(len(text), maxTag) {
		switch c := text[i]; {
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '>':
			return text[:i+1], text[i+1:], true
		case quote == 0 && c == '<':
			return "", "", false
		}
	}
	return "", "", false
}

// tagName reads the name of a tag, small, and whether it is a closing one. The "<" may be missing.
func tagName(tag string) (name string, closing bool) {
	tag, closing = strings.CutPrefix(strings.TrimPrefix(tag, "<"), "/")
	n := 0
	for n < len(tag) && (isASCIILetter(tag[n]) || tag[n] >= '0' && tag[n] <= '9') {
		n++
	}
	return strings.ToLower(tag[:n]), closing
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// unseen holds the tags whose content is not for readers.
var unseen = lexicon.Set(`script style template noscript iframe object svg math head title textarea select`)

// blockTags begin a paragraph.
var blockTags = lexicon.Set(`p div br hr li ul ol dl dt dd tr table thead tbody section article aside header footer
	main nav blockquote pre h1 h2 h3 h4 h5 h6 figure figcaption details summary form fieldset address center`)
