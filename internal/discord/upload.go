package discord

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
)

const (
	maxUpload     = 10 << 20   // bytes of a command's file; Discord lets people send that much
	maxLarge      = 4          // ours: commands that have files in memory at a time
	maxLeftOut    = 5          // ours: files that are named as left out
	attachedParam = "attached" // of ask: the text file that came with the question
	megabyte      = 1 << 20
)

// A spoken error is one whose text is for the reader.
type spoken string

// Error is the text.
func (s spoken) Error() string { return string(s) }

// tooLarge says which file is too large to be taken; "" for none.
func tooLarge(p lang.Printer, files map[string]event.File) string {
	for _, param := range slices.Sorted(maps.Keys(files)) {
		if f := files[param]; f.Size > maxUpload {
			return p.Text("%s is too large: I can take files of up to %d MB.", f.Name(), maxUpload/megabyte)
		}
	}
	return ""
}

// uploads fetches the files that people send along, those of a few commands at a time.
type uploads struct {
	client *rest.Client
	table  Table
	files  *rest.Files
	large  chan struct{} // holds one for each command that has files in memory
}

// receive fetches the files of a question, if the asker may use the command at all. The caller calls release when the
// files are no longer needed. Most errors are spoken ones.
func (u uploads) receive(ctx context.Context, q *question) (release func(), err error) {
	release = func() {}
	if len(q.files) == 0 || !u.table.May(q.command, q.input) {
		return release, nil
	}
	if _, small := q.files[attachedParam]; !small {
		select {
		case u.large <- struct{}{}:
			release = sync.OnceFunc(func() { <-u.large })
		case <-ctx.Done():
			return release, context.Cause(ctx)
		}
	}
	fetched := false
	defer func() {
		if !fetched { // also where reading a file panics
			release()
		}
	}()
	err = u.fetchAll(ctx, q)
	fetched = err == nil
	return release, err
}

func (u uploads) fetchAll(ctx context.Context, q *question) error {
	p := q.input.Lang
	for _, param := range slices.Sorted(maps.Keys(q.files)) {
		file := q.files[param]
		limit := int64(maxUpload)
		if param == attachedParam {
			limit = event.MaxAttached
		}
		data, err := u.files.Fetch(ctx, file.URL, limit)
		if err != nil {
			u.client.LogOf(q.ref, "fetch a file", err)
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return spoken(p.Text("I could not fetch %s from Discord. Please send it again.", file.Name()))
		}
		if param == attachedParam && !event.IsText(data) {
			q.leftOut = append(q.leftOut, file.Name())
			delete(q.input.Args, attachedParam)
			if q.input.Args[questionParam] == "" {
				q.command, q.input.Args = helpCommand, commands.Args{commands.BriefParam: "true"}
			}
			continue
		}
		if q.input.Files == nil {
			q.input.Files = map[string]commands.Upload{}
		}
		q.input.Files[param] = commands.Upload{Name: file.Name(), MediaType: file.MediaType, Data: data}
	}
	return nil
}

// leftOutText tells which files are not part of a question; "" for none.
func leftOutText(p lang.Printer, names []string) string {
	if len(names) == 0 {
		return ""
	}
	list := strings.Join(names[:min(len(names), maxLeftOut)], ", ")
	if more := len(names) - maxLeftOut; more > 0 {
		return p.Text("I can read one text file of up to %d MB; %s and %d more were left out.",
			event.MaxAttached/megabyte, list,
			more)
	}
	if len(names) == 1 {
		return p.Text("I can read one text file of up to %d MB; %s was left out.", event.MaxAttached/megabyte, list)
	}
	return p.Text("I can read one text file of up to %d MB; %s were left out.", event.MaxAttached/megabyte, list)
}
