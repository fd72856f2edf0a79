package screen

import (
	"image/color"
	"strings"

	"golang.org/x/image/font"
)

// signs are what the fonts have not, drawn by hand in a square of the size of the text.
var signs = map[rune]func(p *painter, x, y, size float64){
	'✓': func(p *painter, x, y, size float64) {
		p.stroke(green, size/8, x, y, size, 0.1, 0.55, 0.38, 0.82, 0.85, 0.22)
	},
	'✗': func(p *painter, x, y, size float64) {
		p.stroke(red, size/8, x, y, size, 0.18, 0.22, 0.78, 0.82)
		p.stroke(red, size/8, x, y, size, 0.78, 0.22, 0.18, 0.82)
	},
	'·': func(p *painter, x, y, size float64) { // the fonts have it at the height of capitals
		p.dc.SetColor(mutedTone)
		p.dc.DrawCircle(x+size*0.16, y+size*0.56, size*0.075)
		p.dc.Fill()
	},
	'👍': func(p *painter, x, y, size float64) { p.thumb(x, y, size, 1) },
	'👎': func(p *painter, x, y, size float64) { p.thumb(x, y, size, -1) },
}

// invisible is what is not drawn at all: marks that keep two directions of writing apart.
var invisible = strings.NewReplacer("\u2068", "", "\u2069", "", "\ufe0f", "")

// text draws at x on the line whose top is p.y.
func (p *painter) text(x float64, text string, size float64, bold bool, tone color.RGBA) {
	for _, part := range parts(text) {
		if sign := signs[[]rune(part)[0]]; sign != nil {
			sign(p, x, p.y+size*0.18, size)
			x += size * breadth(part)
			continue
		}
		p.dc.SetFontFace(p.faces[faceKey{size, bold}])
		p.dc.SetColor(tone)
		p.dc.DrawString(part, x, p.y+size*baseline)
		x += p.width(part, size, bold)
	}
}

func (p *painter) width(text string, size float64, bold bool) float64 {
	w := 0.0
	for _, part := range parts(text) {
		if signs[[]rune(part)[0]] != nil {
			w += size * breadth(part)
			continue
		}
		w += float64(font.MeasureString(p.faces[faceKey{size, bold}], part)) / 64
	}
	return w
}

// breadth is how much of its size a sign takes.
func breadth(sign string) float64 {
	if sign == "·" {
		return 0.32
	}
	return 1.15
}

// parts cuts a text into signs and what is between them.
func parts(text string) []string {
	var out []string
	from := 0
	text = invisible.Replace(text)
	for i, r := range text {
		if signs[r] == nil {
			continue
		}
		if i > from {
			out = append(out, text[from:i])
		}
		out = append(out, string(r))
		from = i + len(string(r))
	}
	if from < len(text) {
		out = append(out, text[from:])
	}
	return out
}

// stroke draws a line through points of the unit square.
func (p *painter) stroke(tone color.RGBA, thick, x, y, size float64, points ...float64) {
	p.dc.SetColor(tone)
	p.dc.SetLineWidth(thick)
	for i := 0; i+1 < len(points); i += 2 {
		p.dc.LineTo(x+points[i]*size, y+points[i+1]*size)
	}
	p.dc.Stroke()
}

// thumb is a hand whose thumb points up, or down for way -1.
func (p *painter) thumb(x, y, size, way float64) {
	point := func(u, v float64) (float64, float64) {
		if way < 0 {
			v = 1 - v
		}
		return x + u*size, y + v*size
	}
	shape := func(tone color.RGBA, points ...float64) {
		p.dc.SetColor(tone)
		for i := 0; i+1 < len(points); i += 2 {
			p.dc.LineTo(point(points[i], points[i+1]))
		}
		p.dc.ClosePath()
		p.dc.Fill()
	}
	shape(rgb(0x7a8fe0), 0.02, 0.48, 0.24, 0.48, 0.24, 1.0, 0.02, 1.0)
	shape(yellow, 0.28, 0.48, 0.46, 0.06, 0.56, 0.0, 0.66, 0.1, 0.6, 0.4, 0.94, 0.4, 1.0, 0.48, 0.96, 0.62, 0.95, 0.74,
		0.9, 0.88, 0.82, 1.0, 0.4, 1.0, 0.28, 0.94)
}

// eye stands in front of "Only you can see this".
func (p *painter) eye(x, y float64) {
	p.dc.SetColor(mutedTone)
	p.dc.DrawEllipse(x, y, 13, 8)
	p.dc.Fill()
	p.dc.SetColor(veil)
	p.dc.DrawCircle(x, y, 5)
	p.dc.Fill()
}
