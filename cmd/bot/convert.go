package main

import (
	"context"
	"os"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
)

// newConverter makes the converter of files that are no text. Its children are called as we are, which is how a test's
// program knows itself; without a file of our own to start, there are no conversions.
func newConverter() *convert.Converter {
	c, err := convert.New(convert.Config{Name: os.Args[0], Cache: convert.CacheDir()})
	if err != nil {
		return nil
	}
	return c
}

// converter is what article.LoadWith asks about each file. tell, if not nil, is given what was left out of a file that
// was converted and what is doubtful about it, a sentence each.
func converter(c *convert.Converter, tell func(file string, notes []convert.Note)) article.Converter {
	if c == nil {
		return nil
	}
	return func(name string, data []byte) ([]byte, error) {
		kind := convert.KindOf(name, "", data)
		if kind == convert.Text {
			return nil, nil
		}
		d, err := c.Convert(context.Background(), kind, data, convert.Source{Keep: true}) // it has a deadline of its own
		if err != nil {
			return nil, err
		}
		if tell != nil {
			tell(name, d.Notes)
		}
		return d.Markdown(), nil
	}
}

// tellNotes logs the notes of a file, once for each content. Who asks one question is not told each time, unless he
// wants to know (-v).
func (a *app) tellNotes(file string, notes []convert.Note) {
	if len(notes) == 0 {
		return
	}
	a.logger.Log(context.Background(), a.noteLevel, "not all of a document was loaded as it is", "file", file, "notes",
		joined(notes))
}

// joined are notes in one line.
func joined(notes []convert.Note) string {
	texts := make([]string, len(notes))
	for i, n := range notes {
		texts[i] = n.String()
	}
	return strings.Join(texts, "; ")
}
