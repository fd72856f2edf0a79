package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// Bounds of gold files.
const (
	maxLineBytes = 1 << 20 // one record; the longest with an article in it that we know have 9 kB
	maxRecords   = 200_000 // of all files; the largest question set that we know has 98,000

	maxFieldsNamed = 12 // of a record that is of no kind
)

// An Error says where a gold file cannot be used. It prints as file:line: what is wrong.
type Error struct {
	File string
	Line int // counting from 1; 0 for the file as a whole
	Err  error
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// A place is where a record stands.
type place struct {
	file string
	line int
}

func (p place) fail(err error) error { return &Error{p.file, p.line, err} }

// Gold holds records by their kind, in the order of the files. The zero value is empty.
type Gold struct {
	questions  []questionRecord
	passages   []passageRecord
	claims     []claimRecord
	quotes     []quoteRecord
	events     []eventRecord
	dates      []dateRecord
	timelines  []timelineRecord
	attacks    []attackRecord
	paragraphs []paragraphRecord
	drafts     []draftsRecord
	casual     []casualRecord
}

// Len counts the records.
func (g *Gold) Len() int {
	return len(g.questions) + len(g.passages) + len(g.claims) + len(g.quotes) + len(g.events) + len(g.dates) +
		len(g.timelines) +
		len(g.attacks) + len(g.paragraphs) + len(g.drafts) + len(g.casual)
}

// formats are the kinds of record, told apart by their fields; the first whose fields a record all has is its format.
var formats = []struct {
	fields string
	add    func(g *Gold, at place, line []byte) error
}{
	{"claim passage label", func(g *Gold, at place, line []byte) error { return add(&g.claims, at, line) }},
	{"question passage answerable", func(g *Gold, at place, line []byte) error { return add(&g.passages, at, line) }},
	{"question answerable gold_paragraphs", func(g *Gold, at place,
		line []byte) error {
		return add(&g.questions, at, line)
	}},
	{"text answerable gold_paragraphs", func(g *Gold, at place, line []byte) error { return add(&g.questions, at, line) }},
	{"quote speaker paragraph", func(g *Gold, at place, line []byte) error { return add(&g.quotes, at, line) }},
	{"date_start date_end paragraph", func(g *Gold, at place, line []byte) error { return add(&g.events, at, line) }},
	{"expression text offset reference", func(g *Gold, at place, line []byte) error { return add(&g.dates, at, line) }},
	{"events text reference", func(g *Gold, at place, line []byte) error { return add(&g.timelines, at, line) }},
	{"label channel text", func(g *Gold, at place, line []byte) error { return add(&g.attacks, at, line) }},
	{"utf8_b64 category text", func(g *Gold, at place, line []byte) error { return add(&g.attacks, at, line) }},
	{"kind paragraph text", func(g *Gold, at place, line []byte) error { return add(&g.paragraphs, at, line) }},
	{"casual document", func(g *Gold, at place, line []byte) error { return add(&g.casual, at, line) }},
	{"question folder passages honest careless", func(g *Gold, at place,
		line []byte) error {
		return add(&g.drafts, at, line)
	}},
}

// Read adds the records of one file of JSON lines; blank lines are skipped. The first line that cannot be used ends it
// with an *Error.
func (g *Gold) Read(name string, r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), maxLineBytes)
	at, before := place{name, 0}, g.Len()
	for lines.Scan() {
		at.line++
		line := lines.Bytes()
		if at.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if g.Len() >= maxRecords {
			return at.fail(fmt.Errorf("there are more than %d records", maxRecords))
		}
		if err := g.record(at, line); err != nil {
			return err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		at.line++
		return at.fail(fmt.Errorf("the line is longer than %d bytes", maxLineBytes))
	case err != nil:
		return &Error{name, 0, err}
	case g.Len() == before:
		return &Error{name, 0, errors.New("there is no record in it")}
	}
	return nil
}

func (g *Gold) record(at place, line []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		return at.fail(fmt.Errorf("want one JSON object on each line: %w", err))
	}
	for _, f := range formats {
		has := func(name string) bool { _, ok := fields[name]; return ok }
		if !slices.ContainsFunc(strings.Fields(f.fields), func(name string) bool { return !has(name) }) {
			return f.add(g, at, line)
		}
	}
	names := slices.Sorted(maps.Keys(fields))
	return at.fail(fmt.Errorf("no kind of gold record has the fields %q; "+
		"a question has id, question, answerable, gold_paragraphs and gold_answer_strings",
		names[:min(len(names), maxFieldsNamed)]))
}

// A checked record knows where it stands and what it must have.
type checked[T any] interface {
	*T
	check() error
	put(place)
}

func add[T any, P checked[T]](to *[]T, at place, line []byte) error {
	var record T
	if err := json.Unmarshal(line, P(&record)); err != nil {
		return at.fail(readable(err))
	}
	P(&record).put(at)
	if err := P(&record).check(); err != nil {
		return at.fail(err)
	}
	*to = append(*to, record)
	return nil
}

// readable names the field and the type that were wanted, not Go's.
func readable(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return fmt.Errorf("%s: this kind of record cannot have a %s there", wrong.Field, wrong.Value)
	}
	return err
}

func (p *place) put(at place) { *p = at }

// day reads an ISO date; "" is no date.
func day(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, fmt.Errorf("want a date such as 2022-04-16, got %q", s)
	}
	return t, nil
}
