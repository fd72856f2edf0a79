package dispatch

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
)

func TestVote(t *testing.T) {
	w := newTown(t)
	answer := w.run(as(ann, home), "ask", commands.Args{"question": covered})
	w.want(w.click(as(ann, home), answer, "👍", nil), "Your 👍 is counted", "180 days")
	w.restart() // the button carries what it needs
	w.want(w.click(as(ann, home), answer, "👎", commands.Args{"reason": "not supported", "comment": "It is forty-one."}),
		"is 👎 now")
	w.want(w.click(as(bob, home), answer, "👎", nil), "Your 👎 is counted")
	w.click(as(bob, away2), answer, "👍", nil) // of another server
	if _, err := w.tryClick(as(ann, home), answer, "👎", commands.Args{"reason": "because"}); err == nil {
		t.Error("a reason of somebody's own is taken")
	}
	if _, err := w.tryClick(as(ann, ""), answer, "👍", nil); err == nil {
		t.Error("a vote outside of servers is taken")
	}
	admin := as(bob, home)
	admin.Admin = true
	r := w.run(admin, "gaps", nil)
	w.want(r, "0 👍, 2 👎, of them 1 “not supported”", "A comment on an answer (not supported): “It is forty-one.”",
		"voted down: [¶")
	if got := text(w.click(admin, r, "¶", nil)); !strings.Contains(got, "40 passengers") {
		t.Errorf("the paragraph that disappoints:\n%s", got)
	}
	if again := w.run(as(ann, home), "ask",
		commands.Args{"question": "how many  passengers does the FERRY carry?"}); !slices.ContainsFunc(again.Actions,
		func(a commands.Action) bool {
			return a.Label == "👍" && a.Args[answerParam] == voteAction(answer).Args[answerParam]
		}) {
		t.Error("the same question again is another answer to vote on")
	}
	for name, in := range map[string]commands.Input{"a private conversation": as(ann, ""), "a terminal": {}} {
		if r := w.run(in, "ask", commands.Args{"question": covered}); voteAction(r).Command != "" {
			t.Errorf("%s has votes", name)
		}
	}
}

func voteAction(r commands.Reply) commands.Action {
	if i := slices.IndexFunc(r.Actions, func(a commands.Action) bool { return a.Command == "vote" }); i >= 0 {
		return r.Actions[i]
	}
	return commands.Action{}
}

func TestVotedAnswersAreNotTrusted(t *testing.T) {
	w := newTown(t)
	for _, written := range []string{"", "x", "0123456789ab ferry", "0123456789ab ferry#", "0123456789abc",
		"0123456789ab  ferry#1", "0123456789ab\nferry#1"} {
		if _, err := w.try(as(ann, home), "vote", commands.Args{answerParam: written, "up": "true"}); err == nil {
			t.Errorf("%q is an answer", written)
		}
	}
	v, err := w.View(as(ann, home))
	if err != nil {
		t.Fatal(err)
	}
	key, cites, ok := readVoted("0123456789ab ferry#1,1,99,0 nowhere#1 lighthouse#1", v)
	if !ok || key != "0123456789ab" || !slices.Equal(cites,
		[]article.Ref{{Slug: "ferry", N: 1}, {Slug: "lighthouse", N: 1}}) {
		t.Errorf("%q %v %v", key, cites, ok)
	}
}

func FuzzReadVoted(f *testing.F) {
	f.Add("0123456789ab ferry#1,2 mill#3")
	f.Fuzz(func(t *testing.T, written string) {
		v := access.View{Documents: []article.Document{{Slug: "ferry", Passages: make([]article.Passage, 2)}}}
		key, cites, ok := readVoted(written, v)
		if ok && len(key) != 12 || len(cites) > maxVoteCites {
			t.Errorf("%q, %v", key, cites)
		}
		for _, ref := range cites {
			if ref.Slug != "ferry" || ref.N < 1 || ref.N > 2 {
				t.Errorf("%v", ref)
			}
		}
	})
}
