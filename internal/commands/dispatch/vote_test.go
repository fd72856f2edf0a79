package dispatch

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/feedback"
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
			return a.Label == "👍" && a.Args[feedback.AnswerParam] == voteAction(answer).Args[feedback.AnswerParam]
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
		if _, err := w.try(as(ann, home), "vote", commands.Args{feedback.AnswerParam: written, "up": "true"}); err == nil {
			t.Errorf("%q is an answer", written)
		}
	}
}
