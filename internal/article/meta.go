package article

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"pilcrow/internal/lexicon"
)

// A meta is what the front matter of other programs (Hugo, Jekyll, Docusaurus, MkDocs, Obsidian) says of a page. What
// of it cannot be read is left out: those who wrote it did not write it for us.
type meta struct {
	title, author   []string // one for each key, in the order of titleKeys and authorKeys; "" for none
	published, last time.Time
	route           string
}

// The keys that say the same, the best first.
var (
	titleKeys  = []string{"sidebar_label", "sidebartitle", "linktitle", "nav_title", "pagetitle"}
	authorKeys = []string{"authors", "byline", "creator"}
	dayKeys    = lexicon.Set("date date_published datepublished pubdate publishdate publish_date created created_at")
	lastKeys   = lexicon.Set("lastmod last_modified last_modified_at lastupdated last_update updated updated_at " +
		"modified date_modified")
	routeKeys = lexicon.Set("permalink slug")
)

// take looks at a key that is not Pilcrow's own.
func (m *meta) take(key string, value *yaml.Node) {
	keep := func(kept *[]string, keys []string) bool {
		i := slices.Index(keys, key)
		if i < 0 {
			return false
		}
		if *kept == nil {
			*kept = make([]string, len(keys))
		}
		(*kept)[i] = strings.Join(texts(value), ", ")
		return true
	}
	switch {
	case keep(&m.title, titleKeys), keep(&m.author, authorKeys):
	case dayKeys[key]:
		m.published = cmp.Or(m.published, dayOf(value))
	case lastKeys[key]:
		m.last = cmp.Or(m.last, dayOf(value))
	case routeKeys[key]:
		m.route = cmp.Or(m.route, strings.Join(texts(value), ""))
	}
}

// complete fills in what the document does not say under Pilcrow's own keys. A page that only says when it was last
// changed was published then, as it is.
func (m *meta) complete(d *Document) {
	d.label = cut(cmp.Or(m.title...), maxFieldRunes)
	d.Author = cmp.Or(d.Author, cut(cmp.Or(m.author...), maxFieldRunes))
	d.Published = cmp.Or(d.Published, m.published, m.last)
	d.route = cmp.Or(d.route, m.route)
}

// maxTexts bounds the names in a list.
const maxTexts = 50

// texts are the texts of a value: of a list its items', of a set of keys its name's. Obsidian writes names as links,
// "[[Ann Berg]]".
func texts(n *yaml.Node) []string {
	var out []string
	switch n.Kind {
	case yaml.ScalarNode:
		s := oneLine(n.Value)
		if inner, ok := strings.CutPrefix(s, "[["); ok && strings.HasSuffix(inner, "]]") {
			s = strings.TrimSuffix(inner, "]]")
		}
		if n.Tag != "!!null" && s != "" {
			out = append(out, s)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if out = append(out, texts(item)...); len(out) > maxTexts {
				return out[:maxTexts]
			}
		}
	case yaml.MappingNode:
		for _, key := range []string{"name", "title", "label"} {
			if value := valueOf(n, key); value != nil && value.Kind == yaml.ScalarNode {
				return texts(value)
			}
		}
	}
	return out
}

// valueOf finds the value of a key, nil for none.
func valueOf(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if strings.EqualFold(mapping.Content[i].Value, key) {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// dayOf reads the day of a value, which Docusaurus and Material keep in a set of keys; zero for none that can be read.
func dayOf(n *yaml.Node) time.Time {
	if n.Kind == yaml.MappingNode {
		for _, key := range []string{"date", "created", "updated"} {
			if value := valueOf(n, key); value != nil {
				return dayOf(value)
			}
		}
		return time.Time{}
	}
	t, _ := printedDay(oneLine(n.Value))
	return t
}

// layouts are how days are written in front matter. What follows the day, an hour and a zone, is looked at only to know
// that it is one.
var layouts = []string{
	time.DateOnly, time.RFC3339, time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 MST",
	"2006-01-02 15:04 -0700",
	"2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", "2006-1-2", "2006/01/02", "2006/01/02 15:04:05",
	"January 2, 2006", "Jan 2, 2006",
	"2 January 2006", "2 Jan 2006", time.RFC1123, time.RFC1123Z,
}

// printedDay reads a day as it is printed, whatever the zone that is printed with it: midnight UTC of that day.
func printedDay(s string) (time.Time, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), true
		}
	}
	return time.Time{}, false
}

// tomlMark is the line before and behind front matter in TOML, as Hugo has it.
const tomlMark = "+++"

// tomlFrontMatter reads front matter in TOML; rest is the text behind its first line.
func tomlFrontMatter(d *Document, text, rest string, p *problems) (body string, lines int) {
	head, body, lines, closed := cutFrontMatter(rest, tomlMark)
	if !closed {
		return text, 0
	}
	var table map[string]any
	if _, err := toml.Decode(head, &table); err != nil {
		line, msg := 1, "the front matter is not TOML"
		if bad, ok := errors.AsType[toml.ParseError](err); ok {
			line, msg = bad.Position.Line+1, msg+" ("+oneLine(bad.Message)+")"
		}
		p.add(line, msg+`: write lines like title = "A title"`)
		return body, lines
	}
	fields(d, yamlOf(table).Content, p)
	return body, lines
}

// yamlOf is a value of TOML as YAML has it. Keys are in order, as every run is to say the same.
func yamlOf(value any) *yaml.Node {
	switch v := value.(type) {
	case map[string]any:
		n := &yaml.Node{Kind: yaml.MappingNode}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, yamlOf(v[key]))
		}
		return n
	case []map[string]any:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range v {
			n.Content = append(n.Content, yamlOf(item))
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range v {
			n.Content = append(n.Content, yamlOf(item))
		}
		return n
	case time.Time:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: v.Format(time.RFC3339)}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(value)}
}
