package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"pilcrow/internal/article"
	"pilcrow/internal/eval"
	"pilcrow/internal/rag"
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
	report, err := eval.Run(ctx, eval.Config{Engine: p.engine, Open: p.open, Document: a.flags.Document}, gold)
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

// open makes an engine like the program's own for other documents.
func (p *parts) open(ctx context.Context, corpus *article.Corpus) (*rag.Engine, error) {
	c := p.config
	c.Load = func() (*article.Corpus, error) { return corpus, nil }
	engine, err := rag.New(c)
	if err == nil {
		_, err = engine.Reload(ctx, nil)
	}
	return engine, err
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
