package claim_test

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/words"
)

// unitsOf reads a text, and finds its unit with a word: the one in brackets.
func unitsOf(t *testing.T, marked string) (*syntax.Analysis, int) {
	t.Helper()
	before, rest, ok := strings.Cut(marked, "<")
	word, after, closed := strings.Cut(rest, ">")
	if !ok || !closed {
		t.Fatalf("no word in brackets: %s", marked)
	}
	text := before + word + after
	c := premise.New(article.Document{Slug: "text", Passages: passages("text", text, "The end.")})
	r := c.Read(text, words.Tokenize(text))
	i := slices.IndexFunc(r.Units, func(u syntax.Unit) bool { return u.Start == len(before) })
	if i < 0 {
		t.Fatalf("no unit at %q", word)
	}
	return r, i
}

// operatorCases have for each rule a word that it decides, and near misses that another rule decides, or none.
var operatorCases = []struct {
	rule, text string
	want       syntax.Operator
	misses     []string
}{
	{"name or figure", "They met Dan <Few> there.", syntax.None, []string{"<Few> met there."}},
	{"answer", "<No>, the missile did not explode.", syntax.None, []string{"There was <no> missile."}},
	{"no matter", "They came, <no> matter how late.", syntax.None, []string{"There is <no> paper."}},
	{"not only", "It is open <not> only in summer.", syntax.None, []string{"It is <not> open in summer."}},
	{"no alone", "<No>.", syntax.None, []string{"The answer was <no>."}},
	{"negator", "It is <not> open.", syntax.Negates, []string{"It is <now> open."}},
	{"noun of denial", "The <denial> came late.", syntax.Negates, []string{"The <reply> came late."}},
	{"verb of denial", "The missile <failed> to explode.", syntax.Negates, []string{"The plan <failed>."}},
	{"not only, the limit", "It is not <only> old.", syntax.None, []string{"It is <only> old."}},
	{"limiter", "It is <only> old.", syntax.Limits, []string{"It is <also> old."}},
	{"superlative", "It is the <most> beautiful dam.", syntax.None, []string{"They saw <most> dams."}},
	{"half", "<Half> of them left.", syntax.None, []string{"<All> of them left."}},
	{"at all", "Nobody came at <all>.", syntax.None, []string{"<All> came."}},
	{"amount", "<Some> came.", syntax.Amount, []string{"<Men> came."}},
	{"month of May", "They came on a Monday in <May>.", syntax.None, []string{"They <may> come."}},
	{"hedge", "They <may> come.", syntax.Hedge, []string{"They <will> come."}},
	{"plan", "They <plan> to come.", syntax.Hedge, []string{"They <plan> the dam."}},
	{"it is believed that", "It is <believed> that they come.", syntax.Hedge, []string{"They <believed> that it comes."}},
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
		op, by := syntax.OperatorOf(syntax.OperatorRules, r.Units, i)
		if op != c.want || by != c.rule {
			t.Errorf("%s: %d by %q, want %d by %q", c.text, op, by, c.want, c.rule)
		}
		if op != syntax.None && !syntax.MayOperate(r.Units, i) {
			t.Errorf("%s: passed over", c.text)
		}
		off := slices.DeleteFunc(slices.Clone(syntax.OperatorRules),
			func(o syntax.OperatorRule) bool { return o.Name == c.rule })
		if op, _ := syntax.OperatorOf(off, r.Units, i); op == c.want {
			t.Errorf("%s: %d without %q, too", c.text, op, c.rule)
		}
		for _, miss := range c.misses {
			r, i := unitsOf(t, miss)
			if _, by := syntax.OperatorOf(syntax.OperatorRules, r.Units, i); by == c.rule {
				t.Errorf("%s: by %q", miss, by)
			}
		}
	}
	for _, o := range syntax.OperatorRules {
		if !held[o.Name] || o.Example == "" {
			t.Errorf("%q has no case, or no example", o.Name)
		}
	}
}

// TestShadowedOperators holds the rules that keep a word from a later rule which only some words have, on words made
// for them.
func TestShadowedOperators(t *testing.T) {
	for _, c := range []struct {
		rule string
		unit syntax.Unit
		next string
	}{
		{"name or figure", syntax.Unit{Folded: "few", Kind: syntax.Name}, "came"},
		{"month of May", syntax.Unit{Folded: "may", Capital: true}, "they"},
	} {
		units := []syntax.Unit{{Folded: "they"}, c.unit, {Folded: c.next}}
		_, by := syntax.OperatorOf(syntax.OperatorRules, units, 1)
		if by != c.rule {
			t.Errorf("%s: by %q", c.rule, by)
		}
	}
}

// TestBoundRules holds each rule of bounds to the number that it is named after, and to nothing else.
func TestBoundRules(t *testing.T) {
	for _, rule := range syntax.BoundRules {
		text := "They need " + strings.Replace(rule.Name, "60", "<60>", 1) + "."
		r, i := unitsOf(t, text)
		if got := syntax.BoundAt(syntax.BoundRules, r.Units, i); got != rule.Meaning {
			t.Errorf("%s: %d, want %d", text, got, rule.Meaning)
		}
		off := slices.DeleteFunc(slices.Clone(syntax.BoundRules),
			func(b syntax.BoundRule) bool { return b.Name == rule.Name })
		if got := syntax.BoundAt(off, r.Units, i); got == rule.Meaning {
			t.Errorf("%s: %d without the rule, too", text, got)
		}
	}
	for _, text := range []string{"They need <60>.", "They need most of <60>.", "They went to <60>.",
		"They need 60 or <60>.", "Other than <60> they need."} {
		r, i := unitsOf(t, text)
		if got := syntax.BoundAt(syntax.BoundRules, r.Units, i); got != quantity.Exactly {
			t.Errorf("%s: %d, want an exact number", text, got)
		}
	}
}
