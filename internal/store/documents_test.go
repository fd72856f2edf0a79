package store

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

func put(server, slug, text string) Edit {
	return Edit{Server: server, At: noon, ByID: "7", ByName: "Ada", Action: "add", Slug: slug, Title: slug, Undoable: true,
		Content: &Content{State: State{Path: slug + ".md", Title: slug, Paragraphs: 1, Name: slug + ".md"},
			TextData: []byte(text), Data: []byte(text)}}
}

func openStore(t *testing.T) *Store {
	t.Helper()
	s, err := openAt(t, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// A document is added, replaced and put back, and each step is in the history.
func TestDocuments(t *testing.T) {
	s, ctx := openStore(t), t.Context()
	change := must[Change](t)
	first := change(s.Apply(ctx, put("a", "mill", "one")))
	second := put("a", "mill", "two")
	second.Action, second.Visit = "replace", Visit{ETag: `"x"`, Fetched: noon, Seen: Sum{1}}
	change(s.Apply(ctx, second))
	change(s.Apply(ctx, put("b", "mill", "one")))
	all := must[[]Document](t)(s.Documents(ctx))
	if len(all) != 2 || all[0].Server != "a" || all[0].Visit != second.Visit || all[0].ByName != "Ada" ||
		!all[0].Added.Equal(noon) {
		t.Fatalf("%+v", all)
	}
	if data, err := s.Bytes(ctx, all[0].State.Text); err != nil || string(data) != "two" {
		t.Errorf("%q, %v", data, err)
	}
	if err := s.Visited(ctx, "a", "mill", Visit{GoneSince: noon, GoneWhy: "no page"}); err != nil {
		t.Error(err)
	}
	if all = must[[]Document](t)(s.Documents(ctx)); all[0].Visit.GoneWhy != "no page" ||
		!all[0].Visit.GoneSince.Equal(noon) {
		t.Errorf("%+v", all[0].Visit)
	}
	last, ok, err := s.Undoable(ctx, "a")
	if err != nil || !ok || last.Before.ID != first.After.ID || last.After == nil {
		t.Fatalf("%+v, %v, %v", last, ok, err)
	}
	undo := Edit{Server: "a", At: noon, Action: "undo", Slug: "mill", State: last.Before.ID, Undoes: last.ID}
	change(s.Apply(ctx, undo))
	if _, err := s.Apply(ctx, undo); !errors.Is(err, ErrConflict) {
		t.Errorf("undone twice: %v", err)
	}
	if all = must[[]Document](t)(s.Documents(ctx)); all[0].State.Text != first.After.Text {
		t.Errorf("%+v", all[0])
	}
	if last, ok, _ = s.Undoable(ctx, "a"); !ok || last.ID != first.ID {
		t.Errorf("then %+v", last)
	}
	change(s.Apply(ctx, Edit{Server: "a", At: noon, Action: "undo", Slug: "mill", Undoes: first.ID}))
	if all = must[[]Document](t)(s.Documents(ctx)); len(all) != 1 || all[0].Server != "b" {
		t.Errorf("%+v", all)
	}
	if _, ok, _ = s.Undoable(ctx, "a"); ok {
		t.Error("there is more to undo")
	}
	history := must[[]Change](t)(s.Changes(ctx, "a", 0, 10))
	if len(history) != 4 || history[3].UndoneBy != history[0].ID || history[2].UndoneBy != history[1].ID ||
		history[0].After != nil {
		t.Errorf("%+v", history)
	}
	if page := must[[]Change](t)(s.Changes(ctx, "a", history[1].ID, 1)); len(page) != 1 || page[0].ID != history[2].ID {
		t.Errorf("%+v", page)
	}
}

// What somebody undoes must be as it was left: else nothing is done.
func TestUndoConflict(t *testing.T) {
	s, ctx := openStore(t), t.Context()
	first := must[Change](t)(s.Apply(ctx, put("a", "mill", "one")))
	must[Change](t)(s.Apply(ctx, put("a", "mill", "two")))
	if _, err := s.Apply(ctx, Edit{Server: "a", At: noon, Action: "undo", Slug: "mill", Undoes: first.ID}); !errors.Is(err,
		ErrConflict) {
		t.Error(err)
	}
	if all := must[[]Document](t)(s.Documents(ctx)); len(all) != 1 {
		t.Errorf("%+v", all)
	}
	// A state of another server is none of ours.
	if _, err := s.Apply(ctx, Edit{Server: "b", At: noon, Action: "undo", Slug: "mill",
		State: first.After.ID}); err == nil {
		t.Error("took a state of another server")
	}
}

func TestSettings(t *testing.T) {
	s, ctx := openStore(t), t.Context()
	set := Edit{Server: "a", At: noon, Action: "scope", Slug: "42", Setting: "scope 42", Value: "mill", Undoable: true}
	first := must[Change](t)(s.Apply(ctx, set))
	set.Value = ""
	second := must[Change](t)(s.Apply(ctx, set))
	if first.Was != "" || first.Became != "mill" || second.Was != "mill" {
		t.Errorf("%+v, %+v", first, second)
	}
	if all, err := s.Settings(ctx); err != nil || len(all["a"]) != 0 {
		t.Errorf("%v, %v", all, err)
	}
	set.Value, set.Undoes, set.Undoable = second.Was, second.ID, false
	must[Change](t)(s.Apply(ctx, set))
	if all, err := s.Settings(ctx); err != nil || all["a"]["scope 42"] != "mill" {
		t.Errorf("%v, %v", all, err)
	}
}

// Old changes go, and so do bytes that nothing needs; what is there stays whatever its age.
func TestHistoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	s, ctx := openStore(t), t.Context()
	must[Change](t)(s.Apply(ctx, put("a", "kept", "stays")))
	big := bytes.Repeat([]byte("x"), 8<<20)
	for i := range 12 {
		e := put("a", "big", "")
		e.Content.TextData, e.Content.Data = fmt.Appendf(nil, "%d", i), append(fmt.Append(nil, i), big...)
		must[Change](t)(s.Apply(ctx, e))
	}
	history := must[[]Change](t)(s.Changes(ctx, "a", 0, 100))
	kept := 0
	for _, c := range history {
		if c.Before != nil && c.Before.Kept {
			kept++
			if _, err := s.Bytes(ctx, c.Before.Original); err != nil {
				t.Error(err)
			}
		} else if c.Before != nil {
			if _, err := s.Bytes(ctx, c.Before.Original); !errors.Is(err, ErrNoBytes) {
				t.Errorf("bytes of %d: %v", c.Before.ID, err)
			}
		}
	}
	if kept != 7 { // 7 × 8 MiB and a little fit 64 MiB
		t.Errorf("%d states are kept of %d changes", kept, len(history))
	}
	old := history[len(history)-3]
	if _, err := s.Apply(ctx, Edit{Server: "a", At: noon, Action: "undo", Slug: "big", State: old.Before.ID,
		Undoes: old.ID}); !errors.Is(err, ErrNoBytes) {
		t.Errorf("undone to bytes that are gone: %v", err)
	}
	for i := range maxChanges {
		must[Change](t)(s.Apply(ctx, put("a", "small", fmt.Sprint(i))))
	}
	if history = must[[]Change](t)(s.Changes(ctx, "a", 0, 2*maxChanges)); len(history) != maxChanges {
		t.Errorf("%d changes", len(history))
	}
	for _, d := range must[[]Document](t)(s.Documents(ctx)) {
		if _, err := s.Bytes(ctx, d.State.Text); err != nil {
			t.Errorf("%s: %v", d.Slug, err)
		}
	}
	var blobs, wanted int
	err := s.read.QueryRow(`SELECT (SELECT count(*) FROM blobs), (SELECT count(*) FROM (SELECT text FROM states
		WHERE kept AND NOT hidden UNION SELECT original FROM states WHERE kept AND NOT hidden))`).Scan(&blobs, &wanted)
	if err != nil || blobs != wanted {
		t.Errorf("%d blobs, %d wanted, %v", blobs, wanted, err)
	}
}
