package pdfium

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// file is a PDF of one page with the given stream, without a table of its objects: PDFium finds them.
func file(stream string) []byte {
	return []byte(
		"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
			"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 400]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj\n" +
			"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n" +
			"5 0 obj<<>>stream\n" + stream + "\nendstream endobj\n6 0 obj<</Title(The boat)>>endobj\ntrailer<</Root 1 0 " +
			"R/Info 6 0 R>>\n%%EOF",
	)
}

// TestCompile compiles the module where it is not yet: .ci/run calls it without the race detector, under which it
// takes minutes.
func TestCompile(t *testing.T) {
	base, err := os.UserCacheDir()
	if err != nil {
		t.Skip(err)
	}
	dir := filepath.Join(base, "pilcrow")
	if !Compiled(dir) {
		if testing.Short() {
			t.Skip("not compiled yet")
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := Compile(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	}
	e, err := Load(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(t.Context())
	d, err := e.Open(t.Context(), file("BT /F 12 Tf 50 300 Td (A \\(b\\).) Tj ET"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Page(0)
	var text strings.Builder
	for _, g := range p.Glyphs {
		text.WriteString(g.Text)
	}
	if err != nil || text.String() != "A (b)." || d.Pages != 1 || d.Meta("Title") != "The boat" || p.Width != 600 {
		t.Errorf("%q of %q, %d pages, %v, %v", text.String(), d.Meta("Title"), d.Pages, p.Width, err)
	}
	if g := p.Glyphs[0]; g.X != 50 || g.Y != 300 || g.Size != 12 || g.Angle != 0 || g.Pale {
		t.Errorf("%+v", g)
	}
	for name, data := range map[string][]byte{"nothing": nil, "no PDF": []byte("hello"),
		"head only": []byte("%PDF-1.7\n")} {
		if _, err := e.Open(t.Context(), data); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadNeedsCompile(t *testing.T) {
	if _, err := Load(t.Context(), t.TempDir()); !errors.Is(err, ErrNotCompiled) {
		t.Error(err)
	}
}
