package discord

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discord/offer"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
	"pilcrow/internal/recent"
)

// A worker makes the page of a question whose place is waiting: it has the question's turn come, its files and its
// command, and makes a page of the reply, or of what went wrong.
type worker struct {
	client  *rest.Client
	table   Table
	uploads uploads
	offered *offer.Registrar // the ids of commands, by which a reply names them
	links   func(server string, r commands.Reply, source article.Passage) string
	pages   *recent.Cache[string, render.Page] // that can be shared
	times   *times
}

// result waits for the question's turn and runs its command. Whatever happens, there is a page to show.
func (w *worker) result(work context.Context, q question, turn *limits.Turn) (p render.Page) {
	defer func() {
		if v := recover(); v != nil {
			p = w.failure(q, rest.Panicked(fmt.Sprint(v)))
		}
	}()
	queue, cancel := context.WithTimeoutCause(work, w.times.queue, limits.ErrBusy)
	defer cancel()
	err := turn.Wait(queue)
	if err == nil {
		var release func()
		release, err = w.uploads.receive(work, &q)
		defer release()
	}
	if err == nil {
		var reply commands.Reply
		if reply, err = w.run(work, q); err == nil {
			if q.overheard && reply.Nothing && (q.sure || smallTalk(q.input.Args[questionParam])) {
				return render.Page{Silent: true}
			}
			reply = dressed(q, reply)
			if note := leftOutText(q.input.Lang, q.leftOut); note != "" {
				reply.Blocks = append(slices.Clip(reply.Blocks), commands.Block{Kind: commands.Small, Text: note})
			}
			p := w.page(q.server, reply, q.turns, q.input.Lang)
			if _, ok := q.place.(*delivery.Interaction); !ok || q.command == askCommand || p.Cut {
				p = p.Uncarded()
			}
			if q.share && reply.Share {
				p = w.shareable(p, q)
			}
			return p
		}
	}
	if work.Err() != nil {
		err = context.Cause(work)
	}
	return w.failure(q, err)
}

// failure is what a reader sees of an error.
func (w *worker) failure(q question, err error) render.Page {
	say := q.input.Lang
	switch {
	case q.sure: // nobody asked
		w.client.LogOf(q.ref, "answer what was overheard", err)
		return render.Page{Silent: true}
	case errors.Is(err, errClosing):
		return render.Failure(say.Text(closingText))
	case errors.Is(err, limits.ErrBusy):
		return render.Failure(say.Text(busyText))
	case errors.Is(err, errChanged), errors.Is(err, errWithdrawn):
		return render.Page{} // nobody sees it
	}
	if said, ok := errors.AsType[spoken](err); ok {
		return render.Failure(string(said))
	}
	text, _ := w.table.Public(&commands.Referred{Ref: q.ref, Err: err}, say)
	return render.Failure(text)
}

// run calls the command and stops waiting for it when it does not end although its time is over.
func (w *worker) run(work context.Context, q question) (commands.Reply, error) {
	ctx, cancel := context.WithTimeout(work, w.times.run)
	defer cancel()
	type outcome struct {
		reply commands.Reply
		err   error
	}
	ended := make(chan outcome, 1)
	go func() { // ends with the command; nobody can wait for one that ignores its context
		defer func() {
			if p := recover(); p != nil {
				ended <- outcome{err: rest.Panicked(fmt.Sprint(p))}
			}
		}()
		reply, err := w.table.Run(ctx, q.command, q.input)
		ended <- outcome{reply, err}
	}()
	select {
	case o := <-ended:
		return o.reply, o.err
	case <-ctx.Done():
	}
	patience := time.NewTimer(w.times.overstay)
	defer patience.Stop()
	select {
	case o := <-ended:
		return o.reply, o.err
	case <-patience.C:
		return commands.Reply{}, context.Cause(ctx)
	}
}

// page lays a reply out with its file. Without the file it is an answer, too.
func (w *worker) page(server string, r commands.Reply, single bool, say lang.Printer) render.Page {
	var link func(article.Passage) string
	if w.links != nil {
		link = func(source article.Passage) string { return w.links(server, r, source) }
	}
	p, err := render.Layout{Say: say, Link: link, Ids: w.offered.IDs()}.Page(r, single)
	if err != nil {
		w.client.Log("make the file of a reply", err)
	}
	return p
}

// shareable puts the button on a page that one person alone sees.
func (w *worker) shareable(p render.Page, q question) render.Page {
	id, say := q.id, q.input.Lang
	action := commands.Action{Label: say.Text(shareLabel), Command: shareCall}
	if len(p.Parts) > 1 || p.Cut || len(p.Files) > 0 {
		action.Args = commands.Args{pageArg: id}
		w.pages.Put(pageKey(id, q.who, q.input.Channels), p)
	}
	return p.WithAction(action)
}

// dressed is the reply with the question above it where nobody would see it otherwise.
func dressed(q question, r commands.Reply) commands.Reply {
	if q.slash && q.command == askCommand && len(r.Blocks) > 0 {
		r.Blocks = slices.Insert(slices.Clone(r.Blocks), 0, event.AskedLine(q.input.Lang, q.input.Args[questionParam]))
	}
	return r
}

// dressing dresses the stages of an answer likewise.
func dressing(q question, show func(commands.Reply)) func(commands.Reply) {
	if show == nil {
		return nil
	}
	return func(r commands.Reply) { show(dressed(q, r)) }
}
