package eval

import (
	"slices"
	"testing"
)

func TestContains(t *testing.T) {
	for _, test := range []struct {
		text, needle string
		want         bool
	}{
		{"Snow fell on the 3rd of May.", "3rd of May", true},
		{"Snow  fell\non the 3rd", "FELL ON", true},
		{"They came from Norway", "way", false}, // inside a word
		{"the way home", "way", true},
		{"the ways home", "way", true}, // an ending is no other word
		{"in 1914", "191", false},      // inside a number
		{"in 1914.", "1914", true},
		{"11914", "1914", false},
		{"a 5kg bag", "5", false},
		{"not 19 but 1914 and 19", "19", true}, // a later place is right
		{"it “rained” – hard", `"rained" - hard`, true},
		{"it’s late", "it's", true},
		{"(56 percent)", "(56", true},
		{"Łódź is a city", "łódź", true},
		{"źŁódź", "łódź", false},
		{"anything", "", true},
		{"", "something", false},
	} {
		if got := contains(norm(test.text), test.needle); got != test.want {
			t.Errorf("contains(%q, %q) = %v", test.text, test.needle, got)
		}
	}
}

func TestFabricated(t *testing.T) {
	document := norm("The keeper said: “The lamp must never go out, whatever the weather.” Nobody else spoke.")
	for _, test := range []struct {
		name, answer, question string
		want                   []string
	}{
		{"of the document", `He said "the lamp must never go out," and left.`, "", nil},
		{"of nobody", `He said "the lamp may go out at dawn" and left.`, "", []string{"the lamp may go out at dawn"}},
		{"of the question", `"Was the lamp out at noon" is not said.`, "was the lamp out at noon?", nil},
		{"curly", "He said “the lamp was always cold” then.", "", []string{"the lamp was always cold"}},
		{"two words", `The "unquenchable lighthouse" stands.`, "", nil},
		{"short", `The "so it is" stands.`, "", nil},
		{"between two", `He called it "so cold" that nobody would stay there for long. ` +
			`It was "as it was made up there" then.`,
			"",
			[]string{"as it was made up there"}},
		{"two of them", `"it was bright here" and "it was dark there"`, "",
			[]string{"it was bright here", "it was dark there"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := fabricated(test.answer, document, test.question); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSameQuotation(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"The lamp must burn.", "the lamp must burn", true},
		{"The lamp must burn all night long", "The lamp must burn all night", true},
		{"The lamp must burn all night", "The lamp", false},
		{"The lamp must burn", "The lamp may burn", false},
		{"…", "The lamp", false},
	} {
		if got := sameQuotation(test.a, test.b); got != test.want {
			t.Errorf("sameQuotation(%q, %q) = %v", test.a, test.b, got)
		}
	}
}
