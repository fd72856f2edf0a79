package convert

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/metrics"
	"strings"
	"sync"
	"time"

	"pilcrow/internal/pdfium"
)

// Exit codes of a child.
const (
	exitBroken  = 1
	exitRuntime = 2 // of Go itself: out of memory, a stack too deep
	exitMemory  = 3
	exitLate    = 4
)

// A request is the first line that a child reads; the bytes of the file follow.
type request struct {
	Kind    Kind   `json:"kind"`
	URL     string `json:"url"`
	Charset string `json:"charset"`
	Cache   string `json:"cache"` // where the compiled reader of PDF is; "" for nowhere
}

// A response is what a child writes: an error, or a document.
type response struct {
	Error     string `json:"error,omitempty"`
	Title     string `json:"title"`
	Author    string `json:"author"`
	Source    string `json:"source"`
	Published string `json:"published"` // as 2006-01-02, or ""
	Made      string `json:"made"`      // likewise
	Notes     []Note `json:"notes"`
	Body      string `json:"body"`
}

func (r response) document() Document {
	return Document{
		Title: field(r.Title), Author: field(r.Author), Source: field(r.Source), Published: parseDay(r.Published),
		Made: parseDay(r.Made), Notes: known(r.Notes), Body: r.Body,
	}
}

// Child is the whole of a process that Convert started: it reads a request from in, writes a response to out, and
// returns the exit code. It does not return where a bound is exceeded.
func Child(in io.Reader, out io.Writer) int {
	lines := bufio.NewReader(in)
	head, err := lines.ReadBytes('\n')
	var q request
	if err != nil || json.Unmarshal(head, &q) != nil {
		return exitBroken
	}
	if q.Kind == prepareKind { // it reads nothing that is not ours, and writes a file
		defer time.AfterFunc(prepareTimeout+killDelay, func() { os.Exit(exitLate) }).Stop()
		return compileReader(lines, q.Cache)
	}
	release := confine(maxMemory)
	defer release()
	late := time.AfterFunc(timeout+killDelay, func() { os.Exit(exitLate) }) // were the parent no longer there to end us
	defer late.Stop()

	data, err := io.ReadAll(io.LimitReader(lines, maxInputBytes+1))
	if err != nil || len(data) > maxInputBytes {
		return exitBroken
	}
	r := answer(q, data)
	if len(r.Body) > maxOutputBytes {
		r = response{Error: fmt.Sprintf("there are more than %d MiB of text in it", maxOutputBytes>>20)}
	}
	text, err := json.Marshal(r)
	if err != nil {
		return exitBroken
	}
	if _, err := out.Write(text); err != nil {
		return exitBroken
	}
	return 0
}

// answer converts, whatever becomes of it: readers of hostile files panic.
func answer(q request, data []byte) response {
	var engine *pdfium.Engine
	if q.Kind == PDF && q.Cache != "" {
		engine, _ = pdfium.Load(context.Background(), q.Cache) // without it the smaller reader reads
	}
	return answerWith(q, data, engine)
}

// answerWith is answer with a reader of PDF, nil for none.
func answerWith(q request, data []byte, engine *pdfium.Engine) (r response) {
	defer func() {
		if recover() != nil {
			r = response{Error: childFailure(exitBroken)}
		}
	}()
	d, err := read(q, data, engine)
	if bad, ok := errors.AsType[*Error](err); ok {
		return response{Error: bad.Msg}
	}
	if err != nil {
		return response{Error: childFailure(exitBroken)}
	}
	if d.words() == 0 {
		msg := "there is no text in it"
		var left []string
		for _, n := range d.left.notes() {
			left = append(left, n.leftOut())
		}
		if len(left) > 0 {
			msg += " that readers see: left out: " + strings.Join(left, ", ")
		}
		return response{Error: msg}
	}
	return response{
		Title: d.title, Author: d.author, Source: d.source, Published: formatDay(d.published), Made: formatDay(d.made),
		Notes: append(d.notes, d.left.notes()...), Body: markdown(d.blocks),
	}
}

// read picks the reader.
func read(q request, data []byte, engine *pdfium.Engine) (*draft, error) {
	switch q.Kind {
	case HTML:
		return readHTML(data, q.URL, q.Charset)
	case PDF:
		return readPDF(data, engine)
	case Archive:
		return readArchive(data)
	}
	return nil, fmt.Errorf("no reader for %q", q.Kind)
}

// watchEvery is how often the child looks at its own memory. Go's allocator takes some 10 MiB in that time.
const watchEvery = 5 * time.Millisecond

// confine bounds the memory of this process: by the system where it can, and by a watcher everywhere, which ends it
// with a code that tells. release stops the watcher.
func confine(memory int64) (release func()) {
	limitMemory(memory)
	var watching sync.WaitGroup
	stop := make(chan struct{})
	watching.Go(func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				if memoryInUse() > uint64(memory) {
					os.Exit(exitMemory)
				}
			}
		}
	})
	return func() {
		close(stop)
		watching.Wait()
	}
}

// memoryInUse is what the runtime holds of the system's memory, in bytes.
func memoryInUse() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}
