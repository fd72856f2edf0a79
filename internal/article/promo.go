package article

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// Promotional inserts ("SEE ALSO: Another Story Of Ours") are taken out. Copied pages have them on a line of their
// own, or glued to the paragraph behind them, since the line between them was only a matter of style. An insert is a
// label with a headline. The label alone decides nothing: "Watch: the clock stopped." is prose. What follows must
// look like a headline, up to the end of the paragraph, to the end of a link, or to the place where a paragraph
// begins without a space.

const (
	maxHeadline      = 300 // bytes; looked at for the end of a headline
	maxHeadlineWords = 30
	maxLabelBytes    = 80  // of a label
	maxLabels        = 300 // looked at in a file; a long article has a dozen
)

// labelFront matches a label at the front of a text, labelInside one anywhere.
var (
	labelFront  = regexp.MustCompile("^" + labelSource)
	labelInside = regexp.MustCompile(labelSource)
)

// labelSource matches a label with what parts it from the headline. The groups: marks before it, the label of
// several words or the single word, and the separator.
const labelSource = `(?i)([►▶»>→•*|\[(\s–—-]{0,8})` +
	`(?:((?:see|read|watch|listen|view|hear) +(?:also|more|next|now|on|live|too|below|here|the video|to this)|` +
	`also +(?:read|see|watch|listen|on [\p{L}./]{2,20})|` +
	`read +(?:the +)?(?:full|whole|original) +(?:story|article|report)|` +
	`related +(?:articles?|stor(?:y|ies)|content|coverage|links?|news|reading|topics?|posts?|videos?|reports?)|` +
	`more +(?:on|about|from) +[\p{L}\p{N}’' /-]{2,40}|more +(?:stories|news|coverage|reading|like this)|` +
	`recommended +(?:reading|stories|for you|articles?)|further +reading|` +
	`editor[’']?s[’']? +(?:picks?|choice)|don[’']?t +miss|in case you missed it|` +
	`you +(?:may|might) +(?:also +)?(?:like|be interested in)|what to read next|trending +now|` +
	`(?:story|article) +continues +below(?: +(?:this +)?(?:ad|advertisement))?)|` +
	`(related|watch|listen|read|more|recommended|explainer|video|podcast|photos?|gallery|advertisement))` +
	`(\s*[:：|►▶→]+\s*|\s*>+\s*|\s+[–—-]\s+|\s+|$)`

// moreOn matches the beginning of the label that names a topic.
var moreOn = regexp.MustCompile(`^more +(?:on|about|from) `)

// fronts holds the first letters of all labels.
var fronts = lexicon.Set(`see rea wat lis vie hea als rel mor rec fur edi don in you wha tre sto art exp vid pod pho
	gal adv`)

// A label is where a promotional insert may begin.
type label struct {
	start, end int  // with marks in front and the separator behind
	capitals   bool // "SEE ALSO", not "See also"
	several    bool // words
	colon      bool // or another mark that announces
	related    bool // "Related", which nobody says to anybody, unlike "Listen"
	bracketed  byte // the bracket that it stands in, 0 for none
}

// labelAt reads the label that begins at the start of the text.
func labelAt(text string) (label, bool) {
	text = text[:min(len(text), maxHeadline)]
	word := strings.ToLower(firstWord(strings.TrimLeftFunc(text, notWord)))
	if !fronts[word[:min(len(word), 3)]] {
		return label{}, false // quickly
	}
	m := labelFront.FindStringSubmatchIndex(text)
	if m == nil {
		return label{}, false
	}
	return labelOf(text, m), true
}

func labelOf(text string, m []int) label {
	l := label{start: m[0], end: m[1], several: m[4] >= 0}
	name := text[m[3]:m[8]]
	l.capitals = strings.ToUpper(name) == name
	if low := strings.ToLower(name); moreOn.MatchString(low) && !strings.Contains(low, " this") {
		l.several = false // anything can follow: "More from Kabul tomorrow"
	}
	l.related = strings.EqualFold(name, "related")
	l.colon = strings.TrimSpace(text[m[8]:m[9]]) != ""
	if i := strings.LastIndexAny(text[m[2]:m[3]], "(["); i >= 0 {
		l.bracketed = text[m[2]+i]
	}
	return l
}

// alone reports whether the label is an insert without any headline.
func (l label) alone() bool { return l.several || l.colon || l.capitals }

// introduces reports whether the text, up to the end of its paragraph, is a headline behind the label.
func (l label) introduces(text string) bool {
	if len(text) > maxHeadline {
		return false
	}
	text = strings.TrimSpace(strings.TrimRight(text, ")]"))
	words := len(strings.Fields(text))
	if words == 0 || words > maxHeadlineWords {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text, opensSentence))
	if unicode.IsLower(first) && !isCamel(text) && !(l.capitals && l.colon) {
		return false
	}
	return l.reads(text, words)
}

// reads reports whether the text of that many words reads like a headline behind the label.
func (l label) reads(text string, words int) bool {
	title := titleCase(text)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text, closer))
	ends := isTerminator(last) && !strings.ContainsRune("?!…", last)
	switch {
	case ends && !(title && (l.capitals || l.several && len(Sentences(text)) == 1)):
		return false
	case !l.colon: // "READ MORE Another Story"
		return title && l.capitals && l.several
	case l.several || l.capitals:
		return title || len(Sentences(text)) == 1
	}
	const minWords = 3
	return words >= minWords && len(Sentences(text)) == 1 && (!isTerminator(last) || last == '?' && l.related) &&
		(title || !isOpener(firstWord(text)) || l.related)
}

// ownLinePromo reports whether the line, all of it, is an insert.
func ownLinePromo(line string) bool {
	l, ok := labelAt(line)
	if !ok {
		return false
	}
	rest := line[l.end:]
	if !hasWord(rest) {
		return l.alone()
	}
	return l.introduces(rest)
}

// withoutPromos takes the promotional inserts out of the blocks and counts them. Blocks without any are returned as
// they are, for most documents have none.
func withoutPromos(blocks []block, v *vocabulary) ([]block, int) {
	var kept []block
	promos, whole := 0, true // whole: nothing was taken out, and kept is not filled yet
	takeOut := func(i int) {
		if whole {
			kept = append(make([]block, 0, len(blocks)), blocks[:i]...) // v looks at the blocks as they were
			whole = false
		}
	}
	keep := func(b block) {
		if !whole {
			kept = append(kept, b)
		}
	}
	listed := false // the last block was a label: links may follow
	for i, b := range blocks {
		if listed && (b.linked() || len(b.links) == 0 && b.kind != heading && headlineAlone(b.text)) {
			listed = b.kind == itemBlock || b.linked()
			takeOut(i)
			continue
		}
		l, ok := labelAt(b.text)
		if listed = ok && !hasWord(b.text[l.end:]) && l.alone(); listed {
			promos++
			takeOut(i)
			continue
		}
		if b.kind == heading || b.sort == Code {
			keep(b)
			continue
		}
		text, n := withoutPromo(b, v)
		if n == 0 {
			keep(b)
			continue
		}
		promos += n
		takeOut(i)
		if hasWord(text) {
			b.text, b.strong, b.links = text, nil, nil // which were of another text
			keep(b)
		}
	}
	if whole {
		return blocks, 0
	}
	return kept, promos
}

// headlineAlone reports a paragraph that can only be a headline under a label on a line of its own.
func headlineAlone(text string) bool {
	const minWords = 4
	return len(text) <= maxHeadline && len(strings.Fields(text)) >= minWords && titleCase(text) && !closed(text)
}

// withoutPromo takes the inserts out of one block: at its front, then behind any of its sentences.
func withoutPromo(b block, v *vocabulary) (text string, promos int) {
	var kept strings.Builder
	keep := func(s string) {
		if s = strings.TrimSpace(s); s != "" && kept.Len() > 0 {
			kept.WriteByte(' ')
		}
		kept.WriteString(s)
	}
	from, at := 0, 0 // what is before from is kept or taken out; what is before at holds no insert
	for {
		l, ok := nextLabel(b.text, at, v)
		if !ok {
			break
		}
		front := kept.Len() == 0 && strings.TrimSpace(b.text[from:l.start]) == ""
		end := l.promoEnd(b, front, v)
		if end == 0 {
			at = l.end
			continue
		}
		keep(b.text[from:l.start])
		from, at = end, end
		promos++
	}
	if promos == 0 {
		return b.text, 0
	}
	keep(b.text[from:])
	return kept.String(), promos
}

// nextLabel finds the next label: at the very front of the text, or one that announces at or behind byte at.
func nextLabel(text string, at int, v *vocabulary) (label, bool) {
	if at == 0 {
		if l, ok := labelAt(text); ok {
			return l, true
		}
	}
	for c := at; c < len(text); c++ {
		i := labelSign(text[c:])
		if i < 0 {
			break
		}
		c += i
		start := max(at, c-maxLabelBytes)
		if !promising(text[start:c]) {
			continue
		}
		if v.labels++; v.labels > maxLabels {
			break
		}
		const separator = 8 // bytes; enough of it
		for _, m := range labelInside.FindAllStringSubmatchIndex(text[start:min(len(text), c+separator)], -1) {
			if m[8] <= c-start && c-start < m[9] {
				l := labelOf(text[start:], m)
				l.start, l.end = l.start+start, l.end+start
				return l, true
			}
		}
	}
	return label{}, false
}

// labelSign returns where the first sign is that may stand behind a label; -1 for none. It looks at each byte of a
// document once.
func labelSign(text string) int {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ':' || c == '|' || c == '>':
			return i
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(text[i:])
			switch r {
			case '：', '►', '▶', '→':
				return i
			}
			i += size - 1
		}
	}
	return -1
}

// promising says, quickly, whether the text may end with a label of labelSource: by its last word and one that it
// begins with, or where the last may be any, "more on …", by those before it.
func promising(text string) bool {
	text = strings.ToLower(strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(":：|►▶→>", r)
	}))
	last := text[strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	has := func(part string) bool { return strings.Contains(text, part) }
	return labelEnds[last] && slices.ContainsFunc(labelWords, has) || slices.ContainsFunc(labelOpenings, has)
}

// labelWords are such that each label has one, and labelOpenings begin those that end with any word.
var (
	labelWords = []string{"see", "read", "watch", "listen", "hear", "view", "more", "also", "related", "recommend", "miss",
		"editor", "like", "interested", "trending", "continues", "explainer", "video", "podcast", "photo", "gallery"}
	labelOpenings = []string{"more on", "more about", "more from", "more  ", "also on", "also  "}
)

// labelEnds are the last words of all labels.
var labelEnds = lexicon.Set(`also more next now on live too below here video this read see watch listen story article
	report articles stories content coverage links link news reading topics topic posts post videos reports you picks pick
	choice miss it like in ad advertisement related recommended explainer podcast photo photos gallery`)

// promoEnd finds where the insert that the label begins ends, or returns 0 if there is no insert. front means that
// nothing of the block is left before it.
func (l label) promoEnd(b block, front bool, v *vocabulary) int {
	if !front && !l.follows(b.text) {
		return 0
	}
	if end := l.linkEnd(b); end > 0 {
		return end
	}
	rest := b.text[l.end:]
	if l.bracketed != 0 {
		if i := strings.IndexAny(rest[:min(len(rest), maxHeadline)], ")]"); i > 0 && l.introduces(rest[:i]) {
			return l.end + i + 1
		}
	}
	if l.colon || l.capitals && l.several {
		if i, ok := l.glue(rest, v); ok {
			return l.end + i
		}
	}
	if l.introduces(rest) {
		return len(b.text)
	}
	return 0
}

// follows reports whether the label can begin an insert behind a sentence of the block.
func (l label) follows(text string) bool {
	if !l.colon || !l.capitals && !l.several {
		return false
	}
	if closed(text[:l.start]) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(text[:l.start])
	return l.capitals && l.several && unicode.IsLower(r) // glued to a word
}

// linkEnd finds the end of an insert whose headline is a link or, label and all, in bold.
func (l label) linkEnd(b block) int {
	if !l.colon && !l.several && !l.capitals { // "Read [the report](x)."
		return 0
	}
	end := 0
	for _, s := range b.strong {
		if s.Start <= l.end && s.End > l.end+1 && l.introduces(b.text[max(s.Start, l.end):s.End]) {
			end = s.End
		}
	}
	for _, s := range b.links {
		if s.Start <= l.end+1 && s.End > l.end {
			end = s.End
		}
	}
	if end == 0 {
		return 0
	}
	for _, s := range b.links { // "Read more: one, two and three"
		if s.Start >= end && !proseWord(b.text[end:s.Start]) {
			end = s.End
		}
	}
	rest := b.text[end:]
	if !hasWord(rest) {
		return len(b.text)
	}
	body := strings.TrimLeft(rest, " ).]")
	first, _ := utf8.DecodeRuneInString(body)
	if unicode.IsLower(first) || closesClause(first) { // the sentence goes on: prose with a link in it
		return 0
	}
	return len(b.text) - len(body)
}

// proseWord reports whether the text between two links has a word other than "and" and "or".
func proseWord(text string) bool {
	for w := range strings.FieldsSeq(text) {
		if hasWord(w) && w != "and" && w != "or" {
			return true
		}
	}
	return false
}
