package corpus

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	wordlists "pilcrow/internal/lexicon"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag/inverted"
	"pilcrow/internal/words"
)

// Named returns the documents of the scope (nil: all) that a text names, by title or by file name, as what it wants to
// hear from: "what does the letter of the pilots say". nil for none, and where it names all of them. A title that
// merely occurs, as that of an article about what is asked, names nothing: fields see to it.
func (ed *Edition) Named(text string, slugs []string) []string {
	n := naming{text: text, tokens: words.Tokenize(text)}
	documents := ed.Corpus.Documents()
	total := len(documents)
	if slugs != nil {
		total = len(slugs)
	}
	found := ed.filesNamed(text, slugs)
	if len(found) == 0 {
		found = n.best(ed.perhapsNamed(n, slugs))
	}
	if len(found) == total && total > 1 {
		return nil
	}
	return found
}

// sourced matches what a sentence says of where it is from: "According to the letter of the pilots,", "The letter of
// the pilots says that".
var sourced = regexp.MustCompile(`(?i)^(?:(?:according to|as stated in|per|in|from)\s[^,;:.]{1,200},\s*|[^,;` +
	`:.]{1,200}?\s(?:says|states|said|stated|reports|reported|claims|claimed|writes|wrote|mentions|mentioned)\s+that\s+)`)

// Unsourced is what a sentence says of a document that it names, without the naming.
func Unsourced(sentence string) string {
	if rest := sentence[len(sourced.FindString(sentence)):]; rest != "" {
		first, size := utf8.DecodeRuneInString(rest)
		return string(unicode.ToUpper(first)) + rest[size:]
	}
	return sentence
}

// fileName matches what looks like the name of a file.
var fileName = regexp.MustCompile(`(?i)[\p{L}\p{N}][\p{L}\p{N}._-]*\.(?:md|mdx|markdown|txt|html?|pdf|docx|odt|epub|` +
	`rtf)\b`)

// slugLike matches what looks like the name by which Pilcrow calls a document: words with hyphens between.
var slugLike = regexp.MustCompile(`[\p{Ll}\p{N}]+(?:-[\p{Ll}\p{N}]+)+`)

// WithoutFiles is a question without the names of files, whose words stand in no text.
func WithoutFiles(text string) string {
	if rest := strings.Join(strings.Fields(fileName.ReplaceAllString(text, " ")), " "); rest != "" {
		return rest
	}
	return text
}

// filesNamed are the documents whose files the text names.
func (ed *Edition) filesNamed(text string, slugs []string) (found []string) {
	add := func(slug string) {
		_, ok := ed.Corpus.Place(slug)
		if ok && (slugs == nil || slices.Contains(slugs, slug)) && !slices.Contains(found, slug) {
			found = append(found, slug)
		}
	}
	for _, name := range fileName.FindAllString(text, -1) {
		add(article.SlugOf(name))
		for _, d := range ed.Corpus.Documents() {
			if strings.EqualFold(path.Base(d.Path), name) {
				add(d.Slug)
			}
		}
	}
	for _, name := range slugLike.FindAllString(text, -1) {
		add(name)
	}
	return found
}

// maxNamedLooked bounds the titles that are compared with a question letter by letter.
const maxNamedLooked = 500

// perhapsNamed are the documents of the scope that have a word of the text in their title. Where the text has words
// that stand nowhere, perhaps misspelled, it is the first maxNamedLooked.
func (ed *Edition) perhapsNamed(n naming, slugs []string) []article.Document {
	if !n.points() {
		return nil
	}
	stems := words.StemsOf(n.tokens)
	fields := ed.Words.Labeled(stems)
	misspelled := slices.ContainsFunc(stems, func(s string) bool { return len(fields[s]) == 0 && !ed.Words.Has(s, nil) })
	var out []article.Document
	for i, d := range ed.Corpus.Documents() {
		if slugs != nil && !slices.Contains(slugs, d.Slug) || len(out) == maxNamedLooked {
			continue
		}
		first, _ := ed.Words.Numbers(i)
		if misspelled || slices.ContainsFunc(stems, func(s string) bool {
			return slices.ContainsFunc(fields[s], func(f inverted.Labeled) bool { return f.First == first })
		}) {
			out = append(out, d)
		}
	}
	return out
}

// A naming is a text in which documents may be named.
type naming struct {
	text   string
	tokens []words.Token
}

// writings are words for a kind of document. plainWritings say nothing of the kind.
var (
	writings = wordlists.Set(`letter report manual guide handbook charter policy minutes memo memorandum statute bylaws
		faq contract agreement review interview statement study brochure leaflet book novel transcript speech newsletter
		notice plan protocol specification readme documentation story essay paper rules instructions terms declaration
		bulletin announcement diary log summary`)
	plainWritings = wordlists.Set("document article file text page piece post")
	sayings       = wordlists.Set(`say says said tell tells told mention mentions mentioned state states stated claim
		claims claimed describe describes described explain explains explained recommend recommends recommended warn warns
		warned cover covers report reports reported write writes wrote give gives gave list lists advise advises require
		requires call calls called`)
	sources = regexp.MustCompile(`(?i)\b(?:according to|in|from|per|as stated in)\s+(?:the\s+|an?\s+)?$`)
)

// points reports whether the text speaks of a document or its saying something at all: most questions do not, and cost
// no more.
func (n naming) points() bool {
	lower := strings.ToLower(n.text)
	if strings.Contains(lower, "according to") || strings.ContainsAny(n.text, "\"“”«»") ||
		strings.Contains(" "+lower, " in ") ||
		strings.Contains(" "+lower, " from ") || strings.Contains(" "+lower, " per ") {
		return true
	}
	return slices.ContainsFunc(n.tokens, func(t words.Token) bool {
		return writings[t.Text] || plainWritings[t.Text] ||
			sayings[t.Text]
	})
}

// best are the documents that are named the most clearly.
func (n naming) best(documents []article.Document) (found []string) {
	most := 0
	for _, d := range documents {
		strength := n.strength(content(words.Tokenize(d.Title)))
		if strength > most {
			most, found = strength, nil
		}
		if strength == most && most > 0 {
			found = append(found, d.Slug)
		}
	}
	return found
}

func content(tokens []words.Token) []words.Token {
	return slices.DeleteFunc(tokens, func(t words.Token) bool { return t.Stop })
}

// strength is how many words name a document of that title; 0: nothing does.
func (n naming) strength(title []words.Token) int {
	if len(title) == 0 {
		return 0
	}
	for from, t := range n.tokens {
		if t.Stop || !sameWord(t, title[0]) {
			continue
		}
		if to, ok := n.whole(from, title); ok && n.meant(from, to, title) {
			return 2 * len(title) // the whole title is more than as many words of another
		}
	}
	return n.partial(title)
}

// whole reports whether a title stands at a token, and behind which one it ends.
func (n naming) whole(from int, title []words.Token) (to int, ok bool) {
	k := 0
	for to = from; to < len(n.tokens) && k < len(title); to++ {
		switch t := n.tokens[to]; {
		case sameWord(t, title[k]):
			k++
		case !t.Stop:
			return 0, false
		}
	}
	return to, k == len(title)
}

// meant reports whether the title that stands from a token to another is what is to be heard, and not what is asked
// about.
func (n naming) meant(from, to int, title []words.Token) bool {
	if len(title) > 1 && slices.ContainsFunc(title, func(t words.Token) bool { return writings[t.Text] }) {
		return true
	}
	before, after := n.text[:n.tokens[from].Start], n.text[n.tokens[to-1].End:]
	if open, _ := lastRune(before); strings.ContainsRune("\"“«", open) && strings.ContainsAny(firstRunes(after), "\"”»") {
		return true
	}
	source := strings.ToLower(sources.FindString(before))
	switch {
	case strings.HasPrefix(source, "according"), strings.HasPrefix(source, "as stated"), source != "" && len(title) > 1:
		return true
	case to < len(n.tokens) && (sayings[n.tokens[to].Text] || plainWritings[n.tokens[to].Text]):
		return true
	}
	return from > 0 && plainWritings[n.tokens[from-1].Text]
}

func lastRune(s string) (rune, bool) {
	r := []rune(strings.TrimSpace(s))
	if len(r) == 0 {
		return ' ', false
	}
	return r[len(r)-1], true
}

func firstRunes(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), 2)])
}

// nounWords is how many words of a phrase such as "the letter of the pilots" are looked at on each side of the word
// for the document.
const nounWords = 3

// partial counts the words of a phrase about a document that stand in the title, with the word for it: "the pilots'
// letter", "the manual of the pump". All of them must, and one beside it.
func (n naming) partial(title []words.Token) int {
	most := 0
	of := func(t words.Token) bool {
		return slices.ContainsFunc(title, func(w words.Token) bool { return sameWord(t, w) })
	}
	for at, t := range n.tokens {
		if !writings[t.Text] && !plainWritings[t.Text] || !plainWritings[t.Text] && !of(t) {
			continue
		}
		matched, others := 0, 0
		for _, t := range n.around(at) {
			if of(t) {
				matched++
			} else {
				others++
			}
		}
		if matched > 0 && others == 0 {
			most = max(most, matched+1)
		}
	}
	return most
}

// around are the words of the phrase whose word for a document stands at a token: those before it, and behind a
// linking word those that follow, at most nounWords on each side.
func (n naming) around(at int) []words.Token {
	var out []words.Token
	for i := at - 1; i >= max(0, at-nounWords) && !n.tokens[i].Stop && !sayings[n.tokens[i].Text]; i-- {
		out = append(out, n.tokens[i])
	}
	if at+1 >= len(n.tokens) || !linking[n.tokens[at+1].Text] {
		return out
	}
	before := len(out)
	for i := at + 2; i < len(n.tokens) && len(out)-before < nounWords; i++ {
		switch t := n.tokens[i]; {
		case sayings[t.Text] || t.Stop && !articles[t.Text]:
			return out
		case !t.Stop:
			out = append(out, t)
		}
	}
	return out
}

var (
	linking  = wordlists.Set("of from by for on about to called named titled")
	articles = wordlists.Set("the a an this that")
)

// sameWord reports whether two words are the same but for inflection, or a slip from five letters on, two from eight.
func sameWord(a, b words.Token) bool {
	if a.Stem == b.Stem {
		return true
	}
	if a.Digit || b.Digit || min(len(a.Text), len(b.Text)) < 5 || a.Text[0] != b.Text[0] {
		return false
	}
	allowed := 1
	if min(len(a.Text), len(b.Text)) >= 8 {
		allowed = 2
	}
	if d := len(a.Text) - len(b.Text); d > allowed || -d > allowed {
		return false
	}
	return quote.Slips([]rune(a.Text), []rune(b.Text)) <= allowed
}
