package picture

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/shaping"
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
