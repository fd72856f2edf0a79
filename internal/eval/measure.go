package eval

import "slices"

// A Measure is one number of the table. Value is between 0 and 1.
type Measure struct {
	Name  string // unique within its group
	About string // one line for a reader
	Value float64
	Count int // what Value is the share of; -1 where it is a mean or an area
	Of    int // of how many records or answers; never 0
	Interval
}

// A Group is the table of one kind of gold record.
type Group struct {
	Name     string
	About    string // what its records are
	Records  int
	Measures []Measure
	Kinds    []Measure // right answers by kind of record; none where there is but one kind
	Misses   []Miss
	// Columns are the first parts of the names of measures that are shown side by side: "none" of "none.let-through".
	// None: each has a line.
	Columns []string
	Signals *Signals // nil: not asked for
}

// A Miss is one record that went wrong.
type Miss struct {
	File   string
	Line   int
	ID     string
	What   string // the question, claim or expression
	Wanted string
	Got    string
	Why    string   // the measure that it counts against
	More   []string // what else there is to say, a line each
}

// share adds a proportion, unless there was nothing to measure.
func (g *Group) share(name, about string, count, of int) {
	if of > 0 {
		p := float64(count) / float64(of)
		g.Measures = append(g.Measures, Measure{name, about, p, count, of, wilson(p, of)})
	}
}

// mean adds the mean of values between 0 and 1.
func (g *Group) mean(name, about string, sum float64, of int) {
	if of > 0 {
		value := sum / float64(of)
		g.Measures = append(g.Measures, Measure{name, about, value, -1, of, wilson(value, of)})
	}
}

// area adds the area under the curve of scores that should be higher for positives.
func (g *Group) area(name, about string, positives, negatives []float64) {
	if m, n := len(positives), len(negatives); m > 0 && n > 0 {
		value := auc(positives, negatives)
		g.Measures = append(g.Measures, Measure{name, about, value, -1, m + n, area(value, m, n)})
	}
}

// tally counts right answers by kind, in the order of first appearance.
type tally struct {
	names []string
	right map[string]int
	of    map[string]int
}

func (t *tally) add(kind string, right bool) {
	if t.of == nil {
		t.right, t.of = map[string]int{}, map[string]int{}
	}
	if t.of[kind] == 0 {
		t.names = append(t.names, kind)
	}
	t.of[kind]++
	if right {
		t.right[kind]++
	}
}

// kinds fills in the group's kinds, in the order of their names.
func (t *tally) kinds(g *Group) {
	if len(t.names) < 2 {
		return
	}
	for _, name := range slices.Sorted(slices.Values(t.names)) {
		right, of := t.right[name], t.of[name]
		p := float64(right) / float64(of)
		g.Kinds = append(g.Kinds, Measure{name, "", p, right, of, wilson(p, of)})
	}
}
