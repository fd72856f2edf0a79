package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// What the playground offers, in this order. They change nothing.
var offered = []string{"ask", "find", "check", "quote", "timeline", "summary", "who"}

const (
	documentParam = "document"
	actionMark    = "a." // in front of the arguments of a button
	maxPicture    = 4 << 20
	maxListed     = 500 // ours: documents in the menu
)

// A playPage is the playground with what was asked and answered.
type playPage struct {
	frame
	Say       playWords
	Commands  []choice
	Documents []choice
	Text      string
	Failed    string // why there is no answer
	Blocks    []shownBlock
	Sources   []shownSource
	Actions   []shownAction
	Picture   template.URL // as data; made by us
	Alt       string
}

type choice struct {
	Value, Label string
	Chosen       bool
}

type shownBlock struct {
	Kind     string
	Segments []segment
	Cites    []shownCite
}

type shownCite struct{ Mark, Link string }

type shownSource struct {
	Mark, Title, Link, Text string
}

type shownAction struct {
	Label, Command string
	Args           []choice
}

func (s *Site) playground(w http.ResponseWriter, r *http.Request) {
	s.show(w, "play.html", s.form(r, "ask", ""))
}

// form is the page without an answer.
func (s *Site) form(r *http.Request, command, document string) playPage {
	say := printer(r)
	p := playPage{frame: frameOf(say), Say: playWordsOf(say)}
	for _, name := range offered {
		if c, ok := s.Table.Lookup(name); ok {
			p.Commands = append(p.Commands, choice{name, name + " – " + say.Fixed(c.Summary), name == command})
		}
	}
	corpus, release := s.Corpus(r.Context(), "")
	defer release()
	if corpus == nil {
		return p
	}
	documents := corpus.Documents()
	for _, d := range documents[:min(len(documents), maxListed)] {
		p.Documents = append(p.Documents, choice{d.Slug, d.Title, d.Slug == document})
	}
	return p
}

// play runs what was asked. A button of an answer carries a command with its arguments; it may call what is offered,
// and what opens a paragraph.
func (s *Site) play(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		s.missing(w, r)
		return
	}
	name, text, document := r.PostForm.Get("command"), strings.TrimSpace(r.PostForm.Get("text")),
		r.PostForm.Get(documentParam)
	p := s.form(r, name, document)
	p.Text = text
	c, ok := s.Table.Lookup(name)
	if !ok || c.Admin || !slices.Contains(offered, name) && name != "paragraph" && name != "withheld" {
		s.missing(w, r)
		return
	}
	in := commands.Input{From: commands.Chat, Lang: printer(r), Args: commands.Args{}}
	if document != "" {
		in.Args[documentParam] = document
	}
	for key, values := range r.PostForm {
		if arg, ok := strings.CutPrefix(key, actionMark); ok && values[0] != "" {
			in.Args[arg] = values[0]
		}
	}
	if i := slices.IndexFunc(c.Params, func(p commands.Param) bool { return p.Rest }); i >= 0 && text != "" {
		in.Args[c.Params[i].Name] = text
	}
	reply, err := s.Table.Run(r.Context(), name, in)
	if err != nil {
		p.Failed, _ = s.Table.Public(err, in.Lang)
	} else {
		s.fill(r.Context(), &p, reply)
	}
	w.Header().Set("Cache-Control", "no-store")
	s.show(w, "play.html", p)
}

// kinds name the blocks for the page.
var kinds = map[commands.BlockKind]string{commands.Sentence: "sentence", commands.Para: "para",
	commands.Heading: "heading", commands.Quote: "quote",
	commands.Item: "item", commands.Small: "small", commands.Byline: "byline"}

// fill puts a reply into the page.
func (s *Site) fill(ctx context.Context, p *playPage, r commands.Reply) {
	mark := r.Marks()
	links := map[article.Ref]string{}
	for _, source := range r.Sources {
		link := s.path(ctx, r, source)
		links[source.Ref] = link
		p.Sources = append(p.Sources, shownSource{mark(source.Ref), source.Title, link, source.Text})
	}
	for _, b := range r.Blocks {
		shown := shownBlock{Kind: kinds[b.Kind]}
		for _, name := range b.Commands {
			shown.Segments = append(shown.Segments, segment{"/" + name, true}, segment{Text: " "})
		}
		at := 0
		for _, span := range b.Bold {
			shown.Segments = append(shown.Segments, segment{Text: b.Text[at:span.Start]},
				segment{b.Text[span.Start:span.End], true})
			at = span.End
		}
		shown.Segments = append(shown.Segments, segment{Text: b.Text[at:]})
		for _, ref := range b.Cites {
			link := links[ref]
			if named, ok := s.passage(ctx, ref); link == "" && ok { // the nearest, where the documents do not say
				link = s.path(ctx, r, named)
			}
			shown.Cites = append(shown.Cites, shownCite{mark(ref), link})
		}
		if b.More > 0 {
			shown.Cites = append(shown.Cites, shownCite{Mark: strings.TrimSpace(b.Others())})
		}
		p.Blocks = append(p.Blocks, shown)
	}
	for _, a := range r.Actions {
		if a.Form || !slices.Contains(offered, a.Command) && a.Command != "paragraph" && a.Command != "withheld" {
			continue
		}
		shown := shownAction{Label: a.Label, Command: a.Command}
		for name, value := range a.Args {
			shown.Args = append(shown.Args, choice{Value: value, Label: actionMark + name})
		}
		p.Actions = append(p.Actions, shown)
	}
	p.draw(r.File)
}

// passage is a paragraph of everybody's documents.
func (s *Site) passage(ctx context.Context, ref article.Ref) (article.Passage, bool) {
	corpus, release := s.Corpus(ctx, "")
	defer release()
	if corpus == nil {
		return article.Passage{}, false
	}
	return corpus.Passage(ref)
}

// path leads to a paragraph of a reply on this site.
func (s *Site) path(_ context.Context, r commands.Reply, p article.Passage) string {
	if s.Links == nil {
		return ""
	}
	return strings.TrimPrefix(s.Links.Permalink(CitationOf("", r, p)), s.Links.base)
}

// CitationOf is the citation of a reply's source, as its button has it.
func CitationOf(server string, r commands.Reply, p article.Passage) Citation {
	c := Citation{Server: server, Passage: p}
	for _, other := range r.Sources {
		if other.Ref.Slug == p.Ref.Slug {
			c.Cited = append(c.Cited, other.Ref.N)
		}
	}
	slices.Sort(c.Cited)
	c.Cited = slices.Compact(c.Cited)
	c.Bold = r.Cited(p.Ref)
	return c
}

// draw puts a picture into the page.
func (p *playPage) draw(f *commands.File) {
	if f == nil || f.MediaType != "image/png" {
		return
	}
	var data bytes.Buffer
	if err := f.Write(&data); err != nil || data.Len() > maxPicture {
		return
	}
	encoded := base64.StdEncoding.EncodeToString(data.Bytes())
	p.Picture = template.URL("data:image/png;base64," + encoded) //nolint:gosec // digits and letters of ours
	p.Alt = f.Alt
}
