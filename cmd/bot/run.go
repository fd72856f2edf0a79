package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/alecthomas/kong"

	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
)

// Exit codes.
const (
	exitOK      = 0
	exitNothing = 1  // not covered, no such thing found, a check failed
	exitFailure = 2  // usage or failure
	exitConfig  = 78 // EX_CONFIG of sysexits.h
)

const dotenvPath = ".env"

// run is the whole program. It is the only function that is given the environment.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout,
	stderr io.Writer) int {
	if len(args) > 0 && args[0] == convert.ChildCommand { // started by ourselves, to read one file
		return convert.Child(stdin, stdout)
	}
	if getenv("GOTRACEBACK") != "crash" { // Go's own way to ask for them
		noCoreDumps()
	}
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, color: getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"}
	command, code, done := a.parse(args)
	if done {
		return code
	}
	env, err := withDotenv(getenv, dotenvPath)
	if err != nil {
		return a.fail(exitConfig, err.Error())
	}
	a.config, a.configErr = loadConfig(env)
	a.logger = newLogger(stderr, a.config, command == "serve" || command == "web", a.flags.Verbose)
	if command == "serve" || command == "documents" || command == "doctor" {
		a.noteLevel = slog.LevelWarn
	}
	if a.configErr == nil {
		if err := a.finishRestore(); err != nil {
			return a.fail(exitFailure, err.Error())
		}
	}
	if command == "doctor" { // it reports what is wrong with the configuration beside everything else
		return a.doctor(ctx)
	}
	if a.configErr != nil {
		return a.fail(exitConfig, "the configuration is wrong:\n"+a.configErr.Error())
	}
	if do, ok := a.programs()[command]; ok {
		return do(ctx)
	}
	if command == "documents" {
		if do, ok := a.documentProgram(); ok {
			return do(ctx)
		}
	}
	return a.command(ctx, command)
}

// programs are the subcommands that are no commands of the table; doctor is one more.
func (a *app) programs() map[string]func(context.Context) int {
	return map[string]func(context.Context) int{"serve": a.serve, "health": a.health, "web": a.web, "eval": a.eval,
		"backup": a.backup, "restore": a.restore, "migrate": a.migrate, "cluster": a.cluster, "usage": a.usage,
		"model": a.model}
}

// documentProgram is what documents does beside listing: it changes the folder, or shows one document.
func (a *app) documentProgram() (do func(context.Context) int, ok bool) {
	switch f := a.flags.Documents; {
	case f.Add.From != "" || f.Refresh.Chosen || f.Remove.Name != "":
		return func(ctx context.Context) int {
			return a.change(ctx, fetch.New(fetch.Config{Hosts: a.config.fetchHosts}))
		}, true
	case f.Show.Name != "":
		return a.showDocument, true
	}
	return nil, false
}

// parse reads the command line. done means that nothing is left to do but exit with the code.
func (a *app) parse(args []string) (command string, code int, done bool) {
	helped := false
	parser, err := kong.New(&a.flags,
		kong.Name("bot"),
		kong.Description("Answers questions about documents and shows the paragraph each sentence came from.\n\n"+
			"Exit codes: 0 done; 1 not covered by the documents, nothing found, or a bound not met; 2 wrong usage or failure; "+
			"78 wrong configuration."),
		kong.Writers(a.stdout, a.stderr),
		kong.Vars{"version": "bot " + version},
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return "", a.fail(exitFailure, err.Error()), true
	}
	parsed, err := parser.Parse(args)
	if helped {
		return "", exitOK, true
	}
	if err != nil {
		return "", a.fail(exitFailure, err.Error()+" (bot --help lists the commands)"), true
	}
	command, _, _ = strings.Cut(parsed.Command(), " ")
	return command, 0, false
}

// fail writes one sentence, or a sentence and lines below it, to standard error.
func (a *app) fail(code int, text string) int {
	for i, line := range strings.Split(text, "\n") {
		if i == 0 {
			line = "bot: " + line
		} else {
			line = "  " + line
		}
		fmt.Fprintln(a.stderr, clean(line))
	}
	return code
}
