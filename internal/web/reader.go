package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

const sliceSize = 200 // ours: paragraphs of a page; a page of them is some hundred KB

// A readerPage is a slice of a document.
type readerPage struct {
	Title, Author, Source, URL, Published string
	From, To, Total                       int
	Prev, Next                            int // the first paragraph of the slice before and behind; 0 for none
	Cited                                 []citedLink
	Changed                               int // the number of the cited paragraph whose text has changed since; 0 for none
	Gone                                  int // … that is no longer there
	Parts                                 []part
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
	Headings []head
	Kind     string
	Language string
	Segments []segment
	Cited    bool
}

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
		s.missing(w)
		return
	}
	s.read(w, r, server)
}

func (s *Site) read(w http.ResponseWriter, r *http.Request, server string) {
	corpus, release := s.Corpus(r.Context(), server)
	defer release()
	if corpus == nil {
		s.missing(w)
		return
	}
	d, ok := corpus.Document(r.PathValue("slug"))
	if !ok || len(d.Passages) == 0 {
		s.missing(w)
		return
	}
	q := r.URL.Query()
	page := pageOf(d, citedIn{at: number(q.Get("p")), mark: q.Get("t"), bold: q.Get("m"), others: numbers(q.Get("c"))})
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
func pageOf(d article.Document, c citedIn) readerPage {
	total := len(d.Passages)
	p := readerPage{Title: d.Title, Author: d.Author, Source: d.Source, URL: safeURL(d.URL), Total: total}
	if p.Title == "" {
		p.Title = d.Slug
	}
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
	for _, n := range c.others {
		if n >= 1 && n <= total {
			p.Cited = append(p.Cited, citedLink{n, "?p=" + strconv.Itoa(n) + "&c=" + join(c.others) + "#p" + strconv.Itoa(n),
				n == c.at})
		}
	}
	path := []string(nil)
	for i, passage := range d.Passages[p.From-1 : p.To] {
		made := part{N: p.From + i, Kind: passage.Kind.String(), Language: passage.Language()}
		made.Headings, path = headings(path, passage.Path)
		made.Cited = made.N == c.at && c.at > 0 && c.mark != "" || slices.Contains(c.others, made.N)
		bold := ""
		if made.N == c.at {
			bold = c.bold
			if c.mark != "" && c.mark != textMark(passage.Text) {
				p.Changed, bold = made.N, ""
			}
		}
		made.Segments = segments(passage.Text, bold)
		p.Parts = append(p.Parts, made)
	}
	return p
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
	for _, span := range commands.ReadSpans(bold, text) {
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
