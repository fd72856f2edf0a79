package render

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// A markFunc writes a reference to a paragraph as readers see it, without brackets.
type markFunc = func(article.Ref) string

const maxSourceNumbers = 20 // ours: paragraphs named per document in the small print

// sourceText is "Title: ¶3, ¶9"; the slug stands in for a title that is empty. The numbers are in order.
func sourceText(title, slug string, numbers []int, say lang.Printer) string {
	if strings.TrimSpace(title) == "" {
		title = slug
	}
	var b strings.Builder
	b.WriteString(say.Isolate(text.Clip(title, maxSourceTitle)) + ": ")
	for i, n := range numbers {
		if i == maxSourceNumbers {
			b.WriteString(" " + say.Text("and %d more", len(numbers)-i))
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(say.Isolate("¶" + strconv.Itoa(n)))
	}
	return b.String()
}

const maxSourceTitle = 120 // ours: characters of a title in the small print

// shownLink is an address as it may stand in a link of ours: one of the web, with nothing in it that ends the link.
func shownLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" ||
		strings.ContainsAny(u.String(), "<>() \\\n") {
		return ""
	}
	return u.String()
}

// linkedSource is "Title › Heading: ¶3, ¶9", of which title and heading lead to where the paragraphs stand on the web.
// The address is the operator's own; the text is escaped like any other.
func linkedSource(p article.Passage, sources []article.Passage, say lang.Printer) line {
	title := p.Title
	if strings.TrimSpace(title) == "" {
		title = p.Ref.Slug
	}
	if p.Path != "" {
		title += article.PathMark + p.Path
	}
	title = Escape(text.Clip(title, maxSourceTitle))
	if address := shownLink(p.Link()); address != "" {
		title = "[" + title + "](<" + address + ">)"
	}
	var numbers []int
	for _, s := range sources {
		if s.Link() == p.Link() {
			numbers = append(numbers, s.Ref.N)
		}
	}
	slices.Sort(numbers)
	made := frame(commands.Small)
	made.words = []word{{segs: []seg{{text: say.Isolate(title) + ":"}}}}
	for i, n := range slices.Compact(numbers) {
		if i == maxSourceNumbers {
			break
		}
		made.words = append(made.words, word{segs: []seg{{text: Escape(say.Isolate("¶" + strconv.Itoa(n)))}}, sep: 1})
	}
	return made
}

const (
	maxLinked    = 5   // ours: sources with an address below an answer
	maxLinkRunes = 800 // ours: characters of all of them, of the 2,000 of a message
)

// linksOf are the addresses of the first sources, as many as there is room for.
func linksOf(r commands.Reply, link func(article.Passage) string) map[article.Ref]string {
	if link == nil {
		return nil
	}
	links, room := map[article.Ref]string{}, maxLinkRunes
	for _, p := range r.Sources[:min(len(r.Sources), maxLinked)] {
		address := link(p)
		if room -= len(address); address == "" || room < 0 {
			continue
		}
		links[p.Ref] = address
	}
	return links
}

// linkNumbers makes links of the numbers that stand in the lines of a document's sources.
func linkNumbers(lines []line, slug string, links map[article.Ref]string) {
	for _, l := range lines {
		for i, w := range l.words {
			if i == 0 || len(w.segs) != 1 { // the title comes first
				continue
			}
			shown, comma := strings.CutSuffix(w.segs[0].text, ",")
			n, err := strconv.Atoi(strings.TrimPrefix(lang.Bare(shown), "¶"))
			address := links[article.Ref{Slug: slug, N: n}]
			if err != nil || address == "" || !strings.HasPrefix(lang.Bare(shown), "¶") {
				continue
			}
			text := "[" + shown + "](<" + address + ">)"
			if comma {
				text += ","
			}
			l.words[i].segs = []seg{{text: text}}
		}
	}
}
