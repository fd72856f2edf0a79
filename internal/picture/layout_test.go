package picture

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/timeline"
)

// event makes an event with whole years, months or days from how it is written: "1893", "2021-08", "2022-04-16",
// "2001/2005".
func event(t *testing.T, n int, days, text string) timeline.Event {
	t.Helper()
	start, end, err := timeline.ParseBound(strings.ReplaceAll(days, "/", "-"), time.Date(2022, 4, 28, 0, 0, 0, 0,
		time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	d := timeline.Date{Start: start, End: end, Precision: timeline.Range}
	switch {
	case start.Equal(end):
		d.Precision = timeline.Day
	case end.Equal(start.AddDate(1, 0, -1)):
		d.Precision = timeline.Year
	case end.Equal(start.AddDate(0, 1, -1)):
		d.Precision = timeline.Month
	}
	ref := article.Ref{Slug: "harbor", N: n}
	return timeline.Event{Ref: ref, From: ref, Date: d, Phrase: days, Text: text}
}

func series(t *testing.T, text string, days ...string) []timeline.Event {
	t.Helper()
	var events []timeline.Event
	for i, d := range days {
		events = append(events, event(t, i+1, d, text))
	}
	return events
}

const long = "The council of the harbor, which had met in vain on six evenings, voted at last for a wall of " +
	"granite, twelve kilometers long and " +
	"four meters high, although nobody in the room could say who was to pay for it or what it would keep out."

func cases(t *testing.T) map[string][]timeline.Event {
	yearless := event(t, 900, "2020-04-16", long)
	yearless.Yearless = true
	carried := event(t, 3, "2022-04-16", long)
	carried.Phrase, carried.Inferred, carried.From.N = "", timeline.InferredDate, 1
	same := make([]string, 12)
	for i := range same {
		same[i] = "2022-04-16"
	}
	many := make([]string, 60)
	for i := range many {
		many[i] = fmt.Sprint(1900 + 2*i)
	}
	return map[string][]timeline.Event{
		"none":  nil,
		"one":   series(t, long, "2022-04-16"),
		"three": series(t, "It rained.", "1893", "2021-08", "2022-04-16"),
		"uneven": series(t, long, "1893", "1990-1999", "2020-2022", "2021", "2021-08", "2021-12", "2022-04-16",
			"2022-04-17"),
		"one day": series(t, long, same...),
		"many":    series(t, long, many...),
		"many ranges": series(t, long, "1900-1990", "1901-1990", "1902-1990", "1903-1990", "1904-1990", "1905-1990",
			"1906-1990", "1990"),
		"short ranges":  series(t, "It rained.", "2020-01", "2020-02", "2020-03", "2020-04"),
		"after the end": series(t, "It rained.", "2020-01-01", "1000-2022"),
		"yearless":      {event(t, 1, "2020", "It rained."), yearless, yearless},
		"only yearless": {yearless},
		"carried":       {carried, carried},
		"no spaces":     series(t, strings.Repeat("w", 5000), "2022-04-16"),
		"hostile": series(t, "a\x00b\u202e\n\nc \xff\xf0 @everyone "+strings.Repeat("\u0301",
			500)+strings.Repeat("語", 300), "2022-04-16"),
		"empty text": series(t, "", "2022-04-16"),
	}
}

func TestLayout(t *testing.T) {
	f, err := newFaces(true)
	if err != nil {
		t.Fatal(err)
	}
	for name, events := range cases(t) {
		for _, title := range []string{"", "Harbor", strings.Repeat("The long story of the harbor wall ", 12)} {
			l := layOut(events, Options{Title: title}, f.width)
			if l.Height > 2000 || l.Width != width {
				t.Errorf("%s: the picture is %v × %v", name, l.Width, l.Height)
			}
			checkBoxes(t, name, l)
			text := ""
			for _, label := range l.Labels {
				text += label.Text + "\n"
			}
			for _, e := range events[:min(len(events), MaxEvents)] {
				if want := fmt.Sprintf("¶%d\n", e.Ref.N); !strings.Contains(text, want) {
					t.Errorf("%s: no %q", name, want)
				}
			}
			rest := fmt.Sprintf("+%d more", len(events)-MaxEvents)
			if strings.Contains(text, rest) != (len(events) > MaxEvents) {
				t.Errorf("%s: %d events, text\n%s", name, len(events), text)
			}
			checkMarks(t, name, l, events)
		}
	}
}

// On a phone of 390 points the smallest letters are of 11.
func TestLegible(t *testing.T) {
	const phone, least = 390, 11
	for _, size := range []float64{textSize, smallSize, titleSize} {
		if shown := size * phone / width; shown < least {
			t.Errorf("letters of %v are shown as %.1f", size, shown)
		}
	}
}

// checkBoxes holds every label and bar against the picture and against every other.
func checkBoxes(t *testing.T, name string, l Layout) {
	t.Helper()
	boxes := make([]Box, 0, len(l.Labels)+len(l.bars))
	names := make([]string, 0, cap(boxes))
	for _, label := range l.Labels {
		boxes, names = append(boxes, label.Box), append(names, fmt.Sprintf("%.30q", label.Text))
	}
	for _, b := range l.bars {
		boxes, names = append(boxes, b.Box), append(names, "bar")
		if b.X+b.W > axisX-dotRadius || b.X < margin {
			t.Errorf("%s: bar at %v", name, b.Box)
		}
	}
	for i, a := range boxes {
		if a.X < margin || a.Y < margin || a.X+a.W > l.Width-margin+0.5 || a.Y+a.H > l.Height {
			t.Errorf("%s: %s leaves the picture of %v × %v: %v", name, names[i], l.Width, l.Height, a)
		}
		for j, b := range boxes[:i] {
			if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("%s: %s at %v overlaps %s at %v", name, names[i], a, names[j], b)
			}
		}
	}
}

// checkMarks holds the marks and the breaks against the order of time.
func checkMarks(t *testing.T, name string, l Layout, events []timeline.Event) {
	t.Helper()
	if len(l.marks) != min(len(events), MaxEvents) {
		t.Fatalf("%s: %d marks for %d events", name, len(l.marks), len(events))
	}
	for i, m := range l.marks {
		if i > 0 && m.Y < l.marks[i-1].Y+2*dotRadius {
			t.Errorf("%s: mark %d at %v lies on the one at %v", name, i, m.Y, l.marks[i-1].Y)
		}
		if m.Hollow != events[i].Yearless {
			t.Errorf("%s: mark %d: hollow is %v", name, i, m.Hollow)
		}
		if !m.Hollow && (m.Y < l.axisTop || m.Y > l.axisBottom) {
			t.Errorf("%s: mark %d is not on the line", name, i)
		}
	}
	for _, y := range l.breaks {
		for _, m := range l.marks {
			if y > m.Y-2*dotRadius && y < m.Y+2*dotRadius {
				t.Errorf("%s: a break at %v on the mark at %v", name, y, m.Y)
			}
		}
	}
}

// The line is broken where one time is far longer than the others, and only there.
func TestSpaces(t *testing.T) {
	gaps, broken := spaces(series(t, "", "1893", "2021-08-01", "2021-12-01", "2022-04-16", "2022-04-17"))
	if fmt.Sprint(broken) != "[false true false false false]" {
		t.Errorf("broken: %v", broken)
	}
	if gaps[2] <= gaps[4] || gaps[3] <= gaps[4] || gaps[0] != 0 {
		t.Errorf("gaps do not follow the time: %v", gaps)
	}
	gaps, broken = spaces(series(t, "", "2000", "2001", "2002", "2003"))
	if fmt.Sprint(broken) != "[false false false false]" || gaps[1] != maxGap {
		t.Errorf("even years: %v, broken %v", gaps, broken)
	}
}

// A bar ends where its last day lies between the rows.
func TestBars(t *testing.T) {
	l := layOut(series(t, "It rained.", "2000-2010", "2001-2001", "2005-2005", "2015-2015"), Options{}, func(s string,
		size float64, _ bool) float64 {
		return float64(len(s)) * size / 2
	})
	if len(l.bars) != 4 {
		t.Fatalf("%d bars", len(l.bars))
	}
	decade := l.bars[0]
	if end := decade.Y + decade.H; end <= l.marks[2].Y || end >= l.marks[3].Y {
		t.Errorf("the bar of 2000 to 2010 ends at %v; 2005 is at %v and 2015 at %v", end, l.marks[2].Y, l.marks[3].Y)
	}
	if decade.X == l.bars[1].X {
		t.Error("two ranges at once share a lane")
	}
}

func TestPNG(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	all := cases(t)
	for _, name := range []string{"none", "uneven", "yearless", "hostile"} {
		events := all[name]
		for _, dark := range []bool{false, true} {
			var b bytes.Buffer
			if err := PNG(&b, events, Options{Title: "Harbor", Dark: dark}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			again := bytes.Buffer{}
			if err := PNG(&again, events, Options{Title: "Harbor", Dark: dark}); err != nil || !bytes.Equal(b.Bytes(),
				again.Bytes()) {
				t.Errorf("%s: drawn twice, it differs (%v)", name, err)
			}
			img, err := png.Decode(&b)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			ground := paletteOf(dark).ground
			for _, x := range []int{0, width - 1} {
				if r, g, b, _ := img.At(x, 0).RGBA(); uint8(r>>8) != ground.R || uint8(g>>8) != ground.G ||
					uint8(b>>8) != ground.B {
					t.Errorf("%s: the corner is not of the ground", name)
				}
			}
		}
	}
}

// Every text has a contrast of at least 4.5 to its ground (WCAG 2.2, 1.4.3), in the light as in the dark.
func TestContrast(t *testing.T) {
	for _, dark := range []bool{false, true} {
		p := paletteOf(dark)
		for tone, c := range p.tones {
			a, b := luminance(c.R, c.G, c.B), luminance(p.ground.R, p.ground.G, p.ground.B)
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("dark %v: tone %d has a contrast of %.2f", dark, tone, ratio)
			}
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	ref := article.Ref{Slug: "harbor", N: 1}
	var events []timeline.Event
	for n := range 60 {
		day := time.Date(1960+n, 5, 3, 0, 0, 0, 0, time.UTC)
		events = append(events, timeline.Event{Ref: ref, From: ref, Date: timeline.Date{Start: day, End: day,
			Precision: timeline.Day}, Phrase: "May 3", Text: long})
	}
	for b.Loop() {
		if err := PNG(&bytes.Buffer{}, events, Options{Title: "Harbor"}); err != nil {
			b.Fatal(err)
		}
	}
}
