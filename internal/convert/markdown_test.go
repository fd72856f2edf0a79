package convert

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"pilcrow/internal/article"
	"pilcrow/internal/pdfium"
)

// typeset puts lines of text on a page as PDFium would find them. A line with a ~ in front has one letter that only its
// code tells.
func typeset(unpainted bool, lines ...string) pdfium.Page {
	p := pdfium.Page{Width: 600, Height: 800}
	y := 760.0
	for _, line := range lines {
		coded := strings.HasPrefix(line, "~")
		for i, r := range strings.TrimPrefix(line, "~") {
			x := 50 + 6*float64(i)
			p.Glyphs = append(p.Glyphs, pdfium.Glyph{Text: string(r), X: x, Y: y, Right: x + 6, Size: 10, Clear: unpainted,
				Coded: coded && i == 2})
		}
		y -= 14
		if line == "" {
			y -= 20
		}
	}
	return p
}

// The paragraphs of a PDF whose letters are not sure are marked, and no others.
func TestUnsureParagraphsOfPDF(t *testing.T) {
	t.Parallel()
	text := &pdfText{}
	text.add(typeset(false, "The first paragraph is as it should be.", "",
		"~The second has a letter that the font does not name,", "and a second line.", "",
		"The third is sure again, and long."))
	text.add(typeset(true, "A program read this from a picture of the page."))
	d, err := text.draft()
	if err != nil {
		t.Fatal(err)
	}
	got := markdown(d.blocks)
	for line := range strings.Lines(got) {
		line = strings.TrimSpace(line)
		wrong := strings.Contains(line, "second") || strings.Contains(line, "picture")
		if line != "" && wrong != strings.HasSuffix(line, article.UnsureMark) {
			t.Errorf("%q", line)
		}
	}
	if strings.Count(got, article.UnsureMark) != 2 {
		t.Error(got)
	}
}

// Lists that follow each other, and one that counts down, keep the numbers that the page shows.
func TestNumbersOfListsThatFollow(t *testing.T) {
	t.Parallel()
	numbers := []int{3, 4, 1, 2, 2, 1, 2}
	var blocks []block
	for _, n := range numbers {
		blocks = append(blocks, block{kind: item, number: n, text: "boat"})
	}
	d, err := article.Parse("a.md", []byte(markdown(blocks)))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range d.Passages {
		if want := strconv.Itoa(numbers[i]) + ". boat"; p.Text != want {
			t.Errorf("¶%d: %q, want %q", p.Ref.N, p.Text, want)
		}
	}
}

// The heading of a box is not that of the text behind the box.
func TestHeadingOfABox(t *testing.T) {
	t.Parallel()
	root, err := html.Parse(strings.NewReader(`<h1>The calm</h1><aside><h2>Box</h2><p>Facts.</p></aside><p>` +
		`Nothing happened.</p>`))
	if err != nil {
		t.Fatal(err)
	}
	d, err := article.Parse("a.md", []byte(markdown(htmlBlocks(root, ""))))
	if err != nil {
		t.Fatal(err)
	}
	if p := d.Passages; len(p) != 2 || p[0].Lead() != "Box:" || p[1].Lead() != "" || p[1].Heading != "" {
		t.Errorf("%+v", p)
	}
}

// A row of a table is marked in its last cell, where the reader of Markdown looks.
func TestUnsureRow(t *testing.T) {
	t.Parallel()
	got := markdown([]block{{kind: table, unsure: true, rows: [][]string{{"Boat", "Men"}, {"Ann", "3"}}}})
	if want := "| Boat | Men |\n| --- | --- |\n| Ann | 3<!-- unsure --> |\n"; got != want {
		t.Errorf("%q", got)
	}
}
