package article

import (
	"strings"
	"testing"
	"testing/fstest"
)

func loadOne(t *testing.T, text string) Document {
	t.Helper()
	c, err := Load(fstest.MapFS{"a.md": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return c.Documents()[0]
}

// The mark makes the one paragraph, item or row unsure behind which it stands, and is no text.
func TestUnsureMark(t *testing.T) {
	const text = "# Log\n\nThe first.\n\nThe second.<!-- unsure -->\n\n- one\n- two<!-- unsure -->\n\n**A line in " +
		"bold.**<!-- unsure -->\n\n" +
		"| Boat | Men |\n| --- | --- |\n| Ann | 3 |\n| Bo | 4<!-- unsure --> |\n\n> A saying.<!-- unsure -->\n\n" +
		"Another comment.<!-- unsure? -->\n"
	d := loadOne(t, text)
	var unsure []string
	for _, p := range d.Passages {
		if strings.Contains(p.Text, "<!") {
			t.Errorf("¶%d: %q", p.Ref.N, p.Text)
		}
		if p.Unsure {
			unsure = append(unsure, p.Text)
		}
	}
	const want = "The second.|two|A line in bold.|Boat: Bo; Men: 4|A saying."
	if got := strings.Join(unsure, "|"); got != want {
		t.Errorf("unsure: %s, want %s", got, want)
	}
	if plain := loadOne(t, strings.ReplaceAll(text, UnsureMark, "")); plain.Digest() == d.Digest() {
		t.Error("whether words are sure is not in the digest")
	}
}

// What may be shown of a passage as its words.
func TestShows(t *testing.T) {
	for _, c := range []struct {
		unsure bool
		piece  string
		want   bool
	}{
		{false, `"It is safe," she said.`, true},
		{false, "It is s\ufffdfe.", false},
		{true, "It is safe, she said.", true},
		{true, `"It is safe," she said.`, false},
		{true, "safe,” she said.", false},
		{true, "She doesn't know the keeper's oil.", true},
	} {
		p := Passage{Text: c.piece, Unsure: c.unsure}
		if got := p.Shows(c.piece); got != c.want {
			t.Errorf("%q, unsure %v: %v", c.piece, c.unsure, got)
		}
	}
}
