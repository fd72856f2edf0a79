package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/mirror"
)

// newMirrors makes the sources of a folder of documents; nil where the documents are from no folder. converter and
// fetcher may be nil where nothing is read.
func newMirrors(from source, converter *convert.Converter, fetcher *fetch.Fetcher) *mirror.Mirrors {
	if from.name == "" {
		return nil
	}
	return &mirror.Mirrors{Dir: from.dir, Reader: intake.Reader{Converter: converter, Fetcher: fetcher},
		Fetcher: fetcher, Now: time.Now}
}

// sources are what the operator's documents follow.
func (p *parts) sources() []mirror.Source {
	if m := newMirrors(p.source, nil, nil); m != nil {
		return m.List()
	}
	return nil
}

// kind is what is to be added.
func (f addFlags) kind() mirror.Kind {
	switch f.As {
	case "document":
		return mirror.None
	case "git":
		return mirror.Git
	case "sitemap":
		return mirror.Sitemap
	case "llms":
		return mirror.LLMs
	}
	return mirror.KindOf(f.From)
}

// onlyOfSources names a flag that was given and says nothing of a single document; "" for none.
func (f addFlags) onlyOfSources() string {
	switch {
	case f.Folder != "":
		return "--folder"
	case f.Branch != "":
		return "--branch"
	case f.Under != "":
		return "--under"
	case f.Limit != 0:
		return "--limit"
	}
	return ""
}

// onlyOfDocuments names a flag that was given and says nothing of a source; "" for none.
func (f addFlags) onlyOfDocuments() string {
	switch {
	case f.Title != "":
		return "--title"
	case f.Published != "":
		return "--published"
	case f.Replace:
		return "--replace"
	}
	return ""
}

// addSource begins to follow a source.
func (a *app) addSource(ctx context.Context, m *mirror.Mirrors, kind mirror.Kind) int {
	f := a.flags.Documents.Add
	if flag := f.onlyOfDocuments(); flag != "" {
		return a.fail(exitFailure,
			fmt.Sprintf("%s is for one document, and %s is taken for many: --as document adds it as one", flag, f.From))
	}
	m.Progress = a.asking()
	r, err := m.Add(ctx, mirror.Spec{Kind: kind, From: f.From, Name: f.Name, Folder: f.Folder, Branch: f.Branch,
		Under: f.Under,
		Limit: f.Limit}, f.DryRun)
	if err != nil {
		return a.fail(exitFailure, plainError(err))
	}
	return a.show(sourceReply([]mirror.Report{r}, m.Dir, f.DryRun))
}

// sources reads the sources again, or takes one away.
func (a *app) sources(ctx context.Context, m *mirror.Mirrors) int {
	if name := a.flags.Documents.Remove.Name; name != "" {
		n, err := m.Remove(name)
		if err != nil {
			return a.fail(exitFailure, plainError(err))
		}
		r := commands.Reply{JSON: commands.Machine(sourcesJSON{Removed: name, Sources: []sourceJSON{}})}
		text := fmt.Sprintf("%s is removed, with its %d documents.", filepath.Join(m.Dir, name), n)
		r.Blocks = []commands.Block{{Kind: commands.Para, Text: text}}
		return a.show(r)
	}
	f := a.flags.Documents.Refresh
	names := []string{f.Name}
	if f.Name == "" {
		names = nil
		for _, s := range m.List() {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return a.fail(exitNothing,
			"there is no source yet: bot documents add takes a folder of a Git repository, a sitemap.xml or an llms.txt")
	}
	m.Shrink, m.Progress = f.Shrink, a.asking()
	var reports []mirror.Report
	failed := false
	for _, name := range names {
		r, err := m.Refresh(ctx, name)
		if err != nil { // the others are read all the same
			failed = true
			a.fail(exitFailure, name+": "+plainError(err))
			continue
		}
		reports = append(reports, r)
	}
	if code := a.show(sourceReply(reports, m.Dir, false)); code != exitOK || !failed {
		return code
	}
	return exitFailure
}

// asking shows how many pages were asked for, on a terminal only; nil shows nothing.
func (a *app) asking() func(done, total int) {
	if _, ok := terminal(a.stderr); !ok {
		return nil
	}
	return func(done, total int) {
		if done >= total {
			fmt.Fprint(a.stderr, "\r\x1b[K")
			return
		}
		fmt.Fprintf(a.stderr, "\rreading pages: %d of %d\x1b[K", done, total)
	}
}

// What is shown of a source that was read.
const shownFailures = 10

// sourceReply shows what reading sources did in the folder dir, or would do.
func sourceReply(reports []mirror.Report, dir string, dry bool) commands.Reply {
	var r commands.Reply
	say := func(kind commands.BlockKind, text string) {
		r.Blocks = append(r.Blocks, commands.Block{Kind: kind, Text: text})
	}
	j := sourcesJSON{Sources: []sourceJSON{}}
	for _, report := range reports {
		s := report.Source
		one := sourceJSON{Name: s.Name, Kind: string(s.Kind), From: s.From, Commit: s.Commit, Documents: s.Files,
			Added:   report.Added,
			Changed: report.Changed, Removed: report.Removed, Left: report.Left, Written: report.Written, Failed: []string{}}
		say(commands.Heading, s.Name)
		where := string(s.Kind) + " " + s.From
		if s.Commit != "" {
			where += " at " + s.Commit
		}
		say(commands.Small, where)
		switch {
		case dry:
			say(commands.Para, fmt.Sprintf("Would be kept in %s: %d documents.", filepath.Join(dir, s.Name), report.Added))
		case report.Unchanged:
			say(commands.Para, fmt.Sprintf("Nothing changed: %d documents in %s.", s.Files, filepath.Join(dir, s.Name)))
		default:
			say(commands.Para, fmt.Sprintf("%d documents in %s: +%d ~%d −%d.", s.Files, filepath.Join(dir, s.Name),
				report.Added, report.Changed,
				report.Removed))
		}
		for _, text := range report.LeftOut {
			say(commands.Item, "left out: "+text)
		}
		for _, file := range report.Edited {
			say(commands.Item, file+": edited here, so it is left as it is; remove the file to have the source's again")
		}
		for i, f := range s.Failed {
			text := f.URL + ": " + f.Why
			if f.Path != "" {
				text += " (" + f.Path + " keeps its last text)"
			}
			one.Failed = append(one.Failed, text)
			if i < shownFailures {
				say(commands.Item, text)
			}
		}
		if more := len(s.Failed) - shownFailures; more > 0 {
			say(commands.Small, fmt.Sprintf("and %d more that could not be read", more))
		}
		if report.Left > 0 {
			say(commands.Item, fmt.Sprintf("pages that were not asked for yet: %d; bot documents refresh %s goes on",
				report.Left, s.Name))
		}
		j.Sources = append(j.Sources, one)
	}
	r.JSON = commands.Machine(j)
	return r
}

type sourcesJSON struct {
	Sources []sourceJSON `json:"sources"`
	Removed string       `json:"removed,omitempty"`
}

type sourceJSON struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	From      string   `json:"from"`
	Commit    string   `json:"commit,omitempty"`
	Documents int      `json:"documents"`
	Added     int      `json:"added"`
	Changed   int      `json:"changed"`
	Removed   int      `json:"removed"`
	Left      int      `json:"left"`
	Written   bool     `json:"written"`
	Failed    []string `json:"failed"`
}
