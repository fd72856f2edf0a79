package excerpt

import (
	"slices"
	"strings"

	"pilcrow/internal/commands/access"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

// documentNouns are what people call a document of any kind. A report, a letter or a paper is not among them: it is as
// often what a document is about.
var documentNouns = lexicon.Set("article story document documents doc docs page text file manual guide handbook " +
	"readme faq tutorial piece documentation")

// aboutWords lead from such a noun to what names the document: "the article about the night tram".
var aboutWords = lexicon.Set("about on of over regarding for called titled named entitled")

// maxNaming is how many words name a document within a question.
const maxNaming = 10

// standIn is what the routes know a document by.
const standIn = "the article"

// wholeDocument are the routes of what a document as a whole is asked for.
var wholeDocument = []question.Route{question.Summary, question.People, question.Quotations, question.Timeline,
	question.Metadata, question.Counting}

// OfTitled reads a question for one of those routes that names its document, as "who wrote the tram article", and
// narrows the view to the document. ok is false where it is no such question.
func OfTitled(v access.View, text string) (read question.Reading, of access.View, ok bool) {
	tokens := words.Tokenize(text)
	var n namings
	for i, t := range tokens {
		if !documentNouns[t.Text] {
			continue
		}
		if n == nil {
			n = namingsOf(v)
		}
		for _, stretch := range [][2]int{n.before(tokens, i), n.behind(tokens, i)} {
			from, to := stretch[0], stretch[1]
			if from == to {
				continue
			}
			at, one := n.only(tokens[from:to], i-from)
			if !one {
				continue
			}
			plain := text[:tokens[from].Start] + standIn + text[tokens[to-1].End:]
			if read = question.Read(plain); slices.Contains(wholeDocument, read.Route) {
				v.Documents, v.Narrowed = v.Documents[at:at+1:at+1], true
				return read, v, true
			}
		}
	}
	return question.Reading{}, v, false
}

// namings are the stems of the title and the slug of each document of a view.
type namings []map[string]bool

func namingsOf(v access.View) namings {
	n := make(namings, len(v.Documents))
	for i, d := range v.Documents {
		n[i] = map[string]bool{}
		for _, s := range words.Stems(d.Title + " " + strings.ReplaceAll(d.Slug, "-", " ")) {
			n[i][s] = true
		}
	}
	return n
}

// has tells whether a word stands in what names one of the documents.
func (n namings) has(t words.Token) bool {
	return slices.ContainsFunc(n, func(stems map[string]bool) bool { return stems[t.Stem] })
}

// before is the stretch of words that ends with the noun at i and begins with what names the document: "the night
// tram article". It begins at a determiner where there is one.
func (n namings) before(tokens []words.Token, i int) [2]int {
	from := i
	for from > 0 && i-from < maxNaming && !tokens[from-1].Stop && n.has(tokens[from-1]) {
		from--
	}
	if from == i {
		return [2]int{}
	}
	if from > 0 && determiners[tokens[from-1].Text] {
		from--
	}
	return [2]int{from, i + 1}
}

// behind is the stretch that begins with the noun at i, or its determiner, and goes on with what names the
// document: "the article about the night tram".
func (n namings) behind(tokens []words.Token, i int) [2]int {
	if i+1 == len(tokens) || !aboutWords[tokens[i+1].Text] {
		return [2]int{}
	}
	to := i + 1
	for k := i + 2; k < len(tokens) && k-i < maxNaming; k++ {
		switch {
		case !tokens[k].Stop && n.has(tokens[k]):
			to = k + 1
		case !tokens[k].Stop:
			k = len(tokens)
		}
	}
	if to == i+1 {
		return [2]int{}
	}
	from := i
	if i > 0 && determiners[tokens[i-1].Text] {
		from--
	}
	return [2]int{from, to}
}

var determiners = lexicon.Set("the this that your our my a")

// only is the one document whose title and slug have all words of a stretch that are no function words; noun is where
// in it the noun stands, which need not be there but decides between two.
func (n namings) only(stretch []words.Token, noun int) (at int, ok bool) {
	find := func(needed func(i int) bool) (found []int) {
		for at, stems := range n {
			has := true
			for i, t := range stretch {
				has = has && (t.Stop || !needed(i) || stems[t.Stem])
			}
			if has {
				found = append(found, at)
			}
		}
		return found
	}
	naming := func(i int) bool { return i != noun && (i != noun+1 || !aboutWords[stretch[i].Text]) }
	found := find(naming)
	if len(found) > 1 {
		found = find(func(i int) bool { return i == noun || naming(i) })
	}
	if len(found) != 1 {
		return 0, false
	}
	return found[0], true
}
