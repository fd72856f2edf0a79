package dispatch

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/reading"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/steps"
)

// Bounds of the questions that /help shows.
const (
	exampleCount  = 3
	exampleTries  = 30  // questions that are asked to find them
	exampleRunes  = 90  // characters of one
	examplePassed = 200 // paragraphs that are looked at
	// exampleTimeout ends the search: thirty questions of 10,000 paragraphs take a second.
	exampleTimeout = 20 * time.Second
	// examplePatience is how long help waits for it; who asks again finds what was found meanwhile.
	examplePatience = 5 * time.Second
)

// An example is a question that a document could answer, and the paragraph that should. Those of one kind are much
// alike.
type example struct {
	question string
	kind     string
	ref      article.Ref
}

// examples are questions that the documents of the view really answer: each is made from a document, asked, and kept if
// the answer comes from the paragraph that it was made from. A model is not asked.
func (t *Table) examples(ctx context.Context, v access.View) []string {
	key := strings.Join(append([]string{"of"}, v.Slugs()...), " ")
	questions, err := t.asked.Of(ctx, v.Edition, key, func(*steps.Counter) []string {
		// What is found is kept for all who ask after this one, who may not wait for it.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), exampleTimeout)
		defer cancel()
		var found []string
		kinds, used, asked := map[string]bool{}, map[article.Ref]bool{}, map[string]bool{}
		candidates := t.candidates(ctx, v)
		for i := range 2 * len(candidates) { // questions of different kinds first, of any kind where these are too few
			e := candidates[i%len(candidates)]
			if len(found) == exampleCount || len(asked) == exampleTries || ctx.Err() != nil {
				break
			}
			if i < len(candidates) && kinds[e.kind] || used[e.ref] || asked[e.question] {
				continue
			}
			asked[e.question] = true
			query := v.Query(e.question)
			query.Extract = true
			a, err := v.Engine.Ask(ctx, query)
			right := slices.ContainsFunc(a.Cited, func(p article.Passage) bool { return p.Ref == e.ref })
			if err == nil && a.Outcome == ask.Answered && right {
				found = append(found, e.question)
				kinds[e.kind], used[e.ref] = true, true
			}
		}
		return found
	})
	if err != nil {
		return nil
	}
	return questions
}

// candidates makes questions of the view's documents.
func (t *Table) candidates(ctx context.Context, v access.View) []example {
	var out []example
	for _, d := range v.Documents[:min(len(v.Documents), exampleTries)] {
		known, err := t.reading.Cast.Take(ctx, v.Edition, []article.Document{d})
		if err != nil {
			break
		}
		out = slices.Concat(out, aboutPeople(reading.Everybody(known)), aboutParagraphs(d))
	}
	for i := range out {
		out[i].question = commands.OneLine(out[i].question)
	}
	return slices.DeleteFunc(out, func(e example) bool { return utf8.RuneCountInString(e.question) > exampleRunes })
}

// aboutPeople asks who or what somebody is, and what they said.
func aboutPeople(known []reading.Somebody) (out []example) {
	for _, s := range known {
		switch {
		case !s.Institution && s.What != "":
			out = append(out, example{"Who is " + s.Name + "?", "who", s.Refs[0]})
		case s.Institution && s.Role != "":
			out = append(out, example{"What is " + s.Name + "?", "what", s.Refs[0]})
		}
		if !s.Institution && len(s.Speaks) > 0 {
			out = append(out, example{"What did " + s.Name + " say?", "say", s.Speaks[0]})
		}
	}
	return out
}

// aboutParagraphs asks when something was done, and what stands below a heading.
func aboutParagraphs(d article.Document) (out []example) {
	for _, p := range d.Passages[:min(len(d.Passages), examplePassed)] {
		for _, span := range article.Sentences(p.Text) {
			if m := wasDone.FindStringSubmatch(span.Of(p.Text)); m != nil {
				out = append(out, example{fmt.Sprintf("When %s %s %s?", m[2], inside(m[1]), m[3]), "when", p.Ref})
			}
		}
		if p.Heading != "" {
			out = append(out, example{"What does it say about “" + p.Heading + "”?", "heading", p.Ref})
		}
	}
	return out
}

// wasDone matches the beginning of a sentence that tells when something was done: "The mill was built in 1742".
var wasDone = regexp.MustCompile(`^((?:The|A|An) (?:[\p{L}'’-]+ ){0,4}?[\p{L}'’-]+|` +
	`\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*) (was|were) ` +
	`((?:\p{Ll}+ed|built|made|drawn|born|held|sold|begun|written|won|lost|cut|lit|sunk|found|sent|given|set up|shot|` +
	`taken)\b(?: (?:up|down|out))?)` +
	` (?:[^,.;]{0,40} )??(?:in|on|since) (?:\d{1,2} )?(?:\p{Lu}\p{Ll}+ )?(?:\d{1,2}, )?\d{4}\b`)

// inside is the beginning of a sentence as it stands within one.
func inside(text string) string {
	for _, article := range []string{"The ", "A ", "An "} {
		if rest, ok := strings.CutPrefix(text, article); ok {
			return strings.ToLower(article) + rest
		}
	}
	return text
}
