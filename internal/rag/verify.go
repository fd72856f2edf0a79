package rag

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
)

// Verify decides sentence by sentence what may be shown of a draft that no model wrote, against the passages that it was made from; a
// model's draft goes through review. contexts gives what is known of a passage's whole document, and may return nil. Verify is pure: the same
// arguments give the same result.
func Verify(d Draft, passages []article.Passage, contexts func(slug string) *claim.Context) (kept []Sentence, withheld []Withheld) {
	v := verifier{passages, contexts}
	sentences := d.Sentences
	if sentences == nil {
		sentences = parseDraft(d.Text)
	}
	for _, s := range sentences {
		sentence, why := v.verify(s)
		switch {
		case !why.None():
			withheld = append(withheld, Withheld{Text: s.Text, Why: why})
		case !slices.ContainsFunc(kept, func(k Sentence) bool { return k.Text == sentence.Text }): // models repeat themselves
			kept = append(kept, sentence)
		}
	}
	return kept, withheld
}

// verifier holds what every sentence is held against.
type verifier struct {
	passages []article.Passage
	contexts func(slug string) *claim.Context
}

// verify returns the sentence as it may be shown, or why it may not.
func (v verifier) verify(s Drafted) (Sentence, lang.Sentence) {
	var cited []article.Passage
	outside := 0
	for _, n := range s.Cites {
		if n < 1 || n > len(v.passages) {
			outside = n
			continue
		}
		cited = append(cited, v.passages[n-1])
	}
	if p, ok := verbatim(s.Text, cited); ok {
		return Sentence{Text: s.Text, Citations: []article.Ref{p.Ref}}, lang.Sentence{}
	}
	f := claim.CheckAll(s.Text, cited, v.contexts)
	if f.Verdict != claim.Supported {
		if repaired := claim.CheckAll(s.Text, v.passages, v.contexts); repaired.Verdict == claim.Supported {
			f = repaired
		}
	}
	if f.Verdict != claim.Supported {
		switch {
		case len(cited) == 0 && outside != 0:
			return Sentence{}, lang.Say("it cites passage %d, and %d were given", outside, len(v.passages))
		case len(cited) == 0 && f.Verdict != claim.NotAClaim:
			return Sentence{}, lang.Say("it cites no paragraph, and none that was found supports it")
		case f.Why.None():
			return Sentence{}, lang.Say("the cited paragraph does not say it")
		}
		return Sentence{}, f.Why
	}
	text := s.Text
	if f.Rewritten != "" {
		text = f.Rewritten
	}
	text, why := claim.CutQuotations(text, v.named(f.Refs))
	if !why.None() {
		return Sentence{}, why
	}
	return Sentence{Text: text, Citations: f.Refs}, lang.Sentence{}
}

// named returns the passages that the references name.
func (v verifier) named(refs []article.Ref) []article.Passage {
	var out []article.Passage
	for _, p := range v.passages {
		if slices.Contains(refs, p.Ref) {
			out = append(out, p)
		}
	}
	return out
}

// verbatim finds the passage that has the sentence as one of its own, byte for byte: there is nothing to check in it.
func verbatim(text string, passages []article.Passage) (article.Passage, bool) {
	for _, p := range passages {
		if !strings.Contains(p.Text, text) {
			continue
		}
		for _, span := range article.Sentences(p.Text) {
			if span.Of(p.Text) == text {
				return p, true
			}
		}
	}
	return article.Passage{}, false
}
