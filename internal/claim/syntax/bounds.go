package syntax

import (
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/lexicon"
)

// A numberAt is a number with the words before and behind it in its sentence.
type numberAt struct {
	units []Unit
	i     int
}

// back is the k-th word before the number, "" where there is none.
func (n *numberAt) back(k int) string {
	if n.i-k < 0 || n.units[n.i-k].Sentence != n.units[n.i].Sentence {
		return ""
	}
	return n.units[n.i-k].Folded
}

// forward is the k-th word behind it.
func (n *numberAt) forward(k int) string {
	if n.i+k >= len(n.units) || n.units[n.i+k].Sentence != n.units[n.i].Sentence {
		return ""
	}
	return n.units[n.i+k].Folded
}

// orBehind is the word behind an "or" that follows the number at once or after one word: "60 or more", "60 days or
// more".
func (n *numberAt) orBehind() string {
	for k := 1; k <= 2; k++ {
		if n.forward(k) == "or" {
			return n.forward(k + 1)
		}
	}
	return ""
}

// than is the comparative of "more than" before the number, and whether it is denied: "no more than".
func (n *numberAt) than() (comparative string, denied bool) {
	if n.back(1) != "than" {
		return "", false
	}
	before := n.back(3)
	return n.back(2), before == "no" || before == "not" || before == "never"
}

func isMore(w string) bool { return w == "more" || quantity.Upward[w] }
func isLess(w string) bool { return w == "less" || w == "fewer" || quantity.Downward[w] }

// A BoundRule says how a number is meant from the words around it. The first that matches decides; else it is exact.
type BoundRule struct {
	Name    string // with bounds_test.go, its example
	match   func(n *numberAt) bool
	Meaning quantity.Bound
}

// BoundRules are asked in this order; testdata/samples.txt and TestBoundRules have a case for each.
var BoundRules = []BoundRule{
	{"60 or more", func(n *numberAt) bool { return isMore(n.orBehind()) }, quantity.AtLeast},
	{"60 or less", func(n *numberAt) bool { return isLess(n.orBehind()) }, quantity.AtMost},
	{"at least 60", func(n *numberAt) bool { return n.back(1) == "least" || n.back(1) == "minimum" }, quantity.AtLeast},
	{"at most 60", func(n *numberAt) bool { return n.back(1) == "most" && n.back(2) == "at" || n.back(1) == "maximum" },
		quantity.AtMost},
	{"a maximum of 60", func(n *numberAt) bool { return n.back(1) == "of" && n.back(2) == "maximum" }, quantity.AtMost},
	{"a minimum of 60", func(n *numberAt) bool { return n.back(1) == "of" && n.back(2) == "minimum" }, quantity.AtLeast},
	{"no more than 60", func(n *numberAt) bool { w, denied := n.than(); return isMore(w) && denied }, quantity.AtMost},
	{"more than 60", func(n *numberAt) bool { w, _ := n.than(); return isMore(w) }, quantity.MoreThan},
	{"no fewer than 60", func(n *numberAt) bool { w, denied := n.than(); return isLess(w) && denied }, quantity.AtLeast},
	{"fewer than 60", func(n *numberAt) bool { w, _ := n.than(); return isLess(w) }, quantity.LessThan},
	{"up to 60", func(n *numberAt) bool { return n.back(1) == "to" && n.back(2) == "up" }, quantity.AtMost},
	{"as many as 60", func(n *numberAt) bool {
		return n.back(1) == "as" && n.back(3) == "as" && (n.back(2) == "many" || n.back(2) == "much")
	}, quantity.AtMost},
	{"within 60", func(n *numberAt) bool { return n.back(1) == "within" }, quantity.AtMost},
	{"over 60", func(n *numberAt) bool { return overWords[n.back(1)] }, quantity.MoreThan},
	{"under 60", func(n *numberAt) bool { return underWords[n.back(1)] }, quantity.LessThan},
	{"about 60", func(n *numberAt) bool { return aboutWords[n.back(1)] }, quantity.About},
}

var (
	overWords  = lexicon.Set("over exceeding above beyond")
	underWords = lexicon.Set("under below nearly almost")
	aboutWords = lexicon.Set("about around roughly approximately some circa")
)

// BoundAt reads how the number at i is meant from the words around it.
func BoundAt(rules []BoundRule, u []Unit, i int) quantity.Bound {
	n := numberAt{u, i}
	for k := range rules {
		if rules[k].match(&n) {
			return rules[k].Meaning
		}
	}
	return quantity.Exactly
}

// BoundFrom is the first of the words that bound a number: of "at least 18" the "at".
func (r *Analysis) BoundFrom(i int) int {
	if r.Units[i].Quantity.Bound == quantity.Exactly || i == 0 {
		return i
	}
	from := i - 1
	switch r.Units[from].Folded {
	case "least", "most", "than", "to", "of":
		from--
	}
	return max(from, 0)
}
