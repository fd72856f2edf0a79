package convert

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A look is how an element is drawn, as far as that decides whether its text can be seen. It is CSS 2.2 with the
// properties that pages are known to hide text with; what it does not know it takes for seen.
type look struct {
	gone              bool // no text below it can be seen, whatever that says of itself
	invisible         bool // visibility; what is below can undo it
	tiny              bool // font-size
	struck            bool // a line goes through it
	color, background rgb
}

// inherit is the look of a child that says nothing of itself.
func (l look) inherit() look {
	return look{invisible: l.invisible, tiny: l.tiny, struck: l.struck, color: l.color, background: l.background}
}

// unseen says whether a text directly inside cannot be seen.
func (l look) unseen() bool {
	return l.invisible || l.tiny || l.color.clear || l.color.near(l.background)
}

// A declaration is "property: value" of a rule or of an element.
type declaration struct {
	property, value string
	important       bool
	specificity     cascadia.Specificity
	inline          bool
}

// A sheet holds the declarations of a page's styles by element.
type sheet map[*html.Node][]declaration

// The bounds of styles: selectors are tried on each element.
const (
	maxRules      = 4000
	maxSheetBytes = 1 << 20
)

// readSheets reads the style elements of a page and finds what they apply to.
func readSheets(root *html.Node) sheet {
	s := sheet{}
	rules, size := 0, 0
	for n := range root.Descendants() {
		if n.DataAtom != atom.Style || n.FirstChild == nil {
			continue
		}
		if size += len(n.FirstChild.Data); size > maxSheetBytes {
			break
		}
		for selector, body := range cssRules(n.FirstChild.Data) {
			declarations := parseDeclarations(body)
			if len(declarations) == 0 {
				continue
			}
			if rules++; rules > maxRules {
				return s
			}
			for part := range strings.SplitSeq(selector, ",") { // one that is not known does not spoil the others
				sel, err := cascadia.Parse(part)
				if err != nil || sel.PseudoElement() != "" {
					continue
				}
				for _, match := range cascadia.QueryAll(root, sel) {
					for _, d := range declarations {
						d.specificity = sel.Specificity()
						s[match] = append(s[match], d)
					}
				}
			}
		}
	}
	return s
}

// cssRules yields each rule for screens: its selector and what is in its braces.
func cssRules(css string) func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) { yieldRules(withoutComments(css), yield, 0) }
}

func yieldRules(css string, yield func(string, string) bool, depth int) bool {
	const maxDepth = 8 // of at-rules inside each other
	for {
		selector, rest, ok := strings.Cut(css, "{")
		if !ok {
			return true
		}
		if i := strings.LastIndexAny(selector, ";}"); i >= 0 { // @import and @charset, or a brace too many
			selector = selector[i+1:]
		}
		body, behind := cutBraces(rest)
		css = behind
		selector = strings.TrimSpace(selector)
		if name, condition, _ := strings.Cut(strings.ToLower(selector), " "); strings.HasPrefix(name, "@") {
			if (name == "@media" && !strings.Contains(condition, "print") && !strings.Contains(condition, "max-") ||
				name == "@supports" || name == "@layer") && depth < maxDepth && !yieldRules(body, yield, depth+1) {
				return false
			}
			continue
		}
		if !yield(selector, body) {
			return false
		}
	}
}

// cutBraces parts what follows an opening brace at the one that closes it.
func cutBraces(s string) (inside, behind string) {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[:i], s[i+1:]
			}
		}
	}
	return s, ""
}

func withoutComments(css string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(css, "/*")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		if _, css, ok = strings.Cut(rest, "*/"); !ok {
			return b.String()
		}
		b.WriteByte(' ')
	}
}

// parseDeclarations reads the declarations whose properties matter here.
func parseDeclarations(body string) (all []declaration) {
	for part := range strings.SplitSeq(strings.ToLower(body), ";") {
		property, value, ok := strings.Cut(part, ":")
		if property = strings.TrimSpace(property); !ok || !relevant[property] {
			continue
		}
		value, important := strings.CutSuffix(strings.TrimSpace(value), "important")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!"))
		all = append(all, declaration{property: property, value: value, important: important})
	}
	return all
}

var relevant = map[string]bool{
	"display": true, "visibility": true, "opacity": true, "font-size": true, "font": true, "color": true,
	"background":       true,
	"background-color": true, "background-image": true, "background-clip": true, "-webkit-background-clip": true,
	"position": true,
	"left":     true, "right": true, "top": true, "bottom": true, "text-indent": true, "margin-left": true,
	"margin-top": true,
	"transform":  true, "clip": true, "clip-path": true, "width": true, "height": true, "max-width": true,
	"max-height": true,
	"overflow":   true, "content-visibility": true, "filter": true, "text-decoration": true, "text-decoration-line": true,
}

// apply adds to the look what the sheet and the element itself declare, in the order of the cascade.
func (s sheet) apply(n *html.Node, l *look) {
	all := slices.Clone(s[n])
	if n.DataAtom == atom.Font || n.DataAtom == atom.Body {
		for property, key := range map[string]string{"color": "color", "background-color": "bgcolor"} {
			if v := attr(n, key); v != "" {
				all = append(all, declaration{property: property, value: strings.ToLower(v)})
			}
		}
	} else if v := attr(n, "bgcolor"); v != "" {
		all = append(all, declaration{property: "background-color", value: strings.ToLower(v)})
	}
	for _, d := range parseDeclarations(withoutComments(attr(n, "style"))) {
		d.inline = true
		all = append(all, d)
	}
	slices.SortStableFunc(all, func(a, b declaration) int {
		return cmp.Or(boolCompare(a.important, b.important), boolCompare(a.inline, b.inline), specificity(a, b))
	})
	last := map[string]string{}
	for _, d := range all {
		last[d.property] = d.value
	}
	if len(last) > 0 {
		l.draw(last)
	}
}

func specificity(a, b declaration) int {
	switch {
	case a.specificity.Less(b.specificity):
		return -1
	case b.specificity.Less(a.specificity):
		return 1
	}
	return 0
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// draw takes over the declarations of one element.
func (l *look) draw(has map[string]string) {
	const hardly, far = 0.05, 500 // of opacity; pixels beside the page
	if v := has["display"]; v == "none" {
		l.gone = true
	}
	if has["content-visibility"] == "hidden" {
		l.gone = true
	}
	switch has["visibility"] {
	case "hidden", "collapse":
		l.invisible = true
	case "visible", "initial":
		l.invisible = false
	}
	if v, ok := number(has["opacity"], ""); ok && v < hardly {
		l.gone = true
	}
	if strings.Contains(has["filter"], "opacity(0") {
		l.gone = true
	}
	if strings.Contains(has["text-decoration"], "line-through") ||
		strings.Contains(has["text-decoration-line"], "line-through") {
		l.struck = true // what is below cannot undo it
	}
	for _, v := range []string{has["font"], has["font-size"]} {
		if size, ok := fontSize(v); ok {
			l.tiny = size
		}
	}
	for _, key := range []string{"background", "background-color", "background-image"} {
		v, ok := has[key]
		switch c, known := color(v); {
		case !ok || v == "none" && key != "background":
		case strings.Contains(v, "url(") || strings.Contains(v, "gradient(") || strings.Contains(v, "var("):
			l.background = rgb{unknown: true}
		case known && !c.clear:
			l.background = c
		}
	}
	if v, ok := has["color"]; ok {
		if c, known := color(v); known {
			l.color = c
		} else if v != "inherit" && v != "currentcolor" {
			l.color = rgb{unknown: true}
		}
	}
	if has["background-clip"] == "text" || has["-webkit-background-clip"] == "text" { // letters cut out of a picture
		l.color = rgb{unknown: true}
	}
	if p := has["position"]; p == "absolute" || p == "fixed" || p == "relative" {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			if px, ok := pixels(has[side]); ok && px <= -far {
				l.gone = true
			}
		}
	}
	for _, key := range []string{"text-indent", "margin-left", "margin-top"} {
		if px, ok := pixels(has[key]); ok && px <= -far {
			l.gone = true
		}
	}
	if moved(has["transform"], far) || clipped(has["clip"], has["clip-path"]) {
		l.gone = true
	}
	if strings.HasPrefix(has["overflow"], "hidden") || strings.HasPrefix(has["overflow"], "clip") {
		for _, key := range []string{"width", "height", "max-width", "max-height"} {
			if px, ok := pixels(has[key]); ok && px <= 1 {
				l.gone = true
			}
		}
	}
}

// moved reports a transformation that takes the element off the page or to a point.
func moved(v string, far float64) bool {
	for _, point := range []string{"scale(0)", "scale(0,", "scalex(0)", "scaley(0)"} {
		if strings.Contains(v, point) {
			return true
		}
	}
	_, arguments, ok := strings.Cut(v, "translate")
	if !ok {
		return false
	}
	_, arguments, _ = strings.Cut(arguments, "(")
	arguments, _, _ = strings.Cut(arguments, ")")
	for a := range strings.SplitSeq(arguments, ",") {
		if px, ok := pixels(strings.TrimSpace(a)); ok && px <= -far {
			return true
		}
	}
	return false
}

// clipped reports that nothing, or a pixel, is left of the element.
func clipped(clip, path string) bool {
	if inside, ok := strings.CutPrefix(clip, "rect("); ok {
		sum := 0.0
		for f := range strings.FieldsFuncSeq(strings.TrimSuffix(inside, ")"),
			func(r rune) bool { return r == ',' || r == ' ' }) {
			px, ok := pixels(f)
			if !ok {
				return false
			}
			sum += px
		}
		return sum <= 4
	}
	return strings.HasPrefix(path, "inset(50%") || strings.HasPrefix(path, "inset(100%") ||
		strings.HasPrefix(path, "circle(0")
}

// fontSize finds a size in a value of font or font-size, and says whether nobody can read it.
func fontSize(v string) (tiny, ok bool) {
	for f := range strings.FieldsSeq(v) {
		f, _, _ = strings.Cut(f, "/") // the line's height
		if n, ok := number(f, ""); ok && n == 0 {
			return true, true
		}
		for unit, least := range map[string]float64{"px": 3, "pt": 2, "em": 0.2, "rem": 0.2, "%": 20, "vw": 0.2} {
			if n, ok := number(f, unit); ok {
				return n < least, true
			}
		}
	}
	return false, v != "" && v != "inherit"
}

// pixels reads a length; those that depend on others are taken for 16 pixels a letter and 10 a percent.
func pixels(v string) (float64, bool) {
	for unit, px := range map[string]float64{"px": 1, "rem": 16, "em": 16, "pt": 4. / 3, "%": 10, "vw": 10, "vh": 10,
		"in": 96, "cm": 38} {
		if n, ok := number(v, unit); ok {
			return n * px, true
		}
	}
	n, ok := number(v, "")
	return n, ok && n == 0
}

func number(v, unit string) (float64, bool) {
	digits, ok := strings.CutSuffix(v, unit)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(digits, 64)
	return n, err == nil
}
