package claim

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/words"
)

// unitsOf reads a text, and finds its unit with a word: the one in brackets.
func unitsOf(t *testing.T, marked string) (*reading, int) {
	t.Helper()
	before, rest, ok := strings.Cut(marked, "<")
	word, after, closed := strings.Cut(rest, ">")
	if !ok || !closed {
		t.Fatalf("no word in brackets: %s", marked)
	}
	text := before + word + after
	c := NewContext(article.Document{Slug: "text", Passages: passages("text", text, "The end.")})
	r := c.read(text, words.Tokenize(text))
	i := slices.IndexFunc(r.units, func(u unit) bool { return u.Start == len(before) })
	if i < 0 {
		t.Fatalf("no unit at %q", word)
	}
	return r, i
}

// operatorCases have for each rule a word that it decides, and near misses that another rule decides, or none.
var operatorCases = []struct {
	rule, text string
	want       operator
	misses     []string
}{
	{"name or figure", "They met Dan <Few> there.", none, []string{"<Few> met there."}},
	{"answer", "<No>, the missile did not explode.", none, []string{"There was <no> missile."}},
	{"no matter", "They came, <no> matter how late.", none, []string{"There is <no> paper."}},
	{"not only", "It is open <not> only in summer.", none, []string{"It is <not> open in summer."}},
	{"no alone", "<No>.", none, []string{"The answer was <no>."}},
	{"negator", "It is <not> open.", negates, []string{"It is <now> open."}},
	{"noun of denial", "The <denial> came late.", negates, []string{"The <reply> came late."}},
	{"verb of denial", "The missile <failed> to explode.", negates, []string{"The plan <failed>."}},
	{"not only, the limit", "It is not <only> old.", none, []string{"It is <only> old."}},
	{"limiter", "It is <only> old.", limits, []string{"It is <also> old."}},
	{"superlative", "It is the <most> beautiful dam.", none, []string{"They saw <most> dams."}},
	{"half", "<Half> of them left.", none, []string{"<All> of them left."}},
	{"at all", "Nobody came at <all>.", none, []string{"<All> came."}},
	{"amount", "<Some> came.", amount, []string{"<Men> came."}},
	{"month of May", "They came on a Monday in <May>.", none, []string{"They <may> come."}},
	{"hedge", "They <may> come.", hedge, []string{"They <will> come."}},
	{"plan", "They <plan> to come.", hedge, []string{"They <plan> the dam."}},
	{"it is believed that", "It is <believed> that they come.", hedge, []string{"They <believed> that it comes."}},
}

// TestOperatorRules holds each rule to its case, and shows that another one, or none, would decide it without the rule.
func TestOperatorRules(t *testing.T) {
	held := map[string]bool{}
	for _, c := range operatorCases {
		held[c.rule] = true
		if c.rule == "name or figure" || c.rule == "month of May" {
			continue // see TestShadowedOperators
		}
		r, i := unitsOf(t, c.text)
		op, by := operatorOf(operatorRules, r.units, i)
		if op != c.want || by != c.rule {
			t.Errorf("%s: %d by %q, want %d by %q", c.text, op, by, c.want, c.rule)
		}
		if op != none && !mayOperate(r.units, i) {
			t.Errorf("%s: passed over", c.text)
		}
		off := slices.DeleteFunc(slices.Clone(operatorRules), func(o operatorRule) bool { return o.name == c.rule })
		if op, _ := operatorOf(off, r.units, i); op == c.want {
			t.Errorf("%s: %d without %q, too", c.text, op, c.rule)
		}
		for _, miss := range c.misses {
			r, i := unitsOf(t, miss)
			if _, by := operatorOf(operatorRules, r.units, i); by == c.rule {
				t.Errorf("%s: by %q", miss, by)
			}
		}
	}
	for _, o := range operatorRules {
		if !held[o.name] || o.example == "" {
			t.Errorf("%q has no case, or no example", o.name)
		}
	}
}

// TestShadowedOperators holds the rules that keep a word from a later rule which only some words have, on words made
// for them.
func TestShadowedOperators(t *testing.T) {
	for _, c := range []struct {
		rule string
		unit unit
		next string
	}{
		{"name or figure", unit{folded: "few", kind: name}, "came"},
		{"month of May", unit{folded: "may", capital: true}, "they"},
	} {
		units := []unit{{folded: "they"}, c.unit, {folded: c.next}}
		_, by := operatorOf(operatorRules, units, 1)
		if by != c.rule {
			t.Errorf("%s: by %q", c.rule, by)
		}
	}
}

// TestBoundRules holds each rule of bounds to the number that it is named after, and to nothing else.
func TestBoundRules(t *testing.T) {
	for _, rule := range boundRules {
		text := "They need " + strings.Replace(rule.name, "60", "<60>", 1) + "."
		r, i := unitsOf(t, text)
		if got := boundAt(boundRules, r.units, i); got != rule.meaning {
			t.Errorf("%s: %d, want %d", text, got, rule.meaning)
		}
		off := slices.DeleteFunc(slices.Clone(boundRules), func(b boundRule) bool { return b.name == rule.name })
		if got := boundAt(off, r.units, i); got == rule.meaning {
			t.Errorf("%s: %d without the rule, too", text, got)
		}
	}
	for _, text := range []string{"They need <60>.", "They need most of <60>.", "They went to <60>.",
		"They need 60 or <60>.", "Other than <60> they need."} {
		r, i := unitsOf(t, text)
		if got := boundAt(boundRules, r.units, i); got != exactly {
			t.Errorf("%s: %d, want an exact number", text, got)
		}
	}
}
