package admin

import (
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/mirror"
)

// A group is documents that are listed together: those of one source, or those of none.
type group struct {
	source    *mirror.Source // nil: of none
	documents []article.Document
}

// grouped puts the documents of each source together, behind those of none. Their order stays.
func grouped(documents []article.Document, sources []mirror.Source) []group {
	groups := make([]group, 1+len(sources))
	for i := range sources {
		groups[i+1].source = &sources[i]
	}
	for _, d := range documents {
		at := 0
		for i, s := range sources {
			if s.Has(d.Path) {
				at = i + 1
				break
			}
		}
		groups[at].documents = append(groups[at].documents, d)
	}
	kept := groups[:0]
	for _, g := range groups {
		if len(g.documents) > 0 {
			kept = append(kept, g)
		}
	}
	return kept
}

// knownSources are the sources of the operator's folder.
func (t *Table) knownSources() []mirror.Source {
	if t.Sources == nil {
		return nil
	}
	return t.Sources()
}

// sourceLine names a source; inside adds where it is.
func (t *Table) sourceLine(p lang.Printer, g group, inside bool) commands.Block {
	facts := []string{p.Isolate(g.source.Name), p.Text("%d documents", len(g.documents))}
	if inside {
		facts = append(facts, commands.Clip(g.source.From, commands.MaxNameRunes))
		if g.source.Commit != "" {
			facts = append(facts, g.source.Commit)
		}
	}
	if !g.source.Read.IsZero() {
		facts = append(facts, p.Text("the address was last read %s", commands.Ago(p, t.Now().Sub(g.source.Read))))
	}
	return commands.Block{Kind: commands.Heading, Text: strings.Join(facts, " · ")}
}

// failing are the sources, and their pages, that could not be read the last time.
func (t *Table) failing() []library.Gone {
	var all []library.Gone
	for _, s := range t.knownSources() {
		if s.Failing != "" {
			all = append(all, library.Gone{Slug: s.Name, Why: s.Failing})
		}
		for _, f := range s.Failed {
			if f.Path != "" { // else there never was a text that could be old
				all = append(all, library.Gone{Slug: f.Path, Why: f.Why})
			}
		}
	}
	return all
}

// failedLines say what could not be read.
func failedLines(p lang.Printer, failed []library.Gone) []string {
	lines := make([]string, len(failed))
	for i, f := range failed {
		lines[i] = addressFailed(p, f)
	}
	return lines
}

// sourceJSON is a source for machines.
type sourceJSON struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	From      string   `json:"from"`
	Commit    string   `json:"commit,omitempty"`
	Read      string   `json:"read"`
	Documents int      `json:"documents"`
	Failing   string   `json:"failing,omitempty"`
	Failed    []string `json:"failed,omitempty"` // files of the folder
}

func newSourceJSON(g group) sourceJSON {
	s := g.source
	j := sourceJSON{Name: s.Name, Kind: string(s.Kind), From: s.From, Commit: s.Commit, Read: commands.RFC3339(s.Read),
		Documents: len(g.documents),
		Failing:   s.Failing}
	for _, f := range s.Failed {
		if f.Path != "" {
			j.Failed = append(j.Failed, f.Path)
		}
	}
	return j
}
