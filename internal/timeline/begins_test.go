package timeline

import (
	"testing"
)

// What a rule says that it can begin with spares it the other tokens; it must not spare it one that it reads.
func TestBegins(t *testing.T) {
	words := make([]string, 0, len(dictionary))
	for w := range dictionary {
		words = append(
			words,
			w,
			w+" 2001",
			w+" last year",
			"the "+w,
			"the bridge "+w,
			"a couple of "+w,
			"the entire "+w+" of 2001",
			"the fiscal "+w+" 2001",
			"the eve of "+w+" 2001",
			w+" of 2001",
			w+" days ago",
			w+" April 2001",
			w+" two weeks",
		)
	}
	words = append(
		words,
		"2001",
		"'82",
		"’82",
		"12/31/2001",
		"2001-04-16",
		"16.4.2001",
		"9 a.m.",
		"1401 Hamal 7",
		"312 BC",
		"'60s",
		"10 Muharram 1444",
		"3rd century",
		"1990s",
		"9/11",
		"5 May",
		"A.D. 43",
		"c. 850",
		"Q3 2009",
	)
	for _, text := range words {
		tokens := scan(text)
		for i := range tokens {
			if idleArticle(tokens, i) {
				matchNothing(t, text, tokens, i)
			}
			if !begins(&tokens[i]) {
				continue
			}
			tokens[i].capital = true
			for _, r := range rules {
				if _, next, ok := r.match(tokens, i); ok && next > i && r.begins&classes(&tokens[i]) == 0 {
					t.Errorf("the rule %q reads %q from token %d on, but is spared it", r.name, text, i)
				}
			}
		}
	}
}

// matchNothing holds that no rule reads anything from an article on that is passed over.
func matchNothing(t *testing.T, text string, tokens []token, i int) {
	t.Helper()
	for _, r := range rules {
		if _, next, ok := r.match(tokens, i); ok && next > i {
			t.Errorf("the rule %q reads %q from token %d on, but is spared the article", r.name, text, i)
		}
	}
}
