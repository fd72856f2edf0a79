package admin

import (
	"context"
	"errors"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag/ask"
)

const (
	reloadTimeout = 10 * time.Minute // embedding a large folder anew
	maxProblems   = 20               // lines of trouble that a reply shows; JSON has them all
)

// Reload is the row of reload.
func (t *Table) Reload() commands.Command {
	return commands.Command{
		Name:    "reload",
		Summary: "Read the documents again, and ask their addresses for what is new",
		Params:  []commands.Param{t.HeldParam(false)},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run:     t.runReload,
	}
}

func (t *Table) runReload(ctx context.Context, in commands.Input) (commands.Reply, error) {
	p, engine := in.Lang, t.EngineOf(in)
	before := corpusOf(engine)
	var reloaded library.Reloaded
	var err error
	if t.Library == nil {
		reloaded.Report, err = engine.Reload(ctx, embedding(in))
	} else {
		slug := ""
		if in.Args["document"] != "" {
			v, err := t.Held(in)
			if err != nil {
				return commands.Reply{}, err
			}
			slug = v.Documents[0].Slug
		}
		reloaded, err = t.Library.Reload(ctx, in.Server, slug, embedding(in))
	}
	var r commands.Reply
	j := newReloadJSON(reloaded)
	failed := documentsFailed(err) // the admin's own files: shown, not hidden behind a reference
	if err != nil && !failed {
		return commands.Reply{}, t.Unchanged(in, err)
	}
	if failed {
		r.Say(commands.Para, p.Text("The documents that were loaded before go on answering. Mend this first:"))
		j.Problems = fileProblems(err)
		listProblems(&r, p, j.Problems)
	}
	report := reloaded.Report
	changes := whatChanged(before, corpusOf(t.EngineOf(in)))
	switch {
	case len(changes) > 0 && report.Embedded+report.Reused+report.Missing == 0: // of this server's own alone
		r.Say(commands.Para, p.Text("Reloaded: %s with %s, in %s.", p.Text("%d documents", report.Documents),
			p.Text("%d paragraphs", report.Passages),
			commands.Took(report.Took)))
	case len(changes) > 0:
		r.Say(commands.Para, p.Text("Reloaded: %s with %s, %d to embed, %d known, in %s.",
			p.Text("%d documents", report.Documents),
			p.Text("%d paragraphs", report.Passages), report.Embedded, report.Reused, commands.Took(report.Took)))
	case failed:
	case report.Changed:
		r.Say(commands.Para, p.Text("Reloaded, and nothing that is seen here changed: %s with %s, in %s.",
			p.Text("%d documents", report.Documents),
			p.Text("%d paragraphs", report.Passages), commands.Took(report.Took)))
	default:
		r.Say(commands.Para, p.Text("Nothing changed: %s with %s, in %s.", p.Text("%d documents", report.Documents),
			p.Text("%d paragraphs", report.Passages), commands.Took(report.Took)))
	}
	sayWithoutVectors(&r, p, report)
	for i, d := range changes {
		if i == MaxListed {
			r.Say(commands.Small, p.Text("and %d more", len(changes)-i))
			break
		}
		r.Say(commands.Item, d.sentence(p))
	}
	sayAddresses(&r, p, reloaded)
	r.JSON = commands.Machine(j)
	return r, nil
}

// corpusOf is what an engine answers from now; nil for nothing yet.
func corpusOf(e *ask.Engine) *article.Corpus {
	if edition := e.Edition(); edition != nil {
		return edition.Corpus
	}
	return nil
}

// sayAddresses says what the documents' addresses said.
func sayAddresses(r *commands.Reply, p lang.Printer, reloaded library.Reloaded) {
	if asked := len(reloaded.Fetched) + reloaded.NotModified; asked > 0 {
		r.Say(commands.Small, p.Text("Addresses read: %d, of them changed: %d.", asked, len(reloaded.Fetched)))
	}
	for _, g := range reloaded.Gone {
		r.Say(commands.Item, p.Text("%s: its page has been gone since %s; the last good copy stays.", g.Slug,
			commands.Timestamp(g.Since)))
	}
	for _, g := range reloaded.Failed {
		r.Say(commands.Item, addressFailed(p, g))
	}
}

// addressFailed says that what stands at an address could not be had.
func addressFailed(p lang.Printer, g library.Gone) string {
	return p.Text("%s: its address could not be read just now (%s); the last good copy stays.", g.Slug,
		commands.Clip(g.Why,
			commands.MaxCauseRunes))
}

// documentsFailed tells what is wrong with the documents from what is wrong with us.
func documentsFailed(err error) bool {
	_, file := errors.AsType[*article.FileError](err)
	return file || errors.Is(err, article.ErrNoDocuments)
}

func listProblems(r *commands.Reply, p lang.Printer, lines []string) {
	for _, line := range lines[:min(len(lines), maxProblems)] {
		r.Say(commands.Item, line)
	}
	if more := len(lines) - maxProblems; more > 0 {
		r.Say(commands.Small, p.Text("and %d more", more))
	}
}

// fileProblems are the lines that are wrong with files, without what was said around them; or else the whole of the
// error.
func fileProblems(err error) []string {
	var lines []string
	var walk func(error)
	walk = func(err error) {
		switch e := err.(type) { //nolint:errorlint // it takes the tree apart
		case *article.FileError:
			lines = append(lines, e.Error())
		case interface{ Unwrap() []error }:
			for _, one := range e.Unwrap() {
				walk(one)
			}
		case interface{ Unwrap() error }:
			walk(e.Unwrap())
		}
	}
	if walk(err); lines == nil {
		return Problems(err)
	}
	return lines
}

// Problems takes joined errors apart: one line for each. It is never nil.
func Problems(err error) []string {
	if err == nil {
		return []string{}
	}
	return strings.Split(err.Error(), "\n")
}

type reloadJSON struct {
	Changed    bool     `json:"changed"`
	Documents  int      `json:"documents"`
	Paragraphs int      `json:"paragraphs"`
	Embedded   int      `json:"embedded"`
	Reused     int      `json:"reused"`
	TookMS     int64    `json:"took_ms"`
	Problems   []string `json:"problems"`
	Fetched    int      `json:"fetched"`
	NotChanged int      `json:"not_modified"`
	Gone       []string `json:"gone"`
}

func newReloadJSON(r library.Reloaded) reloadJSON {
	j := reloadJSON{Changed: r.Report.Changed, Documents: r.Report.Documents, Paragraphs: r.Report.Passages,
		Embedded: r.Report.Embedded,
		Reused:   r.Report.Reused, TookMS: r.Report.Took.Milliseconds(), Problems: []string{}, Fetched: len(r.Fetched),
		NotChanged: r.NotModified,
		Gone:       []string{}}
	for _, g := range r.Gone {
		j.Gone = append(j.Gone, g.Slug)
	}
	return j
}
