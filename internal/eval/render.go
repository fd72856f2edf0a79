package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Widths in columns.
const (
	minNameColumns = 19
	maxNameColumns = 40
	textColumns    = 160 // of a text in the list of misses
	moreColumns    = 320 // of a line that explains one
	cellColumns    = 14  // of a measure among others
)

// Text prints the report as a table for people: value, count, interval and what it is. misses adds what went wrong, a
// record a line.
func (r Report) Text(misses bool) string {
	var b strings.Builder
	for i, g := range r.Groups {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s: %s, %s\n", g.Name, records(g.Records), g.About)
		width := minNameColumns
		for _, m := range slices.Concat(g.Measures, g.Kinds) {
			width = max(width, utf8.RuneCountInString(printable(m.Name, maxNameColumns)))
		}
		if len(g.Columns) > 0 {
			g.grid(&b)
		} else {
			fmt.Fprintf(&b, "  %-*s value      count  95 %% interval\n", width, "measure")
			for _, m := range g.Measures {
				m.row(&b, width)
			}
		}
		if len(g.Kinds) > 0 {
			b.WriteString("  right, by kind\n")
			for _, k := range g.Kinds {
				k.row(&b, width)
			}
		}
		if misses && len(g.Misses) > 0 {
			b.WriteString("  misses\n")
			for _, m := range g.Misses {
				m.row(&b)
			}
		}
		if g.Signals != nil {
			g.Signals.text(&b)
		}
	}
	return b.String()
}

func records(n int) string {
	if n == 1 {
		return "1 record"
	}
	return fmt.Sprintf("%d records", n)
}

func (m Measure) row(b *strings.Builder, width int) {
	count := fmt.Sprintf("of %d", m.Of)
	if m.Count >= 0 {
		count = fmt.Sprintf("%d/%d", m.Count, m.Of)
	}
	line := fmt.Sprintf("  %-*s %.3f  %9s  %.3f-%.3f  %s",
		width, printable(m.Name, maxNameColumns), m.Value, count, m.Low, m.High, m.About)
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

func (m Miss) row(b *strings.Builder) {
	fmt.Fprintf(b, "  %s:%d %s [%s] %s\n",
		m.File, m.Line, printable(m.ID, maxNameColumns), printable(m.Why, textColumns), printable(m.What, textColumns))
	for _, side := range []struct{ name, text string }{{"want", m.Wanted}, {"got", m.Got}} {
		if side.text != "" {
			fmt.Fprintf(b, "      %-4s %s\n", side.name, printable(side.text, textColumns))
		}
	}
	for _, line := range m.More {
		fmt.Fprintf(b, "      %s\n", printable(line, moreColumns))
	}
}

// grid prints the measures with a column for each of Columns.
func (g Group) grid(b *strings.Builder) {
	var names []string
	cells, about := map[string]string{}, map[string]string{}
	width := minNameColumns
	for _, m := range g.Measures {
		column, name, _ := strings.Cut(m.Name, ".")
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		cells[column+"."+name], about[name] = fmt.Sprintf("%.3f %d/%d", m.Value, m.Count, m.Of), m.About
		width = max(width, utf8.RuneCountInString(printable(name, maxNameColumns)))
	}
	row := func(name string, cell func(column string) string, about string) {
		parts := []string{fmt.Sprintf("%-*s", width, printable(name, maxNameColumns))}
		for _, c := range g.Columns {
			parts = append(parts, fmt.Sprintf("%-*s", cellColumns, cell(c)))
		}
		b.WriteString(strings.TrimRight("  "+strings.Join(append(parts, about), "  "), " ") + "\n")
	}
	row("measure", func(column string) string { return printable(column, cellColumns) }, "")
	for _, name := range names {
		row(name, func(column string) string { return cells[column+"."+name] }, about[name])
	}
}

// printable cuts a text of unknown origin to one line of so many characters that cannot steer a terminal.
func printable(s string, columns int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) <= columns {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:columns-1]), " ") + "…"
}

type measureJSON struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Count *int    `json:"count,omitempty"` // not of means and areas
	Of    int     `json:"of"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

type missJSON struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	ID     string `json:"id"`
	What   string `json:"what"`
	Wanted string `json:"wanted"`
	Got    string `json:"got"`
	Why    string `json:"why"`

	More []string `json:"more,omitempty"`
}

type groupJSON struct {
	Name     string        `json:"name"`
	Records  int           `json:"records"`
	Measures []measureJSON `json:"measures"`
	Kinds    []measureJSON `json:"kinds"`
	Misses   []missJSON    `json:"misses,omitempty"`
	Signals  *signalsJSON  `json:"signals,omitempty"`
}

type breachJSON struct {
	Name  string   `json:"name"`
	Min   *float64 `json:"min,omitempty"`
	Max   *float64 `json:"max,omitempty"`
	Value float64  `json:"value"`
}

// JSON prints the report and the bounds that it does not meet as one object on one line.
func (r Report) JSON(misses bool, breaches []Breach) ([]byte, error) {
	out := struct {
		Groups []groupJSON  `json:"groups"`
		Failed []breachJSON `json:"failed"`
	}{[]groupJSON{}, []breachJSON{}}
	for _, g := range r.Groups {
		j := groupJSON{Name: g.Name, Records: g.Records, Measures: measuresJSON(g.Measures), Kinds: measuresJSON(g.Kinds),
			Signals: g.Signals.json()}
		if misses {
			for _, m := range g.Misses {
				j.Misses = append(j.Misses, missJSON(m))
			}
		}
		out.Groups = append(out.Groups, j)
	}
	for _, b := range breaches {
		j := breachJSON{Name: b.Name, Value: b.Got}
		if b.Most {
			j.Max = &b.Value
		} else {
			j.Min = &b.Value
		}
		out.Failed = append(out.Failed, j)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(out)
	return b.Bytes(), err
}

func measuresJSON(measures []Measure) []measureJSON {
	out := make([]measureJSON, len(measures))
	for i, m := range measures {
		out[i] = measureJSON{m.Name, m.Value, nil, m.Of, m.Low, m.High}
		if m.Count >= 0 {
			out[i].Count = &m.Count
		}
	}
	return out
}
