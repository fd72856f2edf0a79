package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/followup"
)

func TestAskGoesOn(t *testing.T) {
	table := newTable(t, folder)
	keeper := []followup.Turn{{Question: "Who kept the lighthouse at Skarvik?", Answer: "Its keeper was Henrik Dahl, a " +
		"retired sailor.",
		Cited: []article.Ref{{Slug: "lighthouse", N: 1}}}}
	silent := []followup.Turn{{Question: "Who paints the ferry?", Cited: []article.Ref{{Slug: "ferry", N: 1}}}}
	for _, c := range []struct {
		name, question string
		turns          []followup.Turn
		readAs         string // "" for not at all
		want           string
	}{
		{"he", "what was he before?", keeper, "What was Henrik Dahl before?", "retired sailor"},
		{"it stands alone", "How many passengers does the ferry carry?", keeper, "", "40 passengers"},
		{"nothing before", "How many passengers does the ferry carry?", nil, "", "40 passengers"},
		{"yes to the nearest of several documents", "yes", silent, "What does paragraph 1 say?", "sails twice a day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			reply, err := table.Run(t.Context(), "ask", commands.Input{Args: commands.Args{"question": c.question},
				Turns: c.turns, From: commands.Chat})
			if err != nil {
				t.Fatal(err)
			}
			got := text(reply)
			if _, rest, read := strings.Cut(got, "Read as: "); read != (c.readAs != "") || !strings.HasPrefix(rest, c.readAs) {
				t.Errorf("want read as %q:\n%s", c.readAs, got)
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("no %q in:\n%s", c.want, got)
			}
		})
	}
}

func TestAskDoesNotGoOnOutsideItsScope(t *testing.T) {
	table := newTable(t, folder)
	turns := []followup.Turn{{Question: "Who paints the lighthouse?",
		Cited: []article.Ref{{Slug: "lighthouse", N: 1}, {Slug: "gone", N: 99}}}}
	reply, err := table.Run(t.Context(), "ask", commands.Input{Args: commands.Args{"question": "yes"}, Turns: turns,
		Scope: []string{"ferry"}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text(reply), "Skarvik") {
		t.Errorf("a document out of scope shows:\n%s", text(reply))
	}
}
