package commands

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/store"
)

// A town is a table over a store and a library, with the people who use it.
type town struct {
	*Table
	t       *testing.T
	data    string
	store   *store.Store
	library *library.Library
	clock   time.Time
	told    map[string][]Reply // by person
	deaf    error              // what writing to people ends with
}

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{t: t, data: t.TempDir(), clock: time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC), told: map[string][]Reply{}}
	w.open()
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *town) open() {
	w.t.Helper()
	var err error
	if w.store, err = store.Open(w.data); err != nil {
		w.t.Fatal(err)
	}
	parts := rag.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Load: func() (*article.Corpus, error) { return article.Load(folder) }}
	engine, err := rag.New(parts)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := engine.Reload(w.t.Context(), nil); err != nil {
		w.t.Fatal(err)
	}
	parts.Load = nil
	now := func() time.Time { return w.clock }
	if w.library, err = library.Open(w.t.Context(), library.Config{Store: w.store, Shared: engine, Engine: parts, Now: now}); err != nil {
		w.t.Fatal(err)
	}
	w.Table, err = New(Config{Engine: engine, Library: w.library, People: w.store, Now: now,
		Notify: func(_ context.Context, _, person string, r Reply) error {
			if w.deaf == nil {
				w.told[person] = append(w.told[person], r)
			}
			return w.deaf
		}})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) restart() {
	w.t.Helper()
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.open()
}

// ids that stand nowhere else, so that their traces can be looked for.
const (
	ann   = "700000000000000001"
	bob   = "700000000000000002"
	home  = "800000000000000001" // a server
	away2 = "800000000000000002" // another
	plaza = "900000000000000001" // a channel
)

// as is an input of a person in a channel of a server.
func as(person, server string) Input {
	return Input{Person: person, Name: "name of " + person, Server: server, Channels: []string{plaza}, From: Chat}
}

func (w *town) run(in Input, command string, args Args) Reply {
	w.t.Helper()
	r, err := w.try(in, command, args)
	if err != nil {
		w.t.Fatalf("%s %v: %v", command, args, err)
	}
	return r
}

func (w *town) try(in Input, command string, args Args) (Reply, error) {
	in.Args = args
	return w.Run(w.t.Context(), command, in)
}

// click runs what a reply's button carries. form are the fields that a form asks for.
func (w *town) click(in Input, r Reply, label string, form Args) Reply {
	w.t.Helper()
	got, err := w.tryClick(in, r, label, form)
	if err != nil {
		w.t.Fatalf("%s: %v", label, err)
	}
	return got
}

func (w *town) tryClick(in Input, r Reply, label string, form Args) (Reply, error) {
	w.t.Helper()
	i := slices.IndexFunc(r.Actions, func(a Action) bool { return strings.Contains(a.Label, label) })
	if i < 0 {
		w.t.Fatalf("no button %q in %+v", label, r.Actions)
	}
	a := r.Actions[i]
	if !a.fits() || a.Form && a.runes() >= maxCallRunes {
		w.t.Errorf("a button that no message can carry: %+v", a)
	}
	args := Args{}
	for _, from := range []Args{a.Args, form} {
		maps.Copy(args, from)
	}
	return w.try(in, a.Command, args)
}

// want reports what a reply does not say.
func (w *town) want(r Reply, texts ...string) {
	w.t.Helper()
	for _, wanted := range texts {
		if got := text(r); !strings.Contains(got, wanted) {
			w.t.Errorf("no %q in:\n%s", wanted, got)
		}
	}
}

// refused wants a refusal that says so.
func (w *town) refused(err error, says string) {
	w.t.Helper()
	if got, ok := Known(err, lang.Printer{}); !ok || !strings.Contains(got, says) {
		w.t.Errorf("got %v, want a refusal with %q", err, says)
	}
}

func (w *town) traces(of string) (files []string) {
	w.t.Helper()
	err := filepath.WalkDir(w.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(of))) {
			files = append(files, d.Name())
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return files
}

const (
	covered    = "How many passengers does the ferry carry?"
	notCovered = "Who paints the ferry with zinc?"
)

func TestVote(t *testing.T) {
	w := newTown(t)
	answer := w.run(as(ann, home), "ask", Args{"question": covered})
	w.want(w.click(as(ann, home), answer, "👍", nil), "Your 👍 is counted", "180 days")
	w.restart() // the button carries what it needs
	w.want(w.click(as(ann, home), answer, "👎", Args{"reason": "not supported", "comment": "It is forty-one."}), "is 👎 now")
	w.want(w.click(as(bob, home), answer, "👎", nil), "Your 👎 is counted")
	w.click(as(bob, away2), answer, "👍", nil) // of another server
	if _, err := w.tryClick(as(ann, home), answer, "👎", Args{"reason": "because"}); err == nil {
		t.Error("a reason of somebody's own is taken")
	}
	if _, err := w.tryClick(as(ann, ""), answer, "👍", nil); err == nil {
		t.Error("a vote outside of servers is taken")
	}
	admin := as(bob, home)
	admin.Admin = true
	r := w.run(admin, "gaps", nil)
	w.want(r, "0 👍, 2 👎, of them 1 “not supported”", "voted down: [¶")
	if got := text(w.click(admin, r, "¶", nil)); !strings.Contains(got, "40 passengers") {
		t.Errorf("the paragraph that disappoints:\n%s", got)
	}
	if again := w.run(as(ann, home), "ask", Args{"question": "how many  passengers does the FERRY carry?"}); !slices.ContainsFunc(again.Actions,
		func(a Action) bool {
			return a.Label == "👍" && a.Args[answerParam] == voteAction(answer).Args[answerParam]
		}) {
		t.Error("the same question again is another answer to vote on")
	}
	for name, in := range map[string]Input{"a private conversation": as(ann, ""), "a terminal": {}} {
		if r := w.run(in, "ask", Args{"question": covered}); voteAction(r).Command != "" {
			t.Errorf("%s has votes", name)
		}
	}
}

func voteAction(r Reply) Action {
	if i := slices.IndexFunc(r.Actions, func(a Action) bool { return a.Command == "vote" }); i >= 0 {
		return r.Actions[i]
	}
	return Action{}
}

func TestVotedAnswersAreNotTrusted(t *testing.T) {
	w := newTown(t)
	for _, written := range []string{"", "x", "0123456789ab ferry", "0123456789ab ferry#", "0123456789abc", "0123456789ab  ferry#1", "0123456789ab\nferry#1"} {
		if _, err := w.try(as(ann, home), "vote", Args{answerParam: written, "up": "true"}); err == nil {
			t.Errorf("%q is an answer", written)
		}
	}
	v, err := w.view(as(ann, home))
	if err != nil {
		t.Fatal(err)
	}
	key, cites, ok := readVoted("0123456789ab ferry#1,1,99,0 nowhere#1 lighthouse#1", v)
	if !ok || key != "0123456789ab" || !slices.Equal(cites, []article.Ref{{Slug: "ferry", N: 1}, {Slug: "lighthouse", N: 1}}) {
		t.Errorf("%q %v %v", key, cites, ok)
	}
}

func TestTellTheAdmins(t *testing.T) {
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	asked := w.run(as(ann, home), "ask", Args{"question": notCovered})
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
	w.want(r, "1. “"+notCovered+"”", "asked 1 times", "1 want to be told", "Nearest")
	if got := text(w.run(Input{Person: bob, Server: away2, From: Chat, Admin: true}, "gaps", nil)); strings.Contains(got, "zinc") {
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
}

func TestGapsList(t *testing.T) {
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	for i, question := range []string{"Who paints the ferry with zinc?", "does anybody know who painted the ferry with zinc", "Is there a cinema in Zweibach?",
		"Why did the elephant escape?", "How tall is the tower of Babel?", "When did the volcano erupt?"} {
		in := as(ann+string(rune('0'+i)), home)
		w.click(in, w.run(in, "ask", Args{"question": question}), "Tell the admins", nil)
	}
	r := w.run(admin, "gaps", nil)
	w.want(r, "1. “Who paints", "Also asked: “does anybody know", "asked 2 times", "Page 1 of 2")
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
	kept := w.click(as(ann, home), w.run(as(ann, home), "ask", Args{"question": notCovered}), "Tell the admins", nil)
	w.click(as(ann, home), kept, "Tell me", nil)
	list := w.run(admin, "gaps", nil)
	for form, says := range map[*Args]string{
		{}:                                       "Write the answer",
		{"content": "a", "address": "b"}:         "one of the two",
		{"address": "no address"}:                "no address",
		{"content": "a", "published": "someday"}: "is no day",
	} {
		_, err := w.tryClick(admin, list, "1: Answer now", *form)
		w.refused(err, says)
	}
	preview := w.click(admin, list, "1: Answer now", Args{"content": "The ferry is painted with zinc by Marta Olin.\n\nShe does so each spring."})
	w.want(preview, notCovered, "Marta Olin")
	w.click(admin, preview, "Confirm", nil)
	m := minder{t: w.Table, asked: map[string]string{}, tried: map[string]time.Time{}}
	m.round(t.Context())
	if len(w.told[ann]) != 1 {
		t.Errorf("told %v", w.told)
	}
	_, err := w.tryClick(admin, list, "1: Answer now", Args{"content": "again"})
	w.refused(err, "no longer kept")
	if answer := w.run(as(bob, home), "ask", Args{"question": notCovered}); answer.Nothing {
		t.Errorf("%s", text(answer))
	}
	if answer := w.run(as(bob, away2), "ask", Args{"question": notCovered}); !answer.Nothing {
		t.Errorf("another server has it:\n%s", text(answer))
	}
}

func TestRecordQuestions(t *testing.T) {
	w := newTown(t)
	admin := as("700000000000000009", home)
	admin.Admin = true
	w.want(w.run(as(ann, home), "privacy", nil), "no question, no answer and no user id")
	w.want(w.run(admin, "gaps", Args{"record": "on"}), "without who asked")
	w.want(w.run(as(ann, home), "ask", Args{"question": notCovered}), "kept for the admins of this server, without your name")
	w.run(as(bob, home), "ask", Args{"question": notCovered}) // from memory: not counted again
	w.run(as(bob, away2), "ask", Args{"question": "Who paints the lighthouse?"})
	w.want(w.run(admin, "gaps", nil), notCovered, "asked 1 times", "record:off")
	w.want(w.run(as(ann, home), "privacy", nil), "keep every question")
	if got := text(w.run(as(ann, away2), "privacy", nil)); strings.Contains(got, "keep every question") {
		t.Errorf("another server:\n%s", got)
	}
	for _, person := range []string{ann, bob} {
		if found := w.traces(person); found != nil {
			t.Errorf("%s is in %v", person, found)
		}
	}
	w.run(admin, "gaps", Args{"record": "off"})
	w.run(as(ann, home), "ask", Args{"question": "Who feeds the seal named Quill?"})
	if found := w.traces("Quill"); found != nil {
		t.Errorf("a question is in %v", found)
	}
}

// put adds a document to a server.
func (w *town) put(server, name, text string) {
	w.t.Helper()
	by := library.Who{ID: bob, Name: "Bob"}
	p, err := w.library.Propose(w.t.Context(), server, library.Request{File: &intake.File{Name: name, Data: []byte(text)}}, by)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, _, err := w.library.Confirm(w.t.Context(), server, p.ID, by, nil); err != nil {
		w.t.Fatal(err)
	}
}

func TestToldWhenAnswered(t *testing.T) {
	w := newTown(t)
	m := minder{t: w.Table, asked: map[string]string{}, tried: map[string]time.Time{}}
	wish := func(person, server, question string) {
		kept := w.click(as(person, server), w.run(as(person, server), "ask", Args{"question": question}), "Tell the admins", nil)
		w.click(as(person, server), kept, "Tell me", nil)
	}
	wish(ann, home, notCovered)
	wish(bob, away2, notCovered)
	wish(ann, home, "Why did the elephant escape?")
	m.round(t.Context())
	if len(w.told) != 0 {
		t.Fatalf("told %v before anything is answered", w.told)
	}

	w.deaf = errors.New("no connection")
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	m.round(t.Context())
	w.deaf = nil
	m.round(t.Context()) // not before an hour has passed
	if len(w.told) != 0 {
		t.Errorf("tried again at once")
	}
	w.clock = w.clock.Add(retryAfter)
	m.round(t.Context())
	if len(w.told[ann]) != 1 || len(w.told) != 1 {
		t.Fatalf("told %v", w.told)
	}
	r := w.told[ann][0]
	w.want(r, notCovered, "Marta Olin", "¶1")
	if !slices.ContainsFunc(r.Blocks, func(b Block) bool { return slices.Equal(b.Channels, []string{plaza}) }) || len(r.Actions) != 0 {
		t.Errorf("no channel, or buttons that open nothing: %+v", r)
	}
	w.clock = w.clock.Add(2 * retryAfter)
	m.round(t.Context())
	if len(w.told[ann]) != 1 {
		t.Error("told twice")
	}
	admin := as("700000000000000009", home)
	admin.Admin = true
	got := w.run(admin, "gaps", nil)
	w.want(got, "elephant", "Answered in the last 7 days: 1 questions")
	if strings.Contains(text(got), "zinc") {
		t.Errorf("answered and open:\n%s", text(got))
	}

	// Who never can be told is not tried for ever.
	w.deaf = errors.New("no connection")
	w.put(away2, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	for range 6 {
		w.clock = w.clock.Add(retryAfter)
		m.round(t.Context())
	}
	if found, err := w.store.Untold(t.Context(), away2); err != nil || len(found) != 0 {
		t.Errorf("still to be told: %v, %v", found, err)
	}
	w.run(as(ann, home), "forget", nil)
	if found := w.traces(ann); found != nil {
		t.Errorf("the user id is in %v", found)
	}
}

func TestTendEnds(t *testing.T) {
	w := newTown(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.Tend(ctx) }()
	cancel()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Error("it goes on")
	}
}

func TestForget(t *testing.T) {
	w := newTown(t)
	for _, server := range []string{home, away2} {
		w.click(as(ann, server), w.run(as(ann, server), "ask", Args{"question": covered}), "👎", Args{"comment": "Blatant nonsense."})
		kept := w.click(as(ann, server), w.run(as(ann, server), "ask", Args{"question": notCovered}), "Tell the admins", nil)
		w.click(as(ann, server), kept, "Tell me", nil)
	}
	admin := as(ann, home)
	admin.Admin = true
	w.run(admin, "gaps", Args{"record": "on"}) // stands in the history
	if w.traces(ann) == nil || w.traces("blatant") == nil {
		t.Fatal("there is nothing to forget")
	}
	privacy := w.run(as(ann, ""), "privacy", nil)
	w.want(w.click(as(ann, ""), privacy, "Delete my data", nil), "2 votes", "2 questions", "2 wishes", "from 1 changes")
	for _, of := range []string{ann, "blatant", "zinc"} {
		if found := w.traces(of); found != nil {
			t.Errorf("%q is in %v", of, found)
		}
	}
	w.want(w.click(as(ann, ""), privacy, "Delete my data", nil), "nothing of yours")
	if err := errors.Join(w.store.Close()); err != nil {
		t.Fatal(err)
	}
	if found := w.traces(ann); found != nil {
		t.Errorf("after closing, the user id is in %v", found)
	}
	w.open()
}

func TestKeptAsLong(t *testing.T) {
	if store.KeepVotes != keepDays || store.KeepGaps != keepDays {
		t.Error("what readers are told is not how long it is kept")
	}
}
