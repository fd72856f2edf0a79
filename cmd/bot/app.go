package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/convert"
	"pilcrow/internal/discord"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/inverted"
	"pilcrow/internal/rag/vectors"
	"pilcrow/internal/static"
	"pilcrow/internal/store"
	"pilcrow/internal/turns"
)

// wordsName is the folder, among the data, of what was read of the operator's documents: see ask.WordCache. It may be
// removed at any time.
const wordsName = "words"

// An app is one run of the program.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	color          bool // where a stream is a terminal
	flags          flags
	serves         bool // it is to run for long
	looks          bool // it is to make nothing
	config         config
	configErr      error
	logger         *slog.Logger
	noteLevel      slog.Level // of what was left out of a document
}

// parts are what the configuration makes of the pieces. Close them.
type parts struct {
	prepared      sync.WaitGroup // until the reader of PDF is compiled
	stopPreparing func()         // nil: nothing is prepared

	source    source
	embedder  rag.Embedder
	generator rag.Generator // nil: extracts
	judge     rag.Judge     // nil: none; not examined before its use
	store     *store.Store  // nil: nothing is kept
	model     *static.Model // nil: none of the shelf
	depot     *store.Depot  // nil: all vectors are in memory
	damaged   error         // why the store could not be opened; see openStore
	config    ask.Config    // of the engine
	engine    *ask.Engine
	library   *library.Library // nil without a store
	budget    *budget.Budget
	table     *dispatch.Table
	bot       atomic.Pointer[discord.Bot] // nil before it is there
	vitals    *vitals
	// renew reads the documents again, for all that answer from them.
	renew func(ctx context.Context, progress func(done, total int)) (ask.Report, error)
	// backlog embeds what the reloads leave, while it is run; nil for a command that ends.
	backlog *ask.Backlog
}

// embedPatience is how long a reload waits for vectors while the bot serves: a folder of some hundred paragraphs is
// embedded by then, and for others, or while the server is away, the words answer first.
const embedPatience = 10 * time.Second

// Close closes what was opened.
func (p *parts) Close() error {
	if p.stopPreparing != nil {
		p.stopPreparing()
	}
	p.prepared.Wait()
	if p.library != nil {
		p.library.Close()
	}
	var err error
	if p.model != nil {
		err = p.model.Close()
	}
	if p.depot != nil {
		err = errors.Join(err, p.depot.Close())
	}
	if p.store != nil {
		err = errors.Join(err, p.store.Close())
	}
	return err
}

// tell writes to a person of a server privately.
func (p *parts) tell(ctx context.Context, server, person string, r commands.Reply) error {
	bot := p.bot.Load()
	if bot == nil {
		return errors.New("the bot is not there yet")
	}
	return bot.NotifyMember(ctx, server, person, r)
}

// servers are those that have the bot, of this process's shards.
func (p *parts) servers() (ids []string, known bool) {
	bot := p.bot.Load()
	if bot == nil {
		return nil, false
	}
	return bot.Servers()
}

// serves tells whether this process serves a server; direct messages, for "".
func (p *parts) serves(server string) bool {
	bot := p.bot.Load()
	return bot != nil && bot.Serves(server)
}

// assemble wires the pieces; nothing is loaded yet. keep opens the store although no model is asked for vectors: what
// embeds on this machine costs less than a file does, and a one-shot command leaves no folder behind.
func (a *app) assemble(ctx context.Context, keep bool) (*parts, error) {
	v := &vitals{now: time.Now}
	p := &parts{
		source: newSource(a.flags.Docs, a.config.docs, func(file string, notes []convert.Note) {
			v.converted(file, notes)
			a.tellNotes(file, notes)
		}),
		vitals: v,
		budget: budget.New(a.config.memory),
	}
	p.vitals.budget = p.budget
	var err error
	var kept rag.Vectors // stays a nil interface without a store
	if (keep || a.config.keeps()) && !a.looks {
		if err := a.openStore(p); err != nil {
			return nil, err
		}
	}
	var cache *inverted.Cache
	if p.store != nil {
		kept, cache = p.store, inverted.NewCache(filepath.Join(a.config.data, wordsName))
	}
	m, err := a.models(ctx, p, keep)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	p.embedder, p.generator, p.judge = m.embedder, m.generator, m.unproven
	p.config = ask.Config{
		Load: p.source.load, Embedder: m.embedder, Vectors: kept, Meaning: m.meaning, Words: cache,
		Index:     vectors.BySize{Few: chromemindex.New(), Many: flatindex.New()},
		Generator: m.generator, Judge: m.judge, Repair: m.repair, Extractor: local.NewExtractor(),
		GenerateTimeout: a.config.modelTimeout,
		MaxPassages:     a.config.maxPassages, Logger: a.logger,
	}
	if keep {
		a.openDepot(ctx, p)
		p.backlog = ask.NewBacklog(ask.BacklogConfig{Logger: a.logger})
		p.config.Backlog, p.config.Patience, p.vitals.backlog = p.backlog, embedPatience, p.backlog
	}
	if p.engine, err = ask.New(p.config); err == nil && keep && p.store != nil {
		p.library, err = a.openLibrary(ctx, p)
	}
	if err == nil {
		p.renew = p.engine.Reload
		if p.library != nil {
			p.renew, p.vitals.library = p.library.Renew, p.library
		}
		p.table, err = dispatch.New(dispatch.Config{
			Engine:    p.engine,
			Library:   p.library,
			Budget:    p.budget,
			Logger:    a.logger,
			Knows:     static.New().Knows,
			Sources:   p.sources,
			Outside:   a.config.outside(),
			Turns:     turns.New(runtime.GOMAXPROCS(0), nil),
			Rewriter:  m.rewriter,
			Health:    p.health,
			People:    p.store,
			Notify:    p.tell,
			Servers:   p.servers,
			Serves:    p.serves,
			Closed:    p.damaged != nil,
			Backups:   a.kept(keep),
			Overhears: settings.Overhearing{Reads: a.config.content, Rule: string(a.config.threads)},
		})
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// load reads the documents for the first time and says on standard error what is wrong with some of them.
func (a *app) load(ctx context.Context, p *parts) (ask.Report, error) {
	if err := p.source.check(); err != nil {
		return ask.Report{}, err
	}
	began := p.vitals.now()
	report, err := p.renew(ctx, a.progress("embedding paragraphs"))
	p.vitals.reloadedNow(byStart, began, err)
	if errors.Is(err, article.ErrNoDocuments) {
		a.warn(err)
		return report, p.source.refuse("no document could be loaded: put .md, .txt, .html, .pdf, .docx, .odt or .epub " +
			"files " +
			"with text in the folder")
	}
	if err != nil {
		return report, err
	}
	if report.Problems != nil {
		a.warn(report.Problems)
	}
	return report, nil
}

// warn writes what is wrong with files that were left out, each as file:line.
func (a *app) warn(problems error) {
	for _, line := range admin.Problems(problems) {
		if line == article.ErrNoDocuments.Error() {
			continue // said by the sentence that follows
		}
		fmt.Fprintln(a.stderr, clean("warning: "+line))
	}
}

// progressAfter is how long something may take before it is shown.
const progressAfter = time.Second

// progress shows how far something has come, on a terminal only and only when it is slow; nil shows nothing.
func (a *app) progress(doing string) func(done, total int) {
	if _, ok := terminal(a.stderr); !ok {
		return nil
	}
	began, shown := time.Now(), false
	return func(done, total int) {
		switch {
		case done >= total && shown:
			fmt.Fprint(a.stderr, "\r\x1b[K")
		case time.Since(began) >= progressAfter:
			shown = true
			fmt.Fprintf(a.stderr, "\r%s: %d of %d\x1b[K", doing, done, total)
		}
	}
}

// A configError is a setting that turned out to be wrong when it was used.
type configError struct{ err error }

func (e *configError) Error() string { return e.err.Error() }
func (e *configError) Unwrap() error { return e.err }

// failure says what went wrong in assemble or load: to the person who runs the program the cause is shown.
func (a *app) failure(err error) int {
	code := exitFailure
	if _, ok := errors.AsType[*configError](err); ok {
		code = exitConfig
	}
	return a.fail(code, err.Error())
}

// terminal is the stream's file where it is a terminal.
func terminal(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// Widths of a page in columns.
const (
	defaultColumns = 80  // where the output is not a terminal
	maxColumns     = 100 // longer lines are hard to read
)

// page is where a reply to standard output is shown.
func (a *app) page() page {
	f, ok := terminal(a.stdout)
	if !ok {
		return page{columns: defaultColumns}
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns < 1 {
		columns = defaultColumns
	}
	return page{columns: min(columns, maxColumns), color: a.color}
}
