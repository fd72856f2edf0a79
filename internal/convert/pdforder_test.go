package convert

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// drawn draws rows of pieces, each piece at the place of its column; the order is that of the rows.
func drawn(top float64, columns []float64, rows ...string) string {
	var b strings.Builder
	for i, row := range rows {
		for j, piece := range strings.Split(row, "|") {
			if piece != "" {
				b.WriteString(at("F1", 10, columns[j], top-12*float64(i), piece))
			}
		}
	}
	return b.String()
}

// threeByLine draws three columns line by line, as a table would be.
func threeByLine() string {
	return drawn(700, []float64{60, 230, 400},
		"The ferry leaves at noon|Who has a key may row|The lamp is lit before",
		"and nobody waits for it,|the small boat home, but|the fog comes in from",
		"for the next one goes in|must hang up the oars and|the sea, and put out when",
		"the evening at eight.|write it into the book.|the last boat is home.")
}

// What the reader could not put into order is said, and marked; what it could is not. Each is read by both readers.
func TestDisorderIsSaid(t *testing.T) {
	text := []string{
		"The ferry leaves at noon and nobody waits for it, for the",
		"next one goes in the evening, when the lamp is lit on the",
		"pier, and who has a key may row the small boat home, but",
		"must hang up the oars and write the hours into the book.",
	}
	upwards, columns := slices.Clone(text), ""
	slices.Reverse(upwards)
	bottomUp := ""
	for i, l := range upwards {
		bottomUp += at("F1", 10, 100, 640+12*float64(i), l)
	}
	for i, x := range []float64{60, 330} {
		columns += set("F1", 10, x, 700, fmt.Sprintf("Column %d tells of the ferry that", i),
			"leaves at noon and does not come", "back before the lamp is lit, while", "nobody on the pier waits for it and")
	}
	two := []float64{100, 320}
	for name, c := range map[string]struct {
		stream string
		unsure bool
	}{
		"three columns by line": {threeByLine(), true},
		"drawn from the bottom": {bottomUp, true},
		"two lines of columns": {drawn(700, two,
			"The ferry leaves at noon and nobody|Who has a key may row the small boat",
			"waits for it on the pier.|home in the evening."), true},
		"an uneven gutter": {drawn(700, two, "The ferry leaves at noon and nobody waits|Who has a key may row",
			"for it, for the next one goes in the evening and||",
			"nobody was seen|", "by the lamp|the small boat home, but must") +
			drawn(664, []float64{100, 250}, "on the pier until|hang up the oars and write the hours",
				"the sun was up|into the book before he sleeps and"), true},
		"a table of prose": {drawn(700, two, "The ferry of the old company|It leaves at noon and nobody waits for it",
			"|for the next one goes in the evening.", "",
			"The small boat of the keeper|Who has a key may row it home, but has to",
			"|hang up the oars when he is back.", "",
			"The lamp on the outer pier|It is lit before the fog comes in, and is",
			"|put out when the last boat is home."), true},
		"cells that go on": {set("F1", 10, 60, 700, "The ferry of the", "old company that") +
			set("F1", 10, 230, 700, "leaves at noon and", "comes back at eight") +
			set("F1", 10, 60, 664, "the small boat of", "the keeper which") +
			set("F1", 10, 230, 664, "lies at the pier all", "day with its oars") +
			set("F1", 10, 60, 628, "the lamp that stands") + set("F1", 10, 230, 628, "on the outer pier"), true},
		"rows without a gap": {set("F1", 10, 60, 700, "The ferry of the", "old company that") +
			set("F1", 10, 230, 700, "leaves at noon and", "comes back at eight") +
			set("F1", 10, 60, 676, "the small boat of", "the keeper which"), true},
		"columns below columns": {set("F1", 10, 60, 700, "The ferry of the", "old company that") +
			set("F1", 10, 230, 700, "leaves at noon and", "comes at eight.") +
			set("F1", 10, 60, 664, "The small boat of", "the keeper which") +
			set("F1", 10, 230, 664, "lies at the pier", "all day."), false},

		"a narrow gutter": {drawn(700, []float64{100, 295}, "The ferry leaves at noon and nobody|Who has a key may row",
			"waits for it on the pier nor calls|the small boat home."), true},
		"goes on above": {set("F1", 10, 100, 400, text[0]) + set("F1", 10, 100, 700, text[1:]...), true},

		"one column":          {set("F1", 10, 100, 700, text...), false},
		"two columns":         {columns, false},
		"two columns by line": {columnsByLine(), false},
		"a table": {drawn(700, []float64{100, 230, 360}, "Town|Boats|Men", "Bergen|63|120", "Oslo|28|41"),
			false},
		"pairs": {drawn(700, two, "Director|Ada Moe", "Seats|40", "Built|1931"), false},
		"a list": {drawn(700, []float64{100, 130}, "1.|Untie the boat at the slip.", "2.|Come back at noon."),
			false},
		"a head of two parts": {drawn(760, two, "Oster Courier of May|Page three of the paper") +
			set("F1", 10, 100, 700, text...), false},
		"an exponent, a formula": {set("F1", 10, 100, 700, text[:2]...) + at("F1", 6, 300, 704, "2"), false},
		"a foot drawn first": {at("F1", 8, 100, 60, "The harbor of Oster, a guide.") +
			set("F1", 10, 100, 700, text...), false},
		"three columns, each down": {set("F1", 10, 60, 700, "The ferry leaves at noon", "and nobody waits for it,") +
			set("F1", 10, 230, 700, "for the next one goes in", "the evening at eight, and") +
			set("F1", 10, 400, 700, "who has a key may row the", "small boat home alone."), false},
	} {
		t.Run(name, func(t *testing.T) {
			data := pdfFile(t, "", c.stream)
			responses := []response{answer(request{Kind: PDF}, data)}
			if reader() != nil {
				responses = append(responses, answerWith(request{Kind: PDF}, data, reader()))
			}
			for i, r := range responses {
				said := slices.ContainsFunc(r.Notes, func(n Note) bool { return n.Kind == Disordered })
				marked := strings.Contains(r.Body, "<!-- unsure -->")
				if said != c.unsure || marked != c.unsure || r.Error != "" {
					t.Errorf("reader %d: said %v, marked %v, want %v: %q\n%s%s",
						i, said, marked, c.unsure, r.Notes, r.Body, r.Error)
				}
			}
		})
	}
}
