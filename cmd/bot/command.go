package main

import (
	"context"
	"fmt"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// command runs one command of the table, or a batch of it.
func (a *app) command(ctx context.Context, name string) int {
	args, batch := a.flags.args(name)
	if batch != "" && args[batchParam(name)] != "" {
		return a.fail(exitFailure, "either a "+batchParam(name)+" or --batch, not both")
	}
	p, err := a.assemble(ctx, false)
	if err != nil {
		return a.failure(err)
	}
	defer p.Close()
	if _, err := a.load(ctx, p); err != nil {
		return a.failure(err)
	}
	if batch != "" {
		return a.batch(ctx, p.table, name, args, batch)
	}
	began := time.Now()
	reply, err := p.table.Run(ctx, name, input(args))
	if err != nil {
		return a.fail(exitFailure, sentence(err))
	}
	a.logger.Debug("done", "command", name, "took", time.Since(began))
	if path := a.flags.Timeline.PNG; path != nil {
		if err := writePicture(*path, reply.File); err != nil {
			return a.fail(exitFailure, "--png: "+err.Error())
		}
	}
	return a.show(reply)
}

// input is a call from a terminal: who runs the program may see what it was given to read.
func input(args commands.Args) commands.Input {
	return commands.Input{Args: args, From: commands.Terminal}
}

// show writes a reply to standard output.
func (a *app) show(reply commands.Reply) int {
	text := a.page().render(reply)
	if a.flags.JSON {
		line, err := reply.JSON.MarshalJSON()
		if err != nil {
			return a.fail(exitFailure, err.Error())
		}
		text = string(line) + "\n"
	}
	if _, err := fmt.Fprint(a.stdout, text); err != nil {
		return a.fail(exitFailure, "writing the result: "+err.Error())
	}
	if reply.Nothing {
		return exitNothing
	}
	return exitOK
}

// sentence says what went wrong with a command. Who runs the program in a terminal is its operator: the cause is shown
// as it is, where Discord would show a reference to the log.
func sentence(err error) string {
	if text, ok := commands.Known(err, lang.Printer{}); ok {
		return text
	}
	return err.Error()
}
