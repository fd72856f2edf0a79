package article

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

const (
	maxFrontMatter = 64 << 10 // bytes; a few lines in practice
	maxFieldRunes  = 300      // of a title, an author, a source
	maxURLBytes    = 2000     // what browsers and Discord take
)

// keyLine is how the first line of front matter looks.
var keyLine = regexp.MustCompile(`^[A-Za-z][\w -]*:(\s|$)`)

// yamlLine finds the line in a message of the YAML parser.
var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// frontMatter reads the YAML between the "---" of the first line and the next "---" or "..." into the document, and
// returns the text behind it with the number of lines it took. A text that merely begins with a line is left as it is.
func frontMatter(d *Document, text string, p *problems) (body string, lines int) {
	first, rest, _ := strings.Cut(text, "\n")
	switch strings.TrimRight(first, " \t") {
	case "---":
	case tomlMark:
		return tomlFrontMatter(d, text, rest, p)
	default:
		return text, 0
	}
	head, body, lines, closed := cutFrontMatter(rest, "---", "...")
	if looks := strings.TrimSpace(head); !keyLine.MatchString(looks) && !strings.HasPrefix(looks, "#") &&
		(looks != "" || !closed) {
		return text, 0
	}
	if !closed {
		p.add(1, `the front matter that begins here has no end: put a line "---" behind it`)
		return text, 0
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(head), &root); err != nil {
		msg, line := err.Error(), 1
		if m := yamlLine.FindStringSubmatch(msg); m != nil {
			n, _ := strconv.Atoi(m[1])
			msg, line = msg[len(m[0]):], n+1
		}
		p.add(line, fmt.Sprintf("the front matter is not YAML (%s): write lines like \"title: A title\"", msg))
		return body, lines
	}
	if len(root.Content) == 0 { // empty, or comments alone
		return body, lines
	}
	if root.Content[0].Kind != yaml.MappingNode {
		p.add(2, fmt.Sprintf("the front matter is %s: write lines like \"title: A title\"", kindName(root.Content[0])))
		return body, lines
	}
	fields(d, root.Content[0].Content, p)
	return body, lines
}

// cutFrontMatter parts what follows the first line at the closing line, which is one of the marks. lines counts the
// first and the closing one too.
func cutFrontMatter(rest string, marks ...string) (head, body string, lines int, closed bool) {
	lines = 1
	for at := 0; at <= len(rest) && at <= maxFrontMatter; {
		line, _, more := strings.Cut(rest[at:], "\n")
		lines++
		if slices.Contains(marks, strings.TrimRight(line, " \t")) {
			return rest[:at], rest[min(len(rest), at+len(line)+1):], lines, true
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	return rest, "", lines, false
}

// fields takes over the keys that we know, in pairs of key and value; others are the author's own business.
func fields(d *Document, pairs []*yaml.Node, p *problems) {
	seen := map[string]bool{}
	var named meta
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := strings.ToLower(pairs[i].Value), pairs[i+1]
		line := value.Line + 1
		if take := ours(d, key, line, p); take != nil {
			if seen[key] {
				p.add(pairs[i].Line+1, fmt.Sprintf("%s is given twice: keep one", key))
				continue
			}
			seen[key] = true
			said := texts(value)
			names := key == "author" || key == "source" // of which there may be several
			if value.Kind != yaml.ScalarNode && (!names || len(said) == 0 && len(value.Content) > 0) {
				p.add(line, fmt.Sprintf("%s is %s: write one text behind the colon", key, kindName(value)))
			} else if len(said) > 0 {
				take(strings.Join(said, ", "))
			}
			continue
		}
		named.take(key, value)
	}
	named.complete(d)
}

// ours returns what takes over the value of a key that is Pilcrow's own, whose faults are the author's to mend; nil for
// any other key.
func ours(d *Document, key string, line int, p *problems) func(string) {
	switch key {
	case "title":
		return func(s string) { d.Title = short(key, s, line, p) }
	case "author":
		return func(s string) { d.Author = cut(s, maxFieldRunes) }
	case "source":
		return func(s string) { d.Source = short(key, s, line, p) }
	case "url":
		return func(s string) {
			if strings.HasPrefix(s, "/") { // Hugo: where the page is on its site
				d.route = s
				return
			}
			d.URL = address(s, line, p)
		}
	case "published":
		return func(s string) {
			if s != "true" && s != "false" { // Jekyll: whether the page is
				d.Published = day(s, line, p)
			}
		}
	}
	return nil
}

func short(key, s string, line int, p *problems) string {
	if n := utf8.RuneCountInString(s); n > maxFieldRunes {
		p.add(line, fmt.Sprintf("%s is %d characters long: at most %d", key, n, maxFieldRunes))
		return ""
	}
	return s
}

func address(s string, line int, p *problems) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(s) > maxURLBytes {
		p.add(line, fmt.Sprintf("url: want an address such as https://example.org/article, got %s", quoted(s)))
		return ""
	}
	return s
}

func day(s string, line int, p *problems) time.Time {
	if t, ok := printedDay(s); ok {
		return t
	}
	p.add(line, fmt.Sprintf("published: want a day such as 2022-04-28 (year-month-day), got %s", quoted(s)))
	return time.Time{}
}

// quoted shows what a file says in a message about it.
func quoted(s string) string {
	const maxShown = 60 // runes
	if utf8.RuneCountInString(s) > maxShown {
		s = string([]rune(s)[:maxShown]) + "…"
	}
	return strconv.Quote(s)
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "a set of keys"
	case yaml.AliasNode:
		return "a reference"
	}
	return "a plain text"
}

// oneLine cleans a text, joins its lines with spaces and trims it.
func oneLine(s string) string {
	s = strings.ToValidUTF8(clean(s), "")
	if !strings.Contains(s, "\n") {
		return strings.TrimSpace(s)
	}
	var kept []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, " ")
}
