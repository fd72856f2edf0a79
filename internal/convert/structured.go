package convert

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// structuredData is what JSON-LD says of the article, and of the page around it.
type structuredData struct {
	headline, author, publisher string
	published, pagePublished    time.Time
}

// structured reads JSON-LD: of several objects that of the article, not of the website, counts.
func structured(scripts []string) (found structuredData) {
	for _, s := range scripts {
		var v any
		if json.Unmarshal([]byte(strings.TrimSpace(s)), &v) == nil {
			found.read(v, 0)
		}
	}
	return found
}

var articleType = regexp.MustCompile(`(?i)(article|posting|report|review|recipe|analysis|column|speech)$`)

func (s *structuredData) read(v any, depth int) {
	const deepest = 6
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			s.read(e, depth+1)
		}
	case map[string]any:
		switch {
		case slices.ContainsFunc(textsOf(v["@type"]), articleType.MatchString):
			if s.headline == "" {
				s.headline = html.UnescapeString(strings.Join(textsOf(v["headline"]), " "))
			}
			if s.published.IsZero() {
				s.published = parseDay(strings.Join(textsOf(v["datePublished"]), " "))
			}
			if s.author == "" {
				s.author = strings.Join(names(v["author"]), ", ")
			}
			if s.publisher == "" {
				s.publisher = strings.Join(names(v["publisher"]), ", ")
			}
		case s.pagePublished.IsZero():
			s.pagePublished = parseDay(strings.Join(textsOf(v["datePublished"]), " "))
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			s.read(v[key], depth+1)
		}
	}
}

// textsOf is a text, or a list of them.
func textsOf(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				all = append(all, s)
			}
		}
	}
	return all
}

// names reads persons and organizations.
func names(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{html.UnescapeString(v)}
	case []any:
		for _, e := range v {
			all = append(all, names(e)...)
		}
	case map[string]any:
		return names(v["name"])
	}
	return all
}
