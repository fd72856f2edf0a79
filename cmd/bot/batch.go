package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strconv"
	"sync"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/dispatch"
)

// Bounds of a batch.
const (
	batchWorkers = 4        // questions answered at once
	batchAhead   = 16       // answers that wait for a slower one before them
	maxLineBytes = 64 << 10 // of input: a question of 2,000 characters as \u escapes is 24 kB
)

// A batch runs one command for each line of a file.
type batch struct {
	app   *app
	table *dispatch.Table
	name  string
	args  commands.Args // of every line
	file  string
}

// A job is one line of input and where its result goes.
type job struct {
	n      int // counting from 1
	line   []byte
	err    error // of reading the line
	result chan batchResult
}

// A batchResult is one line of output, and what standard error says of it: "" for nothing.
type batchResult struct {
	line    []byte
	problem string
}

// batch runs the command for each line of the file, several at once, and writes one line for each in the order of the
// input. A line that fails becomes {"id", "line", "error"}, is named on standard error, and makes the exit code 2; the
// others are answered all the same.
func (a *app) batch(ctx context.Context, table *dispatch.Table, name string, args commands.Args, file string) int {
	b := batch{a, table, name, args, file}
	in := a.stdin
	if file == "-" {
		b.file = "standard input"
	} else {
		f, err := os.Open(file)
		if err != nil {
			return a.fail(exitFailure, "--batch: "+err.Error())
		}
		defer f.Close()
		in = f
	}
	var workers sync.WaitGroup
	defer workers.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before the wait: nobody may wait for a queue that is no longer emptied

	queue, jobs := make(chan job, batchAhead), make(chan job)
	var readErr error // read once queue is closed
	workers.Go(func() {
		defer close(queue)
		defer close(jobs)
		readErr = b.read(ctx, in, queue, jobs)
	})
	for range batchWorkers {
		workers.Go(func() {
			for j := range jobs {
				j.result <- b.run(ctx, j)
			}
		})
	}
	code := exitOK
	for j := range queue {
		r := <-j.result
		if r.problem != "" {
			code = a.fail(exitFailure, fmt.Sprintf("%s:%d: %s", b.file, j.n, r.problem))
		}
		if _, err := a.stdout.Write(append(r.line, '\n')); err != nil {
			return a.fail(exitFailure, "writing the result: "+err.Error())
		}
	}
	if readErr != nil {
		return a.fail(exitFailure, fmt.Sprintf("%s: %v", b.file, readErr))
	}
	return code
}

// read sends each line that is not blank to the queue of results and then to the workers, until the end of the input or
// of ctx.
func (b batch) read(ctx context.Context, in io.Reader, queue, jobs chan<- job) error {
	lines := bufio.NewReaderSize(in, maxLineBytes)
	for n := 1; ; n++ {
		line, err := readLine(lines)
		if err != nil && !errors.Is(err, errLongLine) {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 && err == nil {
			continue
		}
		j := job{n, bytes.Clone(line), err, make(chan batchResult, 1)}
		for _, to := range []chan<- job{queue, jobs} {
			select {
			case to <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

var errLongLine = errors.New("the line is longer than " + strconv.Itoa(maxLineBytes) + " bytes")

// readLine returns the next line, valid until the next call, and io.EOF after the last. A line that is too long is
// skipped to its end; the error is errLongLine.
func readLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	switch {
	case errors.Is(err, io.EOF) && len(line) > 0:
		return line, nil
	case !errors.Is(err, bufio.ErrBufferFull):
		return line, err
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.ReadSlice('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return nil, errLongLine
}

// run answers one line.
func (b batch) run(ctx context.Context, j job) batchResult {
	if j.err != nil {
		return failedLine(nil, j.n, j.err.Error())
	}
	id, args, problem := b.parse(j.line)
	if problem != "" {
		return failedLine(id, j.n, problem)
	}
	reply, err := b.table.Run(ctx, b.name, input(args))
	if err != nil {
		return failedLine(id, j.n, sentence(err))
	}
	object, err := reply.JSON.MarshalJSON()
	if err != nil {
		return failedLine(id, j.n, err.Error())
	}
	return batchResult{line: withID(id, object)}
}

// parse reads one line of input: {"id", "text", "document"?}; other fields are left alone. problem is "" where all is
// well; the id is nil where there is none to be read.
func (b batch) parse(line []byte) (id json.RawMessage, args commands.Args, problem string) {
	var in struct {
		ID       json.RawMessage `json:"id"`
		Text     *string         `json:"text"`
		Document string          `json:"document"`
	}
	if err := json.Unmarshal(bytes.ToValidUTF8(line, []byte("\uFFFD")), &in); err != nil {
		return nil, nil, "want a JSON object with id and text: " + err.Error()
	}
	switch {
	case len(in.ID) == 0 || !bytes.ContainsRune([]byte(`"-0123456789`), rune(in.ID[0])):
		return nil, nil, "want an id, a string or a number"
	case in.Text == nil:
		return in.ID, nil, "want a text, a string"
	}
	args = maps.Clone(b.args)
	args[batchParam(b.name)] = *in.Text
	args["document"] = cmp.Or(in.Document, args["document"])
	return in.ID, args, ""
}

// withID puts the id in front of the members of a JSON object.
func withID(id json.RawMessage, object []byte) []byte {
	out := append([]byte(`{"id":`), id...)
	if members := object[1:]; len(members) > 1 {
		return append(append(out, ','), members...)
	}
	return append(out, '}')
}

func failedLine(id json.RawMessage, n int, problem string) batchResult {
	if id == nil {
		id = json.RawMessage("null")
	}
	text, err := json.Marshal(problem)
	if err != nil { // a string can always be written
		text = []byte(`""`)
	}
	return batchResult{line: fmt.Appendf(nil, `{"id":%s,"line":%d,"error":%s}`, id, n, text), problem: problem}
}

// batchParam is the parameter that a line's text is for.
func batchParam(command string) string {
	if command == "check" {
		return "text"
	}
	return "question"
}
