package render

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	maxContent = 2000 // Discord: characters of a message's content; counted here in UTF-16 units, never fewer
	boldMark   = "**"
)

// A seg is a piece of a word, already escaped.
type seg struct {
	text string
	bold bool
	raw  bool // markup of ours: not to be escaped
}

// A word is what is not broken over two messages, unless it alone is longer than one.
type word struct {
	segs []seg
	sep  int  // spaces in front
	stay bool // belongs to the word before: a citation marker
}

// A line is one line of Discord's markup. Only the words come from outside.
type line struct {
	prefix string // "> ", "-# ", "- ", "### " or nothing
	again  string // the prefix of what is carried over into the next message
	words  []word
	gap    bool // an empty line stands in front
}

// Length is what counts towards maxContent.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// write renders words after a prefix, as the beginning of a line. Emphasis is closed at the end.
func write(prefix string, words []word) string {
	var b strings.Builder
	b.WriteString(prefix)
	bold := false
	for i, w := range words {
		if bold && (len(w.segs) == 0 || !w.segs[0].bold) {
			b.WriteString(boldMark)
			bold = false
		}
		if i > 0 {
			b.WriteString(strings.Repeat(" ", w.sep))
		}
		for j, s := range w.segs {
			if s.bold != bold {
				b.WriteString(boldMark)
				bold = s.bold
			}
			if i == 0 && j == 0 {
				b.WriteString(guard(s.text))
			} else {
				b.WriteString(s.text)
			}
		}
	}
	if bold {
		b.WriteString(boldMark)
	}
	return b.String()
}

// A packer fills messages.
type packer struct {
	limit int // of a message, in UTF-16 units
	parts []string
	now   string
}

// pack lays the lines into as few messages as is sensible, none longer than limit and none empty. Lines are kept whole
// where that leaves no message half empty; otherwise they are broken between sentences, else between words. It stops
// when there are most messages; cut tells that something was left.
func pack(lines []line, limit, most int) (parts []string, cut bool) {
	p := packer{limit: limit}
	for _, l := range lines {
		if len(l.words) == 0 {
			continue
		}
		p.add(l)
		if len(p.parts) >= most {
			return p.parts[:most], len(p.parts) > most || p.now != "" || !last(lines, l)
		}
	}
	p.flush()
	return p.parts, false
}

// last tells whether no line with words follows l; lines are compared by their words, which no two share.
func last(lines []line, l line) bool {
	for _, o := range slices.Backward(lines) {
		if len(o.words) > 0 {
			return &o.words[0] == &l.words[0]
		}
	}
	return true
}

func (p *packer) flush() {
	if p.now != "" {
		p.parts = append(p.parts, p.now)
		p.now = ""
	}
}

// gap is what stands between the message so far and the line.
func (p *packer) gap(l line) string {
	switch {
	case p.now == "":
		return ""
	case l.gap:
		return "\n\n"
	}
	return "\n"
}

func (p *packer) add(l line) {
	whole := write(l.prefix, l.words)
	switch gap := p.gap(l); {
	case Length(p.now)+len(gap)+Length(whole) <= p.limit:
		p.now += gap + whole
		return
	case Length(whole) <= p.limit && Length(p.now) >= p.limit/2:
		p.flush()
		p.now = whole
		return
	}
	for words := slices.Clone(l.words); len(words) > 0; {
		gap := p.gap(l)
		room := p.limit - Length(p.now) - len(gap)
		n := breakAt(l.prefix, words, room)
		switch {
		case n > 0:
			p.now += gap + write(l.prefix, words[:n])
			words = words[n:]
			if len(words) > 0 {
				p.flush()
			}
			l.prefix, l.gap = l.again, false
		case p.now != "":
			p.flush()
		default:
			halves := halve(words[0], room-Length(l.prefix))
			p.now = write(l.prefix, halves[:1])
			if len(halves) > 1 {
				words[0] = halves[1]
			} else {
				words = words[1:]
			}
			if len(words) > 0 {
				p.flush()
			}
			l.prefix, l.gap = l.again, false
		}
	}
}

// breakAt returns how many of the words fit into room, at a good place to break: all of them, or up to the end of a
// sentence in the last third of what fits, or else of a word. 0 means that not even the first fits.
func breakAt(prefix string, words []word, room int) int {
	room = max(room, 0)
	fits := sort.Search(min(len(words), room), func(i int) bool { return Length(write(prefix, words[:i+1])) > room })
	if fits == len(words) || fits == 0 {
		return fits
	}
	for n := fits; n > fits*2/3; n-- {
		if !words[n].stay && endsSentence(words[n-1]) {
			return n
		}
	}
	for n := fits; n > 0; n-- {
		if !words[n].stay {
			return n
		}
	}
	return fits // nothing but markers: better broken between two of them than never
}

func endsSentence(w word) bool {
	if w.stay {
		return true // markers stand behind sentences
	}
	if len(w.segs) == 0 {
		return false
	}
	text := strings.TrimRight(w.segs[len(w.segs)-1].text, `"'”’»)\]`)
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…。؟۔", r)
}

// halve cuts a word that is longer than a message into one that fits into room and the rest. It cuts neither behind a
// backslash nor in front of a mark that combines with the character before.
func halve(w word, room int) []word {
	const spare = len(boldMark)*2 + len(`\`) // what write may add
	room = max(room-spare, 1)
	used := 0
	for i, s := range w.segs {
		at := cutAt(s.text, room-used)
		if at == len(s.text) {
			used += Length(s.text) + len(boldMark)
			if used < room {
				continue
			}
		}
		if at == 0 && i == 0 { // a single cluster that is longer than a message: its marks go
			at = firstRunes(s.text)
		}
		first := word{segs: slices.Clone(w.segs[:i]), sep: w.sep}
		if at > 0 {
			first.segs = append(first.segs, seg{s.text[:at], s.bold, s.raw})
		}
		rest := word{stay: w.stay}
		if at < len(s.text) {
			rest.segs = append(rest.segs, seg{s.text[at:], s.bold, s.raw})
		}
		rest.segs = append(rest.segs, w.segs[i+1:]...)
		if len(rest.segs) == 0 {
			return []word{first}
		}
		return []word{first, rest}
	}
	return []word{w}
}

// cutAt returns the greatest byte offset at which text may be cut so that what is before has at most room units.
func cutAt(text string, room int) int {
	good, used, escaped := 0, 0, false
	for i, r := range text {
		if !escaped && !combines(r) {
			good = i
		}
		used += max(utf16.RuneLen(r), 1)
		if used > room {
			return good
		}
		escaped = r == '\\' && !escaped
	}
	return len(text)
}

func combines(r rune) bool {
	const joiner = '\u200d'
	return r == joiner || unicode.Is(unicode.M, r)
}

// firstRunes is the offset behind the first character, with the backslash in front of it.
func firstRunes(text string) int {
	_, n := utf8.DecodeRuneInString(text)
	if text[0] == '\\' && len(text) > 1 {
		_, m := utf8.DecodeRuneInString(text[n:])
		n += m
	}
	return n
}
