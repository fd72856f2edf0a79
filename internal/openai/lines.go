package openai

import (
	"bytes"
	"io"
	"time"
)

const (
	maxLineBytes = 256 << 10 // of one line of a stream: a token and what stands around it have some 300
	maxJunkBytes = 64 << 10  // of all lines that are not of the protocol: an error that came in place of a stream
)

// lines lets through what go-openai has to see of an event stream
// (https://html.spec.whatwg.org/multipage/server-sent-events.html), which collects whatever it is given: the data, each
// line bounded, and a bounded amount of what is no event at all. Comments and other fields are dropped. It is not safe
// for use by several goroutines.
type lines struct {
	source io.Reader
	ended  func(data bool) // at the end of each line

	out   []byte // to be read
	at    int    // how much of out was read
	err   error  // behind out
	line  []byte // the beginning of a line whose kind is not known yet
	kind  lineKind
	size  int // of the line so far
	junk  int // of all junk so far
	piece [4 << 10]byte
}

type lineKind int

const (
	unknownLine lineKind = iota
	dataLine
	droppedLine // a comment, an empty line, a field that nobody needs
	junkLine
)

const dataField = "data:"

// kindOf tells what a line is from its beginning; unknownLine asks for more of it.
func kindOf(begin []byte, whole bool) lineKind {
	if len(begin) == 0 {
		if whole {
			return droppedLine
		}
		return unknownLine
	}
	if begin[0] == ':' || begin[0] == '\r' {
		return droppedLine
	}
	for _, field := range [...]string{dataField, "event:", "id:", "retry:"} {
		switch {
		case !whole && len(begin) < len(field) && field[:len(begin)] == string(begin):
			return unknownLine
		case len(begin) < len(field) || string(begin[:len(field)]) != field:
		case field == dataField:
			return dataLine
		default:
			return droppedLine
		}
	}
	return junkLine
}

// Read implements io.Reader.
func (l *lines) Read(p []byte) (int, error) {
	for l.at == len(l.out) {
		if l.err != nil {
			return 0, l.err
		}
		l.out, l.at = l.out[:0], 0
		n, err := l.source.Read(l.piece[:])
		if l.err = l.filter(l.piece[:n]); l.err == nil {
			l.err = err
		}
		if l.err != nil && l.kind == unknownLine { // the last line has no end
			l.out = append(l.out, l.line...)
			l.line = l.line[:0]
		}
	}
	n := copy(p, l.out[l.at:])
	l.at += n
	return n, nil
}

func (l *lines) filter(piece []byte) error {
	for len(piece) > 0 {
		n := bytes.IndexByte(piece, '\n') + 1
		whole := n > 0
		if !whole {
			n = len(piece)
		}
		if err := l.add(piece[:n], whole); err != nil {
			return err
		}
		piece = piece[n:]
	}
	return nil
}

// add takes a part of one line, the last one if it is whole.
func (l *lines) add(part []byte, whole bool) error {
	l.size += len(part)
	if l.kind == unknownLine {
		l.line = append(l.line, part...)
		if l.kind = kindOf(bytes.TrimSuffix(l.line, []byte("\n")), whole); l.kind == unknownLine {
			return nil
		}
		part = l.line
	}
	switch l.kind {
	case junkLine:
		if l.junk += len(part); l.junk > maxJunkBytes {
			return errTooMuch
		}
		l.out = append(l.out, part...)
	case dataLine:
		if l.size > maxLineBytes {
			return errTooMuch
		}
		l.out = append(l.out, part...)
	}
	l.line = l.line[:0]
	if whole {
		data := l.kind == dataLine
		l.kind, l.size = unknownLine, 0
		l.ended(data)
	}
	return nil
}

// A patience is how long a stream may take for one line: bytes that trickle in do not make it longer.
type patience struct {
	most  time.Duration
	spent time.Duration // waited for the line so far
	timer *time.Timer
}

// wait runs read, with what is left of the time.
func (p *patience) wait(read func() (int, error)) (int, error) {
	began := time.Now()
	p.timer.Reset(max(p.most-p.spent, 0))
	n, err := read()
	p.timer.Stop()
	p.spent += time.Since(began)
	return n, err
}
