package article

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A FileError is one thing wrong with a file: where it is and what to do about it.
type FileError struct {
	Path string // relative to the root of the file system
	Line int    // counting from 1
	Msg  string // what is wrong and what to do
	Err  error  // the cause, nil where the Msg says it all
}

// Error prints "path:line: what is wrong and what to do" in one line. What no reader could see of the path, or what
// would change how the rest reads, is left out.
func (e *FileError) Error() string {
	path := strings.Map(func(r rune) rune {
		if invisible(r) || r == '\n' || r == '\t' {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(e.Path, string(utf8.RuneError)))
	return fmt.Sprintf("%s:%d: %s", path, e.Line, e.Msg)
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// ErrNoDocuments means that a folder holds no document that could be loaded.
var ErrNoDocuments = errors.New("no document was loaded: put .md or .txt files with text in the folder")

// problems collects what is wrong with one file.
type problems struct {
	path string
	all  []error
}

func (p *problems) add(line int, msg string) {
	p.all = append(p.all, &FileError{Path: p.path, Line: line, Msg: msg})
}

func (p *problems) err() error { return errors.Join(p.all...) }
