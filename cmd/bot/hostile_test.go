package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"pilcrow/internal/intake"
	"pilcrow/internal/rag"
)

// What a hostile file may cost.
const (
	hostileTime   = 10 * time.Second
	hostileMemory = 64 << 20 // bytes that the program's own memory grows by at most; its children have bounds of their own
	// answerMemory is for a question whose eight paragraphs are all as long as they may be.
	answerMemory = 128 << 20
)

// Of the process that loads one hostile file.
const (
	hostileDir  = "PILCROW_TEST_HOSTILE_DIR"
	hostileMode = "PILCROW_TEST_HOSTILE_MODE"

	hostileAll = "PILCROW_TEST_HOSTILE_ALL" // set: TestHostileFiles tries every file
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
		{"table.md", func() []byte { return []byte(strings.Repeat("|a", 1<<19) + "\n" + strings.Repeat("|-", 1<<19) + "\n") }, "cells of tables"},
		{"headings.md", lines("# A\n", 100_000), "headings, items"},
		{"references.md", lines("[a]: b\n", 300_000), "*"},
		// Front matter.
		{"laughs.md", text("---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n" +
			"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\ntitle: *e\n---\n\n" + good), "*"},
		{"front.md", func() []byte { return []byte("---\ntitle: " + strings.Repeat("a", hostileBytes-100)) }, "*"},
		{"front-nested.md", func() []byte { return []byte("---\ntitle: " + strings.Repeat("[", 60_000) + "\n---\n\n" + good) }, "*"},
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
			return zipOf("word/document.xml", io.MultiReader(strings.NewReader(`<w:document xmlns:w="w"><w:body>`), repeat("<w:p>", 1<<30)))
		}, "inflates to more than"},
		{"bomb-deep.docx", func() []byte {
			return zipOf("word/document.xml", io.MultiReader(strings.NewReader(`<w:document xmlns:w="w"><w:body>`), repeat("<w:p>", 60<<20)))
		}, "*"},
		{"entities.docx", func() []byte {
			return zipOf("word/document.xml", strings.NewReader(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>`+
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
		{"paths.docx", func() []byte { return zipOf("../../word/document.xml", strings.NewReader("x")) }, "neither a DOCX nor an EPUB"},
		{"cut.docx", func() []byte { b := zipOf("word/document.xml", zeros(1<<16)); return b[:len(b)/2] }, "*"},
		{"bomb.pdf", func() []byte { return pdfOf(1<<30, 1) }, "*"},
		{"bomb-twice.pdf", func() []byte { return pdfOf(2600<<20, 2) }, "*"},
		{"good.pdf", func() []byte { return pdfOf(0, 1) }, ""},
		{"encrypted.pdf", func() []byte {
			return bytes.Replace(pdfOf(0, 1), []byte("/Root 1 0 R"), []byte("/Encrypt<</Filter/Standard/V 1/R 2/O("+strings.Repeat("a", 32)+
				")/U("+strings.Repeat("b", 32)+")/P -1>>/ID[(x)(x)]/Root 1 0 R"), 1)
		}, "protected by a password"},
		{"loop.pdf", func() []byte {
			return bytes.Replace(pdfOf(0, 1), []byte("/Kids[3 0 R]"), []byte("/Kids[2 0 R]"), 1)
		}, "given up"},
		{"page.html", func() []byte { return []byte("<body>" + strings.Repeat("<div>", 2<<20-100) + "The tide turns.") }, "*"},
		{"open.html", fill("<", hostileBytes), "*"},
		{"styles.html", func() []byte {
			return []byte("<style>" + strings.Repeat("p p p p p{color:red}", 200_000) + "</style>" + strings.Repeat("<p>The tide turns.", 100_000))
		}, "*"},
		{"attributes.html", func() []byte { return []byte("<p " + strings.Repeat("a=b ", 1<<20) + ">The tide turns at four.") }, "*"},
		{"table.html", func() []byte { return []byte(strings.Repeat("<table><tr><td>", 100_000) + "The tide turns.") }, "*"},
		// Names that say something else.
		{"pdf.txt", func() []byte { return pdfOf(0, 1) }, ""},
		{"pdf-bomb.md", func() []byte { return pdfOf(1<<28, 1) }, "*"},
		{"zip.txt", func() []byte { return zipOf("a.txt", strings.NewReader("The tide turns.")) }, "neither a DOCX nor an EPUB"},
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
		all = append(all, hostile{fmt.Sprintf("cut-%d.pdf", n), func() []byte { b := pdfOf(0, 1); return b[:len(b)*n/10] }, "*"})
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
	content := io.MultiReader(strings.NewReader("BT /F1 10 Tf 1 0 0 1 100 700 Tm (The tide turns at four in the afternoon.) Tj ET\n"), repeat(" ", spaces))
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
		fmt.Sprintf("<</Length %d/Filter[%s]>>stream\n%s\nendstream", len(stream), strings.Repeat("/FlateDecode", layers), stream),
		"<</Type/Font/Subtype/Type1/BaseFont/Serif/FirstChar 32/LastChar 126/Widths[" + strings.Repeat("500 ", 95) + "]/Encoding/WinAnsiEncoding>>"} {
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

// hostileResult is what the child says of one way in.
type hostileResult struct {
	Loaded bool
	Error  string
	Took   time.Duration
	Grown  int64         // bytes, of the process's own resident memory at its largest
	Asked  time.Duration // of a question
	Peak   int64         // likewise Grown, with the question
}

// TestHostileChild is the process that loads what its environment names; by itself it does nothing.
func TestHostileChild(t *testing.T) {
	dir := os.Getenv(hostileDir)
	if dir == "" {
		t.Skip("only as a child of TestHostileFiles")
	}
	debug.FreeOSMemory()
	before := residentPeak(t)
	began := time.Now()
	var r hostileResult
	var err error
	switch os.Getenv(hostileMode) {
	case "load":
		_, err = newSource(&dir, "", nil).load()
	case "intake":
		err = takeIn(t, dir)
	case "reload":
		var ask func() error
		ask, err = readyToAsk(t, dir)
		if err == nil {
			r.Took, r.Grown = time.Since(began), residentPeak(t)-before
			began := time.Now()
			err = ask()
			r.Asked = time.Since(began)
		}
	}
	r.Peak = residentPeak(t) - before
	if r.Took == 0 {
		r.Took, r.Grown = time.Since(began), r.Peak
	}
	if r.Loaded = err == nil; err != nil {
		r.Error = err.Error()
	}
	line, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nRESULT %s\n", line)
}

// takeIn reads the file of the folder into memory, as an upload comes, and makes a document of it.
func takeIn(t *testing.T, dir string) error {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = intake.Reader{Converter: newConverter()}.Make(context.Background(), intake.Request{File: &intake.File{Name: entries[0].Name(), Data: data}})
	return err
}

// readyToAsk loads the folder as a whole program does, and returns a question to it.
func readyToAsk(t *testing.T, dir string) (ask func() error, err error) {
	t.Helper()
	c, err := loadConfig(environment(envDocs + "=" + dir))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: io.Discard, config: c, logger: slog.New(slog.DiscardHandler)}
	p, err := a.assemble(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.engine.Reload(t.Context(), nil); err != nil {
		return nil, err
	}
	return func() error {
		_, err := p.engine.Ask(t.Context(), rag.Query{Text: "When does the tide turn?"})
		return err
	}, nil
}

// residentPeak is the largest resident memory that this process had, in bytes.
func residentPeak(t *testing.T) int64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here")
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); fields[0] == "VmHWM:" {
			kib, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kib << 10
		}
	}
	t.Skip("no VmHWM here")
	return 0
}

// inChild loads the folder in a process of its own.
func inChild(t *testing.T, mode, dir string) hostileResult {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 6*hostileTime)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestHostileChild$", "-test.v")
	child.Env = append(os.Environ(), hostileDir+"="+dir, hostileMode+"="+mode)
	out, err := child.CombinedOutput()
	_, line, ok := strings.Cut(string(out), "RESULT ")
	line, _, _ = strings.Cut(line, "\n")
	var r hostileResult
	if !ok || json.Unmarshal([]byte(line), &r) != nil {
		t.Fatalf("%s: %v\n%.2000s", mode, err, out)
	}
	return r
}

// Every hostile file is refused with a sentence, or loaded, within ten seconds, and our own memory hardly grows: from a folder, as an
// upload, and in a running program with a question behind it. Each takes processes of its own, two minutes in all, so an ordinary run
// tries every eighth.
func TestHostileFiles(t *testing.T) {
	if raced {
		t.Skip("memory and time are measured without the race detector")
	}
	for i, h := range hostiles() {
		if os.Getenv(hostileAll) == "" && i%8 != 0 {
			continue
		}
		t.Run(strings.ToValidUTF8(h.name[:min(len(h.name), 40)], "?"), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, h.name), h.data(), 0o600); err != nil {
				t.Skip(err)
			}
			for _, mode := range []string{"load", "intake", "reload"} {
				r := inChild(t, mode, dir)
				t.Logf("%s: %v, %d MiB; an answer %v, %d MiB; %.200q", mode, r.Took, r.Grown>>20, r.Asked, r.Peak>>20, r.Error)
				if r.Took > hostileTime || r.Asked > hostileTime || r.Grown > hostileMemory || r.Peak > answerMemory {
					t.Errorf("%s took %v and %d MiB, an answer %v and %d MiB", mode, r.Took, r.Grown>>20, r.Asked, r.Peak>>20)
				}
				sentence, _, _ := strings.Cut(r.Error, "\n") // behind it comes that nothing else is in the folder
				switch {
				case h.want == "*":
				case h.want == "" && r.Error != "":
					t.Errorf("%s: refused: %s", mode, r.Error)
				case h.want != "" && !strings.Contains(sentence, h.want):
					t.Errorf("%s: %q, want %q", mode, sentence, h.want)
				}
				if r.Error != "" && strings.ContainsFunc(sentence, unsafeRune) && !strings.Contains(sentence, "\ufffd") {
					t.Errorf("%s: a sentence that is not safe to show: %q", mode, sentence)
				}
			}
		})
	}
}
