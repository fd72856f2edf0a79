// Package eval measures how well documents are answered about: it reads gold records, puts them to the engine, and
// counts.
//
// What counts as right is decided on texts alone, by plain rules that are the same for every generator; score.go holds
// them. Every number comes with its count and with the interval that the size of the sample allows. The same records,
// documents and configuration give the same report, byte for byte, as far as a model does.
package eval

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/corpus"
)

// Config is what is measured.
type Config struct {
	Engine *ask.Engine // with its documents loaded
	// Open makes an engine like Engine for a record that brings a text of its own.
	Open     func(ctx context.Context, corpus *article.Corpus) (*ask.Engine, error)
	Document string // the slug that records are about which name none; "" is all documents
	Drafts   DraftsConfig
	// Reply asks as a person does, one document or with "" all of them; nil: casual records cannot be measured.
	Reply func(ctx context.Context, question, document string) (Reply, error)
}

// A Report is the result: a group for each kind of record that there was.
type Report struct{ Groups []Group }

// A run is one evaluation.
type run struct {
	Config
	edition *corpus.Edition
	texts   map[string]string // the normed text of each document, by slug
}

// Run measures. The error is an *Error where a record does not fit the documents.
func Run(ctx context.Context, c Config, gold *Gold) (Report, error) {
	r := &run{c, c.Engine.Edition(), map[string]string{}}
	if r.edition == nil {
		return Report{}, ask.ErrNotLoaded
	}
	for _, d := range r.edition.Corpus.Documents() {
		r.texts[d.Slug] = documentText(d)
	}
	var report Report
	for _, group := range []struct {
		records int
		measure func(context.Context, *Group) error
	}{
		{len(gold.questions), func(ctx context.Context, g *Group) error { return r.questions(ctx, gold.questions, g) }},
		{len(gold.passages), func(ctx context.Context, g *Group) error { return r.passages(ctx, gold.passages, g) }},
		{len(gold.claims), func(ctx context.Context, g *Group) error { return r.claims(ctx, gold.claims, g) }},
		{len(gold.quotes), func(_ context.Context, g *Group) error { return r.quotes(gold.quotes, g) }},
		{len(gold.events), func(_ context.Context, g *Group) error { return r.events(gold.events, g) }},
		{len(gold.dates), func(_ context.Context, g *Group) error { return r.dates(gold.dates, g) }},
		{len(gold.timelines), func(ctx context.Context, g *Group) error { return r.timelines(ctx, gold.timelines, g) }},
		{len(gold.attacks), func(ctx context.Context, g *Group) error { return r.attacks(ctx, gold.attacks, g) }},
		{len(gold.paragraphs), func(_ context.Context, g *Group) error { return r.paragraphs(gold.paragraphs, g) }},
		{len(gold.casual), func(ctx context.Context, g *Group) error { return r.casual(ctx, gold.casual, g) }},
		{len(gold.drafts), func(ctx context.Context, g *Group) error { return r.drafts(ctx, gold.drafts, g) }},
	} {
		if group.records == 0 {
			continue
		}
		g := Group{Records: group.records}
		if err := group.measure(ctx, &g); err != nil {
			return Report{}, err
		}
		report.Groups = append(report.Groups, g)
	}
	return report, nil
}

// documentText is a document as a quotation is held against it: its headings and paragraphs as one normed text.
func documentText(d article.Document) string {
	var parts []string
	heading := ""
	for _, p := range d.Passages {
		if p.Heading != heading {
			heading = p.Heading
			parts = append(parts, heading)
		}
		parts = append(parts, p.Text)
	}
	return norm(strings.Join(parts, " "))
}

// document is the one that a record is about.
func (r *run) document(at place, slug string) (article.Document, error) {
	documents := r.edition.Corpus.Documents()
	if slug == "" {
		slug = r.Document
	}
	switch {
	case slug == "" && len(documents) == 1:
		return documents[0], nil
	case slug == "":
		return article.Document{}, at.fail(errors.New("there are several documents: the record must name its own (document)"))
	}
	d, ok := r.edition.Corpus.Document(slug)
	if !ok {
		return d, at.fail(fmt.Errorf("there is no document %q among those that are loaded", slug))
	}
	return d, nil
}

// single is an engine for one text of a record's own: its pieces are the document's paragraphs.
func (r *run) single(ctx context.Context, title string, paragraphs ...string) (*ask.Engine, error) {
	corpus, err := article.NewCorpus(document(title, paragraphs...))
	if err != nil {
		return nil, err
	}
	return r.Open(ctx, corpus)
}

// ownSlug names the document of a record that brings its text.
const ownSlug = "own"

func document(title string, paragraphs ...string) article.Document {
	d := article.Document{Slug: ownSlug, Title: title}
	for i, text := range paragraphs {
		d.Passages = append(d.Passages, article.Passage{
			Ref: article.Ref{Slug: ownSlug, N: i + 1}, Title: title, Text: strings.Join(strings.Fields(text), " "),
		})
	}
	return d
}

// each measures the records on all processors and returns the results in the order of the records. Of several errors it
// returns the one of the first record.
func each[T, R any](ctx context.Context, records []T, measure func(context.Context, T) (R, error)) ([]R, error) {
	results, errs := make([]R, len(records)), make([]error, len(records))
	var next atomic.Int64
	var failed atomic.Bool
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(records)) {
		workers.Go(func() {
			for !failed.Load() { // asked before a record is taken, so that all in front of a failed one are measured
				i := next.Add(1) - 1
				if i >= int64(len(records)) {
					return
				}
				if results[i], errs[i] = measure(ctx, records[i]); errs[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}

// askAt puts a question to an engine. An engine that cannot answer at all ends the evaluation: a table of nothing but
// failures says nothing about the documents.
func askAt(ctx context.Context, e *ask.Engine, at place, q ask.Query) (ask.Answer, error) {
	a, err := e.Ask(ctx, q)
	if err != nil && ctx.Err() == nil {
		return a, at.fail(err)
	}
	if err != nil {
		return a, fmt.Errorf("stopped: %w", err)
	}
	return a, nil
}
