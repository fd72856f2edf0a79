package admin

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
)

const (
	listCommand  = "documents list"
	showCommand  = "documents show"
	privateParam = "private" // a transport shows the reply to the caller alone
	listedPage   = 8         // documents on a page: as many rows fit Discord's 40 components with lines between them
)

func (t *Table) listDocuments() commands.Command {
	return commands.Command{
		Name:    listCommand,
		Summary: "List the documents that can be asked about here",
		Params: []commands.Param{
			{Name: privateParam, Summary: "Only you see the list; if you manage the documents, with where each comes from",
				Type: commands.Flag},
			commands.PageParam(),
		},
		Only: commands.Chat,
		Run:  t.runList,
	}
}

// runList shows what can be asked here. Where each document comes from, and what is kept from this channel, is shown to
// those who manage the documents, and to nobody else: so in private alone.
func (t *Table) runList(_ context.Context, in commands.Input) (commands.Reply, error) {
	manages := in.Manages && t.Library != nil && in.Server != ""
	inside := manages && in.Args[privateParam] != ""
	v, err := t.View(in)
	shown, hidden := v.Documents, []string(nil)
	if inside {
		hidden = t.Library.Hidden(in.Server)
		if all, other := t.Held(in); other == nil {
			shown, err = all.Documents, nil
		} else if len(hidden) > 0 {
			err = nil
		}
	}
	if err != nil {
		return commands.Reply{}, err
	}
	var places []library.Place
	if inside {
		places = t.Library.Scopes(in.Server)
	}
	j := listJSON{Documents: []listedJSON{}}
	var entries []paragraph.Entry
	for _, g := range grouped(shown, t.knownSources()) {
		var head []commands.Block
		if g.source != nil {
			head = []commands.Block{t.sourceLine(in.Lang, g, inside)}
		}
		for _, d := range g.documents {
			e, l := t.listed(in, d, v.Documents, places, inside)
			e.Blocks, head = append(head, e.Blocks...), nil
			if g.source != nil {
				l.Source = g.source.Name
			}
			entries, j.Documents = append(entries, e), append(j.Documents, l)
		}
	}
	for _, slug := range hidden {
		entries = append(entries, paragraph.Entry{
			Blocks: []commands.Block{{Kind: commands.Para, Text: in.Lang.Text("%s: shared, hidden on this server", slug)}},
			Actions: []commands.Action{{Label: in.Lang.Text("Show %s again", slug), Short: in.Lang.Text("Show again"),
				Command: unhideCommand, Args: commands.Args{"document": slug}}}})
	}
	var r commands.Reply
	r.Say(commands.Heading, in.Lang.Text("%d documents", len(shown)))
	listPages(&r, entries, listCommand, in, listedPage)
	if manages && !inside {
		r.Say(commands.Small, in.Lang.Text("Where each comes from: /documents list private: True"))
	}
	r.JSON = commands.Machine(j)
	return r, nil
}

// listed is a document of a list; inside adds where it comes from, and whether it is among the visible ones of the
// channel.
func (t *Table) listed(in commands.Input, d article.Document, visible []article.Document, places []library.Place,
	inside bool) (paragraph.Entry, listedJSON) {
	e := paragraph.Entry{Blocks: documentRow(in.Lang, d), Actions: []commands.Action{{Label: commands.ShownTitle(d.Title),
		Short: in.Lang.Text("Details"), Command: showCommand, Args: commands.Args{"document": d.Slug}}}}
	l := listedJSON{Document: d.Slug, Title: d.Title, Published: commands.ISODay(d.Published), Paragraphs: len(d.Passages)}
	if !inside {
		return e, l
	}
	info, _ := t.Library.About(in.Server, d.Slug)
	facts := t.provenance(in.Lang, info)
	if !slices.ContainsFunc(visible, func(o article.Document) bool { return o.Slug == d.Slug }) {
		facts = append(facts, in.Lang.Text("not in this channel"))
	}
	e.Blocks = append(e.Blocks, commands.Block{Kind: commands.Small, Text: strings.Join(facts, " · ")})
	if tied := tiedTo(places, d.Slug); len(tied) > 0 {
		e.Blocks = append(e.Blocks, commands.Block{Kind: commands.Small, Text: in.Lang.Text("channels that are tied to it:"),
			Channels: tied})
	}
	l.Own, l.From, l.GoneSince = info.Own, info.From, commands.RFC3339(info.GoneSince)
	return e, l
}

// tiedTo are the first channels that are tied to the document.
func tiedTo(places []library.Place, slug string) []string {
	var channels []string
	for _, p := range places {
		if p.ID != "" && slices.Contains(p.Slugs, slug) && len(channels) < commands.MaxActions {
			channels = append(channels, p.ID)
		}
	}
	return channels
}

// provenance says where a document comes from, a phrase each.
func (t *Table) provenance(p lang.Printer, info library.Info) []string {
	kind := p.Text("shared by whoever runs me")
	switch {
	case info.Own && info.Over:
		kind = p.Text("this server's own, in the place of a shared one")
	case info.Own:
		kind = p.Text("this server's own")
	}
	out := []string{kind}
	if info.From != "" {
		out = append(out, commands.Clip(info.From, commands.MaxNameRunes))
	}
	switch {
	case info.Added.IsZero():
	case info.By == (library.Who{Name: "address"}): // the page had changed
		out = append(out, p.Text("as its address had it on %s", commands.Timestamp(info.Added)))
	default:
		out = append(out, p.Text("added %s by %s", commands.Timestamp(info.Added), cmp.Or(info.By.Name, p.Text("somebody"))))
	}
	if !info.Fetched.IsZero() {
		out = append(out, p.Text("the address was last read %s", commands.Ago(p, t.Now().Sub(info.Fetched))))
	}
	if !info.GoneSince.IsZero() {
		out = append(out, p.Text("the page has been gone since %s", commands.Timestamp(info.GoneSince)))
	}
	if info.Broken {
		out = append(out, p.Text("could not be loaded"))
	}
	return out
}

func (t *Table) showDocument() commands.Command {
	only := t.DocumentParam()
	only.Summary, only.Required = "Which document", true
	return commands.Command{
		Name:    showCommand,
		Summary: "Show what a document is: author, date, source, and how it begins",
		Params:  []commands.Param{only},
		Only:    commands.Chat,
		Private: true,
		Run:     t.runShowDocument,
	}
}

func (t *Table) runShowDocument(ctx context.Context, in commands.Input) (commands.Reply, error) {
	look := t.View
	manages := in.Manages && t.Library != nil && in.Server != ""
	if manages {
		look = t.Held
	}
	v, err := look(in)
	if err != nil {
		return commands.Reply{}, err
	}
	d := v.Documents[0]
	r := commands.Reply{Share: true}
	r.Say(commands.Heading, commands.ShownTitle(d.Title))
	r.Say(commands.Para, strings.Join(particulars(in.Lang, d), " · "))
	sayFirstLines(&r, d)
	r.Row(1, 0, 0)
	r.Say(commands.Small, in.Lang.Text("Digest of the text: %s", d.Digest()[:shortDigest]))
	j := shownJSON{Document: d.Slug, Title: d.Title, Author: d.Author, Source: d.Source, URL: d.URL,
		Published:  commands.ISODay(d.Published),
		Paragraphs: len(d.Passages), Digest: d.Digest()}
	if manages {
		r.Share = false
		info, _ := t.Library.About(in.Server, d.Slug)
		for _, fact := range t.provenance(in.Lang, info) {
			r.Say(commands.Item, fact)
		}
		if info.SHA256 != "" {
			r.Say(commands.Item, in.Lang.Text("Kept: %d bytes; SHA-256 of the original: %s", info.Bytes, info.SHA256))
		}
		if err := t.attachOriginal(ctx, in, d, &r); err != nil {
			return commands.Reply{}, err
		}
		r.Actions = []commands.Action{
			{Label: in.Lang.Text("Read again"), Command: "reload", Args: commands.Args{"document": d.Slug}},
			{Label: in.Lang.Text("Remove …"), Command: removeCommand, Args: commands.Args{"document": d.Slug},
				Tone: commands.Destroy},
		}
	}
	if len(d.Passages) > 0 {
		r.Actions = append([]commands.Action{paragraph.Receipt(commands.Pilcrow(1), d.Passages[0], nil)}, r.Actions...)
	}
	r.JSON = commands.Machine(j)
	return r, nil
}

const unhideCommand = "documents unhide"

func (t *Table) unhideDocument() commands.Command {
	return commands.Command{
		Name:    unhideCommand,
		Summary: "Show a shared document again that was hidden on this server",
		Params: []commands.Param{{Name: "document", Summary: "Which document", Type: commands.Document, Required: true,
			Complete: func(_ context.Context, in commands.Input, typed string) []string {
				if t.Library == nil {
					return nil
				}
				typed = strings.ToLower(typed)
				return slices.DeleteFunc(t.Library.Hidden(in.Server),
					func(slug string) bool { return !strings.HasPrefix(slug, typed) })
			}}},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run: func(ctx context.Context, in commands.Input) (commands.Reply, error) {
			l, err := t.Keeper(in)
			if err != nil {
				return commands.Reply{}, err
			}
			change, report, err := l.Show(ctx, in.Server, in.Args["document"], access.Caller(in))
			if err != nil {
				return commands.Reply{}, t.Unchanged(in, err)
			}
			return changedReply(in.Lang, change, report), nil
		},
	}
}

type listedJSON struct {
	Document   string `json:"document"`
	Title      string `json:"title"`
	Published  string `json:"published"`
	Paragraphs int    `json:"paragraphs"`
	Own        bool   `json:"own,omitempty"`
	From       string `json:"from,omitempty"`
	GoneSince  string `json:"gone_since,omitempty"`
	Source     string `json:"source,omitempty"`
}

type listJSON struct {
	Documents []listedJSON `json:"documents"`
}

type shownJSON struct {
	Document   string `json:"document"`
	Title      string `json:"title"`
	Author     string `json:"author"`
	Source     string `json:"source"`
	URL        string `json:"url"`
	Published  string `json:"published"`
	Paragraphs int    `json:"paragraphs"`
	Digest     string `json:"digest"`
}
