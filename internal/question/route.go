package question

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"pilcrow/internal/words"
)

// A Route is what a question is for.
type Route string

// The routes. A question of no route asks for what the documents say.
const (
	NoRoute    Route = ""
	Summary    Route = "summary"
	People     Route = "people"     // who is in the documents, or is quoted
	Quotations Route = "quotation"  // the words of somebody, or about something
	Timeline   Route = "timeline"   // what happened when
	Metadata   Route = "metadata"   // who wrote it, when, where it is from, how long it is
	Documents  Route = "documents"  // what there is to ask about
	Help       Route = "help"       // what the bot is and can do
	SmallTalk  Route = "smalltalk"  // nothing is asked
	Definition Route = "definition" // what something is, or stands for
	Counting   Route = "counting"   // how many are quoted, how often something is named
	Comparison Route = "comparison" // two things, side by side
	YesNo      Route = "yesno"      // whether something is so
)

// A Field is what of a document's metadata is asked for.
type Field string

// The fields.
const (
	ByAuthor  Field = "author"
	ByDate    Field = "published"
	BySource  Field = "source"
	ByAddress Field = "url"
	ByTitle   Field = "title"
	ByLength  Field = "length"
)

// A Reading is what a question was read as.
type Reading struct {
	Route Route
	Rule  string // the name of the rule that matched, "" for none
	// Locale is the language of the rule, which is not that of the documents.
	Locale string
	About  string // what it is about, as typed; "" for nothing. Of a comparison the first side
	Other  string // of a comparison: the second side
	Who    string // of quotations: whose; of people: "quoted" where those are meant who speak
	Field  Field  // of metadata
}

// A routeRule reads a whole question, folded and with single spaces. Its groups about, other and who are taken from
// what was typed.
type routeRule struct {
	name    string
	route   Route
	example string // which it must match; a test looks
	match   string // a regular expression for the whole text; {doc} and the like stand for the words below
	field   Field
	who     string // fixed, for People
}

// A compiledRule is a rule as it is used. The rules stand in their order: the first that matches decides. What a rule
// needs is found out when a question first comes to it, and it is compiled when one first has that: all of them take 40
// MB, and longer than the rest of a start.
type compiledRule struct {
	routeRule
	locale string
	latin  bool            // the texts that it matches begin with a Latin letter
	needs  func() []string // it matches no text without one of them; nil: not known
	match  func() *regexp.Regexp
}

// maxNested is how deep parts of expressions are made of parts.
const maxNested = 4

// maxRouted is how many words a question may have that is read as something else than a question of the documents;
// those that ask for a comparison may have more.
const maxRouted = 30

// A routeTable is the rules of a language, and the words that they have in common.
type routeTable struct {
	locale string
	rules  []routeRule
	parts  map[string]string
}

// slotRules read what a question is about or whose words it asks for, which stand at many places in it.
var slotRules = compiled(
	routeTable{"en", englishRoutes, englishParts},
	routeTable{"de", germanRoutes, germanParts},
	routeTable{"fr", frenchRoutes, frenchParts},
	routeTable{"es", spanishRoutes, spanishParts},
	routeTable{"ur", urduRoutes, urduParts},
	routeTable{"ps", pashtoRoutes, pashtoParts},
	routeTable{"fa-AF", dariRoutes, dariParts},
)

// lastRules come behind the acts of all languages: they match much, and "was" begins a question in two languages.
var lastRules = compiled(routeTable{"en", lastRoutes, englishParts})

func compiled(tables ...routeTable) (out []compiledRule) {
	for _, language := range tables {
		for _, r := range language.rules {
			pattern := sync.OnceValue(func() string {
				pattern := r.match
				for range maxNested { // parts may be made of parts
					for name, part := range language.parts {
						pattern = strings.ReplaceAll(pattern, "{"+name+"}", part)
					}
				}
				return "^(?:" + foldPattern(pattern) + ")$"
			})
			out = append(out, compiledRule{r, language.locale, !arabicScript[language.locale],
				sync.OnceValue(func() []string { return required(pattern()) }),
				sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern()) })})
		}
	}
	return out
}

// Read tells what a question is for. It knows seven languages, and of definitions, counting, comparisons and yes or no
// English alone.
func Read(text string) Reading {
	whole := Everyday(strings.TrimSpace(text))
	typed := bare(whole)
	f := foldText(typed)
	if n := len(f.starts); n == 0 || n > maxRouted {
		return Reading{}
	}
	if r, ok := readRules(slotRules, typed, f); ok {
		return r
	}
	if r, ok := readActs(whole); ok {
		return r
	}
	if typed != whole {
		if r, ok := readActs(typed); ok {
			return r
		}
	}
	if r, ok := readRules(lastRules, typed, f); ok {
		return r
	}
	return whether(whole)
}

// readRules reads a question by the first of the rules that matches it.
func readRules(rules []compiledRule, typed string, f folded) (Reading, bool) {
	latin := f.text[0] < utf8.RuneSelf
	for _, r := range rules {
		if r.latin != latin {
			continue
		}
		if needs := r.needs(); needs != nil && !slices.ContainsFunc(needs,
			func(n string) bool { return strings.Contains(f.text, n) }) {
			continue // a tenth of the time
		}
		match := r.match()
		m := match.FindStringSubmatchIndex(f.text)
		if m == nil {
			continue
		}
		group := func(name string) string { return strings.TrimSpace(f.group(typed, match, m, name)) }
		read := Reading{Route: r.route, Rule: r.name, Locale: r.locale, Field: r.field, About: group("about"),
			Other: group("other"),
			Who:   cmp.Or(r.who, group("who"))}
		if r.route == Quotations && !names(r.locale, group("who")) ||
			r.route == Definition && !names(r.locale, group("about")) {
			continue
		}
		if r.route == Comparison && !twoSides(read) {
			continue
		}
		if r.route == Definition && !definable(read.About) || r.route == YesNo && !goesOnInEnglish(typed) {
			continue
		}
		return read, true
	}
	return Reading{}, false
}

// group is what was typed for a group of a match; a name may stand once in an expression: further ones are numbered.
func (f folded) group(typed string, match *regexp.Regexp, m []int, name string) string {
	for n := 1; ; n++ {
		i := match.SubexpIndex(name)
		if n > 1 {
			i = match.SubexpIndex(name + strconv.Itoa(n))
		}
		if i < 0 && n > 1 {
			return ""
		}
		if i >= 0 && m[2*i] >= 0 {
			return f.typed(typed, m[2*i], m[2*i+1])
		}
	}
}

// arabicScript are the languages whose questions begin with no Latin letter.
var arabicScript = map[string]bool{"ur": true, "ps": true, "fa-AF": true}

// foldPattern folds the letters of an expression as the words of a question are, and leaves its signs alone, which are
// ASCII.
func foldPattern(pattern string) string {
	var b strings.Builder
	for _, r := range pattern {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			b.WriteString(words.Fold(string(r)))
		}
	}
	return b.String()
}

// folded is a text as rules read it: its words, folded, with one space between. A word of it begins at starts and
// stands at spans in what was typed.
type folded struct {
	text   string
	starts []int
	spans  [][2]int
}

// joiner parts the pieces of a word in Persian, and is left out or typed as a space as often.
const joiner = "\u200c"

func foldText(typed string) folded {
	var f folded
	var b strings.Builder
	for _, t := range words.Tokenize(strings.ReplaceAll(typed, joiner, "   ")) { // as many bytes
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		f.starts = append(f.starts, b.Len())
		f.spans = append(f.spans, [2]int{t.Start, t.End})
		b.WriteString(words.Fold(t.Text))
	}
	f.text = b.String()
	return f
}

// typed is what was typed for the bytes from to to of the folded text.
func (f folded) typed(text string, from, to int) string {
	first, last := -1, -1
	for i, s := range f.starts {
		if s >= from && s < to {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return ""
	}
	return text[f.spans[first][0]:f.spans[last][1]]
}

// definable reports whether what stands behind "what is" is a name or a kind of thing, and not a description: "what is
// the rent", "what are the reasons" ask for something else.
func definable(about string) bool {
	tokens := words.Tokenize(about)
	if len(tokens) == 0 || len(tokens) > 5 {
		return false
	}
	article := tokens[0].Text
	rest := tokens
	if article == "the" || article == "a" || article == "an" {
		rest = tokens[1:]
	}
	if len(rest) == 0 || len(rest) > 4 {
		return false
	}
	for _, t := range rest {
		if t.Stop && !t.Capital && t.Text != "of" {
			return false
		}
	}
	if article == "the" { // "the Durand Line", "the SFR"; not "the rent"
		return rest[0].Capital
	}
	return true
}
