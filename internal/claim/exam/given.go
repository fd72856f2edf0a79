package exam

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/words"
)

// A Given is all that a writer was given: what it names and what it counts must stand there. It is made once per draft
// and may be used by several goroutines.
type Given struct {
	passages []article.Passage
	contexts []*premise.Context // of each passage
	texts    []string           // of the passages with title and heading, and what else was given
	words    map[string]bool
	initials map[string]bool // of the runs of capitalized words: "UN" for United Nations
}

// NewGiven reads what a writer was given: the passages, by whose order it cites, and other texts, such as the question
// and the names of those who speak. contexts gives the Context of a document; it may return nil.
func NewGiven(passages []article.Passage, contexts func(slug string) *premise.Context, others ...string) *Given {
	g := &Given{passages: passages, words: map[string]bool{}, initials: map[string]bool{}}
	titles := map[string]bool{}
	for _, p := range passages {
		c := contexts(p.Ref.Slug)
		if c == nil {
			c = premise.New(article.Document{Slug: p.Ref.Slug, Title: p.Title, Passages: []article.Passage{p}})
		}
		g.contexts = append(g.contexts, c)
		g.add(p.Text)
		for _, s := range []string{p.Title, p.Heading} {
			if !titles[s] {
				titles[s] = true
				g.add(s)
			}
		}
	}
	for _, s := range others {
		g.add(s)
	}
	return g
}

func (g *Given) add(text string) {
	if text == "" {
		return
	}
	g.texts = append(g.texts, text)
	tokens := words.Tokenize(text)
	var run []byte
	for i, t := range tokens {
		for _, key := range nameKeys(t, text) {
			g.words[key] = true
		}
		if i > 0 && !syntax.Joined(text[tokens[i-1].End:t.Start]) && !t.Stop {
			run = run[:0]
		}
		switch {
		case t.Capital:
			run = append(run, t.Text[0])
		case !t.Stop:
			run = run[:0]
			continue
		}
		for from := range len(run) - 1 {
			g.initials[string(run[from:])] = true
		}
	}
}

// nameKeys are the forms under which a word is looked for: as printed, its stem, what stands for it, and without the
// points of an abbreviation.
func nameKeys(t words.Token, text string) []string {
	keys := []string{t.Text, t.Stem, strings.ReplaceAll(t.Text, ".", "")}
	if s, ok := syntax.Canonical[t.Stem]; ok {
		keys = append(keys, s)
	}
	if s, ok := syntax.Demonyms[t.Text]; ok {
		keys = append(keys, s)
	}
	if raw := text[t.Start:t.End]; strings.ToUpper(raw) == raw && len(raw) > 1 {
		keys = append(keys, "#"+strings.ToLower(strings.ReplaceAll(raw, ".", "")))
	}
	return keys
}

// has tells whether a name, or a word that it is made of, was given in some form.
func (g *Given) has(t words.Token, text string) bool {
	for _, key := range nameKeys(t, text) {
		if g.words[key] {
			return true
		}
	}
	folded := strings.ReplaceAll(t.Text, ".", "")
	if g.initials[folded] {
		return true
	}
	u := syntax.Unit{Kind: syntax.Name, Key: t.Stem, Folded: t.Text}
	for key := range g.words {
		if len(key) >= 4 && key[0] == t.Stem[0] && match.Akin(&u, &syntax.Unit{Kind: syntax.Name, Key: key, Folded: key}) {
			return true
		}
	}
	return false
}

// hasText tells whether a piece of text stands in what was given, letter for letter but for its case.
func (g *Given) hasText(piece string) bool {
	piece = strings.ToLower(piece)
	return slices.ContainsFunc(g.texts, func(t string) bool { return strings.Contains(strings.ToLower(t), piece) })
}

// Locate finds words in a passage: whole, in one place or, where an ellipsis parts them, in one sequence. White space,
// the shape of quotation marks and the punctuation at the end may differ, nothing else.
func Locate(said, text string) ([]article.Span, bool) {
	said = strings.Trim(strings.TrimSpace(strings.ToValidUTF8(said, "\uFFFD")), "\"“”„«»")
	if said == "" || len(said) > claim.MaxSentenceBytes {
		return nil, false
	}
	hay := attribution.Haystack{Stored: text}
	return hay.Find(said)
}

// foreignMarkup is what may act where a text is shown: links, mentions, code.
var foreignMarkup = regexp.MustCompile("(?i)\\b(?:https?|ftp|file|data|javascript|mailto|discord|slack)://?\\S+|" +
	"\\bwww\\.\\S+|\\b(?:[a-z0-9-]+\\.)+[a-z]{2,}/\\S+|" + // "discord.gg/…" needs no scheme to be an invitation
	"<[@#!&:/a-z][^>\\s]*>?|@(?:everyone|here)\\b|\\]\\(\\S*|```")

// markup finds a link, a mention or other markup that was not given; "" for none.
func (g *Given) markup(text string) string {
	for _, found := range foreignMarkup.FindAllString(text, -1) {
		if !g.hasText(strings.TrimRight(found, ".,;:!?)”\"")) {
			return found
		}
	}
	return ""
}

// named tells whether a word mixes letters and digits, as what is numbered does: "A330".
func named(t words.Token, text string) bool {
	raw := text[t.Start:t.End]
	first, _ := utf8.DecodeRuneInString(raw)
	letters := unicode.IsLetter(first) || strings.ContainsFunc(raw, unicode.IsLetter)
	return letters && strings.ContainsFunc(raw, unicode.IsDigit)
}
