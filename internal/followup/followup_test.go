package followup

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/article"
)

var harbor = Names{People: []string{"Henrik Dahl", "Ingrid Palm"},
	Bodies: []string{"Oster", "the Harbor Board", "Board"}}

func TestStandAlone(t *testing.T) {
	ref := article.Ref{Slug: "harbor", N: 3}
	keeper := Turn{"Who kept the lighthouse in 1902?", "Henrik Dahl kept the lighthouse. He was a sailor.",
		[]article.Ref{ref}}
	ferry := Turn{"When did the ferry to Oster sail?", "The ferry sailed in 1984.", []article.Ref{ref}}
	silent := Turn{"Who paints the boats?", "", []article.Ref{{Slug: "harbor", N: 7}}}
	for _, c := range []struct {
		name     string
		turns    []Turn
		question string
		want     string // "" for the question itself
		more     bool
	}{
		{"no conversation", nil, "and why?", "", false},
		{"he is in the answer", []Turn{keeper}, "where did he live?", "Where did Henrik Dahl live?", false},
		{"his", []Turn{keeper}, "what was his salary?", "What was Henrik Dahl's salary?", false},
		{"another year", []Turn{keeper}, "and in 1950?", "Who kept the lighthouse in 1950?", false},
		{"a year alone", []Turn{keeper}, "1950?", "Who kept the lighthouse in 1950?", false},
		{"another thing", []Turn{keeper}, "what about the mill?", "Who kept the mill in 1902?", false},
		{"a correction", []Turn{keeper}, "no, I meant the mill", "Who kept the mill in 1902?", false},
		{"a correction that is a question", []Turn{keeper}, "no, I meant who built the mill", "Who built the mill", false},
		{"another question word", []Turn{ferry}, "why?", "Why did the ferry to Oster sail?", false},
		{"a place after a preposition", []Turn{ferry}, "and to Lund?", "When did the ferry to Lund?", false},
		{"who said that", []Turn{keeper}, "Who said that?", "Who said “Henrik Dahl kept the lighthouse”?", false},
		{"it acts", []Turn{ferry}, "does it carry cars?", "Does the ferry carry cars?", false},
		{"it is what something is done to", []Turn{ferry}, "who built it?", "Who built Oster?", false},
		{"more", []Turn{ferry}, "Tell me more!", "What else about the ferry, Oster?", true},
		{"yes to what came nearest", []Turn{silent}, "yes", "What does paragraph 7 say?", false},
		{"three turns", []Turn{keeper, {"and in 1950?", "Ingrid Palm did.", nil}}, "why?", "Why? (kept, lighthouse, 1950)",
			false},
		{"a correction of what was attached", []Turn{keeper, {"who built it?", "Ingrid Palm did.", []article.Ref{ref}},
			{"why that?", "", []article.Ref{ref}}},
			"no, the mill", "Why that? (built, the mill)", false},
		{"the last turns only", append(slices.Repeat([]Turn{keeper}, 20), ferry), "where?",
			"Where did the ferry to Oster sail?", false},
		{"stands alone", []Turn{keeper}, "When was the mill at Lund built?", "", false},
		{"its own he", []Turn{keeper}, "What did Ingrid Palm say when she left?", "", false},
		{"it is raining", []Turn{ferry}, "How long did it take to repair the lantern?", "", false},
		{"courtesy", []Turn{ferry}, "ok thanks", "", false},
		{"empty", []Turn{ferry}, "  ", "", false},
		{"only marks", []Turn{ferry}, "?!", "", false},
		{"too long", []Turn{ferry}, "why " + strings.Repeat("so ", 1000), "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, changed := c.want, c.want != ""
			if !changed {
				want = strings.TrimSpace(c.question)
			}
			r := StandAlone(c.question, c.turns, harbor)
			if r.Text != want || r.Changed != changed || r.More != c.more {
				t.Errorf("%q → %+v, want %q", c.question, r, want)
			}
			if changed != (len(r.Near) > 0) && c.name != "three turns" {
				t.Errorf("near %v", r.Near)
			}
		})
	}
}

func TestLeans(t *testing.T) {
	for question, want := range map[string]bool{
		"why?": true, "and in 2021?": true, "what did he say?": true, "yes": true, "no, I meant the drone": true,
		"who said that?": true,
		"where is it?":   true, "the drone?": true,
		"When was the mill at Lund built?": false, "hello": false, "": false, "thank you!": false,
	} {
		if Leans(question) != want {
			t.Errorf("%q: want %t", question, want)
		}
	}
}

func FuzzStandAlone(f *testing.F) {
	f.Add("and in 2021?", "How many attacks in 2020?", "There were 12 attacks.", "Abdul Basit")
	f.Add("who said that?", "Will it end?", "“It will,” Mir said.", "Asfandyar Mir")
	f.Add("no, not the drone, the fence", "Who fired the drone?", "", "")
	f.Add("yes", "x", "", "")
	f.Add("its \xff he's they", "What's a fence’s ", "\x00", "é")
	f.Fuzz(func(t *testing.T, question, before, answer, name string) {
		turns := []Turn{{before, answer, []article.Ref{{Slug: "a", N: 1}}}}
		names := Names{People: []string{name}, Bodies: []string{name}}
		r := StandAlone(question, turns, names)
		if r.Changed == (r.Text == strings.TrimSpace(question)) {
			t.Errorf("changed %t: %q → %q", r.Changed, question, r.Text)
		}
		if n := utf8.RuneCountInString(r.Text); r.Changed && (n > maxQuestionRune || strings.TrimSpace(r.Text) == "") {
			t.Errorf("%d characters: %q", n, r.Text)
		}
		if utf8.ValidString(question+before+answer+name) && !utf8.ValidString(r.Text) {
			t.Errorf("%q is not UTF-8", r.Text)
		}
		if again := StandAlone(question, turns, names); again.Text != r.Text {
			t.Errorf("%q, then %q", r.Text, again.Text)
		}
	})
}

func BenchmarkStandAlone(b *testing.B) {
	turns := slices.Repeat([]Turn{{"Who kept the lighthouse in 1902?", "Henrik Dahl kept it.", nil}}, maxTurns)
	for b.Loop() {
		StandAlone("and what did he do in 1950?", turns, harbor)
	}
}
