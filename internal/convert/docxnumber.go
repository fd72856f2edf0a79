package convert

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A wordList says which list a paragraph belongs to, and how deep.
type wordList struct {
	id    string // "" for none
	level int
}

func wordListOf(properties *element) wordList {
	n := properties.child("numPr")
	level, err := strconv.Atoi(n.child("ilvl").attr("val"))
	if err != nil || level < 0 || level >= wordLevels {
		level = 0
	}
	return wordList{n.child("numId").attr("val"), level}
}

const wordLevels = 9 // ECMA-376 17.9.6

// A wordNumbering counts the paragraphs of lists.
type wordNumbering struct {
	formats  map[string]*[wordLevels]wordLevel // by abstract id
	abstract map[string]string                 // of a list's id
	counts   map[string]*[wordLevels]int       // by abstract id: lists of one kind go on
	started  map[string]bool                   // lists that begin anew, once they did
	restarts map[string]map[int]int            // by a list's id: where its levels begin
}

// A wordLevel is how a level is written.
type wordLevel struct {
	format, text string
	start        int
}

func wordNumbers(root *element) wordNumbering {
	n := wordNumbering{
		formats: map[string]*[wordLevels]wordLevel{}, abstract: map[string]string{}, counts: map[string]*[wordLevels]int{},
		started: map[string]bool{}, restarts: map[string]map[int]int{},
	}
	for a := range root.all("abstractNum") {
		levels := &[wordLevels]wordLevel{}
		for l := range a.all("lvl") {
			if i, err := strconv.Atoi(l.attr("ilvl")); err == nil && i >= 0 && i < wordLevels {
				levels[i] = wordLevel{l.child("numFmt").attr("val"), l.child("lvlText").attr("val"), 1}
				if start, err := strconv.Atoi(l.child("start").attr("val")); err == nil {
					levels[i].start = start
				}
			}
		}
		n.formats[a.attr("abstractNumId")] = levels
	}
	for num := range root.all("num") {
		id := num.attr("numId")
		n.abstract[id] = num.child("abstractNumId").attr("val")
		for o := range num.all("lvlOverride") {
			level, err := strconv.Atoi(o.attr("ilvl"))
			start, bad := strconv.Atoi(o.child("startOverride").attr("val"))
			if err == nil && bad == nil {
				if n.restarts[id] == nil {
					n.restarts[id] = map[int]int{}
				}
				n.restarts[id][level] = start
			}
		}
	}
	return n
}

// next counts a paragraph and returns its label, such as "2.1" or "(a)", and its number where that is all the label
// says. Both are zero for bullets.
func (n wordNumbering) next(l wordList) (label string, number int) {
	abstract := n.abstract[l.id]
	levels := n.formats[abstract]
	if levels == nil {
		return "", 0
	}
	counts := n.counts[abstract]
	if counts == nil {
		counts = &[wordLevels]int{}
		n.counts[abstract] = counts
	}
	if !n.started[l.id] {
		n.started[l.id] = true
		for level, start := range n.restarts[l.id] {
			if level >= 0 && level < wordLevels {
				counts[level] = 0
				levels[level].start = start
			}
		}
	}
	if counts[l.level] == 0 {
		counts[l.level] = max(levels[l.level].start, 1)
	} else {
		counts[l.level]++
	}
	for deeper := l.level + 1; deeper < wordLevels; deeper++ {
		counts[deeper] = 0
	}
	format := levels[l.level]
	if format.format == "bullet" || format.format == "none" || format.text == "" {
		return "", 0
	}
	label = format.text
	for i := range l.level + 1 {
		place := "%" + strconv.Itoa(i+1)
		if strings.Contains(label, place) {
			label = strings.ReplaceAll(label, place, wordNumber(max(counts[i], 1), levels[i].format))
		}
	}
	if format.format == "decimal" && format.text == "%"+strconv.Itoa(l.level+1)+"." {
		return label, counts[l.level]
	}
	return label, 0
}

// wordNumber writes a number as a list does.
func wordNumber(n int, format string) string {
	const letters, most = 26, 4000
	switch format {
	case "lowerLetter", "upperLetter":
		s := strings.Repeat(string(rune('a'+(n-1)%letters)), min((n-1)/letters+1, 9))
		if format == "upperLetter" {
			return strings.ToUpper(s)
		}
		return s
	case "lowerRoman", "upperRoman":
		if n >= most {
			break
		}
		var b strings.Builder
		for _, r := range []struct {
			value int
			sign  string
		}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
			{9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
			for n >= r.value {
				b.WriteString(r.sign)
				n -= r.value
			}
		}
		if format == "upperRoman" {
			return strings.ToUpper(b.String())
		}
		return b.String()
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// number puts a paragraph's number before it, as the page shows it.
func (w *word) number(b *block, l wordList) {
	if l.id == "" || l.id == "0" {
		return
	}
	label, number := w.numbering.next(l)
	switch {
	case label == "":
	case b.kind == item && number > 0:
		b.number = number
	default:
		b.text = strings.TrimSpace(label) + " " + b.text
		if b.kind == item {
			b.kind = para
		}
	}
}

// mathAfter parts a formula from the letter or figure before it.
func mathAfter(before, text string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	if unicode.IsDigit(last) || unicode.IsLetter(last) {
		return " " + text
	}
	return text
}

// wordSymbol is a letter of a font of signs: ECMA-376 17.3.3.30. What is not known is told as such.
func wordSymbol(font, char string) string {
	code, err := strconv.ParseUint(char, 16, 32)
	if err != nil {
		return "�"
	}
	code &= 0xff
	if strings.HasPrefix(strings.ToLower(font), "wingdings") {
		if s, ok := wingdings[code]; ok {
			return s
		}
		return "�"
	}
	if strings.EqualFold(font, "Symbol") {
		if i := strings.IndexByte("abgdezhqiklmnxoprstufcywABGDEZHQIKLMNXOPRSTUFCYW", byte(code)); i >= 0 {
			return string([]rune("αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ")[i])
		}
		if s, ok := symbols[code]; ok {
			return s
		}
		return "�"
	}
	return string(rune(code))
}

var (
	wingdings = map[uint64]string{
		0x4a: "☺", 0x6c: "●", 0x6e: "■", 0x6f: "□", 0x71: "□", 0x76: "❖", 0x78: "☒", 0x9f: "•", 0xa7: "▪", 0xa8: "□",
		0xd8: "➢", 0xdf: "←", 0xe0: "→", 0xe8: "➔",
		0xfb: "✗", 0xfc: "✓", 0xfd: "☒", 0xfe: "☑",
	}
	symbols = map[uint64]string{
		0xa3: "≤", 0xa5: "∞", 0xac: "←", 0xad: "↑", 0xae: "→", 0xaf: "↓", 0xb0: "°", 0xb1: "±", 0xb3: "≥", 0xb4: "×",
		0xb7: "•", 0xb8: "÷", 0xb9: "≠", 0xbb: "≈",
		0xbc: "…", 0xc7: "∩", 0xc8: "∪", 0xce: "∈", 0xd6: "√", 0xe5: "∑", 0xf2: "∫", 0x2b: "+", 0x2d: "−", 0x3d: "=",
	}
)
