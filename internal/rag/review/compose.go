package review

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// Compose makes an answer of what passed: a sentence that failed gives its place to the document's own where one fits,
// one that leans on a sentence that is not there goes, and everything is accounted for. spoken tells what is said in a
// passage, and by whom.
func (v *Review) Compose(spoken func(article.Ref) []rag.Speech) (
	sentences []Sentence, withheld []Withheld, explained []Explanation) {
	v.settle()
	shown := func(text string) bool {
		return slices.ContainsFunc(v.parts, func(p *reviewed) bool { return p.fate != Kept && p.text == text })
	}
	for _, p := range v.parts {
		if p.fate != Kept {
			continue
		}
		if text, n, ok := v.ownWords(p, spoken); ok && !shown(text) {
			p.fate, p.text, p.cites, p.rests = Replaced, text, []int{n}, nil
		}
	}
	for _, p := range v.parts {
		if p.fate != Kept {
			s := Sentence{Text: p.text, Evidence: p.rests}
			for _, n := range p.cites {
				s.Citations = append(s.Citations, v.request.Passages[n].Ref)
			}
			sentences = append(sentences, s)
		}
		if p.fate == Kept || p.fate == Replaced {
			withheld = append(withheld, Withheld{p.drafted.Text, p.why, p.code})
		}
		explained = append(explained, v.explain(p))
	}
	return sentences, withheld, explained
}

// settle gives each sentence its fate, as long as no sentence of the documents stands in for one.
func (v *Review) settle() {
	intact := true // the sentence before stands as its writer meant it
	for i, p := range v.parts {
		switch {
		case p.passed() && i > 0 && !intact && leans(p.text) && p.first == nil:
			p.fate, p.code, p.why = Kept, rag.CodeLeans, lang.Say("it leans on a sentence that is not shown")
		case p.passed() && p.first != nil:
			p.fate = Rewritten
		case p.passed():
			p.fate = Shown
		default:
			p.fate = Kept
		}
		intact = p.fate == Shown || p.fate == Rewritten
	}
}

// fits is the least share of a failed sentence that the document's own must have to stand in its place.
const fits = 0.6

// ownWords finds the sentence of the document that a failed one was made of, if it can stand in its place: whole, not
// leaning on another, and with its quotation marks.
func (v *Review) ownWords(p *reviewed, spoken func(article.Ref) []rag.Speech) (text string, passage int, ok bool) {
	otherMatter := slices.ContainsFunc(p.exam.Doubts, func(d exam.Doubt) bool {
		return d.Signal == exam.SignalCover || d.Signal == exam.SignalBrief
	})
	// What a sentence that leans is about its own words do not say: the writer's evidence does.
	needs := p.exam.Score < fits || p.code == rag.CodeLeans
	if v.foreign || otherMatter || p.code == claim.CodeOffQuestion || len(p.exam.Nearby) == 0 || needs && !p.named() {
		return "", 0, false
	}
	at := slices.IndexFunc(v.request.Passages, func(q article.Passage) bool { return q.Ref == p.exam.Nearest })
	if at < 0 {
		return "", 0, false
	}
	whole := v.request.Passages[at].Text
	span := p.exam.Nearby[0]
	text = span.Of(whole)
	if leans(text) || !balanced(text) || strings.HasSuffix(text, ":") {
		return "", 0, false
	}
	// A sentence from within a quotation would lose its marks and its speaker
	for _, s := range spoken(p.exam.Nearest) {
		from, to := s.Span.Start, s.Span.End
		if from < span.Start && span.End <= to+len("”") || from <= span.Start && span.End < to {
			return "", 0, false
		}
	}
	return text, at, true
}

// named tells whether the writer named words that stand in a passage.
func (p *reviewed) named() bool {
	return slices.ContainsFunc(p.exam.Spans, func(e exam.Evidence) bool { return e.Named })
}

// balanced tells whether each quotation that a sentence opens ends in it, and none ends that it did not open.
func balanced(text string) bool {
	open := 0
	for _, r := range text {
		switch r {
		case '“', '«':
			open++
		case '”', '»':
			if open--; open < 0 {
				return false
			}
		}
	}
	return open == 0 && strings.Count(text, `"`)%2 == 0
}

// Answers tells whether what is left without its opening sentence answers the question at all: a judge found it
// supported and to the point, or it speaks of most of what was asked.
func (v *Review) Answers() bool {
	asked := words.Stems(v.request.Question)
	total := 0.0
	for _, s := range asked {
		total += max(v.request.Weights[s], minStemWeight)
	}
	for _, p := range v.parts {
		if p.fate != Shown && p.fate != Rewritten || leans(p.text) {
			continue
		}
		has, sum := words.Stems(p.text), 0.0
		for _, s := range asked {
			if slices.Contains(has, s) {
				sum += max(v.request.Weights[s], minStemWeight)
			}
		}
		if p.opinion.Code == claim.CodeSupported || total > 0 && sum >= total/2 {
			return true
		}
	}
	return false
}

// minStemWeight is what a stem of a question counts that stands everywhere, or nowhere.
const minStemWeight = 0.1

// Survived tells whether anything is shown that the model wrote.
func (v *Review) Survived() bool {
	return slices.ContainsFunc(v.parts, func(p *reviewed) bool { return p.fate == Shown || p.fate == Rewritten })
}

// Opened tells whether the answer begins with what its draft began with, or with the document's own words for it.
func (v *Review) Opened() bool { return len(v.parts) > 0 && v.parts[0].fate != Kept }

// explain tells how a sentence came to its end.
func (v *Review) explain(p *reviewed) Explanation {
	first := p // why it was written again says more than that the second attempt passed
	if p.first != nil && p.fate == Rewritten {
		first = p.first
	}
	x := Explanation{
		Text: p.drafted.Text, Fate: p.fate, Guard: first.exam.Guard, Doubts: first.exam.Doubts, Near: first.exam.Near,
		Score:   first.exam.Score,
		Opinion: first.opinion, Why: first.why,
	}
	if p.fate != Kept && p.text != p.drafted.Text {
		x.Shown = p.text
	}
	for _, e := range p.exam.Spans {
		passage := v.request.Passages[e.Passage]
		for _, s := range e.Spans {
			x.Rests = append(x.Rests, Rest{passage.Ref, s.Of(passage.Text), e.Named})
		}
	}
	return x
}
