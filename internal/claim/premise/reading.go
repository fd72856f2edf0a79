package premise

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// Read cuts the text into units. tokens are the text's own.
func (c *Context) Read(text string, tokens []words.Token) *syntax.Analysis {
	r := &syntax.Analysis{Text: text, Sentences: article.Sentences(text), Marks: syntax.Quoted(text),
		Plain: strings.TrimSpace(syntax.FoldMarks(text).Text)}
	if len(r.Sentences) == 0 && text != "" {
		r.Sentences = []article.Span{{Start: 0, End: len(text)}}
	}
	cut := cutter{Context: c, Analysis: r, tokens: tokens,
		mentions: timeline.Tag(text, timeline.Context{Reference: c.Published}),
		typed:    len(tokens) > 0 && !slices.ContainsFunc(tokens[1:], func(t words.Token) bool { return t.Capital })}
	cut.units()
	syntax.MarkNames(r)
	r.MarkTitles()
	r.MarkLives()
	for i := range r.Units {
		if q := r.Units[i].Quantity; q != nil {
			q.Bound = syntax.BoundAt(syntax.BoundRules, r.Units, i)
			r.InheritUnit(i)
		}
	}
	r.ListUnits()
	syntax.MarkScopes(r)
	r.Frames = syntax.FindFrames(r)
	return r
}

// classify says what a single word is. A text that was typed without capitals has its names without them.
func (c *Context) classify(u *syntax.Unit, t words.Token, text string, rest []words.Token, typed bool) {
	switch {
	case syntax.GivenName(t, text, rest) && (!u.First || syntax.OpensAsName(rest)):
		u.Kind = syntax.Name
	case t.Stop || syntax.LightWords[t.Text] || u.First && syntax.Answers[t.Text] && !syntax.GoesOn(text, rest):
		u.Kind = syntax.Light
	case t.Digit:
		u.Kind = syntax.Plain
	case t.Capital && (!u.First || c.startsName(t, text, rest)), typed && c.OnlyName[t.Stem]:
		u.Kind = syntax.Name
	}
	if s, ok := syntax.Canonical[u.Key]; ok && u.Kind != syntax.Name {
		u.Key = s
	}
	if u.Kind == syntax.Name {
		if s, ok := syntax.Demonyms[t.Text]; ok {
			u.Key = s
		}
	}
}

// startsName guesses whether a capital at the beginning of a sentence is that of a name: it is one in the document,
// it is printed in capitals, the next word has one too, or it does not look like a common noun, which would have an
// article before it.
func (c *Context) startsName(t words.Token, text string, rest []words.Token) bool {
	if c.OnlyName[t.Stem] {
		return true
	}
	if c.common[t.Stem] || syntax.Prepositions[t.Text] || syntax.CommonStarts[t.Text] || syntax.HumanPlurals[t.Text] {
		return false
	}
	raw := text[t.Start:t.End]
	if len(raw) > 1 && strings.ToUpper(raw) == raw {
		return true
	}
	if len(rest) > 1 && rest[1].Capital && !rest[1].Stop && rest[1].Start-rest[0].End <= 1 {
		return true
	}
	for _, suffix := range []string{"s", "ing", "ed", "ly"} {
		if strings.HasSuffix(t.Text, suffix) {
			return false
		}
	}
	return true
}
