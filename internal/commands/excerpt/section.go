package excerpt

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/question"
	"pilcrow/internal/steps"
	"pilcrow/internal/words"
)

// A section is a heading, or a question that stands as one, with the paragraphs that answer it.
type section struct {
	Title    string
	question question.Question // of the title
	stems    []string          // of the title, each once, in order
	asks     bool              // the title is a question
	// bytes at the beginning of the first paragraph that are the title; 0 where it stands by itself
	inline int
	refs   []article.Ref
}

// Bounds of sections.
const (
	maxSections   = 20_000 // that are known of a corpus; of a larger one the first
	maxTitle      = 200    // bytes of a title
	mostItems     = 12     // paragraphs that are shown below a title
	shortItem     = 200    // bytes of a paragraph that may be an item of a list
	mostAnswering = 3      // paragraphs that answer a question of a FAQ
	MostShown     = 3      // that are shown of a paragraph below a title
)

// Sections are what is known of the headings of an edition.
type Sections struct {
	all    []section
	byStem map[string][]int32 // sections with the stem in their title, in order
}

// SectionsOf reads the headings of the view's edition, once.
func (f *Finder) SectionsOf(ctx context.Context, v access.View) (*Sections, error) {
	return f.headings.Of(ctx, v.Edition, "", func(c *steps.Counter) *Sections {
		s := &Sections{byStem: map[string][]int32{}}
		for _, d := range v.Edition.Corpus.Documents() {
			if !c.Take(1+len(d.Passages)) || len(s.all) >= maxSections {
				break
			}
			s.read(d)
		}
		for i, x := range s.all {
			for _, stem := range x.stems {
				s.byStem[stem] = append(s.byStem[stem], int32(i)) //nolint:gosec // at most maxSections
			}
		}
		return s
	})
}

// read adds the sections of a document: its headings, paragraphs that are a question, and those that announce a list.
func (s *Sections) read(d article.Document) {
	open := -1 // the section of the heading
	asked := -1
	for i, p := range d.Passages {
		if i == 0 || p.Heading != d.Passages[i-1].Heading {
			if open, asked = -1, -1; p.Heading != "" {
				open = s.add(p.Heading, 0)
			}
		}
		if title, inline := asksItself(p.Text); title != "" {
			asked = s.add(title, inline)
			if inline > 0 {
				s.all[asked].refs = []article.Ref{p.Ref}
				asked = -1
			}
			continue
		}
		if strings.HasSuffix(p.Text, ":") && len(p.Text) <= maxTitle {
			asked = s.add(strings.TrimSuffix(p.Text, ":"), 0)
			s.all[asked].asks = false
			continue
		}
		for _, at := range []int{open, asked} {
			if at >= 0 && len(s.all[at].refs) < mostItems {
				s.all[at].refs = append(s.all[at].refs, p.Ref)
			}
		}
		if asked >= 0 && len(p.Text) > shortItem && !s.all[asked].asks {
			asked = -1 // no list any more
		}
	}
}

func (s *Sections) add(title string, inline int) int {
	q := question.Parse(title)
	s.all = append(s.all, section{Title: title, question: q, stems: sectionStems(q), inline: inline,
		asks: strings.HasSuffix(title, "?")})
	return len(s.all) - 1
}

// asksItself returns the question that a paragraph is or begins with, and how many bytes of more that follow it takes;
// "" for none.
func asksItself(text string) (title string, inline int) {
	end := strings.IndexByte(text, '?')
	if end < 0 || end >= maxTitle || len(text) > 2*shortItem+maxTitle {
		return "", 0
	}
	spans := article.Sentences(text)
	asks := 0
	for asks < len(spans) && strings.HasSuffix(spans[asks].Of(text), "?") {
		asks++
	}
	if asks == 0 && len(spans) > 1 && strings.HasSuffix(text, "?") { // "I lost it. What now?"
		return text, 0
	}
	switch {
	case asks == 0:
		return "", 0
	case asks == len(spans):
		return text, 0
	}
	return text[:spans[asks-1].End], spans[asks].Start
}

func sectionStems(q question.Question) []string {
	stems := slices.DeleteFunc(slices.Clone(q.Stems),
		func(s string) bool { return q.Kind == question.Number && measures[s] })
	slices.Sort(stems)
	return slices.Compact(stems)
}

// measures are stems of the words behind "how" that say what kind of number is asked for, not of what.
var measures = lexicon.Set(`long far old big larg tall high deep heavi fast often wide much mani`)

// What a question must share with a title, by weight, to be answered by what stands below. The title of a FAQ asks
// itself, so likeness is enough, less where both ask for the same kind of thing; a heading must have all of the
// question.
const (
	likeQuestion     = 0.62
	likeSameKind     = 0.5
	likeSameCount    = 0.35
	headingOfAsked   = 0.99
	askedOfHeading   = 0.6
	sectionSynonym   = 0.7
	clearlyTheLikest = 0.08 // more like than the second
)

// Best returns the section that the question asks for; ok is false where none does, or two do.
func (s *Sections) Best(q question.Question, v access.View) (best section, ok bool) {
	asked := sectionStems(q)
	weight := func(stem string) float64 { return math.Log(1 + float64(len(s.all)+1)/float64(len(s.byStem[stem])+1)) }
	total := 0.0
	touched := map[int32]bool{}
	for _, stem := range asked {
		total += weight(stem)
		for _, form := range append([]string{stem}, words.Synonyms(stem)...) {
			for _, i := range s.byStem[form] {
				touched[i] = true
			}
		}
	}
	if total == 0 {
		return section{}, false
	}
	most, second := 0.0, 0.0
	for _, i := range slices.Sorted(maps.Keys(touched)) {
		x := s.all[i]
		if len(x.refs) == 0 || !holds(v, x.refs[0].Slug) {
			continue
		}
		shared, own := 0.0, 0.0
		for _, stem := range x.stems {
			own += weight(stem)
		}
		for _, stem := range asked {
			switch {
			case slices.Contains(x.stems, stem):
				shared += weight(stem)
			case slices.ContainsFunc(words.Synonyms(stem), func(o string) bool { return slices.Contains(x.stems, o) }):
				shared += sectionSynonym * weight(stem)
			}
		}
		like := 2 * shared / (total + own)
		if !x.fits(q, like, shared/total, shared/max(own, 1e-9)) || s.elsewhere(x, asked, v) {
			continue
		}
		if like > most {
			best, most, second, ok = x, like, most, true
		} else {
			second = max(second, like)
		}
	}
	return best, ok && most-second >= clearlyTheLikest
}

// elsewhere reports whether the question has a word that another title is about, and this section neither in its title
// nor below it: "when does the sauna open again" is not answered below "When is the pool open?" where "Why did the
// sauna close?" stands, too.
func (s *Sections) elsewhere(x section, asked []string, v access.View) bool {
	var below map[string]bool // read only where it is needed
	for _, stem := range asked {
		if slices.Contains(x.stems, stem) || !slices.ContainsFunc(s.byStem[stem], func(i int32) bool {
			other := s.all[i]
			return other.Title != x.Title && len(other.refs) > 0 && holds(v, other.refs[0].Slug)
		}) || slices.ContainsFunc(words.Synonyms(stem), func(o string) bool { return slices.Contains(x.stems, o) }) {
			continue
		}
		if below == nil {
			below = map[string]bool{}
			for _, ref := range x.refs {
				for _, w := range words.Stems(v.Passage(ref).Text) {
					below[w] = true
				}
			}
		}
		if !below[stem] {
			return true
		}
	}
	return false
}

// fits reports whether a section answers a question that is so like its title; ofAsked and ofTitle are the shares of
// either that both have.
func (x section) fits(q question.Question, like, ofAsked, ofTitle float64) bool {
	if x.asks {
		same := q.Kind == x.question.Kind
		specific := q.Kind != question.Anything && q.Kind != question.YesOrNo
		if specific && !same && x.question.Kind != question.Anything {
			return false // "how much is it" is not answered below "where is it"
		}
		// "how many books can I take", "how many books may I borrow"
		counts := same && q.Of != "" && q.Of == x.question.Of && !measures[q.Of]
		return like >= likeQuestion || same && specific && like >= likeSameKind || counts && like >= likeSameCount
	}
	switch q.Kind {
	case question.Anything:
		return ofAsked >= headingOfAsked && ofTitle >= askedOfHeading
	default: // who, when, how many and the like have an answer of a kind, which is looked for in sentences
		return false
	}
}

// holds reports whether the view has the document.
func holds(v access.View, slug string) bool {
	if !v.Narrowed {
		return true
	}
	return slices.ContainsFunc(v.Documents, func(d article.Document) bool { return d.Slug == slug })
}

// Shown are the sentences that stand below the title: all of a list, the beginning of prose.
func (x section) Shown(v access.View) []Sentence {
	var out []Sentence
	most := mostItems
	if x.asks {
		most = mostAnswering
	}
	list := len(x.refs) > 1
	for _, ref := range x.refs {
		if p := v.Passage(ref); len(p.Text) > shortItem {
			list = false
		}
	}
	for i, ref := range x.refs[:min(len(x.refs), most)] {
		p := v.Passage(ref)
		text := p.Text
		if i == 0 {
			text = strings.TrimSpace(text[x.inline:])
		}
		if list && !x.asks && p.Shows(text) {
			out = append(out, Sentence{text, ref})
			continue
		}
		for k, span := range article.Sentences(text) {
			if k < MostShown && len(out) < MostShown && p.Shows(span.Of(text)) {
				out = append(out, Sentence{span.Of(text), ref})
			}
		}
	}
	return out
}

// An Sentence is a sentence of an answer with its paragraph.
type Sentence struct {
	Text string
	Ref  article.Ref
}
