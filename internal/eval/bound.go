package eval

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Bound is what a measure must reach: at least Value, or at most where Most is set.
type Bound struct {
	Name  string // "answers" or, where several groups have one of that name, "questions.answers"
	Value float64
	Most  bool
}

// ParseBound reads name=value, the value between 0 and 1 or a percentage such as 85%.
func ParseBound(text string, most bool) (Bound, error) {
	name, value, ok := strings.Cut(text, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" {
		return Bound{}, fmt.Errorf("%q: want name=value, such as answers=0.9", text)
	}
	number, percent := strings.CutSuffix(value, "%")
	v, err := strconv.ParseFloat(number, 64)
	if percent {
		v /= 100
	}
	if err != nil || math.IsNaN(v) || v < 0 || v > 1 {
		return Bound{}, fmt.Errorf("%q: want a value from 0 to 1, or a percentage", text)
	}
	return Bound{name, v, most}, nil
}

func (b Bound) String() string {
	if b.Most {
		return fmt.Sprintf("%s is to be at most %g", b.Name, b.Value)
	}
	return fmt.Sprintf("%s is to be at least %g", b.Name, b.Value)
}

// A Breach is a bound that was not met.
type Breach struct {
	Bound
	Got float64
}

// Check holds the bounds against the report and returns those that are not met. It is an error if a bound names no
// measure of the report, or more than one.
func (r Report) Check(bounds []Bound) ([]Breach, error) {
	var breaches []Breach
	var wrong []error
	for _, b := range bounds {
		found := r.named(b.Name)
		switch {
		case len(found) == 0:
			wrong = append(wrong, fmt.Errorf("%s: no such measure; there are %s", b.Name, strings.Join(r.names(), ", ")))
		case len(found) > 1:
			wrong = append(wrong, fmt.Errorf("%s: several have that name; write the group or the judge and a dot before it",
				b.Name))
		case b.Most && found[0].Value > b.Value, !b.Most && found[0].Value < b.Value:
			breaches = append(breaches, Breach{b, found[0].Value})
		}
	}
	return breaches, errors.Join(wrong...)
}

func (r Report) named(name string) []Measure {
	var found []Measure
	for _, g := range r.Groups {
		for _, m := range g.Measures {
			_, rest, _ := strings.Cut(m.Name, ".") // of a measure that stands beside others of its name
			if m.Name == name || g.Name+"."+m.Name == name || len(g.Columns) > 0 && rest == name {
				found = append(found, m)
			}
		}
	}
	return found
}

func (r Report) names() []string {
	var all []string
	for _, g := range r.Groups {
		for _, m := range g.Measures {
			all = append(all, g.Name+"."+m.Name)
		}
	}
	return all
}
