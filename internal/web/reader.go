package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
)

const sliceSize = 200 // ours: paragraphs of a page; a page of them is some hundred KB

// A readerPage is a slice of a document.
type readerPage struct {
	frame
	Language, Dir                         string // of the document: "ur", "rtl"; "" and "auto" where they are not known
	Title, Author, Source, URL, Published string
	From, To, Total                       int
	Prev, Next                            int // the first paragraph of the slice before and behind; 0 for none
	Cited                                 []citedLink
	Changed                               int // the number of the cited paragraph whose text has changed since; 0 for none
	Gone                                  int // … that is no longer there
	Parts                                 []part
	Say                                   readerWords
}

// A citedLink leads to another paragraph that the same answer cites.
type citedLink struct {
	N       int
	Query   string
	Current bool
}

// A part is a paragraph with the headings that begin at it.
type part struct {
	N        int
	Name     string // for those who hear the page
	Headings []head
	Kind     string
	Marked   bool // an item that says its number by itself
	Segments []segment
	Cited    bool
	Ways     []way
}

// A way leads from a paragraph to another: the citation before or behind, the note, or what is noted.
type way struct{ Text, Name, Query string }

type head struct {
	Level int // 2 to 6
	Text  string
}

// A segment is text that is marked, or not.
type segment struct {
	Text string
	Mark bool
}

// readShared shows a document that is everybody's.
func (s *Site) readShared(w http.ResponseWriter, r *http.Request) { s.read(w, r, "") }

// readOwn shows a server's own document to whoever has a link that is signed for it.
func (s *Site) readOwn(w http.ResponseWriter, r *http.Request) {
	server, ok := s.Links.open(r.PathValue("seal"), r.PathValue("slug"))
	if !ok {
		s.missing(w, r)
		return
	}
	s.read(w, r, server)
}

func (s *Site) read(w http.ResponseWriter, r *http.Request, server string) {
	corpus, release := s.Corpus(r.Context(), server)
	defer release()
	if corpus == nil {
		s.missing(w, r)
		return
	}
	d, ok := corpus.Document(r.PathValue("slug"))
	if !ok || len(d.Passages) == 0 {
		s.missing(w, r)
		return
	}
	q, say := r.URL.Query(), printer(r)
	cited := citedIn{at: number(q.Get("p")), mark: q.Get("t"), bold: q.Get("m"), others: numbers(q.Get("c"))}
	page := pageOf(d, cited, say)
	w.Header().Set("Cache-Control", "private, no-cache")
	s.show(w, "reader.html", page)
}

// citedIn is what a link says of a citation. Nothing of it is trusted.
type citedIn struct {
	at     int
	mark   string // of the paragraph's text
	bold   string // the words
	others []int
}

// pageOf is the slice of a document where the cited paragraph stands. It is pure.
func pageOf(d article.Document, c citedIn, say lang.Printer) readerPage {
	total := len(d.Passages)
	p := readerPage{frame: frameOf(say), Title: cmp.Or(d.Title, d.Slug), Author: d.Author, Source: d.Source,
		URL: safeURL(d.URL), Total: total, Dir: "auto"}
	p.Language, p.Dir = tongueOf(d)
	if !d.Published.IsZero() {
		p.Published = d.Published.Format(time.DateOnly)
	}
	if c.at > total {
		p.Gone = c.at
	}
	at := min(max(c.at, 1), total)
	p.From = (at-1)/sliceSize*sliceSize + 1
	p.To = min(p.From+sliceSize-1, total)
	if p.From > 1 {
		p.Prev = p.From - sliceSize
	}
	if p.To < total {
		p.Next = p.To + 1
	}
	cited := slices.Sorted(slices.Values(slices.DeleteFunc(slices.Clone(c.others), func(n int) bool { return n > total })))
	for _, n := range cited {
		p.Cited = append(p.Cited, citedLink{n, c.query(n), n == c.at})
	}
	path := []string(nil)
	for i, passage := range d.Passages[p.From-1 : p.To] {
		made := part{N: p.From + i, Kind: passage.Kind.String()}
		made.Name = say.Text("Paragraph %s", strconv.Itoa(made.N))
		made.Marked = passage.Kind == article.ListItem && isMarked(passage.Text)
		made.Headings, path = headings(path, passage.Path)
		at, isCited := slices.BinarySearch(cited, made.N)
		made.Cited = isCited || made.N == c.at && c.mark != ""
		bold := ""
		if made.N == c.at {
			bold = c.bold
			if c.mark != "" && c.mark != textMark(passage.Text) {
				p.Changed, bold = made.N, ""
			}
		}
		made.Segments = segments(passage.Text, bold)
		if isCited {
			made.Ways = c.neighbors(cited, at, say)
		}
		p.Parts = append(p.Parts, made)
	}
	p.notes(d.Passages, c, say)
	p.Say = wordsOf(say, p)
	return p
}

// query leads to a paragraph on the page that has it, with the citations.
func (c citedIn) query(n int) string {
	cited := ""
	if len(c.others) > 0 {
		cited = "&c=" + join(c.others)
	}
	return "?p=" + strconv.Itoa(n) + cited + "#p" + strconv.Itoa(n)
}

// neighbors lead from a citation to those before and behind it.
func (c citedIn) neighbors(cited []int, at int, say lang.Printer) (ways []way) {
	if at > 0 {
		n := strconv.Itoa(cited[at-1])
		ways = append(ways, way{"‹ " + lang.Apart("¶"+n), say.Text("Previous citation: ¶%s", n), c.query(cited[at-1])})
	}
	if at+1 < len(cited) {
		n := strconv.Itoa(cited[at+1])
		ways = append(ways, way{lang.Apart("¶"+n) + " ›", say.Text("Next citation: ¶%s", n), c.query(cited[at+1])})
	}
	return ways
}

// notes lead from a footnote to where its mark stands. A page has those of its own paragraphs.
func (p *readerPage) notes(passages []article.Passage, c citedIn, say lang.Printer) {
	for i := range p.Parts {
		passage := passages[p.From-1+i]
		marked := int(passage.Noted)
		if marked == 0 {
			continue
		}
		from, to := strconv.Itoa(marked), strconv.Itoa(p.Parts[i].N)
		p.Parts[i].Ways = append(p.Parts[i].Ways,
			way{lang.Apart("¶" + from), say.Text("The note is on ¶%s", from), c.query(marked)})
		if at := marked - p.From; at >= 0 && at < len(p.Parts) {
			p.Parts[at].Ways = append(p.Parts[at].Ways,
				way{"* " + lang.Apart("¶"+to), say.Text("Note: ¶%s", to), c.query(p.Parts[i].N)})
		}
	}
}

// isMarked tells whether an item of a list begins with its number or letter.
func isMarked(text string) bool {
	first, _, more := strings.Cut(text, " ")
	end := strings.TrimRight(first, ".)")
	return more && end != first && utf8.RuneCountInString(end) <= maxItemMark
}

const (
	maxItemMark    = 5    // characters of an item's number: "xviii"
	maxTongueBytes = 2000 // of a document, that its language is told by
)

// tongueOf is the language of a document and the direction that it is written in.
func tongueOf(d article.Document) (language, dir string) {
	var first strings.Builder
	for _, p := range d.Passages {
		if p.Kind != article.Code {
			first.WriteString(p.Text + "\n")
		}
		if first.Len() > maxTongueBytes {
			break
		}
	}
	locale, ok := lang.Detect(first.String())
	switch {
	case !ok:
		return "", "auto"
	case lang.For(locale).RightToLeft():
		return locale, "rtl"
	}
	return locale, "ltr"
}

// headings are those of a paragraph that were not open before it.
func headings(open []string, path string) (begin []head, now []string) {
	if path != "" {
		now = strings.Split(path, article.PathMark)
	}
	same := 0
	for same < len(open) && same < len(now) && open[same] == now[same] {
		same++
	}
	for i := same; i < len(now); i++ {
		if text := strings.TrimSpace(now[i]); text != "" {
			begin = append(begin, head{min(i+2, 6), text})
		}
	}
	return begin, now
}

// segments cuts a text at the words that are marked.
func segments(text, bold string) []segment {
	var out []segment
	at := 0
	for _, span := range paragraph.ReadSpans(bold, text) {
		if span.Start > at {
			out = append(out, segment{Text: text[at:span.Start]})
		}
		out = append(out, segment{text[span.Start:span.End], true})
		at = span.End
	}
	if at < len(text) {
		out = append(out, segment{Text: text[at:]})
	}
	return out
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// numbers reads "3.9.12"; what is no number, and what is too much, is left out.
func numbers(s string) []int {
	var out []int
	for part := range strings.SplitSeq(s, ".") {
		if n := number(part); n > 0 && len(out) < maxCited && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func join(list []int) string {
	parts := make([]string, len(list))
	for i, n := range list {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ".")
}
