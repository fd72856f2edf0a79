package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"pilcrow/internal/discord"
)

// serve runs the Discord bot until SIGTERM or SIGINT; SIGHUP, or a change in their folder, reads the documents again.
func (a *app) serve(ctx context.Context) int {
	if a.config.discordToken == "" {
		return a.fail(exitConfig, "DISCORD_TOKEN is not set.\n"+
			"Set it in the environment or in .env: it is the bot's token from https://discord.com/developers/applications\n"+
			"(README.md goes through it step by step). To try Pilcrow without Discord:\n"+
			`bot ask "Why did Pakistan strike eastern Afghanistan?"`)
	}
	p, err := a.assemble(ctx, true)
	if err != nil {
		return a.failure(err)
	}
	defer p.Close()
	bot, err := discord.New(discord.Config{
		Token: a.config.discordToken.reveal(), APIURL: a.config.discordAPIURL, Table: countedTable{p.table, &p.vitals.running}, Limits: a.config.limits,
		Logger: a.logger, Content: a.config.content, Threads: p.threads(a.config.threads),
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

	folder := a.watchFolder(p) // before the first load, so that no change falls between
	report, err := a.load(ctx, p)
	if ctx.Err() != nil { // asked to end before it began
		return exitOK
	}
	if err != nil {
		return a.failure(err)
	}
	a.logger.Info("documents loaded", "from", p.source, "documents", report.Documents, "paragraphs", report.Passages,
		"embedded", report.Embedded, "known", report.Reused, "took", report.Took)

	var beside sync.WaitGroup
	defer beside.Wait()
	beside.Go(func() { a.reloads(ctx, p, hangup, folder) })
	p.bot.Store(bot)
	beside.Go(func() { p.table.Tend(ctx) })
	err = bot.Run(ctx)
	stop()                                                   // ends the reloads where Run ended by itself
	if fatal, ok := errors.AsType[*discord.Fatal](err); ok { // the token or a setting at Discord
		return a.failure(&configError{fatal})
	}
	if err != nil {
		return a.failure(err)
	}
	return exitOK
}
