package convert

import (
	"strconv"
	"strings"
)

// An rgb is a color; unknown is one that we cannot tell.
type rgb struct {
	r, g, b int
	clear   bool // transparent
	unknown bool
}

var (
	black = rgb{}
	white = rgb{r: 255, g: 255, b: 255}
)

// near reports colors that the eye does not tell apart: no channel differs by more than one part in twelve.
func (c rgb) near(o rgb) bool {
	const most = 20
	apart := func(a, b int) bool { return a-b > most || b-a > most }
	return !c.unknown && !o.unknown && !apart(c.r, o.r) && !apart(c.g, o.g) && !apart(c.b, o.b)
}

// named holds the colors that pages hide text with; the others are unknown, so that their text is kept.
var named = map[string]rgb{
	"white": white, "black": black, "transparent": {clear: true}, "snow": {r: 255, g: 250, b: 250},
	"ivory":      {r: 255, g: 255, b: 240},
	"whitesmoke": {r: 245, g: 245, b: 245}, "ghostwhite": {r: 248, g: 248, b: 255}, "red": {r: 255}, "green": {g: 128},
	"blue":   {b: 255},
	"yellow": {r: 255, g: 255}, "gray": {r: 128, g: 128, b: 128}, "grey": {r: 128, g: 128, b: 128},
	"silver": {r: 192, g: 192, b: 192},
	"navy":   {b: 128}, "lightgray": {r: 211, g: 211, b: 211}, "lightgrey": {r: 211, g: 211, b: 211},
}

// color finds a color in a value.
func color(v string) (c rgb, ok bool) {
	if i := strings.IndexByte(v, '('); i >= 0 && (strings.HasPrefix(v, "rgb") || strings.HasPrefix(v, "hsl")) {
		return functional(v[:i], strings.TrimSuffix(v[i+1:], ")"))
	}
	for f := range strings.FieldsSeq(v) {
		if c, ok := named[f]; ok {
			return c, true
		}
		if hex, isHex := strings.CutPrefix(f, "#"); isHex {
			if len(hex) == 3 || len(hex) == 4 {
				var wide strings.Builder
				for _, digit := range hex {
					wide.WriteString(strings.Repeat(string(digit), 2))
				}
				hex = wide.String()
			}
			n, err := strconv.ParseUint(hex, 16, 32)
			switch {
			case err != nil:
			case len(hex) == 6:
				return rgb{r: int(n >> 16), g: int(n >> 8 & 255), b: int(n & 255)}, true
			case len(hex) == 8:
				return rgb{r: int(n >> 24), g: int(n >> 16 & 255), b: int(n >> 8 & 255), clear: n&255 < 13}, true
			}
		}
	}
	return rgb{}, false
}

// functional reads the inside of rgb(…) and rgba(…). Of hsl(…) it tells white and black.
func functional(name, inside string) (c rgb, ok bool) {
	var parts []float64
	for f := range strings.FieldsFuncSeq(inside, func(r rune) bool { return r == ',' || r == ' ' || r == '/' }) {
		percent := strings.HasSuffix(f, "%")
		n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSuffix(f, "%"), "deg"), 64)
		if err != nil {
			return rgb{}, false
		}
		if percent && strings.HasPrefix(name, "rgb") && len(parts) < 3 {
			n *= 2.55
		} else if percent && len(parts) == 3 {
			n /= 100
		}
		parts = append(parts, n)
	}
	if len(parts) < 3 {
		return rgb{}, false
	}
	seeThrough := len(parts) > 3 && parts[3] < 0.05
	if strings.HasPrefix(name, "hsl") {
		switch {
		case parts[2] >= 95:
			return rgb{r: 255, g: 255, b: 255, clear: seeThrough}, true
		case parts[2] <= 5 || seeThrough:
			return rgb{clear: seeThrough}, true
		}
		return rgb{}, false
	}
	return rgb{r: int(parts[0]), g: int(parts[1]), b: int(parts[2]), clear: seeThrough}, true
}
