package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRun reads a database of a few synsets: a pair is kept if the relation asks no more of it than the table gives.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"data.noun": "  1 the license stands in lines that begin with blanks\n" +
			"00000001 06 n 02 decision 0 conclusion 0 001 + 00000002 v 0101 | what was decided\n" +
			"00000003 06 n 02 luggage 0 river 0 001 @ 00000004 n 0000 | in two senses that nobody has\n" +
			"00000004 06 n 02 bag 0 ice_cream 0 000 | to carry things\n",
		"data.verb": "00000002 31 v 01 decide 0 001 + 00000001 n 0101 01 + 02 00 | reach a decision\n",
		"data.adj":  "00000005 00 a 01 heavy(a) 0 001 = 00000003 n 0102 | it weighs much\n",
		"data.adv":  "",
		"index.noun": "bag n 1 0 1 0 00000004\nconclusion n 1 0 1 0 00000001\ndecision n 1 0 1 0 00000001\n" +
			"ice_cream n 1 0 1 0 00000004\nluggage n 1 1 @ 1 0 00000003\nriver n 1 1 @ 1 0 00000003\n",
		"index.verb": "decide v 1 1 + 1 0 00000002\n",
		"index.adj":  "heavy a 1 1 = 1 0 00000005\n",
		"index.adv":  "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{dir}, &out); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(out.String(), "\n\n")
	// by form and by broader sense; "river" is near to neither "luggage" nor "heavy", whatever the database says, and
	// what is of one synset is to be nearer than what is of one form
	if want := "bag luggag\ndecid decis\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestRunRefuses says what is wrong with files that are no database.
func TestRunRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"more words than it has":    "00000001 06 n 09 decision 0\n",
		"more pointers than it has": "00000001 06 n 01 decision 0 002 + 00000002 v 0101\n",
		"no number":                 "00000001 06 n zz decision 0 000\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range []string{"noun", "verb", "adj", "adv"} {
				if err := os.WriteFile(filepath.Join(dir, "data."+file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := run(t.Context(), []string{dir}, &bytes.Buffer{}); err == nil {
				t.Error("no error")
			}
		})
	}
	if err := run(t.Context(), nil, &bytes.Buffer{}); err == nil {
		t.Error("no folder, and no error")
	}
}
