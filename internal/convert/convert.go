// Package convert makes Markdown, which package article reads, of documents in other formats: HTML, PDF, DOCX and EPUB.
//
// Such files come from anywhere, and their readers can be made to explode: 199 KiB of PDF were seen to inflate to 2.6
// GiB. So none is read in this process: the program starts itself once more with ChildCommand, hands it the bytes, and
// takes back a text. The child has no environment, is bounded in memory, time and output, and dies with all that it
// started.
//
// What no reader of the original sees is not loaded, for it could be there to speak to a machine: hidden elements, text
// without size or contrast, comments, descriptions of pictures, characters without width. Notes say how much was left
// out.
package convert

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"pilcrow/internal/recent"
)

// ChildCommand is the first argument of a process that is a child: the program must then call Child and nothing else.
const ChildCommand = "convert-child"

// The bounds of one conversion.
const (
	maxInputBytes  = 10 << 20        // as large as a file of a folder may be
	maxOutputBytes = 10 << 20        // likewise: the result becomes one
	maxMemory      = 512 << 20       // bytes of the child's memory
	timeout        = 8 * time.Second // within the ten that a file may take in all
	killDelay      = time.Second     // for pipes to close when the child is dead
)

// maxKept bounds, in bytes of text, the results that are kept so that an unchanged file is not converted again.
const maxKept = 16 << 20

// Config says how to start children.
type Config struct {
	// Program is the file to start: this very program. "" finds it.
	Program string
	// Name is the child's name among processes, its argument 0; "" is Program.
	Name string
	// Timeout ends a conversion; 0 is 8 s.
	Timeout time.Duration
	// Cache is a folder that only this user may write, for the compiled reader of PDF and what is kept between runs; ""
	// for none. Without it PDF is read by a reader that knows less of it.
	Cache string
}

// A Converter converts, one file at a time: callers wait for each other, so that the memory in use is bounded.
type Converter struct {
	config Config
	turn   chan struct{} // holds one element while a child runs
	build  string        // tells builds of the program apart

	unprepared bool // the reader of PDF could not be compiled; whoever has the turn reads and sets it

	kept *recent.Cache[[sha256.Size]byte, outcome]
}

// An outcome is what a conversion came to.
type outcome struct {
	document Document
	err      error
}

// An Error says in one sentence why a file could not be converted, and what to do where something can be done.
type Error struct{ Msg string }

// Error returns the sentence.
func (e *Error) Error() string { return e.Msg }

func refuse(msg string) error { return &Error{msg} }

// A Source is what is known of a file besides its bytes. All of it may be unknown.
type Source struct {
	URL     string // where it was fetched
	Charset string // as the server declared it
	// Keep says that the outcome may stay on disk, because the file does.
	Keep bool
}

// New makes a converter.
func New(config Config) (*Converter, error) {
	if config.Program == "" {
		self, err := self()
		if err != nil {
			return nil, fmt.Errorf("find the program's own file: %w", err)
		}
		config.Program = self
	}
	if config.Name == "" {
		config.Name = config.Program
	}
	if config.Timeout == 0 {
		config.Timeout = timeout
	}
	return &Converter{config: config, turn: make(chan struct{}, 1), build: buildOf(config.Program),
		kept: recent.New[[sha256.Size]byte](recent.Config[outcome]{Bytes: maxKept, Size: outcomeBytes})}, nil
}

// Convert converts a file of the given kind, which is not Text. The error is an *Error, or the context's. The document
// is valid UTF-8 whatever the file holds, but nothing else about it is certain: package article parses it like any
// other.
func (c *Converter) Convert(ctx context.Context, kind Kind, data []byte, from Source) (Document, error) {
	if len(data) > maxInputBytes {
		return Document{}, &Error{fmt.Sprintf("larger than %d MiB", maxInputBytes>>20)}
	}
	head, err := json.Marshal(request{kind, from.URL, from.Charset, c.config.Cache})
	if err != nil {
		return Document{}, err
	}
	hash := sha256.New()
	hash.Write([]byte(c.build))
	hash.Write(head)
	hash.Write(data)
	key := [sha256.Size]byte(hash.Sum(nil))
	if o, _, ok := c.kept.Get(key); ok {
		return o.document, o.err
	}
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return Document{}, ctx.Err()
	}
	if o, _, ok := c.kept.Get(key); ok { // somebody before us had the same file
		return o.document, o.err
	}
	if from.Keep {
		if o, ok := c.recallDisk(key); ok {
			c.kept.Put(key, o)
			return o.document, o.err
		}
	}
	if kind == PDF {
		if err := c.prepare(ctx); err != nil && ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
	}
	o, certain := c.run(ctx, head, data)
	if certain {
		c.kept.Put(key, o)
		if from.Keep {
			c.keepDisk(key, o)
		}
	}
	return o.document, o.err
}

// outcomeBytes is what an outcome takes in memory, about.
func outcomeBytes(o outcome) int64 {
	const overhead = 1 << 10 // of an entry without a text
	return int64(len(o.document.Body)) + overhead
}

// run runs a child. certain tells that the same file would come to the same again: a timeout may be the machine's
// fault.
func (c *Converter) run(ctx context.Context, head, data []byte) (o outcome, certain bool) {
	limited, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	cmd := c.child(limited, fmt.Sprintf("GOMEMLIMIT=%d", maxMemory/2))
	cmd.Stdin = io.MultiReader(bytes.NewReader(append(head, '\n')), bytes.NewReader(data))
	var out bounded
	cmd.Stdout = &out
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return outcome{err: ctx.Err()}, false
	case limited.Err() != nil:
		return outcome{err: &Error{fmt.Sprintf("reading it takes longer than %v, so it was given up", c.config.Timeout)}},
			false
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && !out.full {
		return outcome{err: &Error{childFailure(exit.ExitCode())}}, exit.ExitCode() == exitMemory
	}
	if err != nil && !out.full {
		return outcome{err: &Error{"the process that reads it could not be run: " + err.Error()}}, false
	}
	var r response
	switch {
	case out.full:
		return outcome{err: &Error{fmt.Sprintf("there are more than %d MiB of text in it", maxOutputBytes>>20)}}, true
	case json.Unmarshal(out.buffer.Bytes(), &r) != nil:
		return outcome{err: &Error{childFailure(exitBroken)}}, false
	case r.Error != "":
		return outcome{err: &Error{r.Error}}, true
	}
	return outcome{document: r.document()}, true
}

// childFailure says what an exit code of a child means. It is -1 where a signal ended it.
func childFailure(code int) string {
	switch code {
	case exitMemory, exitRuntime, -1:
		return fmt.Sprintf("reading it takes more than %d MiB of memory, so it was given up", maxMemory>>20)
	case exitLate:
		return fmt.Sprintf("reading it takes longer than %v, so it was given up", timeout)
	}
	return "its reader fails on it: the file is damaged or of a kind that is not known"
}

// bounded keeps at most maxOutputBytes and fails behind them, which ends the writer.
type bounded struct {
	buffer bytes.Buffer
	full   bool
}

var errFull = errors.New("too much output")

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.buffer.Len()+len(p) > maxOutputBytes {
		b.full = true
		return 0, errFull
	}
	return b.buffer.Write(p)
}
