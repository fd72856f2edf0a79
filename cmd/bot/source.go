package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/convert"
)

// A source is where documents come from: a folder, or the ones that are compiled in.
type source struct {
	dir  string
	name string // the flag or variable that named the folder; "" is the built-in documents
	// convert makes Markdown of other formats; nil refuses them. It remembers what it made.
	convert article.Converter
	loader  *article.Loader
}

// newSource prefers the flag to the variable. tell is as for converter.
func newSource(flag *string, variable string, tell func(file string, notes []convert.Note)) source {
	var s source
	switch {
	case flag != nil:
		s.dir, s.name, s.convert = *flag, "--docs", converter(newConverter(), tell)
	case variable != "":
		s.dir, s.name, s.convert = variable, envDocs, converter(newConverter(), tell)
	}
	s.loader = article.NewLoader(s.convert)
	return s
}

func (s source) String() string {
	if s.name == "" {
		return "built in"
	}
	return s.dir
}

// load reads the documents as article.Load does. The folder is opened anew each time, so that one which was replaced is
// seen, and nothing outside of it is read, whatever its links say.
func (s source) load() (*article.Corpus, error) {
	if s.name == "" {
		return s.loader.Load(docs.FS)
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", s.name, s.dir, err)
	}
	defer root.Close()
	return s.loader.Load(root.FS())
}

// check says in one sentence why the folder cannot be read.
func (s source) check() error {
	if s.name == "" {
		return nil
	}
	if s.dir == "" {
		return errors.New(s.name + ": name a folder")
	}
	info, err := os.Stat(s.dir)
	if err == nil && info.IsDir() {
		_, err = os.ReadDir(s.dir)
	}
	var what string
	switch {
	case errors.Is(err, fs.ErrNotExist):
		what = "there is no such folder"
	case errors.Is(err, fs.ErrPermission):
		what = "the folder may not be read by this user"
	case err != nil:
		what = "the folder cannot be read"
	case !info.IsDir():
		what = "that is a file; name the folder that holds .md or .txt files"
	default:
		return nil
	}
	return s.refuse(what)
}

// refuse says what is wrong with the folder, naming the flag or the variable: a variable is configuration.
func (s source) refuse(what string) error {
	err := fmt.Errorf("%s %s: %s", s.name, s.dir, what)
	if s.name == envDocs {
		return &configError{err}
	}
	return err
}
