// Package texttest holds what a reader of texts makes of many short ones against a file. It pins every rule that the
// texts touch: a rule that is switched off, or changed unawares, shows as a difference that a person can read.
//
// A file has a text behind each "= ", its line breaks as ⏎, and below it what is read, a line each behind a tab. A line
// that begins with "# " says something of the texts behind it.
package texttest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// Break stands for a line break in a text.
const Break = "⏎"

// A sample is a text of the file with what is read of it.
type sample struct {
	note string // the lines before it that begin with "# "
	text string
	read []string
}

// Run reads each text of the file and compares. With update it writes the file anew instead.
func Run(t *testing.T, file string, update bool, read func(text string) []string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	header, samples := parse(string(data))
	if len(samples) == 0 {
		t.Fatalf("%s has no texts", file)
	}
	var out strings.Builder
	out.WriteString(header)
	for _, s := range samples {
		got := read(strings.ReplaceAll(s.text, Break, "\n"))
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], "\n", Break)
		}
		fmt.Fprintf(&out, "%s= %s\n", s.note, s.text)
		for _, line := range got {
			fmt.Fprintf(&out, "\t%s\n", line)
		}
		if want := strings.Join(s.read, "\n"); !update && strings.Join(got, "\n") != want {
			t.Errorf("%s: %s\nis read as\n%s\nwant\n%s\nIf that is what it should be, run the test with -update.",
				file, s.text, strings.Join(got, "\n"), want)
		}
	}
	if update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// parse returns what stands before the first text, and the texts.
func parse(data string) (header string, samples []sample) {
	note := ""
	for line := range strings.Lines(data) {
		text, isText := strings.CutPrefix(line, "= ")
		switch {
		case isText:
			samples = append(samples, sample{note: note, text: strings.TrimSuffix(text, "\n")})
			note = ""
		case len(samples) > 0 && strings.HasPrefix(line, "# "):
			note += line
		case len(samples) == 0:
			header += line
		default:
			s := &samples[len(samples)-1]
			s.read = append(s.read, strings.TrimSuffix(strings.TrimPrefix(line, "\t"), "\n"))
		}
	}
	return header, samples
}
