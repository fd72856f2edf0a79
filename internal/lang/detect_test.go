package lang

import (
	"os"
	"strings"
	"testing"
)

// TestDetect measures on questions of our own: a language that is told is right, and most are told.
func TestDetect(t *testing.T) {
	data, err := os.ReadFile("testdata/questions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	told, of := 0, 0
	for line := range strings.Lines(string(data)) {
		want, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		got, ok := Detect(text)
		switch {
		case ok && got != want:
			t.Errorf("%q is taken for %s, want %s", text, got, want)
		case want != "-" && !ok:
			t.Logf("not told: %s %q", want, text)
		case ok:
			told++
		}
		if want != "-" {
			of++
		}
	}
	t.Logf("%d of %d told", told, of)
	if told*10 < of*9 {
		t.Errorf("the language of %d of %d questions is told", told, of)
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("Wann wurde die Brücke gesperrt?")
	f.Add("پل کله وتړل شو؟")
	f.Fuzz(func(t *testing.T, text string) {
		locale, ok := Detect(text)
		if again, _ := Detect(text); again != locale {
			t.Errorf("%q is %s and %s", text, locale, again)
		}
		if ok != (locale != "") || ok && !Known(locale) {
			t.Errorf("%q is %q, %t", text, locale, ok)
		}
	})
}
