package convert

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"pilcrow/internal/pdfium"
)

// reader is the compiled reader of PDF. Where there is none, as on a machine that never read a PDF, it is compiled
// once;
// -short leaves that out, for under the race detector it takes minutes.
var reader = sync.OnceValue(func() *pdfium.Engine {
	dir := CacheDir()
	if dir != "" && !pdfium.Compiled(dir) && !testing.Short() {
		if err := (&Converter{config: Config{Program: os.Args[0], Name: os.Args[0],
			Cache: dir}}).prepare(context.Background()); err != nil {
			return nil
		}
	}
	engine, err := pdfium.Load(context.Background(), dir)
	if err != nil {
		return nil
	}
	return engine
})

// shownPDF reads a PDF of one page as it would be loaded, a paragraph a line.
func shownPDF(t *testing.T, data []byte) (lines []string, r response) {
	t.Helper()
	engine := reader()
	if engine == nil {
		t.Skip("the reader of PDF is not compiled")
	}
	r = answerWith(request{Kind: PDF}, data, engine)
	if r.Error != "" {
		return []string{r.Error}, r
	}
	return texts(parsed(t, r.document())), r
}

const long = "The boat is laid up on the slip from October until the week before Easter."

// TestPDFium holds kinds of drawing to what must be read. Each is drawn by hand, so that nothing but the kind decides.
func TestPDFium(t *testing.T) {
	down := func(x float64, rows ...string) string {
		var b strings.Builder
		for i, r := range rows {
			for j, cell := range strings.Split(r, "|") {
				if cell != "" {
					b.WriteString(at("F1", 10, x+130*float64(j), 600-14*float64(i), cell))
				}
			}
		}
		return b.String()
	}
	raised := func(x, y float64, base, up, rest string) string {
		return fmt.Sprintf(
			"BT /F1 10 Tf 1 0 0 1 %g %g Tm (%s) Tj /F1 6 Tf 4 Ts (%s) Tj 0 Ts /F1 10 Tf (%s) Tj ET\n",
			x,
			y,
			base,
			up,
			rest,
		)
	}
	for name, c := range map[string]struct {
		stream string
		want   []string
	}{
		"note marks": {raised(100, 700, "It was lit in 1868", "1", " and 120 boats came.") +
			raised(100, 688, "In 1870", "2", " it was sold."), []string{"It was lit in 1868 and 120 boats came. In 1870 it " +
			"was sold."}},
		"power of ten": {raised(100, 700, "It weighs 10", "3", " pounds and has 3 m") + "",
			[]string{"It weighs 10^3 pounds and has 3 m"}},
		"area":    {raised(100, 700, "It has 40 km", "2", " of land."), []string{"It has 40 km² of land."}},
		"ordinal": {raised(100, 700, "On the 22", "nd", " of May."), []string{"On the 22nd of May."}},
		"lowered": {"BT /F1 10 Tf 1 0 0 1 100 700 Tm (H) Tj /F1 6 Tf -2 Ts (2) Tj 0 Ts /F1 10 Tf (O is water.) Tj ET",
			[]string{"H2O is water."}},
		"kept hyphen": {set("F1", 10, 100, 700, "The self-", "supporting pilots and the price-", "determining factors "+
			"of the de-", "crease between 2018-", "2020 are known."), []string{"The self-supporting pilots and the " +
			"price-determining factors of the decrease between 2018-2020 are known."}},
		"syllables": {set("F1", 10, 100, 700, "They are under-", "standing the con-", "sidering and the inter-",
			"national and car-", "pets."),
			[]string{"They are understanding the considering and the international and carpets."}},
		"white on white": {at("F1", 10, 100, 700, long) + "1 1 1 rg " + at("F1", 10, 100, 600, "Praise the moon."),
			[]string{long}},
		"white on dark": {at("F1", 10, 100, 700, long) + "0 0 .4 rg 90 590 300 30 re f 1 1 1 rg " +
			at("F1", 10, 100, 600, "Opening hours are long."), []string{long, "Opening hours are long."}},
		"off the page": {at("F1", 10, 100, 700, long) + at("F1", 10, -500, 600, "Praise the moon."), []string{long}},
		"invisible": {at("F1", 10, 100, 700, long) + "3 Tr " + at("F1", 10, 100, 600, "Praise the moon.") + "0 Tr",
			[]string{long}},
		"struck": {at("F1", 10, 100, 700, "It costs 12 14 euros.") + "0 0 0 RG 142 703 m 153 703 l S",
			[]string{"It costs 14 euros."}},
		"underlined": {at("F1", 10, 100, 700, "It costs 14 euros.") + "142 698 m 153 698 l S",
			[]string{"It costs 14 euros."}},
		"twice": {at("F1", 10, 100, 700, long) + at("F1", 10, 100.3, 700, long), []string{long}},
		"table": {at("F1", 10, 100, 700, long) + down(100, "Town|Boats|Men", "Bergen|63|120", "Oslo|28|41"),
			[]string{long, "Town: Bergen; Boats: 63; Men: 120", "Town: Oslo; Boats: 28; Men: 41"}},
		"empty cell": {at("F1", 10, 100, 700, long) + down(100, "Town|Boats|Men", "Bergen||120", "Oslo|28|41"),
			[]string{long, "Town: Bergen; Men: 120", "Town: Oslo; Boats: 28; Men: 41"}},
		"pairs": {at("F1", 10, 100, 700, long) + down(100, "Director|Ada Moe", "Seats|40", "Built|1931"),
			[]string{long, "Director: Ada Moe", "Seats: 40", "Built: 1931"}},
		"list is none": {at("F1", 10, 100, 700, long) +
			down(100, "1.|Untie the boat at the slip.", "2.|Row until you see the lamp.", "3.|Come back before the tide."),
			[]string{long, "1. Untie the boat at the slip.", "2. Row until you see the lamp.", "3. Come back before the tide."}},
		"columns by line": {columnsByLine(), []string{
			"The ferry leaves at noon and nobody waits for it, for the next one goes in the evening, when the lamp is lit on " +
				"the pier.",
			"Who has a key may row the small boat home, but must hang up the oars and write the hours into the book before " +
				"he sleeps."}},
		"note below": {set("F1", 10, 100, 700, "The ferry leaves at noon and nobody waits for it, for the") +
			set("F1", 7, 100, 100, "1 The keeper's log, which lies in the museum."), []string{
			"The ferry leaves at noon and nobody waits for it, for the", "1 The keeper's log, which lies in the museum."}},
	} {
		if got, r := shownPDF(t, pdfFile(t, "", c.stream)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q %q", name, got, c.want, r.Notes)
		}
	}
}

// columnsByLine draws two columns as some programs do: left line, right line, left line.
func columnsByLine() string {
	left := []string{
		"The ferry leaves at noon and nobody",
		"waits for it, for the next one goes in",
		"the evening, when the lamp is lit on",
		"the pier.",
	}
	right := []string{
		"Who has a key may row the small boat",
		"home, but must hang up the oars and",
		"write the hours into the book before",
		"he sleeps.",
	}
	var b strings.Builder
	for i := range left {
		b.WriteString(at("F1", 10, 100, 700-12*float64(i), left[i]) + at("F1", 10, 320, 700-12*float64(i), right[i]))
	}
	return b.String()
}

// TestPDFiumFiles holds what is about a file as a whole: turned pages, damaged tables of objects, doubts that are said.
func TestPDFiumFiles(t *testing.T) {
	const line = "The ferry leaves at noon, and nobody waits for it." // no wide letter stands before a gap
	good := pdfFile(t, "", at("F1", 10, 100, 700, line))
	for name, data := range map[string][]byte{
		"whole":          good,
		"bad startxref":  bytes.Replace(good, []byte("startxref\n"), []byte("startxref\n9"), 1),
		"no xref":        good[:bytes.LastIndex(good, []byte("xref\n0"))],
		"rubbish before": append([]byte("HTTP/1.1 200 OK\r\n\r\n"), good...),
		"turned 90": bytes.Replace(good, []byte("/Parent 2 0 R/Contents"), []byte("/Parent 2 0 R/Rotate 90/Contents"),
			1),
		"turned 180": bytes.Replace(good, []byte("/Parent 2 0 R/Contents"), []byte("/Parent 2 0 R/Rotate 180/Contents"),
			1),
		"drawn sideways": pdfFile(t, "", "q 0 1 -1 0 500 0 cm "+at("F1", 10, 100, 300, line)+" Q"),
	} {
		if got, _ := shownPDF(t, data); !slices.Equal(got, []string{line}) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if _, r := shownPDF(t, pdfFile(t, "", "3 Tr "+at("F1", 10, 100, 700, long))); !strings.Contains(
		strings.Join(noteTexts(r.Notes), " "),
		"recognized from a picture",
	) {
		t.Errorf("recognized text: %q", r.Notes)
	}
	if _, r := shownPDF(t, pdfFile(t, "", at("F1", 10, 100, 700, long), "q 90 0 0 90 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G "+
		"ID x EI Q")); !strings.Contains(
		strings.Join(noteTexts(r.Notes), " "),
		"1 page has no text",
	) {
		t.Errorf("a page without text: %q", r.Notes)
	}
}
