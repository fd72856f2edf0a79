package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// plainBlocks reads plain text. Paragraphs are parted by blank lines or, where there is none between two lines, by line
// ends. The lines of a paragraph are joined with a space; each bullet of a list is a paragraph.
func plainBlocks(body string) []block {
	lines := strings.Split(body, "\n")
	for i := range lines {
		lines[i] = strings.TrimFunc(lines[i], unicode.IsSpace)
	}
	byLine := !blankBetween(lines)
	var blocks []block
	var run []string // the lines of the paragraph that is being read
	start := 0
	flush := func() {
		if n := len(run); len(blocks) == 0 && n > 1 && n <= bylines && isByline(run[n-1]) { // a title and who wrote it
			blocks = paragraphs(run[:n-1], start, byLine)
			run, start = run[n-1:], start+n-1
		}
		blocks = append(blocks, paragraphs(run, start, byLine)...)
		run = nil
	}
	for i, line := range lines {
		if len(blocks) > maxPassages { // more are refused, and need not be made
			return blocks
		}
		switch {
		case line == "":
			flush()
		case rule(line):
			underlined := len(run) == 1 && (line[0] == '=' || line[0] == '-') && i+1 < len(lines) && !closed(run[0])
			if flush(); underlined {
				blocks[len(blocks)-1].kind = heading
			}
		default:
			if len(run) == 0 {
				start = i + 1
			}
			run = append(run, line)
		}
	}
	flush()
	return blocks
}

// blankBetween reports whether a blank line stands between two that are not.
func blankBetween(lines []string) bool {
	seen, blank := false, false
	for _, line := range lines {
		switch {
		case line != "" && blank:
			return true
		case line != "":
			seen = true
		case seen:
			blank = true
		}
	}
	return false
}

// rule reports a line that only parts: "***", "- - -", "=====".
func rule(line string) bool {
	const minMarks = 3
	marks := 0
	for _, r := range line {
		switch {
		case strings.ContainsRune("-=*_~#•·–—", r):
			marks++
		case !unicode.IsSpace(r):
			return false
		}
	}
	return marks >= minMarks
}

// paragraphs makes blocks of lines that no blank line parts.
func paragraphs(lines []string, start int, byLine bool) []block {
	byLine = byLine || unwrapped(lines)
	if byLine { // a block each: more are refused, and need not be made
		lines = lines[:min(len(lines), maxPassages+1)]
	}
	var blocks []block
	var first []int // line of each block
	behind := 0     // the line behind the last insert; paragraphs do not run over it
	for i, line := range lines {
		opens := byLine || i == behind
		if i >= behind {
			if n := promoLines(lines[i:]); n > 0 {
				opens, behind = true, i+n
			}
		}
		b := block{line: start + i, text: line}
		if n := bullet(line); n > 0 {
			b.kind, b.sort, b.text = itemBlock, ListItem, strings.TrimSpace(line[n:])
		} else if level, text, ok := hashes(line); ok {
			b.kind, b.level, b.text = heading, level, text
		} else if !byLine && glued(lines, i) {
			blocks, first = append(blocks, block{kind: heading, line: start + i, text: line}), append(first, i)
			continue
		} else if !opens {
			last := blocks[len(blocks)-1]
			numbered := last.kind == itemBlock && ordered(line)
			if last.kind != heading && !numbered {
				continue
			}
		}
		if ordered(line) {
			b.kind, b.sort = itemBlock, ListItem
		}
		blocks, first = append(blocks, b), append(first, i)
	}
	for i := range blocks {
		end := len(lines)
		if i+1 < len(first) {
			end = first[i+1]
		}
		blocks[i].join(lines[first[i]+1 : end])
	}
	return blocks
}

// join adds the other lines of a paragraph to its first.
func (b *block) join(others []string) {
	if len(others) > 0 {
		b.line1 = len(b.text)
		b.text = strings.Join(append([]string{b.text}, others...), " ")
	}
}

// glued reports a heading with its text right below, without a blank line between: "2. Bees" above "Cara Lunt reported
// that two hives died." Where an author's lines are wrapped, a line ends because the next word does not fit; this one
// ends although much more would have, and what follows is a sentence of several lines.
func glued(lines []string, at int) bool {
	const minBelow, slack = 30, 12 // runes
	if at+1 >= len(lines) || at > 0 && !closed(lines[at-1]) || !closed(lines[len(lines)-1]) {
		return false
	}
	text, next := lines[at], lines[at+1]
	if ordered(text) {
		_, text, _ = strings.Cut(text, " ")
	}
	wide := utf8.RuneCountInString(next)
	if wide < minBelow || bullet(next) > 0 || ordered(next) || !likeTitle(text) || strings.HasSuffix(text, ":") ||
		stated(text) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(next, opensSentence))
	word, _, _ := strings.Cut(next, " ")
	return unicode.IsUpper(first) && utf8.RuneCountInString(lines[at])+1+utf8.RuneCountInString(word)+slack < wide
}

// promoLines counts the lines at the front that are one promotional insert: all up to the end or to the next insert if
// they are a headline together, else the first.
func promoLines(lines []string) int {
	if !ownLinePromo(lines[0]) {
		return 0
	}
	whole := lines[0]
	for i, line := range lines[1:] {
		if len(whole) > maxHeadline {
			return 1
		}
		if ownLinePromo(line) {
			return i + 1
		}
		whole += " " + line
	}
	if !ownLinePromo(whole) {
		return 1
	}
	return len(lines)
}

// unwrapped reports lines that are a paragraph each although no blank line parts them: all of them end like
// sentences, and they are longer than anybody wraps.
func unwrapped(lines []string) bool {
	const maxWrapped = 120 // runes
	long := 0
	for _, line := range lines {
		if !closed(line) {
			return false
		}
		if utf8.RuneCountInString(line) > maxWrapped {
			long++
		}
	}
	return len(lines) > 1 && long*2 > len(lines)
}

// hashes reads a heading marked as in Markdown.
func hashes(line string) (level int, text string, ok bool) {
	text = strings.TrimLeft(line, "#")
	level = len(line) - len(text)
	const maxLevel = 6
	if level == 0 || level > maxLevel || !strings.HasPrefix(text, " ") || closed(text) || command(text) {
		return 0, "", false
	}
	return level, strings.TrimSpace(strings.TrimRight(text, "# ")), true
}

// command reports what is typed behind the prompt of a shell, "# export proxy=http://gateway/", or a comment there.
func command(text string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return unicode.IsLower(first) && (strings.ContainsAny(text, "=/$|<>;\\") || strings.Contains(text, " -"))
}

// ordered reports an item of a numbered list: "1. First", "(2) Second", "3) Third".
func ordered(line string) bool {
	const maxDigits = 3
	rest := strings.TrimPrefix(line, "(")
	n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	if n == 0 || n > maxDigits || len(rest) < n+2 {
		return false
	}
	return (rest[n] == ')' || rest[n] == '.' && len(rest) == len(line)) && rest[n+1] == ' '
}

const (
	maxHeadingRunes = 80
	maxHeadingWords = 12
)

// markHeadings finds the headings among plain paragraphs. A heading is short, does not end or begin as a sentence
// or a quotation does, is in title case, in capitals, or at most eight words long, and text follows it. More than three
// in a row are a list of names.
func markHeadings(blocks []block) {
	const maxRow = 3
	text := false // a paragraph that is no heading follows
	signed := func(i int) bool { return i <= bylines && blocks[i].kind == para && isByline(blocks[i].text) }
	for i := len(blocks) - 1; i >= 0; i-- {
		if signed(i) {
			continue
		}
		first := i // of a row that ends at i
		for text && first >= 0 && blocks[first].kind == para && likeHeading(blocks[first].text, blocks[first+1]) &&
			!signed(first) {
			first--
		}
		if row := i - first; row == 0 {
			text = text && blocks[i].kind == heading || blocks[i].kind != heading && !likeTitle(blocks[i].text)
			continue
		} else if row <= maxRow {
			for j := first + 1; j <= i; j++ {
				blocks[j].kind = heading
			}
		}
		i = first + 1
	}
}

// likeHeading reports whether the text can be the heading of what follows.
func likeHeading(text string, next block) bool {
	if !likeTitle(text) {
		return false
	}
	if strings.HasSuffix(text, ":") && (next.kind == itemBlock || !titleCase(text)) {
		return false
	}
	if titleCase(text) || allCapitals(text) {
		return true
	}
	// An ordinary line: only a short one before a whole paragraph.
	const maxPlainWords, minTimes = 8, 3
	if strings.HasSuffix(text, "?") || stated(text) {
		return false
	}
	return next.kind == para && len(strings.Fields(text)) <= maxPlainWords && closed(next.text) &&
		len(next.text) >= minTimes*len(text)
}

// stated reports a whole sentence by its verb: "The ship was lost". Questions are headings: "What is at stake".
func stated(text string) bool {
	first := true
	for w := range strings.FieldsSeq(text) {
		switch {
		case first && asks[strings.ToLower(firstWord(w))]:
			return false
		case verbs[w]:
			return true
		}
		first = false
	}
	return false
}

var (
	asks  = lexicon.Set(`what why how where who when which whose`)
	verbs = lexicon.Set(`is are was were has have had will said says can could would should did does do went came made
		took`)
)

// likeTitle reports whether the text by itself could be a heading.
func likeTitle(text string) bool {
	if utf8.RuneCountInString(text) > maxHeadingRunes || len(strings.Fields(text)) > maxHeadingWords {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	switch {
	case unicode.IsLower(first) && !isCamel(text), strings.ContainsRune("\"'“”‘’„«»「『([{-–—•*@#/", first):
		return false
	case last == '?' && titleCase(text):
	case isTerminator(last), strings.ContainsRune(",;\"'”’“‘»«」』-–—/|=", last):
		return false
	}
	if strings.IndexFunc(text, unicode.IsLetter) < 0 || strings.Contains(text, "://") ||
		strings.ContainsAny(text, "|\t=") {
		return false
	}
	return len(Sentences(text)) == 1 && !dated(text)
}

// dated reports a line that is a date or a place and a date: a reader may ask for it, so it is no heading.
func dated(text string) bool {
	month, number := false, false
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch {
		case months[w] || months[titled(w)]:
			month = true
		case strings.Trim(w, "0123456789") == "":
			number = true
		case !weekdays[w]:
			return false
		}
	}
	return month && number
}

// months and weekdays are the names in a dateline, as printed.
var (
	months   = lexicon.Printed(lexicon.Months(), "en", "de")
	weekdays = lexicon.Printed(lexicon.Weekdays(), "en")
)

// titled gives a word a capital at its front, and small letters behind it.
func titled(w string) string {
	first, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(first)) + strings.ToLower(w[size:])
}

func allCapitals(text string) bool {
	return strings.IndexFunc(text, unicode.IsLower) < 0 && strings.IndexFunc(text, unicode.IsUpper) >= 0
}
