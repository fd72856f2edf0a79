package text

import (
	"slices"
	"strings"
	"testing"
)

// joinNumbers keeps "3,5" and "4 000" together, and ends a token before every other sign.
func joinNumbers(text string, _, at int) int {
	if InNumber(text, at) || strings.HasPrefix(text[at:], " 000") {
		return at + 1
	}
	return at
}

// joinNothing is a Joiner that moves backward, as one that finds nothing may.
func joinNothing(string, int, int) int { return 0 }

func TestScanner(t *testing.T) {
	whole := func(text string) Scanner { return Scan(text, nil) }
	numbers := func(text string) Scanner { return Scan(text, joinNumbers) }
	letters := func(text string) Scanner {
		s := Scan(text, nil)
		s.Unspaced = true
		return s
	}
	short := func(text string) Scanner {
		s := Scan(text, nil)
		s.MaxBytes = 4
		return s
	}
	for _, c := range []struct {
		name, text, want string
		scan             func(text string) Scanner
	}{
		{"letters and digits stay together", "q3 1990s x", "q3 1990s x", whole},
		{"signs stand alone", "a-b (c)", "a - b ( c )", whole},
		{"an accent that was typed first belongs to what follows", "\u0301ea", "\u0301ea", whole},
		{"Persian words hold their parting sign", "می\u200cروند", "می\u200cروند", whole},
		{"a joined number", "3,500 and 3.5", "3,500 and 3.5", numbers},
		{"points and commas between other things", "a.b ,5 5, 3;5 5,x x,5", "a . b , 5 5 , 3 ; 5 5 , x x , 5", numbers},
		{"a sign before a digit is no part of a number", "/,5 :,5", "/ , 5 : , 5", numbers},
		{"a joined space", "4 000 m", "4 000|m", numbers},
		{"a joiner is not asked about a line break", "4\n000", "4 000", joinedLines},
		{"a joiner that moves backward", "a.b c", "a . b c", func(text string) Scanner { return Scan(text, joinNothing) }},
		{"a script without spaces", "東京へ12", "東 京 へ 12", letters},
		{"Thai and Latin words side by side", "ab不é ไทย", "ab 不 é ไ ท ย", letters},
		{"unless it is not asked for", "東京", "東京", whole},
		{"Georgian and Korean have spaces", "თბილისი 서울에서", "თბილისი 서울에서", letters},
		{"long words are cut", "abcdefgh 123456", "abcd efgh 1234 56", short},
	} {
		var got []string
		scanner := c.scan(c.text)
		for token, ok := scanner.Next(); ok; token, ok = scanner.Next() {
			got = append(got, c.text[token.Start:token.End])
		}
		want := strings.Split(c.want, " ")
		if strings.Contains(c.want, "|") {
			want = strings.Split(c.want, "|")
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q is cut into %q, want %q", c.name, c.text, got, want)
		}
	}
}

// joinedLines has a Joiner that would keep everything together.
func joinedLines(text string) Scanner {
	return Scan(text, func(_ string, _, at int) int { return at + 1 })
}

func TestInWord(t *testing.T) {
	if InNumber(",5", 0) {
		t.Error("a comma at the beginning is in a number")
	}
	for text, want := range map[string]bool{"a": true, "é,": true, "5 m": true, "٥": true, ", a": false, " a": false,
		"": false} {
		if got := InWord(text); got != want {
			t.Errorf("%q begins inside a word: %v", text, got)
		}
	}
}
