package picture

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/shaping"

	"pilcrow/internal/timeline"
)

// Words of Arabic script run from the right, figures and Latin words in them from the left. want has the pieces of the
// line from left to right.
func TestLine(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"پل 2021 میں کھلا":      " میں کھلا|2021|پل ",
		"۱۲ مارچ":               " مارچ|۱۲",
		"بندر Tarn بسته شد":     " بسته شد|Tarn|بندر ",
		"The bridge, پل, fell.": "The bridge|, |پل|, |fell|.",
	} {
		runes := []rune(text)
		var got []string
		for _, run := range ts.line(text, textSize, false) {
			got = append(got, string(runes[run.Runes.Offset:run.Runes.Offset+run.Runes.Count]))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q is drawn as %q, want %q", text, s, want)
		}
	}
}

// A letter has another shape where it joins the next one, and every letter of the languages that the program reads is
// in the font.
func TestShapes(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	for _, bold := range []bool{false, true} {
		alone, joined := ts.line("ب", textSize, bold)[0].Glyphs, ts.line("بب", textSize, bold)[0].Glyphs
		for _, g := range joined {
			if g.GlyphID == alone[0].GlyphID {
				t.Error("two letters do not join")
			}
		}
		for _, r := range "ٹڈڑںےھہۃ ټډړږښګېۍڼڅځ پچژگکی ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ۰۱۲۳۴۵۶۷۸۹ ؟،؛۔ً" {
			for _, run := range ts.line("ب"+string(r), textSize, bold) {
				if slices.ContainsFunc(run.Glyphs, func(g shaping.Glyph) bool { return g.GlyphID == 0 }) {
					t.Errorf("no picture of %q", r)
				}
			}
		}
		if ts.width("می\u200cشود", textSize, bold) == ts.width("میشود", textSize, bold) {
			t.Error("a joiner that parts letters does nothing")
		}
	}
}

// Lines that are written from the right end at the right margin.
func TestFromTheRight(t *testing.T) {
	f, err := newFaces(true)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("پل 2021 میں کھلا اور پھر بند ہوا۔ ", 5)
	l := layOut([]timeline.Event{event(t, 1, "2021", text)}, Options{Title: "پل کی کہانی"}, f.width)
	checkBoxes(t, "from the right", l)
	n := 0
	for _, label := range l.Labels {
		if !rightToLeft(label.Text) {
			continue
		}
		if n++; label.X+label.W < width-margin-1 {
			t.Errorf("%q ends at %v", label.Text, label.X+label.W)
		}
	}
	if n != 3 { // the title and two lines
		t.Errorf("%d lines from the right", n)
	}
}
