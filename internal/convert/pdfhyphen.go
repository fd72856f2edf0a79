package convert

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hyphenated holds the words that have a hyphen within a line: such a one is kept at a line's end.
func hyphenated(pages []page) map[string]bool {
	all := map[string]bool{}
	for _, p := range pages {
		for _, l := range p.lines {
			for w := range strings.FieldsSeq(l.text) {
				if i := strings.IndexByte(w, '-'); i > 0 && i < len(w)-1 {
					all[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))] = true
				}
			}
		}
	}
	return all
}

// vocabularyOf holds the words of the document that stand within lines, in small letters.
func vocabularyOf(pages []page) map[string]bool {
	all := map[string]bool{}
	for _, p := range pages {
		for _, l := range p.lines {
			words := strings.Fields(l.text)
			for i, w := range words {
				if i == len(words)-1 && strings.HasSuffix(w, "-") {
					break
				}
				all[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))] = true
			}
		}
	}
	return all
}

// joinLine joins a line to what stands before it. A word that was parted at the line's end becomes one; a hyphen that
// is the word's own, or between figures, stays.
func joinLine(sofar, next string, w *layout) string {
	if sofar == "" {
		return next
	}
	stem, ok := strings.CutSuffix(sofar, "-")
	if !ok {
		stem, ok = strings.CutSuffix(sofar, "–")
		if after, _ := utf8.DecodeRuneInString(next); ok && unicode.IsDigit(after) && lastIs(stem, unicode.IsDigit) {
			return sofar + next
		}
		return sofar + " " + next
	}
	before, _ := utf8.DecodeLastRuneInString(stem)
	after, _ := utf8.DecodeRuneInString(next)
	switch {
	case unicode.IsDigit(before) && (unicode.IsDigit(after) || unicode.IsLetter(after)):
		return sofar + next
	case !unicode.IsLetter(before) || !unicode.IsLetter(after):
		return sofar + " " + next
	case !unicode.IsLower(after):
		return sofar + next
	}
	first := strings.ToLower(strings.TrimFunc(stem[strings.LastIndexByte(stem, ' ')+1:], unicode.IsPunct))
	second, _, _ := strings.Cut(next, " ")
	second = strings.ToLower(strings.TrimFunc(second, unicode.IsPunct))
	if w.hyphenated[first+"-"+second] || !w.vocabulary[first+second] && compound(first, second, w.vocabulary) {
		return sofar + next
	}
	return stem + next
}

func lastIs(s string, is func(rune) bool) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return is(r)
}

// compound reports that a hyphen at the end of a line belongs to the word: a noun before a participle or a word that
// is joined with a hyphen, as in self-supporting, price-determining, decision-making. No dictionary is at hand: the
// first part must be a word of the document or one that often begins such, and not one that makes one word with what
// follows, as under does.
func compound(first, second string, vocabulary map[string]bool) bool {
	if solid[first] {
		return false
	}
	if always[first] {
		return true
	}
	const shortest = 6 // letters of a participle: behind a syllable comes a shorter piece, mostly
	participle := utf8.RuneCountInString(second) >= shortest &&
		(strings.HasSuffix(second, "ing") || strings.HasSuffix(second, "ed") ||
			strings.HasSuffix(second, "able") || strings.HasSuffix(second, "ible"))
	if !participle && !joins[second] {
		return false
	}
	return combining[first] || vocabulary[first] && utf8.RuneCountInString(first) >= 4
}

func wordSet(s string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		all[w] = true
	}
	return all
}

var (
	// solid words, and syllables that are words, make one word with what follows.
	solid = wordSet(
		`under over out up with inter fore for in on be re un dis con com pro per pre de ex im em en sub sup trans mis non
		counter super after down some any every no there where here can not man men sea her his our are is as at an all ad
		ac ap at or so to do`,
	)
	// always keep their hyphen.
	always = wordSet("self ex-president vice mid quasi")
	// joins are the second words of such.
	joins = wordSet(
		`free like based wide term making made known called owned led run old year day time hand class level scale born bound
		friendly proof driven rich poor specific related`,
	)
	// combining words often stand before a participle.
	combining = wordSet(
		`price time decision state world well ill far long short high low full part half hard soft quick slow fast open
		close cross cost data energy fact family farm fund government hand health heart home house labor land large life
		light market mass mind money oil peace policy power problem profit record right risk rule small space steam sun tax
		team thought trade water weather wind work year law load note noise peer prize profit rate rent road sail side sight
		sound stone street sugar tide tree user value vote wage war wood`,
	)
)
