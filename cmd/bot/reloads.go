package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/watch"
)

// What asks for a reload, for logs and the status.
const (
	byStart  = "start"
	bySignal = "signal"
	byFolder = "folder"
	// byCommand is for those that the library did by itself.
	byCommand = "command"
)

// reloads reads the documents again at each signal, and when their folder has changed and come to rest, until ctx ends.
// Whatever goes wrong, the old ones go on answering. folder is nil where none is watched.
func (a *app) reloads(ctx context.Context, p *parts, hangup <-chan os.Signal, folder *watch.Watcher) {
	var both sync.WaitGroup
	defer both.Wait()
	if folder != nil {
		both.Go(func() { folder.Run(ctx) })
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
			report, err := a.reload(ctx, p, bySignal)
			if err != nil {
				a.logger.Error("reload failed; the documents loaded before go on answering", "by", bySignal, "error", err)
				continue
			}
			a.tellReload(ctx, slog.LevelInfo, bySignal, report)
		}
	}
}

// reload reads the documents again and keeps how that ended.
func (a *app) reload(ctx context.Context, p *parts, by string) (ask.Report, error) {
	began := p.vitals.now()
	report, err := p.renew(ctx, nil)
	if ctx.Err() == nil {
		p.vitals.reloadedNow(by, began, err)
	}
	return report, err
}

func (a *app) tellReload(ctx context.Context, level slog.Level, by string, r ask.Report) {
	a.logger.Log(ctx, level, "reloaded", "changed", r.Changed, "documents", r.Documents, "paragraphs", r.Passages,
		"embedded", r.Embedded, "not embedded yet", r.Missing, "took", r.Took, "by", by)
}

// watchFolder makes the watcher of the folder of documents; nil for none. What it finds is silent where nothing
// changed, and an error is told once as long as it stays the same.
func (a *app) watchFolder(p *parts) *watch.Watcher {
	if p.source.name == "" || !a.config.watch {
		return nil
	}
	told := ""
	return watch.New(watch.Config{Dir: p.source.dir, Logger: a.logger, Changed: func(ctx context.Context) (again bool) {
		report, err := a.reload(ctx, p, byFolder)
		switch {
		case ctx.Err() != nil:
			return false
		case err == nil:
			told = ""
			level := slog.LevelDebug
			if report.Changed {
				level = slog.LevelInfo
			}
			a.tellReload(ctx, level, byFolder, report)
			return false
		}
		level := slog.LevelError
		if err.Error() == told {
			level = slog.LevelDebug
		}
		told = err.Error()
		a.logger.Log(ctx, level, "reload failed; the documents loaded before go on answering", "by", byFolder, "error", err)
		return !documentsAtFault(err)
	}})
}

// documentsAtFault reports whether only a change of the documents can mend the error: a server that is away may come
// back by itself.
func documentsAtFault(err error) bool {
	_, file := errors.AsType[*article.FileError](err)
	_, folder := errors.AsType[*configError](err)
	return file || folder || errors.Is(err, article.ErrNoDocuments)
}
