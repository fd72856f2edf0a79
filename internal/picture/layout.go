package picture

import (
	"strconv"
	"strings"

	"pilcrow/internal/timeline"
)

// All measures are pixels. A phone shows a picture of 800 at 390, so that the smallest letters, of 23, are read as ones
// of 11.
const (
	width      = 800
	margin     = 24
	textSize   = 25
	smallSize  = 23
	titleSize  = 32
	lineHeight = 33
	rowPad     = 20
	textLines  = 2 // of a sentence; what is longer ends in an ellipsis

	lanesLeft = margin // bars of ranges stand here, then the axis
	laneWidth = 12
	barWidth  = 8
	maxLanes  = 5
	axisX     = lanesLeft + maxLanes*laneWidth + 10
	textLeft  = axisX + 28
	dotRadius = 8

	minBar    = 22  // height of the shortest bar
	stretch   = 260 // of the whole picture, shared out between the rows by the time that passed
	maxGap    = 70  // of one such space; longer times are broken
	maxTitle  = 2   // lines
	footerGap = 20
)

// MaxEvents is how many events a picture shows at most and stays readable; the rest is counted.
const MaxEvents = 12

// A Box is a rectangle of the picture: X and Y are its upper left corner.
type Box struct{ X, Y, W, H float64 }

// A Label is a line of text in its Box.
type Label struct {
	Box
	Text string
	Size float64
	Bold bool
	Tone tone
}

// A bar stands for a range, a month, a year or a decade, from its first day to its last.
type bar struct{ Box }

// A mark is the place of an event on the line.
type mark struct {
	X, Y   float64
	Hollow bool // no year is known: the place says nothing
}

// A Layout is the whole picture as geometry. Nothing in it overlaps or leaves it.
type Layout struct {
	Width, Height float64
	Labels        []Label
	bars          []bar
	marks         []mark
	breaks        []float64 // where the line leaves out time, on the vertical axis
	axisTop       float64
	axisBottom    float64 // equal to axisTop where no event has a year
}

// A measure returns the width of a text.
type measure func(text string, size float64, bold bool) float64

// row is an event with the place of its first line.
type row struct {
	timeline.Event
	y, height float64
	sentence  []string
}

// center is where the row's mark is, beside its first line.
func (r row) center() float64 { return r.y + lineHeight/2 }

// layOut places the events, which must be in the order of timeline.Events: one row for each, with the time that
// passed between two of them as room between their rows. It is pure.
func layOut(events []timeline.Event, o Options, m measure) Layout {
	l := Layout{Width: width}
	y := l.title(o.Title, m)
	shown := events[:min(len(events), MaxEvents)]
	rows := make([]row, len(shown))
	gaps, broken := spaces(shown)
	for i, e := range shown {
		r := row{Event: e}
		if Draws(e.Text) {
			r.sentence = excerpt(
				e,
				textLines,
				func(s string) float64 { return m(s, textSize, false) },
				width-margin-textLeft,
			)
		}
		r.height = max(float64(1+len(r.sentence))*lineHeight, 2*lineHeight) + rowPad
		if y += gaps[i]; broken[i] {
			l.breaks = append(l.breaks, y-gaps[i]/2-rowPad/2)
		}
		r.y = y
		y += r.height
		rows[i] = r
		l.row(r, m)
	}
	l.place(rows)
	if rest := len(events) - len(shown); rest > 0 {
		y += footerGap
		l.add(textLeft, y, "+"+strconv.Itoa(rest)+" more", textSize, true, muted, m)
		y += lineHeight
	}
	if len(events) == 0 {
		l.add(margin, y, "No dated events", textSize, false, muted, m)
		y += lineHeight
	}
	l.Height = y + margin
	return l
}

func (l *Layout) add(x, y float64, text string, size float64, bold bool, t tone, m measure) {
	l.Labels = append(
		l.Labels,
		Label{Box{x, y, m(text, size, bold), size * lineHeight / textSize}, text, size, bold, t},
	)
}

func (l *Layout) title(title string, m measure) float64 {
	y := float64(margin)
	if title = clean(title); title == "" || !Draws(title) {
		return y
	}
	for _, line := range wrap(title, maxTitle, func(s string) float64 { return m(s, titleSize, true) }, width-2*margin) {
		x := float64(margin)
		if rightToLeft(line) {
			x = width - margin - m(line, titleSize, true)
		}
		l.add(x, y, line, titleSize, true, strong, m)
		y += float64(titleSize) * lineHeight / textSize
	}
	return y + rowPad
}

// row places the texts of an event: the date with its paragraph and how it is printed, and the sentence below.
func (l *Layout) row(r row, m measure) {
	date, note := dateLines(r.Date)
	if rest, ok := strings.CutSuffix(date, " –"); ok && note != "" { // two days, which have room beside each other here
		date, note = rest+" – "+note, ""
	}
	ref := "¶" + strconv.Itoa(r.Ref.N)
	switch printed := phraseNote(r.Event); {
	case !Draws(printed):
	case printed == "“"+date+"”", printed == "“the "+date+"”": // nothing that the date does not say
	case note == "":
		note = printed
	default:
		note = printed + ", " + note
	}
	room := width - margin - textLeft - m("  "+ref, textSize, true)
	date = wrap(date, 1, func(s string) float64 { return m(s, textSize, true) }, room)[0]
	l.add(textLeft, r.y, date, textSize, true, strong, m)
	x := textLeft + m(date+"  ", textSize, true)
	l.add(x, r.y, ref, textSize, true, accent, m)
	x += m(ref+"  ", textSize, true)
	if room := width - margin - x; note != "" && room > noteRoom {
		note = wrap(note, 1, func(s string) float64 { return m(s, smallSize, false) }, room)[0]
		l.add(x, r.y+(lineHeight-smallSize*lineHeight/float64(textSize))/2, note, smallSize, false, muted, m)
	}
	for i, line := range r.sentence {
		x := float64(textLeft)
		if rightToLeft(line) {
			x = width - margin - m(line, textSize, false)
		}
		l.add(x, r.y+float64(1+i)*lineHeight, line, textSize, false, plain, m)
	}
}

// noteRoom is the width below which a note says too little to be begun.
const noteRoom = 60

// phraseNote says how the date is printed, or where.
func phraseNote(e timeline.Event) string {
	if e.Carried() {
		return "date from ¶" + strconv.Itoa(e.From.N)
	}
	return "“" + clean(e.Phrase) + "”"
}
