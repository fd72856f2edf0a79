package dispatch

import (
	"encoding/json"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/answers"
)

func TestCheck(t *testing.T) {
	table := newTable(t, folder)
	in := commands.Input{Args: commands.Args{"text": "The lighthouse at Skarvik was lit for the first time in 1871. Its " +
		"keeper was " +
		"Henrik Dahl. " +
		"The ferry to Oster carries 60 passengers. The lighthouse was sold to a painter. Is it open? I love that place."}}
	reply, err := table.Run(t.Context(), "check", in)
	if err != nil {
		t.Fatal(err)
	}
	line, err := reply.JSON.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var got answers.CheckJSON
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	want := []struct {
		verdict, document string
		leftAlone         bool
	}{
		{"supported", "lighthouse", false}, {"supported", "lighthouse", false}, {"contradicted", "ferry", false},
		{"not_found", "", false}, {"not_found", "", true}, {"not_found", "", true},
	}
	if len(got.Sentences) != len(want) {
		t.Fatalf("%d sentences: %s", len(got.Sentences), line)
	}
	for i, s := range got.Sentences {
		document := ""
		if len(s.Citations) > 0 {
			document = s.Citations[0].Document
		}
		if s.Verdict != want[i].verdict || document != want[i].document || s.LeftAlone != want[i].leftAlone ||
			(s.Why == "") != (s.Verdict == "supported") {
			t.Errorf("%q: %+v, want %+v", s.Text, s, want[i])
		}
	}
	if !strings.Contains(got.Sentences[2].Why, "40") {
		t.Errorf("the reason does not say what the paragraph says instead: %q", got.Sentences[2].Why)
	}
}

func TestCheckScope(t *testing.T) {
	table := newTable(t, folder)
	reply, err := table.Run(t.Context(), "check", commands.Input{Args: commands.Args{"text": "The ferry to Oster " +
		"carries 40 passengers."},
		Scope: []string{"lighthouse"}})
	if err != nil {
		t.Fatal(err)
	}
	if line, _ := reply.JSON.MarshalJSON(); strings.Contains(string(line), "ferry\"") ||
		!strings.Contains(string(line), "not_found") {
		t.Errorf("a document outside the scope shows: %s", line)
	}
}

func TestCheckTooLong(t *testing.T) {
	table := newTable(t, folder)
	for _, text := range []string{"", strings.Repeat("word ", 2000)} {
		if _, err := table.Run(t.Context(), "check", commands.Input{Args: commands.Args{"text": text}}); err == nil {
			t.Errorf("a text of %d bytes was checked", len(text))
		}
	}
}
