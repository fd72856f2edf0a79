package claim_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
)

// A source is a true sentence with where it stands.
type source struct {
	document *mutable
	passage  article.Passage
	sentence string
}

// mutable is a document with what its mutations draw on.
type mutable struct {
	context  *premise.Context
	document article.Document
	names    []string
	phrases  []string // word runs of the text
}

// A mutation makes another sentence of a true one, which is false or no longer has its support. It knows nothing of how
// sentences are checked: it works on characters. ok is false where the sentence offers nothing to change.
type mutation struct {
	kind  string
	apply func(r *rand.Rand, s source, other *mutable) (text string, p article.Passage, ok bool)
}

var mutations = []mutation{
	{"fabricated", fabricate}, {"stitched", stitchQuote}, {"misattributed", misattribute}, {"negated", negate},
	{"number", swapNumber},
	{"date", swapDate}, {"name", swapName}, {"unit", swapUnit}, {"homoglyph", homoglyph}, {"moved", move},
}

var (
	nameRun    = regexp.MustCompile(`\b[A-Z][a-z]{2,}(?: (?:[A-Z][a-z]+|of [A-Z][a-z]+))*\b`)
	quoteRun   = regexp.MustCompile(`[“"]([^“”"]{12,})[”"]`)
	speakerRun = regexp.MustCompile(`\b([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*) (said|told|argued|claimed|announced|wrote|` +
		`stated|declared|believed|suggested|added)\b`)
	digitRun   = regexp.MustCompile(`\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:\.\d+)?\b`)
	wordNumber = regexp.MustCompile(`\b(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\b`)
	monthRun   = regexp.MustCompile(`\b(January|February|March|April|May|June|July|August|September|October|November|` +
		`December)( \d{1,2}\b|,? \d{4}\b)`)
	yearRun = regexp.MustCompile(`\b(1[5-9]\d\d|20[012]\d)\b`)
	unitRun = regexp.MustCompile(`(\d|million|billion|two|three|four|five|six|ten|hundred|` +
		`thousand)([ -])(kilometers?|km|miles?|metres?|meters?|m|feet|percent|years?|days?|months?|hours?|weeks?|tons?|` +
		`tonnes?|pounds?|kg|minutes?|seconds?|decades?|centuries|inches|acres|hectares)\b|(\d) ?(%)`)
	auxiliary = regexp.MustCompile(` (was|were|is|are|has|had|have|will|would|could|can|did|does) `)
	isNegated = regexp.MustCompile(` not |n't | never | failed to | no longer | unlikely | refused to | unable to |` +
		` without | denied `)
	monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"}
	numberWords = []string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty",
		"thirty"}
	lookalikes = map[rune]rune{'a': 'а', 'e': 'е', 'o': 'о', 'p': 'р', 'c': 'с', 'x': 'х', 'i': 'і', 'y': 'у', 'A': 'А',
		'B': 'В', 'E': 'Е', 'T': 'Т', 'K': 'К'}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// fabricate puts words into somebody's mouth.
func fabricate(r *rand.Rand, s source, other *mutable) (string, article.Passage, bool) {
	words := pick(r, other.phrases)
	// Words that differ in their capitals alone are the passage's own: the stored ones are shown.
	passage := strings.ToLower(s.passage.Text)
	if strings.Contains(passage, strings.ToLower(words)) {
		return "", s.passage, false
	}
	if m := quoteRun.FindStringSubmatchIndex(s.sentence); m != nil && !inQuotes(s.sentence, m[0]) {
		if r.IntN(2) == 0 {
			return s.sentence[:m[2]] + words + s.sentence[m[3]:], s.passage, true
		}
		list := strings.Fields(s.sentence[m[2]:m[3]])
		list[r.IntN(len(list))] = strings.Fields(words)[0]
		changed := strings.Join(list, " ")
		return s.sentence[:m[2]] + changed + s.sentence[m[3]:], s.passage,
			!strings.Contains(passage, strings.ToLower(strings.Trim(changed, ".,;:!?")))
	}
	switch r.IntN(3) {
	case 0:
		return s.sentence + " “" + words + "”", s.passage, true
	case 1:
		return "“" + words + ",” " + pick(r, s.document.names) + " said.", s.passage, true
	}
	list := strings.Fields(strings.TrimRight(s.sentence, "."))
	i := r.IntN(len(list) - 3)
	list[i+1] = strings.Fields(words)[0]
	run := strings.Join(list[i:i+3], " ")
	list[i], list[i+2] = "“"+list[i], list[i+2]+"”"
	return strings.Join(list, " ") + ".", s.passage, !strings.Contains(passage, strings.ToLower(run))
}

// stitchQuote makes one quotation of two places.
func stitchQuote(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	list := strings.Fields(s.passage.Text)
	if len(list) < 24 {
		return "", s.passage, false
	}
	i := r.IntN(len(list) - 16)
	j := i + 6 + r.IntN(len(list)-i-12)
	run := strings.Join(list[i:i+4], " ") + " " + strings.Join(list[j:j+4], " ")
	if strings.ContainsAny(run, "“”\"") || strings.Contains(s.passage.Text, run) || strings.Contains(run, "...") ||
		strings.Contains(run, "…") {
		return "", s.passage, false
	}
	if r.IntN(2) == 0 {
		return "“" + run + ",” it says.", s.passage, true
	}
	return strings.TrimRight(s.sentence, ".") + " and “" + run + ".”", s.passage, true
}

func misattribute(r *rand.Rand, s source, other *mutable) (string, article.Passage, bool) {
	m := speakerRun.FindStringSubmatchIndex(s.sentence)
	if m == nil {
		return "", s.passage, false
	}
	names := s.document.names
	if r.IntN(4) == 0 {
		names = other.names
	}
	to := pick(r, names)
	from := s.sentence[m[2]:m[3]]
	if pronoun := from == "He" || from == "She" || from == "It" || from == "They"; related(from, to) ||
		pronoun && strings.Contains(s.passage.Text, to) {
		return "", s.passage, false
	}
	return s.sentence[:m[2]] + to + s.sentence[m[3]:], s.passage, true
}

func negate(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	if m := isNegated.FindStringIndex(s.sentence); m != nil {
		cut := s.sentence[m[0]:m[1]]
		with := " "
		switch cut {
		case " unlikely ":
			with = " likely "
		case " without ":
			with = " with "
		case " denied ":
			with = " confirmed "
		case "n't ":
			if strings.HasSuffix(s.sentence[:m[0]], "ca") || strings.HasSuffix(s.sentence[:m[0]], "wo") {
				return "", s.passage, false
			}
		}
		if strings.HasPrefix(s.sentence[m[1]:], "only") || strings.HasPrefix(s.sentence[m[1]:], "just") ||
			strings.HasPrefix(s.sentence[m[1]:], "merely") {
			return "", s.passage, false
		}
		return s.sentence[:m[0]] + with + s.sentence[m[1]:], s.passage, true
	}
	all := auxiliary.FindAllStringIndex(s.sentence, -1)
	if all == nil {
		return "", s.passage, false
	}
	m := pick(r, all)
	if inQuotes(s.sentence, m[0]) {
		return "", s.passage, false
	}
	return s.sentence[:m[1]] + pick(r, []string{"not ", "never ", "not "}) + s.sentence[m[1]:], s.passage, true
}

func inQuotes(text string, at int) bool {
	return strings.Count(text[:at], "\"")%2 == 1 || strings.Count(text[:at], "“") > strings.Count(text[:at], "”")
}

func swapNumber(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	if all := digitRun.FindAllStringIndex(s.sentence, -1); all != nil && r.IntN(4) > 0 {
		m := pick(r, all)
		raw := s.sentence[m[0]:m[1]]
		if yearRun.MatchString(raw) || m[1] < len(s.sentence) && strings.ContainsRune("0123456789:", rune(s.sentence[m[1]])) {
			return "", s.passage, false
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(raw, ",", ""), 64)
		if err != nil {
			return "", s.passage, false
		}
		to := fmt.Sprint(int(v) + 1 + r.IntN(9))
		switch {
		case strings.Contains(raw, ",") && v >= 1000:
			n := int(v) + (1+r.IntN(8))*100
			to = fmt.Sprintf("%d,%03d", n/1000, n%1000)
		case len(raw) > 1 && !strings.Contains(raw, ".") && r.IntN(2) == 0:
			b := []byte(raw)
			b[0], b[1] = b[1], b[0]
			to = string(b)
		}
		if to == raw || to[0] == '0' {
			return "", s.passage, false
		}
		return s.sentence[:m[0]] + to + s.sentence[m[1]:], s.passage, true
	}
	all := wordNumber.FindAllStringIndex(s.sentence, -1)
	if all == nil {
		return "", s.passage, false
	}
	m := pick(r, all)
	to := pick(r, numberWords)
	return s.sentence[:m[0]] + to + s.sentence[m[1]:], s.passage, to != s.sentence[m[0]:m[1]]
}

func swapDate(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	if m := monthRun.FindStringSubmatchIndex(s.sentence); m != nil && r.IntN(2) == 0 {
		to := pick(r, monthNames)
		return s.sentence[:m[2]] + to + s.sentence[m[3]:], s.passage, to != s.sentence[m[2]:m[3]]
	}
	all := yearRun.FindAllStringIndex(s.sentence, -1)
	if all == nil {
		return "", s.passage, false
	}
	m := pick(r, all)
	v, _ := strconv.Atoi(s.sentence[m[0]:m[1]])
	to := v + 1 + r.IntN(12)
	if r.IntN(2) == 0 {
		to = v - 1 - r.IntN(12)
	}
	if strings.HasPrefix(s.sentence[m[1]:], "s") && to%10 != 0 {
		return "", s.passage, false
	}
	return s.sentence[:m[0]] + strconv.Itoa(to) + s.sentence[m[1]:], s.passage, true
}

func swapName(r *rand.Rand, s source, other *mutable) (string, article.Passage, bool) {
	all := nameRun.FindAllStringIndex(s.sentence, -1)
	all = slices.DeleteFunc(all, func(m []int) bool {
		return m[0] == 0 ||
			!slices.Contains(s.document.names, s.sentence[m[0]:m[1]])
	})
	if len(all) == 0 {
		return "", s.passage, false
	}
	m := pick(r, all)
	names := s.document.names
	switch r.IntN(3) {
	case 0:
		names = nameRun.FindAllString(s.passage.Text, -1)
		names = slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(s.document.names, n) })
	case 1:
		names = other.names
	}
	if len(names) == 0 {
		return "", s.passage, false
	}
	to := pick(r, names)
	if related(s.sentence[m[0]:m[1]], to) {
		return "", s.passage, false
	}
	return s.sentence[:m[0]] + to + s.sentence[m[1]:], s.passage, true
}

// peoples and their countries, where they do not begin alike.
var peoples = []string{"France French", "Ireland Irish", "Britain British England English", "Germany German",
	"Netherlands Dutch", "Spain Spanish"}

// related reports whether two names may be of the same, or one made of the other.
func related(a, b string) bool {
	for _, p := range peoples {
		if strings.Contains(p, strings.Fields(a)[0]) && strings.Contains(p, strings.Fields(b)[0]) {
			return true
		}
	}
	for x := range strings.FieldsSeq(a) {
		for y := range strings.FieldsSeq(b) {
			if x == y || len(x) > 3 && len(y) > 3 && x[:4] == y[:4] {
				return true
			}
		}
	}
	return false
}

func swapUnit(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	m := unitRun.FindStringSubmatchIndex(s.sentence)
	if m == nil {
		return "", s.passage, false
	}
	from, to := 6, 7
	if m[6] < 0 {
		from, to = 10, 11
	}
	unit := s.sentence[m[from]:m[to]]
	with := pick(r, []string{"kilometers", "miles", "feet", "years", "months", "hours", "percent", "tons", "days",
		"weeks"})
	if strings.TrimSuffix(unit, "s") == strings.TrimSuffix(with, "s") || unit == "km" && with == "kilometers" ||
		unit == "%" && with == "percent" {
		return "", s.passage, false
	}
	if !strings.HasSuffix(unit, "s") && unit != "feet" && unit != "percent" && unit != "%" && unit != "m" && unit != "km" {
		with = strings.TrimSuffix(with, "s")
		if with == "feet" {
			with = "foot"
		}
	}
	if unit == "%" {
		with = " " + with
	}
	return s.sentence[:m[from]] + with + s.sentence[m[to]:], s.passage, true
}

func homoglyph(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	at := r.IntN(len(s.sentence))
	for i, c := range s.sentence[at:] {
		if to, ok := lookalikes[c]; ok {
			return s.sentence[:at+i] + string(to) + s.sentence[at+i+utf8.RuneLen(c):], s.passage, true
		}
	}
	return "", s.passage, false
}

// move cites another paragraph of the document, which lacks a name, a number or three other words of the sentence.
func move(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	p := pick(r, s.document.document.Passages)
	lower := strings.ToLower(p.Text)
	missing := 0
	for w := range strings.FieldsSeq(s.sentence) {
		w = strings.Trim(strings.ToLower(w), ".,;:!?()“”\"'")
		if len(w) > 4 && !strings.Contains(lower, w[:len(w)-1]) {
			missing++
		}
	}
	return s.sentence, p, missing >= 3 && p.Ref != s.passage.Ref
}
