package claim_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
)

// Mutations beyond those that the project names.
var furtherMutations = []mutation{{"strengthened", strengthen}, {"exchanged", exchange}, {"stripped", strip}}

var stronger = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(` at least (\d)`), " more than $1"},
	{regexp.MustCompile(` at least (\d)`), " at most $1"},
	{regexp.MustCompile(` up to (\d)`), " at least $1"},
	{regexp.MustCompile(` more than (\d)`), " less than $1"},
	{regexp.MustCompile(` over (\d)`), " under $1"},
	{regexp.MustCompile(` most of `), " all of "},
	{regexp.MustCompile(` [Ss]ome of `), " all of "},
	{regexp.MustCompile(`\bSome `), "All "},
	{regexp.MustCompile(`\bMost `), "All "},
	{regexp.MustCompile(` many `), " all "},
	{regexp.MustCompile(` several `), " most "},
	{regexp.MustCompile(` (?:may|might|could) `), " will "},
	{regexp.MustCompile(` (?:probably|possibly|perhaps|allegedly|reportedly|apparently) `), " "},
	{regexp.MustCompile(` likely to `), " certain to "},
	{regexp.MustCompile(` (suspected|alleged) `), " "},
	{regexp.MustCompile(` is one of the `), " is the only one of the "},
	{regexp.MustCompile(` often `), " always "},
	{regexp.MustCompile(` before `), " after "},
	{regexp.MustCompile(` after `), " before "},
	{regexp.MustCompile(` more `), " less "},
	{regexp.MustCompile(` increased `), " decreased "},
	{regexp.MustCompile(` attempted to (\w+)`), " managed to $1"},
}

func strengthen(r *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	order := r.Perm(len(stronger))
	for _, k := range order {
		if m := stronger[k].pattern.FindStringSubmatchIndex(s.sentence); m != nil && !inQuotes(s.sentence, m[0]) {
			with := stronger[k].pattern.ExpandString(nil, stronger[k].with, s.sentence, m)
			return s.sentence[:m[0]] + string(with) + s.sentence[m[1]:], s.passage, true
		}
	}
	return "", s.passage, false
}

var actionRun = regexp.MustCompile(`\b([A-Z][a-z]{2,}(?: [A-Z][a-z]+)*) (attacked|defeated|invaded|conquered|` +
	`criticized|supported|succeeded|accused|married|killed|captured|led|ruled|founded|replaced|joined|visited|blamed|` +
	`besieged|appointed|granted|forced|asked|told|gave|sent|rejects|launched|rejected|condemned|demanded|demands|` +
	`copied|opposed|followed|preceded|influenced|persuaded|helped|controls|controlled)\b([^.,;` +
	`]*?)\b([A-Z][a-z]{2,}(?: [A-Z][a-z]+)*)`)

// exchange makes the one who acts the one who is acted upon.
func exchange(_ *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	m := actionRun.FindStringSubmatchIndex(s.sentence)
	if m == nil || inQuotes(s.sentence, m[0]) {
		return "", s.passage, false
	}
	a, b := s.sentence[m[2]:m[3]], s.sentence[m[8]:m[9]]
	if related(a, b) || !slices.Contains(s.document.names, a) || !slices.Contains(s.document.names, b) {
		return "", s.passage, false
	}
	return s.sentence[:m[2]] + b + s.sentence[m[3]:m[8]] + a + s.sentence[m[9]:], s.passage, true
}

var saidThat = regexp.MustCompile(
	`^[^,“"]{3,60}? (?:said|argued|claimed|believed|stated|suggested|announced) that (\w)`)

// strip takes the speaker away.
func strip(_ *rand.Rand, s source, _ *mutable) (string, article.Passage, bool) {
	m := saidThat.FindStringSubmatchIndex(s.sentence)
	if m == nil {
		return "", s.passage, false
	}
	return strings.ToUpper(s.sentence[m[2]:m[3]]) + s.sentence[m[3]:], s.passage, true
}

func TestFurtherMutations(t *testing.T) {
	all := sources(loadMutable(t))
	r := rand.New(rand.NewPCG(4, 2022))
	const examples = 30
	for _, m := range furtherMutations {
		made, through := 0, 0
		for _, s := range all {
			text, p, ok := m.apply(r, s, s.document)
			if !ok || text == s.sentence {
				continue
			}
			made++
			got := check.One(text, p, s.document.context)
			if got.Verdict != claim.Supported || m.kind == "stripped" && got.Rewritten != "" {
				continue
			}
			if through++; through <= examples && testing.Verbose() {
				t.Logf("%s let through (%.2f): %s\n      was: %s", m.kind, got.Score, text, s.sentence)
			}
		}
		t.Logf("%-13s %6d made, %4d let through (%.2f %%)", m.kind, made, through, 100*float64(through)/float64(max(made, 1)))
		if float64(through) > max(maxLetThrough*float64(made), 2) {
			t.Errorf("%s: %d of %d let through", m.kind, through, made)
		}
	}
}

// harmless edits change how a sentence is printed, or say what the paragraph says.
var harmless = []struct {
	name    string
	pattern *regexp.Regexp
	with    string
}{
	{"percent sign", regexp.MustCompile(`(\d) percent\b`), "$1%"},
	{"percent word", regexp.MustCompile(`(\d)%`), "$1 percent"},
	{"no comma", regexp.MustCompile(`\b(\d{1,3}),(\d{3})\b`), "$1$2"},
	{"day first", regexp.MustCompile(`\b(January|February|March|April|May|June|July|August|September|October|November|` +
		`December) (\d{1,2})\b`), "$2 $1"},
	{"curly marks", regexp.MustCompile(`"([^"]*)"`), "“$1”"},
	{"straight apostrophe", regexp.MustCompile(`’`), "'"},
	{"says the article", regexp.MustCompile(`^The `), "According to the article, the "},
	{"also", regexp.MustCompile(` (was|were|is|are) `), " $1 also "},
	{"however", regexp.MustCompile(`^(In|The) `), "However, $1 "},
	{"contraction", regexp.MustCompile(` did not `), " didn't "},
	{"did fail", regexp.MustCompile(` failed to `), " did not "},
	{"spelled number", regexp.MustCompile(` three `), " 3 "},
	{"figure", regexp.MustCompile(` 10 `), " ten "},
	{"relative left out", regexp.MustCompile(`, which [^,.]*,`), ""},
	{"brackets left out", regexp.MustCompile(` \([^()]*\)`), ""},
	{"last clause left out", regexp.MustCompile(`^([^“”"]{60,}), (?:and|where|with) [^,“”"]*\.$`), "$1."},
}

func TestHarmlessEdits(t *testing.T) {
	all := sources(loadMutable(t))
	sum, lost := 0, 0
	for _, e := range harmless {
		made, withheld := 0, 0
		for _, s := range all {
			text := e.pattern.ReplaceAllString(s.sentence, e.with)
			if text == s.sentence || e.name == "curly marks" && strings.Count(s.sentence, `"`)%2 == 1 {
				continue
			}
			made++
			sum++
			if got := check.One(text, s.passage, s.document.context); got.Verdict != claim.Supported &&
				got.Verdict != claim.Reported {
				lost++
				if withheld++; withheld <= 4 && testing.Verbose() {
					t.Logf("%s: %v %s %.2f %s\n    %s", e.name, got.Verdict, got.Check, got.Score, got.Why, text)
				}
			}
		}
		t.Logf("%-20s %5d made, %4d withheld (%.2f %%)", e.name, made, withheld, 100*float64(withheld)/float64(max(made, 1)))
	}
	if float64(lost) > maxWithheld*float64(sum) {
		t.Errorf("%d of %d withheld", lost, sum)
	}
}
