package article

import (
	"strings"
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
		{"below the title of a text", "a.txt", "Votes\nBy Runa Melk, 14 March 2024\n\nIt has served us long.", "Runa Melk",
			"2024-03-14"},
		{"a place below the author", "a.md", "# A\n\nBy Runa Melk and Ib Sand\nARNBY, 14 March 2024\n\nIt is ours.",
			"Runa Melk and Ib Sand", "2024-03-14"},
		{"a place below the author, in a text", "a.txt", "The pump\n\nVon Runa Melk\nArnby, 3. Mai 2019\n\nEr steht still.",
			"Runa Melk", "2019-05-03"},
		{"a text below the author", "a.md", "# A\n\nBy Runa Melk  \nThe pump has served us for long.", "Runa Melk", ""},
		{"a sentence on two lines", "a.md", "# The pump\n\nBy Runa Melk's count\nforty households drink from it.", "", ""},
		{"at the foot", "a.md", "# The pump\n\nOne.\n\nTwo.\n\nThree.\n\n*Published 5 November 2024*", "", "2024-11-05"},
		{"before a note at the foot", "a.md", "One.\n\nTwo.\n\nThree.\n\nPublished 5 November 2024.\n\nRuna Melk lives here.",
			"", "2024-11-05"},
		{"what was published, at the foot", "a.md", "One.\n\nTwo.\n\nThree.\n\nIt was published on 5 November 2024.", "", ""},
		{"at the head and at the foot", "a.md", "Posted 3 May 2019\n\nOne.\n\nTwo.\n\nThree.\n\nPublished 5 July 2024", "",
			"2019-05-03"},
		{"in the middle", "a.md", "One.\n\nTwo.\n\nThree.\n\nPublished 5 November 2024\n\nFive.\n\nSix.", "", ""},
		{"a day alone", "a.md", "# The fair\n\nSaturday, 14 March 2024\n\nIt is in the park.", "", ""},
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

// In a plain text the line is a paragraph, and what stands above it a heading.
func TestBylineIsNoHeading(t *testing.T) {
	for _, text := range []string{
		"School Vote\nBy Ann Berg, 14 March 2024\n\nThe school voted on lunch. It was a long day.",
		"School Vote\n\nBy Ann Berg\n\nThe school voted on lunch. It was a long day.",
		"School Vote\n\nBy Ann Berg\n\nThe First Round\n\nThe school voted on lunch. It was a long day.",
		"School Vote\n\nPublished 14 March 2024\n\nBy Ann Berg\n\nThe school voted on lunch. It was a long day.",
	} {
		d, err := Parse("a.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if d.Author != "Ann Berg" {
			t.Errorf("%q: by %q", text, d.Author)
		}
		for _, p := range d.Passages {
			if strings.Contains(p.Path, "By ") || p.Text == "School Vote" {
				t.Errorf("%q: %q under %q", text, p.Text, p.Path)
			}
		}
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

// The paragraph at the foot is found, too, and the one whose second line names the place.
func TestBylineParagraphsAtTheFoot(t *testing.T) {
	text := "# A\n\nBy Runa Melk\nARNBY, 3 May\n\nTwo.\n\nThree.\n\nFour.\n\nPublished 5 November 2024"
	d, err := Parse("a.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if author, day := d.Byline(); day != &d.Passages[4] || d.Author != "Runa Melk" {
		t.Errorf("%v, %v, by %q", author, day, d.Author)
	}
}
