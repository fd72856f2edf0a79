package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/mirror"
)

// change changes the folder of documents: one document, or all of a source.
func (a *app) change(ctx context.Context, fetcher *fetch.Fetcher) int {
	from := newSource(a.flags.Docs, a.config.docs, nil)
	if from.name == "" {
		return a.fail(exitConfig, envDocs+": name the folder to add to (or use --docs); the built-in document is part of "+
			"the program")
	}
	if err := from.check(); err != nil {
		return a.failure(err)
	}
	f := a.flags.Documents.Add
	if f.From == "" {
		return a.sources(ctx, newMirrors(from, newConverter(), fetcher))
	}
	if kind := f.kind(); kind != mirror.None {
		return a.addSource(ctx, newMirrors(from, newConverter(), fetcher), kind)
	}
	if flag := f.onlyOfSources(); flag != "" {
		return a.fail(exitFailure,
			fmt.Sprintf("%s is for a repository or a site, and %s is taken for one document: --as says what it is", flag,
				f.From))
	}
	return a.add(ctx, from, fetcher)
}

// add brings a document into the folder, and shows what it is.
func (a *app) add(ctx context.Context, from source, fetcher *fetch.Fetcher) int {
	f := a.flags.Documents.Add
	q := intake.Request{From: strings.TrimSpace(f.From), Name: f.Name, Title: f.Title, Replace: f.Replace}
	if f.Published != "" {
		day, err := time.Parse(time.DateOnly, f.Published)
		if err != nil {
			return a.fail(exitFailure, fmt.Sprintf("--published: want a day such as 2022-04-28, got %q", f.Published))
		}
		q.Published = day
	}
	in := &intake.Intake{Dir: from.dir, Converter: newConverter(), Fetcher: fetcher, Load: from.load, Now: time.Now}
	p, err := in.Prepare(ctx, q)
	if err != nil {
		return a.fail(exitFailure, plainError(err))
	}
	if !p.Unchanged && !f.DryRun {
		if err := in.Write(p); err != nil {
			return a.fail(exitFailure, fmt.Sprintf("%s: %s", from, plainError(err)))
		}
	}
	return a.show(addReply(p, from.dir, f.DryRun))
}

// plainError is what a person can do something with: the first of several things that are wrong with a file, and no
// call of the system.
func plainError(err error) string {
	if bad, ok := errors.AsType[*article.FileError](err); ok {
		return bad.Error()
	}
	if bad, ok := errors.AsType[*fs.PathError](err); ok {
		return bad.Path + ": " + bad.Err.Error()
	}
	return err.Error()
}

// addReply shows a document that was added to the folder dir, or would be: what it is, its first lines, and what is
// doubtful about it.
func addReply(p intake.Proposal, dir string, dry bool) commands.Reply {
	if p.Unchanged && p.Document.Slug == "" {
		none := addJSON{Unchanged: true, First: []string{}, Warnings: []string{}}
		return commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: "Nothing changed at that address."}},
			JSON: commands.Machine(none)}
	}
	d := p.Document
	j := addJSON{
		Document: d.Slug, Title: d.Title, Author: d.Author, Source: d.Source, URL: d.URL, Paragraphs: len(d.Passages),
		Path:     p.Path,
		Original: p.Original, Added: p.Added + p.Changed, Removed: p.Removed + p.Changed, Unchanged: p.Unchanged,
		Written: !dry && !p.Unchanged,
		First:   []string{}, Warnings: []string{},
	}
	for _, w := range p.Warnings {
		j.Warnings = append(j.Warnings, w.String())
	}
	if !d.Published.IsZero() {
		j.Published = d.Published.Format(time.DateOnly)
	}
	file := filepath.Join(dir, p.Path)
	done := "Added as " + file + "."
	switch {
	case p.Unchanged:
		done = "Nothing changed: " + file + " says the same already."
	case dry:
		done = "Would be added as " + file + "."
	case p.Replaces:
		done = "Replaced " + file + "."
	}
	if p.Replaces && !p.Unchanged {
		done += fmt.Sprintf(" Paragraphs: +%d −%d.", j.Added, j.Removed)
	}
	var r commands.Reply
	say := func(kind commands.BlockKind, text string) {
		r.Blocks = append(r.Blocks, commands.Block{Kind: kind, Text: text})
	}
	say(commands.Para, done)
	say(commands.Heading, d.Title)
	facts := []string{}
	for _, f := range []struct{ name, value string }{
		{"by ", d.Author}, {"in ", d.Source}, {"published ", j.Published}, {"from ", d.URL},
		{"", paragraphs(len(d.Passages))},
	} {
		if f.value != "" {
			facts = append(facts, f.name+f.value)
		}
	}
	say(commands.Small, strings.Join(facts, ", "))
	for _, passage := range d.Passages[:min(shownFirst, len(d.Passages))] {
		text := shorten(passage.Text)
		j.First = append(j.First, text)
		say(commands.Quote, text)
	}
	for _, w := range j.Warnings {
		say(commands.Item, w)
	}
	r.JSON = commands.Machine(j)
	return r
}

// What is shown of a new document.
const (
	shownFirst = 3   // paragraphs
	shownRunes = 200 // of each
)

func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= shownRunes {
		return text
	}
	return strings.TrimSpace(string(runes[:shownRunes-1])) + "…"
}

func paragraphs(n int) string {
	if n == 1 {
		return "1 paragraph"
	}
	return fmt.Sprintf("%d paragraphs", n)
}

type addJSON struct {
	Document   string   `json:"document"`
	Title      string   `json:"title"`
	Author     string   `json:"author"`
	Source     string   `json:"source"`
	URL        string   `json:"url"`
	Published  string   `json:"published"`
	Paragraphs int      `json:"paragraphs"`
	Path       string   `json:"path"`
	Original   string   `json:"original"`
	Added      int      `json:"added"`
	Removed    int      `json:"removed"`
	Unchanged  bool     `json:"unchanged"`
	Written    bool     `json:"written"`
	First      []string `json:"first"`
	Warnings   []string `json:"warnings"`
}
