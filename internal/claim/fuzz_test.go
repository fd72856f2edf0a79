package claim_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
)

// FuzzCheck holds what must be true of any sentence and any passage.
func FuzzCheck(f *testing.F) {
	for _, p := range harbor.Passages {
		f.Add("The board said “no city can spend” 12% on March 3.", p.Text)
	}
	f.Add("“a” … “b”", "\xff“a” ‘b’ … \u200b c")
	f.Add("Ada (3 May 1810 – 9 June 1868) said, said she, according to", "Ada (3 May 1810 – 9 June 1868).")
	f.Fuzz(func(t *testing.T, sentence, text string) {
		text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "?")
		d := article.Document{Slug: "a", Title: "A", Passages: passages("a", text, harbor.Passages[0].Text)}
		c := premise.New(d)
		r := check.One(sentence, d.Passages[0], c)
		if r.Verdict < claim.Supported || r.Verdict > claim.NotAClaim || r.Score < 0 || r.Score > 1.000001 {
			t.Fatalf("%+v", r)
		}
		if r.Why.None() != (r.Verdict == claim.Supported) {
			t.Fatalf("%v because %q", r.Verdict, r.Why)
		}
		for _, s := range r.Evidence {
			if s.Start < 0 || s.End > len(text) || s.Start >= s.End || !utf8.ValidString(s.Of(text)) {
				t.Fatalf("evidence %v of %d bytes", s, len(text))
			}
		}
		if again := check.One(sentence, d.Passages[0], c); again.Verdict != r.Verdict || again.Why != r.Why ||
			again.Rewritten != r.Rewritten {
			t.Fatalf("first %+v, then %+v", r, again)
		}
		check.All(sentence, d.Passages, func(string) *premise.Context { return c })
	})
}

// FuzzCutQuotations holds that every quotation shown is a slice of a passage.
func FuzzCutQuotations(f *testing.F) {
	f.Add("He said “no city … it does not have” and \"acted lawfully\".", harbor.Passages[1].Text)
	f.Add("'as it were so' she'd said", "as it were so “x")
	f.Add("“\"a b\" c”", "a b\" c")
	f.Fuzz(func(t *testing.T, sentence, text string) {
		text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "?")
		sentence = strings.ToValidUTF8(sentence, "?")
		got, why := attribution.CutQuotations(sentence, passages("a", text))
		if !why.None() {
			return
		}
		for _, span := range syntax.Quoted(got) {
			said := strings.TrimFunc(span.Of(got),
				func(r rune) bool { return attribution.EndMark(r) || strings.ContainsRune("\"“”„«»", r) })
			if said != "" && !strings.Contains(text, said) {
				t.Fatalf("%q shows %q, which is not in %q", got, said, text)
			}
		}
	})
}
