package quantity

import "math"

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

// In gives a quantity in another unit of its dimension; ok is false if there is none. slack is the share by which its
// value may be rounded.
func (q Quantity) In(unit string) (converted Quantity, slack float64, ok bool) {
	if q.Unit == unit {
		return q, 0, true
	}
	from, to := measureSizes[q.Unit], measureSizes[unit]
	if from.dimension == "" || from.dimension != to.dimension {
		return q, 0, false
	}
	q.Value, q.Unit = q.Value*from.factor/to.factor, unit
	if from.imperial != to.imperial {
		slack = convertedSlack
	}
	return q, slack, true
}

// SameDimension reports whether two units measure the same: weeks and days, meters and miles.
func SameDimension(a, b string) bool {
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

func (q Quantity) interval() interval {
	switch q.Bound {
	case AtLeast:
		return interval{low: q.Value, high: math.Inf(1)}
	case MoreThan:
		return interval{low: q.Value, high: math.Inf(1), openLow: true}
	case AtMost:
		return interval{low: math.Inf(-1), high: q.Value}
	case LessThan:
		return interval{low: math.Inf(-1), high: q.Value, openHigh: true}
	}
	return interval{low: q.Value, high: q.Value}
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

// Near reports whether two values are the same but for rounding.
func Near(a, b, slack float64) bool {
	return math.Abs(a-b) <= math.Max(1e-9, slack)*math.Max(math.Abs(a), math.Abs(b))
}

// EntailedBy reports whether a passage with the number p supports a sentence with this number.
func (q Quantity) EntailedBy(p Quantity) bool {
	if q.Ordinal != p.Ordinal {
		return false
	}
	slack := 0.0
	if q.Implied && p.Unit == "" || p.Implied && q.Unit == "" {
		q.Unit = p.Unit // it may be another one's
	}
	if q.Unit != p.Unit {
		converted, share, ok := p.In(q.Unit)
		// A unit may be left out, as in "it is 90 long", but not added, and never that of a share.
		if !ok && (q.Unit != "" || p.Unit == "percent" || p.Unit == PointUnit) {
			return false
		}
		if ok {
			p, slack = converted, share
		}
	}
	if q.Vague || p.Vague {
		return q.Vague && p.Vague && q.Value == p.Value ||
			q.Vague && p.Bound == Exactly && p.Value >= 2*q.Value && p.Value < 10*q.Value
	}
	return q.followsFrom(p, slack)
}

// followsFrom is EntailedBy for two numbers of one unit, of which none is vague. slack is the share by which rounding
// may part them.
func (q Quantity) followsFrom(p Quantity, slack float64) bool {
	same, plainly := Near(q.Value, p.Value, slack), p.Bound == Exactly || p.Bound == About
	switch {
	case q.Bound == About:
		// "About 300" follows from 294, but "about 294" does not follow from "about 300": a rounder number says less.
		return same && plainly || p.Bound == Exactly && Rounder(q.Value, p.Value) &&
			math.Abs(q.Value-p.Value) <= RoundTo*math.Abs(p.Value)
	case q.Bound == Exactly:
		return same && plainly
	case p.Bound == About:
		return p.Value != q.Value && p.interval().within(q.interval()) || same && (q.Bound == AtLeast || q.Bound == AtMost)
	}
	if same {
		p.Value = q.Value
	}
	return p.interval().within(q.interval())
}

// Contradicts reports whether two numbers of the same thing cannot both be true of it.
func (q Quantity) Contradicts(p Quantity) bool {
	if q.Ordinal != p.Ordinal || q.Vague || p.Vague {
		return true
	}
	converted, _, ok := p.In(q.Unit)
	if !ok {
		mine, theirs := measureSizes[q.Unit].dimension, measureSizes[p.Unit].dimension
		return q.Unit != PointUnit && p.Unit != PointUnit &&
			(mine == theirs || q.Value == p.Value || SameDimension(q.Unit, p.Unit)) // "line 4" is no "40 minutes"
	}
	return converted.interval().apart(q.interval())
}

// PointUnit is the unit of what two shares differ by.
const PointUnit = "percentage point"

// ChangeReach is how many words the two ends of a change stand apart at most.
const ChangeReach = 5
