package main

import (
	"context"
	"os"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
)

// newConverter makes the converter of files that are no text. Its children are called as we are, which is how a test's program
// knows itself; without a file of our own to start, there are no conversions.
func newConverter() *convert.Converter {
	c, err := convert.New(convert.Config{Name: os.Args[0]})
	if err != nil {
		return nil
	}
	return c
}

// converter is what article.LoadWith asks about each file.
func converter(c *convert.Converter) article.Converter {
	if c == nil {
		return nil
	}
	return func(name string, data []byte) ([]byte, error) {
		kind := convert.KindOf(name, "", data)
		if kind == convert.Text {
			return nil, nil
		}
		d, err := c.Convert(context.Background(), kind, data, convert.Source{}) // it has a deadline of its own
		if err != nil {
			return nil, err
		}
		return d.Markdown(), nil
	}
}
