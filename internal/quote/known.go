package quote

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/steps"
)

// Known is somebody about whom the document says something: what they are, or what they said.
type Known struct {
	Person
	Speaks []article.Ref // the paragraphs that give their words or report them, in reading order, each once
}

// severalRefs is from how many paragraphs on an institution is known without a role or a word of its own.
const severalRefs = 2

// Who returns those of People about whom the document says something, in the order in which they first appear. Words
// that only begin with a capital, adjectives of countries and places that are merely mentioned are not among them.
func Who(c *steps.Counter, d article.Document) []Known { return KnownOf(c, Read(c, d)) }

// KnownOf is Who for who has read the document already.
func KnownOf(c *steps.Counter, s Speech) []Known {
	speaks, quoted := map[string][]article.Ref{}, map[string]bool{}
	for _, q := range s.Quotations {
		if q.Named {
			speaks[q.Speaker] = append(speaks[q.Speaker], q.Ref)
			quoted[q.Speaker] = true
		}
	}
	for _, s := range s.Statements {
		if s.Named {
			speaks[s.Speaker] = append(speaks[s.Speaker], s.Ref)
		}
	}
	people := make(map[string]bool, len(s.People)) // by name
	for _, p := range s.People {
		people[p.Name] = true
	}
	var out []Known
	for _, p := range s.People {
		if !c.Take(1 + len(speaks[p.Name])) {
			return nil
		}
		slices.SortFunc(speaks[p.Name], article.Ref.Compare)
		k := Known{p, slices.Compact(speaks[p.Name])}
		human := strings.Contains(p.Name, " ") && (p.Role != "" || len(k.Speaks) > 0) || len(k.Speaks) > 1 || quoted[p.Name]
		body := p.Role != "" || len(k.Speaks) > 0 || len(p.Refs) >= severalRefs
		if (p.Institution && body || !p.Institution && human) && !derived(p.Name, people) {
			out = append(out, k)
		}
	}
	return out
}

// derived tells whether the name is another one with an ending: "Pakistani" beside "Pakistan", "Norwegian-led" beside
// "Norwegian".
func derived(name string, people map[string]bool) bool {
	if strings.HasSuffix(name, "-led") || strings.HasSuffix(name, "-backed") {
		return true
	}
	return slices.ContainsFunc([]string{"i", "n", "an", "ian", "ese", "ish"}, func(ending string) bool {
		stem, ok := strings.CutSuffix(name, ending)
		return ok && people[stem]
	})
}
