package convert

import "testing"

// placed makes letters of a line as it looks, each six points wide, in the order given by steps: 1 from the left, -1
// from the right.
func placed(looks string, step int) pdfPage {
	var p pdfPage
	runes := []rune(looks)
	for i := range runes {
		n := i
		if step < 0 {
			n = len(runes) - 1 - i
		}
		p.glyphs = append(p.glyphs, glyph{x: 100 + 6*float64(n), y: 700, w: 6, size: 10, text: string(runes[n])})
	}
	p.spaces = true
	return p
}

// TestRightToLeft holds lines as they look, stored from either end, to the order in which they are read.
func TestRightToLeft(t *testing.T) {
	for looks, want := range map[string]string{
		"םולש":          "שלום",
		".1868 תנשב":    "בשנת 1868.",
		"12:30-ב ,םולש": "שלום, ב-12:30",
		"(3) םולש":      "שלום (3)",
		"Lom at slip":   "Lom at slip",
		"the word םולש": "the word שלום",
		"PDF ץבוק הז":   "זה קובץ PDF",
		"ةريبك ةنيدم":   "مدينة كبيرة",
	} {
		for _, step := range []int{1, -1} {
			if rtl := want != looks; !rtl && step < 0 {
				continue // nobody stores such a line from its end
			}
			lines := linesOf(placed(looks, step), &script{})
			if len(lines) != 1 || lines[0].text != want {
				t.Errorf("%q, step %d: %+v, want %q", looks, step, lines, want)
			}
		}
	}
}

func TestNormalLetter(t *testing.T) {
	for letter, want := range map[string]string{"ﬁ": "fi", "ﬄ": "ffl", "ﻼ": "لا", "ﺔ": "ة", "שּׁ": "שּׁ", "‐": "-",
		"½": "½", "²": "²"} {
		if got := normalLetter(letter); got != want {
			t.Errorf("%q: %q, want %q", letter, got, want)
		}
	}
}
