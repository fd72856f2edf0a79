package local

import (
	"maps"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// follows reports whether a sentence stands behind a chosen one: next in its paragraph, or first of the paragraph after
// it.
func follows(c Candidate, chosen []Candidate, passages []article.Passage) bool {
	ref := passages[c.Passage].Ref
	return slices.ContainsFunc(chosen, func(o Candidate) bool {
		before := passages[o.Passage].Ref
		return before == ref && c.Index == o.Index+1 || before.Slug == ref.Slug && before.N+1 == ref.N && c.Index == 0
	})
}

// goesOn reports whether a sentence stands right behind a chosen one in its paragraph: what happened is often told
// before why it did.
func goesOn(c Candidate, chosen []Candidate) bool {
	return slices.ContainsFunc(chosen, func(o Candidate) bool { return o.Passage == c.Passage && c.Index == o.Index+1 })
}

// adds reports whether one of a sentence's first words says that it goes on with a list.
func adds(text string) bool {
	fields := strings.Fields(strings.ToLower(text))
	return slices.ContainsFunc(fields[:min(len(fields), 6)], func(w string) bool {
		switch strings.Trim(w, ",.:") {
		case "also", "addition", "additionally", "moreover", "furthermore", "besides", "another", "second", "secondly",
			"third", "too":
			return true
		}
		return false
	})
}

// subject reports whether the first word that says something is one of the stems.
func subject(tokens []words.Token, stems []string) bool {
	for i, t := range tokens[:min(len(tokens), 3)] {
		if !t.Stop {
			return slices.Contains(stems, t.Stem) && i+1 < len(tokens)
		}
	}
	return false
}

// fragmentWords is how many words a piece of a list has at most that is no sentence.
const fragmentWords = 5

// fragment reports whether a text is no sentence: short, and without the sign that ends one.
func fragment(text string, tokens []words.Token) bool {
	return len(tokens) <= fragmentWords && !strings.ContainsAny(text[max(0, len(text)-4):], ".!?…۔؟")
}

// asks reports whether a sentence is a question.
func asks(text string) bool { return strings.HasSuffix(strings.TrimRight(text, "\"”’» "), "?") }

// turns reports whether a sentence begins by turning against what stands before it.
func turns(text string) bool {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(text, "\"“‘'( ")), " ")
	switch strings.TrimSuffix(first, ",") {
	case "but", "however", "nevertheless", "nonetheless":
		return true
	case "still", "yet", "instead": // also words of a sentence by itself
		return strings.HasSuffix(first, ",")
	}
	return false
}

// overturning are stems of words that take back what the sentence before says, in one that points at it.
var overturning = func() map[string]bool {
	m := map[string]bool{}
	for w := range lexicon.Set(`not never disproved refuted denied rejected false wrong untrue mistaken abandoned withdrawn
		canceled overturned myth hoax`) {
		m[words.Stem(w)] = true
	}
	return m
}()

// overturnsIt reports whether a sentence takes back what the one before it says, which is its object: "Drilling in 1938
// disproved it."
func overturnsIt(tokens []words.Token) bool {
	if len(tokens) == 0 {
		return false
	}
	for i, t := range tokens[1:] {
		if overturning[tokens[i].Stem] && !tokens[i].Stop && pointing[t.Text] {
			return true
		}
	}
	return false
}

var pronouns = lexicon.Set(`it he she they`)

var pointing = lexicon.Set(`it this that them these those`)

// overturns reports whether a sentence has such a word.
func overturns(tokens []words.Token) bool {
	return slices.ContainsFunc(tokens, func(t words.Token) bool { return overturning[t.Stem] })
}

// leans reports whether a sentence begins by pointing at what stands before it.
func leans(text string) bool {
	fields := strings.Fields(strings.ToLower(strings.TrimLeft(text, "\"“‘'( ")))
	if len(fields) < 2 {
		return false
	}
	if first := strings.Trim(fields[0], ",."); slices.Contains([]string{"but", "and", "however", "then"}, first) {
		fields = fields[1:]
	}
	if len(fields) < 2 {
		return false
	}
	switch strings.Trim(fields[0], ",.") {
	case "he", "she", "it", "they", "his", "her", "their", "its", "this", "these", "that", "those", "such":
		return true
	case "the":
		switch fields[1] {
		case "incident", "move", "decision", "former", "latter", "same", "two":
			return true
		}
	}
	return false
}

// says reports whether somebody whose name is among the stems speaks in the piece of a passage.
func says(speeches []rag.Speech, span article.Span, stems []string) bool {
	return slices.ContainsFunc(rag.SpokenStems(speeches, span), func(s string) bool { return slices.Contains(stems, s) })
}

// stating is the best sentence that states the attribute that is asked for and holds the kind of thing that it is; nil
// for none.
func stating(ranked []Candidate, q question.Question) *Candidate {
	i := slices.IndexFunc(ranked, func(c Candidate) bool { return c.holds && q.States(c.Text) != "" })
	if i < 0 {
		return nil
	}
	return &ranked[i]
}

// align returns what a sentence has for the words of the question that it lacks, and has no synonym of: the weight of
// each, by how near the nearest word of the sentence is to it by meaning.
func (c *Candidate) align(r rag.Request, asked []string, covered cover) float64 {
	sum := 0.0
	for i, s := range asked {
		if !c.shared[s] && !c.near[s] && covered[i] >= nearFrom {
			sum += nearShare * covered[i] * r.Weights[s]
		}
	}
	return sum
}

// nearFrom is the cosine from which on one word may stand for another. Of pairs of words that have nothing to do with
// one another fewer than one in a hundred are as near in the built-in table.
const nearFrom = 0.35

// measuring is the best sentence that has the measure that is asked for, where it has as much of the question as the
// best one of all, be it in the heading above; nil for none.
func measuring(ranked []Candidate, weights map[string]float64) *Candidate {
	covers := func(c *Candidate) float64 {
		sum := 0.0
		for _, s := range slices.Sorted(maps.Keys(weights)) { // one order, so that the sums are the same bits each time
			if c.shared[s] || c.near[s] || c.headed[s] {
				sum += weights[s]
			}
		}
		return sum
	}
	i := slices.IndexFunc(ranked, func(c Candidate) bool { return c.holds })
	if i < 0 || covers(&ranked[i]) < covers(&ranked[0]) {
		return nil
	}
	return &ranked[i]
}

// formula reports what is no sentence but how a letter begins or ends: "Dear Ada," and "Yours sincerely,".
func formula(text string) bool {
	const most = 5 // words
	return strings.HasSuffix(text, ",") && len(strings.Fields(text)) <= most
}

// strays reports whether a sentence is about "it" or "them" and the one before it, which is not shown, has nothing of
// the question: whatever that is, it is not what was asked about.
func strays(c Candidate, chosen []Candidate) bool {
	return pointsBack(c.Text) && !c.holds && c.before != nil && len(c.before.shared) == 0 && len(c.before.near) == 0 &&
		!has(chosen, *c.before)
}

// pointsBack reports whether a sentence begins with a pronoun for what stands before it.
func pointsBack(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	return pronouns[strings.ToLower(first)]
}

// coded lowers the scores of sentences that lack a code which the question names, such as E7, where others have it: what
// stands about E5, or about the kiln, is no answer. A sentence right behind one that has it goes on about it.
func coded(all []Candidate, stems []string) {
	for _, s := range stems {
		if !code(s) || !slices.ContainsFunc(all, func(c Candidate) bool { return c.shared[s] }) {
			continue
		}
		for i := range all {
			if c := &all[i]; !c.shared[s] && (c.before == nil || !c.before.shared[s]) {
				c.Score *= codeless
			}
		}
	}
}

// code reports whether a stem is a name of letters and then digits.
func code(stem string) bool {
	return stem[0] > '9' && strings.ContainsAny(stem, "0123456789")
}

// explains is the "No." or "Yes." right before the sentence, without which it says something else: "WSL works, but nobody
// tests it." It is "" for most.
func (c *Candidate) explains() string {
	if c.before == nil || !oneWordAnswers[strings.ToLower(strings.TrimRight(c.before.Text, ".!۔"))] {
		return ""
	}
	return c.before.Text
}

var oneWordAnswers = lexicon.List("one-word-answers")

// labels reports what is no sentence but the title of a numbered paragraph: "5. Pets."
func labels(text string) bool {
	const most = 5 // words
	number, rest, ok := strings.Cut(text, ". ")
	return ok && number != "" && strings.Trim(number, "0123456789.") == "" && len(strings.Fields(rest)) <= most
}

func has(chosen []Candidate, c Candidate) bool {
	return slices.ContainsFunc(chosen, func(o Candidate) bool { return o.Passage == c.Passage && o.Index == c.Index })
}

func distinct(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}
