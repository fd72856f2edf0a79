package dispatch

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/store/storetest"
)

func TestTellTheAdmins(t *testing.T) {
	storetest.OfSQLite(t)
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	asked := w.run(as(ann, home), "ask", commands.Args{"question": notCovered})
	if !asked.Nothing {
		t.Fatalf("it is answered:\n%s", text(asked))
	}
	if found := w.traces("zinc"); found != nil {
		t.Errorf("a question is stored without consent in %v", found)
	}
	_, err := w.tryClick(as(bob, home), asked, "Tell the admins", nil)
	w.refused(err, "Only who asked")
	_, err = w.tryClick(as(ann, away2), asked, "Tell the admins", nil)
	w.refused(err, "no longer know")
	kept := w.click(as(ann, home), asked, "Tell the admins", nil)
	w.want(kept, notCovered, "without your name")
	if found := w.traces(ann); found != nil {
		t.Errorf("the user id is in %v", found)
	}
	w.want(w.click(as(ann, home), kept, "Tell me", nil), "write to you privately", "user id is stored")
	if w.traces(ann) == nil {
		t.Error("the wish is not stored")
	}
	_, err = w.tryClick(as(bob, home), kept, "Tell me", nil)
	w.refused(err, "no longer kept")
	r := w.run(admin, "gaps", nil)
	w.want(r, "1. “"+notCovered+"”", "asked once", "1 wants to be told", "Nearest")
	if got := text(w.run(commands.Input{Person: bob, Server: away2, From: commands.Chat, Admin: true}, "gaps",
		nil)); strings.Contains(got,
		"zinc") {
		t.Errorf("another server sees it:\n%s", got)
	}
	_, err = w.try(as(bob, home), "gaps", nil)
	w.refused(err, "manage the server")
	_, err = w.tryClick(as(bob, home), r, "Dismiss", nil)
	w.refused(err, "manage the server")
	w.want(w.click(as(ann, home), kept, "Take it back", nil), "taken back")
	w.want(w.run(admin, "gaps", nil), "No question is waiting")
	for _, of := range []string{ann, "zinc"} {
		w.run(as(ann, home), "forget", nil)
		if found := w.traces(of); found != nil {
			t.Errorf("%q is in %v", of, found)
		}
	}

	w.restart()
	_, err = w.tryClick(as(ann, home), asked, "Tell the admins", nil)
	w.refused(err, "ask it again")
	// The message that has the button repeats the question: who asked it is known by that.
	for who, want := range map[string]string{ann: "", bob: "ask it again"} {
		in := as(who, home)
		in.Asked = notCovered
		r, err := w.tryClick(in, asked, "Tell the admins", nil)
		if want != "" {
			w.refused(err, want)
		} else if err != nil || !strings.Contains(text(r), notCovered) {
			t.Errorf("%v, %s", err, text(r))
		}
	}
}

func TestGapsList(t *testing.T) {
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	for i, question := range []string{"Who paints the ferry with zinc?", "does anybody know who painted the ferry with " +
		"zinc", "Is there a cinema in Zweibach?",
		"Why did the elephant escape?", "How tall is the tower of Babel?", "When did the volcano erupt?"} {
		in := as(ann+string(rune('0'+i)), home)
		w.click(in, w.run(in, "ask", commands.Args{"question": question}), "Tell the admins", nil)
	}
	r := w.run(admin, "gaps", nil)
	w.want(r, "1. “Who paints", "Also asked: “who painted the ferry", "asked 2 times", "Page 1 of 2")
	if strings.Contains(text(r), "5. ") || strings.Contains(text(r), ann) {
		t.Errorf("%s", text(r))
	}
	next := w.click(admin, r, "Next", nil)
	w.want(next, "5. “", "Page 2 of 2")
	w.want(w.click(admin, r, "1: Dismiss", nil), "Forgotten: 2 questions")
	_, err := w.tryClick(admin, r, "1: Dismiss", nil)
	w.refused(err, "no longer kept")
	if got := text(w.run(admin, "gaps", nil)); strings.Contains(got, "zinc") {
		t.Errorf("dismissed and there:\n%s", got)
	}
}

func TestAnswerNow(t *testing.T) {
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	kept := w.click(as(ann, home), w.run(as(ann, home), "ask", commands.Args{"question": notCovered}), "Tell the admins",
		nil)
	w.click(as(ann, home), kept, "Tell me", nil)
	list := w.run(admin, "gaps", nil)
	for form, says := range map[*commands.Args]string{
		{}:                                       "Write the answer",
		{"content": "a", "address": "b"}:         "one of the three",
		{"address": "no address"}:                "no address",
		{"content": "a", "published": "someday"}: "is no day",
	} {
		_, err := w.tryClick(admin, list, "1: Answer now", *form)
		w.refused(err, says)
	}
	preview := w.click(admin, list, "1: Answer now", commands.Args{"content": "The ferry is painted with zinc by Marta " +
		"Olin.\n\nShe does so each spring."})
	w.want(preview, notCovered, "Marta Olin")
	w.click(admin, preview, "Confirm", nil)
	m := feedback.NewMinder(w.feedback)
	m.Round(t.Context())
	if len(w.told[ann]) != 1 {
		t.Errorf("told %v", w.told)
	}
	_, err := w.tryClick(admin, list, "1: Answer now", commands.Args{"content": "again"})
	w.refused(err, "no longer kept")
	if answer := w.run(as(bob, home), "ask", commands.Args{"question": notCovered}); answer.Nothing {
		t.Errorf("%s", text(answer))
	}
	if answer := w.run(as(bob, away2), "ask", commands.Args{"question": notCovered}); !answer.Nothing {
		t.Errorf("another server has it:\n%s", text(answer))
	}
}

func TestRecordQuestions(t *testing.T) {
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	w.want(w.run(as(ann, home), "privacy", nil), "no question, no answer and no user id")
	w.want(w.run(admin, "gaps", commands.Args{"record": "on"}), "without who asked")
	w.want(w.run(as(ann, home), "ask", commands.Args{"question": notCovered}),
		"kept for the admins of this server, without "+
			"your name")
	w.run(as(bob, home), "ask", commands.Args{"question": notCovered}) // from memory: not counted again
	w.run(as(bob, away2), "ask", commands.Args{"question": "Who paints the lighthouse?"})
	w.want(w.run(admin, "gaps", nil), notCovered, "asked once", "record:off")
	w.want(w.run(as(ann, home), "privacy", nil), "keep every question")
	if got := text(w.run(as(ann, away2), "privacy", nil)); strings.Contains(got, "keep every question") {
		t.Errorf("another server:\n%s", got)
	}
	for _, person := range []string{ann, bob} {
		if found := w.traces(person); found != nil {
			t.Errorf("%s is in %v", person, found)
		}
	}
	w.run(admin, "gaps", commands.Args{"record": "off"})
	w.run(as(ann, home), "ask", commands.Args{"question": "Who feeds the seal named Quill?"})
	if found := w.traces("Quill"); found != nil {
		t.Errorf("a question is in %v", found)
	}
}

// The longest page fits one message of 2,000 characters, as only one can be turned.
func TestGapsPageFits(t *testing.T) {
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	words := strings.Split("zinc brass copper iron silver gold tin lead nickel cobalt", " ")
	for i, word := range words {
		for n := range 3 {
			question := "Who " + word + strings.Repeat(" "+word+"worker", 1+n) +
				strings.Repeat(" paints it over and over again", 9) + "?"
			in := as(ann+string(rune('a'+i)), home)
			w.click(in, w.run(in, "ask", commands.Args{"question": question}), "Tell the admins", nil)
		}
		in := as(ann+string(rune('a'+i)), home)
		w.click(in, w.run(in, "ask", commands.Args{"question": covered}), "👎",
			commands.Args{"reason": "not supported", "comment": strings.Repeat("nonsense ", 50)})
	}
	r := w.run(admin, "gaps", nil)
	if n := utf8.RuneCountInString(text(r)); n > 1_900 ||
		!slices.ContainsFunc(r.Actions, func(a commands.Action) bool { return a.Turn }) {
		t.Errorf("%d characters:\n%s", n, text(r))
	}
}
