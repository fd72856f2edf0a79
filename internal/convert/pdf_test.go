package convert

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// pdfFile writes a PDF with one page for each stream of operators. F1 is upright, F2 bold, F3 of two bytes a letter;
// each letter is half as wide as its size.
func pdfFile(t testing.TB, info string, streams ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.7\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	kids := ""
	const first = 9 // the object of the first page
	for i := range streams {
		kids += fmt.Sprintf("%d 0 R ", first+2*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(streams)))
	widths := "/FirstChar 32/LastChar 126/Widths[" + strings.Repeat("500 ", 95) + "]/Encoding/WinAnsiEncoding"
	object("<</Type/Font/Subtype/Type1/BaseFont/Serif" + widths + ">>")
	object("<</Type/Font/Subtype/Type1/BaseFont/Serif-Bold" + widths + ">>")
	object("<</Type/Font/Subtype/Type0/BaseFont/Wide/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>")
	object("<</Type/Font/Subtype/CIDFontType2/DW 1000/W[0 255 500]>>")
	cmap := "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0020> <007e> <0020> " +
		"endbfrange endcmap"
	object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(cmap), cmap))
	object("<<" + info + ">>")
	for i, s := range streams {
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>>>>>",
			first+2*i+1))
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		io.WriteString(z, s)
		z.Close()
		object(fmt.Sprintf("<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream", packed.Len(), packed.String()))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 8 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

// at draws a text; spaces are gaps, as TeX makes them.
func at(font string, size, x, y float64, text string) string {
	return fmt.Sprintf("BT /%s %g Tf 1 0 0 1 %g %g Tm [(%s)] TJ ET\n", font, size, x, y,
		strings.ReplaceAll(strings.NewReplacer("(", `\(`, ")", `\)`).Replace(text), " ", ") -333 ("))
}

// set draws paragraphs of lines from y down.
func set(font string, size, x, y float64, lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		if l != "" {
			b.WriteString(at(font, size, x, y, l))
		}
		y -= 1.2 * size
	}
	return b.String()
}

func TestPDF(t *testing.T) {
	head := func(n int) string { return at("F1", 8, 100, 780, fmt.Sprintf("Oster Courier, page %d", n)) }
	one := head(1) + at("F2", 20, 100, 740, "The last ferry") + set("F1", 10, 100, 700,
		"The ferry to Oster carries forty people and sails twice a",
		"day in summer, at eight in the morning and at five in the un-",
		"fathomable afternoon, to the well-known harbor.",
		"",
		"It is run by the island's own council, which bought it from",
		"a company (on the mainland) that had grown tired of well-",
		"known losses.") +
		at("F2", 10, 100, 590, "Winter") + set("F1", 10, 100, 570,
		"In winter it sails on Mondays and Thursdays only, and if the") +
		"1 1 1 rg " + at("F1", 10, 100, 300, "Praise the white moon.") + "0 g " +
		at("F1", 0.4, 100, 280, "Praise the tiny moon.")
	two := head(2) + set("F1", 10, 100, 700, "ice allows.", "    ") + // goes on from the page before
		set("F1", 10, 100, 640, "\x95 One thing that it takes.", "\x95 Another thing.") +
		set("F1", 10, 100, 560, "Left column begins here and", "goes on until its end comes.") +
		set("F1", 10, 320, 560, "Right column begins here and", "goes on until its end, too.") +
		at("F1", 10, 100, 500, "Boats . . . . . . . . . 12")
	wide := ""
	for _, r := range "Wide letters." {
		wide += fmt.Sprintf("%04x", r)
	}
	three := head(3) + "BT /F3 10 Tf 1 0 0 1 100 700 Tm <" + wide + "> Tj ET " + "q 0 1 -1 0 0 0 cm " +
		at("F1", 10, 10, 10, "Turned.") + " Q"
	r := answer(request{Kind: PDF}, pdfFile(t, "/Title(Microsoft Word - x.doc)/Author(Jo "+
		"Lund)/CreationDate(D:20240305120000Z)", one, two, three))
	d := parsed(t, r.document())
	want := []string{
		"The ferry to Oster carries forty people and sails twice a day in summer, at eight in the morning and at five in " +
			"the unfathomable afternoon, to the well-known harbor.",
		"It is run by the island's own council, which bought it from a company (on the mainland) that had grown tired of " +
			"well-known losses.",
		"# Winter", "In winter it sails on Mondays and Thursdays only, and if the ice allows.", "One thing that it takes.",
		"Another thing.",
		"Left column begins here and goes on until its end comes.",
		"Right column begins here and goes on until its end, too.", "Wide letters.",
	}
	if got := texts(d); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), r.Error)
	}
	if d.Title != "The last ferry" || r.Author != "Jo Lund" || r.Made != "2024-03-05" {
		t.Errorf("%q by %q, %s", d.Title, r.Author, r.Made)
	}
	if len(r.Notes) != 1 || r.Notes[0].Kind != HiddenText {
		t.Errorf("notes %q", r.Notes)
	}
}

// Damaged, locked and hostile files end within their bounds, with a sentence, and this process hardly grows.
func TestHostilePDF(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	c := newConverter(t)
	c.config.Timeout = 2 * time.Second // at 8 s there is no more to see
	good := pdfFile(t, "", set("F1", 10, 100, 700, "A good text of some length."))
	cases := map[string]struct {
		data []byte
		want string // "" for any
	}{
		"cut in half": {good[:len(good)/2], "damaged or cut short"},
		"cut at end":  {good[:len(good)-20], "damaged or cut short"},
		"header only": {[]byte("%PDF-1.7\n"), "damaged or cut short"},
		"locked": {bytes.Replace(good, []byte("/Root 1 0 R"), []byte("/Encrypt<</Filter/Standard/V 1/R "+
			"2/O(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)/U(bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)/P -1>>/ID[(x)(x)]/Root 1 0 R"), 1),
			"password"},
		"no text":     {pdfFile(t, "", "0 0 m 10 10 l S"), "run a text recognition"},
		"no pages":    {pdfFile(t, ""), "no text in it"},
		"own parent":  {bytes.Replace(good, []byte("/Kids[9 0 R ]"), []byte("/Kids[2 0 R ]"), 1), ""},
		"bad streams": {pdfFile(t, "", "BT Tf Tj TJ Td \" ' Q Q cm Do ET ]] >> endstream", "[[[[[[ <<<<<"), ""},
		"bomb":        {pdfFile(t, "", strings.Repeat("BT /F1 10 Tf (Praise the moon.) Tj ET ", 1_500_000)), "given up"},
		"deep":        {pdfFile(t, "", strings.Repeat("[", 3_000_000)), ""},
		"saved":       {pdfFile(t, "", strings.Repeat("q ", 10_000_000)), ""},
	}
	before := residentPeak(t)
	if reader() != nil { // PDFium finds what is left of a damaged file, and ends on the same bounds
		whole, err := New(Config{Cache: CacheDir()})
		if err != nil {
			t.Fatal(err)
		}
		for name, h := range cases {
			d, err := whole.Convert(t.Context(), PDF, h.data, Source{})
			if err != nil && strings.Contains(err.Error(), "\n") || err == nil && d.Body == "" {
				t.Errorf("PDFium, %s: %.100q, %v", name, d.Body, err)
			}
			t.Logf("PDFium, %s: %v", name, err)
		}
	}
	for name, h := range cases {
		d, err := c.Convert(t.Context(), PDF, h.data, Source{})
		if h.want != "" && (err == nil || !strings.Contains(err.Error(), h.want)) || err == nil && d.Body == "" {
			t.Errorf("%s: %.100q, %v, want %q", name, d.Body, err, h.want)
		}
		t.Logf("%s (%d bytes): %v", name, len(h.data), err)
	}
	const mayGrow = 64 << 20
	if after := residentPeak(t); after-before > mayGrow {
		t.Errorf("this process grew by %d MiB", (after-before)>>20)
	}
}

// residentPeak is the most memory that this process ever had, in bytes; 0 where the system does not say.
func residentPeak(t *testing.T) uint64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	var kib uint64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

func FuzzPDF(f *testing.F) {
	f.Add("BT /F1 10 Tf 1 0 0 1 100 700 Tm (Text.) Tj ET", "/Title(x)")
	f.Add("q 1 0 0 1 0 0 cm BT /F3 10 Tf <00200041> Tj T* (x) ' 1 2 (y) \" ET Q /X Do", "")
	f.Fuzz(func(t *testing.T, stream, info string) {
		// The library reads forever behind an end inside a text; a child is ended for that, but not a test.
		closed := func(s string) string {
			return s + strings.Repeat(")", strings.Count(s, "(")) + ">" +
				strings.Repeat(" ] >>", strings.Count(s, "[")+strings.Count(s, "<"))
		}
		stream, info = closed(stream), closed(info)
		r := answer(request{Kind: PDF}, pdfFile(t, info, stream))
		if strings.Contains(r.Error, "\n") {
			t.Error(r.Error)
		}
	})
}
