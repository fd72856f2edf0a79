package convert

import (
	"cmp"
	"pilcrow/internal/byline"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A pageFacts is what a page says of itself, by where it says it.
type pageFacts struct {
	headline, ogTitle, titleTag, h1 string
	description                     string
	site                            string
	author                          string
	published                       time.Time
	leads                           map[string]bool // the short lines of the article, without space
}

// hasLine reports a line of the article, and not of what stands beside it.
func (f pageFacts) hasLine(text string) bool { return f.leads[strings.Join(strings.Fields(text), "")] }

// factsOf reads the metadata of a page before anything is taken out of it but what nobody sees.
func factsOf(root *html.Node, address string) pageFacts {
	f := factFinder{meta: map[string]string{}, leads: map[string]bool{}}
	f.walk(root, false)
	facts := pageFacts{
		ogTitle: f.first("og:title", "twitter:title", "dc.title", "citation_title"), titleTag: f.title, h1: f.h1,
		description: f.first("og:description", "description", "twitter:description"),
		site:        f.first("og:site_name", "application-name"), leads: f.leads,
	}
	ld := structured(f.scripts)
	facts.headline = ld.headline
	if facts.site == "" {
		facts.site = ld.publisher
	}
	facts.author = firstAuthor(
		ld.author,
		f.authorLabel(),
		f.first("author", "article:author", "dc.creator", "citation_author", "parsely-author",
			"sailthru.author", "byl"),
		f.byline,
		f.visibleBy,
	)
	if facts.author == "" {
		facts.author = f.nicks.first()
	}
	for _, day := range []time.Time{ld.published, f.metaDay(), f.pubdate, f.labeled, f.shown, dayOfAddress(address),
		ld.pagePublished} {
		if !day.IsZero() {
			facts.published = day
			break
		}
	}
	return facts
}

// title is the title without the site's name behind or before it.
func (f pageFacts) title() string {
	fold := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	whole, h := fold(f.titleTag+" "+f.ogTitle+" "+f.headline), fold(f.h1)
	tail := strings.HasSuffix(strings.TrimRight(fold(f.titleTag), " :|-–—"), h) &&
		fold(f.titleTag) != h // the site's name as a heading
	if h != "" && strings.Contains(whole, h) && h != fold(f.site) && len(strings.Fields(h)) > 1 && !tail {
		return strings.Join(strings.Fields(f.h1), " ")
	}
	for _, t := range []string{f.headline, f.ogTitle, f.titleTag, f.h1} {
		if t = f.withoutSite(strings.Join(strings.Fields(t), " ")); t != "" {
			return t
		}
	}
	return ""
}

var titleSeparator = regexp.MustCompile(`\s+[|–—\-·•»«›:~/]+\s+|\s*[|]\s*|:\s+`)

// withoutSite takes the site's name from the end or the beginning of a title. Without one, what stands behind the
// last separator is taken for it where it is short and what stands before is not.
func (f pageFacts) withoutSite(title string) string {
	cuts := titleSeparator.FindAllStringIndex(title, -1)
	if len(cuts) == 0 {
		return title
	}
	site := strings.ToLower(strings.TrimSpace(f.site))
	for _, c := range cuts {
		head, tail := title[:c[0]], title[c[1]:]
		switch {
		case site == "":
		case strings.EqualFold(strings.TrimSpace(tail), site):
			return head
		case strings.EqualFold(strings.TrimSpace(head), site):
			return tail
		}
	}
	last := cuts[len(cuts)-1]
	head, tail := title[:last[0]], title[last[1]:]
	const shortest, longest = 3, 4 // words of a title, and of a site's name
	sign := strings.TrimSpace(title[last[0]:last[1]])
	if sign != ":" && len(strings.Fields(head)) >= shortest && len(strings.Fields(tail)) <= longest &&
		!strings.ContainsAny(tail, "0123456789?!") {
		return head
	}
	return title
}

// A factFinder walks a page once.
type factFinder struct {
	meta    map[string]string
	leads   map[string]bool
	scripts []string
	title   string
	h1      string
	byline  string
	nicks   nicknames
	// visibleBy is a line such as "by Ann Berg" near the title.
	visibleBy               string
	pubdate, labeled, shown time.Time
	blocks                  int  // blocks of text that were met
	began                   bool // a paragraph of the text was met
}

func (f *factFinder) first(names ...string) string {
	for _, n := range names {
		if v := strings.TrimSpace(f.meta[n]); v != "" {
			return v
		}
	}
	return ""
}

// authorLabel reads Twitter's pairs of label and value.
func (f *factFinder) authorLabel() string {
	for _, n := range []string{"1", "2"} {
		if label := strings.ToLower(f.meta["twitter:label"+n]); strings.Contains(label, "written by") ||
			label == "author" ||
			label == "by" {
			return f.meta["twitter:data"+n]
		}
	}
	return ""
}

// metaDay is the day of the first name in the order of dateMeta that has one.
func (f *factFinder) metaDay() time.Time {
	for _, name := range dateMeta {
		if day := anyDay(f.meta[name]); !day.IsZero() {
			return day
		}
	}
	return time.Time{}
}

var dateMeta = []string{
	"article:published_time", "datepublished", "og:published_time", "citation_publication_date", "citation_date",
	"dcterms.issued", "dc.date.issued",
	"dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate",
	"publishdate",
	"publish-date", "publication_date", "article.published", "date", "dc.date", "dcterms.date",
}

func anyDay(s string) time.Time {
	if day := parseDay(s); !day.IsZero() {
		return day
	}
	day, _ := byline.Day(s)
	return day
}

// besideClass names parts of a page that are not the article's.
var besideClass = regexp.MustCompile(
	`(?i)\b(comments?|related|sidebar|recommend\w*|teasers?|more-stories|widgets?|footer|promo)\b`,
)

func (f *factFinder) walk(n *html.Node, beside bool) {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		tag := atomOf(c)
		aside := beside || tag == atom.Aside || tag == atom.Nav || tag == atom.Footer ||
			besideClass.MatchString(attr(c, "class")+" "+attr(c, "id"))
		switch tag {
		case atom.Meta:
			for _, key := range []string{"name", "property", "itemprop"} {
				for name := range strings.FieldsSeq(strings.ToLower(attr(c, key))) {
					if name = strings.ReplaceAll(name, "dc:", "dc."); f.meta[name] == "" {
						f.meta[name] = attr(c, "content")
					}
				}
			}
			continue
		case atom.Script:
			if strings.Contains(strings.ToLower(attr(c, "type")), "ld+json") && c.FirstChild != nil {
				f.scripts = append(f.scripts, c.FirstChild.Data)
			}
			continue
		case atom.Title:
			if f.title == "" {
				f.title = strings.TrimSpace(textOf(c))
			}
			continue
		case atom.H1:
			if f.h1 == "" && !aside {
				f.h1 = strings.TrimSpace(joined(c))
			}
		}
		if !aside {
			f.seen(c, tag)
		}
		f.walk(c, aside)
	}
}

// joined is the text below a node without spaces of its own between elements.
func joined(n *html.Node) string {
	text := ""
	for _, b := range htmlBlocks(n, "") {
		text = strings.TrimSpace(text + " " + b.text)
	}
	return text
}

var (
	bylineClass = regexp.MustCompile(`(?i)(^|[\s_-])(byline|author|authors|writer|p-author)([\s_-]|name|$)`)
	dateClass   = regexp.MustCompile(
		`(?i)(^|[\s_-])(date|dateline|published|posted|pubdate|timestamp|entry-date|post-date|meta|byline|datetime|time|` +
			`infos?)([\s_-]|$)`,
	)
)

// maxLead is how many lines with the author or the day stand around the title.
const maxLead = 12

// seen looks at an element of the article for its author and its day.
func (f *factFinder) seen(n *html.Node, tag atom.Atom) {
	class, item, rel := attr(
		n,
		"class",
	)+" "+attr(
		n,
		"id",
	), strings.ToLower(
		attr(n, "itemprop"),
	), strings.ToLower(
		attr(n, "rel"),
	)
	if tag == atom.Time {
		f.time(n, item)
		return
	}
	if item == "datepublished" && f.pubdate.IsZero() {
		f.pubdate = anyDay(attr(n, "content") + " " + textOf(n))
	}
	text := shortText(n)
	if text != "" {
		f.leads[strings.Join(strings.Fields(text), "")] = true
	}
	f.nicks.see(class, text)
	named := strings.Contains(item, "author") || slices.Contains(strings.Fields(rel), "author") ||
		bylineClass.MatchString(class)
	if !named && !blockElement[tag] && !dateClass.MatchString(class) || tag == atom.Body || tag == atom.Html ||
		tag == atom.Article ||
		tag == atom.Main {
		return
	}
	if text == "" {
		f.began = f.began || tag == atom.P && hasWord(textOf(n))
		return
	}
	switch tag {
	case atom.Td, atom.Th, atom.Tr, atom.Table, atom.Dd, atom.Dt, atom.Dl, atom.Figcaption:
		return // what it dates is what stands beside it
	}
	if named && f.byline == "" && byline.Names(text) != "" && !nickname(text) {
		f.byline = text
	}
	if f.blocks++; (f.began || f.blocks > maxLead) && !named && !dateClass.MatchString(class) &&
		!byline.Publishes(text) {
		return
	}
	signed := false // it names its writer, and the day beside that is the day of writing
	if names, first, ok := byline.Signature(text); ok && byline.Names(names) != "" {
		signed = first
		f.visibleBy = cmp.Or(f.visibleBy, names)
	}
	signed = signed || named && byline.HasBy(text)
	switch day, ok := byline.PublicationDay(text); {
	case ok && f.labeled.IsZero():
		f.labeled = day
	case !ok && f.labeled.IsZero() && f.shown.IsZero() && (signed || dateClass.MatchString(class)) &&
		!byline.Updates(text):
		f.shown, _ = byline.Day(text)
	}
}

// shortText is the text of an element that is no more than a line, "" for another.
func shortText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style {
			b.WriteString(d.Data)
			b.WriteByte(' ')
			if b.Len() > 4*byline.MaxLine {
				return ""
			}
		}
	}
	text := strings.Join(strings.Fields(b.String()), " ")
	if len(text) > byline.MaxLine {
		return ""
	}
	return text
}

// time reads a time element, unless it stands in running text: there it dates what the text tells.
func (f *factFinder) time(n *html.Node, item string) {
	day := anyDay(attr(n, "datetime"))
	if day.IsZero() {
		day, _ = byline.Day(textOf(n))
	}
	_, pubdate := attribute(n, "pubdate")
	switch {
	case day.IsZero() || item == "datemodified":
	case pubdate || item == "datepublished":
		if f.pubdate.IsZero() {
			f.pubdate = day
		}
	case f.shown.IsZero() && !runningText(n):
		f.shown = day
	}
}

// runningText reports that the element is part of a sentence.
func runningText(n *html.Node) bool {
	for e := n.Parent; e != nil; e = e.Parent {
		if blockElement[atomOf(e)] || atomOf(e) == atom.Body {
			text := shortText(e)
			rest := strings.Replace(text, strings.Join(strings.Fields(textOf(n)), " "), "", 1)
			const fewWords = 12
			return text == "" && atomOf(e) != atom.Div && atomOf(e) != atom.Header && atomOf(e) != atom.Section &&
				atomOf(e) != atom.Article ||
				len(strings.Fields(rest)) > fewWords ||
				strings.HasSuffix(rest, ".") && len(strings.Fields(rest)) > 4
		}
	}
	return false
}
