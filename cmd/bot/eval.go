package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/eval"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// eval measures gold records and prints the table. It ends with 1 where a bound is not met.
func (a *app) eval(ctx context.Context) int {
	bounds, err := a.bounds()
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	gold, err := a.gold(a.flags.Eval.Gold)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	p, err := a.assemble(ctx, false)
	if err != nil {
		return a.failure(err)
	}
	defer p.Close()
	if _, err := a.load(ctx, p); err != nil {
		return a.failure(err)
	}
	if slug := a.flags.Document; slug != "" {
		if _, ok := p.engine.Edition().Corpus.Document(slug); !ok {
			return a.fail(exitFailure, fmt.Sprintf("--document %s: there is no such document", slug))
		}
	}
	drafts, err := a.drafts(p)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	report, err := eval.Run(ctx, eval.Config{
		Engine: p.engine, Open: p.open, Document: a.flags.Document, Drafts: drafts, Reply: p.reply,
	}, gold)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	breaches, err := report.Check(bounds)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	return a.report(report, breaches)
}

// bounds reads --min and --max and names everything that is wrong with them.
func (a *app) bounds() ([]eval.Bound, error) {
	var bounds []eval.Bound
	var wrong []error
	for _, set := range []struct {
		flag  string
		texts []string
		most  bool
	}{{"--min", a.flags.Eval.Min, false}, {"--max", a.flags.Eval.Max, true}} {
		for _, text := range set.texts {
			b, err := eval.ParseBound(text, set.most)
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s %w", set.flag, err))
			}
			bounds = append(bounds, b)
		}
	}
	return bounds, errors.Join(wrong...)
}

// gold reads the files; - is standard input.
func (a *app) gold(names []string) (*eval.Gold, error) {
	gold := &eval.Gold{}
	for _, name := range names {
		if err := a.goldFile(gold, name); err != nil {
			return nil, err
		}
	}
	return gold, nil
}

func (a *app) goldFile(gold *eval.Gold, name string) error {
	if name == "-" {
		return gold.Read("standard input", a.stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return gold.Read(name, f)
}

// reply asks the command table as a person does.
func (p *parts) reply(ctx context.Context, question, document string) (eval.Reply, error) {
	args := commands.Args{"question": question}
	if document != "" {
		args["document"] = document
	}
	r, err := p.table.Run(ctx, "ask", commands.Input{Args: args, From: commands.Terminal})
	if err != nil {
		text, _ := p.table.Public(err, lang.Printer{})
		return eval.Reply{Text: text, Refused: true}, nil
	}
	line, err := r.JSON.MarshalJSON()
	if err != nil {
		return eval.Reply{}, err
	}
	var out struct {
		Outcome, Text, Note, Route string
		Sentences, Closest         []struct{}
	}
	if err := json.Unmarshal(line, &out); err != nil {
		return eval.Reply{}, err
	}
	return eval.Reply{Text: out.Text, Sentences: len(out.Sentences), Refused: out.Outcome != ask.Answered.String(),
		Unsure: out.Note != "" || len(out.Closest) > 0, Route: out.Route}, nil
}

// open makes an engine like the program's own for other documents.
func (p *parts) open(ctx context.Context, corpus *article.Corpus) (*ask.Engine, error) {
	return openEngine(ctx, p.config, corpus)
}

func openEngine(ctx context.Context, c ask.Config, corpus *article.Corpus) (*ask.Engine, error) {
	c.Load = func() (*article.Corpus, error) { return corpus, nil }
	engine, err := ask.New(c)
	if err == nil {
		_, err = engine.Reload(ctx, nil)
	}
	return engine, err
}

// drafts is how labeled drafts are measured.
func (a *app) drafts(p *parts) (eval.DraftsConfig, error) {
	f := a.flags.Eval
	known := []string{eval.JudgeNone, eval.JudgeOracle, eval.JudgeNoisy, eval.JudgeYes, eval.JudgeLiar, eval.JudgeModel}
	for i, j := range f.Judge {
		switch {
		case !slices.Contains(known, j):
			return eval.DraftsConfig{}, fmt.Errorf("--judge: want one of %s, got %q", strings.Join(known, ", "), j)
		case slices.Contains(f.Judge[:i], j):
			return eval.DraftsConfig{}, fmt.Errorf("--judge: %s is named twice", j)
		case j == eval.JudgeModel && p.judge == nil:
			return eval.DraftsConfig{}, fmt.Errorf("--judge model: no model judges; set %s or %s", envJudgeModel, envChatModel)
		}
	}
	switch f.IDs {
	case "", "odd", "even":
	default:
		return eval.DraftsConfig{}, fmt.Errorf("--ids: want odd or even, got %q", f.IDs)
	}
	judges := f.Judge
	if len(judges) == 0 {
		judges = eval.DefaultJudges
	}
	if f.Signals && !slices.Contains(judges, eval.JudgeNone) {
		return eval.DraftsConfig{}, errors.New("--signals: the judge none must be among those of --judge")
	}
	open := func(ctx context.Context, corpus *article.Corpus, g rag.Generator, j rag.Judge) (*ask.Engine, error) {
		c := p.config
		c.Generator, c.Judge, c.Repair = g, j, nil // what a rewrite says has no label
		return openEngine(ctx, c, corpus)
	}
	return eval.DraftsConfig{
		Documents: a.draftDocuments, Open: open, Own: p.judge, Judges: judges, Evidence: f.Evidence, Recorded: f.Recorded,
		IDs: f.IDs, Signals: f.Signals,
	}, nil
}

// draftDocuments loads docs/FOLDER beside a file of labeled drafts.
func (a *app) draftDocuments(file, folder string) (*article.Corpus, error) {
	dir := filepath.Join(filepath.Dir(file), "docs", folder)
	s := newSource(&dir, "", a.tellNotes)
	s.name = "documents"
	return s.load()
}

// report writes the table to standard output, and what falls short to standard error.
func (a *app) report(report eval.Report, breaches []eval.Breach) int {
	text := report.Text(a.flags.Verbose)
	if a.flags.JSON {
		line, err := report.JSON(a.flags.Verbose, breaches)
		if err != nil {
			return a.fail(exitFailure, err.Error())
		}
		text = string(line)
	}
	if _, err := io.WriteString(a.stdout, text); err != nil {
		return a.fail(exitFailure, "writing the result: "+err.Error())
	}
	code := exitOK
	for _, b := range breaches {
		code = a.fail(exitNothing, fmt.Sprintf("%s, and is %.4g", b.Bound, b.Got))
	}
	return code
}
