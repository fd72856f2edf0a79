package answers

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/question"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/words"
)

// define finds the sentence that says what something is, or what an abbreviation stands for; ok is false where none
// does.
func (t *Table) define(ctx context.Context, v access.View, about string) (s excerpt.Sentence, ok bool, err error) {
	if abbreviation := strings.Trim(about, ".?! "); isAbbreviation(abbreviation) {
		if s, ok = introduced(v, abbreviation); ok {
			return s, true, nil
		}
	}
	about = leadingArticle.ReplaceAllString(about, "")
	found, err := v.Engine.Find(ctx, queryOf(v, about))
	if err != nil {
		return s, false, err
	}
	stems := words.Stems(about)
	best := 0
	for _, f := range found {
		for _, span := range article.Sentences(f.Passage.Text) {
			text := span.Of(f.Passage.Text)
			if n := defines(text, stems); n > best && f.Passage.Shows(text) {
				best, s = n, excerpt.Sentence{Text: text, Ref: f.Passage.Ref}
			}
		}
	}
	return s, best > 0, nil
}

var leadingArticle = regexp.MustCompile(`(?i)^(?:an?|the)\s+`)

// definedIn is how many paragraphs are looked through for what something is.
const definedIn = 12

func queryOf(v access.View, text string) ask.Query {
	q := v.Query(text)
	q.K = definedIn
	return q
}

// maxAbbreviation is how many letters an abbreviation has at most.
const maxAbbreviation = 8

func isAbbreviation(s string) bool {
	upper := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case !unicode.IsDigit(r) && r != '-' && !unicode.IsLower(r):
			return false
		}
	}
	return upper >= 2 && len(s) <= maxAbbreviation
}

// introduced is the first sentence that gives an abbreviation behind what it stands for, "Seafarers' Union (SU)", or
// before it.
func introduced(v access.View, abbreviation string) (excerpt.Sentence, bool) {
	for _, form := range []string{"(" + abbreviation + ")", abbreviation + " (", "(" + abbreviation + ";",
		"(" + abbreviation + ","} {
		for _, d := range v.Documents {
			for _, p := range d.Passages {
				at := strings.Index(p.Text, form)
				if at < 0 {
					continue
				}
				for _, span := range article.Sentences(p.Text) {
					if at >= span.Start && at < span.End && p.Shows(span.Of(p.Text)) {
						return excerpt.Sentence{Text: span.Of(p.Text), Ref: p.Ref}, true
					}
				}
			}
		}
	}
	return excerpt.Sentence{}, false
}

// defines says how plainly a sentence tells what the thing of the stems is, 0 for not at all: 3 "a raft is …", 2 "a
// raft, which …", 1 "… is called a raft".
func defines(text string, stems []string) int {
	tokens := words.Tokenize(text)
	for i := range tokens {
		if len(stems) == 0 || !stemsAt(tokens, i, stems) {
			continue
		}
		if end := behindBrackets(text, tokens, i+len(stems)); end < len(tokens) {
			next := tokens[end].Text
			lead := i == 0 || i == 1 && tokens[0].Stop
			switch {
			case lead && isWords[next] && end+1 < len(tokens) && kindWords[tokens[end+1].Text]:
				return 3
			case lead && meaningWords[next]:
				return 3
			case apposing[next] && strings.HasPrefix(strings.TrimSpace(text[tokens[end-1].End:tokens[end].Start]), ","):
				return 2
			}
		}
		if i > 1 && callingWords[tokens[i-1].Text] || i > 2 && callingWords[tokens[i-2].Text] && tokens[i-1].Stop {
			return 1
		}
	}
	return 0
}

// behindBrackets is the token from end on that stands behind the brackets that open there: "is" of "a tariff (ABC) is".
func behindBrackets(text string, tokens []words.Token, end int) int {
	if end >= len(tokens) || !strings.Contains(text[tokens[end-1].End:tokens[end].Start], "(") {
		return end
	}
	for end < len(tokens) && !strings.Contains(text[tokens[end-1].End:tokens[end].Start], ")") {
		end++
	}
	return end
}

var (
	isWords      = lexicon.Set(`is are was were`)
	apposing     = lexicon.Set(`a an the which one`) // "a raft, which …"
	kindWords    = lexicon.Set(`a an the one any what when someone anyone people those all`)
	meaningWords = lexicon.Set(`means mean stands denotes refers consists describes`)
	callingWords = lexicon.Set(`called named as form forms termed dubbed`)
)

func stemsAt(tokens []words.Token, at int, stems []string) bool {
	if at+len(stems) > len(tokens) {
		return false
	}
	for k, s := range stems {
		if tokens[at+k].Stem != s {
			return false
		}
	}
	return true
}

// compare answers for both sides, each from its own document or paragraph; ok is false where it finds neither.
func (t *Table) compare(ctx context.Context, in commands.Input, v access.View, text string,
	read question.Reading) (commands.Reply, bool,
	error) {
	sides := []string{read.About, read.Other}
	if read.Other == "" {
		return commands.Reply{}, false, nil
	}
	r := commands.Reply{Share: true, Listed: true}
	add := func(label string, s excerpt.Sentence) {
		label = in.Lang.Isolate(commands.UpperFirst(label))
		b := commands.Block{Kind: commands.Item, Text: s.Text, Cites: []article.Ref{s.Ref}}
		if label != "" {
			b.Text = label + " – " + in.Lang.Isolate(s.Text)
			b.Bold = []article.Span{{Start: 0, End: len(label)}}
		}
		r.Blocks = append(r.Blocks, b)
		r.Source(v.Passage(s.Ref))
	}
	if s, ok, err := t.both(ctx, v, sides); ok || err != nil {
		if err != nil {
			return r, false, err
		}
		add("", s)
		return oneSentence(in, r, text, read), true, nil
	}
	var own []excerpt.Sentence // what the text says of the sides
	missing := 0
	for _, side := range sides {
		if d, ok := excerpt.NamedIn(v, side); ok && len(v.Documents) > 1 {
			picks, err := t.reading.Picks(ctx, v, d)
			if err != nil {
				return r, false, err
			}
			for _, p := range picks[:min(len(picks), 2)] {
				add(d.Title, excerpt.Sentence{Text: p.Text, Ref: p.Ref})
			}
			continue
		}
		query := v.Query(side)
		query.Extract = true
		a, err := v.Engine.Ask(ctx, query)
		if err != nil {
			return r, false, err
		}
		if a.Outcome != ask.Answered || len(a.Sentences) == 0 {
			missing++
			r.Say(commands.Item, in.Lang.Text("On “%s” the documents do not say anything.",
				commands.Clip(commands.OneLine(side), commands.MaxEchoedAbout)))
			continue
		}
		s := a.Sentences[0]
		own = append(own, excerpt.Sentence{Text: s.Text, Ref: s.Citations[0]})
		add(side, own[len(own)-1])
	}
	if len(own) == len(sides) && own[0] == own[1] {
		r = commands.Reply{Share: true, Listed: true}
		add("", own[0])
		return oneSentence(in, r, text, read), true, nil
	}
	if missing == len(sides) {
		return r, false, nil
	}
	r.Actions = paragraph.OpenActions(r, r.Sources)
	return asAnswer(in.Lang, r, text, read), true, nil
}

// oneSentence is the reply with the only sentence, which serves both sides of a comparison: it needs no label.
func oneSentence(in commands.Input, r commands.Reply, text string, read question.Reading) commands.Reply {
	r.Blocks[0].Kind = commands.Sentence
	r.Actions = paragraph.OpenActions(r, r.Sources)
	return asAnswer(in.Lang, r, text, read)
}

// both finds one sentence that speaks of both sides.
func (t *Table) both(ctx context.Context, v access.View, sides []string) (excerpt.Sentence, bool, error) {
	found, err := v.Engine.Find(ctx, queryOf(v, strings.Join(sides, " ")))
	if err != nil {
		return excerpt.Sentence{}, false, err
	}
	a, b := excerpt.DistinctStems(sides[0]), excerpt.DistinctStems(sides[1])
	alone := func(x, y []string) bool {
		return slices.ContainsFunc(x, func(s string) bool { return !slices.Contains(y, s) })
	}
	if !alone(a, b) || !alone(b, a) {
		return excerpt.Sentence{}, false, nil
	}
	for _, f := range found {
		for _, span := range article.Sentences(f.Passage.Text) {
			stems := words.Stems(span.Of(f.Passage.Text))
			holds := func(s string) bool { return slices.Contains(stems, s) }
			if !slices.ContainsFunc(slices.Concat(a, b), func(s string) bool { return !holds(s) }) &&
				f.Passage.Shows(span.Of(f.Passage.Text)) {
				return excerpt.Sentence{Text: span.Of(f.Passage.Text), Ref: f.Passage.Ref}, true, nil
			}
		}
	}
	return excerpt.Sentence{}, false, nil
}
