package ask

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/review"
)

// The bounds of what is shown beside a sentence that announces it.
const (
	maxTogether      = 12    // paragraphs: a longer list is opened
	maxTogetherBytes = 1_500 // of all of them
)

// together puts beside a sentence what it is read with: behind one that ends with a colon what it announces (code, the
// items of a list, the rows of a table), in front of those the sentence that announces them, and in place of a piece of
// code all of it. What is put in is the documents' own words.
func together(ed *corpus.Edition, sentences []review.Sentence) []review.Sentence {
	g := gathering{edition: ed, shown: map[article.Ref]bool{}}
	if !slices.ContainsFunc(sentences, g.involved) {
		return sentences
	}
	for _, s := range sentences {
		g.add(s)
	}
	return g.out
}

// A gathering is an answer that is put together.
type gathering struct {
	edition *corpus.Edition
	out     []review.Sentence
	shown   map[article.Ref]bool // paragraphs that are shown as they are
}

// passage is the one paragraph that a sentence cites.
func (g *gathering) passage(s review.Sentence) (article.Passage, bool) {
	if len(s.Citations) != 1 {
		return article.Passage{}, false
	}
	return g.edition.Corpus.Passage(s.Citations[0])
}

// involved reports whether a sentence stands in code, a list, or what announces one.
func (g *gathering) involved(s review.Sentence) bool {
	p, ok := g.passage(s)
	return ok && (p.Kind == article.Code || p.Behind > 0 || p.Introduced > 0)
}

// add adds a sentence of the answer, with what its paragraph announces and what announces it.
func (g *gathering) add(s review.Sentence) {
	p, ok := g.passage(s)
	own := ok && strings.Contains(p.Text, s.Text)
	switch {
	case !g.involved(s), !own && p.Behind == 0:
		g.out = append(g.out, s)
		if ok && p.Kind == article.Code && !g.shown[p.Ref] { // a model speaks of code: here it is
			g.code(p)
		}
		return
	case g.shown[p.Ref]:
		return
	}
	if own {
		if g.introduced(p) {
			return
		}
		if p.Kind == article.Code {
			s = g.of(p, clipLines(p.Text, maxTogetherBytes))
		}
		if s.Text == p.Text || p.Kind == article.Code || p.Behind > 0 {
			g.shown[p.Ref] = true
		}
	}
	g.out = append(g.out, s)
	if p.Behind > 0 && (!own || strings.HasSuffix(p.Text, s.Text)) {
		g.behind(p, own)
	}
}

// introduced shows the sentence that announces a paragraph, if there is one that was not shown. all tells that it has
// shown what that announces, too: one step of several helps nobody.
func (g *gathering) introduced(p article.Passage) (all bool) {
	if p.Introduced == 0 {
		return false
	}
	before, ok := g.edition.Corpus.Passage(article.Ref{Slug: p.Ref.Slug, N: p.Ref.N - int(p.Introduced)})
	if !ok || g.shown[before.Ref] || !before.Shows(before.Text) {
		return false
	}
	g.shown[before.Ref] = true
	g.out = append(g.out, g.of(before, lastSentence(before.Text)))
	if all = step(p); all {
		g.behind(before, true)
	}
	return all
}

// behind shows what a paragraph announces. A sentence that a model wrote is its own summary of a list, but code it can
// only name.
func (g *gathering) behind(p article.Passage, own bool) {
	bytes := 0
	for k := 1; k <= min(int(p.Behind), maxTogether); k++ {
		q, ok := g.edition.Corpus.Passage(article.Ref{Slug: p.Ref.Slug, N: p.Ref.N + k})
		if !ok || g.shown[q.Ref] || !own && q.Kind != article.Code || !q.Shows(q.Text) {
			continue
		}
		text := q.Text
		if q.Kind == article.Code {
			text = clipLines(text, maxTogetherBytes-bytes)
		}
		if bytes += len(text); text == "" || bytes > maxTogetherBytes {
			return
		}
		g.shown[q.Ref] = true
		g.out = append(g.out, g.of(q, text))
	}
}

// code shows the code that a model's sentence rests on.
func (g *gathering) code(p article.Passage) {
	if text := clipLines(p.Text, maxTogetherBytes); text != "" {
		g.shown[p.Ref] = true
		g.out = append(g.out, g.of(p, text))
	}
}

func (g *gathering) of(p article.Passage, text string) review.Sentence {
	return review.Sentence{Text: text, Citations: []article.Ref{p.Ref}}
}

// step reports an item of a numbered list.
func step(p article.Passage) bool {
	rest := strings.TrimLeft(p.Text, "0123456789")
	return p.Kind == article.ListItem && rest != p.Text && strings.HasPrefix(rest, ". ")
}

func lastSentence(text string) string {
	spans := article.Sentences(text)
	if len(spans) == 0 {
		return text
	}
	return spans[len(spans)-1].Of(text)
}

// clipLines is as many whole lines at the front of a text as the bound has room for, at least the first if that is not
// longer.
func clipLines(text string, maxBytes int) string {
	if len(text) <= maxBytes {
		return text
	}
	at := strings.LastIndexByte(text[:max(maxBytes, 0)], '\n')
	return text[:max(at, 0)]
}

// joined is an answer's sentences as one text; what has lines of its own stands on lines of its own.
func joined(texts []string) string {
	var b strings.Builder
	for i, text := range texts {
		switch {
		case i == 0:
		case strings.Contains(text, "\n") || strings.Contains(texts[i-1], "\n"):
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}
