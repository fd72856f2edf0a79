package quote

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
)

// Known is somebody about whom the document says something: what they are, or what they said.
type Known struct {
	Person
	Speaks []article.Ref // the paragraphs that give their words or report them, in reading order, each once
}

// severalRefs is from how many paragraphs on an institution is known without a role or a word of its own.
const severalRefs = 2

// Who returns those of People about whom the document says something, in the order in which they first appear. Words that only begin
// with a capital, adjectives of countries and places that are merely mentioned are not among them.
func Who(d article.Document) []Known {
	r := read(d)
	speaks := map[string][]article.Ref{}
	says := func(name string, ref article.Ref) {
		if !slices.Contains(speaks[name], ref) {
			speaks[name] = append(speaks[name], ref)
		}
	}
	for _, q := range r.quotations() {
		if q.Named {
			says(q.Speaker, q.Ref)
		}
	}
	for _, s := range r.statements() {
		if s.Named {
			says(s.Speaker, s.Ref)
		}
	}
	people := r.people()
	var out []Known
	for _, p := range people {
		k := Known{p, speaks[p.Name]}
		slices.SortFunc(k.Speaks, article.Ref.Compare)
		human := strings.Contains(p.Name, " ") && (p.Role != "" || len(k.Speaks) > 0) || len(k.Speaks) > 1
		body := p.Role != "" || len(k.Speaks) > 0 || len(p.Refs) >= severalRefs
		if (p.Institution && body || !p.Institution && human) && !derived(p.Name, people) {
			out = append(out, k)
		}
	}
	return out
}

// derived tells whether the name is another one with an ending: "Pakistani" beside "Pakistan", "Norwegian-led" beside "Norwegian".
func derived(name string, people []Person) bool {
	if strings.HasSuffix(name, "-led") || strings.HasSuffix(name, "-backed") {
		return true
	}
	return slices.ContainsFunc(people, func(p Person) bool {
		rest, ok := strings.CutPrefix(name, p.Name)
		return ok && slices.Contains([]string{"i", "n", "an", "ian", "ese", "ish"}, rest)
	})
}
