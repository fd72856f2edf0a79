package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"pilcrow/internal/discord"
	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/store"
)

const (
	// Another bot on the same folder may be about to end: it takes up to 20 seconds.
	otherBot      = 30 * time.Second
	lookAfterward = 100 * time.Millisecond

	// A bot on PostgreSQL stands by for as long as others have its shards, and looks less often: others wait for each
	// look.
	standBy      = 10 * 365 * 24 * time.Hour
	lookStanding = time.Second
)

// claim takes what this process serves from, when nobody else does.
func (a *app) claim(ctx context.Context, p *parts) (release func() error, err error) {
	wait := otherBot
	if p.sharing() {
		wait = standBy
	}
	release, err = a.alone(ctx, p, wait)
	if errors.Is(err, store.ErrServed) {
		err = fmt.Errorf("%w: end that one first, or give this one a database of its own", err)
	}
	if err != nil {
		return nil, &configError{fmt.Errorf("%s: %w", a.envStore(), err)}
	}
	return release, nil
}

// sharing tells whether processes on other machines may serve from the same database.
func (p *parts) sharing() bool { return p.store != nil && p.store.Shared() }

// alone waits so long for another bot on the same folder to end, or one that has shards of this one's.
func (a *app) alone(ctx context.Context, p *parts, wait time.Duration) (release func() error, err error) {
	until, pause := time.Now().Add(wait), lookAfterward
	if p.sharing() {
		pause = lookStanding
	}
	for said := false; ; said = true {
		release, err = a.join(ctx, p)
		away := said && errors.Is(err, store.ErrNotKept) // it may come back while one waits
		if !errors.Is(err, store.ErrServed) && !away || time.Now().After(until) {
			return release, err
		}
		if !said {
			a.logger.Warn("another bot runs on the same database: waiting for it to end", "at",
				a.storeConfig().Where(a.config.data), "which", err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// join takes the folder, and in PostgreSQL the shards, for this process.
func (a *app) join(ctx context.Context, p *parts) (release func() error, err error) {
	folder, err := store.Serve(a.config.data)
	if err != nil || !p.sharing() {
		return folder, err
	}
	leave, err := p.store.Join(ctx, a.process(), p.answers, func(err error) {
		a.logger.ErrorContext(ctx, "the database may serve another bot, too: end one of them", "error", err)
	})
	if err != nil {
		return nil, errors.Join(err, folder())
	}
	return func() error { return errors.Join(leave(), folder()) }, nil
}

// process is this one, for the others on the database.
func (a *app) process() store.Process {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	one := store.Process{Name: fmt.Sprintf("%s:%d", host, os.Getpid()), Version: version}
	set := a.config.shards
	one.Shares = set.Auto() // whatever Discord says, with the others for which that is so
	for _, shard := range set.All() {
		one.Shards = append(one.Shards, store.Lease{Count: shard.Count, Shard: shard.ID})
	}
	return one
}

// answers says from which documents this process answers.
func (p *parts) answers() (edit int64, edition string) {
	if p.library != nil {
		edit = p.library.Edit()
	}
	if e := p.engine.Edition(); e != nil {
		edition = e.Corpus.Digest()
	}
	return edit, edition
}

// unless says what kept the bot from its beginning, unless it was asked to end before that.
func (a *app) unless(ctx context.Context, err error) int {
	if ctx.Err() != nil {
		return exitOK
	}
	return a.failure(err)
}

// serve runs the Discord bot until SIGTERM or SIGINT; SIGHUP, or a change in their folder, reads the documents again.
func (a *app) serve(ctx context.Context) int {
	if a.config.discordToken == "" {
		return a.fail(exitConfig, "DISCORD_TOKEN is not set.\n"+
			"Set it in the environment or in .env: it is the bot's token from https://discord.com/developers/applications\n"+
			"(README.md goes through it step by step). To try Pilcrow without Discord:\n"+
			`bot ask "Why did Pakistan strike eastern Afghanistan?"`)
	}
	a.serves = true
	if err := a.first(ctx); err != nil {
		return a.failure(err)
	}
	p, err := a.assemble(ctx, true)
	if err != nil {
		return a.failure(err)
	}
	defer p.Close()
	p.budget.Apply()
	links, err := a.links(p)
	if err != nil {
		return a.failure(err)
	}
	table, metrics := p.measure()
	bot, err := discord.New(discord.Config{
		Token: a.config.discordToken.reveal(), APIURL: a.config.discordAPIURL, Table: table, Limits: a.config.limits,
		Shards: a.config.shards, Share: p.sharing(),
		Logger: a.logger, Content: a.config.content, Threads: p.threads(a.config.threads),
		Answered: p.answered,
		Journal:  p.store, Permalink: a.permalinks(links),
	})
	if err != nil {
		return a.failure(&configError{err})
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)      // a second signal ends the program at once
	hangup := make(chan os.Signal, 1) // one that comes while the documents are loaded is not lost, and does not kill
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)

	release := func() error { return nil }
	defer func() { _ = release() }() // the system does it, too
	begin := func() (err error) {
		taken, err := a.claim(ctx, p)
		if err == nil {
			release = taken
		}
		return err
	}
	if !p.sharing() {
		if err := begin(); err != nil {
			return a.unless(ctx, err)
		}
	}
	_, end, err := a.listen(p, table, metrics, links)
	if err != nil {
		return a.failure(err)
	}
	defer end()
	defer a.watchStore(ctx, p)()
	folder := a.watchFolder(p) // before the first load, so that no change falls between
	report, err := a.load(ctx, p)
	if err != nil || ctx.Err() != nil {
		return a.unless(ctx, err)
	}
	a.logger.Info("documents loaded", "from", p.source, "documents", report.Documents, "paragraphs", report.Passages,
		"embedded", report.Embedded, "known", report.Reused, "not embedded yet", report.Missing, "took", report.Took)
	if p.sharing() { // one that stands by takes over with its documents loaded
		if err := begin(); err != nil {
			return a.unless(ctx, err)
		}
	}

	var beside sync.WaitGroup
	defer beside.Wait()
	beside.Go(func() { a.reloads(ctx, p, hangup, folder) })
	p.bot.Store(bot)
	beside.Go(func() { p.table.Tend(ctx) })
	if p.library != nil && p.sharing() {
		beside.Go(func() { p.library.Follow(ctx) })
	}
	beside.Go(func() { p.backlog.Run(ctx) })
	if p.depot != nil {
		beside.Go(func() { p.depot.Run(ctx) })
	}
	err = bot.Run(ctx)
	stop()                                                   // ends the reloads where Run ended by itself
	if fatal, ok := errors.AsType[*gateway.Fatal](err); ok { // the token or a setting at Discord
		return a.failure(&configError{fatal})
	}
	if err != nil {
		return a.failure(err)
	}
	return exitOK
}
