package article

import (
	"testing"
	"time"
)

func TestByline(t *testing.T) {
	for _, test := range []struct{ name, file, text, author, day string }{
		{"one line", "a.md", "# The pump\n\n*By Runa Melk, 14 March 2024*\n\nIt has served us.", "Runa Melk", "2024-03-14"},
		{"two lines", "a.md", "# The pump\n\nBy Runa Melk\n\nPublished: 14 March 2024\n\nIt has served us.", "Runa Melk",
			"2024-03-14"},
		{"below a summary", "a.txt", "The pump\n\nForty households drink from it.\n\nBy Runa Melk\n\nIt has served us.",
			"Runa Melk", ""},
		{"front matter goes first", "a.md", "---\nauthor: Ann Berg\n---\n\nBy Runa Melk, 14 March 2024\n\nIt has served us.",
			"Ann Berg", "2024-03-14"},
		{"the writer of a letter further below", "a.md", "One.\n\nTwo.\n\nThree.\n\nBy Runa Melk", "", ""},
		{"an item of a list", "a.md", "# Songs\n\n- By Runa Melk\n- By Ann Berg", "", ""},
		{"a sentence", "a.md", "By Runa Melk's count forty households drink from it.", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := Parse(test.file, []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			day := ""
			if !d.Published.IsZero() {
				day = d.Published.Format(time.DateOnly)
			}
			if d.Author != test.author || day != test.day {
				t.Errorf("%q, %q; want %q, %q", d.Author, day, test.author, test.day)
			}
		})
	}
}

// The paragraphs that say it are found again, and none where front matter says something else.
func TestBylineParagraphs(t *testing.T) {
	d, err := Parse("a.md", []byte("# The pump\n\nBy Runa Melk\n\nPosted on 14 March 2024\n\nIt has served us."))
	if err != nil {
		t.Fatal(err)
	}
	if author, day := d.Byline(); author != &d.Passages[0] || day != &d.Passages[1] {
		t.Errorf("%v, %v", author, day)
	}
	if d, err = Parse("a.md", []byte("---\nauthor: Ann Berg\n---\n\nBy Runa Melk\n\nIt has served us.")); err != nil {
		t.Fatal(err)
	}
	if author, day := d.Byline(); author != nil || day != nil {
		t.Errorf("%v, %v", author, day)
	}
}
