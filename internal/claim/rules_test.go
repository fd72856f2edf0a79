package claim_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/qualifier"
	"pilcrow/internal/claim/verdict"
)

// A ruleCase is a file of testdata/rules: a text, what is found of statements about it, and the rule that decides the
// first of them. The others are near misses, or the same kind in other words.
type ruleCase struct {
	file     string
	rule     string
	document article.Document
	claims   []ruleClaim
}

type ruleClaim struct{ verdict, text string }

func readCases(t testing.TB, pattern string) []ruleCase {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var all []ruleCase
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := ruleCase{file: filepath.Base(name), document: article.Document{Slug: "text"}}
		var texts []string
		for line := range strings.Lines(string(data)) {
			key, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			switch {
			case !ok:
				t.Fatalf("%s: no key in %q", name, line)
			case key == "rule":
				c.rule = value
			case key == "title":
				c.document.Title = value
			case key == "paragraph":
				texts = append(texts, value)
			default:
				c.claims = append(c.claims, ruleClaim{key, value})
			}
		}
		c.document.Passages = passages("text", texts...)
		all = append(all, c)
	}
	return all
}

// decide checks the claims of a case without what is off.
func (c *ruleCase) decide(without premise.Off) []claim.Finding {
	context := premise.New(c.document)
	context.Off = without
	var found []claim.Finding
	for _, s := range c.claims {
		found = append(found, check.All(s.text, c.document.Passages, func(string) *premise.Context { return context }))
	}
	return found
}

// TestRules holds that each rule has a case, that the case comes out as it says, and that its first claim comes out
// otherwise, or for another reason, where the rule is switched off.
func TestRules(t *testing.T) {
	held := map[string]bool{}
	for _, c := range readCases(t, "testdata/rules/*.txt") {
		t.Run(c.rule, func(t *testing.T) {
			found := c.decide(premise.Off{})
			for i, f := range found {
				if got := f.Verdict.String(); got != c.claims[i].verdict {
					t.Errorf("%s: %s by %q (%s), want %s", c.claims[i].text, got, f.Rule, f.Why, c.claims[i].verdict)
				}
			}
			if found[0].Rule != c.rule {
				t.Errorf("%s: decided by %q (%s)", c.claims[0].text, found[0].Rule, found[0].Why)
			}
			without := c.decide(premise.Off{Rule: c.rule})
			if without[0].Verdict == found[0].Verdict && without[0].Why == found[0].Why {
				t.Errorf("%s: %v by %q without the rule, too", c.claims[0].text, without[0].Verdict, without[0].Rule)
			}
		})
		held[c.rule] = true
	}
	for _, r := range verdict.Refusals {
		if !held[r.Name] {
			t.Errorf("no case for %q", r.Name)
		}
		if r.Example == "" {
			t.Errorf("no example of %q", r.Name)
		}
	}
}

// TestInferences holds that each way to say the same by another construction has a case whose first claim is not
// supported without it, and that all others of the case come out as they say.
func TestInferences(t *testing.T) {
	held := map[string]bool{}
	for _, c := range readCases(t, "testdata/inferences/*.txt") {
		held[c.rule] = true
		for i, f := range c.decide(premise.Off{}) {
			if want := c.claims[i].verdict; f.Verdict.String() != want && (want != "false" || f.Verdict == claim.Supported) {
				t.Errorf("%s: %s: %v by %q (%s), want %s", c.file, c.claims[i].text, f.Verdict, f.Rule, f.Why, want)
			}
		}
		f := c.decide(premise.Off{Inference: c.rule})[0]
		if f.Verdict == claim.Supported {
			t.Errorf("%s: supported without %q, too", c.claims[0].text, c.rule)
		}
	}
	for _, f := range inference.Inferences {
		if !held[f.Name] || f.Example == "" {
			t.Errorf("no case for %q, or no example", f.Name)
		}
	}
}

// TestTakenBack holds that each takeBack has a case whose first claim is supported without it, and that all claims of
// the case come out as they say.
func TestTakenBack(t *testing.T) {
	held := map[string]bool{}
	for _, c := range readCases(t, "testdata/takenback/*.txt") {
		held[c.rule] = true
		for i, f := range c.decide(premise.Off{}) {
			if want := c.claims[i].verdict; f.Verdict.String() != want && (want != "false" || f.Verdict == claim.Supported) {
				t.Errorf("%s: %s: %v by %q (%s), want %s", c.file, c.claims[i].text, f.Verdict, f.Rule, f.Why, want)
			}
		}
		f := c.decide(premise.Off{TakeBack: c.rule})[0]
		if f.Verdict != claim.Supported {
			t.Errorf("%s: %v by %q without %q, too", c.claims[0].text, f.Verdict, f.Rule, c.rule)
		}
	}
	for _, w := range qualifier.TakeBacks {
		if !held[w.Name] || w.Example == "" {
			t.Errorf("no case for %q, or no example", w.Name)
		}
	}
}

// TestKinds holds kinds of false and true statements that no single rule makes, each with variants: testdata/kinds.
// "false" is anything but supported, "open" neither that nor contradicted.
func TestKinds(t *testing.T) {
	for _, c := range readCases(t, "testdata/kinds/*.txt") {
		for i, f := range c.decide(premise.Off{}) {
			got, want := f.Verdict.String(), c.claims[i].verdict
			ok := got == want || want == "false" && f.Verdict != claim.Supported || want == "open" &&
				f.Verdict != claim.Contradicted
			if !ok {
				t.Errorf("%s: %s: %s by %q (%s), want %s", c.file, c.claims[i].text, got, f.Rule, f.Why, want)
			}
		}
	}
}
