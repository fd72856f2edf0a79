package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/intake"
	"pilcrow/internal/mirror"
)

// showDocument shows one document of the folder: how it was understood, the text that it is read from, or where its
// original lies. So an operator sees what a conversion made of a file.
func (a *app) showDocument(ctx context.Context) int {
	f := a.flags.Documents.Show
	from := newSource(a.flags.Docs, a.config.docs, nil)
	corpus, err := from.load()
	if corpus == nil {
		return a.failure(err)
	}
	d, ok := corpus.Document(strings.ToLower(strings.TrimSpace(f.Name)))
	for _, other := range corpus.Documents() {
		if !ok && (other.Path == f.Name || other.Title == f.Name) {
			d, ok = other, true
		}
	}
	if !ok {
		if bad, found := errors.AsType[*article.FileError](err); found && bad.Path == f.Name {
			return a.fail(exitFailure, bad.Error())
		}
		return a.fail(exitNothing, fmt.Sprintf("there is no document %q: bot documents lists those there are", f.Name))
	}
	in := &intake.Intake{Dir: from.dir, Converter: newConverter(), Load: from.load, Now: time.Now}
	j := shownJSON{Document: d.Slug, Path: d.Path, As: f.As}
	switch f.As {
	case "markdown":
		text, err := in.Text(ctx, d)
		if from.name == "" {
			text, err = docs.FS.ReadFile(d.Path)
		}
		if err != nil {
			return a.fail(exitFailure, plainError(err))
		}
		j.Text = strings.ToValidUTF8(string(text), "\ufffd")
	case "original":
		if j.Original = a.originalOf(in, from, d); j.Original == "" {
			return a.fail(exitNothing, d.Slug+": its original is not kept; its text is what --as markdown shows")
		}
		j.Text = j.Original
	default:
		j.Text = admin.Understood(d)
		for _, p := range d.Passages {
			j.Blocks = append(j.Blocks, blockJSON{p.Ref.N, p.Kind.String(), p.Path, p.Lead(), p.Language(), p.Link(), p.Text})
		}
	}
	if a.flags.JSON {
		return a.show(commands.Reply{JSON: commands.Machine(j)})
	}
	for line := range strings.Lines(j.Text) {
		if _, err := fmt.Fprintln(a.stdout, cleanLine(line)); err != nil {
			return a.fail(exitFailure, "writing the result: "+err.Error())
		}
	}
	return exitOK
}

// cleanLine is a line as a terminal may show it, with the tabs that code has.
func cleanLine(line string) string {
	parts := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
	for i, part := range parts {
		parts[i] = clean(part)
	}
	return strings.Join(parts, "\t")
}

// originalOf is where the original of a document lies; "" where it is not kept.
func (a *app) originalOf(in *intake.Intake, from source, d article.Document) string {
	if from.name == "" {
		return ""
	}
	for _, s := range newMirrors(from, nil, nil).List() {
		if s.Kind != mirror.Git && s.Has(d.Path) { // the page was converted, and stands at its address
			return ""
		}
	}
	file, _, ok := in.Original(d)
	if !ok {
		return ""
	}
	return filepath.Join(from.dir, filepath.FromSlash(file))
}

type blockJSON struct {
	Paragraph int    `json:"paragraph"`
	Kind      string `json:"kind"`
	Heading   string `json:"heading,omitempty"`
	Lead      string `json:"lead,omitempty"`
	Language  string `json:"language,omitempty"`
	Link      string `json:"link,omitempty"`
	Text      string `json:"text"`
}

type shownJSON struct {
	Document string      `json:"document"`
	Path     string      `json:"path"`
	As       string      `json:"as"`
	Original string      `json:"original,omitempty"`
	Blocks   []blockJSON `json:"blocks,omitempty"`
	Text     string      `json:"text"`
}
