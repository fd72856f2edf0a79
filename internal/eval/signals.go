package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Signals tell what each guard and each doubt is worth where there is no judge, and how both rates move with the
// threshold of the doubts. True sentences are those of honest drafts, since careless ones repeat them; false ones those
// of careless drafts.
type Signals struct {
	Odd, Even Halves // how many sentences were looked at, in records with odd and with even ids
	Counts    []SignalCount
	Curve     []CurvePoint
	Sentences []Doubted // in JSON only: what tools/fit chooses weights by
}

// A Doubted is a sentence with what was found of it by guards and doubts.
type Doubted struct {
	ID      string   `json:"id"` // of the record
	Odd     bool     `json:"odd"`
	True    bool     `json:"true"`
	Guarded bool     `json:"guarded"` // a guard forbids it, whatever the doubts weigh
	Near    bool     `json:"near"`    // it is nearly a sentence of the passage
	Doubts  []string `json:"doubts"`
}

// Halves counts true and false sentences.
type Halves struct {
	True  int `json:"true"`
	False int `json:"false"`
}

func (h *Halves) add(is bool) {
	h.True += one(is)
	h.False += one(!is)
}

// A SignalCount is how many sentences a guard or a doubt spoke up at.
type SignalCount struct {
	Name      string
	Guard     bool
	Odd, Even Halves
}

// A CurvePoint is what happens where doubts that weigh as much as Threshold together keep a sentence back; infinity
// leaves the guards alone. Each sentence is looked at by itself: what leans on another one, and how answers end, is not
// in it.
type CurvePoint struct {
	Threshold float64
	Odd, Even Kept
}

// Kept counts the true sentences that are kept back, and the false ones that are let through.
type Kept struct {
	Withheld int `json:"withheld"`
	Through  int `json:"through"`
}

// thresholds of the curve. 1 is in force.
var thresholds = []float64{0.1, 0.3, 0.5, 0.7, 0.8, 1, 1.2, 1.5, 2, 3, math.Inf(1)}

// weightSlack keeps sums of tenths from falling short of a threshold, as claim does.
const weightSlack = 1e-9

func signalTables(sentences []draftedResult) *Signals {
	s := &Signals{Curve: make([]CurvePoint, len(thresholds))}
	for i, t := range thresholds {
		s.Curve[i].Threshold = t
	}
	for _, r := range sentences {
		is := *r.sentence().True
		if r.explain == nil || is != (r.which == honest) {
			continue
		}
		odd := r.record.odd()
		s.half(odd).add(is)
		if !r.explain.Guard.None() {
			s.count(r.explain.Guard.Signal, true, odd, is)
		}
		sum := 0.0
		found := Doubted{r.record.ID, odd, is, !r.explain.Guard.None(), r.explain.Near, []string{}}
		for _, d := range r.explain.Doubts {
			s.count(d.Signal, false, odd, is)
			sum += d.Weight
			found.Doubts = append(found.Doubts, d.Signal)
		}
		s.Sentences = append(s.Sentences, found)
		for i := range s.Curve {
			kept := !r.explain.Guard.None() || sum >= thresholds[i]-weightSlack
			half := &s.Curve[i].Even
			if odd {
				half = &s.Curve[i].Odd
			}
			half.Withheld += one(is && kept)
			half.Through += one(!is && !kept)
		}
	}
	slices.SortFunc(s.Counts, func(a, b SignalCount) int {
		if a.Guard != b.Guard {
			return one(b.Guard) - one(a.Guard)
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return s
}

func (s *Signals) half(odd bool) *Halves {
	if odd {
		return &s.Odd
	}
	return &s.Even
}

func (s *Signals) count(name string, guard, odd, is bool) {
	i := slices.IndexFunc(s.Counts, func(c SignalCount) bool { return c.Name == name && c.Guard == guard })
	if i < 0 {
		i = len(s.Counts)
		s.Counts = append(s.Counts, SignalCount{Name: name, Guard: guard})
	}
	if odd {
		s.Counts[i].Odd.add(is)
	} else {
		s.Counts[i].Even.add(is)
	}
}

// text prints both tables in Markdown, so that they can stand in a document as they are.
func (s *Signals) text(b *strings.Builder) {
	fmt.Fprintf(b, "\nSignals without a judge: %d true and %d false sentences with odd ids, %d and %d with even ids\n\n",
		s.Odd.True, s.Odd.False, s.Even.True, s.Even.False)
	b.WriteString("| signal | odd: true | odd: false | even: true | even: false |\n|---|---|---|---|---|\n")
	for _, c := range s.Counts {
		name := c.Name
		if c.Guard {
			name = "guard: " + name
		}
		fmt.Fprintf(b, "| %s | %d | %d | %d | %d |\n", name, c.Odd.True, c.Odd.False, c.Even.True, c.Even.False)
	}
	b.WriteString("\n| threshold | odd: false withholding | odd: let through | even: false withholding | even: let " +
		"through |\n|---|---|---|---|---|\n")
	for _, p := range s.Curve {
		at := fmt.Sprintf("%.1f", p.Threshold)
		if math.IsInf(p.Threshold, 1) {
			at = "guards alone"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", at, share(p.Odd.Withheld, s.Odd.True),
			share(p.Odd.Through, s.Odd.False),
			share(p.Even.Withheld, s.Even.True), share(p.Even.Through, s.Even.False))
	}
}

func share(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", float64(n)/float64(of))
}

type signalJSON struct {
	Name  string `json:"name"`
	Guard bool   `json:"guard"`
	Odd   Halves `json:"odd"`
	Even  Halves `json:"even"`
}

type curveJSON struct {
	Threshold *float64 `json:"threshold"` // null: the guards alone
	Odd       Kept     `json:"odd"`
	Even      Kept     `json:"even"`
}

type signalsJSON struct {
	Odd    Halves       `json:"odd"`
	Even   Halves       `json:"even"`
	Counts []signalJSON `json:"counts"`
	Curve  []curveJSON  `json:"curve"`

	Sentences []Doubted `json:"sentences"`
}

func (s *Signals) json() *signalsJSON {
	if s == nil {
		return nil
	}
	out := &signalsJSON{Odd: s.Odd, Even: s.Even, Counts: []signalJSON{}, Sentences: s.Sentences}
	for _, c := range s.Counts {
		out.Counts = append(out.Counts, signalJSON(c))
	}
	for _, p := range s.Curve {
		j := curveJSON{Odd: p.Odd, Even: p.Even}
		if !math.IsInf(p.Threshold, 1) {
			j.Threshold = &p.Threshold
		}
		out.Curve = append(out.Curve, j)
	}
	return out
}
