package picture

import (
	"slices"
	"time"

	"pilcrow/internal/timeline"
)

// spaces shares out the stretch between the rows by the time that passed before each. The share of a time that is far
// longer than the others would squeeze them to nothing, so it gets maxGap and a break in the line instead.
func spaces(events []timeline.Event) (gaps []float64, broken []bool) {
	gaps, broken = make([]float64, len(events)), make([]bool, len(events))
	var passed []float64 // days, of the times that are not broken
	for i := 1; i < len(events); i++ {
		if d := daysBetween(events[i-1], events[i]); d > 0 {
			passed = append(passed, d)
		}
	}
	if len(passed) == 0 {
		return gaps, broken
	}
	longest := 4 * median(passed)
	total := 0.0
	for _, d := range passed {
		total += min(d, longest)
	}
	for i := 1; i < len(events); i++ {
		d := daysBetween(events[i-1], events[i])
		gaps[i] = min(maxGap, stretch*min(d, longest)/total)
		if broken[i] = d > longest; broken[i] {
			gaps[i] = maxGap
		}
	}
	return gaps, broken
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// daysBetween is 0 where a year is not known.
func daysBetween(a, b timeline.Event) float64 {
	if a.Yearless || b.Yearless {
		return 0
	}
	return daysTo(a.Start, b.Start)
}

// daysTo counts by seconds: a Duration ends after 292 years.
func daysTo(a, b time.Time) float64 { return float64(b.Unix()-a.Unix()) / (24 * 60 * 60) }

// place puts the marks and the bars of the rows beside the line.
func (l *Layout) place(rows []row) {
	var dated []row
	for _, r := range rows {
		l.marks = append(l.marks, mark{axisX, r.center(), r.Yearless})
		if !r.Yearless {
			dated = append(dated, r)
		}
	}
	if len(dated) == 0 {
		return
	}
	last := dated[len(dated)-1]
	l.axisTop, l.axisBottom = dated[0].center(), last.y+last.height-rowPad
	var ends [maxLanes]float64 // where each lane is free again
	for _, r := range dated {
		if r.Precision == timeline.Day {
			continue
		}
		top := r.center()
		bottom := min(max(heightOf(dated, r.End, l.axisBottom), top+minBar), max(l.axisBottom, top+minBar))
		lane := slices.IndexFunc(ends[:], func(end float64) bool { return end < top })
		if lane < 0 {
			continue // six ranges at once: the date beside the row says it all the same
		}
		ends[lane] = bottom + barWidth
		x := float64(lanesLeft + (maxLanes-1-lane)*laneWidth)
		l.bars = append(l.bars, bar{Box{x, top, barWidth, bottom - top}})
	}
}

// heightOf is the place of a day on the line: at the last row that begins by then, and towards the next by the share
// of the time between them.
func heightOf(rows []row, day time.Time, bottom float64) float64 {
	next := slices.IndexFunc(rows, func(r row) bool { return r.Start.After(day) })
	if next < 0 {
		return bottom
	}
	if next == 0 {
		return rows[0].center()
	}
	from, to := rows[next-1], rows[next]
	share := daysTo(from.Start, day) / daysTo(from.Start, to.Start)
	return from.center() + share*(to.center()-from.center())
}
