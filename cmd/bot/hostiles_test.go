package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

const hostileBytes = 10 << 20 // as large as a file may be

// A hostile file, by the name that it has in the folder.
type hostile struct {
	name string
	data func() []byte
	want string // a part of the sentence with which it is refused; "" for loaded, "*" for either
}

func fill(text string, bytes int) func() []byte {
	return func() []byte { return []byte(strings.Repeat(text, bytes/len(text)+1))[:bytes] }
}

func lines(text string, n int) func() []byte {
	return func() []byte { return []byte(strings.Repeat(text, n)) }
}

func text(s string) func() []byte { return func() []byte { return []byte(s) } }

// hostiles are made anew for each test: nothing of the kind lies in the repository.
func hostiles() []hostile {
	const good = "A good paragraph of some length, so that there is something to see.\n\n"
	all := []hostile{
		// One paragraph.
		{"paragraph.md", fill("The tide turns at four. ", hostileBytes), "a paragraph of"},
		{"paragraph.txt", fill("The tide turns at four. ", hostileBytes), "a paragraph of"},
		{"too-large.txt", fill("The tide turns at four. ", hostileBytes+1), "larger than 10 MiB"},
		{"paragraph-1m.txt", fill("The tide turns at four. ", 1<<20-1), "a paragraph of"},
		{"paragraph-64k.txt", fill("The tide turns at four. ", 1<<16-1), ""},
		{"paragraphs-64k.txt", lines(strings.Repeat("The tide turns at four. ", 2700)+"\n\n", 10), ""},
		{"word.txt", fill("a", hostileBytes), "a paragraph of"},
		{"word-64k.md", fill("a", 1<<16-1), ""},
		{"digits-64k.txt", fill("7", 1<<16-1), ""},
		{"quotes-64k.txt", lines("\u201c", 1<<16/3), "*"},
		{"marks-64k.txt", func() []byte { return []byte("a" + strings.Repeat("\u0301", 1<<15-4)) }, "*"},
		{"stops-64k.txt", fill("A. ", 1<<16-1), ""},
		{"brackets-64k.txt", fill("(", 1<<16-1), "*"},
		{"dates-64k.txt", fill("On 3 May 2022 ", 1<<16-1), ""},
		{"said-64k.txt", lines("\u201cYes,\u201d said Jo Lund. ", 2600), ""},
		// Many lines.
		{"lines.txt", lines("A line.\n", 1_000_000), "lines, at most"},
		{"lines.md", lines("A line.\n", 1_000_000), "lines, at most"},
		{"lines-within.txt", lines("A line.\n", 149_000), "*"},
		{"lines-within.md", lines("A line.\n", 149_000), "*"},
		{"blank.md", lines("\n", 10_000_000), "*"},
		{"blank-between.txt", lines("Lo.\n\n", 1_000_000), "*"},
		{"paragraphs.txt", lines("A.\n\n", 70_000), "more than 20000 paragraphs"},
		{"paragraphs-20k.txt", lines("The tide turns.\n\n", 19_999), ""},
		{"crlf.txt", lines("A line.\r\n\r\n", 190_000), "*"},
		{"cr.txt", lines("A line.\r", 1_000_000), "*"},
		// Marks that make readers slow.
		{"quoted.md", fill("> ", hostileBytes), "nested deeper"},
		{"listed.md", fill("- ", hostileBytes), "nested deeper"},
		{"stars.md", fill("*a ", hostileBytes), "too many Markdown marks"},
		{"stars-apart.md", lines(strings.Repeat("*a* ", 50)+"\n\n", 19_000), "too many Markdown marks"},
		{"links-apart.md", lines(strings.Repeat("[a](b) ", 50)+"\n\n", 19_000), "too many Markdown marks"},
		{"links-within.md", lines(strings.Repeat("[a](b) ", 50)+"\n\n", 990), ""},
		{"stars-within.md", lines(strings.Repeat("*a* ", 25)+"\n\n", 1_990), ""},
		{"cells-within.md", lines("\n|a|b|c|d|\n|-|-|-|-|\n|e|f|g|h|\n", 2_500), ""},
		{"items-within.md", lines("- a\n", 19_990), ""},
		{"links.md", fill("[", hostileBytes), "too many Markdown marks"},
		{"link-1m.md", fill("[a](b", 1<<20), "*"},
		{"ticks.md", fill("`a``", hostileBytes), "*"},
		{"tags.md", fill("<a ", hostileBytes), "*"},
		{"entities.md", fill("&amp;", hostileBytes), "*"},
		{"table.md", func() []byte { return []byte(strings.Repeat("|a", 1<<19) + "\n" + strings.Repeat("|-", 1<<19) + "\n") },
			"cells of tables"},
		{"headings.md", lines("# A\n", 100_000), "headings, items"},
		{"references.md", lines("[a]: b\n", 300_000), "*"},
		// Front matter.
		{"laughs.md", text("---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c " +
			"[*b,*b,*b,*b,*b,*b,*b,*b,*b]\n" +
			"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\ntitle: *e\n---\n\n" + good), "*"},
		{"front.md", func() []byte { return []byte("---\ntitle: " + strings.Repeat("a", hostileBytes-100)) }, "*"},
		{"front-nested.md", func() []byte {
			return []byte(
				"---\ntitle: " + strings.Repeat("[", 60_000) + "\n---\n\n" + good)
		}, "*"},
		// Bytes.
		{"empty.txt", text(""), "*"},
		{"nuls.txt", fill("\x00", hostileBytes), "NUL"},
		{"nuls-between.txt", text("A text \x00with\x00 NULs in it."), "NUL"},
		{"bytes.txt", fill("\xff\xfe\xfd", hostileBytes), "*"},
		{"bidi.txt", text("He said \u202egnihton\u202c and \u2066left\u2069.\n"), ""},
		{"bidi-1m.txt", lines("\u202e\u2066", 170_000), "no paragraph in it"},
		{"bidi-10m.txt", fill("\u202ea", hostileBytes), "*"},
		{"zero-width.txt", fill("\u200b", hostileBytes-1), "no paragraph in it"},
		{"utf16.txt", func() []byte {
			b := []byte{0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(strings.Repeat("The tide turns.\n\n", 1000))) {
				b = append(b, byte(u), byte(u>>8))
			}
			return b[:len(b)-1]
		}, "*"},
		{"escape.txt", text("\x1b]0;owned\x07\x1b[2J The screen is cleared, and the tide turns.\n"), ""},
		{"persian.txt", lines("\u0645\u06cc\u200c\u0631\u0648\u062f ", 4000), ""},
		{"emoji.txt", lines("\U0001F469\u200d\U0001F469\u200d\U0001F467 ", 3000), "*"},
		// Other formats.
		{"bomb.docx", func() []byte { return zipOf("word/document.xml", zeros(1<<30)) }, "inflates to more than"},
		{"bomb-xml.docx", func() []byte {
			return zipOf("word/document.xml", io.MultiReader(strings.NewReader(`<w:document xmlns:w="w"><w:body>`),
				repeat("<w:p>", 1<<30)))
		}, "inflates to more than"},
		{"bomb-deep.docx", func() []byte {
			return zipOf("word/document.xml", io.MultiReader(strings.NewReader(`<w:document xmlns:w="w"><w:body>`),
				repeat("<w:p>", 60<<20)))
		}, "*"},
		{"entities.docx", func() []byte {
			return zipOf("word/document.xml", strings.NewReader(
				`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>`+
					`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`))
		}, "*"},
		{"bomb.epub", func() []byte { return zipOf("META-INF/container.xml", zeros(1<<30)) }, "inflates to more than"},
		{"many.epub", func() []byte {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			for n := range 60_000 {
				_, _ = w.CreateHeader(&zip.FileHeader{Name: strconv.Itoa(n)})
			}
			_ = w.Close()
			return b.Bytes()
		}, "more than 10000 files"},
		{"paths.docx", func() []byte { return zipOf("../../word/document.xml", strings.NewReader("x")) },
			"neither a DOCX nor an EPUB"},
		{"cut.docx", func() []byte { b := zipOf("word/document.xml", zeros(1<<16)); return b[:len(b)/2] }, "*"},
		{"bomb.pdf", func() []byte { return pdfOf(1<<30, 1) }, "*"},
		{"bomb-twice.pdf", func() []byte { return pdfOf(2600<<20, 2) }, "*"},
		{"good.pdf", func() []byte { return pdfOf(0, 1) }, ""},
		{"encrypted.pdf", func() []byte {
			return bytes.Replace(pdfOf(0, 1), []byte("/Root 1 0 R"),
				[]byte("/Encrypt<</Filter/Standard/V 1/R 2/O("+strings.Repeat("a", 32)+
					")/U("+strings.Repeat("b", 32)+")/P -1>>/ID[(x)(x)]/Root 1 0 R"), 1)
		}, "protected by a password"},
		{"loop.pdf", func() []byte {
			return bytes.Replace(pdfOf(0, 1), []byte("/Kids[3 0 R]"), []byte("/Kids[2 0 R]"), 1)
		}, "given up"},
		{"page.html", func() []byte { return []byte("<body>" + strings.Repeat("<div>", 2<<20-100) + "The tide turns.") },
			"*"},
		{"open.html", fill("<", hostileBytes), "*"},
		{"styles.html", func() []byte {
			return []byte("<style>" + strings.Repeat("p p p p p{color:red}", 200_000) + "</style>" +
				strings.Repeat("<p>The tide turns.", 100_000))
		}, "*"},
		{"attributes.html", func() []byte {
			return []byte(
				"<p " + strings.Repeat("a=b ", 1<<20) + ">The tide turns at four.")
		}, "*"},
		{"table.html", func() []byte { return []byte(strings.Repeat("<table><tr><td>", 100_000) + "The tide turns.") }, "*"},
		// Names that say something else.
		{"pdf.txt", func() []byte { return pdfOf(0, 1) }, ""},
		{"pdf-bomb.md", func() []byte { return pdfOf(1<<28, 1) }, "*"},
		{"zip.txt", func() []byte { return zipOf("a.txt", strings.NewReader("The tide turns.")) },
			"neither a DOCX nor an EPUB"},
		{"picture.md", text("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\x02\xff", 1000)), "*"},
		{"program.txt", text("\x7fELF\x02\x01\x01\x00" + strings.Repeat("\x00\x01\x02\xff", 1000)), "*"},
		{"text.pdf", text(good), "*"},
		{"text.docx", text(good), "*"},
		{"page.txt", text("<!doctype html><html><body><p>The tide turns at four in the afternoon.</p></body></html>"), ""},
		{"old.doc", text("\xd0\xcf\x11\xe0"), "*"},
		// Names.
		{"..%2f..%2fetc%2fpasswd.md", text(good), "*"},
		{`..\..\windows.md`, text(good), "*"},
		{"\x1b[31mred.md", text(good), ""},
		{"\u202egnp.md", text(good), ""},
		{"two\nlines.md", text(good), ""},
		{"-rf.md", text(good), ""},
		{"CON.md", text(good), ""},
		{"@everyone.md", text(good), ""},
		{"\xff\xfe.md", text(good), "*"},
		{" .md", text(good), ""},
		{strings.Repeat("n", 252) + ".md", text(good), ""},
	}
	for n := 1; n < 10; n++ {
		all = append(all, hostile{fmt.Sprintf("cut-%d.pdf", n), func() []byte { b := pdfOf(0, 1); return b[:len(b)*n/10] },
			"*"})
	}
	return all
}

func zeros(n int64) io.Reader { return repeat("\x00", n) }

// repeat reads a text again and again, n bytes in all.
func repeat(text string, n int64) io.Reader {
	block := strings.Repeat(text, 1<<16/len(text))
	var readers []io.Reader
	for left := n; left > 0; left -= int64(len(block)) {
		readers = append(readers, strings.NewReader(block[:min(left, int64(len(block)))]))
	}
	return io.MultiReader(readers...)
}

func zipOf(name string, content io.Reader) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err == nil {
		_, err = io.Copy(f, content)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// pdfOf is a page with one sentence and, behind it, spaces that are packed as often as layers says.
func pdfOf(spaces int64, layers int) []byte {
	content := io.MultiReader(strings.NewReader("BT /F1 10 Tf 1 0 0 1 100 700 Tm (The tide turns at four in the "+
		"afternoon.) Tj ET\n"), repeat(" ", spaces))
	for range layers {
		var packed bytes.Buffer
		z, err := zlib.NewWriterLevel(&packed, zlib.BestCompression)
		if err == nil {
			_, err = io.Copy(z, content)
		}
		if err = errors.Join(err, z.Close()); err != nil {
			panic(err)
		}
		content = &packed
	}
	stream, err := io.ReadAll(content)
	if err != nil {
		panic(err)
	}
	var b bytes.Buffer
	var offsets []int
	b.WriteString("%PDF-1.7\n")
	for i, object := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d/Filter[%s]>>stream\n%s\nendstream", len(stream), strings.Repeat("/FlateDecode", layers),
			stream),
		"<</Type/Font/Subtype/Type1/BaseFont/Serif/FirstChar 32/LastChar 126/Widths[" + strings.Repeat("500 ", 95) +
			"]/Encoding/WinAnsiEncoding>>"} {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}
