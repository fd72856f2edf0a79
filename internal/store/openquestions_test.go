package store

import (
	"context"
	"errors"
	"testing"
)

// What is open is there after a restart, as it was last written, until it is closed. Whoever writes next waits for the
// disk again.
func TestOpenQuestions(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	first, err := s.OpenQuestion(t.Context(), evening, []byte("one"), Arrival{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.OpenQuestion(t.Context(), evening, []byte("two"), Arrival{})
	if err != nil || second == first {
		t.Fatal(second, err)
	}
	third, err := s.OpenQuestion(t.Context(), evening, []byte("three"), Arrival{})
	if err := errors.Join(err, s.ChangeQuestion(t.Context(), second, []byte("two, shown")),
		s.CloseQuestion(t.Context(), first),
		s.CloseQuestion(t.Context(), third), s.ChangeQuestion(t.Context(), third, []byte("late"))); err != nil {
		t.Fatal(err)
	}
	got, err := open(t, dir).OpenQuestions(t.Context())
	if err != nil || len(got) != 1 || got[0].ID != second || string(got[0].Sealed) != "two, shown" ||
		!got[0].At.Equal(evening) {
		t.Errorf("%+v, %v", got, err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.OpenQuestion(canceled, evening, nil, Arrival{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	ask, want := "PRAGMA synchronous", "2"
	if s.pg != nil {
		ask, want = "SHOW synchronous_commit", "on"
	}
	var synchronous string
	if err := s.write.QueryRow(ask).Scan(&synchronous); err != nil || synchronous != want {
		t.Errorf("synchronous is %s, %v", synchronous, err)
	}
}

func TestOpenQuestionsAreBounded(t *testing.T) {
	s := open(t, t.TempDir())
	for range maxOpenQuestions + 5 {
		if _, err := s.OpenQuestion(t.Context(), evening, []byte("x"), Arrival{}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.OpenQuestions(t.Context()); err != nil || len(got) != maxOpenQuestions {
		t.Errorf("%d, %v", len(got), err)
	}
}
