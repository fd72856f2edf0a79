package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pilcrow/internal/commands"
	"pilcrow/internal/fetch"
	"pilcrow/internal/static"
)

func (c config) shelf() static.Shelf { return static.NewShelf(filepath.Join(c.data, "models")) }

// model lists, adds, gets and removes models of word vectors.
func (a *app) model(ctx context.Context) int {
	f, shelf := &a.flags.Model, a.config.shelf()
	switch {
	case f.Add.Name == builtinModel || f.Get.Name == builtinModel:
		return a.fail(exitFailure, builtinModel+" is the table in the program: choose another name with --name")
	case f.Add.Path != "":
		name := f.Add.Name
		if name == "" {
			name = strings.ToLower(filepath.Base(filepath.Clean(f.Add.Path)))
		}
		label, err := shelf.Add(ctx, name, f.Add.Path)
		return a.placed(label, err)
	case f.Get.Name != "":
		return a.getModel(ctx, shelf, fetch.New(fetch.Config{}))
	case f.Remove.Name != "":
		if err := shelf.Remove(f.Remove.Name); err != nil {
			return a.shelfError(err)
		}
		return a.show(modelReply(modelJSON{Removed: f.Remove.Name}, f.Remove.Name+" is removed."))
	}
	labels, err := shelf.List()
	if err != nil {
		return a.shelfError(err)
	}
	r := modelReply(modelJSON{Models: labels})
	for _, l := range labels {
		parts := []string{fmt.Sprintf("%s%s: %d dimensions", localPrefix, l.Name, l.Dimension),
			fmt.Sprintf("%.1f MB", float64(l.Bytes())/1e6),
			l.Languages, l.License, l.Revision}
		text := strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Item, Text: text})
	}
	if r.Nothing = len(labels) == 0; r.Nothing {
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para,
			Text: "No model is installed; " + localPrefix + builtinModel + " is the table in the program. bot model add PATH " +
				"adds one."})
	}
	return a.show(r)
}

// getModel downloads a model that a list describes.
func (a *app) getModel(ctx context.Context, shelf static.Shelf, fetcher *fetch.Fetcher) int {
	f := a.flags.Model.Get
	if f.List == "" {
		return a.fail(exitFailure, "this build pins no model: none whose checksum could be looked at where it was made. "+
			"--list FILE names a "+
			"list of your own (README, \"Models of word vectors\"); bot model add PATH takes a folder that you downloaded")
	}
	file, err := os.Open(f.List)
	if err != nil {
		return a.fail(exitFailure, "--list: "+err.Error())
	}
	defer file.Close()
	pins, err := static.ReadPins(file)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	var names []string
	for _, pin := range pins {
		if pin.Name == f.Name {
			shown := int64(-1)
			label, err := shelf.Get(ctx, pin, fetcher.Download, func(done, all int64) {
				if percent := done * 100 / max(all, 1); percent/5 != shown {
					shown = percent / 5
					fmt.Fprintf(a.stderr, "%s: %d of %d MB\n", pin.Name, done/1e6, all/1e6)
				}
			})
			return a.placed(label, err)
		}
		names = append(names, pin.Name)
	}
	return a.fail(exitFailure, fmt.Sprintf("%q is not in the list; it has: %s", f.Name, strings.Join(names, ", ")))
}

func (a *app) placed(l static.Label, err error) int {
	if err != nil {
		return a.shelfError(err)
	}
	return a.show(modelReply(modelJSON{Models: []static.Label{l}}, fmt.Sprintf("%s is installed: %d dimensions, %.1f "+
		"MB. Use it with %s=%s%s.",
		l.Name, l.Dimension, float64(l.Bytes())/1e6, envEmbeddingModel, localPrefix, l.Name)))
}

func (a *app) shelfError(err error) int {
	switch {
	case errors.Is(err, static.ErrIsThere):
		return a.fail(exitFailure, err.Error()+": bot model remove NAME takes it away, --name gives this one another")
	case errors.Is(err, static.ErrNoModel):
		return a.fail(exitNothing, err.Error()+": bot model list shows those there are")
	}
	return a.fail(exitFailure, err.Error())
}

// The machine's form.
type modelJSON struct {
	Models  []static.Label `json:"models,omitempty"`
	Removed string         `json:"removed,omitempty"`
}

func modelReply(m modelJSON, texts ...string) commands.Reply {
	r := commands.Reply{JSON: commands.Machine(m)}
	for _, text := range texts {
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: text})
	}
	return r
}
