package convert

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var digits = regexp.MustCompile(`[0-9]+|\b[ivxlc]+\b`)

// marginLines is how many lines at the top and at the bottom of a page may be running heads and page numbers.
const marginLines = 2

// withoutMargins takes out what stands at the top or the bottom of several pages with nothing but its numbers changed.
func withoutMargins(pages []page) {
	const few = 3 // pages
	edges := func(p page) []int {
		byHeight := make([]int, len(p.lines))
		for i := range byHeight {
			byHeight[i] = i
		}
		slices.SortStableFunc(byHeight, func(a, b int) int {
			switch ya, yb := p.lines[a].y, p.lines[b].y; {
			case ya > yb:
				return -1
			case ya < yb:
				return 1
			}
			return 0
		})
		if len(byHeight) <= 2*marginLines {
			return byHeight
		}
		return slices.Concat(byHeight[:marginLines], byHeight[len(byHeight)-marginLines:])
	}
	seen := map[string]int{}
	key := func(l textLine) string { return digits.ReplaceAllString(strings.ToLower(l.text), "#") }
	for _, p := range pages {
		for _, i := range edges(p) {
			seen[key(p.lines[i])]++
		}
	}
	title := largest(pages)
	for n := range pages {
		p := &pages[n]
		drop := map[int]bool{}
		for _, i := range edges(*p) {
			k := key(p.lines[i])
			number := strings.Trim(k, "#-–—. |/") == "" || strings.Trim(k, "# ") == "page" || k == "page # of #"
			if n == 0 && p.lines[i].size == title { // running heads repeat it
				continue
			}
			lowest := len(p.lines) > few &&
				!slices.ContainsFunc(p.lines, func(l textLine) bool { return l.y < p.lines[i].y })
			drop[i] = number && (len(pages) > 1 || lowest) || seen[k] >= few && len(p.lines) > 1
		}
		var kept []textLine
		for i, l := range p.lines {
			if !drop[i] {
				kept = append(kept, l)
			}
		}
		p.lines = kept
	}
}

// layOut makes blocks of the lines of all pages, and takes the largest text of the first page for the title.
func layOut(d *draft, pages []page) {
	withoutMargins(pages)
	w := layout{
		draft:      d,
		body:       bodySize(pages),
		hyphenated: hyphenated(pages),
		vocabulary: vocabularyOf(pages),
		largest:    largest(pages),
	}
	for _, p := range pages {
		p.lines = slices.DeleteFunc(
			p.lines,
			func(l textLine) bool { return l.table == nil && leaders.MatchString(l.text) },
		)
		lines, notes := notesApart(p.lines, w.body)
		columns := columnsOf(lines)
		leading := leadingOf(lines, w.body)
		for i, l := range lines {
			if l.table != nil {
				w.table(l, i == 0)
				continue
			}
			w.line(l, columns[i], leading, i == 0)
		}
		w.notes = append(w.notes, notes...)
		if closes(w.text.String()) {
			w.flush()
		}
	}
	w.flush()
}

// notesApart takes the notes from the foot of a page: smaller lines below all others, the first of which begins with
// a mark. What they would interrupt goes on on the next page.
func notesApart(lines []textLine, body float64) (text, notes []textLine) {
	n := len(lines)
	for n > 0 && lines[n-1].table == nil && lines[n-1].size <= 0.93*body {
		n--
	}
	for n < len(lines) && !noteStart.MatchString(lines[n].text) {
		n++
	}
	if n == 0 || n == len(lines) || lines[n-1].y < lines[n].y {
		return lines, nil
	}
	return lines[:n], lines[n:]
}

var noteStart = regexp.MustCompile(`^([0-9]{1,3}|[*†‡§]{1,3}|[a-z])[.)]?\s+\S`)

// table adds the rows of a table.
func (w *layout) table(l textLine, top bool) {
	if top {
		w.pages++
	}
	w.flush()
	if l.table.kind == table {
		w.draft.blocks = append(w.draft.blocks, *l.table)
		return
	}
	for _, row := range l.table.rows[0] {
		w.draft.blocks = append(w.draft.blocks, block{kind: item, text: row, unsure: l.table.unsure})
	}
}

// bodySize is the size of most letters.
func bodySize(pages []page) float64 {
	letters := map[float64]int{}
	for _, p := range pages {
		for _, l := range p.lines {
			letters[l.size] += len(l.text)
		}
	}
	best, most := 0.0, 0
	for size, n := range letters {
		if n > most || n == most && size < best {
			best, most = size, n
		}
	}
	return best
}

func largest(pages []page) float64 {
	size := 0.0
	if len(pages) > 0 {
		for _, l := range pages[0].lines {
			size = max(size, l.size)
		}
	}
	return size
}

// leadingOf is the usual distance of the lines of the text's size, 0 where it has no two lines.
func leadingOf(lines []textLine, body float64) float64 {
	var all []float64
	for i := 1; i < len(lines); i++ {
		if down := lines[i-1].y - lines[i].y; lines[i].size == body && lines[i-1].size == body && down > 0 &&
			down < 4*body {
			all = append(all, down)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/3] // most gaps between paragraphs are above
}

// A column is where the lines around a line begin and end.
type column struct{ left, right float64 }

// columnsOf finds the column of each line: what most of the lines that it overlaps with share.
func columnsOf(lines []textLine) []column {
	const most = 400 // lines that are compared with each
	all := make([]column, len(lines))
	for i, l := range lines {
		var lefts, rights []float64
		for _, o := range lines[max(0, i-most/2):min(len(lines), i+most/2)] {
			overlap := min(l.right, o.right) - max(l.left, o.left)
			if overlap > 0.5*min(l.right-l.left, o.right-o.left) && math.Abs(o.size-l.size) < 1 {
				lefts, rights = append(lefts, o.left), append(rights, o.right)
			}
		}
		slices.Sort(lefts)
		slices.Sort(rights)
		all[i] = column{lefts[len(lefts)/5], rights[len(rights)*4/5]}
	}
	return all
}

// A layout makes paragraphs of lines.
type layout struct {
	draft      *draft
	body       float64
	largest    float64
	hyphenated map[string]bool
	text       strings.Builder
	last       textLine
	lastColumn column
	bold       bool
	unsure     bool
	astray     bool // the order of its words
	kind       blockKind
	pages      int
	notes      []textLine // of the page before, to follow the paragraph that they stand below
	vocabulary map[string]bool
}

// bullets stand before the items of a list. One that could not be told is the sign of a font of signs.
const bullets = "•▪◦‣●■–—*·o�"

// leaders are the dots between an entry of a table of contents and its page.
var leaders = regexp.MustCompile(`[.:·…_]\s?[.:·…_]\s?[.:·…_]\s?[.:·…_][.:·…_\s]*([0-9]+|[ivxlc]+)$`)

func (w *layout) line(l textLine, c column, leading float64, top bool) {
	if top {
		w.pages++
	}
	if w.text.Len() > 0 && w.parts(l, c, leading, top) {
		w.flush()
	}
	text := l.text
	if w.text.Len() == 0 {
		w.bold, w.kind, w.unsure, w.astray = true, para, false, false
		if r, size := utf8.DecodeRuneInString(text); strings.ContainsRune(bullets, r) &&
			strings.HasPrefix(text[size:], " ") {
			w.kind, text = item, strings.TrimSpace(text[size:])
		}
	} else {
		w.astray = w.astray || !top && strays(w.last, l)
		joined := joinLine(w.text.String(), text, w)
		w.text.Reset()
		text = joined
	}
	w.text.WriteString(text)
	w.bold = w.bold && l.bold
	w.unsure = w.unsure || l.unsure
	w.astray = w.astray || l.astray
	w.last, w.lastColumn = l, c
}

// parts decides whether a paragraph ends before the line.
func (w *layout) parts(l textLine, c column, leading float64, top bool) bool {
	const (
		looser = 1.3 // of the usual distance
		indent = 0.7 // of the size
	)
	last := w.last
	first, _ := utf8.DecodeRuneInString(l.text)
	ended := closes(w.text.String())
	switch {
	case math.Abs(l.size-last.size) > 0.08*last.size, l.bold != last.bold && (w.bold || l.bold && ended):
		return !unicode.IsLower(first) || l.size > last.size || w.bold
	case strings.ContainsRune(bullets, first) && len(l.text) > 2 && l.text[utf8.RuneLen(first)] == ' ':
		return true
	}
	short := w.endsShort()
	indented := !fromRight(l.text) && l.left > c.left+indent*l.size && !(w.last.left > w.lastColumn.left+indent*l.size)
	down := last.y - l.y
	switch {
	case top || down < -sameLine*l.size: // another page or column
		return ended || indented && !unicode.IsLower(first)
	case leading > 0 && l.size == w.body && down > looser*leading, down > 2.2*l.size:
		return true
	case w.kind == item: // its lines hang
		return l.left < last.left-indent*l.size && ended
	}
	return indented && (ended || short) || short && ended
}

// endsShort reports whether the last line ends well before its column does.
func (w *layout) endsShort() bool {
	const shorter = 0.12 // of the column's width
	last, c := w.last, w.lastColumn
	if fromRight(last.text) {
		return last.left > c.left+shorter*(c.right-c.left)
	}
	return last.right < c.right-shorter*(c.right-c.left)
}

// closes reports whether a text ends like a sentence.
func closes(text string) bool {
	text = strings.TrimRight(text, `"'”’)]»0123456789`) // with the mark of a note
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") ||
		strings.HasSuffix(text, ":") ||
		strings.HasSuffix(text, "。")
}

// flush ends the paragraph.
func (w *layout) flush() {
	text := visible(strings.Join(strings.Fields(w.text.String()), " "), &w.draft.left.invisible)
	w.text.Reset()
	const longestHeading = 200 // bytes
	b := block{kind: w.kind, text: text, strong: w.bold, unsure: w.unsure || w.astray, astray: w.astray}
	larger := w.last.size > 1.12*w.body && len(text) <= longestHeading
	switch {
	case !hasWord(text):
		return
	case larger && w.draft.title == "" && w.pages == 1 && w.last.size == w.largest:
		w.draft.title = text
		return
	case larger:
		b.kind, b.strong = heading, false
		b.level = 2
		if w.last.size < 1.3*w.body {
			b.level = 3
		}
	}
	w.draft.blocks = append(w.draft.blocks, b)
	w.flushNotes()
}

// flushNotes adds the notes of the page before as paragraphs.
func (w *layout) flushNotes() {
	notes := w.notes
	w.notes = nil
	text, unsure := "", false
	add := func() {
		if hasWord(text) {
			w.draft.blocks = append(w.draft.blocks,
				block{kind: para, text: visible(text, &w.draft.left.invisible), unsure: unsure})
		}
		text, unsure = "", false
	}
	for _, l := range notes {
		if noteStart.MatchString(l.text) {
			add()
		}
		text, unsure = joinLine(text, l.text, w), unsure || l.unsure
	}
	add()
}

// fromRight reports a line most of whose letters are written from right to left.
func fromRight(text string) bool {
	rtl, all := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			all++
			if rightToLeft(r) {
				rtl++
			}
		}
	}
	return rtl*2 > all
}
