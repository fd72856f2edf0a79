package check

import (
	"math"
	"slices"
)

// A measure is a unit in terms of the first unit of its dimension.
type measure struct {
	dimension string
	factor    float64
	imperial  bool // its ratio to metric units is not round, so that texts give it rounded
}

// measureSizes of the units that have one value (BIPM, The International System of Units; NIST Special Publication
// 811, appendix B). Tons, pounds and ounces are left out, since each is several units; days and months have no fixed
// ratio.
var measureSizes = map[string]measure{
	"millimeter": {"length", 1e-3, false}, "centimeter": {"length", 1e-2, false}, "meter": {"length", 1, false},
	"kilometer": {"length", 1e3, false},
	"inch":      {"length", 0.0254, true}, "foot": {"length", 0.3048, true}, "yard": {"length", 0.9144, true},
	"mile": {"length", 1609.344, true},
	"gram": {"mass", 1e-3, false}, "kilogram": {"mass", 1, false}, "tonne": {"mass", 1e3, false},
	"second": {"time", 1, false}, "minute": {"time", 60, false}, "hour": {"time", 3600, false},
	"day":          {"time", 86400, false},
	"week":         {"time", 7 * 86400, false},
	"square meter": {"area", 1, false}, "hectare": {"area", 1e4, false}, "square kilometer": {"area", 1e6, false},
	"acre": {"area", 4046.856, true}, "square mile": {"area", 2589988, true}, "square foot": {"area", 0.09290304, true},
	"liter": {"volume", 1, false}, "cubic meter": {"volume", 1e3, false},
	"watt": {"power", 1, false}, "kilowatt": {"power", 1e3, false}, "megawatt": {"power", 1e6, false},
	"gigawatt": {"power", 1e9, false},
	"hertz":    {"frequency", 1, false}, "megahertz": {"frequency", 1e6, false},
	"pascal": {"pressure", 1, false}, "kilopascal": {"pressure", 1e3, false},
	"byte": {"data", 1, false}, "megabyte": {"data", 1e6, false}, "gigabyte": {"data", 1e9, false},
	"decade": {"years", 120, false}, "year": {"years", 12, false}, "century": {"years", 1200, false},
	"month": {"years", 1, false},
}

// convertedSlack is how far a value may be from one in a unit of another system: texts round when they convert.
const convertedSlack = 0.005

// in gives a quantity in another unit of its dimension; ok is false if there is none. slack is the share by which its
// value may be rounded.
func (q quantity) in(unit string) (converted quantity, slack float64, ok bool) {
	if q.unit == unit {
		return q, 0, true
	}
	from, to := measureSizes[q.unit], measureSizes[unit]
	if from.dimension == "" || from.dimension != to.dimension {
		return q, 0, false
	}
	q.value, q.unit = q.value*from.factor/to.factor, unit
	if from.imperial != to.imperial {
		slack = convertedSlack
	}
	return q, slack, true
}

// sameDimension reports whether two units measure the same: weeks and days, meters and miles.
func sameDimension(a, b string) bool {
	from, to := measureSizes[a].dimension, measureSizes[b].dimension
	if from == "years" {
		from = "time"
	}
	if to == "years" {
		to = "time"
	}
	return from != "" && from == to
}

// interval is the values that a number stands for: those of "at least 300" have no upper end. open tells that an end
// does not belong to it.
type interval struct {
	low, high         float64
	openLow, openHigh bool
}

func (q quantity) interval() interval {
	switch q.bound {
	case atLeast:
		return interval{low: q.value, high: math.Inf(1)}
	case moreThan:
		return interval{low: q.value, high: math.Inf(1), openLow: true}
	case atMost:
		return interval{low: math.Inf(-1), high: q.value}
	case lessThan:
		return interval{low: math.Inf(-1), high: q.value, openHigh: true}
	}
	return interval{low: q.value, high: q.value}
}

// within reports whether all values of one interval are in another.
func (a interval) within(b interval) bool {
	low := a.low > b.low || a.low == b.low && (!b.openLow || a.openLow)
	high := a.high < b.high || a.high == b.high && (!b.openHigh || a.openHigh)
	return low && high
}

// apart reports whether no value is in both intervals.
func (a interval) apart(b interval) bool {
	return a.high < b.low || b.high < a.low || a.high == b.low && (a.openHigh || b.openLow) ||
		b.high == a.low && (b.openHigh || a.openLow)
}

// near reports whether two values are the same but for rounding.
func near(a, b, slack float64) bool {
	return math.Abs(a-b) <= math.Max(1e-9, slack)*math.Max(math.Abs(a), math.Abs(b))
}

// entailedBy reports whether a passage with the number p supports a sentence with this number.
func (q quantity) entailedBy(p quantity) bool {
	if q.ordinal != p.ordinal {
		return false
	}
	slack := 0.0
	if q.implied && p.unit == "" || p.implied && q.unit == "" {
		q.unit = p.unit // it may be another one's
	}
	if q.unit != p.unit {
		converted, share, ok := p.in(q.unit)
		// A unit may be left out, as in "it is 90 long", but not added, and never that of a share.
		if !ok && (q.unit != "" || p.unit == "percent" || p.unit == pointUnit) {
			return false
		}
		if ok {
			p, slack = converted, share
		}
	}
	if q.vague || p.vague {
		return q.vague && p.vague && q.value == p.value ||
			q.vague && p.bound == Exactly && p.value >= 2*q.value && p.value < 10*q.value
	}
	return q.followsFrom(p, slack)
}

// followsFrom is entailedBy for two numbers of one unit, of which none is vague. slack is the share by which rounding
// may part them.
func (q quantity) followsFrom(p quantity, slack float64) bool {
	same, plainly := near(q.value, p.value, slack), p.bound == Exactly || p.bound == about
	switch {
	case q.bound == about:
		// "About 300" follows from 294, but "about 294" does not follow from "about 300": a rounder number says less.
		return same && plainly || p.bound == Exactly && rounder(q.value, p.value) &&
			math.Abs(q.value-p.value) <= roundTo*math.Abs(p.value)
	case q.bound == Exactly:
		return same && plainly
	case p.bound == about:
		return p.value != q.value && p.interval().within(q.interval()) || same && (q.bound == atLeast || q.bound == atMost)
	}
	if same {
		p.value = q.value
	}
	return p.interval().within(q.interval())
}

// contradicts reports whether two numbers of the same thing cannot both be true of it.
func (q quantity) contradicts(p quantity) bool {
	if q.ordinal != p.ordinal || q.vague || p.vague {
		return true
	}
	converted, _, ok := p.in(q.unit)
	if !ok {
		mine, theirs := measureSizes[q.unit].dimension, measureSizes[p.unit].dimension
		return q.unit != pointUnit && p.unit != pointUnit &&
			(mine == theirs || q.value == p.value || sameDimension(q.unit, p.unit)) // "line 4" is no "40 minutes"
	}
	return converted.interval().apart(q.interval())
}

// pointUnit is the unit of what two shares differ by.
const pointUnit = "percentage point"

// differences lists the numbers of the passage of which two are the ends of a change by the statement's number: "from
// 12 to 18 percent" for "by six percentage points".
func (m *Pair) differences(i int) []int {
	q := m.s.Units[i].quantity
	if q.bound != Exactly || q.unit != pointUnit && (i == 0 || m.s.Units[i-1].Folded != "by") {
		return nil
	}
	list := m.p.figures(numberKey)
	for k := 1; k < len(list); k++ {
		a, b := list[k-1], list[k]
		if b-a > changeReach || a == 0 || m.p.Units[a].sentence != m.p.Units[b].sentence || m.p.Units[a-1].Folded != "from" ||
			m.p.folded(b-1) != "to" {
			continue
		}
		p, to := m.p.Units[a].quantity, m.p.Units[b].quantity
		unit := to.unit
		if q.unit == pointUnit && unit == "percent" {
			unit = pointUnit
		}
		if unit == q.unit && (p.unit == to.unit || p.unit == "") && near(math.Abs(p.value-to.value), q.value, 0) &&
			unit != "percent" {
			return []int{a, b}
		}
	}
	return nil
}

// changeReach is how many words the two ends of a change stand apart at most.
const changeReach = 5

// looser finds a bound of the statement that only follows from the passage's number or date: "at most 16" from "at most
// 10". It follows of what is so, but not of what is required, allowed or counted, and which of them it is nobody here
// can tell. -1 for none.
func (m *Pair) looser() int {
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.quoted || len(m.hits[i]) == 0 {
			continue
		}
		switch {
		case u.Kind == number && u.quantity.bound != Exactly && u.quantity.bound != about && !u.quantity.vague:
			if !slices.ContainsFunc(m.hits[i], func(j int) bool { return m.sameValue(i, j) }) {
				return i
			}
		case u.Kind == date && m.s.limitOf(i) != "":
			if !slices.ContainsFunc(m.hits[i], func(j int) bool {
				return m.p.Units[j].Kind == date && u.date.Start.Equal(m.p.Units[j].date.Start) &&
					u.date.End.Equal(m.p.Units[j].date.End)
			}) {
				return i
			}
		}
	}
	return -1
}

// sameValue reports whether a number of the passage has the value of the statement's, in whatever unit.
func (m *Pair) sameValue(i, j int) bool {
	p := m.p.Units[j].quantity
	if p == nil {
		return true
	}
	q := m.s.Units[i].quantity
	converted, slack, _ := p.in(q.unit)
	return near(q.value, converted.value, slack)
}
